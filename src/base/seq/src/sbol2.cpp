// SBOL2 brought to the model of SBOL3. What has no counterpart keeps its SBOL2 name, so nothing is lost.
//
// Source  SBOL 3.1.0, appendix "Mapping between SBOL2 and SBOL3".
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <leaven/seq/sbol.hpp>

#include "graph_view.hpp"

namespace leaven::seq {
namespace {

using vocabulary::sbol;

struct Pair {
    std::string_view from;
    std::string_view to;
};

constexpr std::array<Pair, 27> classes{{{"ComponentDefinition", "Component"},
                                        {"ModuleDefinition", "Component"},
                                        {"Component", "SubComponent"},
                                        {"FunctionalComponent", "SubComponent"},
                                        {"Module", "SubComponent"},
                                        {"SequenceAnnotation", "SequenceFeature"},
                                        {"Sequence", "Sequence"},
                                        {"Range", "Range"},
                                        {"Cut", "Cut"},
                                        {"GenericLocation", "EntireSequence"},
                                        {"SequenceConstraint", "Constraint"},
                                        {"Collection", "Collection"},
                                        {"Model", "Model"},
                                        {"Implementation", "Implementation"},
                                        {"Attachment", "Attachment"},
                                        {"Experiment", "Experiment"},
                                        {"ExperimentalData", "ExperimentalData"},
                                        {"CombinatorialDerivation", "CombinatorialDerivation"},
                                        {"VariableComponent", "VariableFeature"},
                                        {"Interaction", "Interaction"},
                                        {"Participation", "Participation"},
                                        {"Measure", "Measure"},
                                        {"MapsTo", "ComponentReference"},
                                        {"TopLevel", "TopLevel"},
                                        {"Identified", "Identified"},
                                        {"Location", "Location"},
                                        {"Feature", "Feature"}}};

constexpr std::array<Pair, 34> properties{{{"displayId", "displayId"},
                                           {"type", "type"},
                                           {"role", "role"},
                                           {"sequence", "hasSequence"},
                                           {"sequenceAnnotation", "hasFeature"},
                                           {"component", "hasFeature"},
                                           {"functionalComponent", "hasFeature"},
                                           {"module", "hasFeature"},
                                           {"location", "hasLocation"},
                                           {"sourceLocation", "sourceLocation"},
                                           {"definition", "instanceOf"},
                                           {"elements", "elements"},
                                           {"encoding", "encoding"},
                                           {"start", "start"},
                                           {"end", "end"},
                                           {"at", "at"},
                                           {"orientation", "orientation"},
                                           {"sequenceConstraint", "hasConstraint"},
                                           {"restriction", "restriction"},
                                           {"subject", "subject"},
                                           {"object", "object"},
                                           {"interaction", "hasInteraction"},
                                           {"participation", "hasParticipation"},
                                           {"participant", "participant"},
                                           {"model", "hasModel"},
                                           {"source", "source"},
                                           {"language", "language"},
                                           {"framework", "framework"},
                                           {"attachment", "hasAttachment"},
                                           {"member", "member"},
                                           {"built", "built"},
                                           {"template", "template"},
                                           {"variableComponent", "hasVariableFeature"},
                                           {"roleIntegration", "roleIntegration"}}};

template <std::size_t N>
std::string_view mapped(const std::array<Pair, N>& table, std::string_view word) {
    for (const auto& pair : table)
        if (pair.from == word) return pair.to;
    return {};
}

/// Values that SBOL2 and SBOL3 name differently.
std::string mapped_value(const std::string& iri) {
    static const std::map<std::string, std::string, std::less<>> values{
        {"http://www.biopax.org/release/biopax-level3.owl#DnaRegion", "https://identifiers.org/SBO:0000251"},
        {"http://www.biopax.org/release/biopax-level3.owl#Dna", "https://identifiers.org/SBO:0000251"},
        {"http://www.biopax.org/release/biopax-level3.owl#RnaRegion", "https://identifiers.org/SBO:0000250"},
        {"http://www.biopax.org/release/biopax-level3.owl#Rna", "https://identifiers.org/SBO:0000250"},
        {"http://www.biopax.org/release/biopax-level3.owl#Protein", "https://identifiers.org/SBO:0000252"},
        {"http://www.biopax.org/release/biopax-level3.owl#SmallMolecule", "https://identifiers.org/SBO:0000247"},
        {"http://www.biopax.org/release/biopax-level3.owl#Complex", "https://identifiers.org/SBO:0000253"},
        {"http://www.chem.qmul.ac.uk/iubmb/misc/naseq.html", "https://identifiers.org/edam:format_1207"},
        {"http://www.chem.qmul.ac.uk/iupac/AminoAcid/", "https://identifiers.org/edam:format_1208"},
        {"http://www.opensmiles.org/opensmiles.html", "https://identifiers.org/edam:format_1196"},
        {"http://sbols.org/v2#inline", "https://identifiers.org/SO:0001030"},
        {"http://sbols.org/v2#reverseComplement", "https://identifiers.org/SO:0001031"},
        {"http://sbols.org/v2#precedes", "http://sbols.org/v3#precedes"},
        {"http://sbols.org/v2#sameOrientationAs", "http://sbols.org/v3#sameOrientationAs"},
        {"http://sbols.org/v2#oppositeOrientationAs", "http://sbols.org/v3#oppositeOrientationAs"},
        {"http://sbols.org/v2#differentFrom", "http://sbols.org/v3#differentFrom"}};
    if (const auto found = values.find(iri); found != values.end()) return found->second;
    for (const std::string_view old : {"http://identifiers.org/so/SO:", "http://identifiers.org/biomodels.sbo/SBO:",
                                       "http://identifiers.org/edam/"}) {
        if (!iri.starts_with(old)) continue;
        const auto rest = iri.substr(old.size());
        if (old.ends_with("SO:")) return std::string(vocabulary::so) + rest;
        if (old.ends_with("SBO:")) return std::string(vocabulary::sbo) + rest;
        return std::string(vocabulary::edam) + rest;
    }
    return iri;
}

std::string sbol2(std::string_view word) { return std::string(vocabulary::sbol2) + std::string(word); }

class Upgrade {
public:
    explicit Upgrade(const Graph& graph) : graph_(graph), view_(graph) {
        for (const auto& triple : graph.triples)
            if (triple.predicate == sbol2("persistentIdentity") && triple.subject.kind == Term::Kind::iri &&
                !triple.object.text.empty())
                names_.try_emplace(triple.subject.text, triple.object.text);
        drop_ambiguous_names();
        // An annotation of a component is the location of its SubComponent.
        for (const auto& triple : graph.triples)
            if (triple.predicate == sbol2("component") && view_.is_a(triple.subject.text, sbol2("SequenceAnnotation")))
                merged_[triple.subject.text] = triple.object.text;
    }

