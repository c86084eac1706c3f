// Problem files, annotated records, and single rules.
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/dna/codons.hpp>
#include <leaven/dna/optimise.hpp>
#include <leaven/op/json.hpp>
#include <leaven/seq/read.hpp>

#include "data_sets.hpp"

namespace leaven::dna {
namespace {

Result<Problem> read(const std::string& json) { return read_problem(json, "p.json", {}); }

Optimum solved(const std::string& json) {
    const auto problem = read(json);
    EXPECT_TRUE(problem.has_value()) << problem.error().message.en << ' ' << problem.error().where;
    auto optimum = optimise(*problem, {}, Context());
    EXPECT_TRUE(optimum.has_value()) << optimum.error().message.en;
    return *std::move(optimum);
}

struct Fault {
    std::string json;
    std::string where;
    std::string hint;
};

TEST(Problem, faults_name_the_field_and_what_may_stand_there) {
    const std::string head = R"({"sequence": "ATGAAATTTGGGTAA", "constraints": [)";
    const std::array<Fault, 9> faults{{
        {head + R"({"id": "a", "kind": "avoyd", "pattern": "GG"}]})", "p.json: constraints[0].kind", "avoid"},
        {head + R"({"id": "a", "kind": "avoid", "patern": "GG"}]})", "p.json: constraints[0].pattern", ""},
        {head + R"({"id": "a", "kind": "avoid", "pattern": "GG", "starnd": "+"}]})", "p.json: constraints[0].starnd",
         "strand"},
        {head + R"({"id": "a", "kind": "gc", "min": 1.5}]})", "p.json: constraints[0].min", ""},
        {head + R"({"id": "a", "kind": "gc", "min": 0.6, "max": 0.5}]})", "p.json: constraints[0].min", ""},
        {head + R"({"id": "a", "kind": "keep", "location": "3..99"}]})", "p.json: constraints[0].location", ""},
        {head + R"({"id": "a", "kind": "keep"}, {"id": "a", "kind": "keep"}]})", "p.json: constraints[1].id", ""},
        {R"({"sequence": "ATGJ"})", "p.json: sequence, letter 4", ""},
        {R"({"sequence": "ATG", "protein": "M"})", "p.json", ""},
    }};
    for (const auto& fault : faults) {
        const auto problem = read(fault.json);
        ASSERT_FALSE(problem.has_value()) << fault.json;
        EXPECT_EQ(problem.error().code, ErrorCode::bad_input) << fault.json;
        EXPECT_EQ(problem.error().where, fault.where);
        EXPECT_NE(problem.error().hint.en.find(fault.hint), std::string::npos) << problem.error().hint.en;
        EXPECT_FALSE(problem.error().message.zh.empty());
    }
    EXPECT_EQ(read("{\n\"sequence\": \"ATG\",\n]").error().where, "p.json, line 3");
}

TEST(Optimise, a_site_over_the_join_of_a_circle_goes) {
    // GGTCTC lies over the origin: ...GGT | CTC...
    const std::string circle = R"({"sequence": "CTCAAATTTAAATTTGGT", "topology": "circular",
        "constraints": [{"id": "cds", "kind": "translation"}, {"id": "site", "kind": "avoid", "pattern": "GGTCTC"}],
        "objectives": [{"id": "near", "kind": "change"}]})";
    const auto optimum = solved(circle);
    EXPECT_EQ(optimum.status, Optimum::Status::optimal);
    EXPECT_EQ(*optimum.objective, -1);
}

TEST(Optimise, a_flank_is_looked_into_and_left_alone) {
    const auto optimum = solved(R"({"sequence": "CTCAAA", "left_flank": "AAGGT", "right_flank": "AAA",
        "constraints": [{"id": "cds", "kind": "translation"}, {"id": "site", "kind": "avoid", "pattern": "GGTCTC"},
                        {"id": "runs", "kind": "homopolymer", "max": {"A": 5}}],
        "objectives": [{"id": "near", "kind": "change"}]})");
    EXPECT_EQ(*optimum.objective, -2);
    EXPECT_EQ(optimum.sequence.substr(3), "AAG");
}

