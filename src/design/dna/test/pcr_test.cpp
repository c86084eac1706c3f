#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/pcr.hpp>

#include "cloning_samples.hpp"

namespace leaven::dna {
namespace {

using testing::molecule;
using testing::other_strand;
using testing::random_dna;

std::vector<std::string> products_of(const seq::Record& record, const std::vector<Primer>& primers,
                                     const PcrOptions& options = {}) {
    const auto made = amplify(record, primers, options, Context());
    EXPECT_TRUE(made.has_value());
    std::vector<std::string> products;
    for (const auto& product : made->products) products.push_back(product.letters);
    return products;
}

TEST(Pcr, expected_products_of_the_oracle_are_made) {
    LEAVEN_DATA_SET(path, "dna/oracles/pcr_cases.json.gz");
    const auto cases = testing::json_of(path);
    for (const auto& one : cases) {
        const auto record = molecule(one["template"], one["topology"] == "circular");
        const std::vector<Primer> primers{{"f", one["forward"]}, {"r", one["reverse"]}};
        const auto products = products_of(record, primers, {.mismatches = one["mismatches"]});
        EXPECT_EQ(std::count(products.begin(), products.end(), one["product"].get<std::string>()), 1) << one["id"];
    }
    EXPECT_EQ(cases.size(), 6U);
}

RC_GTEST_PROP(Pcr, rotation_of_a_circle_changes_no_product, ()) {
    const auto letters = random_dna(80, 160);
    const auto doubled = letters + letters;
    const auto start = *rc::gen::inRange<std::size_t>(0, letters.size());
    const auto size = *rc::gen::inRange<std::size_t>(40, letters.size() + 1);
    const auto tail = random_dna(0, 8);
    const std::vector<Primer> primers{{"f", tail + doubled.substr(start, 18)},
                                      {"r", other_strand(doubled.substr(start + size - 18, 18))}};
    const auto expected = tail + doubled.substr(start, size);
    const auto sorted = [&](std::size_t turn) {
        auto products = products_of(molecule(testing::turned(letters, turn), true), primers);
        std::sort(products.begin(), products.end());
        return products;
    };
    const auto first = sorted(0);
    RC_ASSERT(std::count(first.begin(), first.end(), expected) >= 1);
    RC_ASSERT(sorted(*rc::gen::inRange<std::size_t>(0, letters.size())) == first);
}

RC_GTEST_PROP(Pcr, the_other_strand_gives_the_same_products_read_backwards, ()) {
    const auto letters = random_dna(80, 160);
    const bool circular = *rc::gen::arbitrary<bool>();
    const std::vector<Primer> primers{{"f", letters.substr(5, 20)}, {"r", other_strand(letters.substr(50, 20))}};
    std::multiset<std::string> forward;
    std::multiset<std::string> backward;
    for (const auto& product : products_of(molecule(letters, circular), primers)) forward.insert(product);
    for (const auto& product : products_of(molecule(other_strand(letters), circular), primers))
        backward.insert(other_strand(product));
    RC_ASSERT(!forward.empty());
    RC_ASSERT(forward == backward);
}

// By hand: the fourth base from the 3' end may be wrong, the third may not.
TEST(Pcr, a_mismatch_is_never_among_the_last_three_bases) {
    const std::string letters = "ACGTTGCAAGTCCTAGGATCACCGTATGCAATCGGCTAAGCTTACGGATCCATTGCACGTA";
    const auto wrong_at = [&](std::size_t back) {
        auto forward = letters.substr(2, 20);
        auto& base = forward[forward.size() - 1 - back];
        base = base == 'A' ? 'C' : 'A';
        return products_of(molecule(letters, false),
                           {{"f", forward}, {"r", other_strand(letters.substr(letters.size() - 20))}},
                           {.mismatches = 1})
            .size();
    };
    for (const std::size_t back : {0, 1, 2}) EXPECT_EQ(wrong_at(back), 0U);
    for (const std::size_t back : {3, 4, 14, 15}) EXPECT_EQ(wrong_at(back), 1U);
}

TEST(Pcr, no_product_comes_with_counted_reasons) {
    const std::string letters = "ACGTTGCAAGTCCTAGGATCACCGTATGCAATCGGCTAAGCTTACGGATCCATTGCACGTA";
    const std::vector<Primer> primers{{"short", "ACGT"},
                                      {"absent", "TTTTTTTTTTTTTTTTTTTT"},
                                      {"f", letters.substr(30, 20)},
                                      {"r", other_strand(letters.substr(2, 20))}};
    const auto made = amplify(molecule(letters, false), primers, {}, Context());
    ASSERT_TRUE(made.has_value());
    EXPECT_TRUE(made->products.empty());
    const std::map<std::string, std::int64_t> expected{
        {"primer_shorter_than_anneal_min", 1}, {"primer_without_site", 1}, {"primers_do_not_face_each_other", 1}};
    EXPECT_EQ(made->rejected, expected);
}

}  // namespace
}  // namespace leaven::dna
