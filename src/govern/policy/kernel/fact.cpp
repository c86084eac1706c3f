#include <algorithm>

#include <leaven/policy/fact.hpp>
#include <leaven/policy/money.hpp>

#include "separated.hpp"
#include "shipped.hpp"

namespace leaven::policy {

Scope Fact::scope() const {
    if (name.starts_with("project.")) return Scope::project;
    return name.starts_with("contract.") ? Scope::contract : Scope::applicant;
}

std::string_view Fact::key() const { return std::string_view(name).substr(name.find('.') + 1); }

std::optional<FactType> fact_type_of(std::string_view word) {
    if (word == "bool") return FactType::boolean;
    if (word == "choice") return FactType::choice;
    if (word == "set") return FactType::set;
    if (word == "money") return FactType::money;
    if (word == "integer") return FactType::integer;
    if (word == "text" || word == "region") return FactType::text;
    return std::nullopt;
}

std::string_view word_of(FactType type) {
    switch (type) {
        case FactType::boolean:
            return "bool";
        case FactType::choice:
            return "choice";
        case FactType::set:
            return "set";
        case FactType::money:
            return "money";
        case FactType::integer:
            return "integer";
        case FactType::text:
            break;
    }
    return "text";
}

const FactTable& FactTable::shipped() {
    static const FactTable table = [] {
        FactTable made;
        for (const auto& row : separated_rows(shipped_file("facts.tsv"))) {
            Fact fact;
            fact.name = row.at("name");
            fact.type = fact_type_of(row.at("type")).value_or(FactType::text);
            fact.choices = split(row.at("choices"), '|');
            fact.label = {row.at("label_en"), row.at("label_zh")};
            made.add(std::move(fact));
        }
        return made;
    }();
    return table;
}

std::optional<std::size_t> FactTable::find(std::string_view name) const {
    const auto found = slots_.find(name);
    return found == slots_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> FactTable::names() const {
    std::vector<std::string> names;
    for (const auto& fact : facts_) names.push_back(fact.name);
    return names;
}

bool FactTable::add(Fact fact) {
    if (!slots_.emplace(fact.name, facts_.size()).second) return false;
    facts_.push_back(std::move(fact));
    return true;
}

std::int64_t FactTable::number_of(std::string_view text) const {
    const auto found = std::find(texts_.begin(), texts_.end(), text);
    return found == texts_.end() ? -1 : found - texts_.begin();
}

std::int64_t FactTable::intern(std::string_view text) {
    if (const auto known = number_of(text); known >= 0) return known;
    texts_.emplace_back(text);
    return static_cast<std::int64_t>(texts_.size()) - 1;
}

std::string FactTable::value_text(std::size_t slot, std::int64_t value) const {
    const auto& fact = facts_[slot];
    switch (fact.type) {
        case FactType::boolean:
            return value != 0 ? "true" : "false";
        case FactType::choice:
            return fact.choices[static_cast<std::size_t>(value)];
        case FactType::set: {
            std::string joined;
            for (std::size_t i = 0; i < fact.choices.size(); ++i)
                if ((value >> i & 1) != 0) joined += (joined.empty() ? "" : "|") + fact.choices[i];
            return joined;
        }
        case FactType::money:
            return amount_text(value);
        case FactType::integer:
            return fmt::format("{}", value);
        case FactType::text:
            break;
    }
    return value >= 0 ? texts_[static_cast<std::size_t>(value)] : std::string();
}

}  // namespace leaven::policy
