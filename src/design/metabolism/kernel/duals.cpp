// Dual values taken back through the steps of the compression.
//
// A tied row's dual value is chosen so that the whole reduced cost of the column falls on the one reaction whose bound
// is the column's bound: the others are then free of cost, as their bounds are not reached. A stopped row's dual value
// is chosen so that no stopped reaction would like to move the way its bounds allow.
#include <algorithm>

#include <leaven/lp/certificate.hpp>

#include "compress.hpp"

namespace leaven::metabolism {
namespace {

class DualExpansion {
public:
    DualExpansion(const Network& network, const Compression& compression, std::span<const double> objective,
                  double sign, std::span<const double> row_duals)
        : network_(network), compression_(compression), objective_(objective), sign_(sign) {
        duals_.assign(network.problem.matrix.rows, 0);
        carries_.assign(network.problem.matrix.columns, false);
        for (std::size_t i = 0; i < compression.row.size(); ++i) duals_[compression.row[i]] = sign * row_duals[i];
    }

    std::vector<double> run() {
        for (const auto& members : compression_.members) choose_carrier({members.front(), members.back()});
        for (auto step = compression_.eliminations.rbegin(); step != compression_.eliminations.rend(); ++step)
            undo(*step);
        for (auto& dual : duals_) dual *= sign_;
        return duals_;
    }

private:
    /// What moving the part by one unit gains, and how much that adds to `row`, as far as duals are known.
    struct Gain {
        double cost = 0;
        double entry = 0;
        [[nodiscard]] double ratio() const { return cost / entry; }
    };

    [[nodiscard]] Gain gain(const Part& part, std::int32_t row) const {
        const auto& matrix = network_.problem.matrix;
        Gain out;
        for (auto r = part.first;; r = compression_.next[r]) {
            double cost = sign_ * objective_[r];
            for (int k = matrix.starts[r]; k < matrix.starts[r + 1]; ++k) {
                if (matrix.indices[k] == row) out.entry += compression_.relative[r] * matrix.values[k];
                cost -= duals_[matrix.indices[k]] * matrix.values[k];
            }
            out.cost += compression_.relative[r] * cost;
            if (r == part.last) return out;
        }
    }

    [[nodiscard]] bool has_carrier(const Part& part) const {
        for (auto r = part.first;; r = compression_.next[r]) {
            if (carries_[r]) return true;
            if (r == part.last) return false;
        }
    }

    void choose_carrier(const Part& part) {
        const bool wants_more = gain(part, -1).cost > 0;
        carries_[wants_more ? compression_.upper_by[part.first] : compression_.lower_by[part.first]] = true;
    }

    void undo(const Elimination& step) {
        using Kind = Elimination::Kind;
        if (step.kind == Kind::ties) {
            const auto& free = has_carrier(step.parts[1]) ? step.parts[0] : step.parts[1];
            duals_[step.row] = gain(free, step.row).ratio();
            return;
        }
        if (step.kind == Kind::stops_one) duals_[step.row] = gain(step.parts[0], step.row).ratio();
        if (step.kind == Kind::stops_makers || step.kind == Kind::stops_users) {
            double dual = 0;
            for (const auto& part : step.parts) {
                const double ratio = gain(part, step.row).ratio();
                dual = step.kind == Kind::stops_makers ? std::max(dual, ratio) : std::min(dual, ratio);
            }
            duals_[step.row] = dual;
        }
        for (const auto& part : step.parts) choose_carrier(part);
    }

    const Network& network_;
    const Compression& compression_;
    std::span<const double> objective_;
    double sign_;
    std::vector<double> duals_;  // as if maximising
    std::vector<bool> carries_;  // of each reaction: its bound is the one that its column has reached
};

}  // namespace

std::vector<double> expand_duals(const Network& network, const Compression& compression,
                                 std::span<const double> objective, lp::Sense sense,
                                 std::span<const double> row_duals) {
    const double sign = sense == lp::Sense::maximize ? 1 : -1;
    return DualExpansion(network, compression, objective, sign, row_duals).run();
}

std::vector<double> expand_farkas(const Network& network, const Compression& compression, std::span<const double> ray) {
    const std::vector<double> nothing(network.problem.objective.size(), 0);
    // A vector proves with either sign; which bounds it leans on, and so what falls on which reaction, turns with it.
    auto farkas = expand_duals(network, compression, nothing, lp::Sense::maximize, ray);
    if (lp::farkas_violation(network.problem, farkas) > 0) return farkas;
    return expand_duals(network, compression, nothing, lp::Sense::minimize, ray);
}

}  // namespace leaven::metabolism
