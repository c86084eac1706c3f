// Known flux distributions, and which of them survive when columns are held at zero.
//
// A flux that is idle in every column that is switched off is still possible: its objective value is then a lower bound
// on what is left, found without a linear program. Each column keeps a bit for each known flux that uses it, so a
// question costs a few words for each column that is off.
// Requires: every known flux keeps all bounds of the network. One found while a forced flux was switched off does not.
// Threads: one object is used by one thread, or by several while none adds.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace leaven::metabolism {

class Witnesses {
public:
    /// Keeps a flux over the columns. Only what is zero but for rounding is idle: a vitamin's flux may be very small.
    void add(const std::vector<double>& flux, double value, double idle = 1e-12);

    /// The greatest value among the known fluxes that use none of the columns.
    [[nodiscard]] std::optional<double> best_without(const std::vector<std::int32_t>& columns) const;

    [[nodiscard]] std::size_t size() const { return values_.size(); }

private:
    static constexpr std::size_t word_bits = 64;

    std::vector<double> values_;
    std::vector<std::vector<std::uint64_t>> used_by_;  // of each column: bits of the fluxes that use it
};

}  // namespace leaven::metabolism
