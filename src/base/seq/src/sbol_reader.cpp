#include <algorithm>
#include <charconv>
#include <set>

#include <leaven/seq/sbol.hpp>

#include "gff3.hpp"
#include "graph_view.hpp"
#include "letters.hpp"

namespace leaven::seq {
namespace {

using vocabulary::sbol;

bool speaks(const Graph& graph, std::string_view space) {
    return std::any_of(graph.triples.begin(), graph.triples.end(), [&](const Triple& triple) {
        return triple.object.text.starts_with(space) || triple.predicate.starts_with(space);
    });
}

/// "0000167" out of any way of writing SO:0000167.
std::string_view ontology_number(std::string_view iri) {
    const auto at = iri.find("SO:");
    const auto under = iri.find("SO_");
    const auto found = at != std::string_view::npos ? at : under;
    return found == std::string_view::npos ? std::string_view() : iri.substr(found + 3);
}

class SbolReader {
public:
    SbolReader(const Graph& graph, const std::string& name, std::vector<Warning>& warnings)
        : graph_(graph), view_(graph), name_(name), warnings_(warnings) {}

    Result<std::vector<Record>> read() {
        std::set<std::string> components;
        std::set<std::string> sequences;
        for (const auto& triple : graph_.triples) {
            if (triple.predicate != vocabulary::rdf_type) continue;
            if (triple.object.text == sbol("Component")) components.insert(triple.subject.text);
            if (triple.object.text == sbol("Sequence")) sequences.insert(triple.subject.text);
        }
        std::vector<Record> records;
        for (const auto& component : components) {
            auto record = read_component(component);
            if (!record) return pass(record);
            for (const auto* sequence : view_.all(component, sbol("hasSequence"))) sequences.erase(sequence->text);
            records.push_back(*std::move(record));
        }
        for (const auto& sequence : sequences) {
            Record record;
            name_record(record, sequence);
            if (auto status = read_sequence(record, sequence); !status) return pass(status);
            records.push_back(std::move(record));
        }
        return records;
    }

private:
    void name_record(Record& record, const std::string& iri) const {
        record.id = view_.one(iri, sbol("displayId"));
        if (record.id.empty()) record.id = last_segment(iri);
        record.name = record.id;
        record.description = view_.one(iri, sbol("description"));
        if (record.description.empty()) record.description = view_.one(iri, sbol("name"));
        record.division = view_.one(iri, std::string(vocabulary::genbank) + "division");
        record.date = view_.one(iri, std::string(vocabulary::genbank) + "date");
    }

    Result<Record> read_component(const std::string& iri) {
        Record record;
        name_record(record, iri);
        for (const auto* type : view_.all(iri, sbol("type"))) {
            const auto& text = type->text;
            if (text.ends_with("SO:0000988")) record.topology = Topology::circular;
            if (text.ends_with("SBO:0000251")) record.molecule = "DNA";
            if (text.ends_with("SBO:0000250")) record.molecule = "RNA";
            if (text.ends_with("SBO:0000252")) record.molecule = "protein";
        }
        const auto exact = view_.one(iri, std::string(vocabulary::genbank) + "molecule");
        if (!exact.empty()) record.molecule = exact;
        const auto sequences = view_.all(iri, sbol("hasSequence"));
        if (sequences.size() > 1)
            warnings_.push_back({0, text({"{} has {} sequences; the first is read", "{} 有 {} 条序列，只读取第一条"},
                                         record.id, sequences.size())});
        if (!sequences.empty())
            if (auto status = read_sequence(record, sequences.front()->text); !status) return pass(status);
        for (const auto* feature : view_.all(iri, sbol("hasFeature"))) read_feature(record, feature->text);
        sort_features(record);
        return record;
    }

