// Objectives on how often codons or bases occur: bounds by multipliers on the counts, answers by dealing codons out.
#include <algorithm>
#include <cmath>

#include "flips.hpp"
#include "tree.hpp"

namespace leaven::dna {
namespace {

constexpr std::uint64_t deals = 12;

}  // namespace

Status Search::visit_counted(Node& node, const Lattice& lattice) {
    double constant = 0;
    const auto worth_prices = prices_of(node, lattice, constant);
    counted_.forget();
    windows_.forget();
    auto path = best_path(lattice, worth_prices);
    node.bound = std::min(node.bound, path.worth + constant + counted_.best_counts());
    if (beaten(node.bound)) return {};
    if (!dealt_) {
        dealt_ = true;
        for (std::uint64_t i = 0; i < deals && !clock_.out() && !beaten(node.bound); ++i)
            if (const auto found = deal_and_flip(model_, weaver_, lattice, counted_, windows_, seed_, i, clock_))
                try_out(*found);
        windows_.forget();
        if (beaten(node.bound)) return {};
    }
    try_out(path.letters);
    descend(node, lattice, worth_prices, constant, path);
    if (beaten(node.bound)) return {};
    const auto verdict = judge(path.letters);
    if (!model_.words.empty() || !structures_.none())
        if (auto status = try_dive(node); !status) return status;
    if (verdict == Judgement::cut) {
        push(std::move(node));
        return {};
    }
    return verdict == Judgement::fails ? split_blamed(node, lattice, path.letters) : split(node, lattice, path.letters);
}

void Search::try_out(const std::string& letters) {
    if (windows_.hold(letters) && judge(letters) == Judgement::holds) keep(letters);
}

/// Subgradient on the prices of counts and windows together.
void Search::descend(Node& node, const Lattice& lattice, const Prices& worth_prices, double constant, Path& path) {
    double last = path.worth + constant + counted_.best_counts();
    double theta = 1;
    int idle = 0;
    for (int round = 0; round < 60 && !clock_.out() && theta > 1e-3; ++round) {
        const bool held = windows_.hold(path.letters);
        const double away = counted_.distance(path.letters) + windows_.steepness();
        if (held && worth(path.letters) > (best_ ? best_->worth : -infinity)) try_out(path.letters);
        if (beaten(node.bound) || away <= 0) return;
        const double target = best_ ? best_->worth : last - 1;
        const double step = theta * std::max(last - target, 1e-9) / away;
        counted_.move(step);
        windows_.move(step);
        auto prices = worth_prices;
        const double given = windows_.price(prices.strong);
        counted_.price(prices);
        path = best_path(lattice, prices);
        last = path.worth + constant + given + counted_.best_counts();
        if (last < node.bound - near(node.bound)) {
            node.bound = last;
            idle = 0;
        } else if (++idle >= 5) {
            theta /= 2;
            idle = 0;
        }
    }
}

}  // namespace leaven::dna
