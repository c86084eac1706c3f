// Is there a positive mass for every metabolite?

#include <algorithm>
#include <map>
#include <set>

#include <leaven/core/join.hpp>
#include <leaven/lp/solver.hpp>

#include "checks.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = lp::infinity;

lp::SolverOptions options_of(const Context& context) { return {.tolerance = 1e-9, .stop = &context.stop_flag()}; }

Result<lp::Solution> solved(lp::Solver& solver) {
    auto solution = solver.solve();
    if (solution.status == lp::SolveStatus::failed) solution = solver.solve_cold();
    if (solution.status == lp::SolveStatus::stopped) return cancelled();
    if (solution.status == lp::SolveStatus::failed)
        return failure(ErrorCode::bug,
                       {"a linear program of the checks could not be solved", "检查中的线性规划未能求解"});
    return solution;
}

/// Every inner reaction is a row, S' m = 0, over masses m = z + s with z in [0, 1]: the sum of z is greatest where all
/// metabolites that can have a positive mass have one of at least 1, for masses can be scaled.
lp::Problem mass_problem(const Checked& checked, const std::vector<std::int32_t>& metabolites) {
    std::vector<std::vector<int>> rows(checked.model.metabolites.size());
    std::vector<std::vector<double>> values(checked.model.metabolites.size());
    for (std::size_t row = 0; row < checked.inner.size(); ++row)
        for (const auto& term : checked.model.reactions[checked.inner[row]].terms) {
            rows[term.metabolite].push_back(static_cast<int>(row));
            values[term.metabolite].push_back(term.coefficient);
        }
    lp::Problem problem;
    problem.matrix.rows = static_cast<int>(checked.inner.size());
    problem.row_lower.assign(checked.inner.size(), 0);
    problem.row_upper = problem.row_lower;
    for (const double greatest : {1.0, infinite})
        for (const auto m : metabolites) {
            problem.matrix.add_column(rows[m], values[m]);
            problem.lower.push_back(0);
            problem.upper.push_back(greatest);
            problem.objective.push_back(greatest == 1 ? 1 : 0);
        }
    return problem;
}

/// Inner reactions y, forward and backward, with S y = n >= 0: the least sum of n in which `n[wanted]` is 1.
lp::Problem leak_problem(const Checked& checked, const std::vector<std::int32_t>& metabolites) {
    std::map<std::int32_t, int> row_of;
    for (const auto m : metabolites) row_of.emplace(m, static_cast<int>(row_of.size()));
    lp::Problem problem;
    problem.sense = lp::Sense::minimize;
    problem.matrix.rows = static_cast<int>(metabolites.size());
    problem.row_lower.assign(metabolites.size(), 0);
    problem.row_upper = problem.row_lower;
    for (const auto r : checked.inner) {
        std::vector<std::pair<int, double>> entries;
        for (const auto& term : checked.model.reactions[r].terms)
            entries.emplace_back(row_of.at(term.metabolite), term.coefficient);
        std::sort(entries.begin(), entries.end());
        std::vector<int> rows;
        std::vector<double> values;
        for (const auto& [row, value] : entries) rows.push_back(row), values.push_back(value);
        problem.matrix.add_column(rows, values);
        problem.lower.push_back(-infinite);
        problem.upper.push_back(infinite);
        problem.objective.push_back(0);
    }
    for (std::size_t row = 0; row < metabolites.size(); ++row) {
        problem.matrix.add_column({static_cast<int>(row)}, {-1});
        problem.lower.push_back(0);
        problem.upper.push_back(infinite);
        problem.objective.push_back(1);
    }
    return problem;
}

/// The smallest of the sets that the reactions can make from nothing, one sought for each of a few metabolites.
Result<std::vector<std::string>> smallest_leak(const Checked& checked, const std::vector<std::int32_t>& metabolites,
                                               const std::vector<std::size_t>& faulty, const Context& context) {
    constexpr std::size_t tries = 10;
    constexpr double zero = 1e-7;
    const int first_net = static_cast<int>(checked.inner.size());
    lp::Solver solver(leak_problem(checked, metabolites), options_of(context));
    std::vector<std::string> smallest;
    for (std::size_t i = 0; i < std::min(tries, faulty.size()); ++i) {
        const int column = first_net + static_cast<int>(faulty[i]);
        solver.set_bounds(column, 1, 1);
        const auto solution = solved(solver);
        if (!solution) return pass(solution);
        solver.set_bounds(column, 0, infinite);
        if (solution->status != lp::SolveStatus::optimal) continue;
        std::vector<std::string> set;
        for (std::size_t row = 0; row < metabolites.size(); ++row)
            if (solution->x[first_net + row] > zero) set.push_back(checked.model.metabolites[metabolites[row]].id);
        if (smallest.empty() || set.size() < smallest.size()) smallest = std::move(set);
    }
    return smallest;
}

}  // namespace

Result<Check> check_consistency(const Checked& checked, const Context& context) {
    std::set<std::int32_t> named;
    for (const auto r : checked.inner)
        for (const auto& term : checked.model.reactions[r].terms) named.insert(term.metabolite);
    const std::vector<std::int32_t> metabolites(named.begin(), named.end());
    const Doc title{"metabolites that are not conserved", "质量不守恒的代谢物"};
    if (metabolites.empty()) return make_check("stoichiometric_consistency", title, "error", 0, std::vector<Text>());
    lp::Solver solver(mass_problem(checked, metabolites), options_of(context));
    const auto solution = solved(solver);
    if (!solution) return pass(solution);
    std::vector<std::size_t> faulty;
    for (std::size_t i = 0; i < metabolites.size(); ++i)
        if (solution->x[i] < 0.5) faulty.push_back(i);
    std::vector<std::string> items;
    for (const auto i : faulty) items.push_back(checked.model.metabolites[metabolites[i]].id);
    auto check =
        make_check("stoichiometric_consistency", title, "error", static_cast<std::int64_t>(metabolites.size()), items);
    if (faulty.empty()) return check;
    const auto leak = smallest_leak(checked, metabolites, faulty, context);
    if (!leak) return pass(leak);
    if (!leak->empty())
        check.items.insert(check.items.begin(), text({"made from nothing: {}", "可无中生有：{}"}, join(*leak, " + ")));
    return check;
}

}  // namespace leaven::metabolism
