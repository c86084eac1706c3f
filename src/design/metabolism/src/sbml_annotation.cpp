#include "sbml_annotation.hpp"

#include <algorithm>

#include "number.hpp"
#include "sbml_id.hpp"
#include "sbml_xml.hpp"

namespace leaven::metabolism {
namespace {

void take_bag(pugi::xml_node statement, std::vector<Annotation>& out) {
    const auto qualifier = local_name(statement.name());
    for (const auto bag : statement.children())
        for (const auto item : bag.children()) {
            if (local_name(item.name()) != "li") continue;
            if (const auto resource = attribute(item, "resource"))
                out.push_back({std::string(qualifier), std::string(*resource)});
        }
}

std::optional<std::string>* place_of(NoteValues& values, std::string_view key) {
    if (key == "GENE_ASSOCIATION" || key == "GENE ASSOCIATION") return &values.gene_association;
    if (key == "SUBSYSTEM") return &values.subsystem;
    if (key == "FORMULA") return &values.formula;
    if (key == "CHARGE") return &values.charge;
    return nullptr;
}

}  // namespace

std::vector<Annotation> read_annotation(pugi::xml_node element) {
    std::vector<Annotation> out;
    if (const auto term = attribute(element, "sboTerm")) out.push_back({"sbo", std::string(*term)});
    const auto rdf = child(child(element, "annotation"), "RDF");
    for (const auto description : rdf.children())
        for (const auto statement : description.children()) take_bag(statement, out);
    return out;
}

std::string leading_sbo_term(const std::vector<Annotation>& annotation) {
    if (annotation.empty() || annotation[0].qualifier != "sbo") return {};
    const auto& term = annotation[0].resource;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool valid =
        term.size() == 11 && term.starts_with("SBO:") && std::all_of(term.begin() + 4, term.end(), digit);
    return valid ? term : std::string();
}

std::string qualifier_element(std::string_view qualifier) {
    for (const char* of_models : {"isDerivedFrom", "isInstanceOf", "hasInstance"})
        if (qualifier == of_models) return fmt::format("bqmodel:{}", qualifier);
    return fmt::format("bqbiol:{}", is_sbml_id(qualifier) ? qualifier : "is");
}

NoteValues read_notes(pugi::xml_node element) {
    NoteValues values;
    const auto notes = child(element, "notes");
    for (auto node = notes; node; node = next_inside(node, notes)) {
        if (local_name(node.name()) != "p") continue;
        const std::string_view paragraph = node.child_value();
        const auto colon = paragraph.find(':');
        if (colon == std::string_view::npos) continue;
        if (auto* place = place_of(values, trimmed(paragraph.substr(0, colon))))
            *place = std::string(trimmed(paragraph.substr(colon + 1)));
    }
    return values;
}

}  // namespace leaven::metabolism
