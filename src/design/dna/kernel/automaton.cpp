#include "automaton.hpp"

#include <algorithm>

#include <leaven/seq/sequence.hpp>

namespace leaven::dna {

seq::Expression expression_of(std::string_view word) {
    seq::Expression out;
    const auto n = static_cast<std::int32_t>(word.size());
    for (std::int32_t i = 0; i < n; ++i) {
        out.letters.push_back(seq::bases_of(word[static_cast<std::size_t>(i)]));
        out.follow.emplace_back();
        if (i + 1 < n) out.follow.back().push_back(i + 1);
        out.last.push_back(i + 1 == n);
    }
    if (n > 0) out.first.push_back(0);
    return out;
}

std::int64_t longest_match(const seq::Expression& expression) {
    // Longest paths to each letter, round by round; one that still grows after as many rounds as letters is a loop.
    const auto n = expression.letters.size();
    std::vector<std::int64_t> length(n, 0);
    for (const auto first : expression.first) length[static_cast<std::size_t>(first)] = 1;
    bool grew = true;
    for (std::size_t round = 0; grew; ++round) {
        if (round > n) return -1;
        grew = false;
        for (std::size_t s = 0; s < n; ++s)
            for (const auto next : expression.follow[s])
                if (length[s] > 0 && length[static_cast<std::size_t>(next)] < length[s] + 1) {
                    length[static_cast<std::size_t>(next)] = length[s] + 1;
                    grew = true;
                }
    }
    std::int64_t longest = 0;
    for (std::size_t s = 0; s < n; ++s)
        if (expression.last[s]) longest = std::max(longest, length[s]);
    return longest;
}

std::size_t Automaton::StateHash::operator()(const State& state) const {
    auto hash = static_cast<std::size_t>(state.last_two) + 0x9E3779B97F4A7C15U;
    for (const auto letter : state.letters) hash = (hash ^ static_cast<std::size_t>(letter)) * 0x100000001B3U;
    return hash ^ (hash >> 29U);
}

int Automaton::add(const seq::Expression& expression, int required) {
    const auto base = static_cast<std::int32_t>(letters_.size());
    const auto number = static_cast<int>(patterns_.size());
    Pattern pattern{{}, required};
    for (const auto first : expression.first) pattern.first.push_back(base + first);
    for (std::size_t i = 0; i < expression.letters.size(); ++i) {
        Letter letter{expression.letters[i], expression.last[i], number, {}};
        for (const auto next : expression.follow[i]) letter.follow.push_back(base + next);
        letters_.push_back(std::move(letter));
    }
    patterns_.push_back(std::move(pattern));
    return number;
}

int Automaton::context(const std::vector<int>& beginning, const std::vector<int>& ended) {
    const auto [place, fresh_one] =
        context_numbers_.try_emplace({beginning, ended}, static_cast<int>(contexts_.size()));
    if (!fresh_one) return place->second;
    Context made;
    for (const auto pattern : beginning) {
        const auto& first = patterns_[static_cast<std::size_t>(pattern)].first;
        made.first.insert(made.first.end(), first.begin(), first.end());
    }
    made.ended.assign(patterns_.size(), false);
    for (const auto pattern : ended) made.ended[static_cast<std::size_t>(pattern)] = true;
    contexts_.push_back(std::move(made));
    return place->second;
}

std::int32_t Automaton::fresh(int last_two) { return intern({{}, last_two}); }

std::int32_t Automaton::intern(State state) {
    const auto [place, made] = numbers_.try_emplace(state, static_cast<std::int32_t>(states_.size()));
    if (made) states_.push_back(std::move(state));
    return place->second;
}

std::vector<std::int32_t> Automaton::next_letters(const State& state, const Context& context, int base) const {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(base));
    std::vector<std::int32_t> out;
    const auto enter = [&](std::int32_t number) {
        const auto& letter = letters_[static_cast<std::size_t>(number)];
        const auto pattern = static_cast<std::size_t>(letter.pattern);
        const bool ended = pattern < context.ended.size() && context.ended[pattern];
        if ((letter.bases & bit) != 0 && !ended) out.push_back(number);
    };
    for (const auto from : state.letters)
        for (const auto next : letters_[static_cast<std::size_t>(from)].follow) enter(next);
    for (const auto first : context.first) enter(first);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

Automaton::Step Automaton::make_step(std::int32_t state, int context, int base) {
    const auto& from = states_[static_cast<std::size_t>(state)];
    const int last_two = (from.last_two << 2 | base) & 15;
    auto entered = next_letters(from, contexts_[static_cast<std::size_t>(context)], base);
    std::vector<int> ending;
    bool forbidden = false;
    for (const auto number : entered) {
        const auto& letter = letters_[static_cast<std::size_t>(number)];
        if (!letter.last) continue;
        const int required = patterns_[static_cast<std::size_t>(letter.pattern)].required;
        if (required < 0) forbidden = true;
        ending.push_back(required);
    }
    Step made{dead, 0};
    if (!forbidden) {
        // What has ended and leads nowhere is forgotten: fewer states.
        std::erase_if(entered,
                      [&](std::int32_t number) { return letters_[static_cast<std::size_t>(number)].follow.empty(); });
        made.to = intern({std::move(entered), last_two});
        if (!ending.empty()) {
            const auto [place, fresh_one] = hit_numbers_.try_emplace(ending, static_cast<std::int32_t>(hits_.size()));
            if (fresh_one) hits_.push_back(ending);
            made.hits = place->second;
        }
    }
    auto& blocks = contexts_[static_cast<std::size_t>(context)].blocks;
    const auto at = static_cast<std::size_t>(state) * 4 + static_cast<std::size_t>(base);
    if (at / block_size >= blocks.size()) blocks.resize(at / block_size + 1);
    auto& block = blocks[at / block_size];
    if (!block) {
        block = std::make_unique<Block>();
        block->fill(Step{unknown, 0});
    }
    return (*block)[at % block_size] = made;
}

std::int32_t Automaton::pass_by(std::int32_t state, int context, int base) {
    const auto& from = states_[static_cast<std::size_t>(state)];
    const int last_two = (from.last_two << 2 | base) & 15;
    return intern({next_letters(from, contexts_[static_cast<std::size_t>(context)], base), last_two});
}

}  // namespace leaven::dna
