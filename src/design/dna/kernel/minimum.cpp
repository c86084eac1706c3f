#include "minimum.hpp"

#include "vector_loop.hpp"

namespace leaven::dna {
namespace {

constexpr int worth_reporting = 2000;  // bases: shorter strands fold in less than a second

/// min over k of a[k] + b[k].
LEAVEN_VECTOR_LOOP Energy least_sum(const Energy* a, const Energy* b, int count) {
    Energy best = forbidden;
    for (int k = 0; k < count; ++k) best = std::min(best, a[k] + b[k]);
    return best;
}

/// The same over the lanes from `first` of several rows; row r of `pairs` is at `pairs_at[r]`.
LEAVEN_VECTOR_LOOP Energy least_loop(const Energy* const* pairs_at, const Energy (*loops)[32], int rows, int first) {
    Energy lane[32];
    for (int k = 0; k < 32; ++k) lane[k] = forbidden;
    for (int r = 0; r < rows; ++r)
        for (int k = 0; k < 32; ++k) lane[k] = std::min(lane[k], pairs_at[r][k] + loops[r][k]);
    Energy best = forbidden;
    for (int k = first; k < 32; ++k) best = std::min(best, lane[k]);
    return best;
}

}  // namespace

void Minimum::make_loops() {
    const auto& t = *tables_;
    for (auto& loops : generic_loop_) std::fill(std::begin(loops), std::end(loops), forbidden);
    std::fill(std::begin(one_by_n_loop_), std::end(one_by_n_loop_), forbidden);
    std::fill(std::begin(bulge_loop_), std::end(bulge_loop_), forbidden);
    for (int n2 = 2; n2 <= longest_interior; ++n2) {
        const int lane = window - 1 - n2;
        bulge_loop_[lane] = t.bulge_of[n2];
        if (n2 >= 3 && n2 < longest_interior) one_by_n_loop_[lane] = t.internal_of[n2 + 1] + t.asymmetry(1, n2);
        for (int n1 = 2; n1 + n2 <= longest_interior; ++n1)
            if (n1 + n2 > 5) generic_loop_[n1][lane] = t.internal_of[n1 + n2] + t.asymmetry(n1, n2);
    }
}

void Minimum::start() {
    n_ = strands_->size();
    const auto n = at(n_);
    pair_.assign(n * (n + 1) / 2, forbidden);
    multi_.assign(n * (n + 1) / 2, forbidden);
    row_.assign(n, forbidden);
    split_.assign(n, forbidden);
    last_split_.assign(n, forbidden);
    for (auto* ring : {&generic_, &one_by_n_, &bulge_}) ring->assign(ring_width() * window, forbidden);
    for (int strand = 0; strand < 2; ++strand) {
        suffix_[strand].assign(at(end_of(strand) - begin_of(strand)) + 1, 0);
        prefix_[strand] = suffix_[strand];
    }
    joined_ = forbidden;
}

Status Minimum::run(const Strands& strands, const Context& context, NickCost nick_cost) {
    strands_ = &strands;
    nick_cost_ = std::move(nick_cost);
    start();
    for (int i = n_ - 1; i >= 0; --i) {
        if (context.stopped()) return cancelled();
        if (n_ >= worth_reporting && i % 64 == 0) context.report({{"folding", "折叠"}, n_ - i, n_});
        fill_row(i);
        if (i == strands.nick) fill_prefix(1);
    }
    close_strands();
    return {};
}

void Minimum::fill_row(int i) {
    const auto& s = *strands_;
    std::swap(split_, last_split_);
    std::fill(split_.begin() + i, split_.end(), forbidden);
    std::fill(row_.begin() + i, row_.end(), forbidden);
    for (auto* ring : {&generic_, &one_by_n_, &bulge_})
        std::fill_n(ring->data() + ring_row(i), ring_width(), forbidden);
    const int strand = i < s.nick ? 0 : 1;
    auto* suffix = suffix_[strand].data() - begin_of(strand);
    suffix[i] = suffix[i + 1];
    for (int j = i + 1; j < n_; ++j) {
        const int outer = tables_->kind(s, i, j);
        Energy best = forbidden;
        if (outer != no_pair && s.far(i, j)) {
            const Energy energy = std::min(pair_energy(i, j), forbidden);
            if (energy < forbidden / 2) {
                remember(i, j, energy);
                best = energy + tables_->multi(s, i, j);
                if (!s.apart(i, j))
                    suffix[i] = std::min(suffix[i], energy + tables_->exterior(s, i, j) + suffix[j + 1]);
            }
        }
        // No stretch of a multiloop begins or ends where the strands meet: it would hold the ends of both.
        if (i == s.nick || j == s.nick - 1) continue;
        split_[at(j)] = least_sum(row_.data() + i, multi_.data() + column(j) + i + 1, j - i);
        best = std::min({best, split_[at(j)], multi(i + 1, j) + tables_->multi_unpaired,
                         row_[at(j - 1)] + tables_->multi_unpaired});
        if (best > forbidden / 2) best = forbidden;
        row_[at(j)] = best;
        multi_[column(j) + at(i)] = best;
    }
}

Energy Minimum::pair_energy(int i, int j) const {
    const auto& s = *strands_;
    const int outer = tables_->kind(s, i, j);
    Energy best = s.apart(i, j) ? nick_energy(i, j) : tables_->hairpin(s, i, j);
    best = std::min(best, best_interior(i, j, outer));
    return std::min(best, last_split_[at(j - 1)] + tables_->multi_closing + tables_->multi(s, j, i));
}

Energy Minimum::nick_energy(int i, int j) const {
    const auto& s = *strands_;
    const Energy inside = suffix_[0][at(i + 1)] + prefix_[1][at(j - s.nick)] + tables_->exterior(s, j, i);
    return nick_cost_ ? inside + nick_cost_(i, j) : inside;
}

Energy Minimum::small_loops(int i, int j, int outer) const {
    const auto& s = *strands_;
    constexpr int sides[][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 3}, {3, 2}};
    Energy best = forbidden;
    for (const auto& [n1, n2] : sides) {
        const int p = i + 1 + n1;
        const int q = j - 1 - n2;
        if (p >= q || (s.apart(i, j) && !s.apart(p, q))) continue;
        const Energy inside = pair(p, q);
        if (inside < forbidden) best = std::min(best, inside + tables_->interior(s, i, j, p, q));
    }
    // One base against several, and none against several, on the 5' side; the other side is in vectors.
    const bool apart = s.apart(i, j);
    const Energy mismatch = tables_->mismatch_internal_1n[outer][s.base[at(i + 1)]][s.base[at(j - 1)]];
    for (int n1 = 2; n1 <= longest_interior; ++n1) {
        const int p = i + 1 + n1;
        if (p >= j - 1 || (apart && p >= s.nick)) break;
        const int lane = window - 1 - n1;
        if (!apart || j - 1 >= s.nick)
            best = std::min(best, ring(bulge_, p)[j - 1] + bulge_loop_[lane] + tables_->loop_au_of[outer]);
        if (p < j - 2 && (!apart || j - 2 >= s.nick))
            best = std::min(best, ring(one_by_n_, p)[j - 2] + one_by_n_loop_[lane] + mismatch);
    }
    return best;
}

