// Cut sets solved again on the original model: what `verified` stands for where regions are cut off.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "cut_sets.hpp"
#include "study.hpp"

namespace leaven::metabolism {

struct RegionCheck {
    bool done = false;             // false: stopped before its turn
    bool holds = false;            // all to suppress are closed, all to protect are left, each with its evidence
    std::optional<double> growth;  // greatest; none where there is no flux
    DesignCertificate certificate;
};

/// Of each list of reactions that are off, on the uncompressed network, by linear programs of its own, with
/// certificates that use no basis. Being stopped is no error: the rest is then not done.
Result<std::vector<RegionCheck>> check_regions(const Study& study, const CutSetQuestion& question,
                                               const std::vector<std::vector<std::int32_t>>& reactions_off,
                                               const Context& context);

}  // namespace leaven::metabolism
