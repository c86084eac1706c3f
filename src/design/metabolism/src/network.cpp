#include "network.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {
namespace {

double open_end(double bound) {
    constexpr double means_infinite = 1e20;
    if (bound >= means_infinite) return lp::infinity;
    if (bound <= -means_infinite) return -lp::infinity;
    return bound;
}

std::vector<std::int32_t> rows_of(const Model& model, Network& network) {
    std::vector<std::int32_t> row(model.metabolites.size(), -1);
    for (std::size_t m = 0; m < model.metabolites.size(); ++m) {
        if (model.metabolites[m].boundary) continue;
        row[m] = static_cast<std::int32_t>(network.metabolite_of_row.size());
        network.metabolite_of_row.push_back(static_cast<std::int32_t>(m));
    }
    return row;
}

/// How far `flux` lies beyond `bound` (to the right of it for `side` 1), relative to the bound's size.
double overstep(double bound, double flux, double side) {
    return std::isinf(bound) ? 0 : side * (flux - bound) / std::max(1.0, std::fabs(bound));
}

}  // namespace

Network build_network(const Model& model) {
    Network network;
    auto& problem = network.problem;
    const auto row = rows_of(model, network);
    problem.matrix.rows = static_cast<int>(network.metabolite_of_row.size());
    problem.row_lower.assign(network.metabolite_of_row.size(), 0);
    problem.row_upper = problem.row_lower;

    std::vector<int> rows;
    std::vector<double> values;
    for (const auto& reaction : model.reactions) {
        auto terms = reaction.terms;
        std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
        rows.clear();
        values.clear();
        for (const auto& term : terms) {
            if (row[term.metabolite] < 0) continue;
            rows.push_back(row[term.metabolite]);
            values.push_back(term.coefficient);
        }
        problem.matrix.add_column(rows, values);
        problem.lower.push_back(open_end(reaction.lower));
        problem.upper.push_back(open_end(reaction.upper));
    }
    problem.objective.assign(model.reactions.size(), 0);
    for (const auto& term : model.objective.terms) problem.objective[term.reaction] += term.coefficient;
    problem.sense = model.objective.maximize ? lp::Sense::maximize : lp::Sense::minimize;
    return network;
}

double dot(std::span<const double> coefficients, std::span<const double> flux) {
    double sum = 0;
    for (std::size_t j = 0; j < coefficients.size(); ++j) sum += coefficients[j] * flux[j];
    return sum;
}

double residual(const Network& network, std::span<const double> flux) {
    const auto& problem = network.problem;
    std::vector<double> sum(problem.matrix.rows, 0);
    std::vector<double> size(problem.matrix.rows, 0);
    double worst = 0;
    for (int j = 0; j < problem.matrix.columns; ++j) {
        worst = std::max({worst, overstep(problem.lower[j], flux[j], -1), overstep(problem.upper[j], flux[j], 1)});
        if (flux[j] == 0) continue;
        for (int k = problem.matrix.starts[j]; k < problem.matrix.starts[j + 1]; ++k) {
            const double amount = problem.matrix.values[k] * flux[j];
            sum[problem.matrix.indices[k]] += amount;
            size[problem.matrix.indices[k]] += std::fabs(amount);
        }
    }
    for (int i = 0; i < problem.matrix.rows; ++i) worst = std::max(worst, std::fabs(sum[i]) / std::max(1.0, size[i]));
    return worst;
}

}  // namespace leaven::metabolism
