// A genome as the search reads it: three bits a base, on disk as in memory.
//
// Every contig is a run of blocks of 64 bases. Before its first block stands one without a certain base, and after its
// last base the contig goes on at its start for 128 bases, as a circle does: a window over the origin is read like any
// other, and whether the contig is a circle decides only which windows are looked at. The image in memory is the index
// file byte for byte, so that a file is mapped, checked and used as it lies.
//
// Memory: 0.375 bytes a base. Threads: a Genome that is not changed may be read by any number of threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::crispr {

/// 64 bases, a bit each. The code of a base is 2 hi + lo: A 0, C 1, G 2, T 3. `bad`: the base is not certain; 0 there.
struct Block {
    std::uint64_t hi = 0;
    std::uint64_t lo = 0;
    std::uint64_t bad = 0;
};

struct Contig {
    std::string name{};
    std::int64_t length = 0;
    bool circular = false;
    std::int64_t first_block = 0;  // of the blocks of the genome
};

class Genome {
public:
    [[nodiscard]] const std::vector<Contig>& contigs() const { return contigs_; }
    [[nodiscard]] std::int64_t bases() const;

    /// Block 0 holds the contig's first 64 bases; from block -1 to length / 64 + 3 they may be read.
    [[nodiscard]] const Block* blocks(std::size_t contig) const { return blocks_ + contigs_[contig].first_block; }

    /// Letters of the forward strand, over the origin too; "N" where a base is not certain.
    ///
    /// Requires  0 <= at.start; at.end <= length + 128
    [[nodiscard]] std::string letters(std::size_t contig, seq::Interval at) const;

    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

    void set_circular(std::size_t contig, bool circular) { contigs_[contig].circular = circular; }

    /// The bytes of an index file.
    [[nodiscard]] std::string image() const;

    /// Maps an index file and checks all of it.
    ///
    /// Errors  not_found  no such file;  bad_input  not an index, of another version, cut short, or damaged
    static Result<Genome> open(const std::filesystem::path& path);

    /// Is this the beginning of an index file?
    static bool is_index(std::string_view bytes);

private:
    friend class GenomeBuilder;
    static Result<Genome> over(std::span<const std::uint64_t> image, std::shared_ptr<const void> keep,
                               const std::string& name);
    Status read_contigs(const std::string& name);

    std::shared_ptr<const void> keep_{};
    std::span<const std::uint64_t> image_{};
    const Block* blocks_ = nullptr;
    std::vector<Contig> contigs_{};
};

/// Packs contigs one after the other.
class GenomeBuilder {
public:
    GenomeBuilder();

    /// Letters of both cases; U is read as T, and what is not A, C, G or T is not certain.
    void add(std::string name, std::string_view letters, bool circular);

    [[nodiscard]] Genome finish() &&;

private:
    void append_block(const Block& block);
    std::shared_ptr<std::vector<std::uint64_t>> image_;
    std::vector<Contig> contigs_{};
};

/// Which contigs are circles.
struct Topologies {
    enum class Mode : std::uint8_t { from_file, all, none, listed };
    Mode mode = Mode::from_file;
    std::vector<std::string> names{};  // of the contigs that are, where they are listed

    /// "auto", "all", "none", or names of contigs.
    static Topologies of(const std::vector<std::string>& words);
};

}  // namespace leaven::crispr
