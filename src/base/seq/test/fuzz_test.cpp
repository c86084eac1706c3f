// Damaged files: every reader gives records or an error, never a crash; what it gives can be written, and what is
// written is read and written as it stands.
//
// Each reader gets 1,000 damaged files; LEAVEN_FUZZ=100 makes them 100,000.
#include <cstdio>
#include <fstream>
#include <random>

#include <unistd.h>

#include "damaged.hpp"
#include "samples.hpp"

namespace leaven::seq {
namespace {

int rounds() { return leaven::testing::fuzz_rounds(1000); }

using leaven::testing::damaged;

/// What was read can be written in other formats, and in its own so that it is read and written as it stands.
void expect_written(const Document& document, bool in_all) {
    const auto own = document.format;
    if (in_all) {
        for (const auto format : {Format::genbank, Format::gff3, Format::sbol3, Format::fasta})
            EXPECT_TRUE(write_document(document, format).has_value());
    }
    if (own == Format::fastq || own == Format::sbol2) return;                // are not written
    if (document.records.empty() && document.graph.triples.empty()) return;  // all left out
    const auto once = write_document(document, own);
    ASSERT_TRUE(once.has_value());
    const auto again = read_document(once->bytes, "again", {.format = own, .partial = true});
    ASSERT_TRUE(again.has_value()) << again.error().where << ": " << again.error().message.en << "\n" << once->bytes;
    const auto twice = write_document(*again, own);
    ASSERT_TRUE(twice.has_value());
    EXPECT_EQ(twice->bytes, once->bytes);
}

using Read = Result<Document> (*)(const std::string& bytes, const OpenOptions& options);

Result<Document> from_memory(const std::string& bytes, const OpenOptions& options) {
    return read_document(bytes, "damaged", options);
}

Result<Document> from_file(const std::string& bytes, const OpenOptions& options) {
    static const auto path = std::filesystem::path(::testing::TempDir()) / fmt::format("fuzz-{}.gz", getpid());
    std::ofstream(path, std::ios::binary) << bytes;
    auto document = read_document(path, options);
    std::filesystem::remove(path);
    return document;
}

/// Damaged variants of a file. The format is said for most of them, so that damage at the start meets the reader too.
void fuzz(const std::string& original, Format format, Read read = from_memory) {
    std::mt19937_64 random(20261121);
    int whole = 0;
    for (int i = 0; i < rounds() && !::testing::Test::HasFailure(); ++i) {
        const auto bytes = damaged(original, random);
        OpenOptions options{.skip_bad = i % 3 == 0, .partial = i % 2 == 0};
        if (i % 4 != 0) options.format = format;
        const auto document = read(bytes, options);
        if (document)
            expect_written(*document, i % 5 == 0);
        else
            EXPECT_FALSE(document.error().where.empty());
        whole += document ? 1 : 0;
        if (::testing::Test::HasFailure()) std::fprintf(stderr, "file %d:\n%s\n", i, bytes.c_str());
    }
    ::testing::Test::RecordProperty("files", rounds());
    ::testing::Test::RecordProperty("read", whole);
    EXPECT_GT(whole, 0);
}

std::string with_windows_lines(std::string text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 2)) text.insert(at, 1, '\r');
    return text;
}

/// The triples of a design in another syntax of SBOL3.
std::string sbol3_as(std::string_view ending, const std::filesystem::path& triples) {
    return write_document(*read_document(testing::bytes_of(triples), "B0034.nt"), Format::sbol3, ending)->bytes;
}

