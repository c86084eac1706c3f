// The axes of an envelope: linear expressions over reactions, and what they are worth as yields.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/metabolism/envelope.hpp>

#include "study.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {

/// A linear expression over reactions, and the same over columns.
struct Axis {
    std::vector<ObjectiveTerm> terms;
    std::vector<double> reactions;
    std::vector<double> columns;
};

/// The objective where the expression is empty.
Result<Axis> read_axis(const Study& study, const std::string& expression);

/// What y is worth in carbon and mass, where it releases a product and the optimum lives on carbon.
class YieldScale {
public:
    YieldScale(const Study& study, const Axis& y, const std::vector<double>& optimum);
    void fill_in(const std::vector<double>& flux, EnvelopePoint& point) const;

private:
    const Study& study_;
    Cargo product_;
    Cargo feed_;
    double sign_ = 1;
    double uptake_ = -1;
    std::optional<std::int32_t> substrate_;
};

/// Least and greatest y where one or two x are held, each point by two programs.
class EnvelopeGrid {
public:
    /// `rows` are the x as rows of the solver.
    EnvelopeGrid(const Study& study, const Axis& y, const YieldScale& scale, const lp::Solver& solver,
                 std::vector<int> rows)
        : study_(study), y_(y), scale_(scale), solver_(solver), rows_(std::move(rows)) {}

    /// `ticks` of each x; the last x runs fastest.
    Result<std::vector<EnvelopePoint>> run(const std::vector<std::vector<double>>& ticks, const Context& context) const;

private:
    Result<EnvelopePoint> solve(lp::Solver& solver, std::vector<double> x) const;

    const Study& study_;
    const Axis& y_;
    const YieldScale& scale_;
    const lp::Solver& solver_;
    std::vector<int> rows_;
};

/// `count` equal steps, both ends exact.
std::vector<double> equal_steps(double from, double to, std::int64_t count);

}  // namespace leaven::metabolism
