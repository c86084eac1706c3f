// Random models for property tests: identifiers that SBML cannot hold, names in any script, odd numbers, deep rules.
#pragma once

#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism::testing {

inline std::string joined_from(const std::vector<std::string>& pieces, int least, int most) {
    std::string out;
    const int count = *rc::gen::inRange(least, most + 1);
    for (int i = 0; i < count; ++i) out += *rc::gen::elementOf(pieces);
    return out;
}

/// An identifier: never empty, no control characters, otherwise anything.
inline std::string any_id() {
    static const std::vector<std::string> pieces{"a", "B9", "_", "__", "__45__", "45", "-",  ".",  "(",  "[c]", "琥珀",
                                                 "é", " ",  "'", "\"", "<",      "&",  "M_", "R_", "G_", "1",   "😀"};
    return joined_from(pieces, 1, 5);
}

inline std::string any_text() {
    static const std::vector<std::string> pieces{"acid", " ",  "β-D", "丁二酸", "<i>", "&amp;", "\"",
                                                 "'",    "\n", "\t",  "\r",     ":",   "]]>"};
    return joined_from(pieces, 0, 5);
}

/// A text without blanks around it: where a format trims.
inline std::string any_trimmed_text() { return "x" + any_text() + "y"; }

inline std::vector<std::string> distinct_ids(int most) {
    std::set<std::string> ids;
    const int count = *rc::gen::inRange(0, most + 1);
    for (int i = 0; i < count; ++i) ids.insert(any_id());
    return {ids.begin(), ids.end()};
}

inline std::vector<Annotation> any_annotation() {
    std::vector<Annotation> out;
    if (*rc::gen::arbitrary<bool>()) out.push_back({"sbo", "SBO:0000176"});
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i)
        out.push_back({*rc::gen::element<std::string>("is", "isVersionOf", "hasPart", "isEncodedBy", "isDerivedFrom"),
                       "https://identifiers.org/" + any_trimmed_text()});
    return out;
}

/// Remarks as readers leave them: pairs without blanks at the ends, or one passage.
inline std::vector<Remark> any_remarks() {
    std::vector<Remark> out;
    if (*rc::gen::inRange(0, 4) == 0)
        return {{{},
                 *rc::gen::element<std::string>("<h1>A &amp; B</h1><p>plain</p>", "words <b>in</b> between",
                                                "<p>KEY: <i>x</i></p>", "<div><p/></div>琥珀")}};
    const int count = *rc::gen::inRange(0, 3);
    for (int i = 0; i < count; ++i)
        out.push_back({*rc::gen::element<std::string>("AUTHORS", "smiles", "Confidence Level", "注", "NOTES", "a<b"),
                       *rc::gen::arbitrary<bool>() ? std::string() : any_trimmed_text()});
    return out;
}

/// Any number that is not zero, the least and greatest normal ones among them (libSBML reads none below).
inline double any_coefficient() {
    using limits = std::numeric_limits<double>;
    const double size =
        *rc::gen::element(1.0, 2.0, 0.1, 1.0 / 3, 2e-6, 1e30, limits::min(), limits::max(), 0.000223, 59.984);
    return *rc::gen::arbitrary<bool>() ? size : -size;
}

inline double any_bound() {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return *rc::gen::element(-infinite, -1000.0, -10.0, -1e-9, -0.0, 0.0, 1.0 / 3, 8.39, 1000.0, 999999.0, infinite);
}

/// A rule in postfix with so many operands, in any shape of tree.
inline std::vector<std::int32_t> any_postfix(int genes, int operands) {
    std::vector<std::int32_t> postfix;
    int stacked = 0;
    while (operands > 0 || stacked > 1) {
        if (operands > 0 && (stacked < 2 || *rc::gen::arbitrary<bool>())) {
            postfix.push_back(*rc::gen::inRange(0, genes));
            ++stacked, --operands;
        } else {
            postfix.push_back(*rc::gen::element(GeneRule::both, GeneRule::either));
            --stacked;
        }
    }
    return postfix;
}

inline GeneRule any_rule(const std::vector<std::string>& genes) {
    GeneRule rule;
    const int kind = *rc::gen::inRange(0, 4);
    if (kind == 0 || genes.empty()) return rule;
    if (kind == 1) {  // unreadable, kept as text
        rule.text = *rc::gen::element<std::string>("(b0001 and b0002", "b1 b2", "or", "b1 and (b2 or)", "() or <b>");
        return rule;
    }
    rule.postfix = any_postfix(static_cast<int>(genes.size()), *rc::gen::inRange(1, 9));
    rule.text = to_text(rule, genes);
    return rule;
}

inline std::vector<Term> any_terms(std::size_t metabolites) {
    std::vector<Term> terms;
    for (std::size_t i = 0; i < metabolites; ++i)
        if (*rc::gen::inRange(0, 3) == 0) terms.push_back({static_cast<std::int32_t>(i), any_coefficient()});
    return terms;
}

inline std::vector<std::int32_t> any_subset(std::size_t size) {
    std::vector<std::int32_t> chosen;
    for (std::size_t i = 0; i < size; ++i)
        if (*rc::gen::arbitrary<bool>()) chosen.push_back(static_cast<std::int32_t>(i));
    return chosen;
}

