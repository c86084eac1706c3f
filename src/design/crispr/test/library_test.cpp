// Pools of guides: what each of their guides promises, held against a search of its own.
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/random.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/library.hpp>
#include <leaven/seq/sequence.hpp>

#include "data_sets.hpp"

namespace leaven::crispr {
namespace {

GenomeFile coli(const std::filesystem::path& path) {
    auto file = read_genome(path.string(), {}, Context());
    EXPECT_TRUE(file.has_value());
    return *std::move(file);
}

std::vector<const Gene*> coding(const GeneMap& map) {
    std::vector<const Gene*> genes;
    for (const auto& gene : map.genes())
        if (gene.type == "CDS") genes.push_back(&gene);
    return genes;
}

std::vector<std::int64_t> hits_of(const Genome& genome, const std::vector<std::string>& guides,
                                  std::int64_t mismatches) {
    std::vector<std::int64_t> counts(guides.size(), 0);
    const Search search(genome, guides, {.nuclease = nucleases()[0], .mismatches = mismatches});
    const auto hits = *find_all(search, Context());
    for (const auto& hit : hits) ++counts[hit.guide];
    return counts;
}

TEST(Library, of_all_genes_of_coli_covers_them_and_keeps_its_promises) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto file = coli(path);
    const auto genes = coding(file.genes);
    ASSERT_GE(genes.size(), 4'290U);
    const LibraryOptions options{
        .nuclease = nucleases()[0], .controls = 500, .excluded = {"GGTCTC"}, .prefix = "ACACCG", .suffix = "GTTTTA"};
    Context context;
    context.seed = 1;
    const auto library = make_library(file, genes, options, context);
    ASSERT_TRUE(library.has_value());
    EXPECT_EQ(library->controls_missing, 0);
    EXPECT_LE(library->uncovered.size(), genes.size() / 50);
    std::set<std::string> seen;
    std::set<const Gene*> covered;
    std::vector<std::string> guides;
    std::vector<std::string> controls;
    for (const auto& guide : library->guides) {
        EXPECT_TRUE(seen.insert(guide.sequence).second) << guide.sequence;
        (guide.gene == nullptr ? controls : guides).push_back(guide.sequence);
        covered.insert(guide.gene);
        const auto pool = options.prefix + guide.sequence + options.suffix;
        EXPECT_EQ(pool.find("GGTCTC"), std::string::npos);
        EXPECT_EQ(pool.find("GAGACC"), std::string::npos);
    }
    EXPECT_EQ(controls.size(), 500U);
    EXPECT_EQ(covered.size() - 1 + library->uncovered.size(), genes.size());
    const auto exact = hits_of(file.genome, guides, 0);
    for (const auto count : exact) EXPECT_EQ(count, 1);
    const auto near = hits_of(file.genome, controls, 4);
    for (const auto count : near) EXPECT_EQ(count, 0);
    const auto again = make_library(file, genes, options, context);
    ASSERT_EQ(again->guides.size(), library->guides.size());
    for (std::size_t i = 0; i < again->guides.size(); ++i)
        EXPECT_EQ(again->guides[i].sequence, library->guides[i].sequence);
}

TEST(Library, interference_guides_inside_a_gene_bind_the_strand_opposite_to_it) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto file = coli(path);
    std::vector<const Gene*> genes;
    for (const auto* name : {"thrA", "lacZ", "araC"}) genes.push_back(file.genes.named(name)->front());
    const auto library = make_library(
        file, genes, {.nuclease = nucleases()[0], .purpose = Purpose::interference, .per_gene = 8}, Context());
    ASSERT_EQ(library->guides.size(), 24U);
    for (const auto& guide : library->guides) {
        if (guide.fraction >= 0) {
            EXPECT_NE(guide.site.reverse, guide.gene->strand == seq::Strand::reverse);
        }
    }
}

TEST(Library, interference_by_cas12a_takes_the_strand_of_the_gene) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto file = coli(path);
    std::vector<const Gene*> genes{file.genes.named("thrA")->front(), file.genes.named("lacZ")->front()};
    const auto library =
        make_library(file, genes, {.nuclease = nucleases()[8], .purpose = Purpose::interference}, Context());
    ASSERT_EQ(library->guides.size(), 10U);
    std::int64_t inside = 0;
    for (const auto& guide : library->guides) {
        if (guide.fraction >= 0) {
            ++inside;
            EXPECT_EQ(guide.site.reverse, guide.gene->strand == seq::Strand::reverse);
        }
    }
    EXPECT_GT(inside, 0);
}

