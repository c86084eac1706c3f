#include <map>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/digest.hpp>
#include <leaven/seq/pattern.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

using testing::enzyme_by_hand;
using testing::molecule;
using testing::other_strand;
using testing::random_dna;
using testing::turned;

std::vector<Cut> cuts_of(const seq::Record& record, const std::vector<seq::Enzyme>& enzymes,
                         Methylation methylation = Methylation::none) {
    const auto cuts = find_cuts(record, enzymes, methylation, Context());
    EXPECT_TRUE(cuts.has_value());
    return *cuts;
}

std::int64_t wrapped(std::int64_t position, std::int64_t length) { return (position % length + length) % length; }

/// A molecule in which sites are likely.
std::string molecule_with_sites() {
    std::string letters;
    const auto pieces = *rc::gen::inRange<std::size_t>(1, 6);
    for (std::size_t i = 0; i < pieces; ++i)
        letters += random_dna(0, 25) +
                   *rc::gen::element<std::string>("GAATTC", "GGTACC", "CCCGGG", "GGTCTC", "GAGACC", "CGAAAAAAATGC", "");
    return letters + random_dna(14, 40);
}

// The search of Biopython over 622 sold enzymes, three molecules, as lines and as circles.
TEST(Digest, cuts_equal_the_oracle_for_all_enzymes) {
    LEAVEN_DATA_SET(table, "dna/oracles/restriction_cuts.tsv.gz");
    LEAVEN_DATA_SET(plasmids, "dna/plasmids/pydna_pBR322.gb");
    const auto enzymes = seq::load_enzymes();
    ASSERT_TRUE(enzymes.has_value());
    std::map<std::string, seq::Record> records;
    std::istringstream lines(testing::text_of(table));
    std::size_t compared = 0;
    std::size_t wrong = 0;
    std::set<std::string> on_both_strands;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#') || line.starts_with("file\t")) continue;
        std::istringstream cells(line);
        std::string file;
        std::string topology;
        std::string name;
        std::string positions;
        std::getline(cells, file, '\t');
        std::getline(cells, topology, '\t');
        std::getline(cells, name, '\t');
        std::getline(cells, positions, '\t');
        if (!records.contains(file)) {
            auto path = plasmids.parent_path() / file;
            if (!std::filesystem::exists(path)) path += ".gz";
            const auto document = seq::read_document(path);
            ASSERT_TRUE(document.has_value()) << file;
            records[file] = document->records.front();
        }
        auto& record = records[file];
        record.topology = topology == "circular" ? seq::Topology::circular : seq::Topology::linear;
        const auto enzyme = seq::find_enzyme(*enzymes, name);
        ASSERT_TRUE(enzyme.has_value()) << name;
        if (enzyme->cuts.empty()) continue;
        std::set<std::int64_t> expected;
        std::istringstream numbers(positions);
        for (std::string number; std::getline(numbers, number, ',');) expected.insert(std::stoll(number));
        // That search sees one strand's site at a place: where a word such as CCDG fits both strands at once it leaves
        // out the cut of the reverse one.
        const auto cuts = cuts_of(record, {*enzyme});
        std::set<std::int64_t> forward_sites;
        const auto sites = seq::find_word(record.sequence, record.topology, enzyme->site, {}, Context());
        for (const auto& site : *sites)
            if (site.strand == seq::Strand::forward) forward_sites.insert(site.at.start);
        std::set<std::int64_t> found;
        for (const auto& cut : cuts) {
            const bool both =
                cut.strand == seq::Strand::reverse && forward_sites.contains(wrapped(cut.site.start, record.length));
            if (!both) found.insert(cut.top + 1);
            if (both) on_both_strands.insert(name);
        }
        ++compared;
        wrong += found == expected ? 0 : 1;
        EXPECT_EQ(found, expected) << file << " " << topology << " " << name;
    }
    EXPECT_GT(compared, 3'000U);
    EXPECT_EQ(wrong, 0U);
    EXPECT_EQ(on_both_strands, (std::set<std::string>{"LpnPI", "MspJI"}));
}

