#include "screen_condition.hpp"

#include <algorithm>

namespace leaven::policy {
namespace {

constexpr std::size_t bits = 64;
constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

std::size_t index_of(Scope scope) { return static_cast<std::size_t>(scope); }

std::uint64_t distance(std::int64_t low, std::int64_t high) {
    return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
}

template <class T>
std::size_t number_of(std::vector<T>& list, const T& one) {
    const auto found = std::find(list.begin(), list.end(), one);
    if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
    list.push_back(one);
    return list.size() - 1;
}

}  // namespace

Truth ScreenFormula::joined(Truth own, const ScreenWords& words) const {
    for (const auto& part : parts_) {
        const auto value = part.truth(words);
        own = all_ ? std::min(own, value) : std::max(own, value);
    }
    return own;
}

ScreenFormula ScreenConditions::formula(const Condition& condition) {
    ScreenFormula made;
    if (!condition.terms_.empty()) add(made, condition, static_cast<std::uint32_t>(condition.terms_.size() - 1), false);
    return made;
}

/// Adds a term to a formula: into it where both join alike, else as a part of its own.
void ScreenConditions::add(ScreenFormula& formula, const Condition& condition, std::uint32_t index, bool negated) {
    using Op = Condition::Op;
    const auto& term = condition.terms_[index];
    if (term.op == Op::negate) return add(formula, condition, term.parts.front(), !negated);
    if (term.op != Op::all && term.op != Op::any && term.op != Op::one_of)
        return add_bit(formula, term.against_fact ? pair(term, negated) : comparison(term, negated));
    const bool all = (term.op == Op::all) != negated;
    auto* into = &formula;
    if (formula.all_ != all) {
        into = &formula.parts_.emplace_back();
        into->all_ = all;
    }
    for (const auto part : term.parts) add(*into, condition, part, negated);
    for (const auto value : term.values)
        add_bit(*into, number_bit(term.scope, {.slot = term.slot, .low = value}, negated));
}

void ScreenConditions::add_bit(ScreenFormula& formula, Bit bit) {
    const auto word = static_cast<std::uint32_t>(bit.at / bits);
    const auto domain = static_cast<std::uint32_t>(bit.domain);
    const auto mask = std::uint64_t{1} << (bit.at % bits);
    for (auto& one : formula.literals_) {
        const auto used = one.plain | one.negated;
        if (used == 0) one = {domain, word, 0, 0};
        if (one.domain != domain || one.word != word || (used & mask) != 0) continue;
        (bit.negated ? one.negated : one.plain) |= mask;
        return;
    }
    if (formula.parts_.empty() || formula.parts_.back().all_ != formula.all_)
        formula.parts_.emplace_back().all_ = formula.all_;
    add_bit(formula.parts_.back(), bit);
}

ScreenConditions::Bit ScreenConditions::number_bit(Scope scope, const ScreenTest& test, bool negated) {
    auto& [first, last] = slots_[index_of(scope)];
    first = last == 0 ? test.slot : std::min<std::size_t>(first, test.slot);
    last = std::max<std::size_t>(last, test.slot + 1);
    return {index_of(scope), number_of(tests_[index_of(scope)], test), negated};
}

ScreenConditions::Bit ScreenConditions::comparison(const Condition::Term& term, bool negated) {
    using Op = Condition::Op;
    ScreenTest test{.slot = term.slot, .low = term.value};
    if (term.op == Op::has) {
        test.shift = static_cast<std::uint32_t>(term.value);
        test.mask = 1;
        test.low = 1;
    } else if (term.op == Op::less || term.op == Op::at_least) {
        test.width = distance(term.value, greatest);
    } else if (term.op == Op::more || term.op == Op::at_most) {
        test.low = least;
        test.width = distance(least, term.value);
    }
    const bool contrary = term.op == Op::not_equal || term.op == Op::less || term.op == Op::more;
    return number_bit(term.scope, test, negated != contrary);
}

ScreenConditions::Bit ScreenConditions::pair(const Condition::Term& term, bool negated) {
    using Op = Condition::Op;
    ScreenPair made{term.scope, term.other_scope, term.slot, static_cast<std::uint32_t>(term.value),
                    term.op == Op::equal || term.op == Op::not_equal};
    const bool turned = term.op == Op::more || term.op == Op::at_most;
    if (turned) {
        std::swap(made.left, made.right);
        std::swap(made.left_scope, made.right_scope);
    }
    const bool contrary = term.op == Op::not_equal || term.op == Op::at_most || term.op == Op::at_least;
    const auto scope = index_of(std::max(term.scope, term.other_scope));
    return {3 + scope, number_of(pairs_[scope], made), negated != contrary};
}

std::size_t ScreenConditions::words(std::size_t domain) const {
    const auto count = domain < 3 ? tests_[domain].size() : pairs_[domain - 3].size();
    return (count + bits - 1) / bits;
}

void ScreenConditions::ask(Scope scope, const Known& known, ScreenWord* numbers, ScreenWord* pairs) const {
    const auto* cells = known[index_of(scope)];
    const auto& tests = tests_[index_of(scope)];
    for (std::size_t from = 0; from < tests.size(); from += bits, ++numbers) {
        std::uint64_t known_bits = 0;
        std::uint64_t holding = 0;
        for (auto i = std::min(from + bits, tests.size()); i-- > from;) {  // the last is shifted least
            const auto& test = tests[i];
            const auto& cell = cells[test.slot];
            const auto part = (cell.value >> test.shift) & test.mask;
            known_bits = known_bits << 1U | static_cast<std::uint64_t>(cell.known);
            holding = holding << 1U | static_cast<std::uint64_t>(distance(test.low, part) <= test.width);
        }
        *numbers = {known_bits & holding, known_bits & ~holding};
    }
    const auto& lists = pairs_[index_of(scope)];
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const auto& one = lists[i];
        const auto& left = known[index_of(one.left_scope)][one.left];
        const auto& right = known[index_of(one.right_scope)][one.right];
        if (!left.known || !right.known) continue;
        const bool holds = one.equal ? left.value == right.value : left.value < right.value;
        (holds ? pairs[i / bits].holds : pairs[i / bits].fails) |= std::uint64_t{1} << (i % bits);
    }
}

}  // namespace leaven::policy