TEST(Fuzz, genbank) {
    LEAVEN_DATA_SET(path, "dna/oracles/genbank/HARD0.gb");
    fuzz(testing::bytes_of(path), Format::genbank);
}
TEST(Fuzz, genbank_dialect) {
    LEAVEN_DATA_SET(path, "dna/assembly/basic/parts_and_oligos/p15A_kan.gb");
    fuzz(testing::bytes_of(path), Format::genbank);
}
TEST(Fuzz, genbank_of_windows) {
    LEAVEN_DATA_SET(path, "dna/oracles/genbank/HARD0.gb");
    fuzz(with_windows_lines(testing::bytes_of(path)), Format::genbank);
}
TEST(Fuzz, fasta) {
    LEAVEN_DATA_SET(path, "dna/assembly/basic/parts_and_oligos/oligos.fa");
    fuzz(testing::bytes_of(path), Format::fasta);
}
TEST(Fuzz, fastq) {
    LEAVEN_DATA_SET(path, "dna/oracles/verify_a/s_low.fastq.gz");
    fuzz(testing::bytes_of(path), Format::fastq);
}
TEST(Fuzz, gff3) {
    fuzz(
        "##gff-version 3\n##sequence-region c 1 40\n"
        "c\tx\tregion\t1\t40\t.\t+\t.\tID=c;Is_circular=true\n"
        "c\tx\tCDS\t35\t46\t.\t-\t0\tID=a;Note=b%2Cc,d\n"
        "c\tx\tCDS\t3\t9\t.\t+\t0\tID=b\n"
        "c\tx\tCDS\t12\t20\t1.5\t+\t1\tID=b\n"
        "##FASTA\n>c\nACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT\n",
        Format::gff3);
}
TEST(Fuzz, two_bit) {
    const auto text = read_document(std::string(">a\nACGTNNNacgtACGT\n>b\nGGGTTTnnnACA\n"), "f.fa");
    fuzz(write_document(*text, Format::two_bit)->bytes, Format::two_bit);
}
TEST(Fuzz, sbol3_ntriples) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/genbank/expected/BBa_B0034.nt");
    fuzz(testing::bytes_of(path), Format::sbol3);
}
TEST(Fuzz, sbol3_turtle) {
    fuzz(
        "@prefix : <https://x.org/> .\n@prefix sbol: <http://sbols.org/v3#> .\n"
        ":d a sbol:Component ; sbol:displayId \"d\" ; sbol:hasNamespace <https://x.org> ;\n"
        "  sbol:type <https://identifiers.org/SBO:0000251>, <https://identifiers.org/SO:0000988> ;\n"
        "  sbol:hasSequence :s ; sbol:hasFeature <d/F1> .\n"
        "<https://x.org/d/F1> a sbol:SequenceFeature ; sbol:name \"\"\"a \\u00e4\n\"b\" \"\"\"@en ;\n"
        "  sbol:role <https://identifiers.org/SO:0000167> ; sbol:hasLocation :r . # a promoter\n"
        ":d sbol:hasFeature <https://x.org/d/F1> .\n"
        ":r a sbol:Range ; sbol:start 2 ; sbol:end \"5\"^^<http://www.w3.org/2001/XMLSchema#integer> ;\n"
        "  sbol:orientation <https://identifiers.org/SO:0001031> ; sbol:hasSequence :s .\n"
        ":s a sbol:Sequence ; sbol:elements 'acgtacgtac' ; sbol:displayId \"s\" ; sbol:note [ a sbol:X ] .\n",
        Format::sbol3);
}
TEST(Fuzz, sbol3_rdf_xml) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/genbank/expected/BBa_B0034.nt");
    fuzz(sbol3_as(".rdf", path), Format::sbol3);
}
TEST(Fuzz, sbol3_json_ld) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/genbank/expected/BBa_B0034.nt");
    fuzz(sbol3_as(".jsonld", path), Format::sbol3);
}
TEST(Fuzz, sbol2_turtle) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/sbol2/cd_with_annotation.ttl");
    fuzz(testing::bytes_of(path), Format::sbol2);
}
TEST(Fuzz, sbol2_rdf_xml) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/sbol2/real/CD_SA_Range_Example.xml");
    fuzz(testing::bytes_of(path), Format::sbol2);
}
TEST(Fuzz, gzip) {
    LEAVEN_DATA_SET(path, "dna/oracles/verify_a/s_low.fastq.gz");
    fuzz(*read_file(path), Format::fastq);
}
TEST(Fuzz, gzip_file) {
    LEAVEN_DATA_SET(path, "dna/oracles/verify_a/s_low.fastq.gz");
    fuzz(*read_file(path), Format::fastq, from_file);
}

}  // namespace
}  // namespace leaven::seq
