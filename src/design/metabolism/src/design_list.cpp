#include "design_list.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

bool before(const Found& a, const Found& b) {
    const auto rounded = [](double x) { return std::round(x * 1e6); };  // ties are ties whatever the last digits
    const auto key = [&](const Found& one) {
        return std::tuple(-rounded(one.value), one.cost, one.size, -rounded(one.growth));
    };
    return std::tuple(key(a), std::tie(a.inserted, a.set)) < std::tuple(key(b), std::tie(b.inserted, b.set));
}

}  // namespace

double DesignList::subset_value(const World& world, const UnitSet& set) const {
    double value = wild_type_;
    for (const auto& one : found_)
        if (one.value > value && contains(set, one.set) && contains(world.inserted, one.inserted)) value = one.value;
    return value;
}

void DesignList::offer(const World& world, const UnitSet& set, double growth, double value) {
    if (!improves(value, subset_value(world, set))) return;
    Found one{world.inserted, set, growth, value, 0, set.size() + world.insertions};
    for (const auto unit : set) one.cost += interventions_.units()[unit].cost;
    for (const auto insertion : world.inserted) one.cost += interventions_.insertions()[insertion].cost;
    found_.insert(std::upper_bound(found_.begin(), found_.end(), one, before), one);
    if (most_ == 0 || found_.size() < most_) return;
    found_.resize(most_);
    cutoff_ = found_.back().value - growth_slack * std::max(1.0, std::fabs(found_.back().value));
}

}  // namespace leaven::metabolism
