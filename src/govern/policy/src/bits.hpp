// A set of small numbers, sixty-four to a word.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace leaven::policy {

/// A set of small numbers.
class Bits {
public:
    explicit Bits(std::size_t size = 0) : words_((size + 63) / 64) {}

    void add(std::size_t i) { words_[i / 64] |= std::uint64_t{1} << (i % 64); }
    void drop(std::size_t i) { words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
    [[nodiscard]] bool has(std::size_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
    [[nodiscard]] bool empty() const {
        for (const auto word : words_)
            if (word != 0) return false;
        return true;
    }
    [[nodiscard]] std::size_t count() const { return common(*this); }
    [[nodiscard]] bool meets(const Bits& other) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            if ((words_[w] & other.words_[w]) != 0) return true;
        return false;
    }
    [[nodiscard]] std::size_t common(const Bits& other) const {
        std::size_t count = 0;
        for (std::size_t w = 0; w < words_.size(); ++w)
            count += static_cast<std::size_t>(std::popcount(words_[w] & other.words_[w]));
        return count;
    }
    Bits& operator&=(const Bits& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
        return *this;
    }
    Bits& subtract(const Bits& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= ~other.words_[w];
        return *this;
    }
    template <class Visit>
    void each(Visit visit) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            for (auto word = words_[w]; word != 0; word &= word - 1)
                visit(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    }

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace leaven::policy
