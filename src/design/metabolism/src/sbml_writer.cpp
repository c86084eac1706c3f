// Writes a model as SBML level 3 version 1 with FBC 2 and, where the model has them, groups.

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <unordered_map>

#include <leaven/metabolism/read.hpp>

#include "gene_rule_tree.hpp"
#include "reading_rules.hpp"
#include "sbml_annotation.hpp"
#include "sbml_names.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::string_view flux_unit = "mmol_per_gDW_per_hr";

/// What an element says beside its attributes, in the order SBML asks for: notes, then annotation.
struct Statements {
    std::vector<std::pair<std::string_view, std::string>> fields;  // what FBC 2 has no attribute for: key, value
    const std::vector<Remark>& remarks;
    const std::vector<Annotation>& annotation;

    [[nodiscard]] std::string sbo_term() const { return leading_sbo_term(annotation); }
    [[nodiscard]] std::size_t resources() const { return annotation.size() - (sbo_term().empty() ? 0 : 1); }
    [[nodiscard]] bool notes() const { return !fields.empty() || !remarks.empty(); }
    [[nodiscard]] bool empty() const { return !notes() && resources() == 0; }
};

/// Formulas that FBC 2 can say: element symbols and whole counts.
bool is_fbc_formula(std::string_view formula) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto other = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (formula.empty() || !upper(formula[0])) return false;
    bool digits = false;  // lower case after a count would begin no symbol
    for (const char c : formula) {
        if (!upper(c) && !other(c)) return false;
        const bool digit = c >= '0' && c <= '9';
        if (digits && !digit && !upper(c)) return false;
        digits = digit;
    }
    return true;
}

/// Charges that FBC 2 can say: whole numbers of 32 bits.
bool is_fbc_charge(double charge) {
    return std::trunc(charge) == charge && std::abs(charge) <= std::numeric_limits<std::int32_t>::max();
}

class Writer {
public:
    explicit Writer(const Model& model) : model_(model), names_(model), group_names_(subsystems_of(model)) {
        for (const auto& gene : model.genes) gene_ids_.push_back(gene.id);
    }

    std::string write() {
        open_document();
        write_units();
        write_compartments();
        write_species();
        write_parameters();
        write_reactions();
        write_objective();
        write_genes();
        write_groups();
        xml_.close();
        xml_.close();
        return std::move(xml_).finish();
    }

private:
    void open_document();
    void write_units();
    void write_compartments();
    void write_species();
    void write_parameters();
    void write_reactions();
    void write_reaction(std::size_t index);
    void write_side(const Reaction& reaction, std::string_view list, double sign);
    void write_rule(const GeneRule& rule);
    void write_objective();
    void write_genes();
    void write_groups();
    void write_flux_objectives(const Objective& objective, const std::string& id);
    void write_members(const std::vector<std::int32_t>& members, const std::vector<std::string>& names);
    void write_notes(const Statements& statements);
    void write_statements(const Statements& statements, const std::string& metaid);
    void write_annotation(const Statements& statements, const std::string& metaid);
    /// Leaves the element open for more inside.
    void open_element(std::string_view name, XmlText::Attributes attributes, const std::string& sbml_id,
                      const Statements& statements);
    void element(std::string_view name, const XmlText::Attributes& attributes, const std::string& sbml_id,
                 const Statements& statements);
    const std::string& parameter(double bound);
    void list(std::string_view name, bool present, const std::function<void()>& members);

    const Model& model_;
    SbmlNames names_;
    std::vector<std::string> group_names_;  // the subsystem that groups give each reaction
    std::vector<std::string> gene_ids_;
    std::unordered_map<std::uint64_t, std::string> parameters_;  // by the bits of the bound
    XmlText xml_;
};

/// SBML knows no empty lists: none is written where there is nothing in it.
void Writer::list(std::string_view name, bool present, const std::function<void()>& members) {
    if (!present) return;
    xml_.open(name);
    members();
    xml_.close();
}