    Graph run() {
        for (const auto& triple : graph_.triples) convert(triple);
        add_namespaces();
        out_.normalise();
        return std::move(out_);
    }

private:
    /// Two versions of one thing keep their own IRIs.
    void drop_ambiguous_names() {
        std::map<std::string, int> count;
        for (const auto& [iri, name] : names_) ++count[name];
        std::erase_if(names_, [&](const auto& entry) { return count[entry.second] > 1; });
    }

    Term renamed(Term term) const {
        if (term.kind != Term::Kind::iri) return term;
        if (const auto merged = merged_.find(term.text); merged != merged_.end()) term.text = merged->second;
        if (const auto name = names_.find(term.text); name != names_.end()) term.text = name->second;
        return term;
    }

    void add(const Term& subject, std::string predicate, Term object) {
        out_.triples.push_back({subject, std::move(predicate), std::move(object)});
    }

    void convert(const Triple& triple) {
        const auto subject = renamed(triple.subject);
        const bool annotation = merged_.contains(triple.subject.text);
        auto object = renamed(triple.object);
        if (triple.predicate == vocabulary::rdf_type) {
            if (annotation) return;
            if (object.text.starts_with(vocabulary::sbol2)) {
                const auto name = mapped(classes, std::string_view(object.text).substr(vocabulary::sbol2.size()));
                if (object.text == sbol2("ModuleDefinition"))
                    add(subject, sbol("type"), {Term::Kind::iri, std::string(vocabulary::sbo) + "0000241"});
                if (!name.empty()) object.text = sbol(name);
            }
            return add(subject, triple.predicate, std::move(object));
        }
        if (annotation && triple.predicate != sbol2("location")) return kept_aside(triple, subject);
        if (triple.predicate == std::string(vocabulary::dcterms) + "title")
            return add(subject, sbol("name"), std::move(object));
        if (triple.predicate == std::string(vocabulary::dcterms) + "description")
            return add(subject, sbol("description"), std::move(object));
        if (triple.predicate.starts_with(vocabulary::sbol2)) {
            const auto word = std::string_view(triple.predicate).substr(vocabulary::sbol2.size());
            const auto name = mapped(properties, word);
            if (name.empty()) return add(subject, triple.predicate, std::move(object));
            if (object.kind == Term::Kind::iri) object.text = mapped_value(object.text);
            if (name == "start" || name == "end" || name == "at")
                object.datatype = std::string(vocabulary::xsd) + "integer";
            return add(subject, sbol(name), std::move(object));
        }
        add(subject, triple.predicate, std::move(object));
    }

    /// What an annotation says beside its location is kept under its own IRI.
    void kept_aside(const Triple& triple, const Term& subject) {
        auto predicate = triple.predicate;
        if (predicate == sbol2("component") || predicate == sbol2("displayId") ||
            predicate == sbol2("persistentIdentity") || predicate == sbol2("version"))
            return;
        if (predicate == sbol2("role"))
            return add(subject, sbol("role"), {Term::Kind::iri, mapped_value(triple.object.text)});
        add(subject, predicate, triple.object);
    }

    void add_namespaces() {
        constexpr std::array<std::string_view, 10> top_level{
            "Component",  "Sequence",         "Collection",
            "Model",      "Implementation",   "Attachment",
            "Experiment", "ExperimentalData", "CombinatorialDerivation",
            "TopLevel"};
        std::set<std::string> subjects;
        for (const auto& triple : out_.triples)
            if (triple.predicate == vocabulary::rdf_type && triple.object.text.starts_with(vocabulary::sbol3) &&
                std::find(top_level.begin(), top_level.end(),
                          std::string_view(triple.object.text).substr(vocabulary::sbol3.size())) != top_level.end())
                subjects.insert(triple.subject.text);
        for (const auto& iri : subjects) {
            const auto slash = iri.find_last_of("/#:");
            if (slash == std::string::npos || slash == 0) continue;
            add({Term::Kind::iri, iri}, sbol("hasNamespace"), {Term::Kind::iri, iri.substr(0, slash)});
        }
    }

    const Graph& graph_;
    GraphView view_;
    std::map<std::string, std::string> names_;   // IRI with version to persistent identity
    std::map<std::string, std::string> merged_;  // annotation to its component
    Graph out_;
};

}  // namespace

Graph upgraded_sbol2(const Graph& graph) { return Upgrade(graph).run(); }

}  // namespace leaven::seq
