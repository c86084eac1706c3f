// Damaged files of the module's own formats: each is read or refused with its place, never a crash.
//
// Each reader gets 1,000; LEAVEN_FUZZ=100 makes them 100,000.
#include <gtest/gtest.h>

#include <leaven/dna/codon_table.hpp>
#include <leaven/dna/evaluate.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/dna/plan.hpp>
#include <leaven/dna/problem.hpp>
#include <leaven/seq/genetic_code.hpp>

#include "damaged.hpp"

namespace leaven::dna {
namespace {

template <class Read>
void fuzz(const std::string& original, Read read) {
    std::mt19937_64 random(20261121);
    int whole = 0;
    for (int i = 0; i < leaven::testing::fuzz_rounds(1000) && !::testing::Test::HasFailure(); ++i) {
        const auto text = leaven::testing::damaged(original, random);
        const auto result = read(text);
        whole += result ? 1 : 0;
        if (result) continue;
        EXPECT_FALSE(result.error().message.en.empty()) << text;
        EXPECT_FALSE(result.error().message.zh.empty()) << text;
        EXPECT_FALSE(result.error().where.empty()) << text;
    }
    EXPECT_GT(whole, 0);
}

const std::string problem = R"({"sequence": "ATGAAATTTGGTCTCGGCACCTGGTGCTAA", "topology": "linear",
 "left_flank": "GCGGCCGC", "right_flank": "GGTACC", "constraints": [
  {"id": "protein", "kind": "translation", "location": "1..30", "protein": "MKFGLGTWC*", "table": 11},
  {"id": "start", "kind": "keep", "location": "1..3"},
  {"id": "bsai", "kind": "avoid", "pattern": "BsaI", "strand": "both"},
  {"id": "expression", "kind": "avoid", "pattern": "/A{4,6}|(GC)+T/"},
  {"id": "site", "kind": "require", "pattern": "GGYACC", "count": 1},
  {"id": "gc", "kind": "gc", "min": 0.2, "max": 0.8, "window": 12},
  {"id": "runs", "kind": "homopolymer", "max": {"A": 6, "C": 5, "G": 5, "T": 6}},
  {"id": "repeat", "kind": "repeat", "k": 9, "strand": "both"},
  {"id": "hairpin", "kind": "hairpin", "stem": 6, "span": 20},
  {"id": "tm", "kind": "melting", "min": 20, "max": 90}],
 "objectives": [{"id": "gc50", "kind": "gc", "target": 0.5, "weight": 2},
  {"id": "few", "kind": "change", "weight": 1}]})";

TEST(Readers, damaged_problems_never_crash) {
    fuzz(problem, [](const std::string& text) -> Status {
        const auto read = read_problem(text, "p.json", {});
        if (!read) return pass(read);
        if (read->start.empty()) return {};
        const auto verdict = evaluate(*read, read->start, Context());
        return verdict ? Status() : pass(verdict);
    });
}

TEST(Readers, damaged_codon_tables_never_crash) {
    const auto amino_acids = amino_acids_of(seq::genetic_code(11).value());
    const std::string letters = "TCAG";
    std::string table = "codon\taa\tcount\n";
    for (int i = 0; i < 64; ++i) {
        const std::string codon{letters[i >> 4], letters[(i >> 2) & 3], letters[i & 3]};
        table += codon + "\t" + amino_acids[*codon_of(codon)] + "\t" + std::to_string(1 + i * 7 % 11) + "\n";
    }
    fuzz(table, [&](const std::string& text) { return read_codon_table(text, "t.tsv", amino_acids); });
}

TEST(Readers, damaged_ligation_tables_never_crash) {
    const std::string letters = "ACGT";
    std::string head = "Overhang";
    std::string rows;
    for (int row = 0; row < 256; ++row) {
        std::string name;
        for (int place = 6; place >= 0; place -= 2) name += letters[(row >> place) & 3];
        head += "," + name;
        rows += name;
        for (int column = 0; column < 256; ++column) rows += "," + std::to_string(row * column % 9);
        rows += "\n";
    }
    fuzz(head + "\n" + rows, [](const std::string& text) { return Ligation::read(text, "t.csv"); });
}

TEST(Readers, damaged_targets_never_crash) {
    const std::vector<std::string> parts{"pA", "pB", "rbs1", "gene", "t1", "vector"};
    fuzz("x=pA,pB;rbs1;gene;t1;vector | y = pB;gene,rbs1;vector",
         [&](const std::string& text) { return read_targets(text, parts); });
}

}  // namespace
}  // namespace leaven::dna
