#include <algorithm>
#include <cmath>
#include <queue>
#include <set>

#include <fmt/core.h>

#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/medium.hpp>

#include "as_it_stands.hpp"
#include "conflict.hpp"
#include "gapfill_search.hpp"
#include "study.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

/// The model with every uptake as a reaction of its own, which runs forwards.
struct Imports {
    Model model;
    std::vector<std::int32_t> exchange;        // of each import: the exchange it was taken from
    std::int32_t first = 0;                    // imports are the last reactions, from here on
    std::vector<std::optional<double>> costs;  // of each reaction: 1 for imports
};

Imports split_imports(Model model) {
    Imports out;
    const auto kinds = boundary_kinds(model);
    const auto count = static_cast<std::int32_t>(model.reactions.size());
    out.first = count;
    for (std::int32_t r = 0; r < count; ++r) {
        if (kinds[r] != BoundaryKind::exchange) continue;
        const double direction = uptake_direction(model, model.reactions[r]);
        auto import = model.reactions[r];
        auto& exchange = model.reactions[r];
        import.lower = std::max(0.0, direction < 0 ? -exchange.upper : exchange.lower);
        import.upper = direction < 0 ? -exchange.lower : exchange.upper;
        if (!(import.upper > 0)) continue;
        if (direction < 0)
            for (auto& term : import.terms) term.coefficient = -term.coefficient;
        (direction < 0 ? exchange.lower : exchange.upper) = 0;
        exchange.lower = std::min(exchange.lower, 0.0);
        exchange.upper = std::max(exchange.upper, 0.0);
        for (std::size_t i = 0, terms = model.objective.terms.size(); i < terms; ++i)
            if (model.objective.terms[i].reaction == r)
                model.objective.terms.push_back({count + static_cast<std::int32_t>(out.exchange.size()),
                                                 direction * model.objective.terms[i].coefficient});
        out.exchange.push_back(r);
        model.reactions.push_back(std::move(import));
    }
    out.costs.resize(model.reactions.size());
    std::fill(out.costs.begin() + count, out.costs.end(), 1.0);
    out.model = std::move(model);
    return out;
}

/// Finds the least uptake while growth is kept, with some columns closed.
class LeastUptake {
public:
    LeastUptake(const Study& study, const Imports& imports, double growth, const Context& context)
        : study_(study), imports_(imports), solver_(solver_for(study, context)) {
        std::vector<double> uptake(study.model.reactions.size(), 0);
        std::fill(uptake.begin() + imports.first, uptake.end(), 1.0);
        hold_objective(study, solver_, growth, 0);
        solver_.set_objective(compress_objective(study.compression, uptake), lp::Sense::minimize);
    }

    struct Uptake {
        double total = 0;
        std::vector<std::int32_t> imports;  // that are used, increasing
        MinimalMedium medium;
    };

    /// Nothing where growth needs what is closed; `closed` are imports.
    Result<std::optional<Uptake>> without(const std::set<std::int32_t>& closed) {
        const auto& base = study_.compression.problem;
        for (const auto j : closed_columns_) solver_.set_bounds(j, base.lower[j], base.upper[j]);
        closed_columns_.clear();
        for (const auto r : closed) {
            const auto j = study_.compression.column[r];
            if (j < 0) continue;
            if (base.lower[j] > 0 || base.upper[j] < 0) return std::optional<Uptake>();
            solver_.set_bounds(j, 0, 0);
            closed_columns_.push_back(j);
        }
        const auto solution = solve_checked(study_, solver_);
        if (!solution) return pass(solution);
        if (solution->status != lp::SolveStatus::optimal) return std::optional<Uptake>();
        return std::optional(read(expand(study_.compression, solution->x)));
    }

    Result<std::optional<Uptake>> only(const std::vector<std::int32_t>& open) {
        std::set<std::int32_t> closed;
        for (auto r = imports_.first; r < static_cast<std::int32_t>(study_.model.reactions.size()); ++r)
            if (!std::binary_search(open.begin(), open.end(), r)) closed.insert(r);
        return without(closed);
    }

private:
    [[nodiscard]] Uptake read(const std::vector<double>& flux) const {
        Uptake out;
        for (auto r = imports_.first; r < static_cast<std::int32_t>(flux.size()); ++r) {
            if (flux[r] <= study_.tolerance) continue;
            out.total += flux[r];
            out.imports.push_back(r);
            const auto exchange = imports_.exchange[static_cast<std::size_t>(r - imports_.first)];
            out.medium.components.push_back({study_.model.reactions[exchange].id, flux[r]});
        }
        out.medium.total = out.total;
        return out;
    }

    const Study& study_;
    const Imports& imports_;
    lp::Solver solver_;
    std::vector<std::int32_t> closed_columns_;
};

