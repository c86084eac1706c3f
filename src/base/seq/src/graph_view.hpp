// Looking up what a graph says of a subject.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <leaven/seq/graph.hpp>

#include "vocabulary.hpp"

namespace leaven::seq {

class GraphView {
public:
    explicit GraphView(const Graph& graph) {
        for (const auto& triple : graph.triples) by_subject_[triple.subject.text].push_back(&triple);
    }

    [[nodiscard]] std::vector<const Term*> all(const std::string& subject, const std::string& predicate) const {
        std::vector<const Term*> found;
        if (const auto triples = by_subject_.find(subject); triples != by_subject_.end())
            for (const auto* triple : triples->second)
                if (triple->predicate == predicate) found.push_back(&triple->object);
        return found;
    }
    /// The first value, or an empty text.
    [[nodiscard]] std::string one(const std::string& subject, const std::string& predicate) const {
        const auto found = all(subject, predicate);
        return found.empty() ? std::string() : found.front()->text;
    }
    [[nodiscard]] bool is_a(const std::string& subject, const std::string& type) const {
        for (const auto* term : all(subject, std::string(vocabulary::rdf_type)))
            if (term->text == type) return true;
        return false;
    }
    [[nodiscard]] const std::vector<const Triple*>& about(const std::string& subject) const {
        static const std::vector<const Triple*> none;
        const auto found = by_subject_.find(subject);
        return found == by_subject_.end() ? none : found->second;
    }

private:
    std::unordered_map<std::string, std::vector<const Triple*>> by_subject_;
};

/// The part of an IRI after its last "/", "#" or ":".
inline std::string last_segment(std::string_view iri) {
    const auto at = iri.find_last_of("/#:");
    return std::string(at == std::string_view::npos ? iri : iri.substr(at + 1));
}

}  // namespace leaven::seq
