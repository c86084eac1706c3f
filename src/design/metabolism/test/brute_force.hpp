// Strains solved one by one, by plain linear programs on the original network: what a search is held against.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/model.hpp>

#include "network.hpp"

namespace leaven::metabolism::testing {

class BruteForce {
public:
    BruteForce(Model model, const std::string& target)
        : model_(std::move(model)), network_(build_network(model_)), index_(model_) {
        if (!target.empty()) target_ = index_.reactions.at(target);
        growth_ = network_.problem.objective;
        append_row(network_.problem, growth_);
    }

    struct Strain {
        double growth = 0;
        double guaranteed = 0;
        double maximum = 0;
        double growth_lost = 0;
    };

    /// None where the strain has no flux.
    std::optional<Strain> solve(const std::vector<bool>& genes_off, const std::vector<std::int32_t>& reactions_off) {
        auto problem = strain(genes_off, reactions_off);
        const auto best = lp::Solver(problem, {}).solve();
        if (best.status != lp::SolveStatus::optimal) return std::nullopt;
        auto closed = problem;
        closed.lower[static_cast<std::size_t>(target_)] = closed.upper[static_cast<std::size_t>(target_)] = 0;
        const auto left = lp::Solver(closed, {}).solve();
        problem.row_lower.back() = best.objective - 1e-6 * std::fabs(best.objective);
        problem.objective.assign(problem.objective.size(), 0);
        problem.objective[static_cast<std::size_t>(target_)] = 1;
        problem.sense = lp::Sense::minimize;
        const auto least = lp::Solver(problem, {}).solve();
        problem.sense = lp::Sense::maximize;
        const auto most = lp::Solver(problem, {}).solve();
        return Strain{best.objective, least.objective, most.objective,
                      best.objective - (left.status == lp::SolveStatus::optimal ? std::max(0.0, left.objective) : 0.0)};
    }

    /// coefficients over reactions by name, and the bounds of their sum.
    struct Row {
        std::vector<std::pair<std::string, double>> terms;
        double lower;
        double upper;
    };

    /// Is there a flux that keeps all rows? Asked as it stands, by constraints.
    bool reaches(const std::vector<Row>& rows, const std::vector<bool>& genes_off,
                 const std::vector<std::int32_t>& reactions_off) {
        auto problem = strain(genes_off, reactions_off);
        problem.objective.assign(problem.objective.size(), 0);
        for (const auto& row : rows) {
            std::vector<double> coefficients(model_.reactions.size(), 0);
            for (const auto& [id, coefficient] : row.terms)
                coefficients[static_cast<std::size_t>(index_.reactions.at(id))] += coefficient;
            append_row(problem, coefficients);
            problem.row_lower.back() = row.lower;
            problem.row_upper.back() = row.upper;
        }
        return lp::Solver(problem, {}).solve().status == lp::SolveStatus::optimal;
    }

private:
    lp::Problem strain(const std::vector<bool>& genes_off, const std::vector<std::int32_t>& reactions_off) {
        auto problem = network_.problem;
        for (std::size_t r = 0; r < model_.reactions.size(); ++r)
            if (!runs_without(model_.reactions[r].rule, genes_off)) problem.lower[r] = problem.upper[r] = 0;
        for (const auto r : reactions_off) problem.lower[r] = problem.upper[r] = 0;
        return problem;
    }

    Model model_;
    Network network_;
    ModelIndex index_;
    std::int32_t target_ = 0;
    std::vector<double> growth_;
};

}  // namespace leaven::metabolism::testing
