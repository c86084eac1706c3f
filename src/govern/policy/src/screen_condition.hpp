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
    [[nodiscard]] Truth truth(const ScreenWords& words) const;

private:
    friend class ScreenConditions;

    struct Literals {
        std::uint32_t domain;
        std::uint32_t word;
        std::uint64_t plain;
        std::uint64_t negated;
    };

    bool all_ = true;  // of its parts; else one is enough
    std::vector<Literals> literals_;
    std::vector<ScreenFormula> parts_;
};

class ScreenConditions {
public:
    ScreenFormula formula(const Condition& condition);

    [[nodiscard]] std::size_t words(std::size_t domain) const;

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
};

}  // namespace leaven::policy
