#include <memory>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/dna/optimise.hpp>
#include <leaven/seq/write.hpp>

#include "codon_commands.hpp"
#include "recode_page.hpp"
#include "rows.hpp"

namespace leaven::dna {
namespace {

struct OptimiseParams {
    std::string problem{};
    std::string organism{};
    double time_limit = 10;

    static void describe(auto& p, auto&& v) {
        v(p.problem, {.name = "problem",
                      .doc = {"problem in JSON, or an annotated record", "JSON 问题文件，或带注释的记录"},
                      .format = "problem",
                      .required = true,
                      .input = true});
        v(p.organism,
          {.name = "organism", .doc = {"codon table, for annotated records", "密码子表（用于带注释的记录）"}});
        v(p.time_limit,
          {.name = "time_limit", .doc = {"time for the search", "搜索时间上限"}, .unit = "s", .min = 0.1, .max = 3600});
    }
};

struct BoundRow {
    std::string id{};
    std::optional<double> value{};
    std::optional<double> bound{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.value, {.name = "value", .doc = {"value", "值"}, .unit = "1"});
        v(p.bound, {.name = "bound", .doc = {"bound", "上界"}, .unit = "1"});
    }
};

struct ChangeRow {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string from{};
    std::string to{};

    static void describe(auto& p, auto&& v) {
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.from, {.name = "from", .doc = {"before", "改前"}});
        v(p.to, {.name = "to", .doc = {"after", "改后"}});
    }
};

struct BrokenRow {
    std::string id{};
    ViolationRow at{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"constraint", "约束"}});
        ViolationRow::describe(p.at, v);
    }
};

constexpr Doc optimise_doc{
    "The best sequence under hard constraints, proven, or the constraints that contradict each other",
    "在硬约束下给出经证明的最优序列，或指出相互矛盾的约束"};

/// What the page is made from when it is asked for.
struct Optimised {
    Problem problem{};
    Optimum optimum{};
};

struct OptimiseResult {
    std::string status = "limit";
    std::string sequence{};
    std::string topology = "linear";
    std::optional<double> objective{};
    std::optional<double> bound{};
    std::optional<double> gap{};
    std::vector<BoundRow> objectives{};
    std::vector<ChangeRow> changes{};
    std::vector<BrokenRow> violations{};
    std::vector<std::string> conflict{};
    std::vector<Text> warnings{};
    std::shared_ptr<const Optimised> made{};

    static void describe(auto& p, auto&& v) {
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|feasible|infeasible|limit"});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.topology, {.name = "topology", .doc = {"topology", "拓扑"}, .choices = "linear|circular"});
        v(p.objective, {.name = "objective", .doc = {"objective", "目标值"}, .unit = "1"});
        v(p.bound, {.name = "bound", .doc = {"bound", "上界"}, .unit = "1"});
        v(p.gap, {.name = "gap", .doc = {"gap", "差距"}, .unit = "1"});
        v(p.objectives, {.name = "objectives", .doc = {"objectives", "目标"}});
        v(p.changes, {.name = "changes", .doc = {"changes", "改动"}});
        v(p.violations, {.name = "violations", .doc = {"violations", "违反之处"}});
        v(p.conflict, {.name = "conflict", .doc = {"conflict", "冲突"}});
        v(p.warnings, {.name = "warnings", .doc = {"warnings", "警告"}});
    }

    [[nodiscard]] bool solved() const { return status != "infeasible"; }

    [[nodiscard]] std::vector<Text> headline() const {
        if (status == "infeasible") return conflict_lines();
        if (!objective) return {text({"time ran out before any sequence was found", "时间用尽，尚未找到可行序列"})};
        std::int64_t bases = 0;
        for (const auto& change : changes) bases += change.end - change.start;
        std::string values;
        for (const auto& row : objectives)
            if (row.value) values += fmt::format(", {} {:.6g}", row.id, *row.value);
        auto line =
            text({"{}{}, 0 violations, {} bases changed", "{}{}，0 处违反，改动 {} 个碱基"}, status, values, bases);
        if (status == "optimal")
            line.zh.replace(0, status.size(), "最优");
        else
            line.zh.replace(0, status.size(), "可行");
        if (status == "optimal" || !bound) return {line};
        return {line, text({"no sequence is better than {:.6g} (gap {:.2e})", "任何序列都不优于 {:.6g}（差距 {:.2e}）"},
                           *bound, gap.value_or(0))};
    }

    static constexpr std::string_view endings = ".html|.fasta|.fa";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const {
        if (ending == ".html") return page(lang);
        return seq::fasta_text(fmt::format("optimised {} [topology={}]", status, topology), sequence);
    }

private:
    [[nodiscard]] Result<std::string> page(Lang lang) const {
        const auto& [problem, optimum] = *made;
        Recoding recoding{.verdict = headline(),
                          .problem = problem,
                          .before = problem.start,
                          .bounds = optimum.objectives,
                          .conflict = optimum.conflict,
                          .violations = optimum.violations};
        recoding.verdict.insert(recoding.verdict.end(), warnings.begin(), warnings.end());
        if (objective) recoding.after = sequence;
        const auto judge = [&whole = problem](const std::string& letters, std::optional<Evaluation>& judged) -> Status {
            if (letters.empty()) return {};
            auto made_judgement = evaluate(whole, letters, Context());
            if (!made_judgement) return pass(made_judgement);
            judged = *std::move(made_judgement);
            return {};
        };
        if (auto status = judge(recoding.before, recoding.before_judged); !status) return pass(status);
        if (auto status = judge(recoding.after, recoding.after_judged); !status) return pass(status);
        return page_of(recoding, optimise_doc, lang);
    }

    [[nodiscard]] std::vector<Text> conflict_lines() const {
        const auto ids = join(conflict, ", ");
        std::vector<Text> lines{
            text({"infeasible: these cannot hold together: {}", "不可行：以下约束无法同时满足：{}"}, ids),
            text({"without any one of them there is a sequence", "去掉其中任何一个即有可行序列"})};
        for (std::size_t i = 0; i < violations.size() && i < 3; ++i)
            lines.push_back(line_of(violations[i].id, violations[i].at));
        return lines;
    }
};

Result<OptimiseResult> optimise_file(const OptimiseParams& parameters, Context& context) {
    auto problem = load_problem(parameters.problem, parameters.organism);
    if (!problem) return pass(problem);
    const auto optimum = optimise(*problem, {.time_limit_s = parameters.time_limit, .seed = context.seed}, context);
    if (!optimum) return pass(optimum);
    OptimiseResult result{.status = std::string(name_of(optimum->status)),
                          .sequence = optimum->sequence,
                          .topology = problem->circular() ? "circular" : "linear",
                          .objective = optimum->objective,
                          .bound = optimum->bound,
                          .gap = optimum->gap};
    for (const auto& score : optimum->objectives) result.objectives.push_back({score.id, score.value, score.bound});
    for (const auto& change : optimum->changes)
        result.changes.push_back({change.at.start, change.at.end, change.from, change.to});
    for (const auto& [id, violation] : optimum->violations) result.violations.push_back({id, row_of(violation)});
    result.conflict = optimum->conflict;
    result.warnings = optimum->warnings;
    result.made = std::make_shared<Optimised>(Optimised{*std::move(problem), *optimum});
    return result;
}

}  // namespace

Operation optimise_operation() { return make("dna optimise", optimise_doc, optimise_file); }

}  // namespace leaven::dna
