// Small problems against every sequence there is, judged by `evaluate`.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/oligo.hpp>
#include <leaven/dna/optimise.hpp>
#include <leaven/op/json.hpp>

#include "data_sets.hpp"

namespace leaven::dna {
namespace {

std::string random_word(int least, int most, const std::string& letters) {
    const auto n = *rc::gen::inRange(least, most + 1);
    std::string word;
    for (int i = 0; i < n; ++i) word.push_back(*rc::gen::elementOf(letters));
    return word;
}

Json random_constraint(int i, bool circular) {
    const auto id = "c" + std::to_string(i);
    switch (*rc::gen::inRange(0, 11)) {
        case 0:
            return {{"id", id}, {"kind", "avoid"}, {"pattern", random_word(2, 4, "ACGTN")}};
        case 1:
            return {{"id", id}, {"kind", "avoid"}, {"pattern", random_word(2, 4, "ACGTRY")}, {"strand", "+"}};
        case 2:
            return {{"id", id},
                    {"kind", "homopolymer"},
                    {"max", {{"A", *rc::gen::inRange(1, 4)}, {"C", *rc::gen::inRange(1, 4)}}}};
        case 3: {
            const double least = *rc::gen::inRange(0, 5) / 10.0;
            return {{"id", id},
                    {"kind", "gc"},
                    {"min", least},
                    {"max", least + *rc::gen::inRange(2, 6) / 10.0},
                    {"window", *rc::gen::element(0, 4, 6, 9)}};
        }
        case 4:
            return {{"id", id},
                    {"kind", "repeat"},
                    {"k", *rc::gen::inRange(3, 6)},
                    {"strand", *rc::gen::element<std::string>("both", "+")}};
        case 5:
            return {
                {"id", id}, {"kind", "hairpin"}, {"stem", *rc::gen::inRange(3, 5)}, {"span", *rc::gen::inRange(5, 16)}};
        case 6:
            return {{"id", id},
                    {"kind", "require"},
                    {"pattern", random_word(2, 3, "ACGTN")},
                    {"count", *rc::gen::inRange(1, 4)}};
        case 7:
            return {{"id", id},
                    {"kind", "avoid"},
                    {"pattern", circular ? "/A[CG]{1,3}T|GG.{0,2}A/" : "/A[CG]+T|GG.{0,2}A/"}};
        case 8: {
            const double least = *rc::gen::inRange(-60, 40);
            return {{"id", id},
                    {"kind", "melting"},
                    {"location", *rc::gen::element<std::string>("1..6", "complement(2..5)")},
                    {"min", least},
                    {"max", least + *rc::gen::inRange(1, 30)}};
        }
        case 9:
            return {{"id", id},
                    {"kind", "structure"},
                    {"location", *rc::gen::element<std::string>("1..6", "complement(1..6)")},
                    {"max_dg", -*rc::gen::inRange(0, 20) / 10.0},
                    {"window", *rc::gen::element(0, 6)}};
        default:
            return {{"id", id}, {"kind", "rare"}, {"table", "e_coli_316407"}, {"min_fraction", 0.2}};
    }
}

Json random_objective(int i) {
    const auto id = "o" + std::to_string(i);
    const double weight = *rc::gen::inRange(1, 4);
    switch (*rc::gen::inRange(0, 5)) {
        case 0:
            return {{"id", id}, {"kind", "change"}, {"weight", weight / 10}};
        case 1:
            return {{"id", id}, {"kind", "gc"}, {"target", *rc::gen::inRange(3, 7) / 10.0}, {"weight", weight}};
        case 2:
            return {{"id", id},
                    {"kind", "codon"},
                    {"method", "harmonise"},
                    {"table", "e_coli_316407"},
                    {"source_table", "s_cerevisiae_4932"},
                    {"weight", weight}};
        default:
            return {{"id", id},
                    {"kind", "codon"},
                    {"method", *rc::gen::element<std::string>("cai", "match")},
                    {"table", "e_coli_316407"},
                    {"weight", weight}};
    }
}

/// A gene of a few codons; all of its sequences can be looked at.
Json random_problem() {
    const auto codons = *rc::gen::inRange(2, 6);
    std::string sequence;
    const auto code = amino_acids_of(*seq::genetic_code(11));
    while (static_cast<int>(sequence.size()) < 3 * codons) {
        const auto codon = static_cast<Codon>(*rc::gen::inRange(0, 64));
        if (code[codon] != '*') sequence += text_of(codon);
    }
    Json problem{{"sequence", sequence}, {"topology", *rc::gen::element<std::string>("linear", "circular")}};
    if (problem["topology"] == "linear") {
        problem["left_flank"] = random_word(0, 4, "ACGTN");
        problem["right_flank"] = random_word(0, 4, "ACGTN");
    }
    Json constraints = Json::array();
    constraints.push_back(
        {{"id", "cds"}, {"kind", "translation"}, {"location", "1.." + std::to_string(sequence.size())}});
    const auto count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) constraints.push_back(random_constraint(i, problem["topology"] == "circular"));
    Json objectives = Json::array();
    const auto goals = *rc::gen::inRange(0, 3);
    for (int i = 0; i < goals; ++i) objectives.push_back(random_objective(i));
    problem["constraints"] = constraints;
    problem["objectives"] = objectives;
    return problem;
}

/// All sequences with the protein of the problem.
std::vector<std::string> synonyms_of(const Problem& problem) {
    const auto& rule = std::get<Translation>(problem.constraints[0].rules[0]);
    std::vector<std::string> all{""};
    for (std::size_t i = 0; i < rule.protein.size(); ++i) {
        std::vector<std::string> longer;
        for (const auto& begun : all)
            for (unsigned c = 0; c < codon_count; ++c) {
                const auto text = text_of(static_cast<Codon>(c));
                const bool fits = i == 0 && !rule.start_codon.empty() ? text == rule.start_codon
                                                                      : rule.amino_acids[c] == rule.protein[i];
                if (fits) longer.push_back(begun + text);
            }
        all = std::move(longer);
    }
    return all;
}

std::optional<double> best_of_all(const Problem& problem) {
    std::optional<double> best;
    for (const auto& sequence : synonyms_of(problem)) {
        const auto judged = evaluate(problem, sequence, Context());
        if (judged->pass && (!best || judged->objective > *best)) best = judged->objective;
    }
    return best;
}

#define NEEDS_TABLES                                                                   \
    if (leaven::testing::data_set("dna/tables/codon/s_cerevisiae_4932.csv").empty()) { \
        GTEST_SKIP() << "no data set dna/tables/codon";                                \
    }

/// `optimise` finds the best of all sequences, proves it and bounds every objective; or no sequence holds.
void expect_the_best(const Json& json) {
    RC_LOG() << json.dump() << '\n';
    const auto problem = read_problem(json.dump(), "problem", {});
    RC_ASSERT(problem.has_value());
    const auto best = best_of_all(*problem);
    const auto optimum = optimise(*problem, {}, Context());
    RC_ASSERT(optimum.has_value());
    RC_ASSERT((optimum->status == Optimum::Status::infeasible) == !best.has_value());
    if (!best) return;
    RC_ASSERT(optimum->status == Optimum::Status::optimal);
    RC_LOG() << optimum->sequence << ' ' << *optimum->objective << " best " << *best << '\n';
    RC_ASSERT(std::abs(*optimum->objective - *best) < 1e-8);
    RC_ASSERT(evaluate(*problem, optimum->sequence, Context())->pass);
    for (const auto& score : optimum->objectives)
        if (score.value) RC_ASSERT(*score.bound >= *score.value - 1e-9);
}

RC_GTEST_PROP(SmallProblems, optimum_is_that_of_every_sequence_there_is, ()) {
    NEEDS_TABLES
    expect_the_best(random_problem());
}

/// One range of melting temperatures or limit on structure, near what the sequence itself has.
Json heat_constraint(const std::string& whole, double tm) {
    if (*rc::gen::inRange(0, 2) == 1) {
        const double least = tm + *rc::gen::inRange(-100, 100) / 10.0;
        Json melting{{"id", "melting"}, {"kind", "melting"}, {"location", whole}};
        const auto sides = *rc::gen::inRange(0, 3);
        if (sides != 1) melting["min"] = least;
        if (sides != 0) melting["max"] = least + *rc::gen::inRange(1, 40) / 10.0;
        return melting;
    }
    return {{"id", "structure"},
            {"kind", "structure"},
            {"max_dg", -*rc::gen::inRange(0, 30) / 10.0},
            {"window", *rc::gen::element(0, 9, 12)}};
}

RC_GTEST_PROP(SmallProblems, the_optimum_melts_and_folds_as_it_should, ()) {
    NEEDS_TABLES
    auto json = random_problem();
    if (*rc::gen::inRange(0, 2) == 1)
        json["sequence"] = *rc::gen::element<std::string>("GGCGCATAGCGCC", "GCGCTTATAGCGC") + "GC";
    const auto sequence = json["sequence"].get<std::string>();
    const auto whole = "1.." + std::to_string(sequence.size());
    json["constraints"] = Json::array({{{"id", "cds"}, {"kind", "translation"}, {"location", whole}}});
    const double tm = OligoModel::at({})->melting(sequence)->tm_c;
    for (int i = 0; i < *rc::gen::inRange(1, 3); ++i) {
        auto heat = heat_constraint(*rc::gen::element(whole, "complement(" + whole + ")"), tm);
        heat["id"] = "heat" + std::to_string(i);
        if (heat["kind"] == "structure" && (json["topology"] == "linear" || *rc::gen::inRange(0, 2) == 1))
            heat["location"] = whole;
        if (heat["kind"] == "structure" && !heat.contains("location")) heat["window"] = 9;
        json["constraints"].push_back(heat);
    }
    expect_the_best(json);
}

RC_GTEST_PROP(SmallProblems, words_of_another_sequence_leave_the_optimum_that_is_left, ()) {
    NEEDS_TABLES
    auto json = random_problem();
    const auto file = std::filesystem::path(::testing::TempDir()) / "foreign_words.fasta";
    const auto whole = "1.." + std::to_string(json["sequence"].get<std::string>().size());
    const auto twice = json["sequence"].get<std::string>() + json["sequence"].get<std::string>();
    const auto from = *rc::gen::inRange<std::size_t>(0, twice.size() / 2);
    const auto some = twice.substr(from, *rc::gen::inRange<std::size_t>(4, 10));
    RC_ASSERT(write_file(file, ">f\n" + some + "\n").has_value());
    Json foreign{{"id", "foreign"}, {"kind", "no_match"}, {"file", file.string()}, {"k", *rc::gen::inRange(4, 6)}};
    if (*rc::gen::inRange(0, 2) == 1) foreign["location"] = whole;
    json["constraints"].push_back(foreign);
    expect_the_best(json);
}

RC_GTEST_PROP(SmallProblems, a_conflict_is_minimal, ()) {
    NEEDS_TABLES
    auto json = random_problem();
    const auto problem = read_problem(json.dump(), "problem", {});
    RC_ASSERT(problem.has_value());
    const auto optimum = optimise(*problem, {}, Context());
    RC_ASSERT(optimum.has_value());
    if (optimum->status != Optimum::Status::infeasible) return;
    RC_LOG() << json.dump() << '\n';
    RC_ASSERT(!optimum->conflict.empty());
    for (std::size_t left_out = 0; left_out <= optimum->conflict.size(); ++left_out) {
        auto part = *problem;
        std::erase_if(part.constraints, [&](const Constraint& constraint) {
            const auto found = std::find(optimum->conflict.begin(), optimum->conflict.end(), constraint.id);
            return found == optimum->conflict.end() ||
                   found - optimum->conflict.begin() == static_cast<std::ptrdiff_t>(left_out);
        });
        part.objectives.clear();
        const auto again = optimise(part, {}, Context());
        RC_ASSERT(again.has_value());
        const bool all = left_out == optimum->conflict.size();
        RC_ASSERT((again->status == Optimum::Status::infeasible) == all);
        if (!all) RC_ASSERT(evaluate(part, again->sequence, Context())->pass);
    }
}

TEST(SmallProblems, a_conflict_is_minimal_where_one_question_is_too_hard_for_its_share_of_the_time) {
    NEEDS_TABLES
    // Without the translation it takes all sequences of 15 bases to see that GAA twice are no three bases once each.
    const auto problem = read_problem(R"json({"sequence": "AAAAAAAAAAAAAAA", "topology": "circular", "constraints": [
        {"id": "cds", "kind": "translation", "location": "1..15"},
        {"id": "hot", "kind": "melting", "location": "complement(2..5)", "min": -60, "max": -59},
        {"id": "twice", "kind": "require", "pattern": "GAA", "count": 2},
        {"id": "once", "kind": "repeat", "k": 3, "strand": "both"}], "objectives": []})json",
                                      "problem", {});
    OptimiseOptions options;
    options.time_limit_s = 5;
    const auto optimum = optimise(*problem, options, Context());
    EXPECT_EQ(optimum->status, Optimum::Status::infeasible);
    EXPECT_EQ(optimum->conflict, (std::vector<std::string>{"cds", "once"}));
    EXPECT_TRUE(optimum->warnings.empty());
}

