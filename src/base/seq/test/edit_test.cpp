#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/seq/compare.hpp>
#include <leaven/seq/edit.hpp>
#include <leaven/seq/extract.hpp>

#include "samples.hpp"

namespace leaven::seq {
namespace {

using testing::random_bases;

Record record_of(const std::string& bases, const std::vector<std::string>& locations,
                 Topology topology = Topology::linear) {
    Record record;
    record.name = record.id = "r";
    record.topology = topology;
    record.set_sequence({bases, {}, Alphabet::dna});
    for (const auto& text : locations)
        record.features.push_back({"gene", *parse_location(text, record.length, topology), {{"label", text}}});
    return record;
}

struct After {
    std::string letters;
    std::vector<std::string> locations;
    std::vector<std::string> changes;
};

After edited(Record record, const std::string& typed) {
    std::vector<FeatureChange> changes;
    const auto edit = parse_edit(typed);
    EXPECT_TRUE(edit.has_value()) << typed;
    EXPECT_TRUE(apply(record, *edit, changes).has_value()) << typed;
    After out{record.sequence.letters, {}, {}};
    for (const auto& feature : record.features) out.locations.push_back(record.text_of(feature.location));
    for (const auto& change : changes) out.changes.push_back(change.change);
    return out;
}

using Words = std::vector<std::string>;

TEST(Edit, insertion_moves_and_splits) {
    const auto after = edited(record_of("AACCGGTTAA", {"1..4", "5..6", "complement(8..10)"}), "insert:5:TTT");
    EXPECT_EQ(after.letters, "AACCGTTTGTTAA");
    EXPECT_EQ(after.locations, (Words{"1..4", "join(5..5,9..9)", "complement(11..13)"}));
    EXPECT_EQ(after.changes, (Words{"split", "moved"}));
}

TEST(Edit, deletion_truncates_and_removes) {
    const auto after = edited(record_of("AACCGGTTAA", {"1..4", "3..6", "4..5", "7..10", "2..8"}), "delete:4..6");
    EXPECT_EQ(after.letters, "AACTTAA");
    EXPECT_EQ(after.locations, (Words{"1..3", "3..3", "4..7", "2..5"}));
    EXPECT_EQ(after.changes, (Words{"truncated", "truncated", "removed", "moved", "truncated"}));
}

TEST(Edit, deletion_over_the_origin_of_a_circle) {
    const auto after = edited(record_of("AACCGGTTAA", {"3..6"}, Topology::circular), "delete:9..2");
    EXPECT_EQ(after.letters, "CCGGTT");
    EXPECT_EQ(after.locations, (Words{"1..4"}));
}

TEST(Edit, what_is_replaced_within_belongs_to_the_feature) {
    const auto after = edited(record_of("AACCGGTTAA", {"2..8"}), "replace:4..5:TTTT");
    EXPECT_EQ(after.letters, "AACTTTTGTTAA");
    EXPECT_EQ(after.locations, (Words{"2..10"}));
    EXPECT_EQ(after.changes, (Words{"altered"}));
}

TEST(Edit, requests_that_make_no_sense_are_refused) {
    for (const auto* typed :
         {"rotate:0x", "delete:5", "insert:3:ACG!", "turn", "replace:1..2", "delete:-1..2", "rotate:"})
        if (const auto edit = parse_edit(typed); edit) {
            EXPECT_STREQ(typed, "delete:5");
        }
    auto record = record_of("ACGT", {});
    std::vector<FeatureChange> changes;
    EXPECT_FALSE(apply(record, *parse_edit("rotate:2"), changes).has_value());
    EXPECT_FALSE(apply(record, *parse_edit("delete:3..5"), changes).has_value());
    EXPECT_FALSE(apply(record, *parse_edit("insert:5:A"), changes).has_value());
}

RC_GTEST_PROP(Edit, features_apart_from_an_insertion_or_split_by_it_read_the_same, ()) {
    const auto bases = random_bases(20, 60);
    const auto n = static_cast<std::int64_t>(bases.size());
    const auto a = *rc::gen::inRange<std::int64_t>(1, n);
    const auto b = *rc::gen::inRange<std::int64_t>(a, n + 1);
    auto record = record_of(bases, {fmt::format("{}..{}", a, b), fmt::format("complement({}..{})", a, b)});
    const auto before = extract(record, record.features[0].location).letters;
    const auto reverse_before = extract(record, record.features[1].location).letters;
    std::vector<FeatureChange> changes;
    const auto edit =
        parse_edit(fmt::format("insert:{}:{}", *rc::gen::inRange<std::int64_t>(0, n + 1), random_bases(1, 9)));
    RC_ASSERT(apply(record, *edit, changes).has_value());
    RC_ASSERT(extract(record, record.features[0].location).letters == before);
    RC_ASSERT(extract(record, record.features[1].location).letters == reverse_before);
}

RC_GTEST_PROP(Compare, a_turned_circle_is_told_with_its_turn, ()) {
    const auto bases = random_bases(30, 120);
    const auto a = record_of(bases, {"3..9"}, Topology::circular);
    auto b = a;
    const bool flipped = *rc::gen::arbitrary<bool>();
    if (flipped) reverse(b);
    rotate(b, *rc::gen::inRange<std::int64_t>(0, b.length));
    const auto comparison = compare(a, b, Context());
    RC_ASSERT(comparison.has_value());
    RC_ASSERT(comparison->relation != Relation::different);
    RC_ASSERT(comparison->identity == 1);
    RC_ASSERT(aligned(a, *comparison).sequence.letters == b.sequence.letters);
}

/// Edit distance by the full table.
std::int64_t reference_distance(const std::string& a, const std::string& b) {
    std::vector<std::int64_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<std::int64_t>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row.back();
}

RC_GTEST_PROP(Compare, differences_turn_one_sequence_into_the_other_with_the_fewest_edits, ()) {
    const auto x = random_bases(1, 40, "AC");
    const auto y = random_bases(1, 40, "AC");
    RC_PRE(x != y);
    auto a = record_of(x, {});
    auto b = record_of(y, {});
    a.sequence.alphabet = b.sequence.alphabet = Alphabet::protein;  // one strand alone
    const auto comparison = compare(a, b, Context());
    RC_ASSERT(comparison.has_value());
    std::string made;
    std::int64_t at = 0;
    std::int64_t edits = 0;
    for (const auto& difference : comparison->differences) {
        made +=
            x.substr(static_cast<std::size_t>(at), static_cast<std::size_t>(difference.a.start - at)) + difference.to;
        at = difference.a.end;
        edits += std::max(difference.a.length(), difference.b.length());
    }
    RC_ASSERT(made + x.substr(static_cast<std::size_t>(at)) == y);
    RC_ASSERT(edits <= reference_distance(x, y));
}

}  // namespace
}  // namespace leaven::seq
