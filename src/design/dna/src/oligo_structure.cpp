#include "oligo_structure.hpp"

#include <algorithm>
#include <vector>

#include "strands.hpp"

namespace leaven::dna {
namespace {

constexpr int longest_loop = 30;
constexpr int none = -1;

bool pairs(int a, int b) { return a + b == 3; }

struct Part {
    Heat heat{};
    int pairs = 0;  // 0: there is none
};

/// The two ways of ending a helix by single bases: a base after x, a base before y of the pair x-y.
Heat after(const OligoTables& t, int x, int base) { return t.dangle3[OligoTables::index(x, base)]; }
Heat before(const OligoTables& t, int y, int base) { return t.dangle5[OligoTables::index(y, base)]; }

/// Melting temperature of a hairpin, in K, as far as it orders candidates.
double melting_k(Heat heat) {
    if (heat.dh >= 0) return -1;
    return heat.ds < 0 ? 1000 * heat.dh / heat.ds : 1e9;
}

class Hairpins {
public:
    Hairpins(const OligoTables& tables, std::span<const int> bases)
        : t_(tables), s_(bases), n_(static_cast<int>(bases.size())) {
        for (const int base : s_) letters_.push_back("ACGT"[base]);
        best_.resize(at(n_) * at(n_));
    }

    std::optional<Helix> best() {
        std::optional<Helix> found;
        for (int i = n_ - 1; i >= 0; --i)
            for (int j = i + 4; j < n_; ++j) {
                if (!pairs(s_[at(i)], s_[at(j)])) continue;
                place(i, j) = closed_by(i, j);
                for (const Heat end : ends(i, j)) {
                    const Helix candidate{place(i, j).heat + end, place(i, j).pairs, j == n_ - 1};
                    if (candidate.heat.dg() >= 0) continue;
                    if (!found || melting_k(candidate.heat) > melting_k(found->heat)) found = candidate;
                }
            }
        return found;
    }

private:
    Part& place(int i, int j) { return best_[at(i) * at(n_) + at(j)]; }

    /// A stack where there is one, unless a loop melts higher; the bare hairpin loop where its free energy is least.
    Part closed_by(int i, int j) {
        Part best;
        if (const auto& inner = place(i + 1, j - 1); inner.pairs > 0)
            best = {*loop(i, j, i + 1, j - 1) + inner.heat, inner.pairs + 1};
        for (int p = i + 1; p < std::min(i + 2 + longest_loop, j - 4); ++p)
            for (int q = j - 1; q > p + 3 && p - i + j - q - 2 <= longest_loop; --q) {
                const auto& inner = place(p, q);
                if (inner.pairs == 0 || (p == i + 1 && q == j - 1)) continue;
                const auto between = loop(i, j, p, q);
                if (!between) continue;
                const Heat heat = *between + inner.heat;
                if (best.pairs == 0 || melting_k(heat) > melting_k(best.heat)) best = {heat, inner.pairs + 1};
            }
        const Heat bare = hairpin_loop(t_, letters_.substr(at(i), at(j - i + 1)));
        return best.pairs == 0 || bare.dg() < best.heat.dg() ? Part{bare, 1} : best;
    }

    std::optional<Heat> loop(int i, int j, int p, int q) {
        return loop_between(t_, s_[at(i)], s_[at(j)], {s_.data() + i + 1, 1, p - i - 1},
                            {s_.data() + j - 1, -1, j - q - 1}, s_[at(p)], s_[at(q)]);
    }

    /// The ways in which the outer end of a stem can be left: bare, one base stacked, or both as a mismatch.
    std::vector<Heat> ends(int i, int j) {
        const int x = s_[at(j)];
        const int y = s_[at(i)];
        const Heat bare = t_.penalty(x);
        std::vector<Heat> ways{bare};
        if (j + 1 < n_) ways.push_back(bare + after(t_, x, s_[at(j + 1)]));
        if (i > 0) ways.push_back(bare + before(t_, y, s_[at(i - 1)]));
        if (j + 1 < n_ && i > 0)
            if (const auto& both = t_.terminal[OligoTables::index(x, s_[at(j + 1)], y, s_[at(i - 1)])])
                ways.push_back(bare + *both);
        return ways;
    }

    const OligoTables& t_;
    std::span<const int> s_;
    int n_;
    std::string letters_;
    std::vector<Part> best_;
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
    Part& place(int i, int j) { return best_[at(i) * at(m_) + at(j)]; }
    [[nodiscard]] Heat initiation() const { return t_.sets[0].init; }
    static int base(std::span<const int> strand, int k) {
        return k >= 0 && k < static_cast<int>(strand.size()) ? strand[at(k)] : none;
    }

    Part up_to(int i, int j) {
        Part best{end(b_[at(j)], a_[at(i)], base(b_, j - 1), base(a_, i - 1)), 1};
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
    std::vector<Part> best_;
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
