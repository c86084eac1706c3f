#include <cmath>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include <leaven/dna/fold.hpp>
#include <leaven/dna/rbs_design.hpp>
#include <leaven/seq/read.hpp>
#include <leaven/seq/sequence.hpp>

#include "data_sets.hpp"

namespace leaven::dna {
namespace {

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    const auto n = static_cast<double>(a.size());
    double mean_a = 0;
    double mean_b = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        mean_a += a[k] / n;
        mean_b += b[k] / n;
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t k = 0; k < a.size(); ++k) {
        ab += (a[k] - mean_a) * (b[k] - mean_b);
        aa += (a[k] - mean_a) * (a[k] - mean_a);
        bb += (b[k] - mean_b) * (b[k] - mean_b);
    }
    return ab / std::sqrt(aa * bb);
}

/// The rows of a packed table of comma-separated values without quotes.
std::vector<std::vector<std::string>> unpacked_rows(const std::filesystem::path& path) {
    std::vector<std::vector<std::string>> rows;
    gzFile file = gzopen(path.c_str(), "rb");
    char line[4096];
    gzgets(file, line, sizeof line);
    while (gzgets(file, line, sizeof line) != nullptr) {
        std::vector<std::string> columns;
        std::istringstream words(line);
        for (std::string word; std::getline(words, word, ',');) columns.push_back(word);
        rows.push_back(columns);
    }
    gzclose(file);
    return rows;
}

TEST(Rbs, orders_the_measured_sites_of_Salis_2009) {
    LEAVEN_DATA_SET(path, "dna/rna/ostir_salis2009.csv.gz");
    auto predictor = *RbsPredictor::with({});
    std::vector<double> minus_total;
    std::vector<double> log_measured;
    std::vector<double> without_spacing;
    std::vector<double> theirs;
    for (const auto& row : unpacked_rows(path)) {
        if (row[0] != "1" && row[0] != "2" && row[0] != "3") continue;
        const auto start = row[1].find("ATGGCGAGC");
        const auto site = predictor.at_start(row[1], static_cast<std::int64_t>(start), Context());
        ASSERT_TRUE(site.has_value());
        minus_total.push_back(-site->dg_total_kcal);
        log_measured.push_back(std::log(std::stod(row[3])));
        without_spacing.push_back(site->dg_total_kcal - site->dg_spacing_kcal);
        theirs.push_back(std::stod(row[7]));
    }
    ASSERT_EQ(minus_total.size(), 70U);
    std::printf("r with ln(fluorescence) %.3f, with the peer's energy %.3f\n", correlation(minus_total, log_measured),
                correlation(without_spacing, theirs));
    EXPECT_GE(correlation(minus_total, log_measured), 0.70);
    EXPECT_GE(correlation(without_spacing, theirs), 0.90);
}

std::string any_bases(std::size_t length) {
    std::string letters(length, 'A');
    for (auto& c : letters) c = *rc::gen::element('A', 'C', 'G', 'T');
    return letters;
}

RC_GTEST_PROP(Rbs, the_total_is_the_sum_of_its_parts, ()) {
    const auto before = any_bases(*rc::gen::inRange<std::size_t>(0, 50));
    const auto mrna = before + "ATG" + any_bases(40);
    auto predictor = *RbsPredictor::with({});
    const auto site = *predictor.at_start(mrna, static_cast<std::int64_t>(before.size()), Context());
    const double sum =
        site.dg_mrna_rrna_kcal + site.dg_start_kcal + site.dg_spacing_kcal - site.dg_standby_kcal - site.dg_mrna_kcal;
    RC_ASSERT(std::abs(site.dg_total_kcal - sum) < 1e-9);
    RC_ASSERT(std::abs(site.rate - rate_of_energy(site.dg_total_kcal)) < 1e-9 * site.rate);
    RC_ASSERT(std::abs(energy_of_rate(site.rate) - site.dg_total_kcal) < 1e-9);
    RC_ASSERT(site.dg_standby_kcal <= 0);
    RC_ASSERT(site.dg_mrna_kcal <= 0);
}

RC_GTEST_PROP(Rbs, bases_far_from_the_start_do_not_matter, ()) {
    const auto near = any_bases(35) + "ATG" + any_bases(32);
    auto predictor = *RbsPredictor::with({});
    const auto alone = *predictor.at_start(near, 35, Context());
    const auto far = any_bases(*rc::gen::inRange<std::size_t>(0, 40));
    const auto within =
        *predictor.at_start(far + near + any_bases(20), static_cast<std::int64_t>(far.size()) + 35, Context());
    RC_ASSERT(alone.dg_total_kcal == within.dg_total_kcal);
}

