// Conditions as operations on bits: the comparisons of a whole rule set, each once, and formulas over them.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include <leaven/policy/condition.hpp>

namespace leaven::policy {

/// What is known of up to 64 comparisons.
struct ScreenWord {
    std::uint64_t holds = 0;
    std::uint64_t fails = 0;
};

/// Comparisons with a number, of one scope, then comparisons of two facts, of that scope.
constexpr std::size_t screen_domains = 6;
using ScreenWords = std::array<const ScreenWord*, screen_domains>;

/// Is `(value >> shift) & mask` in [low, low + width]?
struct ScreenTest {
    std::uint32_t slot = 0;
    std::uint32_t shift = 0;
    std::int64_t mask = -1;
    std::int64_t low = 0;
    std::uint64_t width = 0;

    bool operator==(const ScreenTest&) const = default;
};

/// left < right, or left == right.
struct ScreenPair {
    Scope left_scope = Scope::applicant;
    Scope right_scope = Scope::applicant;
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    bool equal = false;

    bool operator==(const ScreenPair&) const = default;
};

/// A formula whose negations stand at its comparisons.
class ScreenFormula {
public:
    [[nodiscard]] Truth truth(const ScreenWords& words) const {
        const auto own = truth_of_literals(words);
        return parts_.empty() ? own : joined(own, words);
    }

private:
    friend class ScreenConditions;

    struct Literals {
        std::uint32_t domain = 0;
        std::uint32_t word = 0;
        std::uint64_t plain = 0;
        std::uint64_t negated = 0;
    };

    /// Without branches on what is known: that differs from profile to profile, and a wrong guess costs most.
    [[nodiscard]] Truth truth_of_literals(const ScreenWords& words) const {
        std::uint64_t decides = 0;
        std::uint64_t open = 0;
        for (const auto& one : literals_) {
            const auto word = words[one.domain][one.word];
            const auto holding = (word.holds & one.plain) | (word.fails & one.negated);
            const auto failing = (word.fails & one.plain) | (word.holds & one.negated);
            decides |= all_ ? failing : holding;
            open |= (one.plain | one.negated) & ~(word.holds | word.fails);
        }
        const auto value = static_cast<unsigned>(decides == 0) * (1 + static_cast<unsigned>(open == 0));
        return static_cast<Truth>(all_ ? value : 2 - value);
    }
    [[nodiscard]] Truth joined(Truth own, const ScreenWords& words) const;

    bool all_ = true;                     // of its parts; else one is enough
    std::array<Literals, 2> literals_{};  // more of them make a part
    std::vector<ScreenFormula> parts_;
};

class ScreenConditions {
public:
    ScreenFormula formula(const Condition& condition);

    [[nodiscard]] std::size_t words(std::size_t domain) const;

    /// Asks the memory for the cells that a scope's comparisons look at.
    void fetch(Scope scope, const std::vector<Cell>& cells) const {
        constexpr std::size_t line = 64 / sizeof(Cell);
        const auto [first, last] = slots_[static_cast<std::size_t>(scope)];
        for (auto slot = first; slot < last; slot += line) __builtin_prefetch(cells.data() + slot);
    }

    /// Fills the words of a scope's two domains.
    void ask(Scope scope, const Known& known, ScreenWord* numbers, ScreenWord* pairs) const;

private:
    struct Bit {
        std::size_t domain;
        std::size_t at;
        bool negated;
    };

    void add(ScreenFormula& formula, const Condition& condition, std::uint32_t index, bool negated);
    static void add_bit(ScreenFormula& formula, Bit bit);
    Bit number_bit(Scope scope, const ScreenTest& test, bool negated);
    Bit comparison(const Condition::Term& term, bool negated);
    Bit pair(const Condition::Term& term, bool negated);

    std::array<std::vector<ScreenTest>, 3> tests_;
    std::array<std::vector<ScreenPair>, 3> pairs_;
    struct Slots {
        std::size_t first = 0;
        std::size_t last = 0;  // behind the last
    };
    std::array<Slots, 3> slots_{};
};

}  // namespace leaven::policy
