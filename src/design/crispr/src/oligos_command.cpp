#include <leaven/core/counted.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/oligos.hpp>

#include "commands.hpp"

namespace leaven::crispr {
namespace {

struct OligosParams {
    std::vector<std::string> guides{};
    std::string vector{};
    std::string top_prefix{};
    std::string top_suffix{};
    std::string bottom_prefix{};
    std::string bottom_suffix{};
    std::string g_start = "auto";

    static void describe(auto& p, auto&& v) {
        v(p.guides, {.name = "guides",
                     .doc = {"guides, or a file: one a line, FASTA, or a result of crispr sites",
                             "向导，或文件：每行一个、FASTA，或 crispr sites 的结果"},
                     .format = "guides",
                     .required = true});
        v(p.vector, {.name = "vector",
                     .doc = {"cloning scheme: px330, lentiguide, pcas9, pjoe8999, py108; or give the prefixes",
                             "克隆方案：px330、lentiguide、pcas9、pjoe8999、py108；或直接给出前缀"}});
        v(p.top_prefix, {.name = "top_prefix", .doc = {"before the guide", "向导之前"}});
        v(p.top_suffix, {.name = "top_suffix", .doc = {"after the guide", "向导之后"}});
        v(p.bottom_prefix, {.name = "bottom_prefix", .doc = {"before its reverse complement", "反向互补链之前"}});
        v(p.bottom_suffix, {.name = "bottom_suffix", .doc = {"after its reverse complement", "反向互补链之后"}});
        v(p.g_start, {.name = "g_start",
                      .doc = {"a G before the guide: auto where the promoter wants one and it has none",
                              "向导前加 G：auto 表示仅在启动子需要且没有时"},
                      .choices = "auto|never|always"});
    }
};

struct OligoRow {
    std::string guide{};
    std::string top{};
    std::string bottom{};
    std::string overhang_top{};
    std::string overhang_bottom{};
    std::vector<Text> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.guide, {.name = "guide", .doc = {"guide", "向导"}});
        v(p.top, {.name = "top", .doc = {"top oligo", "上链寡核苷酸"}});
        v(p.bottom, {.name = "bottom", .doc = {"bottom oligo", "下链寡核苷酸"}});
        v(p.overhang_top, {.name = "overhang_top", .doc = {"overhang of the top", "上链粘性末端"}});
        v(p.overhang_bottom, {.name = "overhang_bottom", .doc = {"overhang of the bottom", "下链粘性末端"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
};

struct OligosResult {
    std::vector<OligoRow> oligos{};

    static void describe(auto& p, auto&& v) { v(p.oligos, {.name = "oligos", .doc = {"oligos", "寡核苷酸"}}); }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{}, 5' to 3'", "{:n} 对寡核苷酸，5' 到 3'"}, counted(oligos.size(), "pair", " of oligos"))};
    }
};

Result<CloningScheme> scheme_of(const OligosParams& parameters) {
    CloningScheme typed;
    typed.top_prefix = parameters.top_prefix;
    typed.top_suffix = parameters.top_suffix;
    typed.bottom_prefix = parameters.bottom_prefix;
    typed.bottom_suffix = parameters.bottom_suffix;
    const bool any = !(typed.top_prefix + typed.top_suffix + typed.bottom_prefix + typed.bottom_suffix).empty();
    if (!parameters.vector.empty() && any)
        return bad_input({"a vector and prefixes are both given", "同时给出了载体和前后缀"})
            .at("vector")
            .advise({"give one of them", "请只给其中之一"});
    if (!parameters.vector.empty()) return find_scheme(parameters.vector);
    if (any) return typed;
    return bad_input({"it is not said how the vector takes the guide", "没有说明载体如何接入向导"})
        .at("vector")
        .advise({"give --vector, or --top-prefix and --bottom-prefix",
                 "请给出 --vector，或 --top-prefix 与 --bottom-prefix"});
}

Result<OligosResult> oligos(const OligosParams& parameters, Context&) {
    const auto guides = read_guides(parameters.guides);
    if (!guides) return pass(guides);
    const auto scheme = scheme_of(parameters);
    if (!scheme) return pass(scheme);
    const auto g_start = parameters.g_start == "auto"     ? GStart::automatic
                         : parameters.g_start == "always" ? GStart::always
                                                          : GStart::never;
    OligosResult result;
    for (const auto& guide : *guides) {
        auto pair = make_oligos(guide, *scheme, g_start);
        if (!pair) return pass(pair);
        result.oligos.push_back(
            {guide, pair->top, pair->bottom, pair->overhang_top, pair->overhang_bottom, pair->warnings});
    }
    return result;
}

}  // namespace

Operation oligos_operation() {
    return make("crispr oligos",
                {"The two oligos that carry each guide into a vector", "把每个向导接入载体所需的两条寡核苷酸"}, oligos);
}

}  // namespace leaven::crispr