void Writer::open_document() {
    const bool groups = !model_.groups.empty();
    xml_.open("sbml", {{"xmlns", "http://www.sbml.org/sbml/level3/version1/core"},
                       {"xmlns:fbc", "http://www.sbml.org/sbml/level3/version1/fbc/version2"},
                       {"xmlns:groups", groups ? "http://www.sbml.org/sbml/level3/version1/groups/version1" : ""},
                       {"level", "3"},
                       {"version", "1"},
                       {"fbc:required", "false"},
                       {"groups:required", groups ? "false" : ""}});
    const bool strict = std::all_of(model_.reactions.begin(), model_.reactions.end(), bounds_allow_flux);
    open_element("model", {{"id", names_.model}, {"name", model_.name}, {"fbc:strict", strict ? "true" : "false"}},
                 names_.model.empty() ? "model" : names_.model, {{}, model_.remarks, model_.annotation});
}

void Writer::write_units() {
    xml_.open("listOfUnitDefinitions");
    xml_.open("unitDefinition", {{"id", flux_unit}});
    xml_.open("listOfUnits");
    xml_.leaf("unit", {{"kind", "mole"}, {"exponent", "1"}, {"scale", "-3"}, {"multiplier", "1"}});
    xml_.leaf("unit", {{"kind", "gram"}, {"exponent", "-1"}, {"scale", "0"}, {"multiplier", "1"}});
    xml_.leaf("unit", {{"kind", "second"}, {"exponent", "-1"}, {"scale", "0"}, {"multiplier", "3600"}});
    xml_.close();
    xml_.close();
    xml_.close();
}

void Writer::write_compartments() {
    list("listOfCompartments", !model_.compartments.empty(), [&] {
        for (std::size_t i = 0; i < model_.compartments.size(); ++i)
            element("compartment",
                    {{"id", names_.compartments[i]}, {"name", model_.compartments[i].name}, {"constant", "true"}},
                    names_.compartments[i], {{}, model_.compartments[i].remarks, model_.compartments[i].annotation});
    });
}

void Writer::open_element(std::string_view name, XmlText::Attributes attributes, const std::string& sbml_id,
                          const Statements& statements) {
    const auto sbo = statements.sbo_term();
    const auto metaid = statements.resources() > 0 ? "meta_" + sbml_id : std::string();
    attributes.emplace_back("metaid", metaid);
    attributes.emplace_back("sboTerm", sbo);
    xml_.open(name, attributes);
    write_statements(statements, metaid);
}

void Writer::element(std::string_view name, const XmlText::Attributes& attributes, const std::string& sbml_id,
                     const Statements& statements) {
    if (!statements.empty()) {
        open_element(name, attributes, sbml_id, statements);
        return xml_.close();
    }
    auto all = attributes;
    const auto sbo = statements.sbo_term();
    all.emplace_back("sboTerm", sbo);
    xml_.leaf(name, all);
}

void Writer::write_species() {
    list("listOfSpecies", !model_.metabolites.empty(), [&] {
        for (std::size_t i = 0; i < model_.metabolites.size(); ++i) {
            const auto& metabolite = model_.metabolites[i];
            Statements statements{{}, metabolite.remarks, metabolite.annotation};
            const bool fbc_formula = is_fbc_formula(metabolite.formula);
            if (!fbc_formula && !metabolite.formula.empty())
                statements.fields.emplace_back("FORMULA", metabolite.formula);
            const bool fbc_charge = metabolite.charge && is_fbc_charge(*metabolite.charge);
            const auto charge = metabolite.charge ? number_text(*metabolite.charge) : std::string();
            if (!fbc_charge && !charge.empty()) statements.fields.emplace_back("CHARGE", charge);
            element("species",
                    {{"id", names_.metabolites[i]},
                     {"name", metabolite.name},
                     {"compartment", names_.compartment(metabolite.compartment)},
                     {"hasOnlySubstanceUnits", "false"},
                     {"boundaryCondition", metabolite.boundary ? "true" : "false"},
                     {"constant", "false"},
                     {"fbc:charge", fbc_charge ? std::string_view(charge) : ""},
                     {"fbc:chemicalFormula", fbc_formula ? std::string_view(metabolite.formula) : ""}},
                    names_.metabolites[i], statements);
        }
    });
}

/// The parameter for this bound; one for all bounds of the same bits, so that -0 stays -0.
const std::string& Writer::parameter(double bound) { return parameters_.at(std::bit_cast<std::uint64_t>(bound)); }

