// The cheapest columns without which the objective stays too low.
//
// Threads: one object is used by one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "hitting_set.hpp"
#include "study.hpp"

namespace leaven::metabolism {

class GapfillSearch {
public:
    /// `costs` of each reaction of the study's model: what it costs to have it, none where it is there anyway. The
    /// objective is to reach `growth`, to 1e-6 of it; with every reaction it does.
    GapfillSearch(const Study& study, const std::vector<std::optional<double>>& costs, double growth,
                  const Context& context);

    struct Found {
        std::vector<std::int32_t> reactions;  // to have, increasing
        double cost = 0;
        bool proved = true;
        double bound = 0;
    };
    /// The cheapest set that holds none of those found before; nothing where there is no other. Where the search was
    /// cut short, `proved` is false and `reactions` may be empty.
    ///
    /// Errors  cancelled;  bug  a linear program could not be solved
    Result<std::optional<Found>> next();

private:
    using Columns = std::vector<std::int32_t>;

    struct Outcome {
        bool reached = false;
        std::vector<bool> may_help;  // of each element that is off: the dual solution says it may raise the objective
    };
    Result<Outcome> try_with(const std::vector<bool>& on);
    Status learn_from(std::vector<bool> on);
    Result<bool> add_cut(std::vector<bool> on, const Outcome& outcome);
    [[nodiscard]] std::vector<bool> only(const Columns& elements) const;

    const Study& study_;
    const Context& context_;
    double enough_;
    lp::Solver solver_;
    Columns column_of_;                 // of each element
    std::vector<bool> on_;              // of each element, as the solver stands
    std::vector<std::int32_t> always_;  // reactions that must be had because a forced flux is tied to them
    double always_cost_ = 0;
    std::vector<std::vector<std::int32_t>> reactions_of_;
    HittingSetProblem problem_;
};

}  // namespace leaven::metabolism
