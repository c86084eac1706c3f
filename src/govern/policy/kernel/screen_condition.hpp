// Conditions as operations on bits: the comparisons of a whole rule set, each once, and formulas over them. A bit is a
// lane: an applicant with one project and one contract. Sixty-four lanes are judged at a time.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include <leaven/policy/condition.hpp>

namespace leaven::policy {

inline std::size_t index_of(Scope scope) { return static_cast<std::size_t>(scope); }

constexpr std::size_t screen_lanes = 64;

/// In which lanes something holds, in which it fails; in neither where that is not known.
struct ScreenPlane {
    std::uint64_t holds = 0;
    std::uint64_t fails = 0;

    static ScreenPlane of(Truth truth) {
        return {truth == Truth::yes ? ~std::uint64_t{0} : 0, truth == Truth::no ? ~std::uint64_t{0} : 0};
    }
    void set(std::size_t lane, Truth truth) {
        holds |= std::uint64_t{truth == Truth::yes} << lane;
        fails |= std::uint64_t{truth == Truth::no} << lane;
    }
    /// `and` and `or` in strong Kleene logic.
    ScreenPlane& operator&=(ScreenPlane other) {
        holds &= other.holds;
        fails |= other.fails;
        return *this;
    }
    ScreenPlane& operator|=(ScreenPlane other) {
        holds |= other.holds;
        fails &= other.fails;
        return *this;
    }
    [[nodiscard]] ScreenPlane turned(bool turn) const { return turn ? ScreenPlane{fails, holds} : *this; }
};

/// What is known in each lane, by scope.
struct ScreenLanes {
    std::size_t count = 0;
    std::array<std::array<const Cell*, screen_lanes>, 3> cells;
};

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

/// A comparison, by scope (3: of two facts) and number, as it stands or denied.
struct ScreenLiteral {
    std::size_t domain;
    std::size_t at;
    bool negated;
};

/// A formula whose negations stand at its comparisons.
struct ScreenFormula {
    bool all = true;  // of its parts; else one is enough
    std::vector<ScreenLiteral> literals;
    std::vector<ScreenFormula> parts;
};

class ScreenConditions {
public:
    ScreenFormula formula(const Condition& condition);

    /// Asks the memory for the cells that a scope's comparisons look at.
    void fetch(Scope scope, const Cell* cells) const {
        constexpr std::size_t line = 64 / sizeof(Cell);
        const auto [first, last] = slots_[static_cast<std::size_t>(scope)];
        for (auto slot = first; slot < last; slot += line) __builtin_prefetch(cells + slot);
    }

    /// The comparisons of some lanes, each made once.
    using Answers = std::array<std::vector<ScreenPlane>, 4>;
    void ask(const ScreenLanes& lanes, Answers& answers) const;

    static ScreenPlane truth(const ScreenFormula& formula, const Answers& answers);

private:
    void add(ScreenFormula& formula, const Condition& condition, std::uint32_t index, bool negated);
    ScreenLiteral number(Scope scope, const ScreenTest& test, bool negated);
    ScreenLiteral comparison(const Condition::Term& term, bool negated);
    ScreenLiteral pair(const Condition::Term& term, bool negated);

    std::array<std::vector<ScreenTest>, 3> tests_;
    std::vector<ScreenPair> pairs_;
    struct Slots {
        std::size_t first = 0;
        std::size_t last = 0;  // behind the last
    };
    std::array<Slots, 3> slots_{};
};

}  // namespace leaven::policy
