#include <cmath>
#include <utility>

#include "adjustment.hpp"
#include "deletion_sets.hpp"
#include "loopless.hpp"

namespace leaven::metabolism {
namespace {

/// The flux nearest to a reference need not grow as well as it could.
class NearestDecider final : public SetDecider {
public:
    NearestDecider(const Study& study, std::unique_ptr<Adjustment> adjustment)
        : study_(study), adjustment_(std::move(adjustment)) {}

    Result<SetOutcome> decide(const std::vector<std::int32_t>& columns) override {
        const auto adjusted = adjustment_->without(columns);
        if (!adjusted) return pass(adjusted);
        if (adjusted->flux.empty()) return SetOutcome{std::nullopt, true};
        const double growth = dot(study_.network.problem.objective, adjusted->flux);
        return SetOutcome{std::fabs(growth) <= study_.tolerance ? 0 : growth, true};
    }

private:
    const Study& study_;
    std::unique_ptr<Adjustment> adjustment_;
};

/// The best growth among fluxes without internal loops.
class LooplessDecider final : public SetDecider {
public:
    LooplessDecider(const Study& study, const lp::Solver& solver, const Loops& loops, const Context& context)
        : study_(study), solver_(solver), loops_(loops), context_(context) {}

    Result<SetOutcome> decide(const std::vector<std::int32_t>& columns) override {
        auto held = solver_;
        for (const auto j : columns) held.set_bounds(j, 0, 0);
        const auto best = LooplessSearch(study_, held, loops_, context_).best_objective();
        if (!best) return pass(best);
        if (!best->feasible) return SetOutcome{std::nullopt, true};
        const double growth = dot(study_.network.problem.objective, expand(study_.compression, best->flux));
        return SetOutcome{std::fabs(growth) <= study_.tolerance ? 0 : growth, true};
    }

private:
    const Study& study_;
    const lp::Solver& solver_;
    const Loops& loops_;
    const Context& context_;
};

}  // namespace

bool changes_growth(const FluxMethod& method) {
    return method.method == "loopless" || nearness_of(method.method).has_value();
}

Result<DeciderMaker> growth_by_method(const Study& study, const lp::Solver& solver, const Optimum& wild_type,
                                      const FluxMethod& method, const std::vector<double>& reference,
                                      const Context& context) {
    if (const auto nearness = nearness_of(method.method)) {
        const Window window{method.delta, method.epsilon};
        return DeciderMaker([&study, &reference, &context, window, nearness] {
            return std::make_unique<NearestDecider>(study,
                                                    make_adjustment(study, reference, *nearness, window, context));
        });
    }
    if (method.method != "loopless") return best_growth(study, solver, wild_type);
    const auto& bounds = study.compression.problem;
    auto loops = Loops::find(study, bounds.lower, bounds.upper, context);
    if (!loops) return pass(loops);
    return DeciderMaker([&study, &solver, &context, loops = std::make_shared<const Loops>(*std::move(loops))] {
        return std::make_unique<LooplessDecider>(study, solver, *loops, context);
    });
}

}  // namespace leaven::metabolism
