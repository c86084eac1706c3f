#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/verify.hpp>
#include <leaven/seq/edit.hpp>

#include "cloning_samples.hpp"
#include "error_rates.hpp"
#include "pair_aligner.hpp"

namespace leaven::dna {
namespace {

using testing::molecule;
using testing::other_strand;
using testing::random_dna;
using testing::turned;

VerifiedSample verify(const seq::Record& design, const SampleReads& sample, const VerifyOptions& options = {},
                      int threads = 1) {
    Context context;
    context.threads = threads;
    auto made = DesignCheck(design).verify(sample, options, context);
    EXPECT_TRUE(made.has_value());
    return made.value_or(VerifiedSample{});
}

/// A contig: all is known from one.
VerifiedSample verify(const seq::Record& design, const std::string& contig) {
    return verify(design, SampleReads{.name = "contig", .reads = {contig}, .finished = true});
}

TEST(Verify, oracle_of_simulated_reads) {
    LEAVEN_DATA_SET(folder, "dna/oracles/verify_a");
    const auto design = seq::read_document(folder / "design.gb")->records.front();
    const auto truth = testing::json_of(folder / "truth.json");
    EXPECT_EQ(truth.size(), 11U);
    for (const auto& one : truth) {
        const auto name = one["sample"].get<std::string>();
        const auto sample = read_sample(folder / (name + ".fastq.gz"));
        ASSERT_TRUE(sample.has_value()) << name;
        const auto made = verify(design, *sample);
        EXPECT_EQ(made.name, name);
        EXPECT_EQ(name_of(made.verdict), one["verdict"].get<std::string>()) << name;
        ASSERT_EQ(made.variants.size(), one["variants"].size()) << name;
        for (std::size_t i = 0; i < made.variants.size(); ++i) {
            const auto& expected = one["variants"][i];
            const auto& variant = made.variants[i];
            EXPECT_EQ(variant.position, expected["position"]) << name;
            if (expected.contains("ref")) {
                EXPECT_EQ(variant.ref, expected["ref"].get<std::string>()) << name;
            }
            if (expected.contains("alt")) {
                EXPECT_EQ(variant.alt, expected["alt"].get<std::string>()) << name;
            }
            if (expected.contains("ref_length")) {
                EXPECT_EQ(variant.ref.size(), expected["ref_length"]) << name;
            }
            if (expected.contains("alt_length")) {
                EXPECT_EQ(variant.alt.size(), expected["alt_length"]) << name;
            }
            EXPECT_EQ(variant.feature, expected["feature"].get<std::string>()) << name;
            EXPECT_EQ(variant.effect, expected["effect"].get<std::string>()) << name;
        }
    }
}

// The same reads on the same circle, begun elsewhere.
TEST(Verify, rotation_of_the_design_moves_positions_and_nothing_else) {
    LEAVEN_DATA_SET(folder, "dna/oracles/verify_a");
    const auto design = seq::read_document(folder / "design.gb")->records.front();
    for (const auto* name : {"s_deletion", "s_insertion", "s_frameshift", "s_mixed"}) {
        const auto sample = *read_sample(folder / (std::string(name) + ".fastq.gz"));
        const auto first = verify(design, sample);
        auto rotated = design;
        seq::rotate(rotated, 1400);
        const auto second = verify(rotated, sample);
        EXPECT_EQ(first.verdict, second.verdict) << name;
        ASSERT_EQ(second.variants.size(), 1U) << name;
        EXPECT_EQ((second.variants[0].position + 1400) % design.length, first.variants[0].position) << name;
        EXPECT_EQ(second.variants[0].ref, first.variants[0].ref) << name;
        EXPECT_EQ(second.variants[0].effect, first.variants[0].effect) << name;
    }
}

TEST(Verify, threads_do_not_matter_and_a_stop_is_heeded) {
    LEAVEN_DATA_SET(folder, "dna/oracles/verify_a");
    const auto design = seq::read_document(folder / "design.gb")->records.front();
    const auto sample = *read_sample(folder / "s_mixed.fastq.gz");
    const auto one = verify(design, sample);
    const auto four = verify(design, sample, {}, 4);
    EXPECT_EQ(one.depth, four.depth);
    EXPECT_EQ(one.identity, four.identity);
    Context context;
    context.stop();
    EXPECT_EQ(DesignCheck(design).verify(sample, {}, context).error().code, ErrorCode::cancelled);
}

RC_GTEST_PROP(Verify, a_contig_of_the_design_is_correct_on_any_strand_and_from_any_base, ()) {
    const auto letters = random_dna(200, 600);
    const auto design = molecule(letters, true);
    const auto turn = *rc::gen::inRange<std::size_t>(0, letters.size());
    const auto contig = turned(*rc::gen::arbitrary<bool>() ? letters : other_strand(letters), turn);
    const auto made = verify(design, contig);
    RC_ASSERT(made.verdict == CloneVerdict::correct);
    RC_ASSERT(made.variants.empty());
    RC_ASSERT(made.depth_min == 1);
    RC_ASSERT(made.identity == 1);
}

/// What is left when a change is made to a circle.
std::string with_change(std::string letters, std::int64_t position, std::size_t removed, const std::string& added) {
    letters = turned(letters, static_cast<std::size_t>(position));
    return turned(added + letters.substr(removed),
                  letters.size() - removed + added.size() - static_cast<std::size_t>(position) % letters.size());
}

// Whatever is called, applied to the design, gives the clone: judged by the canonical form of both circles.
RC_GTEST_PROP(Verify, the_change_that_is_called_makes_the_design_the_clone, ()) {
    const auto letters = random_dna(300, 500);
    const auto n = static_cast<std::int64_t>(letters.size());
    const auto position = *rc::gen::inRange<std::int64_t>(0, n);
    const auto removed = *rc::gen::element<std::size_t>(0, 1, 2, 7, 60);
    const auto added = removed == 1   ? std::string(1, *rc::gen::elementOf(std::string("ACGT")))
                       : removed == 0 ? random_dna(1, 80)
                                      : std::string();
    const auto clone = with_change(letters, position, removed, added);
    if (testing::canonical(clone, true) == testing::canonical(letters, true)) return;
    const auto turn = *rc::gen::inRange<std::size_t>(0, clone.size());
    // Twice round, so that the change is within and not at the ends of the contig.
    const auto contig = turned(*rc::gen::arbitrary<bool>() ? clone : other_strand(clone), turn);
    const auto made = verify(molecule(letters, true), contig + contig);
    RC_ASSERT(made.variants.size() == 1U);
    const auto& variant = made.variants.front();
    RC_ASSERT(variant.ref.size() == removed);
    const auto again = with_change(letters, variant.position, variant.ref.size(), variant.alt);
    RC_ASSERT(testing::canonical(again, true) == testing::canonical(clone, true));
    // As far left as it goes.
    const char before = letters[static_cast<std::size_t>((variant.position - 1 + n) % n)];
    if (variant.alt.empty()) RC_ASSERT(before != variant.ref.back());
    if (variant.ref.empty()) RC_ASSERT(before != variant.alt.back());
}

// The end of the insertion resembles what lies before it: "GTGATAC" and "GTCAATAC".
TEST(Verify, a_contig_that_ends_in_an_insertion_tells_nothing_beside_it) {
    const std::string letters =
        "CGCGCATGCTTCCTAAATCACCAGCTTCATACTTGCATCGTACGCAAGGTGGGTAGCATGCTTAGTACGGTTCTAC"
        "TCTGAACTTACTCTTCCGTGATCTCTCTTTGCCTAAGGATAAGCCTCAATAAGTTGCTGGTCAATACACCCTACGC"
        "TTCGGCAAGCTTGTTCCTCAGAGTTTATTACGAACAATAACCCATCACTCTCTGTAACGTGTAGGTTGGCCGTTGG"
        "AG";
    const auto clone = with_change(letters, 144, 0, "TTGACCTGTTATATCTTCCCCTTCTGGCTTCAACTCGTTGCCGTGATAC");
    for (std::size_t turn = 0; turn < clone.size(); ++turn) {
        const auto contig = turned(clone, turn);
        const auto made = verify(molecule(letters, true), contig + contig);
        ASSERT_EQ(made.variants.size(), 1U) << turn;
        EXPECT_EQ(made.variants.front().alt.size(), 49U) << turn;
        EXPECT_EQ(made.variants.front().fraction, 1) << turn;
    }
}

seq::Record with_features(const std::string& letters, const std::vector<std::array<std::string, 3>>& features) {
    auto record = molecule(letters, true);
    for (const auto& [type, place, label] : features) {
        seq::Feature feature{.type = type, .location = *seq::parse_location(place, record.length, record.topology)};
        feature.qualifiers.push_back({.name = "label", .value = label});
        feature.qualifiers.push_back({.name = "transl_table", .value = "11", .form = seq::Qualifier::Form::bare});
        record.features.push_back(std::move(feature));
    }
    return record;
}

// By hand: ATG AAA TGG CAT GGT TAA codes M K W H G.
TEST(Verify, effects_of_changes_in_a_short_gene) {
    const std::string around = "GCTAGTCCGATTACCGTAGGCATCTTGACCAGTTGCAATCGCCTGATACGGTTCAGCATAGCCTTGACGTAACTGGCA";
    const std::string gene = "ATGAAATGGCATGGTTAA";
    const auto letters = around + gene + other_strand(around).substr(3, 60);
    const auto n = static_cast<std::int64_t>(letters.size());
    const auto first = static_cast<std::int64_t>(around.size());
    const auto place = std::to_string(first + 1) + ".." + std::to_string(first + 18);
    const auto check = [&](std::int64_t offset, std::size_t removed, const std::string& added,
                           const std::string& effect, CloneVerdict verdict) {
        for (const bool turned_round : {false, true})
            for (const std::size_t turn : {0, 5, 90}) {  // 90: the gene lies over the origin
                auto design = with_features(letters, {{{"CDS", place, "g"}, {"promoter", "1..20", "p"}}});
                const auto clone = with_change(letters, (first + offset + n) % n, removed, added);
                if (turned_round) seq::reverse(design);
                seq::rotate(design, static_cast<std::int64_t>(turn));
                const auto made = verify(design, clone + clone);
                ASSERT_EQ(made.variants.size(), 1U) << effect;
                EXPECT_EQ(made.variants[0].effect, effect) << offset;
                EXPECT_EQ(made.verdict, verdict) << effect;
                EXPECT_EQ(made.features[0].verdict,
                          effect == "noncoding" || effect == "intergenic" ? CloneVerdict::correct : verdict);
            }
    };
    check(5, 1, "G", "synonymous", CloneVerdict::silent);  // AAA to AAG
    check(4, 1, "T", "missense", CloneVerdict::wrong);     // AAA to ATA
    check(8, 1, "A", "nonsense", CloneVerdict::wrong);     // TGG to TGA
    check(17, 1, "T", "missense", CloneVerdict::wrong);    // the stop is lost
    check(0, 1, "G", "synonymous", CloneVerdict::silent);  // GTG starts as well, code 11
    check(1, 1, "C", "missense", CloneVerdict::wrong);     // ACG does not
    check(9, 1, "", "frameshift", CloneVerdict::wrong);
    check(9, 0, "GATC", "frameshift", CloneVerdict::wrong);
    check(9, 3, "", "inframe", CloneVerdict::wrong);
    check(-first + 10, 1, letters[10] == 'A' ? "C" : "A", "noncoding", CloneVerdict::wrong);
    check(-20, 1, letters[static_cast<std::size_t>(first) - 20] == 'A' ? "C" : "A", "intergenic", CloneVerdict::minor);
}

/// Reads with errors of one kind at given places alone.
SampleReads sample_of(const std::string& letters, std::size_t count, std::size_t changed, std::size_t at) {
    SampleReads sample{.name = "s"};
    for (std::size_t i = 0; i < count; ++i) {
        auto read = letters;
        if (i < changed) read[at] = read[at] == 'A' ? 'C' : 'A';
        sample.reads.push_back(i % 2 == 0 ? read : other_strand(read));
    }
    return sample;
}

TEST(Verify, an_uncertain_letter_of_the_design_takes_what_it_stands_for) {
    auto letters = testing::drawn_dna(600, 9);
    letters[300] = 'R';
    const auto design = molecule(letters, false, "barcode");
    const auto with = [&](char base) {
        auto clone = letters;
        clone[300] = base;
        return verify(design, clone).verdict;
    };
    EXPECT_EQ(with('A'), CloneVerdict::correct);
    EXPECT_EQ(with('G'), CloneVerdict::correct);
    EXPECT_EQ(with('C'), CloneVerdict::wrong);
}

TEST(Verify, shares_of_reads_decide_between_correct_mixed_and_wrong) {
    const auto letters = testing::drawn_dna(400, 7);
    const auto design = with_features(letters, {{{"promoter", "150..250", "p"}}});
    const auto verdict = [&](std::size_t changed) {
        return verify(design, sample_of(letters, 40, changed, 200)).verdict;
    };
    EXPECT_EQ(verdict(0), CloneVerdict::correct);
    EXPECT_EQ(verdict(7), CloneVerdict::correct);  // below a fifth
    EXPECT_EQ(verdict(8), CloneVerdict::mixed);
    EXPECT_EQ(verdict(32), CloneVerdict::mixed);
    EXPECT_EQ(verdict(33), CloneVerdict::wrong);
    EXPECT_EQ(verify(design, sample_of(letters, 4, 0, 0)).verdict, CloneVerdict::incomplete);
    auto strangers = sample_of(other_strand(turned(letters, 1)), 10, 0, 0);
    for (auto& read : strangers.reads) std::reverse(read.begin(), read.end());
    EXPECT_EQ(verify(design, strangers).verdict, CloneVerdict::absent);
}

/// The best score by trying every gap length: slow, and from the definition.
int best_score(const std::string& a, const std::string& b) {
    const auto gap = [](int k) { return -std::min(4 + 2 * k, 24 + k); };
    std::vector<std::vector<int>> best(a.size() + 1, std::vector<int>(b.size() + 1, -1'000'000));
    best[0][0] = 0;
    for (std::size_t i = 0; i <= a.size(); ++i)
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i > 0 && j > 0) best[i][j] = std::max(best[i][j], best[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 2 : -4));
            for (std::size_t k = 1; k <= i; ++k)
                best[i][j] = std::max(best[i][j], best[i - k][j] + gap(static_cast<int>(k)));
            for (std::size_t k = 1; k <= j; ++k)
                best[i][j] = std::max(best[i][j], best[i][j - k] + gap(static_cast<int>(k)));
        }
    return best[a.size()][b.size()];
}