inline Metabolite any_metabolite(const std::string& id, const std::vector<Compartment>& compartments) {
    Metabolite metabolite;
    metabolite.id = id;
    metabolite.name = any_text();
    metabolite.compartment = (*rc::gen::elementOf(compartments)).id;
    metabolite.formula = *rc::gen::element<std::string>("", "C6H12O6", "C10H8O2R2", "(C6H10O5)n", "C1.5H3", "*",
                                                        "Fe2S2X", "nonsense (", "c6");
    metabolite.charge = *rc::gen::element<std::optional<double>>(std::nullopt, 0.0, -2.0, 0.5, -1.0 / 3, 1e12,
                                                                 2147483647.0, -2147483648.0);
    metabolite.boundary = *rc::gen::arbitrary<bool>();
    metabolite.annotation = any_annotation();
    metabolite.remarks = any_remarks();
    return metabolite;
}

inline Reaction any_reaction(const std::string& id, std::size_t metabolites, const std::vector<std::string>& genes) {
    Reaction reaction;
    reaction.id = id;
    reaction.name = any_text();
    reaction.terms = any_terms(metabolites);
    do {
        reaction.lower = any_bound();
        reaction.upper = any_bound();
        if (reaction.lower > reaction.upper) std::swap(reaction.lower, reaction.upper);
    } while (reaction.lower == reaction.upper && std::isinf(reaction.lower));
    reaction.rule = any_rule(genes);
    reaction.subsystem = *rc::gen::arbitrary<bool>() ? std::string() : any_trimmed_text();
    reaction.annotation = any_annotation();
    reaction.remarks = any_remarks();
    return reaction;
}

inline Objective any_objective(std::size_t reactions) {
    Objective objective;
    for (const auto reaction : any_subset(reactions)) objective.terms.push_back({reaction, any_coefficient()});
    if (!objective.terms.empty()) objective.maximize = *rc::gen::arbitrary<bool>();
    return objective;
}

inline std::vector<Group> any_groups(const Model& model) {
    std::vector<Group> groups;
    for (const auto& id : distinct_ids(3)) {
        groups.push_back({id + "group", any_text(),
                          *rc::gen::element<std::string>("classification", "partonomy", "collection"),
                          any_subset(model.reactions.size())});
        auto& group = groups.back();
        group.metabolites = any_subset(model.metabolites.size());
        group.genes = any_subset(model.genes.size());
        group.annotation = any_annotation();
        group.remarks = any_remarks();
    }
    return groups;
}

/// Objectives the model could have instead; each has terms and a name of its own.
inline std::vector<Objective> any_other_objectives(std::size_t reactions) {
    std::vector<Objective> others;
    for (const auto& id : distinct_ids(2)) {
        auto objective = any_objective(reactions);
        objective.id = "other" + id;
        objective.name = any_text();
        if (!objective.terms.empty()) others.push_back(std::move(objective));
    }
    return others;
}

/// A model that keeps every rule a reader keeps: see the comments of model.hpp.
inline Model any_model() {
    Model model;
    model.id = *rc::gen::arbitrary<bool>() ? std::string() : any_id();
    model.name = any_text();
    model.annotation = any_annotation();
    model.remarks = any_remarks();
    for (const auto& id : distinct_ids(3))
        model.compartments.push_back({id, any_text(), any_annotation(), any_remarks()});
    if (!model.compartments.empty())
        for (const auto& id : distinct_ids(6)) model.metabolites.push_back(any_metabolite(id, model.compartments));
    std::vector<std::string> genes = distinct_ids(5);
    for (const auto& id : genes) model.genes.push_back({id, any_text(), any_annotation(), {}, any_remarks()});
    if (!model.metabolites.empty())
        for (const auto& id : distinct_ids(6))
            model.reactions.push_back(any_reaction(id, model.metabolites.size(), genes));
    model.objective = any_objective(model.reactions.size());
    if (!model.objective.terms.empty() && *rc::gen::arbitrary<bool>()) model.objective.id = "chosen";
    model.other_objectives = any_other_objectives(model.reactions.size());
    model.groups = any_groups(model);
    return model;
}

/// The first difference between two models in what is part of the model; empty where there is none.
inline std::string difference(const Model& a, const Model& b) {
    const auto differ = [](const auto& x, const auto& y, const char* what) -> std::string {
        if (x.size() != y.size()) return std::string("number of ") + what;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (!(x[i] == y[i])) return std::string(what) + " " + x[i].id;
        return {};
    };
    if (a.id != b.id || a.name != b.name) return "id or name of the model";
    if (auto found = differ(a.compartments, b.compartments, "compartments"); !found.empty()) return found;
    if (auto found = differ(a.metabolites, b.metabolites, "metabolites"); !found.empty()) return found;
    if (auto found = differ(a.reactions, b.reactions, "reactions"); !found.empty()) return found;
    if (auto found = differ(a.genes, b.genes, "genes"); !found.empty()) return found;
    if (auto found = differ(a.groups, b.groups, "groups"); !found.empty()) return found;
    if (a.annotation != b.annotation || a.remarks != b.remarks) return "annotation or remarks of the model";
    if (a.other_objectives != b.other_objectives) return "other objectives";
    return a.objective == b.objective ? std::string() : "objective";
}

}  // namespace leaven::metabolism::testing
