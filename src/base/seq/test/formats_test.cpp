#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/seq/extract.hpp>
#include <leaven/seq/sbol.hpp>

#include "samples.hpp"

namespace leaven::seq {
namespace {

using testing::bytes_of;
using testing::files_below;

Document reread(const Document& document, Format format, std::string_view ending = {}) {
    const auto written = write_document(document, format, ending);
    EXPECT_TRUE(written.has_value()) << (written ? "" : written.error().message.en);
    auto again = read_document(written->bytes, "again");
    EXPECT_TRUE(again.has_value()) << (again ? "" : again.error().message.en + again.error().where);
    return again ? *std::move(again) : Document{};
}

RC_GTEST_PROP(Fasta, is_written_as_it_was_read, ()) {
    std::string text;
    for (int i = *rc::gen::inRange(1, 5); i > 0; --i) {
        text += fmt::format(">r{} some  words\n", i);
        const auto letters = testing::random_bases(1, 200, "ACGTNacgtn");
        for (std::size_t at = 0; at < letters.size(); at += 70) text += letters.substr(at, 70) + "\n";
    }
    const auto document = read_document(text, "f.fa");
    RC_ASSERT(document.has_value());
    const auto again = reread(*document, Format::fasta);
    RC_ASSERT(again.records.size() == document->records.size());
    for (std::size_t i = 0; i < again.records.size(); ++i) {
        RC_ASSERT(masked_letters(again.records[i].sequence) == masked_letters(document->records[i].sequence));
        RC_ASSERT(again.records[i].description == "some  words");
    }
}

RC_GTEST_PROP(Fasta, a_title_and_letters_are_read_back, ()) {
    const auto letters = testing::random_bases(1, 200, "ACGTN");
    const auto document = read_document(fasta_text("r1 some words", letters), "f.fa");
    RC_ASSERT(document.has_value());
    RC_ASSERT(document->records.size() == 1U);
    RC_ASSERT(document->records.front().name == "r1");
    RC_ASSERT(document->records.front().description == "some words");
    RC_ASSERT(document->records.front().sequence.letters == letters);
}

RC_GTEST_PROP(TwoBit, keeps_bases_unknown_runs_and_mask, ()) {
    Document document;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
        Record record;
        record.name = record.id = fmt::format("chr{}", i);
        record.set_sequence(from_masked(testing::random_bases(0, 90, "ACGTNacgtn"), Alphabet::dna));
        document.records.push_back(record);
    }
    const auto again = reread(document, Format::two_bit);
    RC_ASSERT(again.records.size() == document.records.size());
    for (std::size_t i = 0; i < again.records.size(); ++i)
        RC_ASSERT(masked_letters(again.records[i].sequence) == masked_letters(document.records[i].sequence));
}

TEST(TwoBit, a_genome_has_its_published_size) {  // UCSC: 17 sequences, 12,157,105 bp
    LEAVEN_DATA_SET(path, "dna/genomes/sacCer3.2bit");
    const auto document = read_document(path);
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->records.size(), 17U);
    std::int64_t bases = 0;
    for (const auto& record : document->records) bases += record.length;
    EXPECT_EQ(bases, 12'157'105);
    const auto written = write_document(*document, Format::two_bit);
    EXPECT_TRUE(written->bytes == bytes_of(path));
}

/// Isoforms share a locus tag, not a protein.
std::string key_of(const Feature& feature) {
    const auto* protein = feature.find("protein_id");
    return protein == nullptr ? feature.find("locus_tag")->value : protein->value;
}

TEST(Gff3, features_of_a_genome_read_as_in_its_genbank_file) {
    LEAVEN_DATA_SET(gff, "dna/genomes/MG1655.gff.gz");
    LEAVEN_DATA_SET(genbank, "dna/genomes/MG1655.gbff.gz");
    const auto a = read_document(gff);
    const auto b = read_document(genbank);
    ASSERT_TRUE(a.has_value() && b.has_value());
    std::map<std::string, std::string> read;
    const auto& whole = b->records.front();
    for (const auto& feature : whole.features)
        if (feature.type == "CDS") read[key_of(feature)] = extract(whole, feature.location).letters;
    auto record = a->records.front();
    EXPECT_TRUE(record.circular());
    record.sequence = whole.sequence;
    std::int64_t compared = 0;
    for (const auto& feature : record.features) {
        if (feature.type != "CDS") continue;
        EXPECT_EQ(extract(record, feature.location).letters, read[key_of(feature)]) << feature.label();
        ++compared;
    }
    EXPECT_GT(compared, 4300);
}

TEST(Gff3, hard_locations_read_the_same_after_a_round_trip) {
    LEAVEN_DATA_SET(folder, "dna/oracles/genbank");
    for (const auto& file : files_below(folder, {".gb"})) {
        const auto document = read_document(file);
        const auto& record = document->records.front();
        for (const auto format : {Format::gff3, Format::sbol3}) {
            const auto again = reread(*document, format);
            const auto& back = again.records.front();
            EXPECT_EQ(back.topology, record.topology);
            for (const auto& feature : record.features) {
                const auto label = feature.label();
                const auto same = [&](const Feature& other) {
                    return other.label() == label &&
                           extract(back, other.location).letters == extract(record, feature.location).letters;
                };
                EXPECT_TRUE(std::any_of(back.features.begin(), back.features.end(), same))
                    << file << " " << name_of(format) << " " << label;
            }
        }
    }
}

