#include <memory>

#include <leaven/data/catalogue.hpp>
#include <leaven/dna/evaluate.hpp>
#include <leaven/seq/read.hpp>

#include "codon_commands.hpp"
#include "only_record.hpp"
#include "recode_page.hpp"
#include "rows.hpp"

namespace leaven::dna {
namespace {

struct EvaluateParams {
    std::string problem{};
    std::string rules{};
    std::string organism{};

    static void describe(auto& p, auto&& v) {
        v(p.problem, {.name = "problem",
                      .doc = {"problem in JSON, annotated record, or with rules any sequence file",
                              "JSON 问题文件、带注释的记录；给出 rules 时可为任意序列文件"},
                      .format = "problem",
                      .required = true,
                      .input = true});
        v(p.rules, {.name = "rules", .doc = {"id of a synthesis rule set", "合成规则集的 id"}});
        v(p.organism,
          {.name = "organism", .doc = {"codon table, for annotated records", "密码子表（用于带注释的记录）"}});
    }
};

struct VerdictRow {
    std::string id{};
    std::string kind{};
    bool pass = true;
    std::vector<ViolationRow> violations{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.kind, {.name = "kind", .doc = {"kind", "种类"}});
        v(p.pass, {.name = "pass", .doc = {"passes", "通过"}});
        v(p.violations, {.name = "violations", .doc = {"violations", "违反之处"}});
    }
};

struct ScoreRow {
    std::string id{};
    std::optional<double> value{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.value, {.name = "value", .doc = {"value", "值"}, .unit = "1"});
    }
};

constexpr Doc evaluate_doc{"Whether a sequence keeps its constraints, where it does not, and how good it is",
                           "序列是否满足约束、何处违反，以及各目标值"};

struct EvaluateResult {
    bool pass = true;
    std::vector<VerdictRow> constraints{};
    std::vector<ScoreRow> objectives{};
    std::shared_ptr<const Recoding> judged{};

    static void describe(auto& p, auto&& v) {
        v(p.pass, {.name = "pass", .doc = {"passes", "通过"}});
        v(p.constraints, {.name = "constraints", .doc = {"constraints", "约束"}});
        v(p.objectives, {.name = "objectives", .doc = {"objectives", "目标"}});
    }

    [[nodiscard]] std::vector<Text> headline() const {
        std::size_t failed = 0;
        std::size_t violations = 0;
        for (const auto& row : constraints) {
            failed += row.pass ? 0 : 1;
            violations += row.violations.size();
        }
        if (pass) return {text({"passes all {} constraints", "满足全部 {} 个约束"}, constraints.size())};
        std::vector<Text> lines{text({"{} of {} constraints fail, {} violations", "{}/{} 个约束未满足，共 {} 处违反"},
                                     failed, constraints.size(), violations)};
        for (const auto& row : constraints)
            if (!row.pass) lines.push_back(line_of(row.id, row.violations.front()));
        return lines;
    }
    static constexpr std::string_view endings = ".html";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang lang) const {
        auto shown = *judged;
        shown.verdict = headline();
        return page_of(shown, evaluate_doc, lang);
    }
};

/// The problem of the input; with a rule set that of its one record.
Result<Problem> problem_of(const EvaluateParams& parameters) {
    if (parameters.rules.empty()) return load_problem(parameters.problem, parameters.organism);
    const auto path = data::resolve(parameters.problem);
    if (!path) return pass(path);
    auto document = seq::read_document(*path);
    if (!document) return pass(document);
    const auto record = only_record(std::move(document->records), parameters.problem);
    if (!record) return pass(record);
    return problem_of_rules(*record, parameters.rules);
}

Result<EvaluateResult> evaluate_file(const EvaluateParams& parameters, Context& context) {
    auto problem = problem_of(parameters);
    if (!problem) return pass(problem);
    if (problem->start.empty())
        return bad_input({"there is no sequence to judge", "没有可评估的序列"})
            .at(parameters.problem)
            .advise({"give sequence instead of protein", "请给出 sequence 而非 protein"});
    auto judged = evaluate(*problem, problem->start, context);
    if (!judged) return pass(judged);
    EvaluateResult result{.pass = judged->pass};
    for (const auto& verdict : judged->constraints) {
        result.constraints.push_back({verdict.id, verdict.kind, verdict.pass, {}});
        for (const auto& violation : verdict.violations)
            result.constraints.back().violations.push_back(row_of(violation));
    }
    for (const auto& score : judged->objectives) result.objectives.push_back({score.id, score.value});
    auto shown = std::make_shared<Recoding>();
    shown->before = problem->start;
    shown->problem = *std::move(problem);
    shown->before_judged = *std::move(judged);
    result.judged = std::move(shown);
    return result;
}

}  // namespace

Operation evaluate_operation() { return make("dna evaluate", evaluate_doc, evaluate_file); }

}  // namespace leaven::dna
