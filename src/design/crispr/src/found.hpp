// What a search says of a guide that is being designed, and how it is put in words.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include <leaven/crispr/design.hpp>
#include <leaven/crispr/scores.hpp>

#include "specificity.hpp"

namespace leaven::crispr {

inline constexpr double folds_below_kcal = -8;

struct Found : Specificity {
    std::vector<Hit> exact{};
    std::optional<Hit> nearest{};  // of those that are not exact

    void take(const Hit& hit, bool scored) {
        add(hit, scored);
        if (hit.mismatches == 0)
            exact.push_back(hit);
        else if (!nearest || std::pair(nearest->mismatches, -nearest->cfd) > std::pair(hit.mismatches, -hit.cfd))
            nearest = hit;
    }

    /// Of the guide, its exact hits, which are all wanted, left out.
    [[nodiscard]] double cfd_score() const { return score(cfd, &Hit::cfd); }
    [[nodiscard]] double mit_score() const { return score(mit, &Hit::mit); }

    /// What its off-targets count for in a rank.
    [[nodiscard]] double other_weight(bool scored) const {
        double own = 0;
        for (const auto& hit : exact) own += weight_of(hit, scored);
        return std::max(0.0, weight - own);
    }

private:
    [[nodiscard]] double score(double sum, double Hit::*part) const {
        for (const auto& hit : exact) sum -= hit.*part;
        return guide_score(std::max(0.0, sum));
    }
};

/// Adds what speaks for and against a guide. `copies`: places of its target
void add_reasons(const Found& found, std::size_t copies, const GenomeFile& file, const DesignOptions& options,
                 DesignedGuide& guide);

/// Why nothing is left, from what was rejected.
Text why_none(const std::vector<Rejection>& rejected);

}  // namespace leaven::crispr