TEST(Gff3, odd_columns_stand_and_never_break_a_line) {
    const std::string text =
        "##gff-version 3\n##sequence-region c 1 40\n"
        "c\ta%09b%25\tCDS\t3\t9\t1%0A\t?\t0\tID=b\n";
    const auto document = read_document(text, "f.gff3");
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->records.front().features.front().find("gff_source")->value, "a\tb%");
    EXPECT_EQ(write_document(*document, Format::gff3)->bytes, text);

    auto changed = *document;
    auto& feature = changed.records.front().features.front();
    for (auto& qualifier : feature.qualifiers)
        if (qualifier.name == "gff_strand") qualifier.value = "+\n##FASTA";
    EXPECT_EQ(reread(changed, Format::gff3).records.front().features.size(), 1U);
}

TEST(Gff3, a_second_writing_is_the_first) {
    LEAVEN_DATA_SET(folder, "dna/plasmids");
    for (const auto& file : files_below(folder, {".gb", ".gbk"})) {
        const auto document = read_document(file, {.partial = true});
        const auto first = reread(*document, Format::gff3);
        const auto once = write_document(first, Format::gff3);
        const auto twice = write_document(reread(first, Format::gff3), Format::gff3);
        EXPECT_EQ(once->bytes, twice->bytes) << file;
    }
}

TEST(Sbol, every_document_is_the_same_graph_in_every_syntax) {
    LEAVEN_DATA_SET(folder, "dna/sbol");
    std::int64_t compared = 0;
    for (const auto& file : files_below(folder, {".nt", ".ttl", ".rdf", ".xml"})) {
        const auto document = read_document(file);
        ASSERT_TRUE(document.has_value())
            << file << ": " << document.error().message.en << " " << document.error().where;
        for (const auto* ending : {".nt", ".rdf", ".jsonld"}) {
            const auto again = reread(*document, Format::sbol3, ending);
            EXPECT_TRUE(again.graph.same_as(document->graph)) << file << " as " << ending;
        }
        ++compared;
    }
    EXPECT_GT(compared, 60);
}

/// Of the triples that SBOL3 itself defines and that both tools must agree on: what is there, its letters and places.
std::vector<std::string> essence(const Graph& graph) {
    std::vector<std::string> lines;
    const std::vector<std::string> words{"#displayId", "#elements", "#start", "#end", "#name", "#role", "#hasSequence"};
    for (const auto& triple : graph.triples)
        for (const auto& word : words)
            if (triple.predicate == "http://sbols.org/v3" + word &&
                triple.object.text.find("sequence") == std::string::npos)
                lines.push_back(triple.predicate + " " + triple.object.text);
    std::sort(lines.begin(), lines.end());
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

TEST(Sbol, triples_are_no_xml_whatever_their_first_address_begins_with) {
    for (const std::string address : {"!x", "!DOCTYPE", "?xml", "rdf:RDF", "https://x.org/a"}) {
        const auto text = fmt::format("<{0}> <http://sbols.org/v3#name> \"n\" .\n", address) +
                          fmt::format(
                              "<{0}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                              "<http://sbols.org/v3#Component> .\n",
                              address);
        const auto document = read_document(text, "f.nt", {.format = Format::sbol3});
        ASSERT_TRUE(document.has_value()) << address;
        EXPECT_EQ(write_document(*document, Format::sbol3)->bytes, text);
    }
}

TEST(Sbol, sequences_and_places_of_sbol2_are_those_of_an_independent_converter) {
    LEAVEN_DATA_SET(folder, "dna/sbol/fixtures/sbol2/real");
    for (const auto* name : {"BBa_I0462", "from_genbank/BBa_B0034", "from_genbank/BBa_E0040", "from_genbank/BBa_R0010",
                             "synbiohub/BBa_B0034"}) {
        const auto mine = read_document(folder / (std::string(name) + ".xml"));
        const auto theirs = read_document(folder / "expected" / (std::string(name) + ".nt"));
        ASSERT_TRUE(mine.has_value() && theirs.has_value()) << name;
        const auto a = essence(mine->graph);
        for (const auto& line : essence(theirs->graph)) {
            if (line.find("#elements") == std::string::npos && line.find("#start") == std::string::npos &&
                line.find("#end") == std::string::npos)
                continue;
            EXPECT_TRUE(std::binary_search(a.begin(), a.end(), line)) << name << " lacks " << line;
        }
    }
}

TEST(Fastq, is_read_with_its_qualities_and_damage_is_named) {
    const auto document = read_document(std::string("@r1 x\nACGT\n+\n!!II\n@r2\nAC\nGT\n+r2\n@@\n@@\n"), "f.fq");
    ASSERT_TRUE(document.has_value()) << document.error().message.en;
    ASSERT_EQ(document->records.size(), 2U);
    EXPECT_EQ(document->records[1].sequence.letters, "ACGT");
    EXPECT_EQ(document->records[1].quality, "@@@@");
    const auto damaged = read_document(std::string("@r1\nACGT\n+\n!!I\n"), "f.fq");
    ASSERT_FALSE(damaged.has_value());
    EXPECT_EQ(damaged.error().where, "f.fq, line 1");
}

}  // namespace
}  // namespace leaven::seq
