// Numbers that come up in order: a bit each, so that few of many are found in no time.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace leaven::lp {

class Marks {
public:
    /// From now on for numbers below `size`; keeps what is marked.
    void resize(std::size_t size) { words_.resize((size + bits - 1) / bits); }

    void set(int number) {
        words_[static_cast<unsigned>(number) / bits] |= std::uint64_t{1} << (static_cast<unsigned>(number) % bits);
    }

    /// Visits what is marked, smaller numbers first, and clears it. What `visit` marks must be larger, and comes up
    /// too.
    template <class Visit>
    void ascend(Visit&& visit) {
        for (std::size_t w = 0; w < words_.size(); ++w)
            while (words_[w] != 0) {
                const int bit = std::countr_zero(words_[w]);
                words_[w] &= words_[w] - 1;
                visit(static_cast<int>(w * bits) + bit);
            }
    }

    /// The same from the largest number down; what `visit` marks must be smaller.
    template <class Visit>
    void descend(Visit&& visit) {
        for (std::size_t w = words_.size(); w-- > 0;)
            while (words_[w] != 0) {
                const int bit = static_cast<int>(bits) - 1 - std::countl_zero(words_[w]);
                words_[w] ^= std::uint64_t{1} << bit;
                visit(static_cast<int>(w * bits) + bit);
            }
    }

private:
    static constexpr unsigned bits = 64;
    std::vector<std::uint64_t> words_;
};

}  // namespace leaven::lp
