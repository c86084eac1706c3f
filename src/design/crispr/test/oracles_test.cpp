// The search and the scores against tables made by other programs and by exhaustive search.
#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/crispr/sites.hpp>

#include "data_sets.hpp"

namespace leaven::crispr {
namespace {

using Cells = std::map<std::string, std::string>;

std::vector<Cells> read_table(const std::filesystem::path& path) {
    std::ifstream in(path);
    std::vector<Cells> rows;
    std::vector<std::string> names;
    for (std::string line; std::getline(in, line);) {
        std::istringstream cells(line);
        Cells row;
        std::size_t column = 0;
        for (std::string cell; std::getline(cells, cell, '\t'); ++column) {
            if (rows.empty() && names.size() == column && row.empty())
                names.push_back(cell);
            else
                row[names.at(column)] = cell;
        }
        if (!row.empty()) rows.push_back(row);
    }
    return rows;
}

std::vector<std::string> guides_of(const std::vector<Cells>& rows) {
    std::vector<std::string> guides;
    std::set<std::string> seen;
    for (const auto& row : rows)
        if (seen.insert(row.at("guide")).second) guides.push_back(row.at("guide"));
    return guides;
}

GenomeFile coli(const std::filesystem::path& path, const std::string& circular) {
    auto file = read_genome(path.string(), Topologies::of({circular}), Context());
    EXPECT_TRUE(file.has_value());
    return *std::move(file);
}

Nuclease nuclease_of(const std::string& pam, const std::string& side, std::int64_t length) {
    return *choose_nuclease({.name = "SpCas9", .pam = pam, .pam_side = side, .spacer = length});
}

struct Oracle {
    std::string file;
    std::string pam;
    std::string side;
    std::int64_t mismatches;
    std::string circular;
};

class Offtargets : public ::testing::TestWithParam<Oracle> {};

TEST_P(Offtargets, equal_the_oracle_row_for_row) {
    LEAVEN_DATA_SET(genome_path, "dna/genomes/MG1655.fna.gz");
    LEAVEN_DATA_SET(path, "dna/oracles/" + GetParam().file);
    const auto rows = read_table(path);
    const auto guides = guides_of(rows);
    const auto file = coli(genome_path, GetParam().circular);
    const Search search(
        file.genome, guides,
        {.nuclease = nuclease_of(GetParam().pam, GetParam().side, static_cast<std::int64_t>(guides.front().size())),
         .mismatches = GetParam().mismatches});
    std::multiset<std::string> expected;
    for (const auto& row : rows)
        expected.insert(row.at("guide") + row.at("contig") + row.at("start") + row.at("strand") + row.at("site") +
                        row.at("pam") + row.at("mismatches"));
    std::multiset<std::string> found;
    const auto hits = *find_all(search, Context());
    for (const auto& hit : hits) {
        const auto place = search.site_of(hit);
        found.insert(guides[hit.guide] + file.genome.contigs()[hit.contig].name + std::to_string(place.at.start) +
                     (hit.reverse ? "-" : "+") + place.site + place.pam + std::to_string(hit.mismatches));
    }
    EXPECT_EQ(found, expected);
}

INSTANTIATE_TEST_SUITE_P(Coli, Offtargets,
                         ::testing::Values(Oracle{"offtargets_ecoli_100_NGG_4mm.tsv", "NGG", "3", 4, "none"},
                                           Oracle{"offtargets_ecoli_200.tsv", "NGG", "3", 4, "all"},
                                           Oracle{"offtargets_ecoli_nrg.tsv", "NRG", "3", 4, "all"},
                                           Oracle{"offtargets_ecoli_sa.tsv", "NNGRRT", "3", 5, "all"},
                                           Oracle{"offtargets_ecoli_cas12a.tsv", "TTTV", "5", 4, "all"}));

TEST(Bulges, equal_the_oracle_in_loci_classes_mismatches_and_ways) {
    LEAVEN_DATA_SET(genome_path, "dna/genomes/MG1655.fna.gz");
    LEAVEN_DATA_SET(path, "dna/oracles/bulges_ecoli_20_3mm_1bulge.tsv");
    const auto rows = read_table(path);
    const auto guides = guides_of(rows);
    const auto file = coli(genome_path, "all");
    const Search search(file.genome, guides,
                        {.nuclease = nucleases()[0], .mismatches = 3, .dna_bulges = 1, .rna_bulges = 1});
    std::multiset<std::string> expected;
    for (const auto& row : rows)
        expected.insert(row.at("guide") + row.at("pam_start") + row.at("strand") + row.at("class") +
                        row.at("mismatches") + "/" + row.at("ways"));
    std::multiset<std::string> found;
    const auto hits = *find_all(search, Context());
    for (const auto& hit : hits) {
        if (hit.dna_bulges + hit.rna_bulges > 1) continue;
        found.insert(guides[hit.guide] + std::to_string(hit.pam_start) + (hit.reverse ? "-" : "+") +
                     (hit.dna_bulges > 0   ? "DNA1"
                      : hit.rna_bulges > 0 ? "RNA1"
                                           : "X") +
                     std::to_string(hit.mismatches) + "/" + std::to_string(hit.ways));
    }
    EXPECT_EQ(found, expected);
}

TEST(Sites, are_as_many_as_the_oracle_counts) {
    LEAVEN_DATA_SET(genome_path, "dna/genomes/MG1655.fna.gz");
    LEAVEN_DATA_SET(path, "dna/oracles/site_counts_MG1655_circular.tsv");
    const auto file = coli(genome_path, "all");
    const auto rows = read_table(path);
    for (const auto& row : rows) {
        const auto list = list_sites(file.genome, nuclease_of(row.at("pam"), row.at("side"), 20), {}, 0, Context());
        EXPECT_EQ(std::to_string(list->total), row.at("sites")) << row.at("pam");
    }
    const auto line = list_sites(coli(genome_path, "none").genome, nucleases()[0], {}, 10, Context());
    EXPECT_EQ(line->total, 542'072);
    EXPECT_EQ(line->sites.size(), 10U);
}

TEST(Scores, of_guides_equal_the_oracle) {
    LEAVEN_DATA_SET(genome_path, "dna/genomes/MG1655.fna.gz");
    LEAVEN_DATA_SET(path, "dna/oracles/scores_ecoli_200.tsv");
    const auto rows = read_table(path);
    const auto guides = guides_of(rows);
    const auto file = coli(genome_path, "all");
    const Search search(file.genome, guides, {.nuclease = nucleases()[0], .mismatches = 4});
    std::vector<double> mit(guides.size(), 0);
    std::vector<double> cfd(guides.size(), 0);
    std::vector<bool> target(guides.size(), false);
    const auto hits = *find_all(search, Context());
    for (const auto& hit : hits) {
        if (hit.mismatches == 0 && !target[hit.guide]) {
            target[hit.guide] = true;
            continue;
        }
        mit[hit.guide] += hit.mit;
        cfd[hit.guide] += hit.cfd;
        const auto place = search.site_of(hit);
        std::string site = place.site;
        for (auto& c : site) c = static_cast<char>(c & ~0x20);
        EXPECT_NEAR(hit.cfd, cfd_of(guides[hit.guide], site, place.pam.substr(1)), 1e-12);
    }
    for (std::size_t i = 0; i < guides.size(); ++i) {
        EXPECT_NEAR(guide_score(mit[i]), std::stod(rows[i].at("mit")), 1e-4);
        EXPECT_NEAR(guide_score(cfd[i]), std::stod(rows[i].at("cfd")), 1e-4);
    }
}

TEST(Scores, rule_set_1_gives_the_published_examples) {
    EXPECT_NEAR(*rule_set_1("TATAGCTGCGATCTGAGGTAGGGAGGGACC"), 0.713089, 1e-6);
    EXPECT_NEAR(*rule_set_1("TCCGCACCTGTCACGGTCGGGGCTTGGCGC"), 0.018984, 1e-6);
    EXPECT_FALSE(rule_set_1("TCCGCACCTGTCACGGTCGGGGCTTGGCGN").has_value());
    EXPECT_FALSE(rule_set_1("TCCGCACCTGTCACGGTCGGGGCTTGGCG").has_value());
}

std::vector<double> ranks_of(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
    std::vector<double> ranks(values.size());
    for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
    return ranks;
}

/// Correlation of the ranks.
double spearman(const std::vector<double>& a, const std::vector<double>& b) {
    const auto x = ranks_of(a);
    const auto y = ranks_of(b);
    const double mean = (static_cast<double>(a.size()) - 1) / 2;
    double both = 0;
    double one = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        both += (x[i] - mean) * (y[i] - mean);
        one += (x[i] - mean) * (x[i] - mean);
    }
    return both / one;
}

TEST(Scores, the_learned_model_ranks_guides_as_rule_set_2_does) {
    LEAVEN_DATA_SET(path, "dna/crispr/azimuth_1000guides.csv");
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    std::vector<double> learned;
    std::vector<double> first;
    std::vector<double> predicted;
    while (std::getline(in, line)) {
        const auto comma = line.find(',');
        const auto guide = line.substr(comma + 1, 30);
        learned.push_back(*learned_score(guide));
        first.push_back(*rule_set_1(guide));
        predicted.push_back(std::stod(line.substr(comma + 32)));
    }
    ASSERT_EQ(predicted.size(), 947U);  // of the 1,000 that the file is named after
    EXPECT_GE(spearman(learned, predicted), 0.80);
    EXPECT_NEAR(spearman(first, predicted), 0.61, 0.01);
}

}  // namespace
}  // namespace leaven::crispr