void Writer::write_parameters() {
    list("listOfParameters", !model_.reactions.empty(), [&] {
        for (const auto& reaction : model_.reactions)
            for (const double bound : {reaction.lower, reaction.upper}) {
                const auto [found, added] = parameters_.try_emplace(std::bit_cast<std::uint64_t>(bound));
                if (!added) continue;
                found->second = names_.fresh(fmt::format("flux_bound_{}", parameters_.size()));
                xml_.leaf("parameter", {{"id", found->second},
                                        {"value", number_text(bound)},
                                        {"units", flux_unit},
                                        {"constant", "true"},
                                        {"sboTerm", "SBO:0000625"}});
            }
    });
}

void Writer::write_side(const Reaction& reaction, std::string_view list_name, double sign) {
    const auto is_here = [&](const Term& term) { return term.coefficient * sign > 0; };
    // SBML wants a reaction to name a species; one that has none names the first, at zero, which readers drop.
    const bool placeholder = reaction.terms.empty() && sign < 0 && !model_.metabolites.empty();
    list(list_name, placeholder || std::any_of(reaction.terms.begin(), reaction.terms.end(), is_here), [&] {
        if (placeholder)
            xml_.leaf("speciesReference",
                      {{"species", names_.metabolites[0]}, {"stoichiometry", "0"}, {"constant", "true"}});
        for (const auto& term : reaction.terms)
            if (is_here(term))
                xml_.leaf("speciesReference",
                          {{"species", names_.metabolites[static_cast<std::size_t>(term.metabolite)]},
                           {"stoichiometry", number_text(term.coefficient * sign)},
                           {"constant", "true"}});
    });
}

void Writer::write_rule(const GeneRule& rule) {
    if (rule.postfix.empty()) return;
    xml_.open("fbc:geneProductAssociation");
    walk(rule, [&](const RuleStep& step) {
        if (step.kind == RuleStep::Kind::gene)
            xml_.leaf("fbc:geneProductRef", {{"fbc:geneProduct", names_.genes[static_cast<std::size_t>(step.entry)]}});
        if (step.kind == RuleStep::Kind::begin) xml_.open(step.entry == GeneRule::both ? "fbc:and" : "fbc:or");
        if (step.kind == RuleStep::Kind::end) xml_.close();
    });
    xml_.close();
}

void Writer::write_reaction(std::size_t index) {
    const auto& reaction = model_.reactions[index];
    Statements statements{{}, reaction.remarks, reaction.annotation};
    if (reaction.rule.text != to_text(reaction.rule, gene_ids_))
        statements.fields.emplace_back("GENE_ASSOCIATION", reaction.rule.text);
    if (reaction.subsystem != group_names_[index]) statements.fields.emplace_back("SUBSYSTEM", reaction.subsystem);
    open_element("reaction",
                 {{"id", names_.reactions[index]},
                  {"name", reaction.name},
                  {"reversible", reaction.lower < 0 ? "true" : "false"},
                  {"fast", "false"},
                  {"fbc:lowerFluxBound", parameter(reaction.lower)},
                  {"fbc:upperFluxBound", parameter(reaction.upper)}},
                 names_.reactions[index], statements);
    write_side(reaction, "listOfReactants", -1);
    write_side(reaction, "listOfProducts", 1);
    write_rule(reaction.rule);
    xml_.close();
}

void Writer::write_reactions() {
    list("listOfReactions", !model_.reactions.empty(), [&] {
        for (std::size_t i = 0; i < model_.reactions.size(); ++i) write_reaction(i);
    });
}

void Writer::write_objective() {
    std::vector<const Objective*> objectives{&model_.objective};
    for (const auto& other : model_.other_objectives) objectives.push_back(&other);
    const auto says_something = [](const Objective* objective) { return !objective->terms.empty(); };
    if (std::none_of(objectives.begin(), objectives.end(), says_something)) return;
    // FBC knows no objective without terms: one that has none names the first reaction, at zero, which readers drop.
    xml_.open("fbc:listOfObjectives", {{"fbc:activeObjective", names_.objectives[0]}});
    for (std::size_t i = 0; i < objectives.size(); ++i) write_flux_objectives(*objectives[i], names_.objectives[i]);
    xml_.close();
}

