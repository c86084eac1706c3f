#include <algorithm>
#include <map>
#include <unordered_map>

#include <leaven/seq/compare.hpp>
#include <leaven/seq/edit.hpp>

#include "alignment.hpp"

namespace leaven::seq {
namespace {

/// The rotation r with b == a turned to begin at r; -1 where there is none.
std::int64_t rotation_of(const std::string& a, const std::string& b) {
    const auto n = static_cast<std::int64_t>(a.size());
    if (a.size() != b.size() || n == 0) return -1;
    const auto from = least_rotation(a);
    const auto to = least_rotation(b);
    const auto turn = ((from - to) % n + n) % n;
    const auto cut = static_cast<std::size_t>(turn);
    const bool same =
        b.compare(0, a.size() - cut, a, cut, std::string::npos) == 0 && b.compare(a.size() - cut, cut, a, 0, cut) == 0;
    return same ? turn : -1;
}

/// Where words that occur once in each lie relative to each other: the shift that most of them agree on, and how many.
struct Vote {
    std::int64_t shift = 0;
    std::int64_t votes = 0;
};

constexpr std::size_t word_size = 16;

std::unordered_map<std::string_view, std::int64_t> words_once(std::string_view letters, std::size_t step) {
    std::unordered_map<std::string_view, std::int64_t> places;
    for (std::size_t at = 0; at + word_size <= letters.size(); at += step) {
        const auto [found, fresh] = places.try_emplace(letters.substr(at, word_size), static_cast<std::int64_t>(at));
        if (!fresh) found->second = -1;
    }
    return places;
}

Vote vote(const std::string& a, const std::string& b, bool circular) {
    const auto n = static_cast<std::int64_t>(a.size());
    const auto step = std::max<std::size_t>(1, b.size() / 100'000);
    const auto in_b = words_once(b, step);
    const auto in_a = words_once(a, 1);
    std::map<std::int64_t, std::int64_t> shifts;
    std::int64_t shared = 0;
    for (const auto& [word, at_b] : in_b) {
        if (at_b < 0) continue;
        const auto found = in_a.find(word);
        if (found == in_a.end() || found->second < 0) continue;
        ++shared;
        auto shift = found->second - at_b;
        if (circular && n > 0) shift = (shift % n + n) % n;
        ++shifts[shift];
    }
    Vote best{0, shared};
    std::int64_t most = 0;
    for (const auto& [shift, count] : shifts)
        if (count > most) most = count, best.shift = shift;
    return best;
}

std::string turned(const std::string& letters, std::int64_t rotation) {
    const auto cut = static_cast<std::size_t>(rotation);
    return letters.substr(cut) + letters.substr(0, cut);
}

Status align_them(const std::string& a, const std::string& b, Comparison& out, const Context& context) {
    auto alignment = align(a, b, context);
    if (!alignment) return pass(alignment);
    if (!alignment->complete) {
        out.complete = false;
        return {};
    }
    out.differences = std::move(alignment->differences);
    out.identity =
        alignment->columns == 0 ? 1 : static_cast<double>(alignment->matches) / static_cast<double>(alignment->columns);
    return {};
}

}  // namespace

std::string_view name_of(Relation relation) {
    switch (relation) {
        case Relation::identical:
            return "identical";
        case Relation::rotation:
            return "rotation";
        case Relation::reverse:
            return "reverse";
        case Relation::reverse_rotation:
            return "reverse_rotation";
        default:
            return "different";
    }
}

Record aligned(const Record& a, const Comparison& comparison) {
    auto out = a;
    if (comparison.reversed) reverse(out);
    if (comparison.rotation != 0 && out.circular()) rotate(out, comparison.rotation);
    return out;
}

Result<Comparison> compare(const Record& a, const Record& b, const Context& context) {
    Comparison out;
    const auto& x = a.sequence.letters;
    const auto& y = b.sequence.letters;
    const bool circular = a.circular() && b.circular();
    const bool nucleotides = a.sequence.alphabet != Alphabet::protein && b.sequence.alphabet != Alphabet::protein;
    const auto other = nucleotides ? reverse_complement(x, a.sequence.alphabet) : std::string();
    const auto settle = [&](Relation relation, std::int64_t rotation, bool reversed) {
        out.relation = relation;
        out.rotation = rotation;
        out.reversed = reversed;
        out.identity = 1;
        return out;
    };
    if (x == y) return settle(a.topology == b.topology ? Relation::identical : Relation::different, 0, false);
    if (nucleotides && a.topology == b.topology && other == y) return settle(Relation::reverse, 0, true);
    if (circular) {
        if (const auto turn = rotation_of(x, y); turn >= 0) return settle(Relation::rotation, turn, false);
        if (nucleotides)
            if (const auto turn = rotation_of(other, y); turn >= 0)
                return settle(Relation::reverse_rotation, turn, true);
    }
    const auto forward = vote(x, y, circular);
    const auto backward = nucleotides ? vote(other, y, circular) : Vote{};
    out.reversed = backward.votes > forward.votes;
    const auto& best = out.reversed ? backward : forward;
    out.rotation = circular ? best.shift : 0;
    const auto& strand = out.reversed ? other : x;
    if (auto status = align_them(out.rotation == 0 ? strand : turned(strand, out.rotation), y, out, context); !status)
        return pass(status);
    if (!out.complete) {
        const auto words = static_cast<double>(
            std::max<std::size_t>(1, words_once(y, std::max<std::size_t>(1, y.size() / 100'000)).size()));
        out.identity = std::min(1.0, static_cast<double>(best.votes) / words);
    }
    return out;
}

}  // namespace leaven::seq
