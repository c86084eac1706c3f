// The best value among fluxes that obey the loop law, exactly, without switches.
//
// Where the best flux has a loop, a flux that obeys the law lets at least one column of that loop not run that way: so
// the program splits into one for each of them, and the search goes on in the most promising one. A program whose best
// flux loses all its loops without losing value is settled. No big bound meets a switch, so nothing leaks.
//
// Same law as the mixed-integer form of Schellenberger, Lewis, Palsson 2011, doi:10.1016/j.bpj.2010.12.3707.
// Threads: one object is used by one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "loops.hpp"
#include "study.hpp"

namespace leaven::metabolism {

struct LooplessBest {
    bool feasible = false;  // some flux within the bounds obeys the law
    bool bounded = true;
    double value = 0;
    std::vector<double> flux;  // of the columns; obeys the law
    std::int64_t lps = 0;
};

class LooplessSearch {
public:
    /// `solver` knows all constraints; `loops` are those of its bounds.
    LooplessSearch(const Study& study, const lp::Solver& solver, Loops loops, const Context& context);

    /// Of the study's objective.
    Result<LooplessBest> best_objective();

    /// Of one column.
    Result<LooplessBest> best_of(std::int32_t column, lp::Sense sense);

private:
    /// The range of one column changed, over what the parent changed.
    struct Node {
        std::int32_t parent;
        std::int32_t column;
        double lower;
        double upper;
    };
    struct Open {
        double bound;  // nothing below this node is better
        std::int32_t node;
    };

    Result<LooplessBest> search(std::int32_t target);
    Status expand_node(const Open& open, std::int32_t target);
    Status look_at(std::vector<double> flux, double bound, std::int32_t parent, std::int32_t target);
    void move_to(std::int32_t node);
    void branch(const Loop& loop, double bound, std::int32_t parent, std::int32_t target);
    Status offer(const std::vector<double>& flux, std::int32_t target);
    [[nodiscard]] double value_of(const std::vector<double>& flux, std::int32_t target) const;
    [[nodiscard]] bool is_better(double one, double other) const;

    const Study& study_;
    const Context& context_;
    lp::Solver solver_;
    Loops loops_;
    std::vector<double> lower_, upper_;  // of the columns, at the root
    std::vector<std::int32_t> moved_;    // columns that the present node changed
    std::vector<Node> nodes_;
    std::vector<Open> open_;
    LooplessBest best_;
};

}  // namespace leaven::metabolism
