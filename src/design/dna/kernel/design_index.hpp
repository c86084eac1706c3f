// Where a read lies on a design: words that both have, chained over gaps and over the origin of a circle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// Bases of the read that equal those of the design. On a circle `design` goes on beyond the length, turn after turn.
struct CommonRun {
    std::int64_t read = 0;
    std::int64_t design = 0;
    std::int64_t size = 0;
};

/// The runs of a read in the order of both; what lies between two of them differs.
struct ReadChain {
    seq::Strand strand = seq::Strand::forward;  // of the design; the runs are those of the read turned so that it fits
    std::string letters{};                      // of the read, turned so
    std::vector<CommonRun> runs{};
    std::int64_t score = 0;
};

/// Words of a design. Threads: may be shared.
class DesignIndex {
public:
    /// Requires  a sequence; it outlives the index
    explicit DesignIndex(const seq::Record& record);

    /// The best chain on either strand; none where the read has nothing in common with the design, and where the
    /// context was stopped.
    ///
    /// Method  exact words of 13 bases (15 on genomes) merged into runs, and a chain of greatest score over the 64 runs
    ///         before each: its bases, less 3 + 0.05 a base of gap, at most 40
    [[nodiscard]] std::optional<ReadChain> map(std::string_view read, const Context& context) const;

    [[nodiscard]] const seq::Record& record() const { return record_; }

private:
    struct Entry {
        std::uint32_t word;
        std::uint32_t position;
    };
    [[nodiscard]] std::vector<CommonRun> runs_of(std::string_view read, const Context& context) const;
    [[nodiscard]] ReadChain best_chain(std::vector<CommonRun> runs, const Context& context) const;
    [[nodiscard]] std::int64_t step(const CommonRun& from, const CommonRun& to) const;

    const seq::Record& record_;
    std::size_t size_ = 13;  // of a word
    unsigned shift_ = 0;
    std::vector<Entry> entries_{};  // by word
    std::vector<std::uint32_t> first_{};
};

}  // namespace leaven::dna
