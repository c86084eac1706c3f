// All forbidden and required patterns as one automaton over bases.
//
// A state is the set of pattern letters that the bases read so far may stand at, with the last two bases. States and
// steps are made when they are first asked for, so that only what can be reached is ever built. What may begin at a
// position, and what has ended there, is its context.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <leaven/seq/expression.hpp>

namespace leaven::dna {

/// An IUPAC word as an expression.
seq::Expression expression_of(std::string_view word);

/// Letters of the longest match; -1 where there is no limit.
std::int64_t longest_match(const seq::Expression& expression);

class Automaton {
public:
    static constexpr std::int32_t dead = -1;

    /// Where a step leads, and which required patterns end there (a number for `hits`).
    struct Step {
        std::int32_t to;
        std::int32_t hits;
    };

    /// The number of the new pattern. `required` -1: forbidden, else the requirement that it counts for.
    int add(const seq::Expression& expression, int required);

    /// A context: patterns that may begin here, patterns that must have ended before.
    int context(const std::vector<int>& beginning, const std::vector<int>& ended);

    /// The state in which nothing has begun.
    std::int32_t fresh(int last_two);
    [[nodiscard]] int last_two(std::int32_t state) const { return states_[static_cast<std::size_t>(state)].last_two; }

    Step step(std::int32_t state, int context, int base) {
        const auto& blocks = contexts_[static_cast<std::size_t>(context)].blocks;
        const auto at = static_cast<std::size_t>(state) * 4 + static_cast<std::size_t>(base);
        if (at / block_size < blocks.size() && blocks[at / block_size]) {
            const auto& step = (*blocks[at / block_size])[at % block_size];
            if (step.to != unknown) return step;
        }
        return make_step(state, context, base);
    }

    /// The same, where matches that end here do not count: within a flank.
    std::int32_t pass_by(std::int32_t state, int context, int base);

    [[nodiscard]] const std::vector<int>& hits(std::int32_t number) const {
        return hits_[static_cast<std::size_t>(number)];
    }
    [[nodiscard]] std::size_t size() const { return states_.size(); }

private:
    static constexpr std::int32_t unknown = -2;

    struct Letter {
        std::uint8_t bases;
        bool last;
        int pattern;
        std::vector<std::int32_t> follow;
    };
    struct State {
        std::vector<std::int32_t> letters;
        int last_two;
        bool operator==(const State&) const = default;
    };
    struct StateHash {
        std::size_t operator()(const State& state) const;
    };
    static constexpr std::size_t block_size = 256;
    using Block = std::array<Step, block_size>;
    struct Context {
        std::vector<std::int32_t> first;
        std::vector<bool> ended;                     // by pattern
        std::vector<std::unique_ptr<Block>> blocks;  // steps by state and base, of the states that come up
    };
    struct Pattern {
        std::vector<std::int32_t> first;
        int required;
    };

    Step make_step(std::int32_t state, int context, int base);
    std::vector<std::int32_t> next_letters(const State& state, const Context& context, int base) const;
    std::int32_t intern(State state);

    std::vector<Letter> letters_;
    std::vector<Pattern> patterns_;
    std::vector<State> states_;
    std::unordered_map<State, std::int32_t, StateHash> numbers_;
    std::vector<Context> contexts_;
    std::map<std::pair<std::vector<int>, std::vector<int>>, int> context_numbers_;
    std::vector<std::vector<int>> hits_{{}};
    std::map<std::vector<int>, std::int32_t> hit_numbers_;
};

}  // namespace leaven::dna
