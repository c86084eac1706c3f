#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/markup.hpp>
#include <leaven/seq/graph.hpp>

#include "vocabulary.hpp"

namespace leaven::seq {
namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        switch (c) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (code < 0x20 || code == 0x7F)
                    out += fmt::format("\\u{:04X}", code);
                else
                    out += c;
        }
    }
    return out;
}

std::string iri_text(std::string_view iri) {
    std::string out = "<";
    for (const char c : iri) {
        if (static_cast<unsigned char>(c) <= ' ' || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos)
            out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + ">";
}

std::string term_text(const Term& term) {
    if (term.kind == Term::Kind::iri) return iri_text(term.text);
    if (term.kind == Term::Kind::blank) return term.text;
    auto out = "\"" + escaped(term.text) + "\"";
    if (!term.language.empty()) return out + "@" + term.language;
    return term.datatype.empty() ? out : out + "^^" + iri_text(term.datatype);
}

/// Triples with blank nodes named after what is said of them, refined until the names tell apart what can be told.
std::vector<Triple> without_names(const Graph& graph) {
    std::unordered_map<std::string, std::size_t> colour;
    const auto colour_of = [&](const Term& term) {
        return term.kind == Term::Kind::blank ? colour[term.text] : std::hash<std::string>{}(term_text(term));
    };
    for (int round = 0; round < 8; ++round) {
        std::unordered_map<std::string, std::size_t> next;
        for (const auto& triple : graph.triples) {
            const auto predicate = std::hash<std::string>{}(triple.predicate);
            if (triple.subject.kind == Term::Kind::blank)
                next[triple.subject.text] += (colour_of(triple.object) ^ predicate) * 0x9E3779B97F4A7C15U;
            if (triple.object.kind == Term::Kind::blank)
                next[triple.object.text] += (colour_of(triple.subject) + predicate) * 0xC2B2AE3D27D4EB4FU;
        }
        colour = std::move(next);
    }
    auto triples = graph.triples;
    for (auto& triple : triples)
        for (auto* term : {&triple.subject, &triple.object})
            if (term->kind == Term::Kind::blank) term->text = fmt::format("_:{:016x}", colour[term->text]);
    std::sort(triples.begin(), triples.end());
    triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
    return triples;
}

/// Namespace and local name of a property, which RDF/XML must write as an XML name.
std::pair<std::string, std::string> split_name(const std::string& iri) {
    const auto is_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    };
    auto at = iri.size();
    while (at > 0 && is_name(iri[at - 1])) --at;
    while (at < iri.size() && ((iri[at] >= '0' && iri[at] <= '9') || iri[at] == '-' || iri[at] == '.')) ++at;
    return {iri.substr(0, at), iri.substr(at)};
}

/// Triples by subject, in order.
std::map<Term, std::vector<const Triple*>> by_subject(const Graph& graph) {
    std::map<Term, std::vector<const Triple*>> out;
    for (const auto& triple : graph.triples) out[triple.subject].push_back(&triple);
    return out;
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out += '\\', out += c;
        else if (code < 0x20)
            out += fmt::format("\\u{:04x}", code);
        else
            out += c;
    }
    return out + "\"";
}

std::string json_value(const Term& term) {
    if (term.kind != Term::Kind::literal) return fmt::format("{{\"@id\": {}}}", json_text(term.text));
    if (!term.language.empty())
        return fmt::format("{{\"@value\": {}, \"@language\": {}}}", json_text(term.text), json_text(term.language));
    if (!term.datatype.empty())
        return fmt::format("{{\"@value\": {}, \"@type\": {}}}", json_text(term.text), json_text(term.datatype));
    return fmt::format("{{\"@value\": {}}}", json_text(term.text));
}

}  // namespace

void Graph::normalise() {
    std::sort(triples.begin(), triples.end());
    triples.erase(std::unique(triples.begin(), triples.end()), triples.end());
}

bool Graph::same_as(const Graph& other) const { return without_names(*this) == without_names(other); }

std::string write_ntriples(const Graph& graph) {
    std::vector<std::string> lines;
    for (const auto& triple : graph.triples)
        lines.push_back(fmt::format("{} {} {} .\n", term_text(triple.subject), iri_text(triple.predicate),
                                    term_text(triple.object)));
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& line : lines) out += line;
    return out;
}

std::string write_rdf_xml(const Graph& graph) {
    std::map<std::string, std::string> prefixes{{std::string(vocabulary::rdf), "rdf"},
                                                {std::string(vocabulary::sbol3), "sbol"}};
    for (const auto& triple : graph.triples)
        prefixes.try_emplace(split_name(triple.predicate).first, fmt::format("ns{}", prefixes.size()));
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rdf:RDF";
    for (const auto& [space, prefix] : prefixes) out += fmt::format(" xmlns:{}=\"{}\"", prefix, escape_markup(space));
    out += ">\n";
    const auto reference = [](const Term& term, std::string_view iri_name) {
        return term.kind == Term::Kind::blank ? fmt::format("rdf:nodeID=\"{}\"", escape_markup(term.text.substr(2)))
                                              : fmt::format("rdf:{}=\"{}\"", iri_name, escape_markup(term.text));
    };
    for (const auto& [subject, triples] : by_subject(graph)) {
        out += fmt::format("  <rdf:Description {}>\n", reference(subject, "about"));
        for (const auto* triple : triples) {
            const auto [space, local] = split_name(triple->predicate);
            const auto tag = prefixes[space] + ":" + local;
            const auto& object = triple->object;
            if (object.kind != Term::Kind::literal) {
                out += fmt::format("    <{} {}/>\n", tag, reference(object, "resource"));
                continue;
            }
            out += "    <" + tag;
            if (!object.language.empty()) out += fmt::format(" xml:lang=\"{}\"", escape_markup(object.language));
            if (!object.datatype.empty()) out += fmt::format(" rdf:datatype=\"{}\"", escape_markup(object.datatype));
            out += fmt::format(">{}</{}>\n", escape_markup(object.text), tag);
        }
        out += "  </rdf:Description>\n";
    }
    return out + "</rdf:RDF>\n";
}

std::string write_json_ld(const Graph& graph) {
    std::string out = "[";
    bool first = true;
    for (const auto& [subject, triples] : by_subject(graph)) {
        out += fmt::format("{}\n  {{\"@id\": {}", first ? "" : ",", json_text(subject.text));
        first = false;
        std::map<std::string, std::vector<std::string>> properties;
        for (const auto* triple : triples) properties[triple->predicate].push_back(json_value(triple->object));
        for (const auto& [name, values] : properties)
            out += fmt::format(",\n   {}: [{}]", json_text(name), join(values, ", "));
        out += "}";
    }
    return out + "\n]\n";
}

}  // namespace leaven::seq
