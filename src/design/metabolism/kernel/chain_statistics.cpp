#include "chain_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace leaven::metabolism {
namespace {

constexpr std::size_t fewest_draws = 4;

bool all_alike(const Chains& chains) {
    for (const auto& chain : chains)
        for (const double draw : chain)
            if (draw != chains.front().front()) return false;
    return true;
}

bool too_few(const Chains& chains) { return chains.empty() || chains.front().size() < fewest_draws; }

Chains halves(const Chains& chains) {
    Chains out;
    for (const auto& chain : chains) {
        const auto half = static_cast<std::ptrdiff_t>(chain.size() / 2);
        out.emplace_back(chain.begin(), chain.begin() + half);
        out.emplace_back(chain.end() - half, chain.end());
    }
    return out;
}

/// Normal scores of the ranks over all chains; equal draws share the mean of their ranks.
Chains rank_normalised(const Chains& chains) {
    struct Place {
        double value;
        std::size_t chain;
        std::size_t at;
    };
    std::vector<Place> places;
    for (std::size_t c = 0; c < chains.size(); ++c)
        for (std::size_t i = 0; i < chains[c].size(); ++i) places.push_back({chains[c][i], c, i});
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.value < b.value; });
    Chains out = chains;
    const auto total = static_cast<double>(places.size());
    for (std::size_t begin = 0; begin < places.size();) {
        auto end = begin;
        while (end < places.size() && places[end].value == places[begin].value) ++end;
        const double rank = (static_cast<double>(begin + end) + 1) / 2;
        const double score = normal_quantile((rank - 0.375) / (total + 0.25));
        for (; begin < end; ++begin) out[places[begin].chain][places[begin].at] = score;
    }
    return out;
}

double mean_of(const std::vector<double>& draws) {
    return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

struct Spread {
    double within;  // mean of the chains' variances
    double total;   // estimate of the variance of the law
};

Spread spread_of(const Chains& chains) {
    const auto n = static_cast<double>(chains.front().size());
    const auto m = static_cast<double>(chains.size());
    std::vector<double> means;
    double within = 0;
    for (const auto& chain : chains) {
        means.push_back(mean_of(chain));
        for (const double draw : chain) within += (draw - means.back()) * (draw - means.back()) / (n - 1) / m;
    }
    const double grand = mean_of(means);
    double between = 0;
    for (const double mean : means) between += (mean - grand) * (mean - grand) / (m - 1);
    return {within, (n - 1) / n * within + between};
}

double rhat_of(const Chains& chains) {
    const auto spread = spread_of(chains);
    return spread.within > 0 ? std::sqrt(spread.total / spread.within) : INFINITY;
}

double autocovariance(const std::vector<double>& chain, double mean, std::size_t lag) {
    double sum = 0;
    for (std::size_t i = lag; i < chain.size(); ++i) sum += (chain[i] - mean) * (chain[i - lag] - mean);
    return sum / static_cast<double>(chain.size());
}

}  // namespace

double normal_quantile(double share) {
    const double q = share - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q *
               (((((((2.5090809287301226727e3 * r + 3.3430575583588128105e4) * r + 6.7265770927008700853e4) * r +
                    4.5921953931549871457e4) *
                       r +
                   1.3731693765509461125e4) *
                      r +
                  1.9715909503065514427e3) *
                     r +
                 1.3314166789178437745e2) *
                    r +
                3.387132872796366608) /
               (((((((5.226495278852854561e3 * r + 2.8729085735721942674e4) * r + 3.9307895800092710610e4) * r +
                    2.1213794301586595867e4) *
                       r +
                   5.3941960214247511077e3) *
                      r +
                  6.8718700749205790830e2) *
                     r +
                 4.2313330701600911252e1) *
                    r +
                1);
    }
    // Far out a few steps of Newton from the leading term do as well, by the complementary error function.
    const double tail = std::min(share, 1 - share);
    double x = std::sqrt(-2 * std::log(tail));
    for (int i = 0; i < 50; ++i) {
        const double density = std::exp(-x * x / 2) / std::sqrt(2 * std::acos(-1.0));
        const double change = (0.5 * std::erfc(x / std::sqrt(2.0)) - tail) / density;
        x += change;
        if (std::fabs(change) < 1e-15 * x) break;
    }
    return q < 0 ? -x : x;
}

double quantile(const std::vector<double>& sorted, double share) {
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= sorted.size()) return sorted.back();
    return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

std::optional<double> split_rhat(const Chains& chains) {
    if (too_few(chains) || all_alike(chains)) return std::nullopt;
    auto parts = halves(chains);
    const double bulk = rhat_of(rank_normalised(parts));
    std::vector<double> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    const double middle = quantile(all, 0.5);
    for (auto& part : parts)
        for (auto& draw : part) draw = std::fabs(draw - middle);
    if (all_alike(parts)) return bulk;
    return std::max(bulk, rhat_of(rank_normalised(parts)));
}

std::optional<double> bulk_ess(const Chains& chains) {
    if (too_few(chains) || all_alike(chains)) return std::nullopt;
    const auto parts = rank_normalised(halves(chains));
    const auto n = parts.front().size();
    const auto m = static_cast<double>(parts.size());
    const auto spread = spread_of(parts);
    std::vector<double> means;
    for (const auto& part : parts) means.push_back(mean_of(part));
    const auto correlation = [&](std::size_t lag) {
        double covariance = 0;
        for (std::size_t c = 0; c < parts.size(); ++c) covariance += autocovariance(parts[c], means[c], lag) / m;
        const double scale = static_cast<double>(n) / static_cast<double>(n - 1);
        return 1 - (spread.within - scale * covariance) / spread.total;
    };
    double time = -1;
    double last = INFINITY;
    for (std::size_t lag = 0; lag + 1 < n; lag += 2) {
        const double pair = (lag == 0 ? 1 : correlation(lag)) + correlation(lag + 1);
        if (!(pair > 0)) break;
        last = std::min(last, pair);
        time += 2 * last;
    }
    const double total = m * static_cast<double>(n);
    // Chains that alternate may gain on independence, but no more than this.
    return std::min(total / std::max(time, 1e-12), total * std::log10(total));
}

}  // namespace leaven::metabolism