void Writer::write_flux_objectives(const Objective& objective, const std::string& id) {
    xml_.open(
        "fbc:objective",
        {{"fbc:id", id}, {"fbc:name", objective.name}, {"fbc:type", objective.maximize ? "maximize" : "minimize"}});
    xml_.open("fbc:listOfFluxObjectives");
    if (objective.terms.empty())
        xml_.leaf("fbc:fluxObjective", {{"fbc:reaction", names_.reactions[0]}, {"fbc:coefficient", "0"}});
    for (const auto& term : objective.terms)
        xml_.leaf("fbc:fluxObjective", {{"fbc:reaction", names_.reactions[static_cast<std::size_t>(term.reaction)]},
                                        {"fbc:coefficient", number_text(term.coefficient)}});
    xml_.close();
    xml_.close();
}

void Writer::write_genes() {
    list("fbc:listOfGeneProducts", !model_.genes.empty(), [&] {
        for (std::size_t i = 0; i < model_.genes.size(); ++i) {
            const auto& gene = model_.genes[i];
            element("fbc:geneProduct", {{"fbc:id", names_.genes[i]}, {"fbc:label", gene.id}, {"fbc:name", gene.name}},
                    names_.genes[i], {{}, gene.remarks, gene.annotation});
        }
    });
}

void Writer::write_groups() {
    list("groups:listOfGroups", !model_.groups.empty(), [&] {
        for (std::size_t i = 0; i < model_.groups.size(); ++i) {
            const auto& group = model_.groups[i];
            open_element("groups:group",
                         {{"groups:id", names_.groups[i]}, {"groups:name", group.name}, {"groups:kind", group.kind}},
                         names_.groups[i].empty() ? fmt::format("group_{}", i + 1) : names_.groups[i],
                         {{}, group.remarks, group.annotation});
            const bool members = !group.reactions.empty() || !group.metabolites.empty() || !group.genes.empty();
            list("groups:listOfMembers", members, [&] {
                write_members(group.reactions, names_.reactions);
                write_members(group.metabolites, names_.metabolites);
                write_members(group.genes, names_.genes);
            });
            xml_.close();
        }
    });
}

void Writer::write_members(const std::vector<std::int32_t>& members, const std::vector<std::string>& names) {
    for (const auto member : members)
        xml_.leaf("groups:member", {{"groups:idRef", names[static_cast<std::size_t>(member)]}});
}

void Writer::write_notes(const Statements& statements) {
    const XmlText::Attributes attributes{{"xmlns", "http://www.w3.org/1999/xhtml"}};
    const auto paragraph = [](std::string_view key, std::string_view value) {
        return fmt::format("{}: {}", key, value);
    };
    const auto& remarks = statements.remarks;
    xml_.open("notes");
    if (!remarks.empty() && remarks[0].key.empty()) {  // a passage: blanks between its parts would count
        std::string content;
        for (const auto& [key, value] : statements.fields)
            content += fmt::format("<p>{}</p>", xml_escaped(paragraph(key, value)));
        xml_.raw("body", attributes, content + remarks[0].text);
    } else {
        xml_.open("body", attributes);
        for (const auto& [key, value] : statements.fields) xml_.text("p", paragraph(key, value));
        for (const auto& [key, value] : remarks) xml_.text("p", paragraph(key, value));
        xml_.close();
    }
    xml_.close();
}

void Writer::write_statements(const Statements& statements, const std::string& metaid) {
    if (statements.notes()) write_notes(statements);
    if (statements.resources() > 0) write_annotation(statements, metaid);
}

void Writer::write_annotation(const Statements& statements, const std::string& metaid) {
    xml_.open("annotation");
    xml_.open("rdf:RDF", {{"xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
                          {"xmlns:bqbiol", "http://biomodels.net/biology-qualifiers/"},
                          {"xmlns:bqmodel", "http://biomodels.net/model-qualifiers/"}});
    xml_.open("rdf:Description", {{"rdf:about", "#" + metaid}});
    const auto& all = statements.annotation;
    for (std::size_t i = all.size() - statements.resources(); i < all.size();) {
        const auto& qualifier = all[i].qualifier;
        xml_.open(qualifier_element(qualifier));
        xml_.open("rdf:Bag");
        for (; i < all.size() && all[i].qualifier == qualifier; ++i)
            xml_.leaf("rdf:li", {{"rdf:resource", all[i].resource}});
        xml_.close();
        xml_.close();
    }
    xml_.close();
    xml_.close();
    xml_.close();
}

}  // namespace

std::string write_sbml(const Model& model) { return Writer(model).write(); }

}  // namespace leaven::metabolism
