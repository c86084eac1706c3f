// The network made to release more and more of a product: what each flux does meanwhile.
#pragma once

#include <cstdint>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "parsimony.hpp"
#include "study.hpp"

namespace leaven::metabolism {

/// The flux of every reaction at each level of the product's.
struct Scan {
    std::vector<double> levels;
    std::vector<std::vector<double>> flux;
};

/// How far the flux of a reaction can go; infinite where it has no end.
struct Span {
    double least = 0;
    double greatest = 0;
};

/// Of every reaction: in the wild type, and where most of the greatest product flux is made.
struct Contrast {
    std::vector<Span> wild_type;
    std::vector<Span> producer;
    double product_gain = 0;  // least product flux of the producer less the wild type's greatest, not below zero
};

/// Threads: one object is used by one thread.
class TargetScanner {
public:
    static constexpr double greatest_share = 0.9;    // of the product; at the greatest itself nothing grows
    static constexpr double objective_share = 0.95;  // that ranges keep of the objective

    TargetScanner(const Study& study, lp::Solver& solver, std::int32_t target, const Context& context)
        : study_(study), solver_(solver), least_(study, context), target_(target), context_(context) {}

    /// The target's flux must have an end upwards.
    ///
    /// From the wild type's product flux to `greatest_share` of the greatest in equal steps: the flux of least total
    /// that keeps the objective's optimum at each; with `ranges` the middle of the fluxes that keep `objective_share`.
    Result<Scan> run(const Optimum& wild_type, std::int64_t steps, bool ranges);

    Result<Contrast> contrast(const Optimum& wild_type);

private:
    Result<double> greatest_target();
    Result<std::vector<double>> least_flux(double value);
    Result<lp::Solution> hold_product(double level);
    Result<std::vector<double>> flux_at(double level, bool ranges);
    Result<std::vector<Span>> spans(const lp::Solution& known);
    Result<std::vector<double>> middles(const lp::Solution& optimum);

    const Study& study_;
    lp::Solver& solver_;
    LeastFlux least_;
    std::int32_t target_;
    const Context& context_;
};

}  // namespace leaven::metabolism
