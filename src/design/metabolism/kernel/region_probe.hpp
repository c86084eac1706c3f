// Which regions of flux space are left when columns are held at zero, on the compressed network.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/lp/solver.hpp>

#include "regions.hpp"
#include "study.hpp"

namespace leaven::metabolism {

/// A region ready to be asked about: solved once on the whole network.
struct ReadyRegion {
    Region region;
    bool unreachable = false;  // by the whole network
    int decisive_row = -1;     // as in RegionProblem
    std::optional<lp::Solver> solver = {};
    lp::Basis basis = {};
};

/// Errors  cancelled;  bug
Result<ReadyRegion> make_ready(const Study& study, const Region& region, const Context& context);

/// Asks about one region, set after set, each from the basis of the whole network. One thread.
class RegionProbe {
public:
    RegionProbe(const Study& study, const ReadyRegion& ready) : study_(study), ready_(ready) {}

    /// The columns that carry flux at a point of the region where these columns are at zero; none where there is no
    /// such point.
    Result<std::optional<std::vector<std::int32_t>>> reach(const std::vector<std::int32_t>& off);

    [[nodiscard]] std::int64_t solved() const { return solved_; }

private:
    Result<std::optional<lp::Solution>> solve();

    const Study& study_;
    const ReadyRegion& ready_;
    std::optional<lp::Solver> solver_;  // made when first needed
    std::int64_t solved_ = 0;
};

}  // namespace leaven::metabolism
