// Guides, nucleases, genes and oligos, as people give and get them.
#include <array>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/guides.hpp>
#include <leaven/crispr/oligos.hpp>
#include <leaven/crispr/operations.hpp>
#include <leaven/crispr/sites.hpp>
#include <leaven/op/answer.hpp>
#include <leaven/op/json.hpp>
#include <leaven/seq/sequence.hpp>

#include "thread_team.hpp"

namespace leaven::crispr {
namespace {

const std::string guide_a = "ACGTACGTACGTACGTACGA";
const std::string guide_b = "TTGCACGTACGTACGTACGA";

TEST(Guides, are_read_from_every_form) {
    const std::vector<std::string> both{guide_a, guide_b};
    const std::vector<std::string> forms{
        guide_a + "\n" + guide_b + "\n",
        "# two\r\n" + guide_a + "\r\n\r\n" + guide_b,
        ">a\nACGTACGTACG\nTACGTACGA\n>b\nttgcacgtacgtacgtacga\n",
        "x\tsequence\n1\t" + guide_a + "\n2\t" + guide_b + "\n",
        "guide,n\n" + guide_a + ",1\n" + guide_b + ",2\n",
        R"({"sites":[{"sequence":")" + guide_a + R"("},{"sequence":")" + guide_b + R"("}]})"};
    for (const auto& bytes : forms) {
        const auto read = read_guides_file(bytes, "g");
        ASSERT_TRUE(read.has_value()) << bytes;
        EXPECT_EQ(*read, both);
    }
}

TEST(Guides, that_are_wrong_are_named_with_their_line) {
    for (const auto& [bytes, where] :
         std::vector<std::pair<std::string, std::string>>{{"", "g"},
                                                          {"\n\n", "g"},
                                                          {guide_a + "\nACGTACGTACGTACGTACNA\n", "g:2"},
                                                          {guide_a + "\n" + guide_b + "A\n", "g:2"},
                                                          {"ACGT\n", "g:1"},
                                                          {"a\tb\n1\t2\n", "g:1"},
                                                          {">one\n>two\n" + guide_a, "g:1"},
                                                          {"{\"other\":1}", "g"},
                                                          {"{", "g"},
                                                          {R"({"sites":[3]})", "g, sites[0]"}}) {
        const auto read = read_guides_file(bytes, "g");
        ASSERT_FALSE(read.has_value()) << bytes;
        EXPECT_EQ(read.error().code, ErrorCode::bad_input);
        EXPECT_EQ(read.error().where, where);
    }
    EXPECT_EQ(read_guides({"no/such.txt"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(read_guides({guide_a, "ACGTX"}).error().where, "guides[1]");
}

RC_GTEST_PROP(Guides, no_bytes_bring_the_reader_down, ()) {
    const auto bytes = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ACGT>\t\n,{}[]\":1sites")));
    const auto read = read_guides_file(bytes, "g");
    if (read) RC_ASSERT(!read->empty());
}

TEST(Nucleases, take_what_is_said_and_keep_the_rest) {
    const auto custom = choose_nuclease({.name = "SpCas9", .pam = "tttv", .pam_side = "5"});
    EXPECT_EQ(custom->pam, "TTTV");
    EXPECT_TRUE(custom->pam_first);
    EXPECT_FALSE(custom->scored);
    EXPECT_TRUE(choose_nuclease({.name = "spcas9"})->scored);
    EXPECT_TRUE(choose_nuclease({.name = "SpCas9", .pam = "NRG"})->scored);
    EXPECT_FALSE(choose_nuclease({.name = "SpCas9", .spacer = 19})->scored);
    EXPECT_TRUE(choose_nuclease({.name = "SpCas9", .pam = ""})->pam.empty());
    EXPECT_EQ(choose_nuclease({.name = "SpCas10"}).error().code, ErrorCode::not_found);
    EXPECT_EQ(choose_nuclease({.name = "SpCas9", .pam = "NGJ"}).error().code, ErrorCode::bad_input);
    EXPECT_EQ(nucleases().size(), 12U);
}

TEST(Sites, cuts_lie_where_the_nucleases_cut) {
    GenomeBuilder builder;
    builder.add("c", "TTTA" + guide_a + "CAGTGG" + "AAAA", false);
    const auto genome = std::move(builder).finish();
    const auto cas9 = *choose_nuclease({.name = "SpCas9"});
    const auto list = list_sites(genome, cas9, {}, 10, Context());
    ASSERT_EQ(list->total, 1);
    const auto place = site_at(genome, cas9, list->sites[0]);
    EXPECT_EQ(place.at, (seq::Interval{7, 30}));
    EXPECT_EQ(place.cut, 24);  // three bases before TGG at 27
    const auto cas12a = *choose_nuclease({.name = "AsCas12a"});
    const auto other = list_sites(genome, cas12a, {}, 10, Context());
    ASSERT_GE(other->total, 1);
    EXPECT_EQ(site_at(genome, cas12a, other->sites[0]).cut, 4 + 18);
}

RC_GTEST_PROP(Oligos, anneal_to_the_stated_overhangs, ()) {
    const auto guide = *rc::gen::container<std::string>(20, rc::gen::elementOf(std::string("ACGT")));
    const auto& scheme = cloning_schemes()[*rc::gen::inRange<std::size_t>(0, cloning_schemes().size())];
    const auto g = *rc::gen::element(GStart::automatic, GStart::never, GStart::always);
    const auto pair = make_oligos(guide, scheme, g);
    RC_ASSERT(pair.has_value());
    RC_ASSERT(pair->top.starts_with(pair->overhang_top));
    RC_ASSERT(pair->bottom.starts_with(pair->overhang_bottom));
    const auto top = pair->top.substr(pair->overhang_top.size());
    const auto bottom = pair->bottom.substr(pair->overhang_bottom.size());
    RC_ASSERT(top == seq::reverse_complement(bottom));
    RC_ASSERT(top.find(guide) != std::string::npos);
    RC_ASSERT(pair->overhang_top.size() == 4U && pair->overhang_bottom.size() == 4U);
}

TEST(Oligos, that_do_not_pair_are_refused_and_sites_within_are_told) {
    CloningScheme scheme;
    scheme.top_prefix = "CACC";
    scheme.top_suffix = "G";
    scheme.bottom_prefix = "AAAT";
    EXPECT_EQ(make_oligos(guide_a, scheme, GStart::never).error().where, "top_suffix");
    const auto cut = make_oligos("ACGTGGTCTCACGTACGTAA", *find_scheme("pcas9"), GStart::never);
    ASSERT_EQ(cut->warnings.size(), 1U);
    EXPECT_NE(cut->warnings[0].en.find("BsaI"), std::string::npos);
    EXPECT_EQ(find_scheme("px33").error().code, ErrorCode::not_found);
}

/// A record of one base only.
seq::Record blank(std::int64_t length, seq::Topology topology) {
    seq::Record record;
    record.name = record.id = topology == seq::Topology::circular ? "ring" : "line";
    record.topology = topology;
    record.set_sequence({std::string(static_cast<std::size_t>(length), 'A'), {}, seq::Alphabet::dna});
    return record;
}

/// The genes of a record by place.
struct Mapped {
    Genome genome{};
    GeneMap genes{};
};
Mapped mapped(const seq::Record& record) {
    GenomeBuilder builder;
    builder.add(record.name, record.sequence.letters, record.circular());
    Mapped out{.genome = std::move(builder).finish()};
    out.genes.add(0, record);
    out.genes.finish(out.genome);
    return out;
}

TEST(Genes, are_found_over_the_origin_and_named_when_missing) {
    auto record = blank(10'000, seq::Topology::circular);
    const auto add = [&](const std::string& type, const std::string& where, const std::string& name) {
        seq::Feature feature{.type = type, .location = *seq::parse_location(where, 10'000, seq::Topology::circular)};
        feature.qualifiers.push_back({.name = "gene", .value = name});
        record.features.push_back(feature);
    };
    add("gene", "join(9901..10000,1..300)", "wrap");
    add("CDS", "join(9901..10000,1..300)", "wrap");
    add("gene", "complement(280..900)", "next");
    const auto [genome, genes] = mapped(record);
    ASSERT_EQ(genes.genes().size(), 2U);
    EXPECT_EQ(genes.at(0, {9'990, 10'013})->name, "wrap");
    EXPECT_EQ(genes.at(0, {0, 23})->name, "wrap");
    EXPECT_EQ(genes.at(0, {0, 23})->type, "CDS");
    EXPECT_EQ(genes.at(0, {290, 313})->name, "next");
    EXPECT_EQ(genes.over(0, {285, 299}).size(), 2U);
    EXPECT_EQ(genes.over(0, {-10'000, -9'990}).size(), 1U);
    EXPECT_EQ(genes.at(0, {1'000, 1'023}), nullptr);
    const auto missing = genes.named("warp");
    ASSERT_FALSE(missing.has_value());
    EXPECT_NE(missing.error().hint.en.find("wrap"), std::string::npos);
    EXPECT_TRUE(read_region("ring:9901..50", genome, "region").has_value());
    EXPECT_EQ(read_region("ring", genome, "region")->at, (seq::Interval{0, 20'000}));
    EXPECT_FALSE(read_region("ring:0..50", genome, "region").has_value());
    EXPECT_FALSE(read_region("rung:1..50", genome, "region").has_value());
}

TEST(Genes, that_go_far_beyond_the_origin_are_found_there) {
    auto record = blank(10'000, seq::Topology::circular);
    const auto where = seq::parse_location("join(9901..10000,1..4200)", 10'000, seq::Topology::circular);
    record.features.push_back({.type = "CDS", .location = *where});
    const auto [genome, genes] = mapped(record);
    for (std::int64_t base = 0; base < 10'000; base += 50)
        EXPECT_EQ(genes.at(0, {base, base + 1}) != nullptr, base < 4'200 || base >= 9'900) << base;
}

/// Place by place, of genes anywhere on a ring that is longer than a shelf.
RC_GTEST_PROP(Genes, are_found_wherever_a_place_begins, ()) {
    constexpr std::int64_t length = 10'000;
    auto record = blank(length, seq::Topology::circular);
    const auto start = *rc::gen::inRange<std::int64_t>(0, length);
    const auto size = *rc::gen::inRange<std::int64_t>(1, 400);
    record.features.push_back({.type = "CDS", .location = {.span = {start, start + size}}});
    const auto [genome, genes] = mapped(record);
    const auto from = *rc::gen::inRange<std::int64_t>(-length, length);
    const auto bases = *rc::gen::inRange<std::int64_t>(1, length);
    bool shares = false;
    for (auto base = from; base < from + bases && !shares; ++base)
        shares = ((base - start) % length + length) % length < size;
    RC_ASSERT(genes.over(0, {from, from + bases}).size() == (shares ? 1U : 0U));
}

TEST(Genes, that_share_a_tag_and_bases_are_one) {
    const Gene longer{.name = "dnaX", .locus_tag = "b0470", .type = "CDS", .at = {100, 2'032}};
    auto other = longer;
    other.at = {100, 1'393};
    EXPECT_TRUE(same_gene(longer, other, 0));
    other.at = {9'000, 9'900};  // elsewhere
    EXPECT_FALSE(same_gene(longer, other, 0));
    other.at = {9'990, 10'150};  // over the origin
    EXPECT_TRUE(same_gene(longer, other, 10'000));
    other = longer;
    other.at.end -= 1;
    other.locus_tag = "b0471";
    EXPECT_FALSE(same_gene(longer, other, 0));
}

TEST(Genes, of_a_linear_contig_do_not_reach_over_its_ends) {
    auto record = blank(1'000, seq::Topology::linear);
    record.features.push_back({.type = "CDS", .location = *seq::parse_location("901..1000", 1'000, record.topology)});
    const auto [genome, genes] = mapped(record);
    EXPECT_TRUE(genes.over(0, {-1, 1}).empty());
    EXPECT_EQ(genes.over(0, {999, 1'000}).size(), 1U);
}

/// An annotation file in the folder of temporary files.
std::filesystem::path written(const std::string& name, const std::string& text) {
    const auto path = std::filesystem::temp_directory_path() / (std::to_string(::getpid()) + name);
    std::ofstream(path) << text;
    return path;
}

TEST(Genes, of_gff3_need_no_stated_length_and_are_held_to_one_that_is_stated) {
    GenomeBuilder builder;
    builder.add("c", std::string(1'000, 'A'), false);
    const auto genome = std::move(builder).finish();
    const std::string gene = "c\t.\tCDS\t11\t40\t.\t+\t0\tID=a;gene=a\n";
    const auto read = [&](const std::string& text) {
        const auto path = written("genes.gff3", "##gff-version 3\n" + text);
        auto genes = read_genes(path.string(), genome);
        std::filesystem::remove(path);
        return genes;
    };
    EXPECT_EQ(read(gene)->genes().size(), 1U);
    EXPECT_EQ(read("##sequence-region c 1 1000\n" + gene)->genes().size(), 1U);
    EXPECT_EQ(read("##sequence-region c 1 999\n" + gene).error().code, ErrorCode::bad_input);
    EXPECT_EQ(read("c\t.\tCDS\t11\t1040\t.\t+\t0\tID=a;gene=a\n").error().code, ErrorCode::bad_input);
}

TEST(Ranks, a_table_that_cannot_be_written_is_an_error_on_each_of_them) {
    const auto all = operations();
    const auto* search = find_operation(all, "crispr", "offtargets");
    const Json parameters{{"genome", LEAVEN_SOURCE_DIR "/data/crispr/strain.fna"},
                          {"guides", {guide_a}},
                          {"out", "/no/such/folder/hits.tsv"}};
    std::array<ErrorCode, 2> codes{ErrorCode::bug, ErrorCode::bug};
    testing::on_ranks(2, [&](Context& context, int rank) {
        const auto answer = search->run(parameters, context);
        if (!answer) codes[static_cast<std::size_t>(rank)] = answer.error().code;
    });
    EXPECT_EQ(codes[0], codes[1]);
    EXPECT_NE(codes[0], ErrorCode::bug);
}

}  // namespace
}  // namespace leaven::crispr
