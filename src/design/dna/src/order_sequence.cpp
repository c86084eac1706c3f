#include "order_sequence.hpp"

#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

// Bases beyond a site, on which the enzyme stands; those of the two ends differ, so that the ends are no repeats.
constexpr std::string_view left_landing = "ACTAGC";
constexpr std::string_view right_landing = "GATGCA";
constexpr char spacer = 'A';

}  // namespace

std::string OrderFlanks::handle(std::int64_t level) const {
    const auto& enzyme = enzyme_of(level);
    const auto gap = enzyme.cuts.front().top - static_cast<std::int64_t>(enzyme.site.size());
    return enzyme.site + std::string(static_cast<std::size_t>(gap), spacer);
}

std::string OrderFlanks::before(std::int64_t level, bool outermost) const {
    std::string flank;
    for (std::int64_t round = 1; round < level; ++round) flank += handle(round) + left_;
    if (!outermost)
        flank += handle(level);
    else if (!left_.empty())
        flank += handle(level) + left_;
    return flank.empty() ? flank : std::string(left_landing) + flank;
}

std::string OrderFlanks::after(std::int64_t level, bool outermost) const {
    std::string flank;
    for (std::int64_t round = 1; round < level; ++round)
        flank = right_ + seq::reverse_complement(handle(round)) + flank;
    if (!outermost)
        flank = seq::reverse_complement(handle(level)) + flank;
    else if (!right_.empty())
        flank = right_ + seq::reverse_complement(handle(level)) + flank;
    return flank.empty() ? flank : flank + std::string(right_landing);
}

}  // namespace leaven::dna
