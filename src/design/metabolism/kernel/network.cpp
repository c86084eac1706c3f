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
    std::vector<Term> terms;
    for (const auto& reaction : model.reactions) {
        terms = reaction.terms;
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

void append_row(lp::Problem& problem, const std::vector<double>& coefficients) {
    lp::SparseMatrix matrix;
    matrix.rows = problem.matrix.rows + 1;
    std::vector<int> rows;
    std::vector<double> values;
    for (int j = 0; j < problem.matrix.columns; ++j) {
        const auto begin = problem.matrix.starts[j];
        const auto end = problem.matrix.starts[j + 1];
        rows.assign(problem.matrix.indices.begin() + begin, problem.matrix.indices.begin() + end);
        values.assign(problem.matrix.values.begin() + begin, problem.matrix.values.begin() + end);
        if (coefficients[j] != 0) {
            rows.push_back(problem.matrix.rows);
            values.push_back(coefficients[j]);
        }
        matrix.add_column(rows, values);
    }
    problem.matrix = std::move(matrix);
    problem.row_lower.push_back(-lp::infinity);
    problem.row_upper.push_back(lp::infinity);
}

double dot(std::span<const double> coefficients, std::span<const double> flux) {
    double sum = 0;
    for (std::size_t j = 0; j < coefficients.size(); ++j) sum += coefficients[j] * flux[j];
    return sum;
}

std::vector<double> reduced_costs(const lp::Problem& problem, std::span<const double> prices) {
    auto reduced = problem.objective;
    const auto& matrix = problem.matrix;
    for (int j = 0; j < matrix.columns; ++j)
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            reduced[j] -= prices[matrix.indices[k]] * matrix.values[k];
    return reduced;
}

double residual(const Network& network, std::span<const double> flux) {
    const auto& problem = network.problem;
    struct Sum {
        double value = 0;
        double size = 0;
    };
    std::vector<Sum> rows(problem.matrix.rows);
    double worst = 0;
    for (int j = 0; j < problem.matrix.columns; ++j) {
        if (flux[j] == 0) continue;
        for (int k = problem.matrix.starts[j]; k < problem.matrix.starts[j + 1]; ++k) {
            const double amount = problem.matrix.values[k] * flux[j];
            auto& row = rows[problem.matrix.indices[k]];
            row.value += amount;
            row.size += std::fabs(amount);
        }
    }
    for (const auto& [value, size] : rows)
        if (std::fabs(value) > worst) worst = std::max(worst, std::fabs(value) / std::max(1.0, size));
    return worst;
}

}  // namespace leaven::metabolism
