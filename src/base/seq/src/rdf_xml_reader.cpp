#include <pugixml.hpp>

#include <leaven/seq/graph.hpp>

#include "lines.hpp"
#include "vocabulary.hpp"

namespace leaven::seq {
namespace {

constexpr int deepest = 200;

class RdfXmlReader {
public:
    RdfXmlReader(std::string_view bytes, const std::string& name) : bytes_(bytes), name_(name) {}

    Result<Graph> read() {
        pugi::xml_document document;
        const auto parsed =
            document.load_buffer(bytes_.data(), bytes_.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
        if (!parsed) return fault(parsed.offset, {"the XML is damaged", "XML 已损坏"});
        const auto root = document.document_element();
        const bool is_rdf = name_of(root, root.name()) == std::string(vocabulary::rdf) + "RDF";
        if (!is_rdf)
            return fault(root.offset_debug(),
                         {"the XML is not RDF: its root must be rdf:RDF", "此 XML 不是 RDF：根元素应为 rdf:RDF"});
        for (const auto& child : root.children())
            if (child.type() == pugi::node_element) node(child, 0);
        if (wrong_) return fault(wrong_at_, {"this part of the RDF/XML is not understood", "无法理解此处的 RDF/XML"});
        return std::move(graph_);
    }

private:
    Failure fault(std::ptrdiff_t offset, Doc message) const {
        const auto end =
            std::min<std::size_t>(static_cast<std::size_t>(std::max<std::ptrdiff_t>(offset, 0)), bytes_.size());
        return bad_input(message)
            .at(line_of(name_, 1 + std::count(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(end), '\n')))
            .advise({"write the file again from its program", "请从原程序重新导出文件"});
    }

    /// The IRI of a name with a prefix, by the nearest declaration above.
    static std::string name_of(const pugi::xml_node& at, std::string_view name) {
        const auto colon = name.find(':');
        const auto prefix = colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
        const auto local = colon == std::string_view::npos ? name : name.substr(colon + 1);
        const auto attribute = prefix.empty() ? std::string("xmlns") : "xmlns:" + std::string(prefix);
        for (auto node = at; node; node = node.parent())
            if (const auto found = node.attribute(attribute.c_str())) return found.value() + std::string(local);
        return prefix == "xml" ? "xml:" + std::string(local) : std::string(local);
    }
    static std::string base_of(const pugi::xml_node& at) {
        for (auto node = at; node; node = node.parent())
            if (const auto found = node.attribute("xml:base")) return found.value();
        return {};
    }
    static std::string resolved(const pugi::xml_node& at, const std::string& iri) {
        return iri.find(':') == std::string::npos ? base_of(at) + iri : iri;
    }
    static std::string rdf(std::string_view word) { return std::string(vocabulary::rdf) + std::string(word); }
    Term fresh() { return {Term::Kind::blank, fmt::format("_:x{}", ++blanks_)}; }
    void add(const Term& subject, const std::string& predicate, Term object) {
        graph_.triples.push_back({subject, predicate, std::move(object)});
    }
    void mark_wrong(const pugi::xml_node& at) {
        if (!wrong_) wrong_at_ = at.offset_debug();
        wrong_ = true;
    }

    Term node(const pugi::xml_node& element, int depth) {
        Term subject;
        bool named = false;
        std::vector<std::pair<std::string, std::string>> properties;
        for (const auto& attribute : element.attributes()) {
            const std::string_view raw = attribute.name();
            if (raw == "xmlns" || raw.starts_with("xmlns:") || raw.starts_with("xml:")) continue;
            const auto name = name_of(element, raw);
            if (name == rdf("about") || name == rdf("ID")) {
                subject = {Term::Kind::iri,
                           resolved(element, (name == rdf("ID") ? "#" : "") + std::string(attribute.value()))};
                named = true;
            } else if (name == rdf("nodeID")) {
                subject = {Term::Kind::blank, "_:" + std::string(attribute.value())};
                named = true;
            } else {
                properties.emplace_back(name, attribute.value());
            }
        }
        if (!named) subject = fresh();
        if (depth > deepest) {
            mark_wrong(element);
            return subject;
        }
        for (const auto& [name, value] : properties) add(subject, name, {Term::Kind::literal, value});
        const auto type = name_of(element, element.name());
        if (type != rdf("Description")) add(subject, std::string(vocabulary::rdf_type), {Term::Kind::iri, type});
        std::int64_t item = 0;
        for (const auto& child : element.children())
            if (child.type() == pugi::node_element) property(subject, child, depth + 1, item);
        return subject;
    }

    void property(const Term& subject, const pugi::xml_node& element, int depth, std::int64_t& item) {
        auto name = name_of(element, element.name());
        if (name == rdf("li")) name = rdf(fmt::format("_{}", ++item));
        Term literal{Term::Kind::literal, {}};
        std::string parse_type;
        std::vector<std::pair<std::string, std::string>> properties;
        for (const auto& attribute : element.attributes()) {
            const std::string_view raw = attribute.name();
            const std::string value = attribute.value();
            if (raw == "xml:lang") literal.language = value;
            if (raw == "xmlns" || raw.starts_with("xmlns:") || raw.starts_with("xml:")) continue;
            const auto key = name_of(element, raw);
            if (key == rdf("resource")) return add(subject, name, {Term::Kind::iri, resolved(element, value)});
            if (key == rdf("nodeID")) return add(subject, name, {Term::Kind::blank, "_:" + value});
            if (key == rdf("datatype"))
                literal.datatype = value == std::string(vocabulary::xsd) + "string" ? std::string() : value;
            else if (key == rdf("parseType"))
                parse_type = value;
            else
                properties.emplace_back(key, value);
        }
        if (parse_type == "Resource" || !properties.empty()) {
            const auto inner = fresh();
            add(subject, name, inner);
            for (const auto& [key, value] : properties) add(inner, key, {Term::Kind::literal, value});
            std::int64_t inner_item = 0;
            if (depth > deepest) return mark_wrong(element);
            for (const auto& child : element.children())
                if (child.type() == pugi::node_element) property(inner, child, depth + 1, inner_item);
            return;
        }
        if (parse_type == "Collection" || parse_type == "Literal") return mark_wrong(element);
        for (const auto& child : element.children())
            if (child.type() == pugi::node_element) return add(subject, name, node(child, depth + 1));
        for (const auto& child : element.children()) literal.text += child.value();
        add(subject, name, std::move(literal));
    }

    std::string_view bytes_;
    const std::string& name_;
    Graph graph_;
    std::int64_t blanks_ = 0;
    bool wrong_ = false;
    std::ptrdiff_t wrong_at_ = 0;
};

}  // namespace

Result<Graph> read_rdf_xml(std::string_view bytes, const std::string& name) { return RdfXmlReader(bytes, name).read(); }

}  // namespace leaven::seq
