// The state that the parts of the SBML reader share while one file is read.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <pugixml.hpp>

#include <leaven/metabolism/read.hpp>

#include "notes.hpp"
#include "sbml_annotation.hpp"
#include "sbml_xml.hpp"

namespace leaven::metabolism {

/// Elements of one kind, with the identifier of the file and the one for people.
struct Listed {
    struct Element {
        pugi::xml_node node;
        std::string id;
        std::string sbml_id;  // where it cannot be had from `id`, else empty
    };
    std::vector<Element> elements;
    std::unordered_map<std::string_view, std::int32_t> by_sbml_id;  // the keys live as long as the document
};

struct SbmlReading {
    XmlSource source;
    pugi::xml_node root;
    Model model;
    NoteList notes;
    int level = 3;
    int fbc_version = 0;  // 0: the file does not use it
    bool strict = false;
    StopFlag stop = nullptr;

    std::unordered_set<std::string> compartments;
    std::unordered_set<std::string_view> computed;  // identifiers whose value a formula of the file sets
    std::unordered_set<std::string_view> taken;     // identifiers of species, reactions and gene products
    Listed parameters;
    Listed species;
    Listed reactions;
    Listed genes;
    std::vector<std::string> gene_names;  // identifiers for people, by index
    std::unordered_map<std::string, std::int32_t> genes_by_id;
    std::vector<bool> subsystem_in_notes;  // by reaction: then groups do not name it

    [[nodiscard]] Failure fault(pugi::xml_node node, std::string_view id, Failure failure) const {
        return std::move(failure).at(source.where(node, id));
    }
};

/// The elements of `list` that have that local name.
///
/// Errors  bad_input  an identifier is absent, holds control characters, or is used twice: among all elements with a
/// prefix,
///         for those without among themselves
Result<Listed> list_elements(SbmlReading& reading, pugi::xml_node list, std::string_view name, std::string_view prefix);

/// The identifier for people of something that is only named, not declared, there.
std::string plain_id(std::string_view sbml_id, std::string_view prefix);

/// The error where a number that is needed comes from such a formula.
Failure value_is_computed(std::string_view id);

/// Bounds of every reaction, from parameters (FBC 2), flux bounds (FBC 1) or local parameters (neither).
Status read_bounds(SbmlReading& reading, pugi::xml_node model);

/// The rule of the reaction, from its gene product association, else from its notes.
Status read_gene_rule(SbmlReading& reading, pugi::xml_node node, const NoteValues& notes, Reaction& reaction);

/// The local parameters of a reaction's kinetic law, where old models keep bounds and objective.
pugi::xml_node kinetic_parameters(pugi::xml_node reaction);

/// The active objective, and the others.
Status read_objective(SbmlReading& reading, pugi::xml_node model);

/// Constraints of FBC 3, each as one more metabolite, whose balance is the sum, and a reaction that takes it away
/// within the limits: the same fluxes are left.
Status read_constraints(SbmlReading& reading, pugi::xml_node model);

/// The value of a parameter that is a constant number.
Result<double> parameter_value(const SbmlReading& reading, pugi::xml_node user, std::string_view id);

/// Annotation, SBO term and remarks of an element; what is left out is said once for the file.
void take_statements(SbmlReading& reading, pugi::xml_node node, std::vector<Annotation>& annotation,
                     std::vector<Remark>& remarks);
void take_annotation(SbmlReading& reading, pugi::xml_node node, std::vector<Annotation>& annotation);

/// Groups, and the subsystem of each reaction that has none yet.
Status read_groups(SbmlReading& reading, pugi::xml_node model);

/// By reaction, the name of the last group of kind partonomy or classification that holds it; empty where none does.
std::vector<std::string> subsystems_of(const Model& model);

}  // namespace leaven::metabolism
