// Damaged files: every reader gives records or an error, never a crash; what it gives can be written.
#include <cstdlib>
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

/// LEAVEN_FUZZ=20 tries twenty times as many.
int rounds(int usual) {
    const char* factor = std::getenv("LEAVEN_FUZZ");
    return usual * (factor == nullptr ? 1 : std::max(1, std::atoi(factor)));
}

/// How many damaged variants are read; `check` looks at what each of them gave.
template <class Check>
std::int64_t count_read(const std::string& original, int variants, OpenOptions options, Check check) {
    std::mt19937_64 random(20261121);
    std::int64_t read = 0;
    for (int i = 0; i < rounds(variants); ++i) {
        options.partial = i % 2 == 0;
        const auto document = read_document(damaged(original, random), "damaged", options);
        if (!document) {
            EXPECT_FALSE(document.error().where.empty());
            continue;
        }
        ++read;
        check(*document);
    }
    return read;
}

auto can_be_written(std::initializer_list<Format> formats) {
    return [formats = std::vector(formats)](const Document& document) {
        for (const auto format : formats) EXPECT_TRUE(write_document(document, format).has_value());
    };
}

/// What was GenBank is written in a form that is read and written as it stands.
void expect_fixpoint(const Document& document) {
    const auto once = write_document(document, Format::genbank);
    ASSERT_TRUE(once.has_value());
    const auto again = read_document(once->bytes, "again", {.partial = true});
    if (again) {
        EXPECT_EQ(write_document(*again, Format::genbank)->bytes, once->bytes);
    }
}

void fuzz(const std::string& file, int variants) {
    constexpr std::size_t most_bytes = 6000;
    const auto path = leaven::testing::data_set("dna/" + file);
    if (path.empty()) GTEST_SKIP() << "no data set dna/" << file;
    auto original = testing::bytes_of(path);
    if (original.size() > 2 * most_bytes) original.resize(most_bytes);
    const auto read = count_read(original, variants, {}, [](const Document& document) {
        can_be_written({Format::genbank, Format::gff3, Format::sbol3})(document);
        if (document.format == Format::genbank) expect_fixpoint(document);
    });
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
    const std::string original =
        "##gff-version 3\n##sequence-region c 1 "
        "40\nc\tx\tregion\t1\t40\t.\t+\t.\tID=c;Is_circular=true\nc\tx\tCDS\t35\t46\t.\t-\t0\tID=a;Note=b%2Cc,d\n"
        "c\tx\tCDS\t3\t9\t.\t+\t0\tID=b\nc\tx\tCDS\t12\t20\t1.5\t+\t1\tID=b\n##FASTA\n>"
        "c\nACGTACGTACGTACGTACGTACGTACGTACGTACGTACGT\n";
    EXPECT_GT(count_read(original, 1000, {.format = Format::gff3}, can_be_written({Format::genbank, Format::gff3})),
              100);
}
TEST(Fuzz, two_bit) {
    const auto text = read_document(std::string(">a\nACGTNNNacgtACGT\n>b\nGGGTTTnnnACA\n"), "f.fa");
    const auto original = write_document(*text, Format::two_bit)->bytes;
    EXPECT_GT(count_read(original, 2000, {.format = Format::two_bit}, can_be_written({Format::fasta})), 0);
}
TEST(Fuzz, json_ld) {
    LEAVEN_DATA_SET(path, "dna/sbol/fixtures/genbank/expected/BBa_B0034.nt");
    const auto original = write_document(*read_document(path), Format::sbol3, ".jsonld")->bytes;
    EXPECT_GT(count_read(original, 1000, {}, can_be_written({Format::sbol3})), 0);
}

}  // namespace
}  // namespace leaven::seq
