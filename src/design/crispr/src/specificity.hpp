// What a search says of one guide.
#pragma once

#include <array>
#include <cstdint>

#include <leaven/crispr/search.hpp>

namespace leaven::crispr {

struct Specificity {
    std::array<std::int64_t, 7> by_mismatch{};  // its own site among them
    double cfd = 0;
    double mit = 0;
    double weight = 0;  // what its hits count for in a rank

    void add(const Hit& hit, bool scored) {
        ++by_mismatch[hit.mismatches];
        cfd += hit.cfd;
        mit += hit.mit;
        weight += weight_of(hit, scored);
    }

    /// CFD where it is known; else as mismatches weaken binding, roughly.
    static double weight_of(const Hit& hit, bool scored) {
        constexpr std::array<double, 7> near{1, 0.5, 0.2, 0.05, 0.01, 0, 0};
        return scored ? hit.cfd : near[hit.mismatches];
    }
};

}  // namespace leaven::crispr
