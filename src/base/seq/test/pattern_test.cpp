#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/pattern.hpp>

#include "samples.hpp"

namespace leaven::seq {
namespace {

using testing::other_strand;
using testing::random_bases;

/// Every place, letter by letter.
std::vector<Match> reference_find(const std::string& text, bool circular, const std::string& word,
                                  std::int64_t mismatches) {
    std::vector<Match> found;
    const auto n = text.size();
    if (word.size() > n) return found;
    const bool palindrome = word == other_strand(word);
    for (std::size_t i = 0; i < n; ++i) {
        for (const auto strand : {Strand::forward, Strand::reverse}) {
            if ((!circular && i + word.size() > n) || (palindrome && strand == Strand::reverse)) continue;
            const auto read = strand == Strand::forward ? word : other_strand(word);
            std::int64_t wrong = 0;
            for (std::size_t k = 0; k < word.size(); ++k) {
                const char c = text[(i + k) % n];
                wrong +=
                    std::string("ACGT").find(c) != std::string::npos && (bases_of(c) & bases_of(read[k])) != 0 ? 0 : 1;
            }
            if (wrong <= mismatches && wrong < static_cast<std::int64_t>(word.size()))
                found.push_back(
                    {{static_cast<std::int64_t>(i), static_cast<std::int64_t>(i + word.size())}, strand, wrong});
        }
    }
    return found;
}

RC_GTEST_PROP(Find, words_are_found_as_by_hand, ()) {
    const auto text = random_bases(1, 60, *rc::gen::element<std::string>("AC", "ACGT", "ACGTN"));
    const auto word = random_bases(1, *rc::gen::element<std::size_t>(4, 8, 100), "ACGTN");
    const auto mismatches = *rc::gen::inRange<std::int64_t>(0, 4);
    const bool circular = *rc::gen::arbitrary<bool>();
    const auto found = find_word({text, {}, Alphabet::dna}, circular ? Topology::circular : Topology::linear, word,
                                 {.mismatches = mismatches}, Context());
    RC_ASSERT(found.has_value());
    RC_ASSERT(*found == reference_find(text, circular, word, mismatches));
}

RC_GTEST_PROP(Find, long_words_are_found_as_by_hand, ()) {
    const auto text = random_bases(140, 300, "AC");
    const auto start = *rc::gen::inRange<std::size_t>(0, 20);
    const auto word = text.substr(start, *rc::gen::inRange<std::size_t>(63, 132));
    const auto found = find_word({text, {}, Alphabet::dna}, Topology::circular, word, {.mismatches = 3}, Context());
    RC_ASSERT(found.has_value());
    RC_ASSERT(*found == reference_find(text, true, word, 3));
}

/// The longest match of std::regex from each start.
std::vector<Interval> reference_expression(const std::string& text, const std::string& expression) {
    std::vector<Interval> found;
    const std::regex regex(expression);
    for (std::size_t i = 0; i < text.size(); ++i)
        for (std::size_t end = text.size(); end > i; --end)
            if (std::regex_match(text.begin() + static_cast<std::ptrdiff_t>(i),
                                 text.begin() + static_cast<std::ptrdiff_t>(end), regex)) {
                found.push_back({static_cast<std::int64_t>(i), static_cast<std::int64_t>(end)});
                break;
            }
    return found;
}

RC_GTEST_PROP(Find, expressions_match_as_std_regex_does, ()) {
    const auto text = random_bases(1, 24, "ACG");
    const auto expression = *rc::gen::element<std::string>("A+C", "(AC|CA)*G", "A{2,3}", "A{2,}C?", "[AC]G[^A]",
                                                           "(A|AA|AAA)C", "A.C", "(A?C)*", "((A|C)+G){2}", "AA|C{1}");
    const auto found =
        find_expression({text, {}, Alphabet::dna}, Topology::linear, expression, {.reverse = false}, Context());
    RC_ASSERT(found.has_value());
    std::vector<Interval> places;
    for (const auto& match : *found) places.push_back(match.at);
    RC_ASSERT(places == reference_expression(text, expression));
}

TEST(Find, expressions_that_blow_up_others_are_answered_or_refused) {
    const Sequence sequence{std::string(20'000, 'A') + "C", {}, Alphabet::dna};
    const auto nested = find_expression(sequence, Topology::linear, "(A*)*(A*)*(A*)*G", {.reverse = false}, Context());
    ASSERT_TRUE(nested.has_value());
    EXPECT_TRUE(nested->empty());
    EXPECT_FALSE(find_expression(sequence, Topology::linear, "(A{1000}){1000}", {}, Context()).has_value());
    EXPECT_FALSE(find_expression(sequence, Topology::linear, std::string(10'000, '('), {}, Context()).has_value());
    for (const auto* wrong : {"A{", "A{2", "A{3,2}", "[", "[]", "(A", "A)", "*A", "Q", "A{2}{2}x"})
        EXPECT_FALSE(find_expression(sequence, Topology::linear, wrong, {}, Context()).has_value()) << wrong;
}

TEST(Find, counts_of_guide_sites_in_a_genome) {  // by an independent scan: oracles/site_counts_MG1655_circular.tsv
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    LEAVEN_DATA_SET(oracle, "dna/oracles/site_counts_MG1655_circular.tsv");
    const auto document = read_document(path);
    ASSERT_TRUE(document.has_value());
    const auto& record = document->records.front();
    std::istringstream lines(testing::bytes_of(oracle));
    std::string line;
    std::getline(lines, line);
    std::int64_t compared = 0;
    for (std::string pam, side; lines >> pam >> side; ++compared) {
        std::int64_t sites = 0;
        lines >> sites;
        const auto guide = std::string(20, 'N');
        const auto found =
            find_word(record.sequence, record.topology, side == "3" ? guide + pam : pam + guide, {}, Context());
        ASSERT_TRUE(found.has_value());
        EXPECT_EQ(static_cast<std::int64_t>(found->size()), sites) << pam;
    }
    EXPECT_EQ(compared, 6);
}

/// A line of oracles/restriction_cuts.tsv: 1-based first bases after the cut, as Biopython gives them.
struct CutsOfBiopython {
    std::string file;
    bool circular = false;
    std::string enzyme;
    std::set<std::int64_t> positions;
};

CutsOfBiopython cuts_of_line(const std::string& line) {
    std::istringstream columns(line);
    std::string topology;
    std::string cuts;
    CutsOfBiopython read;
    std::getline(columns, read.file, '\t');
    std::getline(columns, topology, '\t');
    std::getline(columns, read.enzyme, '\t');
    std::getline(columns, cuts, '\t');
    read.circular = topology == "circular";
    std::istringstream numbers(cuts);
    for (std::string number; std::getline(numbers, number, ',');) read.positions.insert(std::stoll(number));
    return read;
}

std::set<std::int64_t> cuts_found(const Record& record, bool circular, const Enzyme& enzyme) {
    const auto topology = circular ? Topology::circular : Topology::linear;
    const auto sites = find_word(record.sequence, topology, enzyme.site, {}, Context());
    EXPECT_TRUE(sites.has_value()) << enzyme.site;
    std::set<std::int64_t> found;
    for (const auto& site : sites.value_or(std::vector<Match>()))
        for (const auto& cut : enzyme.cuts) {
            auto at = site.strand == Strand::forward ? site.at.start + cut.top : site.at.end - cut.bottom;
            if (circular) at = (at % record.length + record.length) % record.length;
            if (circular || (at > 0 && at < record.length)) found.insert(at + 1);
        }
    return found;
}

/// Can the site be read on both strands at one place without being a palindrome? Biopython then reports one of them.
bool reads_both_ways(const Enzyme& enzyme) {
    const auto other = other_strand(enzyme.site);
    bool both = !enzyme.palindromic;
    for (std::size_t i = 0; i < other.size(); ++i) both = both && (bases_of(enzyme.site[i]) & bases_of(other[i])) != 0;
    return both;
}

TEST(Enzyme, cuts_are_those_of_biopython) {
    LEAVEN_DATA_SET(oracle, "dna/oracles/restriction_cuts.tsv.gz");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    LEAVEN_DATA_SET(plasmids, "dna/plasmids");
    const auto enzymes = read_enzymes(testing::bytes_of(table), "table");
    ASSERT_TRUE(enzymes.has_value());
    std::map<std::string, Record> records;
    std::istringstream lines(testing::bytes_of(oracle));
    std::int64_t compared = 0;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#') || line.starts_with("file\t")) continue;
        const auto expected = cuts_of_line(line);
        const auto plain = plasmids / expected.file;
        if (!records.contains(expected.file))
            records[expected.file] =
                read_document(std::filesystem::exists(plain) ? plain : std::filesystem::path(plain.string() + ".gz"))
                    ->records.front();
        const auto enzyme = find_enzyme(*enzymes, expected.enzyme);
        ASSERT_TRUE(enzyme.has_value()) << expected.enzyme;
        const auto found = cuts_found(records[expected.file], expected.circular, *enzyme);
        if (reads_both_ways(*enzyme))
            EXPECT_TRUE(std::includes(found.begin(), found.end(), expected.positions.begin(), expected.positions.end()))
                << line.substr(0, 80);
        else
            EXPECT_EQ(found, expected.positions) << line.substr(0, 80);
        ++compared;
    }
    EXPECT_GT(compared, 3000);
}

}  // namespace
}  // namespace leaven::seq
