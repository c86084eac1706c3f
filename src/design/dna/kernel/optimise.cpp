#include <algorithm>
#include <cmath>
#include <numeric>

#include <leaven/dna/optimise.hpp>

#include "search.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t most_bases = 200'000;

std::vector<Change> changes_between(std::string_view from, std::string_view to) {
    std::vector<Change> changes;
    for (std::size_t i = 0; i < from.size(); ++i) {
        if (from[i] == to[i]) continue;
        const auto at = static_cast<std::int64_t>(i);
        if (changes.empty() || changes.back().at.end != at) changes.push_back({{at, at}, {}, {}});
        ++changes.back().at.end;
        changes.back().from.push_back(from[i]);
        changes.back().to.push_back(to[i]);
    }
    return changes;
}

/// What a model's objective cannot exceed, windows and words left aside.
Result<double> loose_bound(const Model& model) {
    Weaver weaver(model);
    CountedTerms counted(model);
    const double counts = counted.best_counts();
    const auto n = static_cast<std::size_t>(model.length);
    Prices prices{model.linear, std::vector<double>(n, 0.0)};
    const bool mean = !model.means.empty();
    if (mean)
        for (const auto& site : model.means[0].sites)
            for (unsigned t = 0; t < codon_count; ++t)
                prices.ending[static_cast<std::size_t>(site.end) * codon_count + t] +=
                    model.means[0].log_weight[codon_at(site, static_cast<Codon>(t))];
    double best = -infinity;
    Restriction restriction;
    for (const auto closing : weaver.closings(restriction)) {
        restriction.closing = closing;
        const auto lattice = weaver.weave(restriction);
        if (!lattice) return pass(lattice);
        best = std::max(best, best_path(*lattice, prices).worth);
    }
    return mean ? model.means[0].weight * std::exp(best / model.means[0].codons) : best + counts;
}

/// Which constraints contradict each other: one after the other is left out where the rest still do.
class Filter {
public:
    Filter(const Problem& problem, const OptimiseOptions& options, const Context& context)
        : problem_(problem), options_(options), clock_(context, options.time_limit_s) {}

    Result<std::vector<std::string>> run(std::vector<Text>& warnings) {
        std::vector<bool> active(problem_.constraints.size(), true);
        std::vector<std::size_t> open(active.size());  // to be tried
        std::iota(open.begin(), open.end(), std::size_t{0});
        // What was not decided in its share of the time may be easy once others are gone.
        std::size_t tried = 0;
        do {
            tried = open.size();
            auto undecided = leave_out(open, active);
            if (!undecided) return pass(undecided);
            open = *std::move(undecided);
        } while (open.size() < tried);
        if (!open.empty())
            warnings.push_back(
                text({"time ran out: {} of the conflicting constraints may not be needed for the conflict",
                      "时间用尽：有 {} 个冲突约束可能并非冲突所必需"},
                     open.size()));
        std::vector<std::string> ids;
        for (std::size_t i = 0; i < active.size(); ++i)
            if (active[i]) ids.push_back(problem_.constraints[i].id);
        return ids;
    }

    /// A sequence that keeps all of a conflict but one; nothing where none was found in time.
    Result<std::string> without(const std::vector<std::string>& conflict, const std::string& left_out) {
        std::vector<bool> active;
        for (const auto& constraint : problem_.constraints)
            active.push_back(constraint.id != left_out &&
                             std::find(conflict.begin(), conflict.end(), constraint.id) != conflict.end());
        auto found = search_with(active, clock_);
        if (!found) return pass(found);
        const bool there = found->status == Found::Status::optimal || found->status == Found::Status::feasible;
        return there ? std::move(found->letters) : std::string();
    }

private:
    /// Leaves out each of these where the rest still contradict each other; those of which that could not be said.
    Result<std::vector<std::size_t>> leave_out(const std::vector<std::size_t>& open, std::vector<bool>& active) {
        std::vector<std::size_t> undecided;
        for (std::size_t k = 0; k < open.size(); ++k) {
            active[open[k]] = false;
            const double share = clock_.left_s() / static_cast<double>(open.size() - k + 1);
            const auto found = search_with(active, Clock(clock_.context(), share));
            if (!found) return pass(found);
            if (found->status == Found::Status::infeasible) continue;
            active[open[k]] = true;
            if (found->status == Found::Status::limit) undecided.push_back(open[k]);
        }
        return undecided;
    }

    /// Any sequence that keeps these constraints.
    Result<Found> search_with(const std::vector<bool>& active, const Clock& clock) {
        const auto model = compile(problem_, active, false);
        if (!model) return pass(model);
        return search(*model, true, options_.seed, clock);
    }

    const Problem& problem_;
    const OptimiseOptions& options_;
    Clock clock_;
};

/// Where a molecule breaks some of its constraints.
Status add_violations(const Problem& problem, const std::string& letters, const std::vector<std::string>& ids,
                      const Context& context, Optimum& out) {
    const auto judged = evaluate(problem, letters, context);
    if (!judged) return pass(judged);
    for (const auto& verdict : judged->constraints)
        if (std::find(ids.begin(), ids.end(), verdict.id) != ids.end())
            for (const auto& violation : verdict.violations) out.violations.emplace_back(verdict.id, violation);
    return {};
}

