// A genome-scale metabolic model as plain data.
//
// Units: fluxes and bounds in mmol/gDW/h, except growth in 1/h. Stoichiometric coefficients are negative for what
// a reaction consumes. Indices are positions in the vectors of the Model.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/gene_rule.hpp>

namespace leaven::metabolism {

/// One statement about an element: a qualifier such as "is" and the resource it points to; or the qualifier "sbo" and
/// a term of the Systems Biology Ontology, such as "SBO:0000176".
struct Annotation {
    std::string qualifier;
    std::string resource;
    bool operator==(const Annotation&) const = default;
};

/// What a file says about an element in words: "KEY: text". Where `key` is empty, `text` is a passage of XHTML.
struct Remark {
    std::string key;   // trimmed, without ":"
    std::string text;  // trimmed
    bool operator==(const Remark&) const = default;
};

struct Compartment {
    std::string id;
    std::string name;
    std::vector<Annotation> annotation = {};
    std::vector<Remark> remarks = {};
    bool operator==(const Compartment&) const = default;
};

struct Metabolite {
    std::string id;  // as people write it: "glc__D_c", without the M_ of SBML
    std::string name;
    std::string compartment;
    std::string formula;           // empty where unknown
    std::optional<double> charge;  // elementary charges
    bool boundary = false;         // outside the balance: its amount is not conserved
    std::vector<Annotation> annotation;
    std::string sbml_id = {};  // in the file it came from, where that is not "M_" and the encoded `id`
    std::vector<Remark> remarks = {};
    bool operator==(const Metabolite&) const = default;
};

struct Term {
    std::int32_t metabolite;
    double coefficient;  // negative: consumed
    bool operator==(const Term&) const = default;
};

struct Reaction {
    std::string id;  // without the R_ of SBML
    std::string name;
    std::vector<Term> terms;  // by metabolite index, each metabolite once, no zero
    double lower = 0;
    double upper = 0;
    GeneRule rule;
    std::string subsystem;
    std::vector<Annotation> annotation;
    std::string sbml_id = {};  // in the file it came from, where that is not "R_" and the encoded `id`
    std::vector<Remark> remarks = {};
    bool operator==(const Reaction&) const = default;
};

struct Gene {
    std::string id;  // without the G_ of SBML
    std::string name;
    std::vector<Annotation> annotation;
    std::string sbml_id = {};  // in the file it came from, where that is not "G_" and the encoded `id`
    std::vector<Remark> remarks = {};
    bool operator==(const Gene&) const = default;
};

struct Group {
    std::string id;
    std::string name;
    std::string kind;                     // classification | partonomy | collection
    std::vector<std::int32_t> reactions;  // members, by index, increasing
    std::vector<std::int32_t> metabolites = {};
    std::vector<std::int32_t> genes = {};
    std::vector<Annotation> annotation = {};
    std::vector<Remark> remarks = {};
    bool operator==(const Group&) const = default;
};

struct ObjectiveTerm {
    std::int32_t reaction;
    double coefficient;
    bool operator==(const ObjectiveTerm&) const = default;
};

struct Objective {
    bool maximize = true;
    std::vector<ObjectiveTerm> terms;  // by reaction index
    std::string id = {};               // where the file names it
    std::string name = {};
    bool operator==(const Objective&) const = default;
};

/// Something the reader met that is no error but that the user should know.
struct Note {
    std::string code;  // snake_case, such as "gene_rule_unreadable"
    Text message;
    std::string where;  // identifier, or file and line
    bool operator==(const Note&) const = default;
};

struct Model {
    std::string id;
    std::string name;
    std::vector<Compartment> compartments;
    std::vector<Metabolite> metabolites;
    std::vector<Reaction> reactions;
    std::vector<Gene> genes;
    std::vector<Group> groups;
    Objective objective;
    std::vector<Objective> other_objectives;  // of the file, which it does not choose
    std::vector<Annotation> annotation;       // of the model as a whole
    std::vector<Remark> remarks;

    // About the reading, not part of the model itself.
    std::string format;  // "SBML level 3 version 1, FBC 2" …
    std::string sha256;  // of the file as it was found, compressed or not
    std::vector<Note> notes;
};

/// Positions by identifier.
struct ModelIndex {
    std::unordered_map<std::string, std::int32_t> reactions;
    std::unordered_map<std::string, std::int32_t> metabolites;
    std::unordered_map<std::string, std::int32_t> genes;

    explicit ModelIndex(const Model& model);
};

/// Errors  not_found, with the nearest identifiers in the hint.
Result<std::int32_t> find_reaction(const Model& model, const ModelIndex& index, std::string_view id);
Result<std::int32_t> find_metabolite(const Model& model, const ModelIndex& index, std::string_view id);

/// One side only: matter enters or leaves the model here (boundary species do not count as a side).
enum class BoundaryKind { none, exchange, demand, sink };

/// exchange: one metabolite, in the compartment of the medium; else demand: can run one way; sink: can run both ways.
/// The compartment of the medium is "e" or "C_e", or the one named extracellular, else the one in which most one-sided
/// reactions end. Sides and compartments decide, never names that begin with EX_.
std::vector<BoundaryKind> boundary_kinds(const Model& model);

/// "A + 2 B --> C", "<=>" where it can run both ways, "<--" where only backwards.
std::string equation(const Model& model, const Reaction& reaction);

}  // namespace leaven::metabolism
