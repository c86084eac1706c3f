#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include <leaven/seq/edit.hpp>
#include <leaven/seq/extract.hpp>

#include "samples.hpp"

namespace leaven::seq {
namespace {

using testing::bytes_of;
using testing::files_below;

std::string written(const Document& document) {
    const auto out = write_document(document, Format::genbank);
    EXPECT_TRUE(out.has_value());
    return out ? out->bytes : std::string();
}

void expect_same_bytes(const std::filesystem::path& folder) {
    const auto files = files_below(folder, {".gb", ".gbk", ".gbff"});
    EXPECT_FALSE(files.empty());
    for (const auto& file : files) {
        const auto document = read_document(file, {.partial = true});
        ASSERT_TRUE(document.has_value()) << file << ": " << document.error().message.en;
        EXPECT_TRUE(written(*document) == bytes_of(file)) << file;
    }
}

TEST(GenBank, plasmids_of_all_dialects_are_written_as_they_were_read) {
    LEAVEN_DATA_SET(folder, "dna/plasmids");
    expect_same_bytes(folder);
}
TEST(GenBank, parts_are_written_as_they_were_read) {
    LEAVEN_DATA_SET(folder, "dna/assembly");
    expect_same_bytes(folder);
}
TEST(GenBank, counterparts_of_sbol_are_written_as_they_were_read) {
    LEAVEN_DATA_SET(folder, "dna/sbol");
    expect_same_bytes(folder);
}
TEST(GenBank, a_genome_is_written_as_it_was_read) {
    LEAVEN_DATA_SET(folder, "dna/genomes");
    expect_same_bytes(folder);
}

/// HARD*.gb with what every feature reads, constructed with the files.
struct Hard {
    Record record;
    std::vector<std::pair<std::string, std::string>> features;  // label, sequence
};

Hard hard(const std::filesystem::path& folder, int number) {
    auto document = read_document(folder / fmt::format("HARD{}.gb", number));
    EXPECT_TRUE(document.has_value());
    const auto expected = nlohmann::json::parse(bytes_of(folder / fmt::format("HARD{}.json", number)));
    Hard out{std::move(document->records.front()), {}};
    EXPECT_EQ(out.record.sequence.letters, expected["sequence"]);
    for (const auto& feature : expected["features"]) out.features.emplace_back(feature["label"], feature["sequence"]);
    return out;
}

void expect_features(const Hard& hard, const Record& record, const std::string& after) {
    ASSERT_EQ(record.features.size(), hard.features.size()) << after;
    for (std::size_t i = 0; i < hard.features.size(); ++i) {
        EXPECT_EQ(record.features[i].label(), hard.features[i].first);
        EXPECT_EQ(extract(record, record.features[i].location).letters, hard.features[i].second)
            << after << ": " << hard.features[i].first << " " << record.text_of(record.features[i].location);
    }
}

TEST(GenBank, hard_locations_read_what_they_were_built_to_read) {
    LEAVEN_DATA_SET(folder, "dna/oracles/genbank");
    for (const int number : {0, 1, 2}) {
        const auto one = hard(folder, number);
        expect_features(one, one.record, "as read");
    }
}

RC_GTEST_PROP(GenBank, features_read_the_same_after_any_turns, ()) {
    static const auto folder = leaven::testing::data_set("dna/oracles/genbank");
    if (folder.empty()) return;
    const auto one = hard(folder, *rc::gen::inRange(0, 3));
    auto record = one.record;
    for (int turns = *rc::gen::inRange(1, 5); turns > 0; --turns) {
        if (*rc::gen::arbitrary<bool>())
            reverse(record);
        else
            rotate(record, *rc::gen::inRange<std::int64_t>(0, record.length));
    }
    expect_features(one, record, "turned");
    std::string text;
    write_genbank(text, record);
    const auto again = read_document(text, "again");
    RC_ASSERT(again.has_value());
    expect_features(one, again->records.front(), "turned, written and read");
    RC_ASSERT(written(*again) == text);
}

TEST(GenBank, turning_all_the_way_gives_the_locations_back) {
    LEAVEN_DATA_SET(folder, "dna/oracles/genbank");
    const auto one = hard(folder, 0);
    auto record = one.record;
    rotate(record, 777);
    rotate(record, record.length - 777);
    for (std::size_t i = 0; i < record.features.size(); ++i)
        EXPECT_EQ(record.text_of(record.features[i].location), one.record.text_of(one.record.features[i].location));
}

TEST(GenBank, coding_sequences_of_a_genome_translate_as_annotated) {
    LEAVEN_DATA_SET(path, "dna/genomes/MG1655.gbff.gz");
    const auto document = read_document(path);
    ASSERT_TRUE(document.has_value());
    const auto& record = document->records.front();
    std::int64_t coding = 0;
    std::int64_t compared = 0;
    for (const auto& feature : record.features) {
        if (feature.type != "CDS") continue;
        ++coding;
        const auto* annotated = feature.find("translation");
        if (annotated == nullptr) continue;
        const auto translated = translate_feature(record, feature, 0);
        ASSERT_TRUE(translated.has_value());
        EXPECT_EQ(translated->protein, annotated->value) << feature.label();
        ++compared;
    }
    EXPECT_EQ(coding, 4315);    // NC_000913.3
    EXPECT_EQ(compared, 4298);  // without the 17 that have no /translation
}

constexpr std::string_view small =
    "LOCUS       small                     12 bp    DNA     circular SYN 01-JAN-2026\n"
    "DEFINITION  a test.\n"
    "FEATURES             Location/Qualifiers\n"
    "     gene            2..5\n"
    "                     /gene=\"x\"\n"
    "ORIGIN\n"
    "        1 acgtacgtac gt\n"
    "//\n";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
    std::string out(text);
    return out.replace(out.find(from), from.size(), to);
}

void expect_fault(const std::string& text, std::string_view where) {
    const auto document = read_document(text, "f.gb");
    ASSERT_FALSE(document.has_value()) << text;
    EXPECT_EQ(document.error().code, ErrorCode::bad_input);
    EXPECT_NE(document.error().where.find(where), std::string::npos) << document.error().where;
}

TEST(GenBank, damage_is_named_with_its_line) {
    ASSERT_TRUE(read_document(std::string(small), "f.gb").has_value());
    expect_fault(replaced(small, "12 bp", "13 bp"), "line 1");
    expect_fault(replaced(small, "acgtacgtac", "acgtacg!ac"), "line 7");
    expect_fault(replaced(small, "//\n", ""), "f.gb");
    expect_fault(replaced(small, "2..5", "2..x"), "line 4");
    expect_fault(std::string(small) + replaced(small, "12 bp", "11 bp"), "record 2");
}

/// A record of these letters, sixty a line in groups of ten.
std::string numbered(const std::string& letters) {
    auto out = fmt::format("LOCUS       X {:>28} bp    DNA     linear   UNK 01-JAN-2020\nORIGIN\n", letters.size());
    for (std::size_t at = 0; at < letters.size(); at += 60) {
        out += fmt::format("{:>9}", at + 1);
        for (auto group = at; group < std::min(at + 60, letters.size()); group += 10)
            out += " " + letters.substr(group, std::min<std::size_t>(10, at + 60 - group));
        out += '\n';
    }
    return out + "//\n";
}

RC_GTEST_PROP(GenBank, numbered_lines_hold_the_letters_that_were_put_there, ()) {
    auto letters = testing::random_bases(1, 400, *rc::gen::element("ACGT", "acgt", "ACGTN", "acgtn", "AaCcGgTt"));
    const auto at = *rc::gen::inRange<std::size_t>(0, letters.size());
    const auto odd = *rc::gen::element('\0', 'R', 'y', 'U', 'n', 'E', '!');
    if (odd != '\0') letters[at] = odd;
    const auto document = read_document(numbered(letters), "f.gb");
    if (odd == 'E' || odd == '!') {
        RC_ASSERT(!document.has_value());
        RC_ASSERT(document.error().where.find(fmt::format("line {}", 3 + at / 60)) != std::string::npos);
        return;
    }
    RC_ASSERT(document.has_value());
    auto upper = letters;
    for (auto& c : upper) c = static_cast<char>(c & ~0x20);
    RC_ASSERT(document->records.front().sequence.letters == upper);
    RC_ASSERT(written(*document) == numbered(letters));
}

/// Lines of a qualifier, and what they say.
struct Said {
    std::string lines;
    std::string name;
    std::string value;
};

Said any_qualifier() {
    const auto m = std::string(21, ' ');
    const auto long_word = std::string(58 - 5, 'K');  // with /n="X a whole line
    static const std::vector<Said> all{{m + "/pseudo\n", "pseudo", ""},
                                       {m + "/codon_start=1\n", "codon_start", "1"},
                                       {m + "/note=\n", "note", ""},
                                       {m + "/note=\"\"\n", "note", ""},
                                       {m + "/note=\"a \"\n", "note", "a "},
                                       {m + "/note=\"a \"\"b\"\" c\"\n", "note", "a \"b\" c"},
                                       {m + "/note=\"\"\"\"\n", "note", "\""},
                                       {m + "/note=\"two\n" + m + "lines\"\n", "note", "two lines"},
                                       {m + "/note=\"a\n" + m + "/b=c\n" + m + "/d\"\n", "note", "a /b=c /d"},
                                       {m + "/note=\"a\n" + m + " b\"\n", "note", "a  b"},
                                       {m + "/note=\"a \n" + m + "b\"\n", "note", "a b"},
                                       {m + "/n=\"" + long_word + "X\n" + m + "Y\"\n", "n", long_word + "XY"},
                                       {m + "/translation=\"MK\n" + m + "LV\"\n", "translation", "MKLV"},
                                       {m + "/note=one\n" + m + "two\n", "note", "one two"},
                                       {m + "/note=one \n", "note", "one"},
                                       {m + " /note=\"further in\"\n", "note", "further in"},
                                       {m.substr(1) + "/note=\"x\"\n", "note", "x"},
                                       {m + "/note=\"" + std::string(70, 'w') + "\"\n", "note", std::string(70, 'w')}};
    return *rc::gen::elementOf(all);
}

RC_GTEST_PROP(GenBank, qualifiers_of_any_form_say_what_was_put_there_and_are_written_as_they_were_read, ()) {
    std::vector<Said> all;
    std::string lines;
    for (int count = *rc::gen::inRange(0, 7); count > 0; --count) lines += all.emplace_back(any_qualifier()).lines;
    auto text = replaced(small, "                     /gene=\"x\"\n", lines);
    if (*rc::gen::arbitrary<bool>()) text.insert(text.find("     gene "), "     CDS             2..5\n" + lines);
    const bool windows = *rc::gen::arbitrary<bool>();
    if (windows)
        for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) text.insert(at, 1, '\r');
    const auto document = read_document(text, "f.gb");
    RC_ASSERT(document.has_value());
    for (const auto& feature : document->records.front().features) {
        RC_ASSERT(feature.qualifiers.size() == all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            RC_ASSERT(feature.qualifiers[i].name == all[i].name);
            RC_ASSERT(feature.qualifiers[i].value == all[i].value);
        }
    }
    RC_ASSERT(written(*document) == text);
}

