// What an applicant should apply for together: the best combination of claims, with its proof.
//
// Two claims cross when they concern the same subject (and the same year, where both are yearly) and share a matter,
// or, on a project or contract, the same base amount; of crossing claims one is paid. Amounts that are not published
// are never guessed: such claims are taken where nothing is lost, and reported with the amount from which they would be
// the better choice.
#pragma once

#include <leaven/policy/match.hpp>
#include <leaven/policy/packing.hpp>

namespace leaven::policy {

struct ClaimRow {
    std::string measure;
    std::string subject;
    std::optional<std::int64_t> year;

    static void describe(auto& p, auto&& v) {
        v(p.measure, {.name = "measure", .doc = {"measure", "措施"}});
        v(p.subject, {.name = "subject", .doc = {"subject", "主体"}});
        v(p.year, {.name = "year", .doc = {"year", "年份"}, .unit = "1"});
    }
};

struct ChosenRow : ClaimRow {
    std::int64_t yuan = 0;
    std::string kind;

    static void describe(auto& p, auto&& v) {
        ClaimRow::describe(p, v);
        v(p.yuan, {.name = "yuan", .doc = {"amount", "金额"}, .unit = "元"});
        v(p.kind, {.name = "kind", .doc = {"kind of amount", "金额类型"}, .choices = "exact|ceiling"});
    }
};

struct UndecidedRow : ClaimRow {
    std::int64_t take_instead_if_above_yuan = 0;

    static void describe(auto& p, auto&& v) {
        ClaimRow::describe(p, v);
        v(p.take_instead_if_above_yuan,
          {.name = "take_instead_if_above_yuan", .doc = {"better if above", "高于此额则更优"}, .unit = "元"});
    }
};

struct DroppedOption {
    std::string option;
    Text reason;

    static void describe(auto& p, auto&& v) {
        v(p.option, {.name = "option", .doc = {"option", "选项"}});
        v(p.reason, {.name = "reason", .doc = {"reason", "理由"}});
    }
};

struct ConflictRow {
    std::string matter;  // or the base amount that is shared
    std::string subject;
    std::vector<std::string> options;
    std::optional<std::string> kept;
    std::vector<DroppedOption> dropped;
    Text basis;

    static void describe(auto& p, auto&& v) {
        v(p.matter, {.name = "matter", .doc = {"matter", "事项"}});
        v(p.subject, {.name = "subject", .doc = {"subject", "主体"}});
        v(p.options, {.name = "options", .doc = {"options", "选项"}});
        v(p.kept, {.name = "kept", .doc = {"kept", "保留"}});
        v(p.dropped, {.name = "dropped", .doc = {"left out", "舍去"}});
        v(p.basis, {.name = "basis", .doc = {"rule", "依据"}});
    }
};

struct CappedRow {
    std::string group;
    std::int64_t cap_yuan = 0;
    std::int64_t before_yuan = 0;

    static void describe(auto& p, auto&& v) {
        v(p.group, {.name = "group", .doc = {"cap group", "上限组"}});
        v(p.cap_yuan, {.name = "cap_yuan", .doc = {"cap", "上限"}, .unit = "元"});
        v(p.before_yuan, {.name = "before_yuan", .doc = {"before the cap", "封顶前"}, .unit = "元"});
    }
};

struct IfDrafts {
    std::int64_t total_yuan = 0;
    std::vector<ChosenRow> chosen;

    static void describe(auto& p, auto&& v) {
        v(p.total_yuan, {.name = "total_yuan", .doc = {"total", "合计"}, .unit = "元"});
        v(p.chosen,
          {.name = "chosen", .doc = {"claims, were the drafts issued unchanged", "若草案原样发布时的申请项"}});
    }
};

struct ProofPart {
    std::vector<std::string> claims;
    std::int64_t nodes = 0;
    std::int64_t total_yuan = 0;
    std::int64_t upper_bound_yuan = 0;

    static void describe(auto& p, auto&& v) {
        v(p.claims, {.name = "claims", .doc = {"claims", "申请项"}});
        v(p.nodes, {.name = "nodes", .doc = {"steps", "搜索步数"}, .unit = "1"});
        v(p.total_yuan, {.name = "total_yuan", .doc = {"total", "合计"}, .unit = "元"});
        v(p.upper_bound_yuan, {.name = "upper_bound_yuan", .doc = {"upper bound", "上界"}, .unit = "元"});
    }
};

struct CombineProof {
    std::string method = "branch_and_bound";
    std::int64_t upper_bound_yuan = 0;
    std::int64_t ties = 0;
    std::vector<ProofPart> components;

