#include <algorithm>
#include <set>

#include <fmt/core.h>

#include <leaven/seq/sbol.hpp>

#include "fasta.hpp"
#include "gff3.hpp"
#include "vocabulary.hpp"

namespace leaven::seq {
namespace {

using vocabulary::sbol;

/// Letters, digits and "_", not beginning with a digit: what SBOL allows as displayId.
std::string display_id(std::string_view name) {
    std::string out;
    for (const char c : name) {
        const bool allowed = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        out += allowed ? c : '_';
    }
    if (out.empty() || (out.front() >= '0' && out.front() <= '9')) out.insert(0, "_");
    return out;
}

class SbolWriter {
public:
    SbolWriter(Graph& graph, const std::string& prefix) : graph_(graph), prefix_(prefix) {}

    void component(const Record& record) {
        auto id = display_id(title_id(record));
        const auto plain = id;
        for (int copy = 2; !taken_.insert(id).second; ++copy) id = fmt::format("{}_{}", plain, copy);
        const auto iri = prefix_ + "/" + id;
        start(iri, "Component", id);
        link(iri, "hasNamespace", prefix_);
        if (!record.description.empty() && record.description != ".") word(iri, "description", record.description);
        const bool protein = record.sequence.alphabet == Alphabet::protein;
        const bool rna = record.molecule.find("RNA") != std::string::npos;
        link(iri, "type", std::string(vocabulary::sbo) + (protein ? "0000252" : rna ? "0000250" : "0000251"));
        if (!protein) link(iri, "type", std::string(vocabulary::so) + (record.circular() ? "0000988" : "0000987"));
        note(iri, "molecule", record.molecule);
        note(iri, "division", record.division);
        note(iri, "date", record.date);
        sequence(record, iri, id);
        for (std::size_t i = 0; i < record.features.size(); ++i)
            feature(record, record.features[i], iri, fmt::format("SequenceFeature{}", i + 1));
    }

private:
    void add(const std::string& subject, const std::string& predicate, Term object) {
        graph_.triples.push_back({{Term::Kind::iri, subject}, predicate, std::move(object)});
    }
    void link(const std::string& subject, std::string_view predicate, const std::string& to) {
        add(subject, sbol(predicate), {Term::Kind::iri, to});
    }
    void word(const std::string& subject, std::string_view predicate, const std::string& value) {
        add(subject, sbol(predicate), {Term::Kind::literal, value});
    }
    void number(const std::string& subject, std::string_view predicate, std::int64_t value) {
        add(subject, sbol(predicate),
            {Term::Kind::literal, std::to_string(value), std::string(vocabulary::xsd) + "integer"});
    }
    void note(const std::string& subject, std::string_view name, const std::string& value) {
        if (!value.empty())
            add(subject, std::string(vocabulary::genbank) + std::string(name), {Term::Kind::literal, value});
    }
    void start(const std::string& iri, std::string_view type, const std::string& id) {
        add(iri, std::string(vocabulary::rdf_type), {Term::Kind::iri, sbol(type)});
        word(iri, "displayId", id);
    }

    void sequence(const Record& record, const std::string& component, const std::string& id) {
        const auto iri = component + "_seq";
        link(component, "hasSequence", iri);
        start(iri, "Sequence", id + "_seq");
        link(iri, "hasNamespace", prefix_);
        if (record.sequence.letters.empty()) return;
        word(iri, "elements",
             record.layout.lower_case && record.sequence.mask.empty() ? lowered(record.sequence.letters)
                                                                      : masked_letters(record.sequence));
        const bool protein = record.sequence.alphabet == Alphabet::protein;
        link(iri, "encoding", std::string(vocabulary::edam) + (protein ? "format_1208" : "format_1207"));
    }
    static std::string lowered(std::string letters) {
        for (auto& c : letters) c = static_cast<char>(c | 0x20);
        return letters;
    }

    void feature(const Record& record, const Feature& feature, const std::string& component, const std::string& id) {
        const auto iri = component + "/" + id;
        link(component, "hasFeature", iri);
        start(iri, "SequenceFeature", id);
        if (const auto label = feature.label(); label != feature.type) word(iri, "name", label);
        const auto* type = type_of_genbank(feature.type);
        link(iri, "role", std::string(vocabulary::so) + std::string(type == nullptr ? "0000110" : type->identifier));
        const auto* back = type == nullptr ? nullptr : type_of_identifier(type->identifier);
        if (back == nullptr || back->genbank != feature.type || feature.type == "source")
            note(iri, "featureType", feature.type);
        for (const auto& qualifier : feature.qualifiers) write_qualifier(iri, qualifier);
        locations(record, feature, iri, component + "_seq");
    }

    void write_qualifier(const std::string& iri, const Qualifier& qualifier) {
        if (qualifier.name.empty()) return;
        const auto predicate = std::string(vocabulary::genbank) + qualifier.name;
        const auto type = [](std::string_view name) { return std::string(vocabulary::xsd) + std::string(name); };
        const bool digits =
            !qualifier.value.empty() && qualifier.value.find_first_not_of("0123456789") == std::string::npos;
        if (qualifier.form == Qualifier::Form::flag)
            add(iri, predicate, {Term::Kind::literal, "true", type("boolean")});
        else if (qualifier.form == Qualifier::Form::bare && digits)
            add(iri, predicate, {Term::Kind::literal, qualifier.value, type("integer")});
        else
            add(iri, predicate, {Term::Kind::literal, qualifier.value});
    }

    void locations(const Record& record, const Feature& feature, const std::string& iri, const std::string& sequence) {
        const auto pieces = pieces_of(feature.location, record.length, Topology::linear);
        std::int64_t count = 0;
        bool plain = pieces.size() == 1;
        for (const auto& piece : pieces) {
            if (!piece.remote.empty()) continue;
            const bool cut = piece.at.empty();
            const auto first_part =
                Interval{piece.at.start, std::min(piece.at.end, std::max(record.length, piece.at.start))};
            std::vector<Interval> parts{first_part};
            if (piece.at.end > record.length && !cut) parts.push_back({0, piece.at.end - record.length});
            if (piece.strand == Strand::reverse) std::reverse(parts.begin(), parts.end());
            plain = plain && parts.size() == 1;
            for (const auto& part : parts) {
                const auto id = fmt::format("{}{}", cut ? "Cut" : "Range", ++count);
                const auto at = iri + "/" + id;
                link(iri, "hasLocation", at);
                start(at, cut ? "Cut" : "Range", id);
                link(at, "hasSequence", sequence);
                link(at, "orientation", sbol(piece.strand == Strand::forward ? "inline" : "reverseComplement"));
                if (cut) {
                    number(at, "at", part.start);
                } else {
                    number(at, "start", part.start + 1);
                    number(at, "end", part.end);
                }
                if (pieces.size() > 1 || parts.size() > 1) number(at, "order", count);
            }
        }
        const auto text = record.text_of(feature.location);
        if (!plain || text.find_first_of("<>(^.o") != text.find("..")) note(iri, "location", text);
    }

    Graph& graph_;
    const std::string& prefix_;
    std::set<std::string> taken_;
};

}  // namespace

Graph graph_of(const std::vector<Record>& records, const std::string& prefix) {
    Graph graph;
    SbolWriter writer(graph, prefix);
    for (const auto& record : records) writer.component(record);
    graph.normalise();
    return graph;
}

}  // namespace leaven::seq
