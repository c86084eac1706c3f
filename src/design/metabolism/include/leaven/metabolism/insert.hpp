// Adding reactions to a model: a heterologous pathway, an exchange, a demand.
//
//     [[metabolites]]                          [[reactions]]
//     id = "4hb_c"                             id = "HBD_h"
//     name = "4-Hydroxybutanoate"              equation = "sucsal_c + nadh_c + h_c <=> 4hb_c + nad_c"
//     formula = "C4H7O3"                       genes = "4hbd"
//     charge = -1                              ec = "1.1.1.61"
//     compartment = "c"
//
// Units: bounds in mmol/gDW/h. Matter and charge must balance, for a reaction that makes atoms from nothing makes any
// product feasible.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/formula.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct EquationTerm {
    std::string metabolite;
    double coefficient;  // negative: consumed
    bool operator==(const EquationTerm&) const = default;
};

enum class Direction { forward, reversible, backward };

struct Equation {
    std::vector<EquationTerm> terms;  // in order of first mention, each metabolite once, no zero
    Direction direction = Direction::forward;
    bool one_sided = false;  // one side of the arrow is empty
    bool operator==(const Equation&) const = default;
};

/// Reads "a + 2 b --> c". Arrows: --> -> => → forward, <=> <==> <-> <--> ⇌ ↔ reversible, <-- <- ← backward. Blanks
/// stand around "+" and the arrow, for identifiers may hold either; a coefficient may stand in brackets.
///
/// Errors  bad_input  no arrow or two, a term without a metabolite, a coefficient that is not positive, nothing left
///                    on either side; `where` is "column N"
Result<Equation> parse_equation(std::string_view text);

struct InsertedMetabolite {
    std::string id;
    std::string name;
    std::string formula;           // empty where unknown
    std::optional<double> charge;  // none where unknown
    std::string compartment;       // one of the model's
    bool boundary = false;         // outside the balance
};

struct InsertedReaction {
    std::string id;
    std::string name;
    std::string equation;
    std::optional<double> lower;  // else from the arrow: --> 0 to 1000, <=> -1000 to 1000, <-- -1000 to 0
    std::optional<double> upper;
    std::string genes;        // a gene rule; genes that the model lacks are added
    std::string ec;           // EC number
    bool unbalanced = false;  // it is known not to balance, and meant so
    std::vector<Annotation> annotation = {};
};

struct Insertion {
    std::vector<InsertedMetabolite> metabolites;
    std::vector<InsertedReaction> reactions;
};

/// Balance of one added reaction, for the report.
struct ReactionBalance {
    std::string reaction;
    Balance balance;
};

/// Adds all of it to the model, or nothing where there is an error. One entry of the result for each reaction, in
/// order.
///
/// Requires  what enters or leaves the model has one side only and need not balance; every other reaction balances, as
///           far as formulas and charges are known, or says `unbalanced`.
/// Errors    not_found  a metabolite or compartment the model has not; the hint gives the nearest
///           bad_input  an identifier the model has already, an equation or rule that cannot be read, atoms or charge
///                      left over (the message says how many), bounds that allow no flux
Result<std::vector<ReactionBalance>> apply_insertion(Model& model, const Insertion& insertion);

/// Reads the tables `metabolites` and `reactions` of a TOML file, at its top or inside the table `insert`.
///
/// Errors  bad_input  broken TOML, an unknown or missing key, a value of the wrong type; `where` is "name, line N"
Result<Insertion> read_insertion(std::string_view toml_text, const std::string& name);

/// The table `insert` of a project file; what else is in it is not looked at.
Result<Insertion> read_project_insertion(std::string_view toml_text, const std::string& name);

/// What `addition` has and `host` has not, by identifier. Such a file cannot say which reactions are meant not to
/// balance, so all are let through; their balances are in the result of `apply_insertion`.
Insertion insertion_from(const Model& addition, const Model& host);

/// An insertion from a file: TOML as above, or a model in SBML or JSON.
Result<Insertion> read_insertion_file(const std::filesystem::path& path, const Model& host);

}  // namespace leaven::metabolism
