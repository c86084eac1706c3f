#include "witness.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace leaven::metabolism {

void Witnesses::add(const std::vector<double>& flux, double value, double idle) {
    const auto word = values_.size() / word_bits;
    const auto bit = std::uint64_t{1} << (values_.size() % word_bits);
    if (used_by_.size() < flux.size()) used_by_.resize(flux.size());
    for (std::size_t j = 0; j < flux.size(); ++j) {
        if (std::fabs(flux[j]) <= idle) continue;
        used_by_[j].resize(word + 1, 0);
        used_by_[j][word] |= bit;
    }
    values_.push_back(value);
}

std::optional<double> Witnesses::best_without(const std::vector<std::int32_t>& columns) const {
    std::optional<double> best;
    for (std::size_t word = 0; word * word_bits < values_.size(); ++word) {
        const auto count = std::min(word_bits, values_.size() - word * word_bits);
        std::uint64_t alive = count == word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        for (const auto j : columns)
            if (word < used_by_[j].size()) alive &= ~used_by_[j][word];
        for (; alive != 0; alive &= alive - 1) {
            const double value = values_[word * word_bits + static_cast<std::size_t>(std::countr_zero(alive))];
            if (!best || value > *best) best = value;
        }
    }
    return best;
}

}  // namespace leaven::metabolism
