// Rules on codons, patterns, runs and GC.
#include "violations.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/seq/pattern.hpp>

namespace leaven::dna {
namespace {

constexpr double slack = 1e-9;  // bases

char at(std::string_view letters, std::int64_t i) { return letters[static_cast<std::size_t>(i)]; }

/// A place in a stretch as a place in the molecule; nothing where it lies in the flanks alone.
std::optional<seq::Interval> in_molecule(const Stretch& stretch, seq::Interval found) {
    if (stretch.circular) return found;
    const seq::Interval cut{std::max(found.start, stretch.core.start), std::min(found.end, stretch.core.end)};
    if (cut.empty()) return std::nullopt;
    return seq::Interval{cut.start + stretch.offset, cut.end + stretch.offset};
}

Result<std::vector<seq::Match>> find(const Judged& molecule, const Stretch& stretch, const Pattern& pattern,
                                     bool forward, bool reverse) {
    const seq::Sequence sequence{stretch.letters, {}, seq::Alphabet::dna};
    const auto topology = stretch.circular ? seq::Topology::circular : seq::Topology::linear;
    const seq::FindOptions options{.forward = forward, .reverse = reverse};
    return pattern.word.empty()
               ? seq::find_expression(sequence, topology, pattern.expression, options, molecule.context)
               : seq::find_word(sequence, topology, pattern.word, options, molecule.context);
}

/// The three positions of each codon of a place, with the letters read.
struct CodonAt {
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
    std::string letters{};
};

std::vector<CodonAt> codons_at(const Judged& molecule, const Place& place) {
    const auto read = read_place(molecule.letters, place);
    const auto positions = positions_of(place, molecule.problem.length);
    std::vector<CodonAt> out;
    for (std::size_t i = 0; i + 3 <= read.size(); i += 3) {
        const auto strand = positions[i].second;
        const auto first = strand == seq::Strand::forward ? positions[i].first : positions[i + 2].first;
        out.push_back({{first, first + 3}, strand, read.substr(i, 3)});
    }
    return out;
}

bool codes_for(const Translation& rule, std::size_t i, const std::string& letters) {
    if (i == 0 && !rule.start_codon.empty()) return letters == rule.start_codon;
    const auto codon = codon_of(letters);
    if (!codon) return false;
    const char wanted = rule.protein[i];
    if (wanted == 'U') return letters == "TGA";
    const char amino_acid = rule.amino_acids[*codon];
    return wanted == 'X' ? amino_acid != '*' : amino_acid == wanted;
}

std::int64_t strong(char letter) { return letter == 'G' || letter == 'C' || letter == 'S' ? 1 : 0; }

/// GC of every full window of a stretch, by start.
std::vector<std::int64_t> window_counts(const Stretch& stretch, std::int64_t window) {
    const auto n = static_cast<std::int64_t>(stretch.letters.size());
    std::vector<std::int64_t> counts;
    if (window > n || n == 0) return counts;
    std::int64_t count = 0;
    for (std::int64_t i = 0; i < window; ++i) count += strong(at(stretch.letters, i));
    const auto starts = stretch.circular ? n : n - window + 1;
    for (std::int64_t i = 0; i < starts; ++i) {
        counts.push_back(count);
        count += strong(at(stretch.letters, (i + window) % n)) - strong(at(stretch.letters, i));
    }
    return counts;
}

void add_gc(std::vector<Violation>& out, seq::Interval at, double share, const GcRange& rule) {
    out.push_back({at, seq::Strand::forward,
                   text({"GC {:.3f} is outside {:.3f} to {:.3f}", "GC {:.3f} 超出 {:.3f} 至 {:.3f}"}, share, rule.min,
                        rule.max)});
}

}  // namespace

std::vector<Stretch> stretches_of(const Judged& molecule, const Place& place, bool flanks) {
    const auto n = molecule.problem.length;
    std::vector<Stretch> out;
    for (const auto& piece : place.pieces) {
        Stretch stretch{.letters = seq::letters_at(molecule.letters, piece.at), .offset = piece.at.start};
        stretch.core = {0, piece.at.length()};
        stretch.circular = molecule.problem.circular() && place.whole;
        if (flanks && !molecule.problem.circular()) {
            if (piece.at.start == 0) {
                const auto flank = static_cast<std::int64_t>(molecule.problem.left_flank.size());
                stretch.letters.insert(0, molecule.problem.left_flank);
                stretch.offset -= flank;
                stretch.core = {flank, flank + piece.at.length()};
            }
            if (piece.at.end == n) stretch.letters += molecule.problem.right_flank;
        }
        out.push_back(std::move(stretch));
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Translation& rule) {
    std::vector<Violation> out;
    const auto codons = codons_at(molecule, place);
    for (std::size_t i = 0; i < codons.size(); ++i)
        if (!codes_for(rule, i, codons[i].letters))
            out.push_back(
                {codons[i].at, codons[i].strand,
                 text({"{} does not code for {}", "{} 不编码 {}"}, codons[i].letters, rule.protein.substr(i, 1))});
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Keep& rule) {
    std::vector<Violation> out;
    for (const auto& [p, strand] : positions_of(place, molecule.problem.length)) {
        const auto kept = seq::bases_of(at(rule.letters, p));
        const auto found = seq::bases_of(at(molecule.letters, p));
        if ((found & ~kept) == 0) continue;
        out.push_back({{p, p + 1},
                       seq::Strand::forward,
                       text({"{} is not the {} to keep", "{} 不是应保留的 {}"}, std::string(1, at(molecule.letters, p)),
                            std::string(1, at(rule.letters, p)))});
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Avoid& rule) {
    std::vector<Violation> out;
    for (const auto& stretch : stretches_of(molecule, place, true)) {
        const auto matches = find(molecule, stretch, rule.pattern, rule.forward, rule.reverse);
        if (!matches) return pass(matches);
        for (const auto& match : *matches)
            if (const auto found = in_molecule(stretch, match.at))
                out.push_back({*found, match.strand, text({"{} occurs", "出现 {}"}, rule.pattern.name)});
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Require& rule) {
    std::int64_t count = 0;
    for (const auto& stretch : stretches_of(molecule, place, false)) {
        const auto matches = find(molecule, stretch, rule.pattern, true, true);
        if (!matches) return pass(matches);
        count += static_cast<std::int64_t>(matches->size());
    }
    if (count >= rule.count) return std::vector<Violation>{};
    return std::vector<Violation>{
        {place.pieces.front().at, seq::Strand::forward,
         text({"{} occurs {} times, not {}", "{} 出现 {} 次，应不少于 {} 次"}, rule.pattern.name, count, rule.count)}};
}

Violations violations(const Judged& molecule, const Place& place, const GcRange& rule) {
    std::vector<Violation> out;
    const auto stretches = stretches_of(molecule, place, false);
    if (rule.window == 0) {
        std::int64_t count = 0;
        std::int64_t bases = 0;
        for (const auto& stretch : stretches) {
            bases += static_cast<std::int64_t>(stretch.letters.size());
            for (const char letter : stretch.letters) count += strong(letter);
        }
        const auto size = static_cast<double>(bases);
        const auto found = static_cast<double>(count);
        if (found > rule.max * size + slack || found < rule.min * size - slack)
            add_gc(out, place.pieces.front().at, found / size, rule);
        return out;
    }
    const auto size = static_cast<double>(rule.window);
    for (const auto& stretch : stretches) {
        const auto counts = window_counts(stretch, rule.window);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const auto found = static_cast<double>(counts[i]);
            if (found <= rule.max * size + slack && found >= rule.min * size - slack) continue;
            const auto start = stretch.offset + static_cast<std::int64_t>(i);
            if (!out.empty() && out.back().at.end == start + rule.window - 1)
                ++out.back().at.end;
            else
                add_gc(out, {start, start + rule.window}, found / size, rule);
        }
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const GcSpread& rule) {
    std::optional<std::int64_t> least;
    std::int64_t most = 0;
    seq::Interval richest{};
    for (const auto& stretch : stretches_of(molecule, place, false)) {
        const auto counts = window_counts(stretch, rule.window);
        for (std::size_t i = 0; i < counts.size(); ++i) {
            least = std::min(least.value_or(counts[i]), counts[i]);
            if (counts[i] < most) continue;
            most = counts[i];
            const auto start = stretch.offset + static_cast<std::int64_t>(i);
            richest = {start, start + rule.window};
        }
    }
    const auto spread = static_cast<double>(most - least.value_or(most));
    if (spread <= rule.max * static_cast<double>(rule.window) + slack) return std::vector<Violation>{};
    return std::vector<Violation>{
        {richest, seq::Strand::forward,
         text({"GC of windows differs by {:.3f}, allowed {:.3f}", "窗口间 GC 相差 {:.3f}，允许 {:.3f}"},
              spread / static_cast<double>(rule.window), rule.max)}};
}

Violations violations(const Judged& molecule, const Place& place, const Homopolymer& rule) {
    std::vector<Violation> out;
    for (const auto& stretch : stretches_of(molecule, place, true)) {
        const auto n = static_cast<std::int64_t>(stretch.letters.size());
        const auto same = [&](std::int64_t i, std::int64_t j) {
            return at(stretch.letters, (i + n) % n) == at(stretch.letters, (j + n) % n);
        };
        for (std::int64_t start = 0; start < n; ++start) {
            const bool all_one = stretch.circular && start == 0 &&
                                 std::count(stretch.letters.begin(), stretch.letters.end(), stretch.letters[0]) == n;
            if ((start > 0 || stretch.circular) && !all_one && same(start - 1, start))
                continue;  // not where a run begins
            auto end = start + 1;
            while ((end < n || (stretch.circular && end < start + n)) && same(end - 1, end)) ++end;
            const auto base = base_index(at(stretch.letters, start));
            if (base < 0) continue;
            const auto most = rule.max[static_cast<std::size_t>(base)];
            if (most < 0 || end - start <= most) continue;
            if (const auto found = in_molecule(stretch, {start, end}))
                out.push_back({*found, seq::Strand::forward,
                               text({"{} times {} in a row, allowed {}", "连续 {} 个 {}，最多 {} 个"}, end - start,
                                    std::string(1, base_letter(base)), most)});
        }
    }
    return out;
}

Violations violations(const Judged& molecule, const Place& place, const Rare& rule) {
    std::vector<Violation> out;
    for (const auto& codon : codons_at(molecule, place))
        if (const auto c = codon_of(codon.letters); c && rule.table.fraction[*c] < rule.min_fraction)
            out.push_back({codon.at, codon.strand,
                           text({"{} is used in a fraction of {:.2f}", "{} 的使用比例为 {:.2f}"}, codon.letters,
                                rule.table.fraction[*c])});
    return out;
}

Violations violations(const Judged& molecule, const Place&, const Length& rule) {
    const auto n = molecule.problem.length;
    if (n >= rule.min && n <= rule.max) return std::vector<Violation>{};
    return std::vector<Violation>{
        {{0, n},
         seq::Strand::forward,
         text({"{} bases are not within {} to {}", "{} 个碱基，不在 {} 至 {} 之间"}, n, rule.min, rule.max)}};
}

}  // namespace leaven::dna