// By hand: G^AATTC leaves 5' AATT, GGTAC^C leaves 3' GTAC, CCC^GGG is blunt.
TEST(Digest, ends_are_those_of_the_enzymes) {
    const auto check = [](const std::string& name, const std::string& left, const std::string& right) {
        const auto enzyme = enzyme_by_hand(name);
        const auto record = molecule("TTTTTTTTTT" + enzyme.site + "CCCCCCCCCC", false);
        const auto pieces = cut_pieces(record, cuts_of(record, {enzyme}));
        ASSERT_EQ(pieces.size(), 2U);
        EXPECT_EQ(to_text(pieces[0].right, false), right);
        EXPECT_EQ(to_text(pieces[1].left, true), left);
        EXPECT_EQ(to_text(pieces[0].left, true), "blunt");
        EXPECT_TRUE(pieces[0].left.native);
        EXPECT_FALSE(pieces[1].left.native);
    };
    check("EcoRI", "5'AATT", "5'AATT");
    check("KpnI", "3'GTAC", "3'GTAC");
    check("SmaI", "blunt", "blunt");
}

// GGTCTC N ^ NNNN: the site stays whole on the left, the overhang is read from the protruding strand.
TEST(Digest, a_cut_beside_its_site_says_on_which_side_it_lies) {
    const auto record = molecule("TTTTTGGTCTCAACGTTTTTT", false);
    const auto pieces = cut_pieces(record, cuts_of(record, {enzyme_by_hand("BsaI")}));
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_TRUE(pieces[0].right.recuts);
    EXPECT_FALSE(pieces[1].left.recuts);
    EXPECT_EQ(to_text(pieces[1].left, true), "5'ACGT");
    EXPECT_EQ(pieces[0].at, (seq::Interval{0, 16}));
    EXPECT_EQ(pieces[1].at, (seq::Interval{12, 21}));
}

TEST(Digest, a_circle_cut_once_is_a_line_with_both_overhangs) {
    for (std::size_t turn = 0; turn < 36; ++turn) {  // so that the site lies over the origin, too
        const auto record = molecule(testing::turned("ACGATCGATTTTTTTTTTTTTTTTTTTTTTGAATTC", turn), true);
        const auto pieces = cut_pieces(record, cuts_of(record, {enzyme_by_hand("EcoRI")}));
        ASSERT_EQ(pieces.size(), 1U);
        EXPECT_EQ(letters_of(record, pieces[0].at), "AATTCACGATCGATTTTTTTTTTTTTTTTTTTTTTGAATT");
    }
}

TEST(Digest, an_enzyme_that_cuts_twice_frees_its_site) {  // BcgI: 32 bases with two 3' overhangs of two
    const auto record = molecule("TTTTTTTTTTTTTTTCGACCCCCCTGCTTTTTTTTTTTTTTT", true);
    const auto pieces = cut_pieces(record, cuts_of(record, {enzyme_by_hand("BcgI")}));
    ASSERT_EQ(pieces.size(), 2U);
    const auto& freed = pieces[0].at.start == 3 ? pieces[0] : pieces[1];
    EXPECT_TRUE(freed.left.recuts && freed.right.recuts);
    EXPECT_EQ(freed.left.kind, EndKind::three_prime);
    EXPECT_EQ(freed.length(), 36);
}

TEST(Digest, methylation_blocks_only_overlapping_sites_of_sensitive_enzymes) {
    seq::Enzyme xba{"XbaI", "TCTAGA", {{1, 5}}, true, true, "N"};
    const auto free = molecule("AAAATCTAGAAAAA", false);
    const auto marked = molecule("AAAATCTAGATCAA", false);  // GATC reaches into the site
    EXPECT_EQ(cuts_of(free, {xba}, Methylation::dam).size(), 1U);
    EXPECT_EQ(cuts_of(marked, {xba}, Methylation::dam).size(), 0U);
    EXPECT_EQ(cuts_of(marked, {xba}, Methylation::dcm).size(), 1U);
    xba.methylation_blocks = false;
    EXPECT_EQ(cuts_of(marked, {xba}, Methylation::dam).size(), 1U);
    const seq::Enzyme bam{"BamHI", "GGATCC", {{1, 5}}, true, true, "N"};
    EXPECT_EQ(cuts_of(molecule("AAAGGATCCAAA", false), {bam}, Methylation::dam).size(), 1U);
}

