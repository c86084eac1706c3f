// Fluxes that are known to be possible, and which of them survive when columns are held at zero.
//
// Each column keeps a bit for each flux that uses it, so that a question costs a few words for each column that is off.
// Requires  every flux keeps all bounds of the network but for columns at zero.
// Threads   one object is used by one thread, or by several while none adds.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace leaven::metabolism {

/// Only what is zero but for rounding is idle: a vitamin's flux may be very small.
inline constexpr double idle_flux = 1e-12;

/// The columns that carry flux, increasing.
inline std::vector<std::int32_t> support_of(const std::vector<double>& flux) {
    std::vector<std::int32_t> support;
    for (std::size_t j = 0; j < flux.size(); ++j)
        if (std::fabs(flux[j]) > idle_flux) support.push_back(static_cast<std::int32_t>(j));
    return support;
}

class FluxStore {
public:
    using Mask = std::vector<std::uint64_t>;  // a bit for each flux

    explicit FluxStore(std::size_t columns) : used_by_(columns) {}

    /// `support`: the columns that carry flux. `rank`: fluxes of small rank are preferred.
    void add(std::vector<std::int32_t> support, std::int64_t rank) {
        const auto word = ranks_.size() / bits;
        const auto bit = std::uint64_t{1} << (ranks_.size() % bits);
        for (const auto column : support) {
            auto& users = used_by_[static_cast<std::size_t>(column)];
            users.resize(word + 1, 0);
            users[word] |= bit;
        }
        supports_.push_back(std::move(support));
        ranks_.push_back(rank);
    }

    /// The fluxes that use none of the columns.
    [[nodiscard]] Mask without(const std::vector<std::int32_t>& columns) const {
        Mask alive((ranks_.size() + bits - 1) / bits, ~std::uint64_t{0});
        if (ranks_.size() % bits != 0) alive.back() = (std::uint64_t{1} << (ranks_.size() % bits)) - 1;
        for (const auto column : columns) {
            const auto& users = used_by_[static_cast<std::size_t>(column)];
            for (std::size_t w = 0; w < users.size(); ++w) alive[w] &= ~users[w];
        }
        return alive;
    }

    /// Does one of these fluxes use none of the columns?
    [[nodiscard]] bool any_without(const Mask& among, const std::vector<std::int32_t>& columns) const {
        for (std::size_t w = 0; w < among.size(); ++w) {
            auto alive = among[w];
            for (const auto column : columns) {
                const auto& users = used_by_[static_cast<std::size_t>(column)];
                if (w < users.size()) alive &= ~users[w];
            }
            if (alive != 0) return true;
        }
        return false;
    }

    /// The flux of smallest rank among these, the first where several have it.
    [[nodiscard]] std::optional<std::size_t> preferred(const Mask& among) const {
        std::optional<std::size_t> best;
        for (std::size_t w = 0; w < among.size(); ++w)
            for (auto alive = among[w]; alive != 0; alive &= alive - 1) {
                const auto i = w * bits + static_cast<std::size_t>(std::countr_zero(alive));
                if (!best || ranks_[i] < ranks_[*best]) best = i;
            }
        return best;
    }

    [[nodiscard]] const std::vector<std::int32_t>& support(std::size_t flux) const { return supports_[flux]; }
    [[nodiscard]] std::int64_t rank(std::size_t flux) const { return ranks_[flux]; }

private:
    static constexpr std::size_t bits = 64;

    std::vector<std::vector<std::uint64_t>> used_by_;  // of each column
    std::vector<std::vector<std::int32_t>> supports_;
    std::vector<std::int64_t> ranks_;
};

}  // namespace leaven::metabolism
