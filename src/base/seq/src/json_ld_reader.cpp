#include <map>

#include <leaven/op/json.hpp>
#include <leaven/seq/graph.hpp>

#include "lines.hpp"
#include "vocabulary.hpp"

namespace leaven::seq {
namespace {

using Node = Json;

constexpr int deepest = 100;

/// What a context says of a short name.
struct Meaning {
    std::string iri;
    std::string type;  // "@id", or a datatype
};

class JsonLdReader {
public:
    explicit JsonLdReader(const std::string& name) : name_(name) {}

    Result<Graph> read(std::string_view bytes) {
        const auto root = parse_json_or_nothing(bytes);
        if (root.is_discarded() || !(root.is_object() || root.is_array()))
            return bad_input({"this is not valid JSON", "不是有效的 JSON"})
                .at(name_)
                .advise({"write the file again from its program", "请从原程序重新导出文件"});
        top(root, 0);
        if (!fault_.empty())
            return bad_input({"this part of the JSON-LD is not understood: {}", "无法理解此处的 JSON-LD：{}"}, fault_)
                .at(name_)
                .advise({"write it with its context inside, or as N-Triples", "请内嵌 context 写出，或改用 N-Triples"});
        return std::move(graph_);
    }

private:
    void top(const Node& value, int depth) {
        if (depth > deepest) {
            fault_ = "nested too deep";
            return;
        }
        if (value.is_array()) {
            for (const auto& each : value) top(each, depth + 1);
            return;
        }
        if (!value.is_object()) return;
        if (value.contains("@context")) context(value["@context"], depth);
        const auto graph = value.find("@graph");
        if (graph != value.end()) return top(*graph, depth + 1);
        node(value, depth);
    }

    void context(const Node& value, int depth) {
        if (depth > deepest) return;
        if (value.is_array()) {
            for (const auto& each : value) context(each, depth + 1);
            return;
        }
        if (value.is_string()) {
            fault_ = "the context lies elsewhere: " + value.get<std::string>();
            return;
        }
        if (!value.is_object()) return;
        for (const auto& item : value.items()) {
            const auto& meaning = item.value();
            if (item.key() == "@vocab" && meaning.is_string())
                vocabulary_ = meaning.get<std::string>();
            else if (item.key() == "@base" && meaning.is_string())
                base_ = meaning.get<std::string>();
            else if (meaning.is_string())
                terms_[item.key()] = {meaning.get<std::string>(), {}};
            else if (meaning.is_object())
                terms_[item.key()] = {meaning.value("@id", item.key()), string_of(meaning, "@type")};
        }
    }

    static std::string string_of(const Node& object, const char* key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
    }

    /// A short name, or one with a prefix, as an IRI.
    std::string expanded(const std::string& word, bool property, int depth = 0) const {
        if (depth > 8) return word;
        if (const auto term = terms_.find(word); term != terms_.end() && term->second.iri != word)
            return expanded(term->second.iri, property, depth + 1);
        if (const auto colon = word.find(':'); colon != std::string::npos) {
            const auto prefix = terms_.find(word.substr(0, colon));
            if (prefix != terms_.end() && word.substr(colon + 1, 2) != "//")
                return expanded(prefix->second.iri, property, depth + 1) + word.substr(colon + 1);
            return word;
        }
        return property ? vocabulary_ + word : base_ + word;
    }
    Term reference(const std::string& word, bool vocabulary = false) const {
        if (word.starts_with("_:")) return {Term::Kind::blank, word};
        return {Term::Kind::iri, expanded(word, vocabulary)};
    }

    Term node(const Node& object, int depth) {
        const auto id = string_of(object, "@id");
        auto subject = id.empty() ? Term{Term::Kind::blank, fmt::format("_:j{}", ++blanks_)} : reference(id);
        if (depth > deepest) {
            fault_ = "nested too deep";
            return subject;
        }
        for (const auto& item : object.items()) {
            if (item.key() == "@id" || item.key() == "@context") continue;
            if (item.key() == "@type") {
                each(item.value(), [&](const Node& type) {
                    if (type.is_string())
                        add(subject, std::string(vocabulary::rdf_type), reference(type.get<std::string>(), true));
                });
                continue;
            }
            if (item.key().starts_with('@')) {
                fault_ = item.key();
                continue;
            }
            const auto term = terms_.find(item.key());
            const auto type = term == terms_.end() ? std::string() : term->second.type;
            const auto predicate = expanded(item.key(), true);
            if (predicate.find(':') == std::string::npos) continue;  // JSON-LD leaves out names without meaning
            each(item.value(), [&](const Node& value) { add_value(subject, predicate, type, value, depth + 1); });
        }
        return subject;
    }

    template <class Function>
    static void each(const Node& value, Function function) {
        if (value.is_array())
            for (const auto& one : value) function(one);
        else
            function(value);
    }

    void add(const Term& subject, const std::string& predicate, Term object) {
        graph_.triples.push_back({subject, predicate, std::move(object)});
    }

    void add_value(const Term& subject, const std::string& predicate, const std::string& type, const Node& value,
                   int depth) {
        const auto xsd = [](std::string_view name) { return std::string(vocabulary::xsd) + std::string(name); };
        const auto datatype = type.empty() || type.starts_with('@') ? std::string() : expanded(type, true);
        if (value.is_string()) {
            if (type == "@id" || type == "@vocab")
                return add(subject, predicate, reference(value.get<std::string>(), type == "@vocab"));
            return add(subject, predicate, literal(value.get<std::string>(), datatype, {}));
        }
        if (value.is_boolean())
            return add(subject, predicate, literal(value.get<bool>() ? "true" : "false", xsd("boolean"), {}));
        if (value.is_number_integer())
            return add(subject, predicate, literal(value.dump(), datatype.empty() ? xsd("integer") : datatype, {}));
        if (value.is_number())
            return add(subject, predicate, literal(value.dump(), datatype.empty() ? xsd("double") : datatype, {}));
        if (!value.is_object()) return;
        if (const auto held = value.find("@value"); held != value.end()) {
            if (held->is_object() || held->is_array()) {
                fault_ = "@value";
                return;
            }
            auto of = string_of(value, "@type");
            if (!of.empty()) of = expanded(of, true);
            if (of.empty() && held->is_boolean()) of = xsd("boolean");
            if (of.empty() && held->is_number_integer()) of = xsd("integer");
            if (of.empty() && held->is_number_float()) of = xsd("double");
            return add(subject, predicate,
                       literal(held->is_string() ? held->get<std::string>() : held->dump(), of,
                               string_of(value, "@language")));
        }
        if (value.contains("@list") || value.contains("@set")) {
            if (value.contains("@list")) fault_ = "@list";
            return;
        }
        add(subject, predicate, node(value, depth));
    }

    static Term literal(std::string text, std::string type, std::string language) {
        if (type == std::string(vocabulary::xsd) + "string") type.clear();
        return {Term::Kind::literal, std::move(text), std::move(type), std::move(language)};
    }

    const std::string& name_;
    std::string vocabulary_;
    std::string base_;
    std::map<std::string, Meaning> terms_;
    std::string fault_;
    std::int64_t blanks_ = 0;
    Graph graph_;
};

}  // namespace

Result<Graph> read_json_ld(std::string_view bytes, const std::string& name) { return JsonLdReader(name).read(bytes); }

}  // namespace leaven::seq
