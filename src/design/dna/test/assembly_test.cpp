#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/assembly.hpp>
#include <leaven/op/json.hpp>

#include "assembly_picture.hpp"
#include "assembly_samples.hpp"

namespace leaven::dna {
namespace {

using testing::assembled;
using testing::canonical;
using testing::enzyme_by_hand;
using testing::enzymes_named;
using testing::expect_parts_spell;
using testing::forms_of;
using testing::molecule;
using testing::other_strand;
using testing::random_dna;
using testing::whole_circles;

/// The only circle of all parts, which is the product the case expects; null where there are others, or none.
const Product* the_one_circle(const Assembly& made, const std::vector<seq::Record>& inputs, const auto& expected) {
    const auto whole = whole_circles(made, inputs.size());
    if (whole.size() != 1) return nullptr;
    EXPECT_EQ(whole.front()->canonical, expected["product_canonical"].template get<std::string>()) << expected["id"];
    expect_parts_spell(*whole.front(), inputs);
    return whole.front();
}

TEST(Assembly, gibson_cases_give_the_one_circle_of_all_parts) {
    LEAVEN_DATA_SET(path, "dna/oracles/gibson_cases.json.gz");
    const auto cases = testing::json_of(path);
    for (const auto& one : cases) {
        std::vector<seq::Record> inputs;
        for (const auto& fragment : one["fragments"]) inputs.push_back(molecule(fragment, false));
        const auto made = assembled(inputs, {.method = Method::gibson, .min_overlap = one["overlap"]});
        const auto* whole = the_one_circle(made, inputs, one);
        ASSERT_NE(whole, nullptr) << one["id"];
        EXPECT_TRUE(whole->intended);
    }
    EXPECT_EQ(cases.size(), 53U);
}

TEST(Assembly, golden_gate_cases_give_the_one_circle_of_all_parts) {
    LEAVEN_DATA_SET(path, "dna/oracles/golden_gate_cases.json.gz");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    const auto cases = testing::json_of(path);
    for (const auto& one : cases) {
        std::vector<seq::Record> inputs;
        for (const auto& input : one["inputs"]) inputs.push_back(molecule(input, one["circular_inputs"]));
        const auto made =
            assembled(inputs, {.method = Method::golden_gate, .enzymes = enzymes_named(Json::array({one["enzyme"]}))});
        const auto* whole = the_one_circle(made, inputs, one);
        ASSERT_NE(whole, nullptr) << one["id"];
        std::set<std::string> expected;
        for (const auto& overhang : one["overhangs"])
            expected.insert(std::min(overhang.get<std::string>(), other_strand(overhang)));
        std::set<std::string> joints;
        for (const auto& junction : whole->junctions)
            joints.insert(std::min(junction.bases, other_strand(junction.bases)));
        EXPECT_EQ(joints, expected) << one["id"];
    }
    EXPECT_EQ(cases.size(), 51U);
}

TEST(Assembly, ligations_and_recombinations_give_every_expected_product) {
    LEAVEN_DATA_SET(path, "dna/oracles/ligation_recombination_cases.json.gz");
    LEAVEN_DATA_SET(table, "dna/tables/restriction_enzymes.tsv.gz");
    const auto cases = testing::json_of(path);
    for (const auto& one : cases) {
        std::vector<seq::Record> inputs;
        for (const auto& input : one["inputs"])
            inputs.push_back(molecule(input["sequence"], input["topology"] == "circular", input["name"]));
        AssemblyOptions options{.method = Method::restriction};
        if (one["method"] == "yeast")
            options = {.method = Method::yeast, .min_overlap = one["min_overlap"], .max_tip = one["max_tip"]};
        else
            options.enzymes = enzymes_named(one["enzymes"]);
        if (one.contains("intended")) options.intended = one["intended"];
        const auto made = assembled(inputs, options);
        const auto forms = forms_of(made);
        for (const auto& expected : one["expected"]) EXPECT_TRUE(forms.contains(expected)) << one["id"];
        if (options.intended) {
            EXPECT_TRUE(made.products.front().intended) << one["id"];
        }
    }
    EXPECT_EQ(cases.size(), 10U);
}

/// A circle cut into overlapping fragments, some of them turned round.
struct Design {
    std::string circle{};
    std::vector<seq::Record> fragments{};
};

Design random_design(std::size_t overlap) {
    Design design;
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    std::vector<std::string> bodies;
    for (std::size_t i = 0; i < count; ++i) bodies.push_back(random_dna(3 * overlap, 4 * overlap));
    for (const auto& body : bodies) design.circle += body;
    for (std::size_t i = 0; i < count; ++i) {
        auto letters = bodies[i] + bodies[(i + 1) % count].substr(0, overlap);
        if (*rc::gen::arbitrary<bool>()) letters = other_strand(letters);
        design.fragments.push_back(molecule(letters, false, "f" + std::to_string(i)));
    }
    return design;
}

RC_GTEST_PROP(Assembly, overlapping_fragments_of_a_circle_give_it_back, ()) {
    const auto design = random_design(20);
    const auto made = assembled(design.fragments, {.method = Method::gibson, .min_overlap = 20});
    RC_ASSERT(forms_of(made).contains(canonical(design.circle, true)));
    RC_ASSERT(whole_circles(made, design.fragments.size()).size() == 1U);
}

RC_GTEST_PROP(Assembly, shuffled_and_turned_inputs_give_the_same_products, ()) {
    auto design = random_design(20);
    design.fragments.push_back(molecule(random_dna(40, 80), false, "stranger"));
    const AssemblyOptions options{.method = Method::gibson, .min_overlap = 20, .shape = Shape::any};
    const auto first = forms_of(assembled(design.fragments, options));
    auto shuffled = design.fragments;
    for (std::size_t i = shuffled.size(); i > 1; --i)
        std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
    for (auto& fragment : shuffled)
        if (*rc::gen::arbitrary<bool>()) fragment = molecule(other_strand(fragment.sequence.letters), false);
    RC_ASSERT(forms_of(assembled(shuffled, options)) == first);
}

/// Plasmids with inserts between two sites of BsaI, that fit each other in a ring.
std::vector<seq::Record> random_golden_gate() {
    const std::vector<std::string> overhangs{"AATG", "GCTT", "CGCT", "TGCC", "ACTA"};
    const auto count = *rc::gen::inRange<std::size_t>(2, 5);
    std::vector<seq::Record> inputs;
    for (std::size_t i = 0; i < count; ++i) {
        const auto left = overhangs[i];
        const auto right = overhangs[(i + 1) % count];
        const auto letters = random_dna(15, 30, "ACT") + "GGTCTCA" + left + random_dna(15, 30, "ACT") + right +
                             "TGAGACC" + random_dna(15, 30, "ACT");
        inputs.push_back(molecule(letters, true, "p" + std::to_string(i)));
    }
    return inputs;
}

RC_GTEST_PROP(Assembly, rotation_and_strand_of_plasmids_change_no_product, ()) {
    const auto inputs = random_golden_gate();
    const AssemblyOptions options{.method = Method::golden_gate, .enzymes = {enzyme_by_hand("BsaI")}};
    const auto first = assembled(inputs, options);
    RC_ASSERT(whole_circles(first, inputs.size()).size() == 1U);
    auto turned = inputs;
    for (auto& plasmid : turned) {
        const auto size = plasmid.sequence.letters.size();
        auto letters = testing::turned(plasmid.sequence.letters, *rc::gen::inRange<std::size_t>(0, size));
        if (*rc::gen::arbitrary<bool>()) letters = other_strand(letters);
        plasmid = molecule(letters, true, plasmid.name);
    }
    RC_ASSERT(forms_of(assembled(turned, options)) == forms_of(first));
}

RC_GTEST_PROP(Assembly, a_digest_ligates_to_its_plasmid_again, ()) {
    const auto letters = random_dna(20, 40) + "GAATTC" + random_dna(20, 40) + "GGTACC" + random_dna(20, 40);
    const auto made =
        assembled({molecule(letters, true)},
                  {.method = Method::restriction, .enzymes = {enzyme_by_hand("EcoRI"), enzyme_by_hand("KpnI")}});
    RC_ASSERT(forms_of(made).contains(canonical(letters, true)));
}

/// All circles of pieces with these ends, by trying every order and orientation.
std::set<std::string> circles_by_hand(const std::vector<std::array<std::string, 3>>& pieces) {
    std::set<std::string> forms;
    const auto count = pieces.size();
    for (std::size_t bits = 1; bits < (std::size_t{1} << count); ++bits) {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < count; ++i)
            if ((bits >> i & 1U) != 0) order.push_back(i);
        do {
            for (std::size_t turns = 0; turns < (std::size_t{1} << order.size()); ++turns) {
                std::string letters;
                bool fits = true;
                const auto end = [&](std::size_t place, bool left) {
                    const auto& piece = pieces[order[place]];
                    const bool turned = (turns >> place & 1U) != 0;
                    const auto& overhang = piece[left != turned ? 0 : 2];
                    return turned ? other_strand(overhang) : overhang;
                };
                for (std::size_t k = 0; k < order.size(); ++k) {
                    fits = fits && end(k, false) == end((k + 1) % order.size(), true);
                    const auto& body = pieces[order[k]][1];
                    letters += end(k, true) + ((turns >> k & 1U) != 0 ? other_strand(body) : body);
                }
                if (fits) forms.insert(testing::canonical_by_hand(letters));
            }
        } while (std::next_permutation(order.begin(), order.end()));
    }
    return forms;
}

RC_GTEST_PROP(Assembly, circles_are_those_of_all_orders_tried, ()) {
    // EcoRI's overhang is a palindrome, BsaI's here are not; ends are cut so that no site comes back.
    const std::vector<std::string> overhangs{"AATT", "ACTC", "CCAA"};
    const auto count = *rc::gen::inRange<std::size_t>(1, 5);
    std::vector<std::array<std::string, 3>> pieces;
    std::vector<seq::Record> inputs;
    for (std::size_t i = 0; i < count; ++i) {
        const auto left = *rc::gen::elementOf(overhangs);
        const auto right = *rc::gen::elementOf(overhangs);
        const auto body = random_dna(8, 14, "ACT");
        pieces.push_back({left, body, right});
        inputs.push_back(molecule("TTTTGGTCTCA" + left + body + right + "TGAGACCTTTT", false, "p" + std::to_string(i)));
    }
    const auto made = assembled(inputs, {.method = Method::golden_gate, .enzymes = {enzyme_by_hand("BsaI")}});
    RC_ASSERT(forms_of(made) == circles_by_hand(pieces));
}

// By hand: the joint CTC + … reads GGTCTC, so that what forms is cut again.
TEST(Assembly, a_product_whose_joint_makes_a_site_is_left_out) {
    const auto part = [](const std::string& left, const std::string& body, const std::string& right) {
        return molecule("TTTTGGTCTCA" + left + body + right + "TGAGACCTTTT", false);
    };
    const AssemblyOptions options{.method = Method::golden_gate, .enzymes = {enzyme_by_hand("BsaI")}};
    const auto harmless =
        assembled({part("GTCT", "ATTACATTACAA", "AACC"), part("AACC", "CATCATCATCAA", "GTCT")}, options);
    EXPECT_EQ(harmless.products.size(), 1U);
    const auto made = assembled({part("GTCT", "CTTACATTACAA", "AACC"), part("AACC", "CATCATCATCAG", "GTCT")}, options);
    EXPECT_TRUE(made.products.empty());
    ASSERT_FALSE(made.notes.empty());
    EXPECT_EQ(made.notes.front().code, "site_created");
}

TEST(Assembly, no_product_comes_with_reasons_and_uncut_inputs_are_left_over) {
    const auto made = assembled({molecule("ACGTACGTTTTTAAACCCATTGA", true)},
                                {.method = Method::golden_gate, .enzymes = {enzyme_by_hand("BsaI")}});
    EXPECT_TRUE(made.products.empty());
    ASSERT_EQ(made.leftovers.size(), 1U);
    EXPECT_TRUE(made.leftovers.front().uncut);
    EXPECT_EQ(made.notes.front().code, "uncut");
}

// Unphosphorylated ends: an insert with blunt ends goes into a vector cut by SmaI, not into itself.
TEST(Assembly, blunt_ends_join_a_cut_end_but_not_each_other) {
    const std::string vector = "ATTACAGATTACATTCAGGACCTACCCGGGTTAGGCATTACGGATTACA";
    const std::string insert = "TTGACCATGATTACGCCAAGC";
    const auto made = assembled({molecule(vector, true), molecule(insert, false)},
                                {.method = Method::restriction, .enzymes = {enzyme_by_hand("SmaI")}});
    const auto opened = testing::turned(vector, vector.find("GGGTTAGG"));
    EXPECT_EQ(forms_of(made), (std::set<std::string>{canonical(vector, true), canonical(opened + insert, true),
                                                     canonical(opened + other_strand(insert), true)}));
}

TEST(Assembly, tips_beyond_the_homology_are_removed_where_allowed) {
    const std::string a = "ACGGATTACAGTTCCATGCAAGTCTTGCAGGCATTCGAATCCGTTAGCAACTGGTTCAACG";
    const std::string b = "TGCATCAAGGTACTTGACCTGATACCAGTCGGATCATTGCCAATGCGTATCGGAACTTGAC";
    const auto first = molecule("TTTTTT" + a + b.substr(0, 30) + "GGGGG", false);
    const auto second = molecule("CCCC" + b + a.substr(0, 30) + "AAAAAAA", false);
    const auto with_tip = [&](std::int64_t tip) {
        return forms_of(assembled({first, second}, {.method = Method::yeast, .min_overlap = 25, .max_tip = tip}));
    };
    EXPECT_TRUE(with_tip(6).empty());
    EXPECT_EQ(with_tip(8), (std::set<std::string>{canonical(a + b, true)}));
}

TEST(Assembly, features_follow_their_parts_over_origin_and_strand) {
    auto inputs = std::vector<seq::Record>{molecule("ACGGATTACAGTTCCATGCAAGTCTTGCAGGCATTCGAATCC", false, "a"),
                                           molecule("", false, "b")};
    const auto& a = inputs[0].sequence.letters;
    const std::string body = "TGCATCAAGGTACTTGACCTGATACC";
    inputs[1] = molecule(other_strand(a.substr(a.size() - 20) + body + a.substr(0, 20)), false, "b");
    inputs[0].features.push_back({"CDS",
                                  *seq::parse_location("3..12", 42, seq::Topology::linear),
                                  {{"label", "in_a", seq::Qualifier::Form::quoted, {}}},
                                  {},
                                  {}});
    inputs[1].features.push_back({"gene",
                                  *seq::parse_location("complement(22..40)", 66, seq::Topology::linear),
                                  {{"label", "in_b", seq::Qualifier::Form::quoted, {}}},
                                  {},
                                  {}});
    const auto made = assembled(inputs, {.method = Method::gibson, .min_overlap = 20});
    ASSERT_EQ(made.products.size(), 1U);
    ProductRecords records(inputs);
    const auto record = records.record_of(made.products.front(), "product");
    ASSERT_EQ(record.features.size(), 2U);
    for (const auto& feature : record.features) {
        const auto& source = feature.label() == "in_a" ? inputs[0] : inputs[1];
        const auto read = [](const seq::Record& of, const seq::Location& location) {
            std::string letters;
            for (const auto& piece : pieces_of(location, of.length, of.topology)) {
                const auto bases = letters_of(of, piece.at);
                letters += piece.strand == seq::Strand::forward ? bases : other_strand(bases);
            }
            return letters;
        };
        EXPECT_EQ(read(record, feature.location), read(source, source.features.front().location));
    }
}

TEST(AssemblyPicture, names_of_others_are_shown_and_never_run) {
    const auto name = "<script>\"'&" + std::string(300, 'x');
    const std::vector<DrawnMolecule> molecules{{.name = name,
                                                .about = {name, name},
                                                .length = 100,
                                                .rows = {{{name, name}, {{name, {0, 10}}}}},
                                                .joints = {{10, name}}}};
    const auto picture = draw_assemblies(molecules, 3, {{name, {100}}}, Lang::en);
    EXPECT_EQ(picture.find("<script"), std::string::npos);
    EXPECT_NE(picture.find("&lt;script&gt;"), std::string::npos);
    EXPECT_NE(picture.find("2 more are in the table"), std::string::npos);
}

}  // namespace
}  // namespace leaven::dna
