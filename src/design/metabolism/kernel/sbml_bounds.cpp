// Bounds of the reactions: parameters in FBC 2, flux bounds in FBC 1, local parameters where there is no FBC.

#include <cmath>
#include <limits>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// What a file says of one reaction, before defaults.
struct Given {
    std::optional<double> lower;
    std::optional<double> upper;
};

void tighten_lower(Given& given, double value) { given.lower = std::fmax(given.lower.value_or(-infinite), value); }
void tighten_upper(Given& given, double value) { given.upper = std::fmin(given.upper.value_or(infinite), value); }

Result<std::optional<double>> from_parameter(const SbmlReading& reading, const Listed::Element& reaction,
                                             std::string_view which) {
    const auto name = attribute(reaction.node, which);
    if (!name) return std::nullopt;
    const auto found = reading.parameters.by_sbml_id.find(*name);
    if (found == reading.parameters.by_sbml_id.end())
        return reading.fault(
            reaction.node, reaction.id,
            bad_input({"{} is taken from parameter {}, which is not declared", "{} 取自未声明的参数 {}"}, which, *name)
                .advise({"declare it in listOfParameters, or correct the reference",
                         "请在 listOfParameters 中声明该参数，或更正引用"}));
    const auto value = parameter_value(reading, reaction.node, *name);
    if (!value) return pass(value);
    return *value;
}

Result<Given> given_by_parameters(const SbmlReading& reading, const Listed::Element& reaction) {
    const auto lower = from_parameter(reading, reaction, "lowerFluxBound");
    if (!lower) return pass(lower);
    const auto upper = from_parameter(reading, reaction, "upperFluxBound");
    if (!upper) return pass(upper);
    if (reading.strict && (!*lower || !*upper))
        return reading.fault(
            reaction.node, reaction.id,
            bad_input(*lower ? Doc{"the model is strict, and the reaction has no upper bound",
                                   "模型为 strict，但该反应没有上界"}
                             : Doc{"the model is strict, and the reaction has no lower bound",
                                   "模型为 strict，但该反应没有下界"})
                .advise({"give both bounds, or set fbc:strict=\"false\"", "请给出上下界，或设 fbc:strict=\"false\""}));
    return Given{*lower, *upper};
}

/// Old models keep bounds as local parameters of a kinetic law.
Given given_by_kinetic_law(pugi::xml_node reaction) {
    Given given;
    for (const auto parameter : kinetic_parameters(reaction).children()) {
        const auto name = attribute(parameter, "id").value_or("");
        const auto value = xml_number(attribute(parameter, "value").value_or(""));
        if (name == "LOWER_BOUND") given.lower = value;
        if (name == "UPPER_BOUND") given.upper = value;
    }
    return given;
}

Status take_flux_bound(const SbmlReading& reading, pugi::xml_node bound, std::vector<Given>& given) {
    const auto name = attribute(bound, "reaction").value_or("");
    const auto found = reading.reactions.by_sbml_id.find(name);
    if (found == reading.reactions.by_sbml_id.end())
        return reading.fault(
            bound, name,
            bad_input({"a flux bound names reaction {}, which is not declared", "通量界限引用了未声明的反应 {}"}, name)
                .advise({"declare it, or correct the reference", "请声明该反应，或更正引用"}));
    const auto value = xml_number(attribute(bound, "value").value_or(""));
    if (!value || std::isnan(*value))
        return reading.fault(
            bound, name,
            bad_input({"a flux bound is not a number", "通量界限不是数"}).advise({"give a number", "请给出一个数"}));
    const auto operation = attribute(bound, "operation").value_or("");
    const bool equal = operation == "equal";
    const bool below = operation == "lessEqual" || operation == "less";
    const bool above = operation == "greaterEqual" || operation == "greater";
    if (!equal && !below && !above)
        return reading.fault(bound, name,
                             bad_input({"a flux bound has the operation \"{}\"", "通量界限的运算为 “{}”"}, operation)
                                 .advise({"lessEqual, greaterEqual and equal are known",
                                          "可用的运算为 lessEqual、greaterEqual 与 equal"}));
    auto& bounds = given[static_cast<std::size_t>(found->second)];
    if (equal || above) tighten_lower(bounds, *value);
    if (equal || below) tighten_upper(bounds, *value);
    return {};
}

