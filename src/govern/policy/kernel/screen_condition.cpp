#include "screen_condition.hpp"

#include <algorithm>

namespace leaven::policy {
namespace {

constexpr auto least = std::numeric_limits<std::int64_t>::min();
constexpr auto greatest = std::numeric_limits<std::int64_t>::max();

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

/// Without branches on what is known: that differs from lane to lane, and a wrong guess costs most.
ScreenPlane compared(const ScreenTest& test, const Cell* const* cells, std::size_t count) {
    std::uint64_t known = 0;
    std::uint64_t holding = 0;
    for (auto lane = count; lane-- > 0;) {  // the first is shifted least
        const auto& cell = cells[lane][test.slot];
        const auto part = (cell.value >> test.shift) & test.mask;
        known = known * 2 + static_cast<std::uint64_t>(cell.known);
        holding = holding * 2 + static_cast<std::uint64_t>(distance(test.low, part) <= test.width);
    }
    return {known & holding, known & ~holding};
}

}  // namespace

ScreenPlane ScreenConditions::truth(const ScreenFormula& formula, const Answers& answers) {
    auto plane = ScreenPlane::of(formula.all ? Truth::yes : Truth::no);
    const auto join = [&](ScreenPlane one) { formula.all ? plane &= one : plane |= one; };
    for (const auto& one : formula.literals) join(answers[one.domain][one.at].turned(one.negated));
    for (const auto& part : formula.parts) join(truth(part, answers));
    return plane;
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
        return formula.literals.push_back(term.against_fact ? pair(term, negated) : comparison(term, negated));
    const bool all = (term.op == Op::all) != negated;
    auto* into = &formula;
    if (formula.all != all) {
        into = &formula.parts.emplace_back();
        into->all = all;
    }
    for (const auto part : term.parts) add(*into, condition, part, negated);
    for (const auto value : term.values)
        into->literals.push_back(number(term.scope, {.slot = term.slot, .low = value}, negated));
}

ScreenLiteral ScreenConditions::number(Scope scope, const ScreenTest& test, bool negated) {
    auto& [first, last] = slots_[index_of(scope)];
    first = last == 0 ? test.slot : std::min<std::size_t>(first, test.slot);
    last = std::max<std::size_t>(last, test.slot + 1);
    return {index_of(scope), number_of(tests_[index_of(scope)], test), negated};
}

ScreenLiteral ScreenConditions::comparison(const Condition::Term& term, bool negated) {
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
    return number(term.scope, test, negated != contrary);
}

ScreenLiteral ScreenConditions::pair(const Condition::Term& term, bool negated) {
    using Op = Condition::Op;
    ScreenPair made{term.scope, term.other_scope, term.slot, static_cast<std::uint32_t>(term.value),
                    term.op == Op::equal || term.op == Op::not_equal};
    const bool turned = term.op == Op::more || term.op == Op::at_most;
    if (turned) {
        std::swap(made.left, made.right);
        std::swap(made.left_scope, made.right_scope);
    }
    const bool contrary = term.op == Op::not_equal || term.op == Op::at_most || term.op == Op::at_least;
    return {tests_.size(), number_of(pairs_, made), negated != contrary};
}

void ScreenConditions::ask(const ScreenLanes& lanes, Answers& answers) const {
    for (std::size_t scope = 0; scope < tests_.size(); ++scope) {
        answers[scope].resize(tests_[scope].size());
        for (std::size_t i = 0; i < tests_[scope].size(); ++i)
            answers[scope][i] = compared(tests_[scope][i], lanes.cells[scope].data(), lanes.count);
    }
    answers.back().assign(pairs_.size(), {});
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
        const auto& one = pairs_[i];
        for (std::size_t lane = 0; lane < lanes.count; ++lane) {
            const auto& left = lanes.cells[index_of(one.left_scope)][lane][one.left];
            const auto& right = lanes.cells[index_of(one.right_scope)][lane][one.right];
            if (!left.known || !right.known) continue;
            const bool holds = one.equal ? left.value == right.value : left.value < right.value;
            answers.back()[i].set(lane, holds ? Truth::yes : Truth::no);
        }
    }
}

}  // namespace leaven::policy