/// A place in the gene, counted base by base along its pieces.
RC_GTEST_PROP(Library, coding_offsets_count_the_bases_before_the_cut, ()) {
    Gene gene;
    const bool reverse = *rc::gen::arbitrary<bool>();
    std::int64_t at = 100;
    std::vector<seq::Piece> pieces;
    for (int i = *rc::gen::inRange(1, 4); i-- > 0;) {
        const auto size = *rc::gen::inRange<std::int64_t>(2, 30);
        pieces.push_back({{at, at + size}, reverse ? seq::Strand::reverse : seq::Strand::forward, {}});
        at += size + 5;
    }
    if (reverse) std::reverse(pieces.begin(), pieces.end());
    gene.pieces = pieces;
    std::int64_t before = 0;
    for (const auto& piece : pieces) {
        for (std::int64_t i = 1; i < piece.at.length(); ++i) {
            const auto cut = reverse ? piece.at.end - i : piece.at.start + i;
            RC_ASSERT(coding_offset(gene, cut, 1'000, 10) == before + i);
        }
        before += piece.at.length();
    }
    const auto outside = reverse ? pieces.front().at.end + 11 : pieces.front().at.start - 11;
    RC_ASSERT(!coding_offset(gene, outside, 1'000, 10).has_value());
    const auto upstream = reverse ? pieces.front().at.end + 10 : pieces.front().at.start - 10;
    RC_ASSERT(coding_offset(gene, upstream, 1'000, 10) == -10);
}

TEST(Library, excluded_words_count_where_they_touch_the_guide) {
    EXPECT_TRUE(holds_word("AAGGTCTCAA", "GGTCTC", {0, 4}));
    EXPECT_FALSE(holds_word("AAGGTCTCAA", "GGTCTC", {8, 10}));
    EXPECT_TRUE(holds_word("AAGAGACCAA", "GGTCTC", {0, 10}));
    EXPECT_TRUE(holds_word("ACGT", "RN", {0, 1}));
}

const Nuclease& spcas9() { return nucleases()[0]; }

/// A contig of random bases with one gene over all of it.
GenomeFile one_gene(std::int64_t length, bool circular) {
    Random random(3);
    seq::Record record;
    record.name = record.id = "c";
    record.topology = circular ? seq::Topology::circular : seq::Topology::linear;
    std::string letters;
    for (std::int64_t i = 0; i < length; ++i) letters += "ACGT"[random.below(4)];
    record.set_sequence({letters, {}, seq::Alphabet::dna});
    seq::Feature feature{.type = "CDS", .location = *seq::parse_location("1..300", length, record.topology)};
    feature.qualifiers.push_back({.name = "gene", .value = "first"});
    record.features.push_back(feature);
    GenomeBuilder builder;
    builder.add("c", letters, circular);
    GenomeFile file{.genome = std::move(builder).finish()};
    file.genes.add(0, record);
    file.genes.finish(file.genome);
    return file;
}

TEST(Library, the_end_of_a_linear_contig_is_not_upstream_of_its_first_gene) {
    const auto guides = [](bool circular) {
        const auto file = one_gene(2'000, circular);
        const auto library =
            make_library(file, {&file.genes.genes().front()},
                         {.nuclease = spcas9(), .purpose = Purpose::interference, .per_gene = 100}, Context());
        return std::count_if(library->guides.begin(), library->guides.end(),
                             [](const LibraryGuide& guide) { return guide.site.start > 1'900; });
    };
    EXPECT_EQ(guides(false), 0);
    EXPECT_GT(guides(true), 0);
}

TEST(Library, controls_that_cannot_be_are_counted_as_missing) {
    const auto file = one_gene(2'000, false);
    const auto library = make_library(file, {&file.genes.genes().front()},
                                      {.nuclease = spcas9(), .controls = 3, .excluded = {"N"}}, Context());
    ASSERT_TRUE(library.has_value());
    EXPECT_EQ(library->controls_missing, 3);
    EXPECT_TRUE(library->guides.empty());
}

}  // namespace
}  // namespace leaven::crispr