Energy Minimum::best_interior(int i, int j, int outer) const {
    const auto& s = *strands_;
    Energy best = small_loops(i, j, outer);
    // Lane k of a row is the pair with base j - window + k; those beyond the nick are not inside this pair's loop.
    const bool apart = s.apart(i, j);
    const int first = apart ? std::max(0, s.nick - (j - window)) : 0;
    const int last_p = apart ? std::min(j, s.nick) - 1 : j - 1;
    if (first >= window || last_p <= i) return best;
    const auto lanes = [&](const std::vector<Energy>& rows, int p) { return ring(rows, p) + (j - window); };
    const Energy* rows[window];
    rows[0] = lanes(bulge_, i + 1);
    best = std::min(best, least_loop(rows, &bulge_loop_, 1, first) + tables_->loop_au_of[outer]);
    if (last_p < i + 2) return best;
    const int a = s.base[at(i + 1)];
    const int b = s.base[at(j - 1)];
    rows[0] = lanes(one_by_n_, i + 2);
    best = std::min(best, least_loop(rows, &one_by_n_loop_, 1, first) + tables_->mismatch_internal_1n[outer][a][b]);
    const int count = std::min(longest_interior - 2, last_p - i - 1) - 1;
    if (count <= 0) return best;
    for (int r = 0; r < count; ++r) rows[r] = lanes(generic_, i + 3 + r);
    return std::min(best, least_loop(rows, generic_loop_ + 2, count, first) + tables_->mismatch_internal[outer][a][b]);
}

void Minimum::remember(int i, int j, Energy energy) {
    const auto& s = *strands_;
    pair(i, j) = energy;
    if (i == 0 || j + 1 == n_) return;
    const auto place = ring_row(i) + window + at(j);
    const int inner = tables_->kind(s, j, i);
    const int after = s.base[at(j + 1)];
    const int before = s.base[at(i - 1)];
    generic_[place] = energy + tables_->mismatch_internal[inner][after][before];
    one_by_n_[place] = energy + tables_->mismatch_internal_1n[inner][after][before];
    bulge_[place] = energy + tables_->loop_au_of[inner];
}

void Minimum::fill_prefix(int strand) {
    const int begin = begin_of(strand);
    auto* prefix = prefix_[strand].data() - begin;
    for (int j = begin; j < end_of(strand); ++j) {
        prefix[j + 1] = prefix[j];
        for (int i = begin; i < j; ++i)
            if (pair(i, j) < forbidden)
                prefix[j + 1] = std::min(prefix[j + 1], prefix[i] + pair(i, j) + tables_->exterior(*strands_, i, j));
    }
}

Energy Minimum::joined_at(int i, int j) const {
    const auto& s = *strands_;
    if (pair(i, j) >= forbidden) return forbidden;
    return prefix_[0][at(i)] + pair(i, j) + tables_->exterior(s, i, j) + suffix_[1][at(j + 1 - s.nick)] +
           tables_->duplex_initiation;
}

void Minimum::close_strands() {
    const auto& s = *strands_;
    apart_ = suffix_[0][0] + suffix_[1][0];
    if (!s.two()) return;
    fill_prefix(0);
    for (int i = 0; i < s.nick; ++i)
        for (int j = s.nick; j < n_; ++j) joined_ = std::min(joined_, joined_at(i, j));
}

}  // namespace leaven::dna