RC_GTEST_PROP(Digest, pieces_in_order_are_the_molecule_again, ()) {
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto letters = molecule_with_sites();
    const auto record = molecule(letters, circular);
    const std::vector<seq::Enzyme> enzymes{enzyme_by_hand("EcoRI"), enzyme_by_hand("KpnI"), enzyme_by_hand("SmaI")};
    const auto pieces = cut_pieces(record, cuts_of(record, enzymes));
    RC_ASSERT(!pieces.empty());
    std::string joined;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& next = pieces[(i + 1) % pieces.size()];
        if (circular || i + 1 < pieces.size())
            RC_ASSERT(pieces[i].uncut ||
                      (pieces[i].right.kind == next.left.kind && pieces[i].right.overhang == next.left.overhang));
        const auto piece = letters_of(record, pieces[i].at);
        joined += piece.substr(0, piece.size() - pieces[i].right.overhang.size());
    }
    const auto start = static_cast<std::size_t>(pieces.front().at.start);
    RC_ASSERT(joined == (circular ? testing::turned(letters, start) : letters));
}

RC_GTEST_PROP(Digest, the_other_strand_is_cut_into_the_same_pieces, ()) {
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto letters = molecule_with_sites();
    const std::vector<seq::Enzyme> enzymes{enzyme_by_hand("EcoRI"), enzyme_by_hand("KpnI"), enzyme_by_hand("BsaI"),
                                           enzyme_by_hand("BcgI")};
    const auto pieces_of = [&](const std::string& text, bool reverse) {
        const auto record = molecule(text, circular);
        std::multiset<std::string> pieces;
        for (const auto& piece : cut_pieces(record, cuts_of(record, enzymes))) {
            auto bases = letters_of(record, piece.at);
            auto left = to_text(piece.left, true);
            auto right = to_text(piece.right, false);
            if (reverse) bases = other_strand(bases), std::swap(left, right);
            if (piece.circular) bases = testing::canonical_by_hand(bases);
            pieces.insert(left + " " + bases + " " + right);
        }
        return pieces;
    };
    RC_ASSERT(pieces_of(letters, false) == pieces_of(other_strand(letters), true));
}

TEST(Digest, cuts_that_meet_over_the_origin_of_a_circle_and_beyond_are_one_break) {
    // BsaI and the two cuts of BcgI leave no paired base between them, wherever the circle of 37 begins: one piece with
    // an end of one base and one of two.
    const std::string circle = "GAGACCCGCGAAAAAAATGCTCAGATGTTCTTTAATG";
    for (std::size_t turn = 0; turn < circle.size(); ++turn)
        for (const auto& letters : {turned(circle, turn), other_strand(turned(circle, turn))}) {
            const auto record = molecule(letters, true);
            const auto pieces = cut_pieces(record, cuts_of(record, {enzyme_by_hand("BsaI"), enzyme_by_hand("BcgI")}));
            ASSERT_EQ(pieces.size(), 1U) << letters;
            EXPECT_EQ(pieces[0].at.length(), 34) << letters;
        }
}

RC_GTEST_PROP(Digest, an_incomplete_digest_holds_the_complete_one, ()) {
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto record = molecule(molecule_with_sites(), circular);
    const auto cuts = cuts_of(record, {enzyme_by_hand("EcoRI"), enzyme_by_hand("KpnI")});
    const auto partial = partial_pieces(record, cuts);
    RC_ASSERT(partial.has_value());
    std::multiset<seq::Interval> all;
    for (const auto& piece : *partial) all.insert(piece.at);
    const auto complete = cut_pieces(record, cuts);
    for (const auto& piece : complete) RC_ASSERT(all.count(piece.at) > 0);
    if (complete.front().uncut) return;
    // n cuts: a circle gives n (n - 1) arcs, n whole turns and itself; a line (n + 1)(n + 2) / 2 runs.
    const auto n = circular ? complete.size() : complete.size() - 1;
    RC_ASSERT(partial->size() == (circular ? n * n + 1 : (n + 1) * (n + 2) / 2));
}

}  // namespace
}  // namespace leaven::dna