int score_of(const Columns& columns) {
    int sum = 0;
    int run = 0;
    for (std::size_t k = 0; k < columns.read.size(); ++k) {
        const bool in_read = columns.read[k] == '-';
        if (!in_read && columns.design[k] != '-') {
            sum += columns.read[k] == columns.design[k] ? 2 : -4;
            run = 0;
            continue;
        }
        const bool goes_on = run > 0 && (columns.read[k - 1] == '-') == in_read;
        if (goes_on) sum += std::min(4 + 2 * run, 24 + run);
        run = goes_on ? run + 1 : 1;
        sum -= std::min(4 + 2 * run, 24 + run);
    }
    return sum;
}

RC_GTEST_PROP(Verify, no_alignment_is_better_than_the_one_that_is_found, ()) {
    const auto a = random_dna(0, 40, "AC");
    const auto b =
        *rc::gen::arbitrary<bool>() ? random_dna(0, 40, "ACG") : a.substr(0, a.size() / 3) + a.substr(a.size() / 2);
    PairAligner aligner;
    const auto columns = aligner.align(a, b);
    RC_ASSERT(score_of(columns) == best_score(a, b));
    const auto bare = [](std::string text) {
        std::erase(text, '-');
        return text;
    };
    RC_ASSERT(bare(columns.design) == a);
    RC_ASSERT(bare(columns.read) == b);
    auto shifted = columns;
    shift_gaps_left(shifted);
    RC_ASSERT(bare(shifted.design) == a);
    RC_ASSERT(bare(shifted.read) == b);
}

RC_GTEST_PROP(Verify, chance_is_the_upper_tail_of_the_binomial, ()) {
    const auto depth = *rc::gen::inRange<std::int64_t>(1, 30);
    const auto count = *rc::gen::inRange<std::int64_t>(1, depth + 1);
    const auto rate = *rc::gen::inRange(1, 200) / 1000.0;
    double sum = 0;
    for (auto k = count; k <= depth; ++k) {
        double ways = 1;
        for (std::int64_t i = 0; i < k; ++i) ways = ways * static_cast<double>(depth - i) / static_cast<double>(i + 1);
        sum += ways * std::pow(rate, static_cast<double>(k)) * std::pow(1 - rate, static_cast<double>(depth - k));
    }
    const auto chance = chance_of(count, depth, rate);
    RC_ASSERT(chance == 1 || std::abs(chance - sum) <= 1e-9 * sum);
    if (chance == 1) RC_ASSERT(static_cast<double>(count) <= rate * static_cast<double>(depth) + 1e-12);
}

}  // namespace
}  // namespace leaven::dna
