// Designs on genomes made for one question each.
#include <gtest/gtest.h>

#include <leaven/core/random.hpp>
#include <leaven/crispr/design.hpp>
#include <leaven/crispr/operations.hpp>
#include <leaven/op/answer.hpp>

#include "coli.hpp"

namespace leaven::crispr {
namespace {

/// 3,000 random bases, some made the same on purpose, with features of the gene g.
Result<GenomeFile> strain_with(const std::vector<std::pair<std::string, std::string>>& features,
                               seq::Interval without_sites = {}) {
    seq::Record record;
    record.name = record.id = "c";
    Random random(5);
    std::string letters;
    for (int i = 0; i < 3'000; ++i) letters += "ACGT"[random.below(4)];
    for (auto i = without_sites.start; i < without_sites.end; ++i) letters[static_cast<std::size_t>(i)] = 'A';
    record.set_sequence({letters, {}, seq::Alphabet::dna});
    for (const auto& [type, where] : features) {
        seq::Feature feature{.type = type, .location = *seq::parse_location(where, 3'000, record.topology)};
        feature.qualifiers.push_back({.name = "gene", .value = "g"});
        record.features.push_back(feature);
    }
    const std::vector<seq::Record> records{record};
    return genome_of(records);
}

TEST(Design, activation_counts_from_the_start_of_transcription_where_it_is_known) {
    const auto file = strain_with({{"mRNA", "1501..2500"}, {"CDS", "1601..2200"}});
    const auto targets = find_targets({"g"}, *file);
    const auto designed =
        design_guides(*file, *targets, {.nuclease = cas9(), .mode = Mode::activation, .host = Host::yeast}, Context());
    ASSERT_FALSE(designed->front().guides.empty());
    EXPECT_TRUE(designed->front().warnings.empty());
    for (const auto& guide : designed->front().guides) {
        EXPECT_GE(guide.cut, 1'500 - 400);
        EXPECT_LE(guide.cut, 1'500 - 50);
    }
}

TEST(Design, another_reading_of_the_gene_is_no_neighbour) {
    const auto file = strain_with({{"CDS", "1001..2200"}, {"CDS", "1001..1600"}});
    const auto targets = find_targets({"g"}, *file);
    const auto knockouts = design_guides(*file, *targets, {.nuclease = cas9(), .per_target = 100}, Context());
    ASSERT_FALSE(knockouts->front().guides.empty());
    for (const auto& guide : knockouts->front().guides)
        for (const auto& reason : guide.reasons) EXPECT_EQ(reason.en.find("cuts through"), std::string::npos);
    const auto repressed = design_guides(*file, *targets, {.nuclease = cas9(), .mode = Mode::interference}, Context());
    EXPECT_TRUE(repressed->front().guides.front().outcome.polar.empty());
}

TEST(Design, a_deletion_with_guides_at_one_end_alone_is_warned_of) {
    const auto warned = [](seq::Interval without_sites) {
        const auto file = strain_with({{"CDS", "1001..2000"}}, without_sites);
        const auto designed =
            design_guides(*file, *find_targets({"g"}, *file), {.nuclease = cas9(), .deletion = true}, Context());
        EXPECT_FALSE(designed->front().guides.empty());
        std::string all;
        for (const auto& warning : designed->front().warnings) all += warning.en;
        return all;
    };
    EXPECT_EQ(warned({}), "");
    EXPECT_EQ(warned({970, 1'230}), "no guide cuts the 5' end: without it nothing is deleted");
    EXPECT_EQ(warned({1'770, 2'030}), "no guide cuts the 3' end: without it nothing is deleted");
}

TEST(Design, warnings_of_a_target_without_a_guide_are_told) {
    const auto all = operations();
    const auto* design = find_operation(all, "crispr", "design");
    const Json parameters{{"genome", LEAVEN_SOURCE_DIR "/data/crispr/strain.fna"},
                          {"annotation", LEAVEN_SOURCE_DIR "/data/crispr/strain.gff3"},
                          {"targets", {"ldhX"}},
                          {"essential", {"ldhX"}},
                          {"pam", "CCCCCCCCCCCC"}};
    Context context;
    const auto answer = design->run(parameters, context);
    ASSERT_TRUE(answer.has_value());
    const auto& result = answer->result;
    ASSERT_EQ(result["unserved"].size(), 1U);
    ASSERT_EQ(result["unserved"][0]["warnings"].size(), 1U);
    EXPECT_NE(result["unserved"][0]["warnings"][0].dump().find("ldhX is essential"), std::string::npos);
}

}  // namespace
}  // namespace leaven::crispr
