#include <fmt/core.h>

#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/multiplex.hpp>

#include "commands.hpp"

namespace leaven::crispr {
namespace {

struct MultiplexParams {
    std::vector<std::string> guides{};
    std::string architecture = "trna";
    std::string nuclease = "SpCas9";
    std::string enzyme = "BsaI";
    std::string left_overhang = "GGCA";
    std::string right_overhang = "GCTT";
    std::string matrix{};

    static void describe(auto& p, auto&& v) {
        v(p.guides, {.name = "guides",
                     .doc = {"1 to 12 guides in their order, or a file as for crispr oligos",
                             "1 至 12 个向导（按顺序），或同 crispr oligos 的文件"},
                     .format = "guides",
                     .required = true});
        v(p.architecture, {.name = "architecture",
                           .doc = {"how guides are parted: by tRNAs, as a CRISPR array, each with a promoter",
                                   "向导的分隔方式：tRNA、CRISPR 重复序列或各带启动子"},
                           .choices = "trna|repeat|promoters"});
        v(p.nuclease, {.name = "nuclease", .doc = {"nuclease", "核酸酶"}});
        v(p.enzyme, {.name = "enzyme", .doc = {"Type IIS enzyme of the assembly", "组装所用的 IIS 型酶"}});
        v(p.left_overhang,
          {.name = "left_overhang", .doc = {"overhang of the vector before the array", "阵列之前的载体黏性末端"}});
        v(p.right_overhang,
          {.name = "right_overhang",
           .doc = {"that behind it, as the array's top strand reads it", "阵列之后的载体黏性末端，按阵列正链读取"}});
        v(p.matrix, {.name = "matrix",
                     .doc = {"table of ligation counts; by default that measured with the enzyme",
                             "连接计数表；默认采用该酶的实测表"},
                     .format = "data"});
    }
};

struct ElementRow {
    std::string name{};
    std::int64_t start = 0;
    std::int64_t end = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"element", "元件"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
    }
};

struct PartRow {
    std::string name{};
    std::string sequence{};
    std::string left{};
    std::string right{};

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"part", "部件"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.left, {.name = "left", .doc = {"left overhang", "左端黏性末端"}});
        v(p.right, {.name = "right", .doc = {"right overhang", "右端黏性末端"}});
    }
};

struct OligoLine {
    std::string name{};
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"oligo", "寡核苷酸"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

struct MultiplexResult {
    std::string array{};
    std::vector<ElementRow> order{};
    std::vector<PartRow> parts{};
    double fidelity = 0;
    std::vector<OligoLine> oligos{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.array, {.name = "array", .doc = {"array", "阵列"}});
        v(p.order, {.name = "order", .doc = {"elements in order", "元件顺序"}});
        v(p.parts, {.name = "parts", .doc = {"parts", "部件"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity of the joints together", "整体保真度"}, .unit = "1"});
        v(p.oligos, {.name = "oligos", .doc = {"oligos to order", "待订购的寡核苷酸"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"an array of {} bases out of {} parts, fidelity {:.3f}",
                      "{} 个碱基的阵列，由 {} 个部件组成，保真度 {:.3f}"},
                     array.size(), parts.size(), fidelity)};
    }

    static constexpr std::string_view endings = ".fa|.fasta";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang) const {
        std::string out;
        for (const auto& part : parts) out += fmt::format(">{}\n{}\n", part.name, part.sequence);
        return out;
    }
};

Result<dna::Ligation> ligation_for(const MultiplexParams& parameters) {
    if (!parameters.matrix.empty()) return dna::Ligation::load(parameters.matrix);
    const auto table = dna::table_measured_with(parameters.enzyme);
    if (table.empty())
        return bad_input({"ligation was not measured with {}", "没有 {} 的连接实测表"}, parameters.enzyme)
            .at("matrix")
            .advise({"name a table with --matrix, as pryor2020_BsaI", "请用 --matrix 指定表，如 pryor2020_BsaI"});
    return dna::Ligation::load(std::string(table));
}

Result<MultiplexResult> multiplex(const MultiplexParams& parameters, Context& context) {
    const auto guides = read_guides(parameters.guides);
    if (!guides) return pass(guides);
    const auto nuclease = choose_nuclease({.name = parameters.nuclease});
    if (!nuclease) return pass(nuclease);
    const auto enzymes = seq::load_enzymes();
    if (!enzymes) return pass(enzymes);
    auto enzyme = seq::find_enzyme(*enzymes, parameters.enzyme);
    if (!enzyme) {
        enzyme.error().where = "enzyme";
        return pass(enzyme);
    }
    const auto ligation = ligation_for(parameters);
    if (!ligation) return pass(ligation);
    const MultiplexOptions options{.architecture = parameters.architecture == "trna"     ? Architecture::trna
                                                   : parameters.architecture == "repeat" ? Architecture::repeat
                                                                                         : Architecture::promoters,
                                   .nuclease = *nuclease,
                                   .enzyme = *enzyme,
                                   .left_overhang = parameters.left_overhang,
                                   .right_overhang = parameters.right_overhang};
    const auto array = build_array(*guides, options, *ligation, context);
    if (!array) return pass(array);
    MultiplexResult result{.array = array->sequence, .fidelity = array->fidelity, .warnings = array->warnings};
    for (const auto& element : array->elements)
        result.order.push_back({element.name, element.at.start, element.at.end});
    for (const auto& part : array->parts) result.parts.push_back({part.name, part.sequence, part.left, part.right});
    for (const auto& oligo : array->oligos) result.oligos.push_back({oligo.name, oligo.sequence});
    return result;
}

}  // namespace

Operation multiplex_operation() {
    return make(
        "crispr multiplex",
        {"Several guides in one array: parts for a Golden Gate assembly, overhangs chosen together, oligos to order",
         "把多个向导放入同一阵列：Golden Gate 组装部件、统一优选的黏性末端与待订购的寡核苷酸"},
        multiplex);
}

}  // namespace leaven::crispr
