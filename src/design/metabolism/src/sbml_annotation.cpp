#include "sbml_annotation.hpp"

#include <algorithm>

#include <fmt/core.h>

#include "number.hpp"
#include "remarks.hpp"
#include "sbml_id.hpp"
#include "sbml_xml.hpp"
#include "utf8.hpp"
#include "xhtml.hpp"
#include "xml_text.hpp"

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

/// "KEY" and "value" of a paragraph; empty where the node is none.
struct Paragraph {
    std::string_view key;
    std::string_view text;
};

Paragraph parsed(pugi::xml_node node) {
    if (local_name(node.name()) != "p") return {};
    const std::string_view paragraph = node.child_value();
    const auto colon = paragraph.find(':');
    if (colon == std::string_view::npos) return {};
    return {trimmed(paragraph.substr(0, colon)), trimmed(paragraph.substr(colon + 1))};
}

bool is_plain_paragraph(pugi::xml_node node) {
    const auto inside = node.first_child();
    return !parsed(node).key.empty() && inside.type() == pugi::node_pcdata && !inside.next_sibling();
}

bool is_field(pugi::xml_node node) { return is_field_key(parsed(node).key); }

/// Past the wrapping html and body, where nothing else stands beside them.
pugi::xml_node passages_of(pugi::xml_node notes) {
    for (auto node = notes;;) {
        pugi::xml_node inner;
        for (const auto part : node.children()) {
            if (local_name(part.name()) == "head") continue;
            if (inner) return node;
            inner = part;
        }
        const auto name = local_name(inner.name());
        if (name != "html" && name != "body") return node;
        node = inner;
    }
}

void take_remarks(pugi::xml_node passages, std::vector<Remark>& remarks) {
    const auto parts = passages.children();
    if (!std::all_of(parts.begin(), parts.end(),
                     [](auto part) { return is_plain_paragraph(part) || is_field(part); })) {
        if (auto passage = xhtml_of(passages, is_field); !passage.empty()) remarks.push_back({{}, std::move(passage)});
        return;
    }
    for (const auto part : parts)
        if (!is_field(part)) remarks.push_back(make_remark(parsed(part).key, parsed(part).text));
}

/// FBC 3 lets any element carry such pairs.
void take_key_value_pairs(pugi::xml_node annotation, std::vector<Remark>& remarks) {
    for (const auto pair : child(annotation, "listOfKeyValuePairs").children()) {
        if (local_name(pair.name()) != "keyValuePair") continue;
        const auto key = attribute(pair, "key").value_or("");
        if (is_field_key(trimmed(key))) continue;
        auto remark = make_remark(key, attribute(pair, "value").value_or(""));
        // A passage stays one: paragraphs and remarks are not told apart beside each other.
        if (!remarks.empty() && remarks[0].key.empty())
            remarks[0].text += fmt::format("<p>{}: {}</p>", xml_escaped(remark.key), xml_escaped(remark.text));
        else
            remarks.push_back(std::move(remark));
    }
}

}  // namespace

bool has_other_annotation(pugi::xml_node element) {
    for (const auto part : child(element, "annotation").children()) {
        const auto name = local_name(part.name());
        if (name == "listOfKeyValuePairs") continue;
        if (name != "RDF") return true;
        for (const auto description : part.children())
            for (const auto statement : description.children()) {
                const auto kind = local_name(statement.first_child().name());
                if ((kind != "Bag" && kind != "Seq" && kind != "Alt") || local_name(statement.name()) == "creator")
                    return true;
            }
    }
    return false;
}

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
    if (const auto notes = child(element, "notes")) {
        for (auto node = notes; node; node = next_inside(node, notes)) {
            const auto [key, text] = parsed(node);
            if (auto* place = place_of(values, key)) *place = std::string(text);
        }
        take_remarks(passages_of(notes), values.remarks);
    }
    if (const auto annotation = child(element, "annotation")) take_key_value_pairs(annotation, values.remarks);
    return values;
}

std::vector<Remark> remarks_of_passage(std::string_view xhtml) {
    std::vector<Remark> remarks;
    if (find_not_xml(xhtml) != std::string_view::npos) return remarks;
    const auto wrapped = fmt::format("<notes>{}</notes>", xhtml);
    pugi::xml_document document;
    if (!document.load_buffer(wrapped.data(), wrapped.size(), pugi::parse_default, pugi::encoding_utf8)) return remarks;
    const auto notes = document.first_child();
    if (!notes.next_sibling()) take_remarks(passages_of(notes), remarks);
    return remarks;
}

}  // namespace leaven::metabolism
