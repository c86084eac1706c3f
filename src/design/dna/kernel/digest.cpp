#include <algorithm>
#include <array>
#include <tuple>

#include <leaven/dna/digest.hpp>
#include <leaven/seq/pattern.hpp>

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

/// What a methylase leaves: the word it reads, and which of its letters is methylated on the strand that reads it.
struct Mark {
    std::string_view word;
    std::int64_t place;
    std::span<const std::string_view> indifferent;  // enzymes that cut all the same
};

constexpr std::array<std::string_view, 8> dam_indifferent{"BamHI", "BglII", "BstYI", "DpnI",
                                                          "KpnI",  "MspI",  "PvuI",  "Sau3AI"};
constexpr std::array<std::string_view, 6> dcm_indifferent{"BamHI", "BglI", "BglII", "BstNI", "KpnI", "MspI"};
constexpr std::array<std::string_view, 7> cpg_indifferent{"BamHI", "BglII", "BstNI", "BstYI", "KpnI", "MspI", "TaqI"};

Mark mark_of(Methylation methylation) {
    switch (methylation) {
        case Methylation::dam:
            return {"GATC", 1, dam_indifferent};
        case Methylation::dcm:
            return {"CCWGG", 1, dcm_indifferent};
        default:
            return {"CG", 0, cpg_indifferent};
    }
}

/// Positions whose base, on either strand, is methylated; sorted. The words are palindromes: each has two.
Result<std::vector<std::int64_t>> methylated(const seq::Record& record, Methylation methylation,
                                             const Context& context) {
    std::vector<std::int64_t> places;
    if (methylation == Methylation::none) return places;
    const auto mark = mark_of(methylation);
    const auto found = seq::find_word(record.sequence, record.topology, mark.word, {}, context);
    if (!found) return pass(found);
    for (const auto& match : *found)
        for (const auto place : {match.at.start + mark.place, match.at.end - 1 - mark.place})
            places.push_back(place % record.length);
    std::sort(places.begin(), places.end());
    return places;
}

bool is_blocked(const seq::Enzyme& enzyme, const seq::Match& match, const std::vector<std::int64_t>& marks,
                std::int64_t length) {
    for (std::int64_t i = match.at.start; i < match.at.end; ++i) {
        const auto in_site = match.strand == Strand::forward ? i - match.at.start : match.at.end - 1 - i;
        if (enzyme.site[static_cast<std::size_t>(in_site)] == 'N') continue;
        if (std::binary_search(marks.begin(), marks.end(), i % length)) return true;
    }
    return false;
}

Status check(const seq::Record& record) {
    if (record.sequence.length() != record.length || record.length == 0)
        return bad_input({"{} has no sequence", "{} 没有序列"}, record.name)
            .at(record.id)
            .advise({"give a file that holds the whole sequence", "请提供含完整序列的文件"});
    if (record.sequence.alphabet == seq::Alphabet::protein)
        return bad_input({"{} is a protein", "{} 是蛋白质"}, record.name)
            .at(record.id)
            .advise({"give DNA", "请提供 DNA 序列"});
    return {};
}

/// The cuts that an enzyme makes at one site.
void add_cuts(const seq::Record& record, const seq::Enzyme& enzyme, std::size_t index, const seq::Match& match,
              std::vector<Cut>& cuts) {
    const auto n = record.length;
    const bool forward = match.strand == Strand::forward;
    for (const auto& place : enzyme.cuts) {
        const auto top = forward ? match.at.start + place.top : match.at.end - place.bottom;
        const auto bottom = forward ? match.at.start + place.bottom : match.at.end - place.top;
        if (!record.circular() && (top <= 0 || top >= n)) continue;
        const auto turn = record.circular() ? (top % n + n) % n - top : 0;
        cuts.push_back({index, top + turn, bottom + turn, {match.at.start + turn, match.at.end + turn}, match.strand});
    }
}

/// Where the strands of one side end at a break.
struct Side {
    std::int64_t top;
    std::int64_t bottom;

    [[nodiscard]] std::int64_t low() const { return std::min(top, bottom); }
    [[nodiscard]] std::int64_t high() const { return std::max(top, bottom); }
};

/// A place where both strands are broken. Cuts that leave no paired base between them are one: what lies to the left
/// ends with the first cut of each strand, what lies to the right begins with the last.
struct Break {
    Side left;
    Side right;
    bool site_left = false;   // a site that made it lies whole on the left
    bool site_right = false;  // or on the right

