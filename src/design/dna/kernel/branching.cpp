#include "branching.hpp"

#include <algorithm>
#include <cmath>

#include "goals.hpp"

namespace leaven::dna {

SumRanges sum_ranges(const Model& model) {
    SumRanges out;
    for (const auto& term : model.means) {
        std::pair<double, double> sum{0, 0};
        for (const auto& site : term.sites) {
            double least = 0;
            double most = -std::numeric_limits<double>::infinity();
            for (unsigned t = 0; t < codon_count; ++t) {
                if ((model.allowed[static_cast<std::size_t>(site.end)] >> t & 1U) == 0) continue;
                const double worth = term.log_weight[codon_at(site, static_cast<Codon>(t))];
                least = std::min(least, worth);
                most = std::max(most, worth);
            }
            sum.first += least;
            sum.second += most;
        }
        sum.second = std::max(sum.first, sum.second);
        out.push_back(sum);
    }
    return out;
}

Prices chord_prices(const Model& model, const SumRanges& sums, bool one_mean, double& constant) {
    const auto n = static_cast<std::size_t>(model.length);
    Prices prices{model.linear, std::vector<double>(n, 0.0)};
    prices.ending.resize(n * codon_count, 0.0);
    for (std::size_t k = 0; k < model.means.size(); ++k) {
        const auto& term = model.means[k];
        double slope = 1;
        if (!one_mean) {
            const auto [low, high] = sums[k];
            const double at_low = term.weight * std::exp(low / term.codons);
            slope = high - low > 1e-12 ? (term.weight * std::exp(high / term.codons) - at_low) / (high - low)
                                       : at_low / term.codons;
            constant += at_low - slope * low;
        }
        for (const auto& site : term.sites)
            for (unsigned t = 0; t < codon_count; ++t)
                prices.ending[static_cast<std::size_t>(site.end) * codon_count + t] +=
                    slope * term.log_weight[codon_at(site, static_cast<Codon>(t))];
    }
    return prices;
}

void price_by_chance(const Model& model, Random& chance, Prices& prices) {
    const auto& start = model.problem->start;
    for (std::size_t p = 0; p < prices.strong.size(); ++p) {
        std::array<double, 4> worth{};
        for (auto& one : worth) one = chance.uniform();
        if (!start.empty() && base_index(start[p]) >= 0) ++worth[static_cast<std::size_t>(base_index(start[p]))];
        for (std::size_t t = 0; t < codon_count; ++t) prices.ending[p * codon_count + t] = worth[t & 3U];
    }
}

std::optional<ChordCut> widest_chord(const Model& model, const SumRanges& sums, std::string_view letters) {
    std::optional<ChordCut> out;
    double most = 1e-11;
    for (std::size_t k = 0; k < model.means.size(); ++k) {
        const auto& term = model.means[k];
        const auto [low, high] = sums[k];
        const double sum = log_sum(term, letters);
        if (sum <= low || sum >= high) continue;
        const double at_low = std::exp(low / term.codons);
        const double chord = at_low + (std::exp(high / term.codons) - at_low) * (sum - low) / (high - low);
        const double above = term.weight * (chord - std::exp(sum / term.codons));
        if (above <= most) continue;
        most = above;
        out = ChordCut{k, sum};
    }
    return out;
}

unsigned open_bases(const Lattice& lattice, std::int64_t layer) {
    unsigned bases = 0;
    for (auto node = lattice.first_node(layer); node < lattice.first_node(layer + 1); ++node)
        for (const auto& arc : lattice.arcs(node)) bases |= 1U << (arc.ending & 3U);
    return bases;
}

}  // namespace leaven::dna
