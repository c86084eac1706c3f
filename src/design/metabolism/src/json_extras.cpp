// What differs between a model and what a format holds of it, and the same in words.

#include "json_extras.hpp"

#include <array>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include <leaven/core/join.hpp>

namespace leaven::metabolism {
namespace {

using Json = nlohmann::json;

Json to_json(const std::vector<Annotation>& annotation) {
    auto list = Json::array();
    for (const auto& [qualifier, resource] : annotation) list.push_back({qualifier, resource});
    return list;
}

Json to_json(const std::vector<Remark>& remarks) {
    auto list = Json::array();
    for (const auto& [key, text] : remarks) list.push_back({key, text});
    return list;
}

Json to_json(const GeneRule& rule, const Model& model) {
    auto postfix = Json::array();
    for (const auto entry : rule.postfix) {
        if (entry < 0)
            postfix.push_back(entry == GeneRule::both ? 1 : 2);
        else
            postfix.push_back(model.genes[entry].id);
    }
    return {{"text", rule.text}, {"postfix", std::move(postfix)}};
}

template <class Value>
void put(Json& out, const char* key, const Value& wanted, const Value& held) {
    if (wanted == held) return;
    if constexpr (std::same_as<Value, std::vector<Annotation>> || std::same_as<Value, std::vector<Remark>>)
        out[key] = to_json(wanted);
    else
        out[key] = wanted;
}

template <class Item>
Json difference(const Item& wanted, const Item& held, const Model& model) {
    auto out = Json::object();
    put(out, "name", wanted.name, held.name);
    if constexpr (requires { wanted.sbml_id; }) put(out, "sbml_id", wanted.sbml_id, held.sbml_id);
    if constexpr (requires { wanted.formula; }) {
        put(out, "formula", wanted.formula, held.formula);
        put(out, "boundary", wanted.boundary, held.boundary);
    }
    if constexpr (requires { wanted.subsystem; }) {
        put(out, "subsystem", wanted.subsystem, held.subsystem);
        if (wanted.rule != held.rule) out["rule"] = to_json(wanted.rule, model);
    }
    put(out, "annotation", wanted.annotation, held.annotation);
    put(out, "remarks", wanted.remarks, held.remarks);
    return out;
}

template <class Item>
void put_elements(Json& out, const char* kind, const std::vector<Item>& wanted, const std::vector<Item>& held,
                  const Model& model) {
    auto elements = Json::object();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        static const Item nothing{};
        auto element = difference(wanted[i], i < held.size() ? held[i] : nothing, model);
        if (!element.empty()) elements[wanted[i].id] = std::move(element);
    }
    if (!elements.empty()) out[kind] = std::move(elements);
}

template <class Item>
Json ids_of(const std::vector<std::int32_t>& members, const std::vector<Item>& items) {
    auto ids = Json::array();
    for (const auto member : members) ids.push_back(items[member].id);
    return ids;
}

Json to_json(const Group& group, const Model& model) {
    return {{"id", group.id},
            {"name", group.name},
            {"kind", group.kind},
            {"reactions", ids_of(group.reactions, model.reactions)},
            {"metabolites", ids_of(group.metabolites, model.metabolites)},
            {"genes", ids_of(group.genes, model.genes)},
            {"annotation", to_json(group.annotation)},
            {"remarks", to_json(group.remarks)}};
}

Json to_json(const Objective& objective, const Model& model) {
    auto terms = Json::array();
    for (const auto& [reaction, coefficient] : objective.terms)
        terms.push_back({model.reactions[reaction].id, coefficient});
    return {
        {"id", objective.id}, {"name", objective.name}, {"maximize", objective.maximize}, {"terms", std::move(terms)}};
}

/// The other way in which resources may begin, where most do.
std::string_view usual_prefix(const Model& model) {
    constexpr std::string_view old_prefix = "http://identifiers.org/";
    std::int64_t votes = 0;
    const auto count = [&](const auto& items) {
        for (const auto& item : items)
            for (const auto& annotation : item.annotation)
                votes += annotation.resource.starts_with(old_prefix)        ? 1
                         : annotation.resource.starts_with(identifiers_org) ? -1
                                                                            : 0;
    };
    count(model.metabolites), count(model.reactions), count(model.genes);
    return votes > 0 ? old_prefix : identifiers_org;
}

void change_prefix(std::vector<Annotation>& annotation, std::string_view prefix) {
    for (auto& [qualifier, resource] : annotation)
        if (resource.starts_with(identifiers_org)) resource.replace(0, identifiers_org.size(), prefix);
}

std::string first_few(const std::vector<std::string>& ids) {
    constexpr std::size_t shown = 5;
    if (ids.size() <= shown) return join(ids, ", ");
    return fmt::format("{}, … ({})", join(std::span(ids).first(shown), ", "), ids.size());
}

struct Named {
    const char* key;
    Doc name;
};

constexpr std::array<Named, 4> kinds{{{"compartments", {"compartments", "区室"}},
                                      {"metabolites", {"metabolites", "代谢物"}},
                                      {"reactions", {"reactions", "反应"}},
                                      {"genes", {"genes", "基因"}}}};
constexpr std::array<Named, 8> element_fields{{{"name", {"names", "名称"}},
                                               {"sbml_id", {"identifiers in SBML", "SBML 标识符"}},
                                               {"formula", {"formulas", "分子式"}},
                                               {"boundary", {"being outside the balance", "不计入物料平衡"}},
                                               {"subsystem", {"subsystems", "子系统"}},
                                               {"rule", {"gene rules as they stand", "基因规则的原有写法"}},
                                               {"annotation", {"annotations as they stand", "注释的原有形式"}},
                                               {"remarks", {"remarks", "备注"}}}};

void add_element_losses(const Json& extras, std::vector<Loss>& losses) {
    for (const auto& kind : kinds) {
        const auto found = extras.find(kind.key);
        if (found == extras.end()) continue;
        for (const auto& field : element_fields) {
            std::vector<std::string> ids;
            for (const auto& [id, element] : found->items())
                if (element.contains(field.key)) ids.push_back(id);
            if (ids.empty()) continue;
            losses.push_back({{fmt::format("{}: {}", kind.name.en, field.name.en),
                               fmt::format("{}：{}", kind.name.zh, field.name.zh)},
                              first_few(ids)});
        }
    }
}

std::vector<std::string> ids_in(const Json& list) {
    std::vector<std::string> ids;
    for (const auto& item : list) ids.push_back(item.at("id").get<std::string>());
    return ids;
}

/// One for each kind of thing.
std::vector<Loss> losses_of(const Json& extras) {
    std::vector<Loss> losses;
    add_element_losses(extras, losses);
    if (const auto model = extras.find("model"); model != extras.end())
        losses.push_back({text({"remarks and annotations of the model", "模型的备注与注释"}), "model"});
    if (const auto groups = extras.find("groups"); groups != extras.end())
        losses.push_back({text({"groups", "分组"}), first_few(ids_in(*groups))});
    if (const auto others = extras.find("other_objectives"); others != extras.end())
        losses.push_back({text({"objectives that are not chosen", "未选用的目标函数"}), first_few(ids_in(*others))});
    if (const auto objective = extras.find("objective"); objective != extras.end()) {
        if (objective->contains("maximize"))
            losses.push_back({text({"that the objective is minimised", "目标函数取最小"}), "objective"});
        if (objective->contains("id") || objective->contains("name"))
            losses.push_back({text({"name of the objective", "目标函数的名称"}), "objective"});
    }
    if (const auto prefix = extras.find("resources"); prefix != extras.end())
        losses.push_back(
            {text({"how addresses in annotations begin", "注释中网址的开头"}), prefix->get<std::string>()});
    return losses;
}

/// An empty object where they are equal.
Json difference_of(const Model& wanted, Model held) {
    auto out = Json::object();
    if (const auto prefix = usual_prefix(wanted); prefix != identifiers_org && usual_prefix(held) != prefix) {
        out["resources"] = prefix;
        change_prefix(held, prefix);
    }
    put_elements(out, "metabolites", wanted.metabolites, held.metabolites, wanted);
    put_elements(out, "reactions", wanted.reactions, held.reactions, wanted);
    put_elements(out, "genes", wanted.genes, held.genes, wanted);
    auto whole = Json::object();
    put(whole, "annotation", wanted.annotation, held.annotation);
    put(whole, "remarks", wanted.remarks, held.remarks);
    if (!whole.empty()) out["model"] = std::move(whole);
    put_elements(out, "compartments", wanted.compartments, held.compartments, wanted);
    if (wanted.groups != held.groups)
        for (const auto& group : wanted.groups) out["groups"].push_back(to_json(group, wanted));
    auto objective = Json::object();
    put(objective, "id", wanted.objective.id, held.objective.id);
    put(objective, "name", wanted.objective.name, held.objective.name);
    put(objective, "maximize", wanted.objective.maximize, held.objective.maximize);
    if (!objective.empty()) out["objective"] = std::move(objective);
    if (wanted.other_objectives != held.other_objectives)
        for (const auto& other : wanted.other_objectives) out["other_objectives"].push_back(to_json(other, wanted));
    return out;
}

}  // namespace

void change_prefix(Model& model, std::string_view prefix) {
    const auto change = [&](auto& items) {
        for (auto& item : items) change_prefix(item.annotation, prefix);
    };
    change(model.metabolites), change(model.reactions), change(model.genes);
    change_prefix(model.annotation, prefix);
}

Extras extras_of(const Model& wanted, Model held) {
    const auto difference = difference_of(wanted, std::move(held));
    if (difference.empty()) return {};
    return {difference.dump(-1, ' ', false, Json::error_handler_t::replace), losses_of(difference)};
}

}  // namespace leaven::metabolism
