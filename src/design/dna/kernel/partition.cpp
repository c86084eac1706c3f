#include "partition.hpp"

#include <cmath>

#include "vector_loop.hpp"

namespace leaven::dna {
namespace {

constexpr int worth_reporting_sums = 1000;      // bases
constexpr double gas_constant_kcal = 0.198717;  // 0.01 kcal/mol/K
constexpr Energy lowest_weight = -1500;
constexpr Energy highest_weight = 2500;

LEAVEN_VECTOR_LOOP double sum_of_products(const double* a, const double* b, int count) {
    double lane[8] = {};
    int k = 0;
    for (; k + 8 <= count; k += 8)
        for (int l = 0; l < 8; ++l) lane[l] += a[k + l] * b[k + l];
    double sum = 0;
    for (; k < count; ++k) sum += a[k] * b[k];
    for (const double part : lane) sum += part;
    return sum;
}

/// to[k] += factor * from[k]
LEAVEN_VECTOR_LOOP void add_scaled(double* to, const double* from, double factor, int count) {
    for (int k = 0; k < count; ++k) to[k] += factor * from[k];
}

}  // namespace

Partition::Partition(const EnergyTables& tables)
    : tables_(&tables), kt_(gas_constant_kcal * tables.temperature_k), weights_(highest_weight - lowest_weight + 1) {
    for (Energy e = lowest_weight; e <= highest_weight; ++e) weights_[at(e - lowest_weight)] = std::exp(-e / kt_);
}

double Partition::weight(Energy energy) const {
    return energy >= lowest_weight && energy <= highest_weight ? weights_[at(energy - lowest_weight)]
                                                               : std::exp(-energy / kt_);
}

void Partition::start(Energy least) {
    n_ = strands_->size();
    const auto n = at(n_);
    scale_.resize(n + 1);
    // The ensemble lies a little below the best structure; what matters is that the sums stay near one.
    const double log_step = 1.05 * least / kt_ / n_;
    for (int k = 0; k <= n_; ++k) scale_[at(k)] = std::exp(log_step * k);
    unpaired_ = weight(tables_->multi_unpaired) * scale_[1];
    multi_closing_ = weight(tables_->multi_closing);
    initiation_ = weight(tables_->duplex_initiation);
    for (auto* sums :
         {&pair_, &stretch_, &last_one_, &ahead_, &split_, &d_pair_, &d_stretch_, &d_last_one_, &d_ahead_, &d_split_})
        sums->assign(n * (n + 1) / 2, 0);
    for (int strand = 0; strand < 2; ++strand) {
        const auto size = at(end_of(strand) - begin_of(strand)) + 1;
        for (auto* sums : {suffix_, prefix_}) sums[strand].assign(size, 1);
        for (auto* sums : {d_suffix_, d_prefix_}) sums[strand].assign(size, 0);
    }
}

Status Partition::run(const Strands& strands, Energy least, const Context& context) {
    strands_ = &strands;
    start(least);
    for (int i = n_ - 1; i >= 0; --i) {
        if (context.stopped()) return cancelled();
        if (n_ >= worth_reporting_sums && i % 32 == 0) context.report({{"inside sums", "内向求和"}, n_ - i, n_});
        fill_row(i);
        if (i == strands.nick) fill_prefix(1);
    }
    close_strands();
    if (!std::isfinite(energy_kcal_))
        return bad_input({"the sum over structures leaves the range of numbers", "结构求和超出数值范围"})
            .advise({"fold windows of it", "请分窗口折叠"});
    for (int i = 0; i < n_; ++i) {
        if (context.stopped()) return cancelled();
        if (n_ >= worth_reporting_sums && i % 32 == 0) context.report({{"outside sums", "外向求和"}, i, n_});
        if (i == strands.nick) back_prefix(1);
        back_suffix(i, i < strands.nick ? 0 : 1);
        back_row(i);
    }
    return {};
}

template <class F>
void Partition::each_interior(int i, int j, F&& visit) const {
    const auto& s = *strands_;
    const bool apart = s.apart(i, j);
    const int last_p = std::min(i + 1 + longest_interior, (apart ? std::min(j, s.nick) : j) - 1);
    for (int p = i + 1; p <= last_p; ++p) {
        const int first_q = std::max({p + 1, j - 1 - (longest_interior - (p - i - 1)), apart ? s.nick : 0});
        for (int q = j - 1; q >= first_q; --q)
            if (pair_[row(p) + at(q)] > 0)
                visit(p, q, weight(tables_->interior(s, i, j, p, q)) * scale_[at(p - i + j - q)]);
    }
}

double Partition::pair_sum(int i, int j) const {
    const auto& s = *strands_;
    double sum = s.apart(i, j) ? nick_weight(i, j) * suffix_[0][at(i + 1)] * prefix_[1][at(j - s.nick)]
                               : weight(tables_->hairpin(s, i, j)) * scale_[at(j - i + 1)];
    each_interior(i, j, [&](int p, int q, double loop) { sum += loop * pair_[row(p) + at(q)]; });
    if (j - i > 1) sum += closing(i, j) * split_[row(i + 1) + at(j - 1)];
    return sum;
}

void Partition::fill_row(int i) {
    const auto& s = *strands_;
    const int strand = i < s.nick ? 0 : 1;
    auto* suffix = suffix_[strand].data() - begin_of(strand);
    suffix[i] = suffix[i + 1] * scale_[1];
    double one = 0;  // one branch from i, unpaired bases up to j
    for (int j = i + 1; j < n_; ++j) {
        const auto here = row(i) + at(j);
        if (pairs(i, j)) {
            pair_[here] = pair_sum(i, j);
            if (!s.apart(i, j)) suffix[i] += pair_[here] * exterior(i, j) * suffix[j + 1];
        }
        one = (j == s.nick ? 0 : one * unpaired_) + (pair_[here] > 0 ? pair_[here] * multi(i, j) : 0);
        if (blocked(i, j)) continue;
        last_one_[column(j) + at(i)] = one;
        ahead_[column(j) + at(i)] = one + ahead_[column(j) + at(i + 1)] * unpaired_;
        split_[here] = sum_of_products(stretch_.data() + row(i) + i, last_one_.data() + column(j) + i + 1, j - i);
        stretch_[here] = split_[here] + ahead_[column(j) + at(i)];
    }
}

void Partition::fill_prefix(int strand) {
    const int begin = begin_of(strand);
    auto* prefix = prefix_[strand].data() - begin;
    for (int j = begin; j < end_of(strand); ++j) {
        prefix[j + 1] = prefix[j] * scale_[1];
        for (int i = begin; i < j; ++i)
            if (pair_[row(i) + at(j)] > 0) prefix[j + 1] += prefix[i] * pair_[row(i) + at(j)] * exterior(i, j);
    }
}

void Partition::close_strands() {
    const auto& s = *strands_;
    double sum = suffix_[0][0] * suffix_[1][0];
    if (s.two()) {
        fill_prefix(0);
        for (int i = 0; i < s.nick; ++i)
            for (int j = s.nick; j < n_; ++j)
                sum += prefix_[0][at(i)] * pair_[row(i) + at(j)] * (pair_[row(i) + at(j)] > 0 ? exterior(i, j) : 0) *
                       suffix_[1][at(j + 1 - s.nick)] * initiation_;
    }
    energy_kcal_ = -kt_ * (std::log(sum) - std::log(scale_[1]) * n_) / 100;
    d_suffix_[0][0] = suffix_[1][0] / sum;
    d_suffix_[1][0] = suffix_[0][0] / sum;
    if (s.two()) back_joined(1 / sum);
}

void Partition::back_joined(double d_joined) {
    const auto& s = *strands_;
    for (int i = 0; i < s.nick; ++i)
        for (int j = s.nick; j < n_; ++j) {
            const double pair = pair_[row(i) + at(j)];
            if (pair <= 0) continue;
            const double factor = d_joined * exterior(i, j) * initiation_;
            const auto after = at(j + 1 - s.nick);
            d_pair_[row(i) + at(j)] += factor * prefix_[0][at(i)] * suffix_[1][after];
            d_prefix_[0][at(i)] += factor * pair * suffix_[1][after];
            d_suffix_[1][after] += factor * prefix_[0][at(i)] * pair;
        }
    back_prefix(0);
}

void Partition::back_prefix(int strand) {
    const int begin = begin_of(strand);
    const auto* prefix = prefix_[strand].data() - begin;
    auto* d_prefix = d_prefix_[strand].data() - begin;
    for (int j = end_of(strand) - 1; j >= begin; --j) {
        const double d = d_prefix[j + 1];
        if (d == 0) continue;
        d_prefix[j] += d * scale_[1];
        for (int i = begin; i < j; ++i) {
            const double pair = pair_[row(i) + at(j)];
            if (pair <= 0) continue;
            d_prefix[i] += d * pair * exterior(i, j);
            d_pair_[row(i) + at(j)] += d * prefix[i] * exterior(i, j);
        }
    }
}

void Partition::back_suffix(int i, int strand) {
    const auto* suffix = suffix_[strand].data() - begin_of(strand);
    auto* d_suffix = d_suffix_[strand].data() - begin_of(strand);
    const double d = d_suffix[i];
    if (d == 0) return;
    d_suffix[i + 1] += d * scale_[1];
    for (int j = i + 1; j < end_of(strand); ++j) {
        const double pair = pair_[row(i) + at(j)];
        if (pair <= 0) continue;
        d_suffix[j + 1] += d * pair * exterior(i, j);
        d_pair_[row(i) + at(j)] += d * exterior(i, j) * suffix[j + 1];
    }
}

void Partition::back_row(int i) {
    const auto& s = *strands_;
    double d_one = 0;
    for (int j = n_ - 1; j > i; --j) {
        const auto here = row(i) + at(j);
        if (!blocked(i, j)) {
            back_stretch(i, j);
            d_one += d_last_one_[column(j) + at(i)];
        }
        if (pair_[here] > 0) {
            d_pair_[here] += d_one * multi(i, j);
            back_pair(i, j);
        }
        d_one = j == s.nick ? 0 : d_one * unpaired_;
    }
}

void Partition::back_stretch(int i, int j) {
    const auto here = row(i) + at(j);
    const auto low = column(j) + at(i);
    d_split_[here] += d_stretch_[here];
    d_ahead_[low] += d_stretch_[here];
    const double d = d_split_[here];
    if (d != 0) {
        add_scaled(d_stretch_.data() + row(i) + i, last_one_.data() + low + 1, d, j - i);
        add_scaled(d_last_one_.data() + low + 1, stretch_.data() + row(i) + i, d, j - i);
    }
    d_last_one_[low] += d_ahead_[low];
    d_ahead_[low + 1] += d_ahead_[low] * unpaired_;
}

void Partition::back_pair(int i, int j) {
    const auto& s = *strands_;
    const double d = d_pair_[row(i) + at(j)];
    if (d == 0) return;
    if (s.apart(i, j)) {
        const auto after = at(i + 1);
        const auto before = at(j - s.nick);
        d_suffix_[0][after] += d * nick_weight(i, j) * prefix_[1][before];
        d_prefix_[1][before] += d * nick_weight(i, j) * suffix_[0][after];
    }
    each_interior(i, j, [&](int p, int q, double loop) { d_pair_[row(p) + at(q)] += d * loop; });
    if (j - i > 1) d_split_[row(i + 1) + at(j - 1)] += d * closing(i, j);
}

}  // namespace leaven::dna
