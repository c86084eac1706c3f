// Reads out of files: traces built byte by byte from the format's description, and damaged files of every kind.
#include <random>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/verify.hpp>

#include "cloning_samples.hpp"
#include "damaged.hpp"
#include "trace_file.hpp"

namespace leaven::dna {
namespace {

std::string big_endian(std::uint32_t value, int size) {
    std::string out;
    for (int k = size - 1; k >= 0; --k) out += static_cast<char>(value >> (8 * k) & 0xFFU);
    return out;
}

std::string entry(const std::string& name, std::uint32_t number, std::uint32_t count, const std::string& place) {
    return name + big_endian(number, 4) + big_endian(2, 2) + big_endian(1, 2) + big_endian(count, 4) +
           big_endian(count, 4) + place + big_endian(0, 4);
}

/// An ABIF file: header of 128 bytes, data, directory.
std::string trace_file(const std::string& letters, const std::string& qualities, std::uint32_t number = 2) {
    const auto size = static_cast<std::uint32_t>(letters.size());
    const std::uint32_t data = 128;
    const auto place = [&](std::uint32_t at, const std::string& bytes) {
        return bytes.size() <= 4 ? bytes + std::string(4 - bytes.size(), '\0') : big_endian(at, 4);
    };
    const auto directory = data + 2 * size;
    auto out = "ABIF" + big_endian(101, 2) + "tdir" + big_endian(1, 4) + big_endian(1023, 2) + big_endian(28, 2) +
               big_endian(2, 4) + big_endian(56, 4) + big_endian(directory, 4) + big_endian(0, 4);
    out.resize(data, '\0');
    return out + letters + qualities + entry("PBAS", number, size, place(data, letters)) +
           entry("PCON", number, size, place(data + size, qualities));
}

RC_GTEST_PROP(SampleReads, a_trace_gives_the_bases_and_qualities_it_was_made_of, ()) {
    const auto letters = testing::random_dna(1, 60, "ACGTN");
    const auto qualities = *rc::gen::container<std::string>(letters.size(), rc::gen::inRange<char>(0, 60));
    const auto number = *rc::gen::element<std::uint32_t>(1, 2);
    const auto trace = read_trace(trace_file(letters, qualities, number), "t.ab1");
    RC_ASSERT(trace.has_value());
    RC_ASSERT(trace->letters == letters);
    RC_ASSERT(std::string(trace->qualities.begin(), trace->qualities.end()) == qualities);
}

// By hand: 0.05 - 10^(-Q/10) is -0.95 at Q 0 and 0.04 at Q 20, so that poor ends fall away and one poor base within
// not.
TEST(SampleReads, poor_ends_of_a_trace_are_left_out_and_poor_bases_not_told) {
    const std::string letters = "AAAAACGTACGTACGTACGTACGTACGTACGTACGTTTTT";
    std::string qualities(letters.size(), 40);
    for (const std::size_t i : {0, 1, 2, 3, 36, 37, 38, 39}) qualities[i] = 2;
    qualities[20] = 15;
    auto expected = letters.substr(4, 32);
    expected[16] = 'N';
    const auto sample = read_sample(trace_file(letters, qualities), "clone.ab1");
    ASSERT_TRUE(sample.has_value());
    EXPECT_EQ(sample->reads, std::vector<std::string>{expected});
    EXPECT_EQ(sample->name, "clone");
    EXPECT_TRUE(sample->finished);
}

TEST(SampleReads, each_format_says_what_it_is) {
    const auto reads = read_sample("@a\nACGTR\n+\nIIIII\n@b\nacgt\n+\nIIII\n", "s1.fastq");
    ASSERT_TRUE(reads.has_value());
    EXPECT_EQ(reads->reads, (std::vector<std::string>{"ACGTN", "ACGT"}));
    EXPECT_FALSE(reads->finished);
    EXPECT_TRUE(read_sample(">c\nACGT\n", "s2.fasta")->finished);
    for (const std::string bytes : {"", "ABIF", "LOCUS x", "@a\nACGT\n+\nII", ">p\nMKWWLE*\n", "just text"}) {
        const auto wrong = read_sample(bytes, "s3.fq");
        ASSERT_FALSE(wrong.has_value()) << bytes;
        EXPECT_EQ(wrong.error().code, ErrorCode::bad_input) << bytes;
        EXPECT_NE(wrong.error().where.find("s3.fq"), std::string::npos) << bytes;
        EXPECT_FALSE(wrong.error().hint.en.empty()) << bytes;
    }
}

/// Whatever can be read can be checked, and what cannot says where.
void fuzz(const std::string& original, const std::string& name, int variants) {
    const auto design =
        testing::molecule(std::string("ACGTTGCAAGTCCTAGGATCACCGTATGCAATCGGCTAAGCTTACGGATCCATTGCACGTA"), true);
    const DesignCheck check(design);
    std::mt19937_64 random(20261121);
    int read = 0;
    for (int i = 0; i < leaven::testing::fuzz_rounds(variants); ++i) {
        const auto sample = read_sample(leaven::testing::damaged(original, random), name);
        if (!sample) {
            EXPECT_FALSE(sample.error().where.empty());
            continue;
        }
        ++read;
        EXPECT_TRUE(check.verify(*sample, {.min_depth = 1}, Context()).has_value());
    }
    EXPECT_GT(read, 0);
}

const std::string letters = "GGATCACCGTATGCAATCGGCTAAGCTTACGGATCCATTGCACGTAACGTTGCAAGTCCTA";

TEST(SampleReads, damaged_traces_never_crash) {
    fuzz(trace_file(letters, std::string(letters.size(), 50)), "t.ab1", 4000);
}
TEST(SampleReads, damaged_fastq_never_crashes) {
    std::string reads;
    for (int i = 0; i < 6; ++i)
        reads += "@r\n" + letters.substr(static_cast<std::size_t>(i)) + "\n+\n" +
                 std::string(letters.size() - static_cast<std::size_t>(i), 'I') + "\n";
    fuzz(reads, "s.fastq", 2000);
}
TEST(SampleReads, damaged_contigs_never_crash) { fuzz(">c\n" + letters + "\n", "c.fa", 2000); }

}  // namespace
}  // namespace leaven::dna
