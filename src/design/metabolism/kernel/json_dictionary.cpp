#include "json_dictionary.hpp"

#include <cmath>
#include <iterator>
#include <string>
#include <unordered_map>

#include <leaven/op/json.hpp>

#include "json_extras.hpp"
#include "sbml_annotation.hpp"

namespace leaven::metabolism {
namespace {

/// Values by key, in the order in which the keys came. One value stands as it is, several as a list: the way of
/// COBRApy.
class Grouped {
public:
    void add(const std::string& key, Json value) {
        auto& members = object_.get_ref<Json::object_t&>();
        const auto [at, fresh] = places_.emplace(key, std::ssize(members));  // the object itself would look through all
        if (fresh) {
            // A pair would look like two values: it stands in a list from the beginning.
            members.push_back({key, value.is_array() ? Json::array({std::move(value)}) : std::move(value)});
            return;
        }
        auto& known = (members.begin() + at->second)->second;
        if (!known.is_array()) known = Json::array({std::move(known)});
        known.push_back(std::move(value));
    }
    Json take() { return std::move(object_); }

private:
    Json object_ = Json::object();
    std::unordered_map<std::string, std::ptrdiff_t> places_;
};

Json annotation_of(const std::vector<Annotation>& annotation) {
    Grouped out;
    const auto term = leading_sbo_term(annotation);
    if (!term.empty()) out.add("sbo", term);
    for (std::size_t i = term.empty() ? 0 : 1; i < annotation.size(); ++i) {
        const auto& [qualifier, address] = annotation[i];
        auto [collection, entry] = resource_of(address);
        if (qualifier == "is")
            out.add(collection, std::move(entry));
        else
            out.add(collection, Json::array({qualifier, std::move(entry)}));
    }
    return out.take();
}

Json notes_of(const std::vector<Remark>& remarks) {
    Grouped out;
    for (const auto& [key, text] : remarks)
        if (!key.empty()) out.add(key, text);
    return out.take();
}

void add_statements(Json& out, const std::vector<Remark>& remarks, const std::vector<Annotation>& annotation) {
    if (auto notes = notes_of(remarks); !notes.empty()) out["notes"] = std::move(notes);
    if (!annotation.empty()) out["annotation"] = annotation_of(annotation);
}

Json charge_json(double charge) {
    constexpr double exact = 1e15;
    if (std::trunc(charge) == charge && std::fabs(charge) < exact && !(charge == 0 && std::signbit(charge)))
        return static_cast<std::int64_t>(charge);
    return charge;
}

/// JSON has no infinity; COBRApy writes the word.
Json bound_json(double bound) {
    if (std::isinf(bound)) return bound > 0 ? "inf" : "-inf";
    return bound;
}

Json metabolite_json(const Metabolite& metabolite) {
    Json out{{"id", metabolite.id}, {"name", metabolite.name}, {"compartment", metabolite.compartment}};
    if (metabolite.charge) out["charge"] = charge_json(*metabolite.charge);
    if (!metabolite.formula.empty()) out["formula"] = metabolite.formula;
    add_statements(out, metabolite.remarks, metabolite.annotation);
    return out;
}

Json reaction_json(const Model& model, const Reaction& reaction, double objective) {
    auto terms = Json::object();
    auto& list = terms.get_ref<Json::object_t&>();  // each metabolite is named once: no need to look for it
    for (const auto& [metabolite, coefficient] : reaction.terms)
        list.push_back({model.metabolites[metabolite].id, coefficient});
    Json out{{"id", reaction.id},
             {"name", reaction.name},
             {"metabolites", std::move(terms)},
             {"lower_bound", bound_json(reaction.lower)},
             {"upper_bound", bound_json(reaction.upper)},
             {"gene_reaction_rule", reaction.rule.text}};
    if (objective != 0) out["objective_coefficient"] = objective;
    if (!reaction.subsystem.empty()) out["subsystem"] = reaction.subsystem;
    add_statements(out, reaction.remarks, reaction.annotation);
    return out;
}

Json gene_json(const Gene& gene) {
    Json out{{"id", gene.id}, {"name", gene.name}};
    add_statements(out, gene.remarks, gene.annotation);
    return out;
}

}  // namespace

Resource resource_of(const std::string& address) {
    for (const std::string_view prefix : {identifiers_org, std::string_view("http://identifiers.org/")}) {
        if (!address.starts_with(prefix)) continue;
        const auto slash = address.find('/', prefix.size());
        if (slash == std::string::npos || slash == prefix.size() || slash + 1 == address.size()) break;
        auto entry = address.substr(slash + 1);
        if (entry.starts_with("http")) break;  // would read as an address of its own
        return {address.substr(prefix.size(), slash - prefix.size()), std::move(entry)};
    }
    return {"resource", address};
}

Json dictionary_of(const Model& model, const std::string& extras) {
    std::vector<double> objective(model.reactions.size(), 0);
    for (const auto& [reaction, coefficient] : model.objective.terms) objective[reaction] = coefficient;
    Json out{{"metabolites", Json::array()}, {"reactions", Json::array()}, {"genes", Json::array()}};
    for (const auto& metabolite : model.metabolites) out["metabolites"].push_back(metabolite_json(metabolite));
    for (std::size_t r = 0; r < model.reactions.size(); ++r)
        out["reactions"].push_back(reaction_json(model, model.reactions[r], objective[r]));
    for (const auto& gene : model.genes) out["genes"].push_back(gene_json(gene));
    out["id"] = model.id;
    if (!model.name.empty()) out["name"] = model.name;
    auto compartments = Json::object();
    for (const auto& compartment : model.compartments) compartments[compartment.id] = compartment.name;
    out["compartments"] = std::move(compartments);
    add_statements(out, model.remarks, model.annotation);
    if (!extras.empty()) out[extras_key] = extras;
    out["version"] = "1";  // of this way to write a model
    return out;
}

std::string write_json(const Model& model, const std::string& extras) {
    return dictionary_of(model, extras).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace leaven::metabolism