/// Media of least uptake one after the other: the best of what does without one of the components before.
Status least_uptakes(LeastUptake& least, std::int64_t wanted, const Context& context, MediumResult& result) {
    struct Node {
        LeastUptake::Uptake uptake;
        std::set<std::int32_t> closed;
    };
    const auto later = [](const Node& a, const Node& b) {
        return std::pair(a.uptake.total, a.closed) > std::pair(b.uptake.total, b.closed);
    };
    std::priority_queue<Node, std::vector<Node>, decltype(later)> queue(later);
    std::set<std::set<std::int32_t>> asked;
    std::set<std::vector<std::int32_t>> seen;
    const auto ask = [&](std::set<std::int32_t> closed) -> Status {
        if (!asked.insert(closed).second) return {};
        auto uptake = least.without(closed);
        if (!uptake) return pass(uptake);
        if (*uptake) queue.push({**std::move(uptake), std::move(closed)});
        return {};
    };
    if (auto status = ask({}); !status) return status;
    while (!queue.empty() && static_cast<std::int64_t>(result.alternatives.size()) < wanted) {
        if (context.stopped()) return cancelled();
        const auto node = queue.top();
        queue.pop();
        if (seen.insert(node.uptake.imports).second) result.alternatives.push_back(node.uptake.medium);
        if (static_cast<std::int64_t>(result.alternatives.size()) == wanted) break;
        for (const auto r : node.uptake.imports) {
            auto closed = node.closed;
            closed.insert(r);
            if (auto status = ask(std::move(closed)); !status) return status;
        }
        context.report({{"media", "培养基"}, static_cast<std::int64_t>(result.alternatives.size()), wanted});
    }
    return {};
}

Status fewest_components(GapfillSearch& search, LeastUptake& least, std::int64_t wanted, MediumResult& result) {
    while (static_cast<std::int64_t>(result.alternatives.size()) < wanted) {
        const auto found = search.next();
        if (!found) return pass(found);
        if (!*found) return {};
        result.optimal = result.optimal && (*found)->proved;
        if (!(*found)->proved) return {};
        const auto uptake = least.only((*found)->reactions);
        if (!uptake) return pass(uptake);
        if (!*uptake)
            return failure(ErrorCode::bug, {"a medium does not hold on the whole model", "培养基在完整模型上不成立"});
        result.alternatives.push_back((*uptake)->medium);
        result.alternatives.back().total = (*found)->cost;
    }
    return {};
}

}  // namespace

std::vector<Text> MediumResult::headline() const {
    if (alternatives.empty()) return {};
    const auto& first = alternatives.front();
    std::string list;
    for (const auto& component : first.components)
        list += fmt::format("{}{} {:.6g}", list.empty() ? "" : ", ", component.reaction, component.uptake);
    auto total = minimized == "components"
                     ? text({"growth of {:.6g} 1/h needs {} components at least", "生长 {:.6g} 1/h 至少需要 {} 种组分"},
                            *growth, first.components.size())
                     : text({"growth of {:.6g} 1/h needs {:.6g} mmol/gDW/h at least, of {} components",
                             "生长 {:.6g} 1/h 总共至少摄取 {:.6g} mmol/gDW/h，含 {} 种组分"},
                            *growth, first.total, first.components.size());
    return {std::move(total), {list, list}};
}

Result<MediumResult> medium(const MediumParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return medium(*std::move(model), params, context);
}

Result<MediumResult> medium(Model model, const MediumParams& params, Context& context) {
    auto host = apply_scenario(std::move(model), params);
    if (!host) return pass(host);
    if (!host->objective.maximize)
        return bad_input({"a medium is sought for an objective that is maximised", "最小培养基要求目标函数取最大化"})
            .at("sense")
            .advise({"name it with --objective", "请用 --objective 指定"});
    const auto whole = prepare(*host, as_it_stands(params));
    if (!whole) return pass(whole);
    auto solver = solver_for(*whole, context);
    const auto optimum = find_optimum(*whole, solver, context);
    if (!optimum) return pass(optimum);
    MediumResult result;
    static_cast<Verdict&>(result) = optimum->verdict;
    result.minimized = params.minimize;
    if (!result.solved()) return result;
    if (optimum->value <= params.tolerance) {
        const auto verdict = explain_zero(*whole, *optimum, context);
        if (!verdict) return pass(verdict);
        static_cast<Verdict&>(result) = *verdict;
        return result;
    }
    result.growth =
        params.growth_fraction * optimum->value - (params.growth_fraction == 1 ? allowed_loss(optimum->value, 1) : 0);
    const auto imports = split_imports(*std::move(host));
    const auto study = prepare(imports.model, as_it_stands(params));
    if (!study) return pass(study);
    LeastUptake least(*study, imports, *result.growth, context);
    result.optimal = true;
    if (params.minimize == "uptake") {
        if (auto status = least_uptakes(least, params.alternatives, context, result); !status) return pass(status);
        return result;
    }
    // What counts as reached is this growth less 1e-6 of it; then the least uptake must be able to reach it too.
    GapfillSearch search(*study, imports.costs, *result.growth * (1 + 1e-6), context);
    if (auto status = fewest_components(search, least, params.alternatives, result); !status) return pass(status);
    return result;
}

}  // namespace leaven::metabolism
