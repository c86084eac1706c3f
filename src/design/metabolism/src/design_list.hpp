// The best designs so far, in their final order.
#pragma once

#include <vector>

#include "design_search.hpp"
#include "interventions.hpp"

namespace leaven::metabolism {

/// Order: worth, then cost, number of interventions, growth, identifiers. A set is offered after all of its subsets.
class DesignList {
public:
    /// Keeps `most` designs, or all where that is 0.
    DesignList(const Interventions& interventions, std::size_t most) : interventions_(interventions), most_(most) {}

    void set_wild_type(double value) { wild_type_ = value; }
    [[nodiscard]] double wild_type() const { return wild_type_; }

    /// The greatest worth of the wild type and of those subsets that are listed.
    [[nodiscard]] double subset_value(const World& world, const UnitSet& set) const;

    /// Takes the set in where it is worth more than that.
    void offer(const World& world, const UnitSet& set, double growth, double value);

    /// What is worth less than this would not be listed.
    [[nodiscard]] double cutoff() const { return cutoff_; }

    [[nodiscard]] std::vector<Found> take() && { return std::move(found_); }

private:
    const Interventions& interventions_;
    std::size_t most_;
    double wild_type_ = 0;
    double cutoff_ = -lp::infinity;
    std::vector<Found> found_;
};

}  // namespace leaven::metabolism
