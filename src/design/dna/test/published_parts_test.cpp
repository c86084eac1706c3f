#include <set>

#include <leaven/op/json.hpp>

#include "assembly_samples.hpp"

namespace leaven::dna {
namespace {

using testing::assembled;
using testing::canonical;
using testing::enzymes_named;
using testing::expect_parts_spell;
using testing::whole_circles;

std::vector<seq::Record> records_of(const std::filesystem::path& path) {
    const auto document = seq::read_document(path);
    EXPECT_TRUE(document.has_value()) << path;
    return document->records;
}

// The plan of DNA Cauldron's test: seven parts, seven bridging oligos, in the order of their names.
TEST(PublishedParts, ligase_cycling_joins_the_parts_that_oligos_bridge) {
    LEAVEN_DATA_SET(parts_path, "dna/assembly/lcr_assembly/RFP_GFP_plasmid_parts.fa");
    LEAVEN_DATA_SET(oligos_path, "dna/assembly/lcr_assembly/RFP_GFP_plasmid_BOs.fa");
    auto inputs = records_of(parts_path);
    std::string expected;
    for (const auto& part : inputs) expected += part.sequence.letters;
    const auto parts = inputs.size();
    for (auto& oligo : records_of(oligos_path)) inputs.push_back(std::move(oligo));
    const auto made = assembled(inputs, {.method = Method::lcr});
    ASSERT_EQ(made.products.size(), 1U);
    EXPECT_EQ(made.products.front().canonical, canonical(expected, true));
    EXPECT_EQ(made.products.front().parts.size(), parts);
    EXPECT_TRUE(made.products.front().intended);
}

// The plan of DNA Cauldron's test: parts freed by BsaI, linkers annealed from pairs of oligos.
TEST(PublishedParts, basic_joins_parts_by_annealed_linkers) {
    LEAVEN_DATA_SET(folder, "dna/assembly/basic/parts_and_oligos");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    std::vector<seq::Record> inputs;
    for (const std::string name : {"promoter", "GFP", "RFP", "p15A_kan"})
        inputs.push_back(records_of(folder / (name + ".gb")).front());
    for (auto& oligo : records_of(folder / "oligos.fa")) inputs.push_back(std::move(oligo));
    const auto made =
        assembled(inputs, {.method = Method::basic, .enzymes = enzymes_named(Json::array({"BsaI"})), .max_parts = 20});
    // All parts have the same two ends, and so in one pot four parts and four linkers of two halves each take turns
    // round the circle in 3! 4! ways.
    std::size_t planned = 0;
    for (const auto& product : made.products) {
        std::set<std::size_t> held;
        for (const auto& part : product.parts) held.insert(part.input);
        planned += held.size() == 12 ? 1 : 0;
        expect_parts_spell(product, inputs);
    }
    EXPECT_EQ(planned, 144U);
}

TEST(PublishedParts, a_published_set_of_type_iis_parts_closes_one_circle) {  // construct_1 of its plan
    LEAVEN_DATA_SET(folder, "dna/assembly/hierarchical_type2s/parts");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    std::vector<seq::Record> inputs;
    for (const std::string name : {"A", "B", "C", "D", "E", "F"}) {
        inputs.push_back(records_of(folder / ("part_" + name + ".gb")).front());
        inputs.back().topology = seq::Topology::circular;
    }
    const auto made =
        assembled(inputs, {.method = Method::golden_gate, .enzymes = enzymes_named(Json::array({"BsaI"}))});
    EXPECT_EQ(whole_circles(made, inputs.size()).size(), 1U);
}

TEST(PublishedParts, published_parts_and_their_receptor_close_one_circle) {
    LEAVEN_DATA_SET(folder, "dna/assembly/combinatorial_type2s/parts");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    std::vector<seq::Record> inputs;
    for (const std::string name : {"partA", "partB", "partC", "receptor"}) {
        inputs.push_back(records_of(folder / (name + ".gb")).front());
        inputs.back().topology = seq::Topology::circular;
    }
    const auto made =
        assembled(inputs, {.method = Method::golden_gate, .enzymes = enzymes_named(Json::array({"BsmBI"}))});
    EXPECT_EQ(whole_circles(made, inputs.size()).size(), 1U);
}

}  // namespace
}  // namespace leaven::dna