    Status read_sequence(Record& record, const std::string& iri) {
        record.layout.lower_case = false;
        const auto elements = view_.one(iri, sbol("elements"));
        const auto encoding = view_.one(iri, sbol("encoding"));
        if (encoding.ends_with("1196") || encoding.ends_with("1197")) return {};  // SMILES, InChI: no sequence
        auto found = read_letters(elements, LetterKind::any);
        if (!found.fault.empty())
            return bad_input({"\"{}\" is no letter of a sequence", "“{}”不是序列字母"}, found.fault)
                .at(fmt::format("{}, {}", name_, iri))
                .advise({"correct the elements of this Sequence", "请改正该 Sequence 的 elements"});
        auto alphabet = guess_alphabet(found.text, found.protein);
        if (encoding.ends_with("1208") || record.molecule == "protein") alphabet = Alphabet::protein;
        const bool all_lower = found.lower == static_cast<std::int64_t>(found.text.size());
        record.sequence = from_masked(std::move(found.text), alphabet);
        if (all_lower) {
            record.sequence.mask.clear();
            record.layout.lower_case = true;
        }
        record.length = record.sequence.length();
        return {};
    }

    /// A qualifier that says a reading order, of features and of triples that know one.
    static void sort_features(Record& record) {
        std::stable_sort(record.features.begin(), record.features.end(), [&](const Feature& a, const Feature& b) {
            const auto x = extent_of(a.location, record.length, record.topology);
            const auto y = extent_of(b.location, record.length, record.topology);
            return x.start != y.start ? x.start < y.start : x.end > y.end;
        });
    }

    std::string type_of(const std::string& feature, std::string& other_role) const {
        auto exact = view_.one(feature, std::string(vocabulary::genbank) + "featureType");
        if (!exact.empty()) return exact;
        for (const auto* role : view_.all(feature, sbol("role"))) {
            const auto number = ontology_number(role->text);
            if (const auto* type = type_of_identifier(number); type != nullptr && number != "0000001")
                return std::string(type->genbank);
            other_role = role->text;
        }
        return "misc_feature";
    }

    void read_feature(Record& record, const std::string& iri) {
        const auto locations = view_.all(iri, sbol("hasLocation"));
        if (locations.empty()) return;
        Feature feature;
        std::string role;
        feature.type = type_of(iri, role);
        if (view_.is_a(iri, sbol("SubComponent"))) {
            const auto part = view_.one(iri, sbol("instanceOf"));
            feature.type = type_of(part, role);
            feature.qualifiers.push_back({"sbol_component", part});
        }
        std::vector<Located> parts;
        for (const auto* location : locations) read_location(record, location->text, parts);
        if (parts.empty()) return;
        feature.location = joined(std::move(parts), record);
        place(record, feature, iri);
        const auto exact = view_.one(iri, std::string(vocabulary::genbank) + "location");
        if (!exact.empty())
            if (auto location = parse_location_anywhere(exact, record.length, record.topology))
                feature.location = *location;
        auto label = view_.one(iri, sbol("name"));
        if (label.empty()) label = view_.one(iri, sbol("displayId"));
        add_qualifiers(feature, iri, label, role);
        record.features.push_back(std::move(feature));
    }

    struct Located {
        std::int64_t order;
        Location location;
    };

    bool number(const std::string& subject, std::string_view predicate, std::int64_t& out) const {
        const auto text = view_.one(subject, sbol(predicate));
        const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
        return code == std::errc() && end == text.data() + text.size() && out >= 0 && out < (std::int64_t{1} << 40);
    }

    void read_location(const Record& record, const std::string& iri, std::vector<Located>& parts) {
        Location location;
        std::int64_t first = 0;
        std::int64_t last = 0;
        if (view_.is_a(iri, sbol("Cut"))) {
            if (!number(iri, "at", first)) return damaged(iri);
            location.kind = Location::Kind::between;
            location.span = {first, first};
        } else if (view_.is_a(iri, sbol("Range"))) {
            if (!number(iri, "start", first) || !number(iri, "end", last) || first < 1 || last < first)
                return damaged(iri);
            location.span = {first - 1, last};
            location.single = first == last;
        } else if (view_.is_a(iri, sbol("EntireSequence"))) {
            if (record.length == 0) return;
            location.span = {0, record.length};
        } else {
            return;
        }
        const auto orientation = view_.one(iri, sbol("orientation"));
        if (orientation.ends_with("reverseComplement") || orientation.ends_with("SO:0001031"))
            location = complemented(std::move(location));
        std::int64_t order = 0;
        if (!number(iri, "order", order)) order = -1;
        parts.push_back({order, std::move(location)});
    }