    [[nodiscard]] std::int64_t low() const { return std::min(left.low(), right.low()); }
    [[nodiscard]] std::int64_t high() const { return std::max(left.high(), right.high()); }

    void join(const Break& other) {
        left = {std::min(left.top, other.left.top), std::min(left.bottom, other.left.bottom)};
        right = {std::max(right.top, other.right.top), std::max(right.bottom, other.right.bottom)};
        site_left |= other.site_left;
        site_right |= other.site_right;
    }
    [[nodiscard]] Break moved(std::int64_t by) const {
        return {{left.top + by, left.bottom + by}, {right.top + by, right.bottom + by}, site_left, site_right};
    }
};

Break break_of(const Cut& cut) {
    const Side side{cut.top, cut.bottom};
    return {side, side, cut.site.end <= side.high(), cut.site.start >= side.low()};
}

std::vector<Break> breaks_of(const seq::Record& record, std::span<const Cut> cuts) {
    std::vector<Break> all;
    for (const auto& cut : cuts)
        if (cut.whole(record)) all.push_back(break_of(cut));
    std::sort(all.begin(), all.end(), [](const Break& a, const Break& b) {
        return std::pair(a.low(), a.high()) < std::pair(b.low(), b.high());
    });
    std::vector<Break> breaks;
    for (const auto& one : all)
        if (!breaks.empty() && one.low() <= breaks.back().high())
            breaks.back().join(one);
        else
            breaks.push_back(one);
    // On a circle the last may reach over the origin into the first, and both together then into what follows.
    for (bool joined = record.circular(); joined && breaks.size() > 1;) {
        joined = breaks.front().low() + record.length <= breaks.back().high();
        if (joined) {
            breaks.front().join(breaks.back().moved(-record.length));
            breaks.pop_back();
        } else if (breaks[1].low() <= breaks[0].high()) {
            joined = true;
            breaks[0].join(breaks[1]);
            breaks.erase(breaks.begin() + 1);
        }
    }
    return breaks;
}

End end_at(const seq::Record& record, const Break& place, bool left) {
    const auto& side = left ? place.right : place.left;
    End end{.native = false, .recuts = left ? place.site_right : place.site_left};
    if (side.top != side.bottom) end.kind = side.top < side.bottom ? EndKind::five_prime : EndKind::three_prime;
    end.overhang = letters_of(record, {side.low(), side.high()});
    return end;
}

/// From one break (none: the start of a linear molecule) to another. Positions may have been moved on by a circle.
Piece piece_between(const seq::Record& record, const Break* from, const Break* to) {
    Piece piece{.at = {0, record.length}};
    if (from != nullptr) {
        piece.at.start = from->right.low();
        piece.left = end_at(record, *from, true);
    }
    if (to != nullptr) {
        piece.at.end = to->left.high();
        piece.right = end_at(record, *to, false);
    }
    if (record.circular() && (piece.at.start < 0 || piece.at.start >= record.length)) {
        const auto turn = piece.at.start < 0 ? record.length : -record.length;
        piece.at = {piece.at.start + turn, piece.at.end + turn};
    }
    return piece;
}

Piece whole_molecule(const seq::Record& record) {
    return {.at = {0, record.length}, .uncut = true, .circular = record.circular()};
}

}  // namespace

bool Cut::whole(const seq::Record& record) const {
    return record.circular() || (bottom > 0 && bottom < record.length && top > 0 && top < record.length);
}

std::string to_text(const End& end, bool left) {
    if (end.kind == EndKind::blunt) return "blunt";
    const bool top_protrudes = (end.kind == EndKind::five_prime) == left;
    return (end.kind == EndKind::five_prime ? "5'" : "3'") +
           (top_protrudes ? end.overhang : seq::reverse_complement(end.overhang));
}

End reversed(const End& end) {
    auto other = end;
    other.overhang = seq::reverse_complement(end.overhang);
    return other;
}

std::string letters_of(const seq::Record& record, Interval at) {
    const auto& letters = record.sequence.letters;
    const auto n = record.length;
    std::string out;
    if (n == 0 || at.empty()) return out;
    out.reserve(static_cast<std::size_t>(at.length()));
    auto position = (at.start % n + n) % n;
    for (auto left = at.length(); left > 0;) {
        const auto run = std::min(left, n - position);
        out.append(letters, static_cast<std::size_t>(position), static_cast<std::size_t>(run));
        left -= run;
        position = 0;
    }
    return out;
}