    static void describe(auto& p, auto&& v) {
        v(p.method, {.name = "method", .doc = {"method", "方法"}});
        v(p.upper_bound_yuan, {.name = "upper_bound_yuan", .doc = {"upper bound", "上界"}, .unit = "元"});
        v(p.ties,
          {.name = "ties", .doc = {"claims of equally good combinations", "同样好的组合中的其他申请项"}, .unit = "1"});
        v(p.components, {.name = "components", .doc = {"independent parts", "独立部分"}});
    }
};

struct CombineParams : Question {
    std::string through;
    std::string same_document = "exclusive";

    static void describe(auto& p, auto&& v) {
        Question::describe(p, v);
        describe_horizon(p, v);
        v(p.same_document, {.name = "same_document",
                            .doc = {"claims of one document for the same cost", "同一文件内同一费用的申请项"},
                            .choices = "exclusive|stackable"});
    }
    static void describe_horizon(auto& p, auto&& v) {
        v(p.through, {.name = "through",
                      .doc = {"end of the horizon; 31 December where empty", "期限终点；留空则为当年 12 月 31 日"},
                      .format = "date"});
    }
};

struct CombineResult {
    std::string on;
    std::string through;
    std::vector<ChosenRow> chosen;
    std::vector<ClaimRow> unvalued;
    std::int64_t total_yuan = 0;
    std::int64_t exact_yuan = 0;
    std::int64_t ceiling_yuan = 0;
    std::vector<UndecidedRow> undecided;
    std::vector<ConflictRow> conflicts;
    std::vector<CappedRow> capped;
    IfDrafts if_drafts_issued;
    CombineProof proof;
    std::vector<Text> lines;  // for people

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.on, {.name = "on", .doc = {"day", "日期"}, .format = "date"});
        v(p.through, {.name = "through", .doc = {"end of the horizon", "期限终点"}, .format = "date"});
        v(p.chosen, {.name = "chosen", .doc = {"apply for", "建议申请"}});
        v(p.unvalued, {.name = "unvalued", .doc = {"apply for, amount not known", "建议申请，金额未知"}});
        v(p.total_yuan, {.name = "total_yuan", .doc = {"total", "合计"}, .unit = "元"});
        v(p.exact_yuan, {.name = "exact_yuan", .doc = {"certain", "确定"}, .unit = "元"});
        v(p.ceiling_yuan, {.name = "ceiling_yuan", .doc = {"at most", "至多"}, .unit = "元"});
        v(p.undecided, {.name = "undecided", .doc = {"undecided", "未决"}});
        v(p.conflicts, {.name = "conflicts", .doc = {"crossing claims", "交叉申请项"}});
        v(p.capped, {.name = "capped", .doc = {"capped", "封顶"}});
        v(p.if_drafts_issued, {.name = "if_drafts_issued", .doc = {"were the drafts issued", "若草案发布"}});
        v(p.proof, {.name = "proof", .doc = {"proof", "证明"}});
    }
};

Result<CombineResult> combine(const CombineParams& params, Context& context);

/// Something that may be applied for.
struct Claim {
    std::string measure;
    std::string subject;
    std::optional<std::int64_t> year;
    std::optional<std::int64_t> yuan;  // none: not known
    std::string kind;
    const Measure* rule = nullptr;

    [[nodiscard]] std::string label() const {
        return year ? fmt::format("{}@{}@{}", measure, subject, *year) : measure + "@" + subject;
    }
};

struct Horizon {
    Date on;
    Date through;
};

/// The claims of an applicant in the order that decides between equal combinations: measure, subject, year.
/// `drafts`: as if every draft were in force.
std::vector<Claim> claims_of(const RuleSet& rules, const Profile& profile, Horizon horizon, bool drafts);

/// The combination problem of these claims; `stackable`: claims of one document do not cross.
PackingProblem problem_of(const RuleSet& rules, const std::vector<Claim>& claims, Horizon horizon, bool stackable);

/// The answer to a profile that has been read.
Result<CombineResult> combine_profile(const RuleSet& rules, const Profile& profile, Horizon horizon, bool stackable,
                                      Context& context);

}  // namespace leaven::policy
