// Triples of RDF: what SBOL documents are, whatever their syntax.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::seq {

/// An IRI, a blank node ("_:b0") or a literal.
struct Term {
    enum class Kind : std::uint8_t { iri, blank, literal };
    Kind kind = Kind::iri;
    std::string text{};
    std::string datatype{};  // of a literal; empty: xsd:string
    std::string language{};

    auto operator<=>(const Term&) const = default;
};

struct Triple {
    Term subject{};
    std::string predicate{};
    Term object{};

    auto operator<=>(const Triple&) const = default;
};

/// A set of triples.
struct Graph {
    std::vector<Triple> triples{};

    /// Sorted, each triple once.
    void normalise();

    /// Where blank nodes are renamed by what they say, two graphs that differ in their names alone are equal.
    [[nodiscard]] bool same_as(const Graph& other) const;
};

/// The four syntaxes. `name` stands for the file in errors.
///
/// Format  W3C RDF 1.1 N-Triples, Turtle (without collections of collections), RDF/XML, JSON-LD 1.1 (expanded,
///         compacted with an inline context)
/// Errors  bad_input; `where` is "name, line N"
Result<Graph> read_ntriples(std::string_view bytes, const std::string& name);
Result<Graph> read_turtle(std::string_view bytes, const std::string& name);
Result<Graph> read_rdf_xml(std::string_view bytes, const std::string& name);
Result<Graph> read_json_ld(std::string_view bytes, const std::string& name);

/// One triple a line, sorted.
std::string write_ntriples(const Graph& graph);
std::string write_rdf_xml(const Graph& graph);
std::string write_json_ld(const Graph& graph);

}  // namespace leaven::seq