Result<std::vector<Cut>> find_cuts(const seq::Record& record, std::span<const seq::Enzyme> enzymes,
                                   Methylation methylation, const Context& context) {
    if (auto status = check(record); !status) return pass(status);
    const auto marks = methylated(record, methylation, context);
    if (!marks) return pass(marks);
    const auto mark = mark_of(methylation);
    std::vector<Cut> cuts;
    for (std::size_t index = 0; index < enzymes.size(); ++index) {
        const auto& enzyme = enzymes[index];
        if (enzyme.cuts.empty()) continue;
        const auto found = seq::find_word(record.sequence, record.topology, enzyme.site, {}, context);
        if (!found) return pass(found);
        const bool sensitive =
            enzyme.methylation_blocks && !marks->empty() &&
            std::find(mark.indifferent.begin(), mark.indifferent.end(), enzyme.name) == mark.indifferent.end();
        for (const auto& match : *found)
            if (!sensitive || !is_blocked(enzyme, match, *marks, record.length))
                add_cuts(record, enzyme, index, match, cuts);
    }
    std::sort(cuts.begin(), cuts.end(), [](const Cut& a, const Cut& b) {
        return std::tie(a.top, a.bottom, a.enzyme, a.site) < std::tie(b.top, b.bottom, b.enzyme, b.site);
    });
    return cuts;
}

std::string overhang_of(const seq::Record& record, const Cut& cut) {
    return letters_of(record, {std::min(cut.top, cut.bottom), std::max(cut.top, cut.bottom)});
}

EndKind kind_of(const Cut& cut) {
    if (cut.top == cut.bottom) return EndKind::blunt;
    return cut.top < cut.bottom ? EndKind::five_prime : EndKind::three_prime;
}

std::vector<Piece> cut_pieces(const seq::Record& record, std::span<const Cut> cuts) {
    auto breaks = breaks_of(record, cuts);
    if (breaks.empty()) return {whole_molecule(record)};
    std::vector<Piece> pieces;
    const auto add = [&](const Break* from, const Break* to) { pieces.push_back(piece_between(record, from, to)); };
    if (!record.circular()) add(nullptr, &breaks.front());
    for (std::size_t i = 0; i + 1 < breaks.size(); ++i) add(&breaks[i], &breaks[i + 1]);
    const auto again = breaks.front().moved(record.length);
    add(&breaks.back(), record.circular() ? &again : nullptr);
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.at < b.at; });
    return pieces;
}

Result<std::vector<Piece>> partial_pieces(const seq::Record& record, std::span<const Cut> cuts,
                                          std::int64_t most_bases) {
    auto breaks = breaks_of(record, cuts);
    std::vector<Piece> pieces{whole_molecule(record)};
    if (breaks.empty()) return pieces;
    const auto count = breaks.size();
    std::int64_t bases = record.length;
    std::vector<const Break*> stops;
    if (record.circular())
        for (std::size_t i = 0; i < count; ++i) breaks.push_back(breaks[i].moved(record.length));
    else
        stops.push_back(nullptr);
    for (const auto& place : breaks) stops.push_back(&place);
    if (!record.circular()) stops.push_back(nullptr);
    const auto starts = record.circular() ? count : stops.size() - 1;
    for (std::size_t i = 0; i < starts; ++i) {
        const auto last = record.circular() ? i + count : stops.size() - 1;
        for (auto j = i + 1; j <= last; ++j) {
            if (stops[i] == nullptr && stops[j] == nullptr) continue;  // the whole molecule
            auto piece = piece_between(record, stops[i], stops[j]);
            bases += piece.length();
            if (bases > most_bases)
                return bad_input({"the incomplete digest of {} has more than {} bases of pieces",
                                  "{} 的不完全酶切片段总长超过 {} 个碱基"},
                                 record.name, most_bases)
                    .at("partial")
                    .advise({"use fewer enzymes, or a complete digest", "请减少限制酶，或改为完全酶切"});
            pieces.push_back(std::move(piece));
        }
    }
    std::sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.at < b.at; });
    return pieces;
}

}  // namespace leaven::dna
