// Chains that wander through a polytope.
//
// Each chain has a random stream of its own, so the samples depend on seed and chain alone.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include <leaven/core/random.hpp>

#include "polytope.hpp"

namespace leaven::metabolism {

class Walk {
public:
    Walk() = default;
    Walk(const Walk&) = delete;
    Walk& operator=(const Walk&) = delete;
    virtual ~Walk() = default;

    /// Goes on by so many steps.
    virtual void step(std::int64_t steps) = 0;

    /// Called where a sample is taken: drift off the balance is undone. The y where the walk stands.
    virtual const Eigen::VectorXd& settle() = 0;
};

/// What the chains of a coordinate walk share: the bounds that can be reached, and how fast each coordinate nears them.
struct CoordinateSpace {
    static constexpr Eigen::Index lanes = 8;  // the rows below come in blocks of so many

    Eigen::VectorXd origin;      // of all y
    Eigen::MatrixXd directions;  // the same
    Eigen::ArrayXd centre, lower, upper;
    Eigen::ArrayXXd slopes, inverse;  // one column a coordinate

    CoordinateSpace(const Polytope& polytope, const Rounding& rounding);
};

/// Coordinate hit-and-run in the rounded space. Cost: O(bounds that can be reached) a step.
std::unique_ptr<Walk> coordinate_walk(const CoordinateSpace& space, Random random);

/// Directions from the running centre to a point picked among `vertices` (as y); with `learns` the points passed are
/// picked too, and move the centre after every step (achr), else only after every sample (optgp).
std::unique_ptr<Walk> direction_walk(const Polytope& polytope, const Eigen::MatrixXd& vertices, bool learns,
                                     Random random);

}  // namespace leaven::metabolism