Status explain_conflict(const Problem& problem, const OptimiseOptions& options, const Context& context, Optimum& out) {
    Filter filter(problem, options, context);
    auto conflict = filter.run(out.warnings);
    if (!conflict) return pass(conflict);
    out.conflict = *std::move(conflict);
    if (!problem.start.empty()) return add_violations(problem, problem.start, out.conflict, context, out);
    for (const auto& constraint : problem.constraints) {
        const bool needed = std::find(out.conflict.begin(), out.conflict.end(), constraint.id) != out.conflict.end();
        if (!needed || constraint.kind == "translation" || constraint.kind == "keep") continue;
        const auto letters = filter.without(out.conflict, constraint.id);
        if (!letters) return pass(letters);
        if (letters->empty()) continue;
        if (auto status = add_violations(problem, *letters, {constraint.id}, context, out); !status) return status;
    }
    return {};
}

/// Judges the answer apart from the search, and fills in what it is worth.
Status verify(const Problem& problem, const Context& context, Optimum& out) {
    const auto judged = evaluate(problem, out.sequence, context);
    if (!judged) return pass(judged);
    if (!judged->pass) {
        const auto failed = std::find_if(judged->constraints.begin(), judged->constraints.end(),
                                         [](const Verdict& verdict) { return !verdict.pass; });
        return failure(ErrorCode::bug, {"the answer breaks {}", "所得结果违反 {}"}, failed->id);
    }
    out.objective = judged->objective;
    if (out.status == Optimum::Status::optimal) out.bound = out.objective;
    if (out.bound) {
        const double difference = *out.bound - *out.objective;
        out.gap = difference <= 1e-12 ? 0 : difference / std::max(std::abs(*out.objective), 1e-12);
        if (*out.gap <= 1e-9) out.status = Optimum::Status::optimal;
    }
    if (!problem.start.empty()) out.changes = changes_between(problem.start, out.sequence);
    for (const auto& score : judged->objectives) out.objectives.push_back({score.id, score.value, std::nullopt});
    return {};
}

/// What each objective could reach without the others.
Status bound_objectives(const Problem& problem, const std::vector<bool>& active, Optimum& out) {
    for (std::size_t i = 0; i < problem.objectives.size(); ++i) {
        auto& score = out.objectives[i];
        if (!score.value) continue;
        if (problem.objectives.size() == 1 && problem.objectives[0].weight > 0) {
            if (out.bound) score.bound = *out.bound / problem.objectives[0].weight;
            continue;
        }
        auto alone = problem;
        alone.objectives = {problem.objectives[i]};
        alone.objectives[0].weight = 1;
        const auto model = compile(alone, active, true);
        if (!model) return pass(model);
        const auto bound = loose_bound(*model);
        if (!bound) return pass(bound);
        score.bound = std::max(*bound, *score.value);
    }
    return {};
}

}  // namespace

std::string_view name_of(Optimum::Status status) {
    switch (status) {
        case Optimum::Status::optimal:
            return "optimal";
        case Optimum::Status::feasible:
            return "feasible";
        case Optimum::Status::infeasible:
            return "infeasible";
        case Optimum::Status::limit:
            break;
    }
    return "limit";
}

Result<Optimum> optimise(const Problem& problem, const OptimiseOptions& options, const Context& context) {
    if (problem.length > most_bases)
        return bad_input({"the molecule has {} bases, more than {}", "分子有 {} 个碱基，超过 {}"}, problem.length,
                         most_bases)
            .at("sequence")
            .advise({"optimise its genes one by one", "请逐个基因优化"});
    const std::vector<bool> active(problem.constraints.size(), true);
    const auto model = compile(problem, active, true);
    if (!model) return pass(model);
    const Clock clock(context, options.time_limit_s);
    const bool scored = std::any_of(problem.objectives.begin(), problem.objectives.end(),
                                    [](const Objective& objective) { return objective.weight > 0; });
    auto found = search(*model, !scored, options.seed, clock);
    if (!found) return pass(found);
    Optimum out;
    if (found->status == Found::Status::infeasible) {
        out.status = Optimum::Status::infeasible;
        out.sequence = problem.start;
        if (auto status = explain_conflict(problem, options, context, out); !status) return pass(status);
        return out;
    }
    if (std::isfinite(found->bound)) out.bound = found->bound;
    if (found->status == Found::Status::limit) {
        out.sequence = problem.start;
        return out;
    }
    out.status = found->status == Found::Status::optimal ? Optimum::Status::optimal : Optimum::Status::feasible;
    out.sequence = std::move(found->letters);
    if (auto status = verify(problem, context, out); !status) return pass(status);
    if (auto status = bound_objectives(problem, active, out); !status) return pass(status);
    return out;
}

}  // namespace leaven::dna
