#include "support_pool.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace leaven::metabolism {
namespace {

constexpr std::size_t word_bits = 64;

}  // namespace

SupportPool::SupportPool(const Switchboard& board)
    : board_(&board), destroyed_by_(board.size()), used_by_(board.columns()) {}

void SupportPool::mark(Words& words, std::size_t bit) {
    if (words.size() <= bit / word_bits) words.resize(bit / word_bits + 1, 0);
    words[bit / word_bits] |= std::uint64_t{1} << (bit % word_bits);
}

void SupportPool::add(ColumnBits kept, double value) {
    const auto number = values_.size();
    supports_.push_back(std::move(kept));
    values_.push_back(value);
    const auto& support = supports_.back();
    for (std::size_t unit = 0; unit < destroyed_by_.size(); ++unit)
        if (!support.avoids(board_->alone(static_cast<std::int32_t>(unit)))) mark(destroyed_by_[unit], number);
    for (std::size_t column = 0; column < used_by_.size(); ++column) {
        const auto j = static_cast<std::int32_t>(column);
        if (!board_->joint_cuts(j).empty() && support.has(j)) mark(used_by_[column], number);
    }
}

SupportPool::Words SupportPool::destroyed(const UnitSet& set) const {
    Words words((values_.size() + word_bits - 1) / word_bits, 0);
    std::vector<std::int32_t> joint;
    for (const auto unit : set) {
        const auto& by_unit = destroyed_by_[static_cast<std::size_t>(unit)];
        for (std::size_t w = 0; w < by_unit.size(); ++w) words[w] |= by_unit[w];
        board_->append_joint(set, unit, joint);
    }
    for (const auto column : joint) {
        const auto& by_column = used_by_[static_cast<std::size_t>(column)];
        for (std::size_t w = 0; w < by_column.size(); ++w) words[w] |= by_column[w];
    }
    return words;
}

std::optional<std::size_t> SupportPool::find(const Words& destroyed, std::int32_t unit,
                                             const std::vector<std::int32_t>& more, double least) const {
    const auto& by_unit = destroyed_by_[static_cast<std::size_t>(unit)];
    for (std::size_t w = 0; w * word_bits < values_.size(); ++w) {
        const auto count = std::min(word_bits, values_.size() - w * word_bits);
        std::uint64_t alive = count == word_bits ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
        alive &= ~(word_of(destroyed, w) | word_of(by_unit, w));
        for (const auto column : more) alive &= ~word_of(used_by_[static_cast<std::size_t>(column)], w);
        for (; alive != 0; alive &= alive - 1) {
            const auto flux = w * word_bits + static_cast<std::size_t>(std::countr_zero(alive));
            if (values_[flux] >= least) return flux;
        }
    }
    return std::nullopt;
}

}  // namespace leaven::metabolism
