// What SBML files say about an element beside its data: MIRIAM annotations, and the old "KEY: value" notes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// The element's SBO term and its annotations, in the order of the file.
std::vector<Annotation> read_annotation(pugi::xml_node element);

/// The SBO term that leads the annotations; empty where none does, or where it is not one.
std::string leading_sbo_term(const std::vector<Annotation>& annotation);

/// The element that carries a qualifier: "bqbiol:isVersionOf", "bqmodel:isDerivedFrom".
std::string qualifier_element(std::string_view qualifier);

/// Does the annotation hold what is not kept: another vocabulary than MIRIAM's, or who made it and when?
bool has_other_annotation(pugi::xml_node element);

/// The notes of an element: the "KEY: value" paragraphs that old models use for what FBC now has attributes for, and
/// the rest. Pairs of key and value of FBC 3 are among the remarks.
struct NoteValues {
    std::optional<std::string> gene_association;
    std::optional<std::string> subsystem;
    std::optional<std::string> formula;
    std::optional<std::string> charge;
    std::vector<Remark> remarks;
};

NoteValues read_notes(pugi::xml_node element);

/// The remarks that such a passage in the notes of a file would become; none where it is not well-formed.
std::vector<Remark> remarks_of_passage(std::string_view xhtml);

}  // namespace leaven::metabolism
