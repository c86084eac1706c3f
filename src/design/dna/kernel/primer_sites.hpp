// Where the 3' ends of primers anneal: on both strands of molecules, over the origin of circles.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// The word at a primer's 3' end on a molecule. The primer reads as the strand does.
struct PrimerSite {
    std::size_t primer = 0;
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
};

/// Finds many words at once.
///
/// Method  pigeonhole: of one part more than there are mismatches one is exact; O(letters × parts) and what is found
class SiteFinder {
public:
    static constexpr std::size_t locked = 3;  // bases at the 3' end that always pair

    /// Requires  words of A C G T, all of one length, which is at least `locked` and greater than `mismatches`
    SiteFinder(std::span<const std::string> words, std::int64_t mismatches);

    /// Calls `found` for every site, in no order, and keeps none: in a genome of repeats there are very many. A letter
    /// that is not certain pairs with nothing. Errors  cancelled
    Status find(const seq::Record& record, const Context& context,
                const std::function<void(const PrimerSite&)>& found) const;

private:
    struct Word {
        std::string bases{};  // 0 … 3, as the forward strand reads
        std::size_t primer = 0;
        seq::Strand strand = seq::Strand::forward;
    };
    struct Part {
        std::size_t start = 0;
        std::size_t size = 0;
        std::vector<std::uint32_t> first{};  // by key: where its words begin in `words`
        std::vector<std::uint32_t> words{};
    };
    [[nodiscard]] bool fits(const Word& word, const char* text, std::size_t part) const;
    [[nodiscard]] Part part_of(std::size_t start, std::size_t size) const;

    std::vector<Word> words_{};
    std::vector<Part> parts_{};
    std::size_t size_ = 0;
    std::int64_t mismatches_ = 0;
};

}  // namespace leaven::dna