TEST(Optimise, without_objectives_bases_stay_where_they_can) {
    const auto optimum = solved(R"({"sequence": "ATGAAAGGTCTCTTTAAATAG",
        "constraints": [{"id": "site", "kind": "avoid", "pattern": "GGTCTC"}]})");
    EXPECT_EQ(optimum.status, Optimum::Status::optimal);
    EXPECT_EQ(optimum.changes.size(), 1U);
}

TEST(Optimise, a_cancelled_run_says_so) {
    const auto problem = read(R"({"sequence": "ATGAAA", "constraints": [{"id": "cds", "kind": "translation"}]})");
    Context context;
    context.stop();
    const auto optimum = optimise(*problem, {}, context);
    ASSERT_FALSE(optimum.has_value());
    EXPECT_EQ(optimum.error().code, ErrorCode::cancelled);
}

TEST(Optimise, the_number_of_threads_and_the_seed_leave_a_proven_answer_alone) {
    LEAVEN_DATA_SET(table, "dna/tables/codon/e_coli_316407.csv");
    const auto problem = read(R"({"protein": "MKLVRRSSTGGHHLLAAPPQQWYV", "constraints": [
        {"id": "site", "kind": "avoid", "pattern": "GGTCTC"},
        {"id": "twice", "kind": "repeat", "k": 12}],
        "objectives": [{"id": "codons", "kind": "codon", "method": "match", "table": "e_coli_316407"}]})");
    Context four;
    four.threads = 4;
    const auto one = optimise(*problem, {}, Context());
    const auto other = optimise(*problem, {}, four);
    EXPECT_EQ(one->sequence, other->sequence);
    EXPECT_NEAR(*one->objective, *optimise(*problem, {.seed = 7}, Context())->objective, 1e-9);
}

TEST(Optimise, an_annotated_plasmid_keeps_what_is_not_coding) {
    LEAVEN_DATA_SET(file, "dna/plasmids/pydna_pBR322.gb");
    LEAVEN_DATA_SET(table, "dna/tables/codon/e_coli_316407.csv");
    const auto problem = load_problem(file.string(), "e_coli_316407");
    ASSERT_TRUE(problem.has_value()) << problem.error().message.en;
    EXPECT_TRUE(problem->circular());
    const auto optimum = optimise(*problem, {}, Context());
    ASSERT_TRUE(optimum.has_value()) << optimum.error().message.en;
    EXPECT_EQ(optimum->status, Optimum::Status::optimal);
    EXPECT_TRUE(evaluate(*problem, optimum->sequence, Context())->pass);
    for (const auto& objective : optimum->objectives) EXPECT_NEAR(*objective.value, 1, 1e-12);
}

TEST(Optimise, words_of_another_sequence_are_left_out) {
    const auto folder = std::filesystem::path(::testing::TempDir());
    const auto file = folder / "foreign.fasta";
    ASSERT_TRUE(write_file(file, ">f\nATGAAATTTGGGTAA\n").has_value());
    const auto optimum = solved(R"({"sequence": "ATGAAATTTGGGTAA", "constraints": [
        {"id": "cds", "kind": "translation"}, {"id": "foreign", "kind": "no_match", "file": ")" +
                                file.string() + R"(", "k": 6}], "objectives": [{"id": "near", "kind": "change"}]})");
    EXPECT_EQ(optimum.status, Optimum::Status::optimal);
    // By hand: ATGAAA, AAATTT, TTTGGG and GGGTAA have to be broken; one change of Phe (TTC) and one of Lys or the stop.
    EXPECT_LE(*optimum.objective, -2);
}

TEST(Optimise, a_circle_is_rid_of_the_words_of_another_sequence) {
    // TTCGA lies once in the circle; by hand TTT for TTC is enough.
    const auto file = std::filesystem::path(::testing::TempDir()) / "word.fasta";
    ASSERT_TRUE(write_file(file, ">f\nTTCGA\n").has_value());
    const auto optimum = solved(R"({"sequence": "ATGAATTTCGACTTT", "topology": "circular", "constraints": [
        {"id": "cds", "kind": "translation", "location": "1..15"},
        {"id": "foreign", "kind": "no_match", "k": 5, "file": ")" +
                                file.string() + R"("}], "objectives": [{"id": "near", "kind": "change"}]})");
    EXPECT_EQ(optimum.status, Optimum::Status::optimal);
    EXPECT_EQ(*optimum.objective, -1);
}

