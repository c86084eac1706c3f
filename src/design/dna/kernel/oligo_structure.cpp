#include "oligo_structure.hpp"

#include <algorithm>
#include <vector>

#include "strands.hpp"

namespace leaven::dna {
namespace {

constexpr int longest_loop = 30;
constexpr int none = -1;

bool pairs(int a, int b) { return a + b == 3; }

struct Stack {
    Heat heat{};
    int pairs = 0;  // 0: there is none
};

/// The two ways of ending a helix by single bases: a base after x, a base before y of the pair x-y.
Heat after(const OligoTables& t, int x, int base) { return t.dangle3[OligoTables::index(x, base)]; }
Heat before(const OligoTables& t, int y, int base) { return t.dangle5[OligoTables::index(y, base)]; }

/// Melting temperature of a hairpin, in K, as far as it orders candidates; zero where there is none. That a part whose
/// heat and entropy are both above zero counts as melting is how primer3 grows stems too.
double melting_k(const Stack& part) { return part.pairs == 0 ? 0 : 1000 * part.heat.dh / (part.heat.ds - 1e-11); }

class Hairpins {
public:
    Hairpins(const OligoTables& tables, std::span<const int> bases)
        : t_(tables), s_(bases), n_(static_cast<int>(bases.size())) {
        for (const int base : s_) letters_.push_back("ACGT"[base]);
        best_.resize(at(n_) * at(n_));
    }

    /// The best of the first bases, one base more at a time: several hairpins may stand side by side.
    std::optional<Helix> best() {
        for (int j = 4; j < n_; ++j)
            for (int i = j - 4; i >= 0; --i)
                if (pairs(s_[at(i)], s_[at(j)])) place(i, j) = closed_by(i, j);
        std::vector<Helix> first(at(n_) + 1);
        for (int count = 1; count <= n_; ++count) {
            auto& here = first[at(count)];
            here = first[at(count - 1)];
            here.last_paired = false;
            double highest = melting_k({here.heat, here.pairs});
            for (const auto way : {Way::bare, Way::before, Way::after, Way::both})
                if (const auto found = ending_at(count, way, first); found && melting_k(part_of(*found)) > highest) {
                    highest = melting_k(part_of(*found));
                    if (found->heat.dg() < 0) here = *found;
                }
        }
        return first.back().pairs > 0 ? std::optional(first.back()) : std::nullopt;
    }

private:
    /// What stacks on the outer end of a stem: nothing, the base before, the one after, both as a mismatch.
    enum class Way : std::uint8_t { bare, before, after, both };

    static Stack part_of(const Helix& helix) { return {helix.heat, helix.pairs}; }
    Stack& place(int i, int j) { return best_[at(i) * at(n_) + at(j)]; }

    /// The hairpin of highest melting temperature, with what is best before it, that takes up the last of `count`
    /// bases.
    std::optional<Helix> ending_at(int count, Way way, const std::vector<Helix>& first) {
        std::optional<Helix> found;
        const int j = way == Way::after || way == Way::both ? count - 2 : count - 1;
        for (int before_it = 0; before_it + 5 <= count; ++before_it) {
            const int i = way == Way::before || way == Way::both ? before_it + 1 : before_it;
            if (j - i < 4 || place(i, j).pairs == 0) continue;
            const auto outer = end(i, j, way);
            if (!outer) continue;
            const auto& left = first[at(before_it)];
            const Helix candidate{left.heat + place(i, j).heat + *outer, left.pairs + place(i, j).pairs, j == n_ - 1};
            if (candidate.heat.dh > 0 || candidate.heat.ds > 0) continue;
            if (!found || melting_k(part_of(candidate)) > melting_k(part_of(*found))) found = candidate;
        }
        return found;
    }

    /// A stack or the loop that melts higher; the bare hairpin loop where its free energy is less.
    Stack closed_by(int i, int j) {
        Stack best;
        const auto consider = [&](const std::optional<Heat>& between, const Stack& inner) {
            if (!between || inner.pairs == 0) return;
            const Stack candidate{*between + inner.heat, inner.pairs + 1};
            if (melting_k(candidate) > melting_k(best)) best = candidate;
        };
        if (j - i > 5) consider(loop(i, j, i + 1, j - 1), place(i + 1, j - 1));
        for (int between = 1; between <= longest_loop && j - i - 2 - between >= 4; ++between)
            for (int p = i + 1; p <= i + 1 + between; ++p) {
                const int q = p + j - i - 2 - between;
                if (place(p, q).pairs > 0) consider(loop(i, j, p, q), place(p, q));
            }
        const Heat bare = hairpin_loop(t_, letters_.substr(at(i), at(j - i + 1)));
        return best.pairs == 0 || bare.dg() < best.heat.dg() ? Stack{bare, 1} : best;
    }

