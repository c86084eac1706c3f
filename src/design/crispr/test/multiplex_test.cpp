// Arrays of guides: their parts are put together by the simulation of assemblies, which knows nothing of arrays.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/crispr/multiplex.hpp>
#include <leaven/dna/assembly.hpp>
#include <leaven/seq/sequence.hpp>

#include "data_sets.hpp"

namespace leaven::crispr {
namespace {

const seq::Enzyme& bsai() {
    static const seq::Enzyme enzyme{.name = "BsaI", .site = "GGTCTC", .cuts = {{7, 11}}};
    return enzyme;
}

MultiplexOptions options_for(Architecture architecture, std::size_t nuclease) {
    return {.architecture = architecture,
            .nuclease = nucleases()[nuclease],
            .enzyme = bsai(),
            .left_overhang = "GGCA",
            .right_overhang = "GCTT"};
}

dna::Assembly joined(const GuideArray& array, const dna::Ligation& ligation) {
    std::vector<seq::Record> records;
    for (const auto& part : array.parts) {
        seq::Record record;
        record.name = record.id = part.name;
        record.set_sequence({part.sequence, {}, seq::Alphabet::dna});
        records.push_back(std::move(record));
    }
    const dna::AssemblyOptions options{.method = dna::Method::golden_gate,
                                       .enzymes = {bsai()},
                                       .shape = dna::Shape::any,
                                       .max_parts = 13,
                                       .ligation = &ligation};
    return *dna::assemble(records, options, Context());
}

std::vector<std::string> random_guides(std::size_t count, std::size_t size) {
    std::set<std::string> guides;
    while (guides.size() < count) {
        auto guide = *rc::gen::container<std::string>(size, rc::gen::elementOf(std::string("ACGT")));
        const auto beside = "TTTCTACTGCA" + guide + "GTTTTAGAGC";
        if (beside.find("GGTCTC") == std::string::npos && beside.find("GAGACC") == std::string::npos)
            guides.insert(std::move(guide));
    }
    return {guides.begin(), guides.end()};
}

struct Kind {
    Architecture architecture;
    std::size_t nuclease;
    std::size_t spacer;
};
const std::vector<Kind> kinds{{Architecture::trna, 0, 20},      {Architecture::repeat, 0, 20},
                              {Architecture::promoters, 0, 20}, {Architecture::trna, 8, 23},
                              {Architecture::repeat, 10, 21},   {Architecture::promoters, 3, 21}};

TEST(Multiplex, parts_join_to_the_array_and_nothing_else) {
    LEAVEN_DATA_SET(path, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = *dna::Ligation::load(path.string());
    const auto law = [&] {
        const auto& kind = *rc::gen::elementOf(kinds);
        const auto count = *rc::gen::inRange<std::size_t>(2, 7);
        const auto array = build_array(random_guides(count, kind.spacer), options_for(kind.architecture, kind.nuclease),
                                       ligation, Context());
        RC_ASSERT(array.has_value());
        const auto assembly = joined(*array, ligation);
        RC_ASSERT(assembly.products.size() == 1U);
        RC_ASSERT(assembly.products.front().topology == seq::Topology::linear);
        RC_ASSERT(assembly.products.front().letters == array->sequence);
        std::vector<dna::Joint> joints{*dna::joint_of("GGCA"), *dna::joint_of("GCTT")};
        for (std::size_t i = 0; i < array->parts.size(); ++i) {
            const auto& part = array->parts[i];
            RC_ASSERT(part.left == (i == 0 ? std::string("GGCA") : array->parts[i - 1].right));
            if (i > 0) joints.push_back(*dna::joint_of(part.left));
        }
        RC_ASSERT(array->parts.back().right == "GCTT");
        RC_ASSERT(std::abs(ligation.fidelity(joints) - array->fidelity) < 1e-12);
    };
    EXPECT_TRUE(rc::check("parts join to the array and nothing else", law));
}

TEST(Multiplex, twelve_guides_fit_in_every_architecture) {
    LEAVEN_DATA_SET(path, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = *dna::Ligation::load(path.string());
    std::vector<std::string> guides;
    for (const auto* guide :
         {"GCCAAGTTATTGCCAATCTG", "TGCGCAGCCTGAATGGCGAA", "TCGCACTCCAGCCAGCTTTC", "CGCCAAAATCACCAACCACC",
          "TTTCAATCATCGCCACCAGG", "ATTGAAAACTTTCGTCGATC", "ATACTCGTTTAACGCCCATC", "CGTTAAACCCGCCACCAGAT",
          "ATATAACCTTTCATTCCCAG", "GGCCAGTGAATCCGTAATCA", "GTCACGACGTTGTAAAACGA", "TGCTGCAAGGCGATTAAGTT"})
        guides.emplace_back(guide);
    for (const auto architecture : {Architecture::trna, Architecture::repeat, Architecture::promoters}) {
        const auto array = build_array(guides, options_for(architecture, 0), ligation, Context());
        ASSERT_TRUE(array.has_value());
        EXPECT_GT(array->fidelity, 0.7);
        const auto assembly = joined(*array, ligation);
        ASSERT_EQ(assembly.products.size(), 1U);
        EXPECT_EQ(assembly.products.front().letters, array->sequence);
        std::size_t last = 0;
        for (const auto& guide : guides) {
            const auto at = array->sequence.find(guide);
            ASSERT_NE(at, std::string::npos);
            EXPECT_EQ(array->sequence.find(guide, at + 1), std::string::npos);
            EXPECT_GT(at, last);
            last = at;
        }
    }
}

TEST(Multiplex, the_last_spacer_of_a_transcript_of_cas12a_comes_whole_in_a_primer) {
    LEAVEN_DATA_SET(path, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = *dna::Ligation::load(path.string());
    std::vector<std::string> guides{"GCCAAGTTATTGCCAATCTGAGC", "TGCGCAGCCTGAATGGCGAATTG", "TCGCACTCCAGCCAGCTTTCACA"};
    for (; !guides.empty(); guides.pop_back()) {
        const auto array = build_array(guides, options_for(Architecture::trna, 8), ligation, Context());
        ASSERT_TRUE(array.has_value());
        ASSERT_EQ(array->parts.size(), guides.size());
        EXPECT_NE(array->parts.back().sequence.find(guides.back()), std::string::npos);
        // Its template ends with the direct repeat of AsCas12a (Zetsche et al. 2015).
        const auto primer = seq::reverse_complement(array->oligos.back().sequence);
        EXPECT_TRUE(primer.starts_with("TAATTTCTACTCTTGTAGAT" + guides.back())) << primer;
        const auto assembly = joined(*array, ligation);
        if (guides.size() == 1) continue;  // one part: nothing to join
        ASSERT_EQ(assembly.products.size(), 1U);
        EXPECT_EQ(assembly.products.front().letters, array->sequence);
    }
}

TEST(Multiplex, oligos_make_the_parts) {
    LEAVEN_DATA_SET(path, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = *dna::Ligation::load(path.string());
    const std::vector<std::string> guides{"GCCAAGTTATTGCCAATCTG", "TGCGCAGCCTGAATGGCGAA", "TCGCACTCCAGCCAGCTTTC"};
    for (const auto architecture : {Architecture::trna, Architecture::repeat, Architecture::promoters}) {
        const auto array = build_array(guides, options_for(architecture, 0), ligation, Context());
        ASSERT_EQ(array->oligos.size(), 2 * array->parts.size());
        for (std::size_t i = 0; i < array->parts.size(); ++i) {
            const auto& part = array->parts[i].sequence;
            const auto& forward = array->oligos[2 * i].sequence;
            const auto reverse = seq::reverse_complement(array->oligos[2 * i + 1].sequence);
            EXPECT_TRUE(part.starts_with(forward));
            EXPECT_TRUE(part.ends_with(reverse));
            if (architecture == Architecture::repeat) {
                EXPECT_EQ(forward, part);
                EXPECT_EQ(reverse, part);
            } else {  // the last 20 bases of each primer lie in elements that all arrays share
                const auto constant =
                    "AACAAAGCACCAGTGGTCTAGTGGTAGAATAGTACCCTGCCACGGTACAGACCCGGGTTCGATTCCCGGCTGGTGCA"
                    "TTGACAGCTAGCTCAGTCCTAGGTATAATGCTAGC"
                    "GTTTTAGAGCTAGAAATAGCAAGTTAAAATAAGGCTAGTCCGTTATCAACTTGAAAAAGTGGCACCGAGTCGGTGC"
                    "CCAGGCATCAAATAAAACGAAAGGCTCAGTCGAAAGACTGGGCCTTTCGTTTTATCTGTTGTTTGTCGGTGAACGCTCTC";
                EXPECT_NE(std::string(constant).find(forward.substr(forward.size() - 20)), std::string::npos);
                EXPECT_NE(std::string(constant).find(reverse.substr(0, 20)), std::string::npos);
            }
        }
    }
}

TEST(Multiplex, what_cannot_be_built_is_refused_with_its_place) {
    LEAVEN_DATA_SET(path, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = *dna::Ligation::load(path.string());
    const std::string one = "GCCAAGTTATTGCCAATCTG";
    const auto where = [&](const std::vector<std::string>& guides, const MultiplexOptions& options) {
        const auto array = build_array(guides, options, ligation, Context());
        return array ? std::string("none") : array.error().where;
    };
    const auto usual = options_for(Architecture::trna, 0);
    EXPECT_EQ(where({one}, usual), "none");
    EXPECT_EQ(where({}, usual), "guides");
    EXPECT_EQ(where(std::vector<std::string>(13, one), usual), "guides");
    EXPECT_EQ(where({one, one}, usual), "guides[1]");
    EXPECT_EQ(where({one, "ACGTGGTCTCACGTACGTAA"}, usual), "guides[1]");
    auto wrong = usual;
    wrong.left_overhang = "GATC";
    EXPECT_EQ(where({one}, wrong), "left_overhang");
    wrong = usual;
    wrong.right_overhang = "TGCC";  // the complement of the left one
    EXPECT_EQ(where({one}, wrong), "right_overhang");
    wrong = usual;
    wrong.enzyme = {.name = "EcoRI", .site = "GAATTC", .cuts = {{1, 5}}};
    EXPECT_EQ(where({one}, wrong), "enzyme");
    EXPECT_EQ(where({one}, options_for(Architecture::trna, 5)), "nuclease");    // St1Cas9
    EXPECT_EQ(where({one}, options_for(Architecture::repeat, 3)), "nuclease");  // SaCas9
}

}  // namespace
}  // namespace leaven::crispr
