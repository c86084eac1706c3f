// Coding sequences and what an edit makes of them.
#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/crispr/coding.hpp>
#include <leaven/crispr/design.hpp>
#include <leaven/seq/sequence.hpp>

#include "coli.hpp"
#include "data_sets.hpp"

namespace leaven::crispr {
namespace {

TEST(Coding, proteins_are_those_of_the_annotation) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto& coli = coli_of(path);
    std::map<std::string, std::set<std::string>> stated;  // one locus may have several readings
    for (const auto& feature : coli.record.features) {
        const auto* protein = feature.find("translation");
        // Selenocysteine is written over a stop; the reading is the plain code here.
        if (feature.type != "CDS" || protein == nullptr || feature.find("transl_except") != nullptr) continue;
        stated[feature.find("locus_tag")->value].insert(protein->value);
    }
    std::size_t compared = 0;
    for (const auto& gene : coli.file.genes.genes()) {
        if (gene.type != "CDS" || !stated.contains(gene.locus_tag)) continue;
        auto protein = Coding::of(coli.file.genome, gene)->protein();
        if (protein.ends_with('*')) protein.pop_back();
        EXPECT_TRUE(stated[gene.locus_tag].contains(protein)) << gene.name;
        ++compared;
    }
    EXPECT_GT(compared, 4'200U);
}

/// A gene of random codons on either strand of a circle, perhaps over its origin.
struct MadeGene {
    GenomeFile file{};
    std::string coding{};
};
MadeGene made_gene() {
    MadeGene made;
    const auto codons = *rc::gen::inRange<std::int64_t>(4, 40);
    made.coding = "ATG";
    for (std::int64_t i = 1; i < codons; ++i)
        made.coding += *rc::gen::elementOf(std::vector<std::string>{"GCA", "CAG", "TGG", "AAA", "CTC", "GAC", "TCT"});
    made.coding += "TAA";
    const bool reverse = *rc::gen::arbitrary<bool>();
    std::string ring = *rc::gen::container<std::string>(300, rc::gen::elementOf(std::string("ACGT")));
    ring = (reverse ? seq::reverse_complement(made.coding) : made.coding) + ring;
    const auto shift = *rc::gen::inRange<std::size_t>(0, ring.size());
    const auto length = static_cast<std::int64_t>(ring.size());
    std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(shift), ring.end());
    seq::Record record;
    record.name = record.id = "ring";
    record.topology = seq::Topology::circular;
    record.set_sequence({ring, {}, seq::Alphabet::dna});
    const auto start = (length - static_cast<std::int64_t>(shift)) % length;
    seq::Location at{.span = {start, start + static_cast<std::int64_t>(made.coding.size())}};
    seq::Feature feature{.type = "CDS", .location = reverse ? seq::complemented(at) : at};
    feature.qualifiers.push_back({.name = "gene", .value = "g"});
    record.features.push_back(feature);
    const std::vector<seq::Record> records{record};
    made.file = *genome_of(records);
    return made;
}

RC_GTEST_PROP(Coding, is_read_off_either_strand_over_the_origin, ()) {
    const auto made = made_gene();
    const auto& gene = made.file.genes.genes().front();
    const auto coding = Coding::of(made.file.genome, gene);
    RC_ASSERT(coding->letters() == made.coding);
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(made.coding.size()); ++i) {
        const auto place = coding->place_of({i, i + 1});
        RC_ASSERT(place.has_value());
        RC_ASSERT(coding->index_of(place->start) == i);
    }
}

RC_GTEST_PROP(Edits, of_a_residue_write_it_with_the_fewest_bases, ()) {
    const auto made = made_gene();
    const auto coding = *Coding::of(made.file.genome, made.file.genes.genes().front());
    const auto residues = static_cast<std::int64_t>(coding.protein().size()) - 1;
    const auto at = *rc::gen::inRange<std::int64_t>(1, residues);
    const char to = *rc::gen::elementOf(std::string("ACDEFGHIKLNPQRSTVWY*"));
    const char from = coding.protein()[static_cast<std::size_t>(at)];
    RC_PRE(from != to);
    const auto edit = read_edit(std::string(1, from) + std::to_string(at + 1) + to);
    const auto bases = as_bases(*edit, coding);
    RC_ASSERT(bases.has_value());
    auto letters = coding.letters();
    letters.replace(static_cast<std::size_t>(bases->at.start), bases->from.size(), bases->to);
    auto expected = coding.protein();
    expected[static_cast<std::size_t>(at)] = to;
    RC_ASSERT(coding.translate(letters) == expected);
    RC_ASSERT(bases->to.front() != bases->from.front() && bases->to.back() != bases->from.back());
}

TEST(Edits, that_are_none_are_told) {
    for (const auto* text : {"T100", "100I", "thrA:", "c.12A", "c.0A>G", "c.5_3del", "c.3_9insA", "c.4A>A",
                             "T9999999999I", "c.3delins", "x.3A>G", "T0I", "thrA:T1J"})
        EXPECT_EQ(read_edit(text).error().where, "edit") << text;
    EXPECT_EQ(read_edit("thrA:T100I")->gene, "thrA");
    EXPECT_EQ(read_edit("thrA:p.T100I")->at, (seq::Interval{99, 100}));
    EXPECT_EQ(read_edit("c.12_13insACG")->at, (seq::Interval{12, 12}));
    EXPECT_EQ(read_edit("stop")->kind, CodingEdit::Kind::stop);
}

TEST(Edits, changes_are_named) {
    EXPECT_EQ(change_of("MKT", "MKT"), "=");
    EXPECT_EQ(change_of("MKT", "MRT"), "K2R");
    EXPECT_EQ(change_of("MKTL", "MR*A"), "K2R, T3*");
    EXPECT_EQ(change_of("MKT", "?KT"), "M1?");
    EXPECT_EQ(change_of("MKTL", "MTL"), "K2del");
    EXPECT_EQ(change_of("MKT", "MGSKT"), "K2ins");
    EXPECT_EQ(change_of("MKTLL", "MRSW"), "K2fs");
    EXPECT_EQ(change_of("KT", "RT", 100), "K100R");
}

}  // namespace
}  // namespace leaven::crispr