RC_GTEST_PROP(Rbs, no_binding_is_better_than_free_folding_of_both_strands, ()) {
    const auto before = any_bases(30);
    auto predictor = *RbsPredictor::with({});
    const auto site = *predictor.at_start(before + "ATG" + any_bases(35), 30, Context());
    const auto model = *EnergyModel::at({.dangles = 0});
    const double together = fold(before + "&ACCUCCUUA", model, Context())->mfe_kcal;
    if (site.spacing) RC_ASSERT(site.dg_mrna_rrna_kcal >= together - 1e-9);
}

TEST(Rbs, spacing_is_counted_to_the_face_of_the_tail) {
    // UAAGGAGGU faces ACCUCCUUA base by base: as many bases lie between as stand after it.
    auto predictor = *RbsPredictor::with({});
    const auto site = predictor.at_start("TTTTTAAGGAGGTAAAAAATGTTTTTTTTTTTT", 18, Context());
    ASSERT_TRUE(site.has_value());
    EXPECT_EQ(site->spacing, 5);
    EXPECT_EQ(spacing_penalty_kcal(5), 0);
    EXPECT_NEAR(spacing_penalty_kcal(7), 0.048 * 4 + 0.24 * 2, 1e-12);
    EXPECT_NEAR(spacing_penalty_kcal(0), 12.2, 0.03);
}

TEST(Rbs, starts_of_MG1655_bind_the_ribosome) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto document = seq::read_document(path);
    ASSERT_TRUE(document.has_value());
    const auto& record = document->records.front();
    auto predictor = *RbsPredictor::with({});
    std::size_t sites = 0;
    double leaders = 0;  // mean energy of the genes' starts, against the same distance downstream
    for (const auto& feature : record.features) {
        if (feature.type != "CDS" || seq::strand_of(feature.location) != seq::Strand::forward) continue;
        const auto start = seq::pieces_of(feature.location, record.length, record.topology).front().at.start;
        const auto around = seq::letters_at(record.sequence.letters, {start - 35, start + 35});
        if (const auto site = predictor.at_start(around, 35, Context())) {
            ++sites;
            leaders += site->dg_mrna_rrna_kcal;
        }
        if (sites == 300) break;
    }
    EXPECT_EQ(sites, 300U);
    EXPECT_LT(leaders / 300, -3);
}

TEST(RbsDesign, meets_its_target_without_a_start_of_its_own) {
    const RbsGoal goal{
        .upstream = "GGGCCC", .cds = "ATGGCTAGCAAAGGAGAAGAACTTTTCACTGGAGTT", .min_rate = 1000, .max_rate = 1000};
    const auto made = design_rbs(goal, Context());
    ASSERT_TRUE(made.has_value());
    ASSERT_EQ(made->designs.size(), 1U);
    const auto& design = made->designs.front();
    EXPECT_NEAR(design.rate, 1000, 100);
    EXPECT_EQ(made->coverage, 1);
    EXPECT_EQ((goal.upstream + design.sequence + "AT").find("ATG"), std::string::npos);
    auto predictor = *RbsPredictor::with({});
    const auto again = predictor.at_start(goal.upstream + design.sequence + goal.cds, 6 + 25, Context());
    EXPECT_EQ(again->rate, design.rate);
}

TEST(RbsDesign, a_library_is_the_same_for_any_number_of_threads) {
    const RbsGoal goal{.cds = "ATGGCTAGCAAAGGAGAAGAACTTTTCACTGGAGTT", .min_rate = 10, .max_rate = 10000, .size = 6};
    Context one;
    one.seed = 7;
    Context two;
    two.seed = 7;
    two.threads = 2;
    const auto a = design_rbs(goal, one);
    const auto b = design_rbs(goal, two);
    ASSERT_TRUE(a.has_value() && b.has_value());
    for (std::size_t k = 0; k < a->designs.size(); ++k) EXPECT_EQ(a->designs[k].sequence, b->designs[k].sequence);
    EXPECT_EQ(a->degenerate, b->degenerate);
    EXPECT_GT(a->coverage, 0.6);
}

TEST(Rbs, bad_input_is_said) {
    auto predictor = *RbsPredictor::with({});
    EXPECT_EQ(predictor.at_start("AAAACGAAA", 3, Context()).error().where, "start");
    EXPECT_EQ(predictor.at_start("ATG", 1, Context()).error().where, "start");
    EXPECT_EQ(predictor.at_start("ATG", -1, Context()).error().where, "start");
    EXPECT_TRUE(predictor.at_start("ATG", 0, Context()).has_value());
    EXPECT_EQ(RbsPredictor::with({.anti_sd = "AC"}).error().where, "anti_sd");
    EXPECT_EQ(RbsPredictor::with({.anti_sd = "ACNNCCUUA"}).error().where, "anti_sd");
    EXPECT_EQ(design_rbs({.cds = "ATG", .length = 3}, Context()).error().where, "length");
    EXPECT_EQ(design_rbs({.cds = "ATG", .min_rate = 5, .max_rate = 1}, Context()).error().where, "min");
    EXPECT_EQ(design_rbs({.cds = "CCC"}, Context()).error().where, "start");
}

}  // namespace
}  // namespace leaven::dna