TEST(GenBank, a_carriage_return_within_a_line_stays_where_it_was) {
    std::string text(small);
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) text.insert(at, 1, '\r');
    for (const std::string_view before : {"test.", "x\"", "gene", "INITION", "ORIGIN", " 01-JAN", "2..5", "//"}) {
        auto damaged = text;
        damaged.insert(damaged.find(before), 1, '\r');
        const auto document = read_document(damaged, "f.gb");
        if (document) {
            EXPECT_EQ(written(*document), damaged) << before;
        }
    }
}

TEST(GenBank, an_open_quotation_mark_and_a_far_location_are_told_in_the_order_of_lines) {
    const auto text = replaced(small, "/gene=\"x\"\n", "/gene=\"x\n     CDS             9..40\n");
    const auto document = read_document(text, "f.gb");
    ASSERT_TRUE(document.has_value());
    ASSERT_EQ(document->warnings.size(), 2U);
    EXPECT_EQ(document->warnings[0].line, 5);
    EXPECT_EQ(document->warnings[1].line, 6);
    EXPECT_EQ(document->records.front().text_of(document->records.front().features[1].location), "9..40");
    EXPECT_EQ(written(*document), text);
}

TEST(GenBank, a_damaged_record_among_many_can_be_left_out) {
    const auto text = std::string(small) + replaced(small, "12 bp", "11 bp") + std::string(small);
    const auto document = read_document(text, "f.gb", {.skip_bad = true});
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->records.size(), 2U);
    EXPECT_EQ(document->skipped, 1);
}

TEST(GenBank, one_changed_field_changes_alone) {
    auto document = read_document(std::string(small), "f.gb");
    document->records.front().features.front().qualifiers.front().value = "y";
    EXPECT_EQ(written(*document), replaced(small, "\"x\"", "\"y\""));
}

}  // namespace
}  // namespace leaven::seq
