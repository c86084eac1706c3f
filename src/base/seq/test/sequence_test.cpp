#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/sha256.hpp>
#include <leaven/seq/sequence.hpp>

#include "samples.hpp"

namespace leaven::seq {
namespace {

using testing::other_strand;
using testing::random_bases;

/// The least string over all rotations of both strands, one by one.
std::string reference_canonical(const std::string& bases) {
    auto best = bases;
    for (const auto& strand : {bases, other_strand(bases)})
        for (std::size_t i = 0; i < strand.size(); ++i) best = std::min(best, strand.substr(i) + strand.substr(0, i));
    return best;
}

RC_GTEST_PROP(Sequence, canonical_form_is_the_least_rotation_of_both_strands, ()) {
    const auto bases = random_bases(1, 60, *rc::gen::element<std::string>("A", "AC", "ACGT", "ACGTRYN"));
    RC_ASSERT(canonical_form({bases, {}, Alphabet::dna}, Topology::circular) == reference_canonical(bases));
}

RC_GTEST_PROP(Sequence, reverse_complement_is_that_of_a_table_and_its_own_inverse, ()) {
    const auto bases = random_bases(0, 80, "ACGTRYSWKMBDHVN");
    RC_ASSERT(reverse_complement(bases) == other_strand(bases));
    RC_ASSERT(reverse_complement(reverse_complement(bases)) == bases);
}

RC_GTEST_PROP(Sequence, mask_there_and_back, ()) {
    const auto written = random_bases(0, 80, "ACGTacgt");
    RC_ASSERT(masked_letters(from_masked(written, Alphabet::dna)) == written);
    const auto turned = reverse_complement(from_masked(written, Alphabet::dna));
    RC_ASSERT(masked_letters(reverse_complement(turned)) == written);
}

TEST(Sequence, complement_of_rna_has_u) { EXPECT_EQ(reverse_complement("AACGU", Alphabet::rna), "ACGUU"); }

TEST(Sequence, gc_is_unknown_without_certain_letters) {
    EXPECT_TRUE(std::isnan(gc_share("NNN")));
    EXPECT_DOUBLE_EQ(gc_share("GCATNN"), 0.5);
}

TEST(Sequence, letters_go_on_over_the_origin) { EXPECT_EQ(letters_at("ACGTT", {3, 7}), "TTAC"); }

}  // namespace
}  // namespace leaven::seq
