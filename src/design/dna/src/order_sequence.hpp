// Fragments as they are ordered: with the sites that set their overhangs free, round after round.
#pragma once

#include <string>
#include <vector>

#include <leaven/dna/fragment.hpp>
#include <leaven/seq/enzyme.hpp>

namespace leaven::dna {

/// Flanks for fragments of a plan in levels: the reaction of level i uses enzyme i modulo the number of enzymes.
class OrderFlanks {
public:
    /// `left` and `right` are the overhangs of the vectors, as the top strand reads them; empty: the outermost ends of
    /// the last level stay as they are. Requires  enzymes that cut beyond their site and leave 5' overhangs
    OrderFlanks(std::vector<seq::Enzyme> enzymes, std::string left, std::string right)
        : enzymes_(std::move(enzymes)), left_(std::move(left)), right_(std::move(right)) {}

    /// What stands before a fragment whose left end becomes a joint at `level`. `outermost`: it is the end of all.
    [[nodiscard]] std::string before(std::int64_t level, bool outermost) const;
    [[nodiscard]] std::string after(std::int64_t level, bool outermost) const;

    [[nodiscard]] const seq::Enzyme& enzyme_of(std::int64_t level) const {
        return enzymes_[static_cast<std::size_t>(level - 1) % enzymes_.size()];
    }

private:
    [[nodiscard]] std::string handle(std::int64_t level) const;  // site and spacer

    std::vector<seq::Enzyme> enzymes_;
    std::string left_;
    std::string right_;
};

}  // namespace leaven::dna