    std::optional<Heat> loop(int i, int j, int p, int q) {
        return loop_between(t_, s_[at(i)], s_[at(j)], {s_.data() + i + 1, 1, p - i - 1},
                            {s_.data() + j - 1, -1, j - q - 1}, s_[at(p)], s_[at(q)]);
    }

    [[nodiscard]] std::optional<Heat> end(int i, int j, Way way) const {
        const int x = s_[at(j)];
        const int y = s_[at(i)];
        const Heat bare = t_.penalty(x);
        if (way == Way::bare) return bare;
        if (way == Way::before) return bare + before(t_, y, s_[at(i - 1)]);
        if (way == Way::after) return bare + after(t_, x, s_[at(j + 1)]);
        const auto both = t_.first_mismatch(OligoTables::index(x, s_[at(j + 1)], y, s_[at(i - 1)]));
        return both ? std::optional(bare + *both) : std::nullopt;
    }

    const OligoTables& t_;
    std::span<const int> s_;
    int n_;
    std::string letters_;
    std::vector<Stack> best_;
};

class Dimers {
public:
    Dimers(const OligoTables& tables, std::span<const int> first, std::span<const int> second, double strands)
        : t_(tables),
          a_(first),
          b_(second),
          n_(static_cast<int>(first.size())),
          m_(static_cast<int>(second.size())),
          strands_(strands),
          best_(first.size() * second.size()) {}

    std::optional<Helix> best(bool at_end) {
        std::optional<Helix> found;
        for (int i = 0; i < n_; ++i)
            for (int j = 0; j < m_; ++j) {
                if (!pairs(a_[at(i)], b_[at(j)])) continue;
                place(i, j) = up_to(i, j);
                if (at_end && i != n_ - 1) continue;
                const Heat right = end(a_[at(i)], b_[at(j)], base(a_, i + 1), base(b_, j + 1));
                const Helix candidate{place(i, j).heat + right + initiation(), place(i, j).pairs};
                if (!found || candidate.heat.dg() < found->heat.dg()) found = candidate;
            }
        return found;
    }

private:
    Stack& place(int i, int j) { return best_[at(i) * at(m_) + at(j)]; }
    [[nodiscard]] Heat initiation() const { return t_.sets[0].init; }
    static int base(std::span<const int> strand, int k) {
        return k >= 0 && k < static_cast<int>(strand.size()) ? strand[at(k)] : none;
    }

    Stack up_to(int i, int j) {
        Stack best{end(b_[at(j)], a_[at(i)], base(b_, j - 1), base(a_, i - 1)), 1};
        for (int p = i - 1; p >= 0 && i - p - 1 <= longest_loop; --p)
            for (int q = j - 1; q >= 0 && i - p + j - q - 2 <= longest_loop; --q) {
                const auto& before_it = place(p, q);
                if (before_it.pairs == 0) continue;
                const auto between = loop_between(t_, a_[at(p)], b_[at(q)], {a_.data() + p + 1, 1, i - p - 1},
                                                  {b_.data() + q + 1, 1, j - q - 1}, a_[at(i)], b_[at(j)]);
                if (!between) continue;
                const Heat heat = *between + before_it.heat;
                if (heat.dg() < best.heat.dg()) best = {heat, before_it.pairs + 1};
            }
        return best;
    }

    /// How a helix ends at the pair x-y with `next` after x and `last` before y: of mismatch, stacked bases and nothing
    /// the one of highest melting temperature. Bases that could pair do not stack on an end.
    [[nodiscard]] Heat end(int x, int y, int next, int last) const {
        const Heat bare = t_.penalty(x);
        if ((next == none && last == none) || (next != none && last != none && pairs(next, last))) return bare;
        std::optional<Heat> best;
        const auto consider = [&](Heat way) {
            if (way.dg() <= 0 && (!best || melting(way) > melting(*best))) best = way;
        };
        if (next != none && last != none)
            if (const auto& both = t_.terminal[OligoTables::index(x, next, y, last)]) consider(bare + *both);
        Heat stacked = bare;
        if (next != none) stacked += after(t_, x, next);
        if (last != none) stacked += before(t_, y, last);
        consider(stacked);
        return best && melting(*best) >= melting(bare) ? *best : bare;
    }
    [[nodiscard]] double melting(Heat way) const {
        return (way.dh + initiation().dh) / (way.ds + initiation().ds + strands_);
    }

    const OligoTables& t_;
    std::span<const int> a_;
    std::span<const int> b_;
    int n_;
    int m_;
    double strands_;
    std::vector<Stack> best_;
};

}  // namespace

std::optional<Helix> best_hairpin(const OligoTables& tables, std::span<const int> bases) {
    return Hairpins(tables, bases).best();
}

std::optional<Helix> best_dimer(const OligoTables& tables, std::span<const int> bases, std::span<const int> turned,
                                double strands, bool at_end) {
    return Dimers(tables, bases, turned, strands).best(at_end);
}

}  // namespace leaven::dna
