#include <algorithm>

#include <leaven/policy/condition.hpp>

namespace leaven::policy {
namespace {

Truth truth(bool value) { return value ? Truth::yes : Truth::no; }

void add_once(std::vector<std::size_t>& list, std::size_t slot) {
    if (std::find(list.begin(), list.end(), slot) == list.end()) list.push_back(slot);
}

}  // namespace

std::string_view word_of(Truth value) {
    return value == Truth::yes ? "yes" : value == Truth::no ? "no" : "needs_facts";
}

Truth Condition::value_of(std::uint32_t index, const Known& known) const {
    const auto& term = terms_[index];
    if (term.op == Op::all || term.op == Op::any) {
        const auto decides = term.op == Op::all ? Truth::no : Truth::yes;
        auto value = term.op == Op::all ? Truth::yes : Truth::no;
        for (const auto part : term.parts) {
            const auto one = value_of(part, known);
            if (one == decides) return decides;
            if (one == Truth::unknown) value = Truth::unknown;
        }
        return value;
    }
    if (term.op == Op::negate) {
        const auto inner = value_of(term.parts.front(), known);
        return inner == Truth::unknown ? inner : truth(inner == Truth::no);
    }
    const auto& cell = known[static_cast<std::size_t>(term.scope)][term.slot];
    if (!cell.known) return Truth::unknown;
    auto value = term.value;
    if (term.against_fact) {
        const auto& other = known[static_cast<std::size_t>(term.other_scope)][static_cast<std::size_t>(term.value)];
        if (!other.known) return Truth::unknown;
        value = other.value;
    }
    switch (term.op) {
        case Op::equal:
            return truth(cell.value == value);
        case Op::not_equal:
            return truth(cell.value != value);
        case Op::less:
            return truth(cell.value < value);
        case Op::at_most:
            return truth(cell.value <= value);
        case Op::more:
            return truth(cell.value > value);
        case Op::at_least:
            return truth(cell.value >= value);
        case Op::has:
            return truth((cell.value >> value & 1) != 0);
        default:
            return truth(std::find(term.values.begin(), term.values.end(), cell.value) != term.values.end());
    }
}

Truth Condition::evaluate(const Known& known) const {
    if (terms_.empty()) return Truth::yes;
    return value_of(static_cast<std::uint32_t>(terms_.size() - 1), known);
}

void Condition::collect(std::uint32_t index, const Known& known, std::vector<std::size_t>& out) const {
    const auto& term = terms_[index];
    if (!term.parts.empty()) {
        const auto own = value_of(index, known);
        const bool same_all = term.op == Op::negate || (term.op == Op::all ? own == Truth::yes : own == Truth::no);
        for (const auto part : term.parts)
            if (same_all || value_of(part, known) == own) collect(part, known, out);
        return;
    }
    const bool missing = value_of(index, known) == Truth::unknown;
    const auto& cell = known[static_cast<std::size_t>(term.scope)][term.slot];
    if (!missing || !cell.known) add_once(out, term.slot);
    if (!term.against_fact) return;
    const auto other = static_cast<std::size_t>(term.value);
    if (!missing || !known[static_cast<std::size_t>(term.other_scope)][other].known) add_once(out, other);
}

std::vector<std::size_t> Condition::deciding(const Known& known) const {
    std::vector<std::size_t> out;
    if (!terms_.empty()) collect(static_cast<std::uint32_t>(terms_.size() - 1), known, out);
    return out;
}

std::vector<Condition::Threshold> Condition::thresholds() const {
    std::vector<Threshold> found;
    for (const auto& term : terms_) {
        if (!term.parts.empty() || term.op == Op::has || term.against_fact) continue;
        if (term.op != Op::one_of) found.push_back({term.slot, term.value});
        for (const auto value : term.values) found.push_back({term.slot, value});
    }
    return found;
}

std::vector<std::size_t> Condition::asked() const {
    std::vector<std::size_t> slots;
    for (const auto& term : terms_) {
        if (!term.parts.empty()) continue;
        add_once(slots, term.slot);
        if (term.against_fact) add_once(slots, static_cast<std::size_t>(term.value));
    }
    return slots;
}

Text Condition::words_of(std::uint32_t index, const FactTable& facts, bool inner) const {
    const auto& term = terms_[index];
    if (term.op == Op::negate) {
        const auto part = words_of(term.parts.front(), facts, true);
        return text({"not {0}", "非 {1}"}, part.en, part.zh);
    }
    if (!term.parts.empty()) {
        Text joined;
        const Doc between = term.op == Op::all ? Doc{" and ", " 且 "} : Doc{" or ", " 或 "};
        for (const auto part : term.parts) {
            const auto one = words_of(part, facts, true);
            joined.en += std::string(joined.en.empty() ? "" : between.en) + one.en;
            joined.zh += std::string(joined.zh.empty() ? "" : between.zh) + one.zh;
        }
        return inner ? Text{"(" + joined.en + ")", "（" + joined.zh + "）"} : joined;
    }
    const auto& fact = facts.facts()[term.slot];
    if (fact.type == FactType::boolean && !term.against_fact && term.op != Op::one_of) {
        const bool wanted = (term.value != 0) == (term.op == Op::equal);
        return wanted ? fact.label : text({"not: {0}", "非“{1}”"}, fact.label.en, fact.label.zh);
    }
    std::string right;
    if (term.against_fact) {
        const auto& other = facts.facts()[static_cast<std::size_t>(term.value)];
        return text({"{0} {2} {1}", "{3} {2} {4}"}, fact.label.en, other.label.en,
                    std::array{"=", "≠", "<", "≤", ">", "≥"}[static_cast<std::size_t>(term.op)], fact.label.zh,
                    other.label.zh);
    }
    const auto shown = [&](std::int64_t value) {
        return fact.type == FactType::set ? fact.choices[static_cast<std::size_t>(value)]
                                          : facts.value_text(term.slot, value);
    };
    if (term.op == Op::one_of)
        for (const auto value : term.values) right += (right.empty() ? "" : " / ") + shown(value);
    else
        right = shown(term.value);
    const bool listed = term.op == Op::one_of || term.op == Op::has;
    const auto* sign = listed ? "" : std::array{"=", "≠", "<", "≤", ">", "≥"}[static_cast<std::size_t>(term.op)];
    if (term.op == Op::has) return text({"{0} include {2}", "{1}含 {2}"}, fact.label.en, fact.label.zh, right);
    if (listed) return text({"{0} is one of {2}", "{1}为 {2} 之一"}, fact.label.en, fact.label.zh, right);
    return text({"{0} {3} {2}", "{1} {3} {2}"}, fact.label.en, fact.label.zh, right, sign);
}

Text Condition::words(const FactTable& facts) const {
    if (terms_.empty()) return {"always", "无条件"};
    return words_of(static_cast<std::uint32_t>(terms_.size() - 1), facts, false);
}

}  // namespace leaven::policy
