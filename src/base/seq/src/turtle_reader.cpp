// Turtle, and N-Triples, which is a part of it.
#include <charconv>
#include <map>

#include <leaven/seq/graph.hpp>

#include "lines.hpp"
#include "vocabulary.hpp"

namespace leaven::seq {
namespace {

constexpr int deepest = 100;

void append_utf8(std::string& out, std::uint32_t point) {
    const auto add = [&out](std::uint32_t byte) { out += static_cast<char>(byte); };
    if (point < 0x80) return add(point);
    if (point < 0x800) return add(0xC0U | point >> 6U), add(0x80U | (point & 0x3FU));
    if (point < 0x10000)
        return add(0xE0U | point >> 12U), add(0x80U | (point >> 6U & 0x3FU)), add(0x80U | (point & 0x3FU));
    add(0xF0U | (point >> 18U & 7U)), add(0x80U | (point >> 12U & 0x3FU)), add(0x80U | (point >> 6U & 0x3FU)),
        add(0x80U | (point & 0x3FU));
}

class TurtleParser {
public:
    TurtleParser(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    Result<Graph> parse() {
        for (skip(); at_ < text_.size(); skip())
            if (!statement()) {
                const auto line =
                    1 + std::count(text_.begin(),
                                   text_.begin() + static_cast<std::ptrdiff_t>(std::min(at_, text_.size())), '\n');
                return bad_input({"this is not valid Turtle or N-Triples, at \"{}\"",
                                  "在“{}”处不是有效的 Turtle 或 N-Triples"},
                                 right_trimmed(text_.substr(std::min(at_, text_.size()), 20)))
                    .at(line_of(name_, line))
                    .advise({"check the line, or write the file again from its program",
                             "请检查该行，或从原程序重新导出文件"});
            }
        return std::move(graph_);
    }

private:
    void skip() {
        while (at_ < text_.size()) {
            if (text_[at_] == '#')
                at_ = std::min(text_.find('\n', at_), text_.size());
            else if (is_blank(text_[at_]))
                ++at_;
            else
                return;
        }
    }
    bool take(std::string_view word) {
        skip();
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }
    bool take_keyword(std::string_view word) {
        skip();
        const auto after = at_ + word.size();
        if (text_.substr(at_, word.size()) != word ||
            (after < text_.size() && !is_blank(text_[after]) && text_[after] != '<'))
            return false;
        at_ = after;
        return true;
    }

    bool statement() {
        const bool at_prefix = take_keyword("@prefix");
        if (at_prefix || take_keyword("PREFIX")) {
            skip();
            const auto colon = text_.find(':', at_);
            if (colon == std::string_view::npos) return false;
            const auto prefix = std::string(trimmed(text_.substr(at_, colon - at_)));
            at_ = colon + 1;
            skip();
            std::string iri;
            if (!iri_reference(iri)) return false;
            prefixes_[prefix] = iri;
            return !at_prefix || take(".");
        }
        const bool at_base = take_keyword("@base");
        if (at_base || take_keyword("BASE")) {
            skip();
            return iri_reference(base_) && (!at_base || take("."));
        }
        Term subject;
        skip();
        const bool listed = at_ < text_.size() && text_[at_] == '[';
        if (!node(subject, 0)) return false;
        if (listed && take(".")) return true;
        return predicates(subject, 0) && take(".");
    }

    bool predicates(const Term& subject, int depth) {
        do {
            skip();
            if (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == ']')) return true;  // after a last ";"
            Term predicate;
            if (take_keyword("a"))
                predicate.text = vocabulary::rdf_type;
            else if (!node(predicate, depth) || predicate.kind != Term::Kind::iri)
                return false;
            do {
                Term object;
                if (!object_term(object, depth)) return false;
                graph_.triples.push_back({subject, predicate.text, std::move(object)});
            } while (take(","));
        } while (take(";"));
        return true;
    }

    Term fresh() { return {Term::Kind::blank, fmt::format("_:g{}", ++blanks_)}; }

    bool node(Term& out, int depth) {
        skip();
        if (depth > deepest || at_ >= text_.size()) return false;
        const char c = text_[at_];
        if (c == '<') return iri_reference(out.text);
        if (c == '[') {
            ++at_;
            out = fresh();
            return predicates(out, depth + 1) && take("]");
        }
        if (c == '(') return collection(out, depth);
        const auto end = std::min(text_.find_first_of(" \t\r\n;,()[]\"'<>#", at_), text_.size());
        auto word = text_.substr(at_, end - at_);
        while (!word.empty() && word.back() == '.') word.remove_suffix(1);
        const auto colon = word.find(':');
        if (colon == std::string_view::npos) return false;
        at_ += word.size();
        if (word.starts_with("_:")) {
            out = {Term::Kind::blank, std::string(word)};
            return true;
        }
        const auto prefix = prefixes_.find(std::string(word.substr(0, colon)));
        if (prefix == prefixes_.end()) return false;
        out.text = prefix->second;
        for (const char part : word.substr(colon + 1))
            if (part != '\\') out.text += part;
        return true;
    }

