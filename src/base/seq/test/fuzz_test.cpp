// Damaged files: every reader gives records or an error, never a crash; what it gives can be written.
#include <random>

#include "samples.hpp"

namespace leaven::seq {
namespace {

/// Flips, cuts, doublings and swaps of a few bytes.
std::string damaged(std::string bytes, std::mt19937_64& random) {
    const auto at = [&] { return bytes.empty() ? 0 : static_cast<std::size_t>(random() % bytes.size()); };
    for (auto changes = 1 + random() % 6; changes > 0 && !bytes.empty(); --changes) switch (random() % 5) {
            case 0:
                bytes[at()] = static_cast<char>(random());
                break;
            case 1:
                bytes.erase(at(), random() % 40);
                break;
            case 2:
                bytes.insert(at(), bytes.substr(at(), random() % 40));
                break;
            case 3:
                bytes[at()] = "0123456789.<>()^,:\"'/\n\t@{}[]"[random() % 28];
                break;
            default:
                bytes.resize(at());
                break;
        }
    return bytes;
}

void fuzz(const std::string& file, int variants, std::size_t most_bytes = 6000) {
    const auto path = leaven::testing::data_set("dna/" + file);
    if (path.empty()) GTEST_SKIP() << "no data set dna/" << file;
    const auto original = testing::bytes_of(path);
    ASSERT_LE(original.size(), std::size_t{1} << 24);
    std::mt19937_64 random(20261121);
    std::int64_t read = 0;
    for (int i = 0; i < variants; ++i) {
        const auto text = damaged(
            original.substr(0, std::max(most_bytes, original.size() <= 2 * most_bytes ? original.size() : 0)), random);
        const auto document = read_document(text, "damaged", {.partial = i % 2 == 0});
        if (!document) {
            EXPECT_FALSE(document.error().where.empty());
            continue;
        }
        ++read;
        for (const auto format : {Format::genbank, Format::gff3, Format::sbol3}) {
            const auto once = write_document(*document, format);
            ASSERT_TRUE(once.has_value());
            if (format != Format::genbank || document->format != Format::genbank) continue;
            const auto again = read_document(once->bytes, "again", {.partial = true});
            if (again) {
                EXPECT_EQ(write_document(*again, format)->bytes, once->bytes);
            }
        }
    }
    EXPECT_GT(read, 0);
}

TEST(Fuzz, genbank) { fuzz("oracles/genbank/HARD0.gb", 4000); }
TEST(Fuzz, genbank_dialect) { fuzz("assembly/basic/parts_and_oligos/p15A_kan.gb", 1500); }
TEST(Fuzz, fasta) { fuzz("assembly/basic/parts_and_oligos/oligos.fa", 1500); }
TEST(Fuzz, fastq) { fuzz("oracles/verify_a/s_low.fastq.gz", 500); }
TEST(Fuzz, ntriples) { fuzz("sbol/fixtures/genbank/expected/BBa_B0034.nt", 1000); }
TEST(Fuzz, turtle) { fuzz("sbol/fixtures/sbol2/cd_with_annotation.ttl", 1000); }
TEST(Fuzz, rdf_xml) { fuzz("sbol/fixtures/sbol2/real/CD_SA_Range_Example.xml", 1000); }
TEST(Fuzz, gff3) {
    std::mt19937_64 random(20261121);
    const std::string original =
        "##gff-version 3\n##sequence-region c 1 "
        "40\nc\tx\tregion\t1\t40\t.\t+\t.\tID=c;Is_circular=true\nc\tx\tCDS\t35\t46\t.\t-\t0\tID=a;Note=b%2Cc,d\n"
        "c\tx\tCDS\t3\t9\t.\t+\t0\tID=b\nc\tx\tCDS\t12\t20\t1.5\t+\t1\tID=b\n##FASTA\n>"
        "c\nACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT\n";
    std::int64_t read = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto document = read_document(damaged(original, random), "damaged", {.format = Format::gff3});
        if (!document) continue;
        ++read;
        EXPECT_TRUE(write_document(*document, Format::genbank).has_value());
        EXPECT_TRUE(write_document(*document, Format::gff3).has_value());
    }
    EXPECT_GT(read, 100);
}
TEST(Fuzz, two_bit) {
    std::mt19937_64 random(20261121);
    const auto original =
        write_document(*read_document(std::string(">a\nACGTNNNacgtACGT\n>b\nGGGTTTnnnACA\n"), "f.fa"), Format::two_bit)
            ->bytes;
    std::int64_t read = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto document = read_document(damaged(original, random), "damaged", {.format = Format::two_bit});
        if (!document) continue;
        ++read;
        EXPECT_TRUE(write_document(*document, Format::fasta).has_value());
    }
    EXPECT_GT(read, 0);
}
TEST(Fuzz, json_ld) {
    std::mt19937_64 random(20261121);
    const auto path = leaven::testing::data_set("dna/sbol/fixtures/genbank/expected/BBa_B0034.nt");
    if (path.empty()) GTEST_SKIP() << "no data set of SBOL";
    const auto original = write_document(*read_document(path), Format::sbol3, ".jsonld")->bytes;
    std::int64_t read = 0;
    for (int i = 0; i < 1000; ++i) read += read_document(damaged(original, random), "damaged").has_value() ? 1 : 0;
    EXPECT_GT(read, 0);
}

}  // namespace
}  // namespace leaven::seq
