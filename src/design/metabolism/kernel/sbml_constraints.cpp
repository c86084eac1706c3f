// Constraints that FBC 3 lets a model have beside its balances.

#include <cmath>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <fmt/core.h>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"

namespace leaven::metabolism {
namespace {

constexpr const char* constraint_compartment = "constraints";

/// A number as it stands, or the parameter it names.
Result<double> number_of(const SbmlReading& reading, pugi::xml_node node, std::string_view name) {
    const auto given = attribute(node, name).value_or("");
    const auto number = xml_number(given);
    if (number) return *number;
    return parameter_value(reading, node, given);
}

Failure not_linear(const SbmlReading& reading, pugi::xml_node node, std::string_view variable) {
    return bad_input({"a constraint of the model is not linear in fluxes: {}", "模型的约束对通量不是线性的：{}"},
                     variable)
        .at(reading.source.where(node))
        .advise(
            {"remove it, or write it over reactions, linear in each", "请删除该约束，或将其改写为反应通量的线性式"});
}

Status take_component(SbmlReading& reading, pugi::xml_node node, std::int32_t metabolite) {
    const auto variable = attribute(node, "variable").value_or("");
    const auto found = reading.reactions.by_sbml_id.find(variable);
    const auto type = attribute(node, "variableType").value_or("linear");
    if (found == reading.reactions.by_sbml_id.end() || type == "quadratic") return not_linear(reading, node, variable);
    const auto coefficient = number_of(reading, node, "coefficient");
    if (!coefficient) return pass(coefficient);
    auto& terms = reading.model.reactions[static_cast<std::size_t>(found->second)].terms;
    const double before = !terms.empty() && terms.back().metabolite == metabolite ? terms.back().coefficient : 0;
    if (!std::isfinite(before + *coefficient))
        return bad_input({"a coefficient of a constraint is not a finite number", "约束的系数不是有限数"})
            .at(reading.source.where(node, variable))
            .advise({"give a number", "请给出一个数"});
    if (before != 0) terms.pop_back();
    if (before + *coefficient != 0) terms.push_back({metabolite, before + *coefficient});
    return {};
}

/// Names that no element of a kind has yet.
class FreeIds {
public:
    template <class Items>
    explicit FreeIds(const Items& items) {
        for (const auto& item : items) taken_.insert(item.id);
    }

    std::string take(const std::string& wanted) {
        auto id = wanted;
        for (auto& number = next_.try_emplace(wanted, 2).first->second; !taken_.insert(id).second; ++number)
            id = fmt::format("{}_{}", wanted, number);
        return id;
    }

private:
    std::unordered_set<std::string> taken_;
    std::unordered_map<std::string, int> next_;  // of a wanted name: every number below is taken
};

struct ConstraintIds {
    FreeIds metabolites;
    FreeIds reactions;
};

Status take_constraint(SbmlReading& reading, pugi::xml_node node, std::size_t number, ConstraintIds& ids) {
    auto& model = reading.model;
    const auto given = plain_id(attribute(node, "id").value_or(""), no_prefix);
    const auto name = fmt::format("constraint_{}", given.empty() ? std::to_string(number) : given);
    Metabolite balance;
    balance.id = ids.metabolites.take(name);
    balance.name = text_of(node, "name");
    balance.compartment = constraint_compartment;
    const auto metabolite = static_cast<std::int32_t>(model.metabolites.size());
    model.metabolites.push_back(balance);
    auto status =
        for_children(child(node, "listOfUserDefinedConstraintComponents"), "userDefinedConstraintComponent",
                     [&](pugi::xml_node component) { return take_component(reading, component, metabolite); });
    if (!status) return status;
    const auto lower = number_of(reading, node, "lowerBound");
    if (!lower) return pass(lower);
    const auto upper = number_of(reading, node, "upperBound");
    if (!upper) return pass(upper);
    Reaction limit;
    limit.id = ids.reactions.take(name);
    limit.name = balance.name;
    limit.terms = {{metabolite, -1}};
    limit.lower = *lower, limit.upper = *upper;
    if (!bounds_allow_flux(limit)) return no_flux_allowed(limit).at(reading.source.where(node, given));
    reading.notes.add(
        "constraint_as_reaction",
        text({"constraint {0} is kept as metabolite {1} and reaction {2}, which takes it away in its limits",
              "约束 {0} 以代谢物 {1} 和在其界限内消耗它的反应 {2} 保留"},
             given, balance.id, limit.id),
        [&] { return reading.source.where(node); });
    model.reactions.push_back(std::move(limit));
    return {};
}

}  // namespace

Status read_constraints(SbmlReading& reading, pugi::xml_node model) {
    const auto list = child(model, "listOfUserDefinedConstraints");
    if (!child(list, "userDefinedConstraint")) return {};
    if (reading.compartments.insert(constraint_compartment).second)
        reading.model.compartments.push_back({constraint_compartment, {}});
    ConstraintIds ids{FreeIds(reading.model.metabolites), FreeIds(reading.model.reactions)};
    std::size_t number = 0;
    return for_children(list, "userDefinedConstraint",
                        [&](pugi::xml_node node) { return take_constraint(reading, node, ++number, ids); });
}

}  // namespace leaven::metabolism
