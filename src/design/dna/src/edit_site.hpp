// An edit among the bases around it.
#pragma once

#include <algorithm>
#include <string>

#include <leaven/dna/genome_edit.hpp>

namespace leaven::dna {

class EditSite {
public:
    EditSite(const seq::Record& record, const GenomeEdit& edit) : record_(record), edit_(edit) {}

    /// How many bases there are on a side; of a circle what the edit leaves.
    [[nodiscard]] std::int64_t room_before() const { return record_.circular() ? rest() : edit_.at.start; }
    [[nodiscard]] std::int64_t room_after() const {
        return record_.circular() ? rest() : record_.length - edit_.at.end;
    }

    /// The place of the `count` bases before, or after. Requires  no more than there is room
    [[nodiscard]] seq::Interval place_before(std::int64_t count) const {
        return turned({edit_.at.start - count, edit_.at.start});
    }
    [[nodiscard]] seq::Interval place_after(std::int64_t count) const {
        return turned({edit_.at.end, edit_.at.end + count});
    }
    [[nodiscard]] std::string before(std::int64_t count) const { return letters(place_before(count)); }
    [[nodiscard]] std::string after(std::int64_t count) const { return letters(place_after(count)); }

    [[nodiscard]] std::string removed() const { return letters(turned(edit_.at)); }
    [[nodiscard]] const std::string& inserted() const { return edit_.letters; }

    /// `count` bases of both sides, with what stands between them before and after the edit.
    [[nodiscard]] std::string wild_type(std::int64_t left, std::int64_t right) const {
        return before(left) + removed() + after(right);
    }
    [[nodiscard]] std::string edited(std::int64_t left, std::int64_t right) const {
        return before(left) + inserted() + after(right);
    }

private:
    [[nodiscard]] std::int64_t rest() const { return (record_.length - edit_.at.length()) / 2; }
    [[nodiscard]] std::string letters(seq::Interval at) const { return seq::letters_at(record_.sequence.letters, at); }
    [[nodiscard]] seq::Interval turned(seq::Interval at) const {
        if (!record_.circular()) return at;
        const auto turn = at.start < 0 ? record_.length : at.start >= record_.length ? -record_.length : 0;
        return {at.start + turn, at.end + turn};
    }

    const seq::Record& record_;
    const GenomeEdit& edit_;
};

}  // namespace leaven::dna