    /// Its triples stay in the graph.
    void damaged(const std::string& iri) {
        warnings_.push_back({0, text({"{} is no place: a Range needs a start and an end, a Cut an at, from 1 up",
                                      "{} 不是有效位置：Range 需给出 start 与 end，Cut 需给出 at，均从 1 起"},
                                     iri)});
    }

    static Location joined(std::vector<Located> parts, const Record&) {
        const auto start = [](const Location& location) {
            return location.parts.empty() ? location.span.start : location.parts.front().span.start;
        };
        std::stable_sort(parts.begin(), parts.end(), [&](const Located& a, const Located& b) {
            if (a.order != b.order) return a.order < b.order;
            return start(a.location) < start(b.location);
        });
        if (parts.size() == 1) return std::move(parts.front().location);
        const bool ordered = parts.front().order >= 0;
        const auto reverse = [](const Located& part) { return part.location.kind == Location::Kind::complement; };
        Location location{.kind = Location::Kind::join};
        if (!std::all_of(parts.begin(), parts.end(), reverse)) {
            for (auto& part : parts) location.parts.push_back(std::move(part.location));
            return location;
        }
        if (ordered) std::reverse(parts.begin(), parts.end());
        for (auto& part : parts) location.parts.push_back(complemented(std::move(part.location)));
        return complemented(std::move(location));
    }

    /// Within the record? Where that has no sequence it becomes as long as its features reach.
    void place(Record& record, const Feature& feature, const std::string& iri) {
        for (const auto& piece :
             pieces_of(feature.location, std::max<std::int64_t>(record.length, 1), Topology::linear)) {
            if (record.sequence.letters.empty()) {
                record.length = std::max(record.length, piece.at.end);
            } else if (piece.at.end > record.length) {
                warnings_.push_back({0, text({"{} lies beyond its record of {} bases; it is kept as it stands",
                                              "{} 超出其长度为 {} 的记录；按原样保留"},
                                             iri, record.length)});
            }
        }
    }

    void add_qualifiers(Feature& feature, const std::string& iri, const std::string& label,
                        const std::string& role) const {
        bool labelled = false;
        std::vector<Qualifier> noted;
        for (const auto* triple : view_.about(iri)) {
            if (!triple->predicate.starts_with(vocabulary::genbank)) continue;
            const auto name = triple->predicate.substr(vocabulary::genbank.size());
            if (name == "featureType" || name == "location") continue;
            Qualifier qualifier{name, triple->object.text};
            if (triple->object.datatype.ends_with("#integer")) qualifier.form = Qualifier::Form::bare;
            if (triple->object.datatype.ends_with("#boolean")) qualifier = {name, {}, Qualifier::Form::flag};
            labelled = labelled || name == "label" || qualifier.value == label;
            noted.push_back(std::move(qualifier));
        }
        if (!labelled && !label.empty()) feature.qualifiers.insert(feature.qualifiers.begin(), {"label", label});
        std::move(noted.begin(), noted.end(), std::back_inserter(feature.qualifiers));
        if (feature.type == "misc_feature" && !role.empty()) feature.qualifiers.push_back({"sbol_role", role});
        const auto note = view_.one(iri, sbol("description"));
        if (!note.empty()) feature.qualifiers.push_back({"note", note});
    }

    const Graph& graph_;
    GraphView view_;
    const std::string& name_;
    std::vector<Warning>& warnings_;
};

}  // namespace

bool is_sbol2(const Graph& graph) { return speaks(graph, vocabulary::sbol2) && !speaks(graph, vocabulary::sbol3); }
bool is_sbol3(const Graph& graph) { return speaks(graph, vocabulary::sbol3); }

Result<std::vector<Record>> records_of(const Graph& graph, const std::string& name, std::vector<Warning>& warnings) {
    return SbolReader(graph, name, warnings).read();
}

}  // namespace leaven::seq
