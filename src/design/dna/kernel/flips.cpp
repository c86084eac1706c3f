#include "flips.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/random.hpp>

#include "relaxation.hpp"

namespace leaven::dna {
namespace {

/// For each site of a match term a codon, in the wanted numbers; the given ones stay as far as they are wanted.
void deal(const Model& model, const MatchTerm& term, PerCodon left, std::uint64_t seed, std::uint64_t attempt,
          Prices& prices) {
    Random random(seed, attempt);
    const auto reward = [&](const CodonSite& site, Codon codon) {
        const auto t = site.reverse ? reverse_complement(codon) : codon;
        prices.ending[static_cast<std::size_t>(site.end) * codon_count + t] += 1;
        --left[codon];
    };
    std::vector<CodonSite> open;
    for (const auto& site : term.sites) {
        const auto allowed = model.allowed[static_cast<std::size_t>(site.end)];
        if (!model.problem->start.empty() && attempt == 0) {
            const auto t = ending_at(model.problem->start, site.end);
            const auto codon = codon_at(site, t);
            if ((allowed >> t & 1U) != 0 && left[codon] > 0) {
                reward(site, codon);
                continue;
            }
        }
        open.push_back(site);
    }
    for (const auto& site : open) {
        const auto allowed = model.allowed[static_cast<std::size_t>(site.end)];
        std::vector<Codon> bag;  // each as often as it is left
        for (unsigned t = 0; t < codon_count; ++t)
            if ((allowed >> t & 1U) != 0) {
                const auto codon = codon_at(site, static_cast<Codon>(t));
                for (double n = 0; n < left[codon]; ++n) bag.push_back(codon);
            }
        if (!bag.empty()) reward(site, bag[random.below(static_cast<std::uint32_t>(bag.size()))]);
    }
}

class Flipper {
public:
    Flipper(const Model& model, Weaver& weaver, GcWindows& windows, std::string letters)
        : model_(model), weaver_(weaver), windows_(windows), letters_(std::move(letters)) {
        only_one_match_ =
            model.matches.size() == 1 && model.gc_goals.empty() && model.means.empty() &&
            std::all_of(model.linear.begin(), model.linear.end(), [](double worth) { return worth == 0; });
        for (const auto& term : model.matches) {
            counts_.emplace_back().fill(0);
            for (const auto& site : term.sites) ++counts_.back()[codon_at(site, ending_at(letters_, site.end))];
        }
    }

    std::string run(const Clock& clock) {
        bool better = true;
        for (int pass = 0; better && pass < 50; ++pass) {
            better = false;
            for (const auto& term : model_.matches)
                for (const auto& site : term.sites) {
                    if (clock.out()) return letters_;
                    better = try_site(site) || better;
                }
            for (const auto& term : model_.gc_goals)
                for (const auto p : term.positions) {
                    if (p < 2 && !model_.circular) continue;  // bases 0 and 1 change with what ends at 2
                    if (clock.out()) return letters_;
                    better = try_site({p, false}) || better;
                }
        }
        return letters_;
    }

private:
    bool try_site(const CodonSite& site) {
        const auto allowed = model_.allowed[static_cast<std::size_t>(site.end)];
        const auto old = ending_at(letters_, site.end);
        for (unsigned t = 0; t < codon_count; ++t)
            if (t != old && (allowed >> t & 1U) != 0 && flip(site, old, static_cast<Codon>(t))) return true;
        return false;
    }

    void write(std::int64_t end, Codon codon) {
        const auto n = model_.length;
        for (int i = 0; i < 3; ++i)
            letters_[static_cast<std::size_t>(((end - i) % n + n) % n)] = base_letter(codon >> (2 * i) & 3);
    }

    /// What a flip gains in match terms, where nothing else counts; nothing where all must be worked out.
    [[nodiscard]] std::optional<double> quick_gain(const CodonSite& site, Codon old, Codon wanted) const {
        if (!only_one_match_) return std::nullopt;
        const auto& term = model_.matches.front();
        const auto from = codon_at(site, old);
        const auto to = codon_at(site, wanted);
        const auto away = [&](Codon c, double change) {
            return std::abs(counts_.front()[c] + change - term.target[c]) -
                   std::abs(counts_.front()[c] - term.target[c]);
        };
        return -term.weight * (away(from, -1) + away(to, 1));
    }

    bool flip(const CodonSite& site, Codon old, Codon wanted) {
        const auto quick = quick_gain(site, old, wanted);
        if (quick && *quick <= 1e-12) return false;
        const double before = quick ? 0 : worth_of(model_, letters_);
        write(site.end, wanted);
        const bool better = quick || worth_of(model_, letters_) > before + 1e-12;
        if (better && weaver_.accepts(letters_, site.end) && windows_.hold(letters_)) {
            for (std::size_t m = 0; m < counts_.size(); ++m) recount(m);
            return true;
        }
        write(site.end, old);
        return false;
    }

    void recount(std::size_t m) {
        counts_[m].fill(0);
        for (const auto& site : model_.matches[m].sites) ++counts_[m][codon_at(site, ending_at(letters_, site.end))];
    }

    const Model& model_;
    Weaver& weaver_;
    GcWindows& windows_;
    std::string letters_;
    std::vector<PerCodon> counts_;
    bool only_one_match_ = false;
};

}  // namespace

std::optional<std::string> deal_and_flip(const Model& model, Weaver& weaver, const Lattice& lattice,
                                         const CountedTerms& terms, GcWindows& windows, std::uint64_t seed,
                                         std::uint64_t attempt, const Clock& clock) {
    const auto n = static_cast<std::size_t>(model.length);
    Prices prices{std::vector<double>(n * codon_count, 0.0), std::vector<double>(n, 0.0)};
    for (std::size_t m = 0; m < model.matches.size(); ++m)
        deal(model, model.matches[m], terms.wanted()[m], seed, attempt, prices);
    const auto fitted =
        solve(lattice, std::move(prices), windows, -std::numeric_limits<double>::infinity(), true, clock);
    if (!fitted.best) return std::nullopt;
    return Flipper(model, weaver, windows, fitted.best->letters).run(clock);
}

}  // namespace leaven::dna
