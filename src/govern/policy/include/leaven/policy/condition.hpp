// Conditions of measures, in strong Kleene logic: yes, no, or unknown where a fact that decides is not known.
//
//     applicant.kind == "enterprise" and (applicant.output_yuan > 1亿元 or not applicant.listed)
//
// Facts, `== != < <= > >=`, `in [..]`, `has`, `and`, `or`, `not`, brackets, texts, true and false, whole numbers,
// money. A bare fact means `== true`; an empty condition means always. `not` binds closest, then comparisons, `and`,
// `or`.
//
// Reference  Kleene 1952, Introduction to Metamathematics, § 64.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/policy/fact.hpp>

namespace leaven::policy {

enum class Truth : std::uint8_t { no, unknown, yes };

/// A verdict's word in results: "no", "needs_facts", "yes".
std::string_view word_of(Truth truth);

/// What is known of an applicant, a project and a contract: one cell a fact of the table, in each.
using Known = std::array<const Cell*, 3>;

class Condition {
public:
    /// Empty: always.
    Condition() = default;

    [[nodiscard]] Truth evaluate(const Known& known) const;

    /// The facts that make the value what it is: those missing where it is unknown, those deciding where it is not.
    [[nodiscard]] std::vector<std::size_t> deciding(const Known& known) const;

    /// Each fact that the condition compares with a number, and the number.
    struct Threshold {
        std::size_t slot;
        std::int64_t value;
    };
    [[nodiscard]] std::vector<Threshold> thresholds() const;

    /// Each fact that the condition asks for.
    [[nodiscard]] std::vector<std::size_t> asked() const;

    [[nodiscard]] const std::string& source() const { return text_; }

    /// The condition in words, the facts by their labels.
    [[nodiscard]] Text words(const FactTable& facts) const;

private:
    friend class ConditionParser;
    friend class ScreenConditions;

    enum class Op : std::uint8_t { equal, not_equal, less, at_most, more, at_least, one_of, has, all, any, negate };
    struct Term {
        Op op = Op::equal;
        Scope scope = Scope::applicant;
        std::uint32_t slot = 0;
        bool against_fact = false;  // the other side is the fact `value`
        Scope other_scope = Scope::applicant;
        std::int64_t value = 0;
        std::vector<std::int64_t> values{};  // one_of
        std::vector<std::uint32_t> parts{};  // all, any, negate
    };

    [[nodiscard]] Truth value_of(std::uint32_t term, const Known& known) const;
    void collect(std::uint32_t term, const Known& known, std::vector<std::size_t>& out) const;
    [[nodiscard]] Text words_of(std::uint32_t term, const FactTable& facts, bool inner) const;

    std::vector<Term> terms_;  // the last is the root
    std::string text_;
};

struct ConditionError {
    std::string code;  // unknown_fact | bad_expression
    Text message;
};

/// Facts of `scopes` alone may stand in it. Texts are interned in the table.
tl::expected<Condition, ConditionError> parse_condition(std::string_view text, FactTable& facts,
                                                        std::span<const Scope> scopes);

}  // namespace leaven::policy
