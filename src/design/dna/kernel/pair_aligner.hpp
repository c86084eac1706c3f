// Two sequences laid beside each other, with gaps that cost more to open than to go on.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leaven::dna {

/// Columns: the same number of letters on both sides, '-' where there is none.
struct Columns {
    std::string design{};
    std::string read{};

    void add(std::string_view of_design, std::string_view of_read) {
        design += of_design;
        read += of_read;
    }
    void add(const Columns& more) { add(more.design, more.read); }
    void add_deleted(std::string_view letters) { add(letters, std::string(letters.size(), '-')); }
    void add_inserted(std::string_view letters) { add(std::string(letters.size(), '-'), letters); }
};

/// Keeps its memory from one pair to the next; one thread uses it.
class PairAligner {
public:
    /// Whole against whole. Match 2, mismatch -4, a gap of k bases the lesser of 4 + 2 k and 24 + k.
    ///
    /// Method  Gotoh 1982, doi:10.1016/0022-2836(82)90398-9; O(|design| |read|) time and bytes
    Columns align(std::string_view design, std::string_view read);

    /// From the start of both as far as the score rises. A difference counts where it and the columns beyond it win
    /// 20 or more together, or where both end together: less is won by chance, as at an insertion that the read ends
    /// in.
    Columns extend(std::string_view design, std::string_view read);

private:
    struct Corner {
        std::size_t design = 0;
        std::size_t read = 0;
    };
    Corner fill(std::string_view design, std::string_view read);
    Columns trace(std::string_view design, std::string_view read, Corner corner) const;

    std::vector<std::int32_t> row_{};
    std::vector<std::array<std::int32_t, 2>> down_{};  // by kind of gap
    std::vector<std::uint8_t> steps_{};
};

/// Gaps as far left as the letters allow: each goes left through columns that match.
void shift_gaps_left(Columns& columns);

/// What most of the texts say, which are copies of one with errors.
///
/// Method  all laid on the one of median length, column by column the most frequent, twice
std::string consensus_of(const std::vector<std::string>& texts, PairAligner& aligner);

}  // namespace leaven::dna
