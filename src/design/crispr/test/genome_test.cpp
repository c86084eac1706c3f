// Genomes and their index files: what goes in comes out, and what is damaged is refused.
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <leaven/core/file.hpp>
#include <leaven/core/random.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/search.hpp>
#include <leaven/crispr/sites.hpp>

#include "image.hpp"

namespace leaven::crispr {
namespace {

namespace fs = std::filesystem;

std::string random_bases(Random& random, std::size_t count, std::string_view alphabet) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))];
    return out;
}

class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("leaven-crispr-" + std::to_string(::getpid()))) {
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] fs::path operator/(const std::string& name) const { return path_ / name; }

private:
    fs::path path_;
};

Genome sample() {
    Random random(3);
    GenomeBuilder builder;
    builder.add("a name with blanks", random_bases(random, 5'000, "ACGT"), true);
    builder.add("empty", "", false);
    builder.add("masked", random_bases(random, 700, "ACGTacgtNnRu"), false);
    return std::move(builder).finish();
}

std::vector<Hit> answer_of(const Genome& genome) {
    const Search search(genome, {genome.letters(0, {100, 120}), genome.letters(0, {2'000, 2'020})},
                        SearchOptions{.nuclease = nucleases()[0], .mismatches = 5});
    return *find_all(search, Context());
}

bool same(const std::vector<Hit>& a, const std::vector<Hit>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Hit& x, const Hit& y) {
        return x.guide == y.guide && x.contig == y.contig && x.pam_start == y.pam_start && x.mismatches == y.mismatches;
    });
}

RC_GTEST_PROP(Genome, letters_come_out_as_they_went_in, ()) {
    const auto letters = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ACGTNacgtnRYU")));
    GenomeBuilder builder;
    builder.add("before", "ACGT", false);
    builder.add("this", letters, true);
    const auto genome = std::move(builder).finish();
    const auto read = genome.letters(1, {0, static_cast<std::int64_t>(letters.size())});
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto upper = static_cast<char>(letters[i] & ~0x20);
        const auto expected = upper == 'U' ? 'T' : std::string("ACGT").find(upper) == std::string::npos ? 'N' : upper;
        RC_ASSERT(read[i] == expected);
    }
}

TEST(Genome, an_index_gives_the_genome_back) {
    const Folder folder;
    const auto genome = sample();
    ASSERT_TRUE(write_file(folder / "g.lgx", genome.image()));
    const auto opened = Genome::open(folder / "g.lgx");
    ASSERT_TRUE(opened.has_value());
    ASSERT_EQ(opened->contigs().size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const auto& contig = genome.contigs()[i];
        EXPECT_EQ(opened->contigs()[i].name, contig.name);
        EXPECT_EQ(opened->contigs()[i].circular, contig.circular);
        ASSERT_EQ(opened->contigs()[i].length, contig.length);
        EXPECT_EQ(opened->letters(i, {0, contig.length}), genome.letters(i, {0, contig.length}));
    }
    EXPECT_EQ(opened->image(), genome.image());
    EXPECT_TRUE(same(answer_of(*opened), answer_of(genome)));
}

TEST(Genome, a_thousand_flipped_bytes_are_noticed_or_change_nothing) {
    const Folder folder;
    const auto genome = sample();
    const auto image = genome.image();
    const auto answer = answer_of(genome);
    Random random(5);
    for (int i = 0; i < 1'000; ++i) {
        auto damaged = image;
        const auto at = random.below(static_cast<std::uint32_t>(image.size()));
        damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + random.below(255)));
        std::ofstream(folder / "d.lgx", std::ios::binary) << damaged;
        const auto opened = Genome::open(folder / "d.lgx");
        if (!opened)
            EXPECT_EQ(opened.error().code, ErrorCode::bad_input);
        else
            EXPECT_TRUE(same(answer_of(*opened), answer)) << "byte " << at;
    }
}

/// A forged sum hides damage; what the numbers of the file then say must still not lead out of it.
TEST(Genome, an_index_with_a_forged_sum_is_read_safely) {
    const Folder folder;
    const auto image = sample().image();
    Random random(6);
    int opened_count = 0;
    for (int i = 0; i < 1'000; ++i) {
        auto damaged = image;
        const auto words = image.size() / 8;
        const auto at = i % 2 == 0 ? random.below(header_words) : words - 1 - random.below(24);
        damaged[at * 8 + random.below(8)] = static_cast<char>(random.below(256));
        const std::span<std::uint64_t> span(reinterpret_cast<std::uint64_t*>(damaged.data()), words);
        span[check_word] = image_check(span);
        std::ofstream(folder / "f.lgx", std::ios::binary) << damaged;
        const auto opened = Genome::open(folder / "f.lgx");
        if (!opened) continue;
        ++opened_count;
        const Search search(*opened, {"ACGTACGTACGTACGTACGT"}, SearchOptions{.nuclease = nucleases()[0]});
        EXPECT_TRUE(find_all(search, Context()).has_value());
    }
    EXPECT_GT(opened_count, 0);
}