seq::Record labelled(const std::string& label) {
    seq::Record record;
    record.id = "labelled";
    record.set_sequence({"ATGAAATTTGGGTAA", {}, seq::Alphabet::dna});
    seq::Feature feature{.type = "misc_feature"};
    feature.location = *seq::parse_location("1..15", 15, seq::Topology::linear);
    feature.qualifiers.push_back({.name = "label", .value = label});
    record.features.push_back(feature);
    return record;
}

TEST(Problem, numbers_of_labels_are_checked_as_those_of_fields) {
    for (const char* label :
         {"@gc(10-90%, window=-500000)", "@gc(nan-90%)", "@gc(some)", "@gc(mini=-0.5)", "@gc(40-60%, window=5.5)",
          "@all_unique_kmers(k=0)", "@all_unique_kmers(k=99999999999999999999)", "@all_unique_kmers(nan)",
          "@no_hairpins(stem_size=1)", "@no_hairpins(hairpin_window=-1)", "~gc(-inf)"}) {
        const auto problem = problem_of_record(labelled(label), "");
        ASSERT_FALSE(problem.has_value()) << label;
        EXPECT_EQ(problem.error().code, ErrorCode::bad_input) << label;
        EXPECT_NE(problem.error().where.find("labelled: misc_feature 1..15"), std::string::npos);
    }
    const auto problem = problem_of_record(labelled("@gc(40-60%, window=5) & @all_unique_kmers(8)"), "");
    ASSERT_TRUE(problem.has_value()) << problem.error().message.en;
    EXPECT_EQ(std::get<GcRange>(problem->constraints[0].rules[0]).window, 5);
    EXPECT_EQ(std::get<Repeat>(problem->constraints[1].rules[0]).k, 8);
}

TEST(Evaluate, each_rule_of_a_synthesis_set_is_judged) {
    LEAVEN_DATA_SET(rules, "dna/tables/synthesis_rules.json");
    seq::Record record;
    record.id = "poly";
    record.set_sequence({std::string(400, 'A'), {}, seq::Alphabet::dna});
    const auto problem = problem_of_rules(record, "linear-fragment-1800");
    ASSERT_TRUE(problem.has_value()) << problem.error().message.en;
    const auto judged = evaluate(*problem, problem->start, Context());
    EXPECT_FALSE(judged->pass);
    EXPECT_EQ(problem_of_rules(record, "linear-fragment-180").error().code, ErrorCode::bad_input);
}

TEST(Codons, effective_number_is_20_where_each_amino_acid_has_one_codon_and_61_where_all_are_even) {
    const auto amino_acids = amino_acids_of(*seq::genetic_code(11));
    std::vector<Codon> single;
    std::vector<Codon> even;
    std::string seen;
    for (unsigned c = 0; c < codon_count; ++c) {
        if (amino_acids[c] == '*') continue;
        for (int i = 0; i < 50; ++i) even.push_back(static_cast<Codon>(c));
        if (seen.find(amino_acids[c]) != std::string::npos) continue;
        seen.push_back(amino_acids[c]);
        for (int i = 0; i < 10; ++i) single.push_back(static_cast<Codon>(c));
    }
    EXPECT_NEAR(*effective_number(single, amino_acids), 20, 1e-12);
    EXPECT_NEAR(*effective_number(even, amino_acids), 61, 1e-9);
}

TEST(Codons, trna_weights_follow_the_wobble_rules) {
    // By hand, dos Reis 2004: two GCC-anticodon genes of Gly read GGC in full and GGU at 1 - 0.41.
    std::array<std::int64_t, codon_count> genes{};
    genes[*codon_of("GGC")] = 2;
    const auto weights = tai_weights(genes, amino_acids_of(*seq::genetic_code(11)));
    EXPECT_NEAR(weights[*codon_of("GGC")], 1, 1e-12);
    EXPECT_NEAR(weights[*codon_of("GGT")], 0.59, 1e-12);
    EXPECT_EQ(weights[*codon_of("TAA")], 0);
}

}  // namespace
}  // namespace leaven::dna