RC_GTEST_PROP(SmallProblems, the_other_strand_has_the_same_optimum, ()) {
    NEEDS_TABLES
    auto json = random_problem();
    const auto constraints = json["constraints"];
    json["constraints"] = Json::array();
    for (const auto& constraint : constraints)
        if (constraint["kind"] == "translation" || (constraint["kind"] == "avoid" && !constraint.contains("strand")))
            json["constraints"].push_back(constraint);
    const auto sequence = json["sequence"].get<std::string>();
    auto turned = json;
    turned["sequence"] = seq::reverse_complement(sequence);
    const auto whole = "1.." + std::to_string(sequence.size());
    turned["constraints"][0]["location"] = "complement(" + whole + ")";
    for (auto& objective : turned["objectives"])
        if (objective["kind"] == "codon") objective["location"] = "complement(" + whole + ")";
    if (json.contains("left_flank")) {
        turned["left_flank"] = seq::reverse_complement(json["right_flank"].get<std::string>());
        turned["right_flank"] = seq::reverse_complement(json["left_flank"].get<std::string>());
    }
    RC_LOG() << json.dump() << '\n';
    const auto one = read_problem(json.dump(), "problem", {});
    const auto other = read_problem(turned.dump(), "problem", {});
    RC_ASSERT(one.has_value());
    RC_ASSERT(other.has_value());
    const auto a = optimise(*one, {}, Context());
    const auto b = optimise(*other, {}, Context());
    RC_ASSERT(a->status == b->status);
    const bool same_conflict = a->conflict == b->conflict;
    RC_ASSERT(same_conflict);
    if (a->objective) RC_ASSERT(std::abs(*a->objective - *b->objective) < 1e-9);
}

}  // namespace
}  // namespace leaven::dna
