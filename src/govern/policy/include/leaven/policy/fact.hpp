// The catalogue of facts that a profile may state and a condition may ask for.
//
// The shipped catalogue is data/policy/facts.tsv; a rules file may declare more. Values are held as 64-bit integers:
// false and true as 0 and 1, a choice as its number, a set as one bit a choice, money in 元, a text by its number.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::policy {

enum class FactType { boolean, choice, set, money, integer, text };
enum class Scope { applicant, project, contract };

struct Fact {
    std::string name;  // "applicant.size"
    FactType type = FactType::boolean;
    std::vector<std::string> choices;  // of a choice or a set
    Text label;

    [[nodiscard]] Scope scope() const;
    [[nodiscard]] std::string_view key() const;  // "size"
};

/// What is known of one fact.
struct Cell {
    std::int64_t value = 0;
    bool known = false;
};

class FactTable {
public:
    /// The shipped catalogue.
    static const FactTable& shipped();

    [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> names() const;

    /// False where the name is taken.
    bool add(Fact fact);
    Fact& at(std::size_t slot) { return facts_[slot]; }

    /// The number of a text that conditions compare with.
    std::int64_t intern(std::string_view text);
    [[nodiscard]] std::int64_t number_of(std::string_view text) const;  // -1: no condition names it

    /// A value as people read it: "small", "1.2亿元", "true".
    [[nodiscard]] std::string value_text(std::size_t slot, std::int64_t value) const;

private:
    std::vector<Fact> facts_;
    std::map<std::string, std::size_t, std::less<>> slots_;
    std::vector<std::string> texts_;
};

std::optional<FactType> fact_type_of(std::string_view word);
std::string_view word_of(FactType type);

}  // namespace leaven::policy
