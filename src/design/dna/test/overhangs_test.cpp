#include <sstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/overhangs.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

using testing::other_strand;

/// A table in which a ligation counts `right`, others what `noise` says.
template <class Noise>
std::string table_of(double right, Noise noise) {
    std::vector<std::string> names;
    for (const char a : std::string("ACGT"))
        for (const char b : std::string("ACGT"))
            for (const char c : std::string("ACGT"))
                for (const char d : std::string("ACGT")) names.push_back({a, b, c, d});
    std::string table = "Overhang";
    for (const auto& name : names) table += "," + name;
    for (const auto& row : names) {
        table += "\n" + row;
        for (const auto& column : names)
            table += "," + std::to_string(other_strand(row) == column ? right : noise(row, column));
    }
    return table + "\n";
}

Ligation random_ligation() {
    const auto seed = *rc::gen::inRange(1, 1000);
    const auto noise = [seed](const std::string& a, const std::string& b) {
        std::size_t mixed = static_cast<std::size_t>(seed);
        for (const char c : a + b) mixed = mixed * 1'000'003 + static_cast<std::size_t>(c);
        return mixed % 7 == 0 ? static_cast<double>(mixed / 7 % 60) : 0.0;
    };
    const auto ligation = Ligation::read(table_of(100, noise), "made");
    RC_ASSERT(ligation.has_value());
    return *ligation;
}

std::vector<Joint> joints_of(const std::string& list) {
    std::vector<Joint> joints;
    std::istringstream words(list);
    for (std::string word; std::getline(words, word, ',');) joints.push_back(*joint_of(word));
    return joints;
}

TEST(Overhangs, there_are_136_joints_of_which_16_are_palindromes) {
    std::size_t palindromes = 0;
    for (std::size_t j = 0; j < joint_count; ++j) {
        const auto joint = static_cast<Joint>(j);
        const auto name = overhang_of(joint);
        EXPECT_EQ(joint_of(name), joint);
        EXPECT_EQ(joint_of(other_strand(name)), joint);
        EXPECT_EQ(is_palindrome(joint), name == other_strand(name));
        palindromes += is_palindrome(joint) ? 1 : 0;
    }
    EXPECT_EQ(palindromes, 16U);
    EXPECT_FALSE(joint_of("AATN").has_value());
    EXPECT_FALSE(joint_of("AAT").has_value());
}

TEST(Overhangs, set_fidelities_equal_the_oracle) {
    LEAVEN_DATA_SET(oracle, "dna/oracles/overhang_set_fidelity_BsaI.tsv");
    LEAVEN_DATA_SET(matrix, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = Ligation::read(testing::text_of(matrix), "BsaI");
    ASSERT_TRUE(ligation.has_value());
    std::istringstream lines(testing::text_of(oracle));
    std::size_t compared = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto tab = line.find('\t');
        if (line.starts_with('#') || line.starts_with("overhangs")) continue;
        EXPECT_NEAR(ligation->fidelity(joints_of(line.substr(0, tab))), std::stod(line.substr(tab + 1)), 1e-6) << line;
        ++compared;
    }
    EXPECT_GE(compared, 90U);
}

TEST(Overhangs, every_shipped_table_reads) {
    for (const std::string name :
         {"potapov2018_18h_25C", "potapov2018_18h_37C", "potapov2018_1h_25C", "potapov2018_1h_37C", "pryor2020_BbsI",
          "pryor2020_BsaI", "pryor2020_BsmBI", "pryor2020_Esp3I"}) {
        LEAVEN_DATA_SET(matrix, "dna/tables/overhangs/" + name + ".csv.gz");
        EXPECT_TRUE(Ligation::read(testing::text_of(matrix), name).has_value()) << name;
    }
}

TEST(Overhangs, damaged_tables_are_refused_with_the_line) {
    const auto table = table_of(1, [](const auto&, const auto&) { return 0.0; });
    const auto refused = [](std::string text, const std::string& where) {
        const auto ligation = Ligation::read(text, "t");
        ASSERT_FALSE(ligation.has_value());
        EXPECT_EQ(ligation.error().where, where);
    };
    refused("", "t, line 1");
    refused("Overhang,AAAA\nAAAA,1\n", "t, line 1");
    auto negative = table;
    negative.replace(negative.find("\nAAAC,") + 6, 1, "-1");
    refused(negative, "t, line 3");
    refused(table.substr(0, table.rfind("\nTTTT")), "t, line 257");
}

RC_GTEST_PROP(Overhangs, a_set_with_one_more_is_never_better, ()) {
    const auto ligation = random_ligation();
    std::vector<Joint> set;
    double before = 1;
    for (const auto j : *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 136))) {
        set.push_back(static_cast<Joint>(j));
        const auto now = ligation.fidelity(set);
        RC_ASSERT(now <= before + 1e-15);
        before = now;
    }
}

RC_GTEST_PROP(Overhangs, the_choice_is_the_best_of_all_sets, ()) {
    const auto ligation = random_ligation();
    // All but ten joints are forbidden, so that every set can be tried.
    const auto allowed = *rc::gen::unique<std::vector<int>>(10, rc::gen::inRange(0, 136));
    std::vector<Joint> forbidden;
    std::vector<Joint> open;
    for (int j = 0; j < 136; ++j) {
        const bool in = std::find(allowed.begin(), allowed.end(), j) != allowed.end();
        if (!in) forbidden.push_back(static_cast<Joint>(j));
        if (in && !is_palindrome(static_cast<Joint>(j))) open.push_back(static_cast<Joint>(j));
    }
    const auto count = *rc::gen::inRange<std::size_t>(1, 6);
    double best = -1;
    for (std::size_t bits = 0; bits < (std::size_t{1} << open.size()); ++bits) {
        std::vector<Joint> set;
        for (std::size_t i = 0; i < open.size(); ++i)
            if ((bits >> i & 1U) != 0) set.push_back(open[i]);
        if (set.size() == count) best = std::max(best, ligation.fidelity(set));
    }
    const auto chosen = choose_overhangs(ligation, static_cast<std::int64_t>(count), {}, forbidden, Context());
    RC_ASSERT(chosen.has_value());
    RC_ASSERT(chosen->proof == (best < 0 ? Proof::infeasible : Proof::optimal));
    if (best < 0) return;
    RC_ASSERT(std::abs(chosen->fidelity - best) < 1e-9);
    RC_ASSERT(std::abs(ligation.fidelity(chosen->joints) - best) < 1e-9);
}

}  // namespace
}  // namespace leaven::dna