Result<std::vector<Given>> given_bounds(const SbmlReading& reading, pugi::xml_node model) {
    std::vector<Given> given(reading.reactions.elements.size());
    if (reading.fbc_version == 1) {
        const auto take = [&](pugi::xml_node bound) { return take_flux_bound(reading, bound, given); };
        if (auto status = for_children(child(model, "listOfFluxBounds"), "fluxBound", take); !status)
            return pass(status);
        return given;
    }
    for (std::size_t i = 0; i < given.size(); ++i) {
        const auto& reaction = reading.reactions.elements[i];
        if (reading.fbc_version == 0) {
            given[i] = given_by_kinetic_law(reaction.node);
            continue;
        }
        const auto bounds = given_by_parameters(reading, reaction);
        if (!bounds) return pass(bounds);
        given[i] = *bounds;
    }
    return given;
}

}  // namespace

pugi::xml_node kinetic_parameters(pugi::xml_node reaction) {
    const auto law = child(reaction, "kineticLaw");
    const auto list = child(law, "listOfLocalParameters");
    return list ? list : child(law, "listOfParameters");
}

Result<double> parameter_value(const SbmlReading& reading, pugi::xml_node user, std::string_view id) {
    const auto found = reading.parameters.by_sbml_id.find(id);
    if (found == reading.parameters.by_sbml_id.end())
        return reading.fault(user, attribute(user, "id").value_or(""),
                             bad_input({"parameter {} is used and not declared", "使用了未声明的参数 {}"}, id)
                                 .advise({"declare it in listOfParameters, or correct the reference",
                                          "请在 listOfParameters 中声明该参数，或更正引用"}));
    const auto where = attribute(user, "id").value_or("");
    if (reading.computed.contains(id)) return reading.fault(user, where, value_is_computed(id));
    const auto parameter = reading.parameters.elements[static_cast<std::size_t>(found->second)].node;
    const auto value = attribute(parameter, "value");
    const auto number = value ? xml_number(*value) : std::nullopt;
    if (!number)
        return reading.fault(
            parameter, where,
            bad_input({"parameter {} is used and has no number for a value", "参数 {} 被引用，但其值不是数"}, id)
                .advise({"give a number", "请给出一个数"}));
    return *number;
}

Status read_bounds(SbmlReading& reading, pugi::xml_node model) {
    auto parameters = list_elements(reading, child(model, "listOfParameters"), "parameter", no_prefix);
    if (!parameters) return pass(parameters);
    reading.parameters = *std::move(parameters);
    const auto given = given_bounds(reading, model);
    if (!given) return pass(given);

    for (std::size_t i = 0; i < given->size(); ++i) {
        const auto& element = reading.reactions.elements[i];
        const auto& [lower, upper] = (*given)[i];
        auto& reaction = reading.model.reactions[i];
        const bool reversible = flag(element.node, "reversible", true);
        reaction.lower = lower.value_or(reversible ? -infinite : 0);
        reaction.upper = upper.value_or(infinite);
        // In FBC 1 a side without a bound is the way to say that there is none.
        const bool missing = reading.fbc_version == 1 ? !lower && !upper : !lower || !upper;
        if (missing)
            reading.notes.add("bounds_missing", bounds_missing(reaction),
                              [&] { return reading.source.where(element.node, element.id); });
        if (!bounds_allow_flux(reaction))
            return no_flux_allowed(reaction).at(reading.source.where(element.node, element.id));
    }
    return {};
}

}  // namespace leaven::metabolism
