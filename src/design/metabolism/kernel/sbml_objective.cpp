// The objective of an SBML model.

#include <cmath>
#include <map>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"

namespace leaven::metabolism {
namespace {

Result<pugi::xml_node> active_objective(SbmlReading& reading, pugi::xml_node model) {
    const auto list = child(model, "listOfObjectives");
    const auto first = child(list, "objective");
    if (!first) return first;
    const auto active = attribute(list, "activeObjective");
    if (!active) {
        reading.notes.add(
            "objective_not_chosen",
            text({"the file does not say which objective holds: the first is taken", "文件未指明所用目标：采用第一个"}),
            [&] { return reading.source.where(list); });
        return first;
    }
    for (const auto objective : list.children())
        if (local_name(objective.name()) == "objective" && attribute(objective, "id") == active) return objective;
    return bad_input({"the active objective {} is not declared", "所选目标 {} 未声明"}, *active)
        .at(reading.source.where(list))
        .advise({"name one of the declared objectives", "请指定一个已声明的目标"});
}

Failure not_finite(const SbmlReading& reading, pugi::xml_node node, std::string_view reaction) {
    return bad_input({"the objective coefficient of {} is not a finite number", "{} 的目标系数不是有限数"}, reaction)
        .at(reading.source.where(node, reaction))
        .advise({"give a number", "请给出一个数"});
}

Status take_flux_objective(const SbmlReading& reading, pugi::xml_node node, std::map<std::int32_t, double>& sums) {
    const auto name = attribute(node, "reaction").value_or("");
    const auto found = reading.reactions.by_sbml_id.find(name);
    if (found == reading.reactions.by_sbml_id.end())
        return bad_input({"the objective names reaction {}, which is not declared", "目标引用了未声明的反应 {}"}, name)
            .at(reading.source.where(node, name))
            .advise({"declare it, or correct the reference", "请声明该反应，或更正引用"});
    if (attribute(node, "variableType") == "quadratic")
        return bad_input({"the objective is quadratic in {}, and only linear ones are read",
                          "目标对 {} 是二次的，此处仅支持线性目标"},
                         name)
            .at(reading.source.where(node, name))
            .advise({"give a linear objective", "请给出线性目标"});
    const auto coefficient = xml_number(attribute(node, "coefficient").value_or(""));
    if (!coefficient || !std::isfinite(*coefficient)) return not_finite(reading, node, name);
    auto& sum = sums[found->second];
    sum += *coefficient;
    if (std::isfinite(sum)) return {};
    return not_finite(reading, node, name);
}

/// Where there is no FBC, old models keep the objective in kinetic laws.
Status take_kinetic_law_objective(const SbmlReading& reading, std::map<std::int32_t, double>& sums) {
    for (const auto& reaction : reading.reactions.elements) {
        for (const auto parameter : kinetic_parameters(reaction.node).children()) {
            if (attribute(parameter, "id") != "OBJECTIVE_COEFFICIENT") continue;
            const auto value = xml_number(attribute(parameter, "value").value_or(""));
            if (!value || !std::isfinite(*value)) return not_finite(reading, parameter, reaction.id);
            sums[reading.reactions.by_sbml_id.at(*attribute(reaction.node, "id"))] = *value;
        }
    }
    return {};
}

using Sums = std::map<std::int32_t, double>;

void set_terms(const Sums& sums, Objective& objective) {
    for (const auto& [reaction, coefficient] : sums)
        if (coefficient != 0) objective.terms.push_back({reaction, coefficient});
    if (objective.terms.empty()) objective.maximize = true;
}

Result<Objective> read_one(const SbmlReading& reading, pugi::xml_node objective) {
    Objective out;
    out.id = plain_id(attribute(objective, "id").value_or(""), no_prefix);
    if (out.id == unnamed_objective) out.id.clear();
    out.name = text_of(objective, "name");
    const auto type = attribute(objective, "type").value_or("");
    if (type != "maximize" && type != "minimize")
        return bad_input({"the objective has the type \"{}\"", "目标的类型为 “{}”"}, type)
            .at(reading.source.where(objective))
            .advise({"maximize and minimize are known", "可用的类型为 maximize 与 minimize"});
    out.maximize = type == "maximize";
    Sums sums;
    auto status = for_children(child(objective, "listOfFluxObjectives"), "fluxObjective",
                               [&](pugi::xml_node node) { return take_flux_objective(reading, node, sums); });
    if (!status) return pass(status);
    set_terms(sums, out);
    return out;
}

}  // namespace

Status read_objective(SbmlReading& reading, pugi::xml_node model) {
    const auto active = active_objective(reading, model);
    if (!active) return pass(active);
    auto& chosen = reading.model.objective;
    for (const auto node : child(model, "listOfObjectives").children()) {
        if (local_name(node.name()) != "objective") continue;
        auto objective = read_one(reading, node);
        if (!objective) return pass(objective);
        if (node == *active)
            chosen = *std::move(objective);
        else if (!objective->terms.empty())
            reading.model.other_objectives.push_back(*std::move(objective));
    }
    if (!*active && reading.fbc_version == 0) {
        Sums sums;
        if (auto taken = take_kinetic_law_objective(reading, sums); !taken) return taken;
        set_terms(sums, chosen);
    }
    if (!chosen.terms.empty()) return {};
    chosen = {};
    reading.notes.add("no_objective", no_objective(), [&] { return reading.source.name; });
    return {};
}

}  // namespace leaven::metabolism