    bool collection(Term& out, int depth) {
        ++at_;
        Term* tail = &out;
        std::vector<Term> nodes;
        std::vector<Term> values;
        while (!take(")")) {
            Term value;
            if (!object_term(value, depth + 1)) return false;
            nodes.push_back(fresh());
            values.push_back(std::move(value));
        }
        const Term nil{Term::Kind::iri, std::string(vocabulary::rdf) + "nil"};
        *tail = nodes.empty() ? nil : nodes.front();
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            graph_.triples.push_back({nodes[i], std::string(vocabulary::rdf) + "first", values[i]});
            graph_.triples.push_back(
                {nodes[i], std::string(vocabulary::rdf) + "rest", i + 1 < nodes.size() ? nodes[i + 1] : nil});
        }
        return true;
    }

    bool object_term(Term& out, int depth) {
        skip();
        if (at_ >= text_.size()) return false;
        const char c = text_[at_];
        if (c == '"' || c == '\'') return literal(out);
        if ((c >= '0' && c <= '9') || c == '-' || c == '+') return number(out);
        if (take_keyword("true") || take_keyword("false")) {
            out = {Term::Kind::literal, text_[at_ - 1] == 'e' && text_[at_ - 2] == 'u' ? "true" : "false",
                   std::string(vocabulary::xsd) + "boolean"};
            return true;
        }
        return node(out, depth);
    }

    bool number(Term& out) {
        const auto end = std::min(text_.find_first_not_of("+-0123456789.eE", at_), text_.size());
        auto word = text_.substr(at_, end - at_);
        if (word.ends_with('.')) word.remove_suffix(1);
        at_ += word.size();
        const bool real = word.find_first_of("eE") != std::string_view::npos;
        const auto type = real ? "double" : word.find('.') != std::string_view::npos ? "decimal" : "integer";
        out = {Term::Kind::literal, std::string(word), std::string(vocabulary::xsd) + type};
        return word.find_first_of("0123456789") != std::string_view::npos;
    }

    bool escape(std::string& out) {
        if (++at_ >= text_.size()) return false;
        const char c = text_[at_++];
        const std::string_view from = "tbnrf\"'\\";
        if (const auto which = from.find(c); which != std::string_view::npos) {
            out += "\t\b\n\r\f\"'\\"[which];
            return true;
        }
        const std::size_t size = c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (size == 0 || at_ + size > text_.size()) return false;
        std::uint32_t point = 0;
        const auto [end, code] = std::from_chars(text_.data() + at_, text_.data() + at_ + size, point, 16);
        if (code != std::errc() || end != text_.data() + at_ + size || point > 0x10FFFF) return false;
        at_ += size;
        append_utf8(out, point);
        return true;
    }

    bool iri_reference(std::string& out) {
        if (at_ >= text_.size() || text_[at_] != '<') return false;
        out.clear();
        for (++at_; at_ < text_.size() && text_[at_] != '>';) {
            if (text_[at_] == '\\') {
                if (!escape(out)) return false;
            } else {
                if (static_cast<unsigned char>(text_[at_]) <= ' ' || text_[at_] == '<') return false;
                out += text_[at_++];
            }
        }
        if (at_ >= text_.size()) return false;
        ++at_;
        if (!base_.empty() && out.find(':') == std::string::npos) out.insert(0, base_);
        return true;
    }

    bool literal(Term& out) {
        const char quote = text_[at_];
        const std::string triple(3, quote);
        const bool is_long = text_.substr(at_, 3) == triple;
        const auto closing = is_long ? std::string_view(triple) : text_.substr(at_, 1);
        at_ += closing.size();
        out.kind = Term::Kind::literal;
        while (at_ < text_.size() && text_.substr(at_, closing.size()) != closing) {
            if (text_[at_] == '\\') {
                if (!escape(out.text)) return false;
            } else {
                if (text_[at_] == '\n' && !is_long) return false;
                out.text += text_[at_++];
            }
        }
        if (at_ >= text_.size()) return false;
        at_ += closing.size();
        if (text_.substr(at_, 2) == "^^") {
            at_ += 2;
            Term type;
            if (!node(type, 0) || type.kind != Term::Kind::iri) return false;
            if (type.text != std::string(vocabulary::xsd) + "string") out.datatype = type.text;
        } else if (at_ < text_.size() && text_[at_] == '@') {
            const auto end = std::min(text_.find_first_of(" \t\r\n;,.)]", at_), text_.size());
            out.language = text_.substr(at_ + 1, end - at_ - 1);
            at_ = end;
        }
        return true;
    }

    std::string_view text_;
    const std::string& name_;
    std::size_t at_ = 0;
    std::string base_;
    std::map<std::string, std::string> prefixes_;
    std::int64_t blanks_ = 0;
    Graph graph_;
};

}  // namespace

Result<Graph> read_turtle(std::string_view bytes, const std::string& name) { return TurtleParser(bytes, name).parse(); }
Result<Graph> read_ntriples(std::string_view bytes, const std::string& name) {
    return TurtleParser(bytes, name).parse();
}

}  // namespace leaven::seq