TEST(Genome, what_is_no_index_or_cut_short_is_refused) {
    const Folder folder;
    const auto image = sample().image();
    for (const std::size_t size :
         {std::size_t{8}, std::size_t{63}, image.size() / 2, image.size() - 8, image.size() - 1}) {
        std::ofstream(folder / "s.lgx", std::ios::binary) << image.substr(0, size);
        EXPECT_FALSE(Genome::open(folder / "s.lgx").has_value()) << size;
    }
    auto other = image;
    other[8] = 9;  // the version
    std::ofstream(folder / "v.lgx", std::ios::binary) << other;
    EXPECT_FALSE(Genome::open(folder / "v.lgx").has_value());
    std::ofstream(folder / "t.lgx", std::ios::binary) << std::string(200, 'A');
    EXPECT_FALSE(Genome::open(folder / "t.lgx").has_value());
    EXPECT_EQ(Genome::open(folder / "absent.lgx").error().code, ErrorCode::not_found);
}

TEST(Genome, a_hundred_thousand_contigs_are_searched) {
    Random random(8);
    GenomeBuilder builder;
    for (int i = 0; i < 100'000; ++i)
        builder.add("c" + std::to_string(i), random_bases(random, 30, "ACGT"), i % 2 == 0);
    const auto genome = std::move(builder).finish();
    const auto guide = genome.letters(77'777, {3, 23});
    const Search search(genome, {guide}, SearchOptions{.nuclease = {.name = "", .pam = "NN"}, .mismatches = 0});
    const auto hits = find_all(search, Context());
    ASSERT_EQ(hits->size(), 1U);
    EXPECT_EQ(hits->front().contig, 77'777U);
}

TEST(Genome, topologies_are_those_asked_for) {
    const Folder folder;
    std::ofstream(folder / "two.fna") << ">one [topology=circular]\nACGTACGT\n>two\nACGT\n";
    const auto circles = [&](const std::vector<std::string>& words) {
        const auto file = read_genome((folder / "two.fna").string(), Topologies::of(words), Context());
        std::string out;
        for (const auto& contig : file->genome.contigs()) out += contig.circular ? 'o' : '-';
        return out;
    };
    EXPECT_EQ(circles({"auto"}), "--");  // FASTA means linear
    EXPECT_EQ(circles({"all"}), "oo");
    EXPECT_EQ(circles({"none"}), "--");
    EXPECT_EQ(circles({"two"}), "-o");
    const auto missing = read_genome((folder / "two.fna").string(), Topologies::of({"tow"}), Context());
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
}

/// Six bytes a base at most, of the whole process, for reading, counting and searching 100 million bases.
TEST(Genome, a_hundred_million_bases_fit_in_six_bytes_each) {
    const Folder folder;
    constexpr std::size_t bases = 100'000'000;
    {
        Random random(4);
        std::ofstream file(folder / "big.fna", std::ios::binary);
        std::string line(10'001, '\n');
        for (std::size_t i = 0; i < bases; i += 10'000) {
            if (i % (bases / 4) == 0) file << ">c" << i / (bases / 4) << "\n";
            for (std::size_t k = 0; k < 10'000; k += 32) {
                auto bits = random.next();
                for (std::size_t j = k; j < std::min<std::size_t>(k + 32, 10'000); ++j, bits >>= 2)
                    line[j] = "ACGT"[bits & 3];
            }
            file << line;
        }
    }
    const auto file = read_genome((folder / "big.fna").string(), {}, Context());
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->genome.bases(), static_cast<std::int64_t>(bases));
    const Search search(file->genome, {file->genome.letters(2, {1'000, 1'020})},
                        SearchOptions{.nuclease = nucleases()[0], .mismatches = 4});
    ASSERT_TRUE(find_all(search, Context()).has_value());
#if !defined(__SANITIZE_ADDRESS__)  // whose own memory would be counted
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    EXPECT_LE(static_cast<double>(usage.ru_maxrss) * 1024, 6.0 * bases);
#endif
}

}  // namespace
}  // namespace leaven::crispr
