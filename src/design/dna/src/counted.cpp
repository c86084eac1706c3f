#include "counted.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::dna {

CountedTerms::CountedTerms(const Model& model)
    : model_(model),
      price_(model.matches.size()),
      wanted_(model.matches.size()),
      away_(model.matches.size()),
      gc_price_(model.gc_goals.size(), 0.0),
      gc_wanted_(model.gc_goals.size(), 0.0),
      gc_away_(model.gc_goals.size(), 0.0),
      sites_(model.matches.size()) {
    for (std::size_t m = 0; m < model.matches.size(); ++m) {
        const auto& term = model.matches[m];
        price_[m].fill(0);
        // Each site has one amino acid, whichever of its codons is looked at.
        for (const auto& site : term.sites) {
            const auto allowed = model.allowed[static_cast<std::size_t>(site.end)];
            for (unsigned t = 0; t < codon_count; ++t)
                if ((allowed >> t & 1U) != 0) {
                    ++sites_[m][static_cast<unsigned char>(term.amino_acids[codon_at(site, static_cast<Codon>(t))])];
                    break;
                }
        }
    }
}

void CountedTerms::price(Prices& prices) const {
    for (std::size_t m = 0; m < price_.size(); ++m)
        for (const auto& site : model_.matches[m].sites)
            for (unsigned t = 0; t < codon_count; ++t)
                prices.ending[static_cast<std::size_t>(site.end) * codon_count + t] +=
                    price_[m][codon_at(site, static_cast<Codon>(t))];
    for (std::size_t g = 0; g < gc_price_.size(); ++g)
        for (const auto p : model_.gc_goals[g].positions) prices.strong[static_cast<std::size_t>(p)] += gc_price_[g];
}

double CountedTerms::best_counts() {
    double sum = 0;
    for (std::size_t m = 0; m < price_.size(); ++m) {
        const auto& term = model_.matches[m];
        auto& counts = wanted_[m];
        counts.fill(0);
        const auto worth = [&](std::size_t c, double n) {
            return -term.weight * std::abs(n - term.target[c]) - price_[m][c] * n;
        };
        auto left = sites_[m];
        // Concave and apart: the next one goes where it gains most.
        for (std::size_t c = 0; c < codon_count; ++c)
            for (auto& n = left[static_cast<unsigned char>(term.amino_acids[c])]; n > 0; --n) {
                std::size_t best = c;
                double gain = -std::numeric_limits<double>::infinity();
                for (std::size_t d = 0; d < codon_count; ++d)
                    if (term.amino_acids[d] == term.amino_acids[c] &&
                        worth(d, counts[d] + 1) - worth(d, counts[d]) > gain) {
                        gain = worth(d, counts[d] + 1) - worth(d, counts[d]);
                        best = d;
                    }
                ++counts[best];
            }
        for (std::size_t c = 0; c < codon_count; ++c) sum += worth(c, counts[c]);
    }
    for (std::size_t g = 0; g < gc_price_.size(); ++g) {
        const auto& term = model_.gc_goals[g];
        const auto most = static_cast<double>(term.positions.size());
        double best = -std::numeric_limits<double>::infinity();
        for (const double n : {0.0, std::floor(term.target), std::ceil(term.target), most}) {
            const double worth = -term.weight * term.per_base * std::abs(n - term.target) - gc_price_[g] * n;
            if (worth <= best) continue;
            best = worth;
            gc_wanted_[g] = n;
        }
        sum += best;
    }
    return sum;
}

double CountedTerms::distance(std::string_view letters) {
    double sum = 0;
    for (std::size_t m = 0; m < price_.size(); ++m) {
        away_[m].fill(0);
        for (const auto& site : model_.matches[m].sites) ++away_[m][codon_at(site, ending_at(letters, site.end))];
        for (std::size_t c = 0; c < codon_count; ++c) {
            away_[m][c] -= wanted_[m][c];
            sum += away_[m][c] * away_[m][c];
        }
    }
    for (std::size_t g = 0; g < gc_price_.size(); ++g) {
        gc_away_[g] = -gc_wanted_[g];
        for (const auto p : model_.gc_goals[g].positions) {
            const char letter = letters[static_cast<std::size_t>(p)];
            gc_away_[g] += letter == 'G' || letter == 'C' ? 1 : 0;
        }
        sum += gc_away_[g] * gc_away_[g];
    }
    return sum;
}

void CountedTerms::forget() {
    for (auto& prices : price_) prices.fill(0);
    std::fill(gc_price_.begin(), gc_price_.end(), 0.0);
}

void CountedTerms::move(double step) {
    for (std::size_t m = 0; m < price_.size(); ++m)
        for (std::size_t c = 0; c < codon_count; ++c) price_[m][c] -= step * away_[m][c];
    for (std::size_t g = 0; g < gc_price_.size(); ++g) gc_price_[g] -= step * gc_away_[g];
}

}  // namespace leaven::dna
