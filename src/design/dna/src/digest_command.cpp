#include <map>

#include "cloning_commands.hpp"

namespace leaven::dna {
namespace {

struct DigestParams {
    std::string file{};
    std::vector<std::string> enzymes{};
    MethylationOptions methylated;
    bool partial = false;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"sequence file", "序列文件"},
                   .format = "sequence",
                   .required = true,
                   .input = true});
        v(p.enzymes, {.name = "enzymes",
                      .doc = {"enzymes that act together; sold: every one that is sold, all: every one whose cuts are "
                              "known",
                              "共同作用的限制酶；sold 表示所有在售者，all 表示所有已知切点者"},
                      .required = true});
        MethylationOptions::describe(p.methylated, v);
        v(p.partial,
          {.name = "partial", .doc = {"also the pieces of an incomplete digest", "同时给出不完全酶切的片段"}});
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct CutRow {
    std::string record{};
    std::string enzyme{};
    std::int64_t top = 0;
    std::int64_t bottom = 0;
    std::string overhang{};
    std::string kind = "blunt";

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.enzyme, {.name = "enzyme", .doc = {"enzyme", "限制酶"}});
        v(p.top, {.name = "top", .doc = {"cut of the top strand", "上链切点"}, .unit = "1"});
        v(p.bottom, {.name = "bottom", .doc = {"cut of the bottom strand", "下链切点"}, .unit = "1"});
        v(p.overhang, {.name = "overhang", .doc = {"overhang", "黏性末端"}});
        v(p.kind, {.name = "kind", .doc = {"kind of end", "末端类型"}, .choices = "blunt|5_prime|3_prime|nick"});
    }
};

struct FragmentRow {
    std::string record{};
    std::int64_t start = 0;
    std::int64_t length = 0;
    std::string left{};
    std::string right{};
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.record, {.name = "record", .doc = {"record", "记录"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.length, {.name = "length", .doc = {"length with both overhangs", "长度（含两端黏性末端）"}, .unit = "1"});
        v(p.left, {.name = "left", .doc = {"left end", "左端"}});
        v(p.right, {.name = "right", .doc = {"right end", "右端"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

struct DigestResult {
    std::vector<FragmentRow> fragments{};
    std::vector<CutRow> cuts{};
    std::vector<std::string> unique{};
    std::vector<std::string> absent{};

    static void describe(auto& p, auto&& v) {
        v(p.fragments, {.name = "fragments", .doc = {"fragments", "片段"}});
        v(p.cuts, {.name = "cuts", .doc = {"cuts", "切点"}});
        v(p.unique, {.name = "unique", .doc = {"cut once", "单切酶"}});
        v(p.absent, {.name = "absent", .doc = {"do not cut", "不切割的酶"}});
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{} cuts, {} fragments", "{} 个切点，{} 个片段"}, cuts.size(), fragments.size())};
    }
};

std::string kind_name(const seq::Record& record, const Cut& cut) {
    if (!cut.whole(record)) return "nick";
    switch (kind_of(cut)) {
        case EndKind::blunt:
            return "blunt";
        case EndKind::five_prime:
            return "5_prime";
        default:
            return "3_prime";
    }
}

CutRow row_of(const seq::Record& record, const Cut& cut, const std::string& enzyme) {
    CutRow row{record.name, enzyme, cut.top, cut.bottom, {}, kind_name(record, cut)};
    if (record.circular()) row.bottom = (cut.bottom % record.length + record.length) % record.length;
    if (cut.whole(record)) row.overhang = overhang_of(record, cut);
    return row;
}

Status add_record(const seq::Record& record, const std::vector<seq::Enzyme>& enzymes, const DigestParams& parameters,
                  std::map<std::string, std::size_t>& counts, DigestResult& result, const Context& context) {
    const auto cuts = find_cuts(record, enzymes, parameters.methylated.kind(), context);
    if (!cuts) return pass(cuts);
    std::vector<std::pair<seq::Interval, std::size_t>> sites;
    for (const auto& cut : *cuts) {
        result.cuts.push_back(row_of(record, cut, enzymes[cut.enzyme].name));
        const auto start = (cut.site.start % record.length + record.length) % record.length;
        sites.emplace_back(seq::Interval{start, start + cut.site.length()}, cut.enzyme);
    }
    // An enzyme that cuts on both sides of its site cuts once.
    std::sort(sites.begin(), sites.end());
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
    for (const auto& [site, enzyme] : sites) ++counts[enzymes[enzyme].name];
    Result<std::vector<Piece>> pieces = cut_pieces(record, *cuts);
    if (parameters.partial) pieces = partial_pieces(record, *cuts);
    if (!pieces) return pass(pieces);
    for (const auto& piece : *pieces)
        result.fragments.push_back(
            {record.name, piece.at.start, piece.length(), piece.circular ? "circular" : to_text(piece.left, true),
             piece.circular ? "circular" : to_text(piece.right, false), letters_of(record, piece.at)});
    return {};
}

Result<DigestResult> digest(const DigestParams& parameters, Context& context) {
    const auto enzymes = enzymes_named(parameters.enzymes);
    if (!enzymes) return pass(enzymes);
    const auto records = load_molecules({parameters.file}, parameters.molecules);
    if (!records) return pass(records);
    DigestResult result;
    std::map<std::string, std::size_t> counts;
    for (const auto& enzyme : *enzymes) counts[enzyme.name] = 0;
    for (const auto& record : *records)
        if (auto status = add_record(record, *enzymes, parameters, counts, result, context); !status)
            return pass(status);
    for (const auto& [name, count] : counts) {
        if (count == 1) result.unique.push_back(name);
        if (count == 0) result.absent.push_back(name);
    }
    return result;
}

}  // namespace

Operation digest_operation() {
    return make("dna digest",
                {"Cuts molecules with restriction enzymes: pieces with their ends on both strands",
                 "用限制酶切割分子：给出片段及其双链末端"},
                digest);
}

}  // namespace leaven::dna
