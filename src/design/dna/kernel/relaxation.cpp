#include "relaxation.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::dna {
namespace {

constexpr int rounds = 120;

/// The least worth of any path.
double least_worth(const Lattice& lattice, Prices prices) {
    for (auto& worth : prices.ending) worth = -worth;
    return -best_path(lattice, prices).worth;
}

class Pricing {
public:
    Pricing(const Lattice& lattice, Prices& prices, GcWindows& windows, double floor, bool any, const Clock& clock)
        : lattice_(lattice), prices_(prices), windows_(windows), floor_(floor), any_(any), clock_(clock) {}

    Relaxed run() {
        worth_ = prices_;
        auto first = best_path(lattice_, prices_);
        out_.bound = first.worth;
        last_bound_ = first.worth;
        if (out_.bound <= floor_ + near(floor_)) return decided();
        if (windows_.none() || windows_.hold(first.letters)) {
            out_.best = std::move(first);
            return decided();
        }
        least_ = least_worth(lattice_, worth_);
        windows_.forget();
        descend();
        if (out_.empty || done()) return decided();
        return walk_near();
    }

private:
    Relaxed decided() {
        out_.exact = true;
        return std::move(out_);
    }

    bool done() const {
        return out_.bound <= floor_ + near(floor_) ||
               (out_.best && (any_ || out_.best->worth >= out_.bound - near(out_.bound)));
    }

    double worth_of(const std::string& letters) const {
        double sum = 0;
        const auto n = lattice_.layers();
        int last = base_index(letters[static_cast<std::size_t>((n - 2 + n) % n)]) * 4 +
                   base_index(letters[static_cast<std::size_t>(n - 1)]);
        for (std::int64_t p = 0; p < n; ++p) {
            const auto t = static_cast<Codon>((last << 2 | base_index(letters[static_cast<std::size_t>(p)])) & 63);
            sum += worth_.of(p, t);
            last = t & 15;
        }
        return sum;
    }

    void keep(const Path& path) {
        const double worth = worth_of(path.letters);
        if (!out_.best || worth > out_.best->worth) out_.best = Path{worth, path.letters};
    }

    void descend() {
        double theta = 1.5;
        int idle = 0;
        best_prices_ = prices_;
        for (int round = 0; round < rounds && !clock_.out(); ++round) {
            const double scale = std::max(out_.bound - least_, 1.0);
            double target = out_.best ? out_.best->worth : last_bound_ - 0.1 * scale;
            if (!out_.best && scale <= 1.0) target = last_bound_ - 1.0;
            const double steepness = windows_.steepness();
            if (steepness <= 0) break;
            windows_.move(theta * std::max(last_bound_ - target, near(target)) / steepness);
            const double constant = windows_.price(prices_.strong);
            for (std::size_t p = 0; p < prices_.strong.size(); ++p) prices_.strong[p] += worth_.strong[p];
            const auto path = best_path(lattice_, prices_);
            last_bound_ = path.worth + constant;
            if (windows_.hold(path.letters)) keep(path);
            if (last_bound_ < out_.bound - near(out_.bound)) {
                idle = 0;
                out_.bound = last_bound_;
                best_prices_ = prices_;
                constant_ = constant;
            } else if (++idle >= 6) {
                theta /= 2;
                idle = 0;
            }
            out_.empty = out_.bound < least_ - 1e-7 * std::max(1.0, std::abs(least_));
            if (out_.empty || done() || theta < 1e-3) return;
        }
    }

    /// Thresholds below the bound, ever lower: the first that lets a path through has the optimum among its paths.
    Relaxed walk_near() {
        const double scale = std::max((out_.bound - least_) / static_cast<double>(lattice_.layers()), 1e-6);
        const auto bottom = [&] {
            return std::max(floor_, out_.best ? out_.best->worth - near(out_.best->worth) : -infinity);
        };
        if (any_) {
            const auto all = walk(lattice_, worth_, best_prices_, constant_, windows_, -infinity, 3000, clock_);
            if (all.best) keep(*all.best);
            out_.exact = all.best.has_value() || all.complete;
            out_.empty = all.complete && !all.best;
            return std::move(out_);
        }
        for (double depth = scale; !clock_.out(); depth *= 4) {
            const double threshold = std::max(out_.bound - depth, bottom());
            const bool lowest = threshold <= bottom() || threshold < least_ - near(least_);
            const auto found = walk(lattice_, worth_, best_prices_, constant_, windows_, lowest ? bottom() : threshold,
                                    20'000, clock_);
            if (found.best) keep(*found.best);
            if (!found.complete) return std::move(out_);
            if ((found.best && found.best->worth >= threshold) || lowest) {
                if (out_.best) out_.bound = std::min(out_.bound, std::max(out_.best->worth, floor_));
                out_.empty = !out_.best && floor_ == -infinity;
                return decided();
            }
            // Nothing reaches the threshold.
            out_.bound = std::min(out_.bound, std::max(threshold, bottom()));
            if (out_.bound <= floor_ + near(floor_)) return decided();
        }
        return std::move(out_);
    }

    const Lattice& lattice_;
    Prices& prices_;
    Prices worth_{};
    GcWindows& windows_;
    double floor_;
    bool any_;
    const Clock& clock_;
    Relaxed out_{};
    double least_ = 0;
    double last_bound_ = 0;
    double constant_ = 0;
    Prices best_prices_{};
};

}  // namespace

Relaxed solve(const Lattice& lattice, Prices prices, GcWindows& windows, double floor, bool any, const Clock& clock) {
    if (lattice.empty()) return {.empty = true, .exact = true, .bound = -infinity};
    return Pricing(lattice, prices, windows, floor, any, clock).run();
}

}  // namespace leaven::dna
