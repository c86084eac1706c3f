#include <algorithm>

#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/sequence.hpp>

#include "cloning_commands.hpp"

namespace leaven::dna {
namespace {

struct OverhangsParams {
    std::vector<std::string> overhangs{};
    std::int64_t count = 0;
    std::vector<std::string> required{};
    std::vector<std::string> forbidden{};
    std::string matrix = "pryor2020_BsaI";

    static void describe(auto& p, auto&& v) {
        v(p.overhangs, {.name = "overhangs", .doc = {"overhangs to score", "要评分的黏性末端"}});
        v(p.count, {.name = "count",
                    .doc = {"how many to choose; 0: score those given", "要选择的个数；0 表示对给定者评分"},
                    .unit = "1",
                    .min = 0,
                    .max = 120});
        v(p.required, {.name = "required", .doc = {"overhangs that must be chosen", "必须选用的黏性末端"}});
        v(p.forbidden, {.name = "forbidden", .doc = {"overhangs that must not be chosen", "不得选用的黏性末端"}});
        v(p.matrix, {.name = "matrix",
                     .doc = {"table of measured ligation counts, or a file", "实测连接计数表名称或文件"},
                     .format = "data"});
    }
};

struct OverhangRow {
    std::string overhang{};
    double fidelity = 0;

    static void describe(auto& p, auto&& v) {
        v(p.overhang, {.name = "overhang", .doc = {"overhang", "黏性末端"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1", .min = 0, .max = 1});
    }
};

struct OverhangsResult {
    std::vector<std::string> overhangs{};
    std::optional<double> fidelity{};
    std::vector<OverhangRow> per_overhang{};
    std::optional<double> bound{};
    std::string status = "infeasible";
    std::vector<Remark> warnings{};

    static void describe(auto& p, auto&& v) {
        v(p.overhangs, {.name = "overhangs", .doc = {"overhangs", "黏性末端"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity of the set", "整组保真度"}, .unit = "1"});
        v(p.per_overhang, {.name = "per_overhang", .doc = {"each overhang", "各黏性末端"}});
        v(p.bound, {.name = "bound", .doc = {"no set of this size is better", "同样大小的组合的上界"}, .unit = "1"});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "scored|optimal|feasible|infeasible"});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }
    [[nodiscard]] bool solved() const { return status != "infeasible"; }
    [[nodiscard]] std::vector<Text> headline() const {
        if (!solved()) return {{"infeasible: not enough overhangs are left", "无可行解：可用的黏性末端不足"}};
        auto first =
            text({"fidelity {:.4f} with {} overhangs", "{1} 个黏性末端，保真度 {0:.4f}"}, *fidelity, overhangs.size());
        if (status == "optimal") first = {first.en + ", proven best", first.zh + "，已证明最优"};
        return {first};
    }
};

struct Wanted {
    std::vector<std::string> typed{};
    std::vector<Joint> joints{};
};

/// Errors  bad_input  not four letters A C G T, or a joint given twice
Result<Wanted> wanted_of(const std::vector<std::string>& typed, const std::string& field) {
    Wanted wanted;
    for (const auto& word : typed) {
        auto upper = word;
        for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        const auto joint = joint_of(upper);
        if (!joint)
            return bad_input({"\"{}\" is not an overhang of four bases", "“{}”不是四碱基黏性末端"}, word)
                .at(field)
                .advise({"give four letters of A C G T", "请给出 A C G T 组成的四个字母"});
        if (std::find(wanted.joints.begin(), wanted.joints.end(), *joint) != wanted.joints.end())
            return bad_input({"{} is there already: an overhang and its reverse complement are one joint",
                              "{} 已出现：黏性末端与其反向互补序列属同一接头"},
                             upper)
                .at(field)
                .advise({"leave one out", "请去掉其中一个"});
        wanted.typed.push_back(upper);
        wanted.joints.push_back(*joint);
    }
    return wanted;
}

void write_set(OverhangsResult& result, const Ligation& ligation, const std::vector<Joint>& joints,
               const std::vector<std::string>& names) {
    const auto each = ligation.each(joints);
    result.fidelity = ligation.fidelity(joints);
    for (std::size_t i = 0; i < joints.size(); ++i) {
        result.overhangs.push_back(names[i]);
        result.per_overhang.push_back({names[i], each[i]});
        if (is_palindrome(joints[i]))
            result.warnings.push_back(
                {"palindromic_overhang", text({"{} is its own reverse complement: such an end is ligated to itself",
                                               "{} 为回文序列：该末端会与自身连接"},
                                              names[i])});
    }
}

Result<OverhangsResult> overhangs(const OverhangsParams& parameters, Context& context) {
    const bool scoring = parameters.count == 0;
    if (scoring == parameters.overhangs.empty())
        return bad_input({"give either overhangs to score or a count to choose",
                          "请给出要评分的黏性末端，或要选择的个数，二者之一"})
            .at(scoring ? "overhangs" : "count")
            .advise({"--overhangs AATG,GCTT scores; --count 12 chooses",
                     "--overhangs AATG,GCTT 用于评分；--count 12 用于选择"});
    const auto given = wanted_of(parameters.overhangs, "overhangs");
    if (!given) return pass(given);
    const auto required = wanted_of(parameters.required, "required");
    if (!required) return pass(required);
    const auto forbidden = wanted_of(parameters.forbidden, "forbidden");
    if (!forbidden) return pass(forbidden);
    const auto ligation = Ligation::load(parameters.matrix);
    if (!ligation) return pass(ligation);
    OverhangsResult result;
    if (scoring) {
        write_set(result, *ligation, given->joints, given->typed);
        result.status = "scored";
        return result;
    }
    for (const auto joint : required->joints)
        if (std::find(forbidden->joints.begin(), forbidden->joints.end(), joint) != forbidden->joints.end()) {
            result.bound = 0;
            return result;
        }
    const auto chosen = choose_overhangs(*ligation, parameters.count, required->joints, forbidden->joints, context);
    if (!chosen) return pass(chosen);
    result.status = name_of(chosen->proof);
    result.bound = chosen->bound;
    if (chosen->proof == Proof::infeasible) return result;
    auto names = required->typed;
    for (auto i = names.size(); i < chosen->joints.size(); ++i) names.push_back(overhang_of(chosen->joints[i]));
    write_set(result, *ligation, chosen->joints, names);
    return result;
}

}  // namespace

Operation overhangs_operation() {
    return make("dna overhangs",
                {"Scores a set of overhangs by measured ligation, or chooses the best set",
                 "按实测连接数据为一组黏性末端评分，或选出最佳组合"},
                overhangs);
}

}  // namespace leaven::dna
