// The choice among layouts as a mixed-integer program.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "plan_layout.hpp"

namespace leaven::dna {

struct PlanChoice {
    struct Taken {
        std::size_t arc = 0;
        std::size_t way = 0;
    };
    struct Trip {
        std::size_t layout = 0;
        std::vector<Taken> pieces{};  // round the circle, the one over its start first
    };
    std::vector<Trip> trips{};  // one for each target
    double cost = 0;
    double bound = 0;
    Proof proof = Proof::infeasible;
};

class PlanProgram {
public:
    PlanProgram(const std::vector<PlanLayout>& layouts, const std::vector<PlanItem>& items, const PlanOptions& options);

    /// Facts learnt: nobody makes an item; a way does not give its piece; these pieces do not give their construct.
    void forbid_item(std::size_t item) { no_items_.insert(item); }
    void forbid_way(std::size_t layout, std::size_t arc, std::size_t way) { no_ways_.insert({layout, arc, way}); }
    void forbid_trip(const PlanChoice::Trip& trip);
    /// These overhangs are not faithful together, in any golden_gate layout.
    void forbid_overhangs(const std::set<Joint>& joints);

    /// Of choices up to a cost the one whose nodes weigh least together.
    struct Preference {
        double most_cost = 0;
        std::vector<std::vector<double>> weights{};  // of each layout and node
    };

    /// The cheapest choice for some targets with every piece ready by `latest_days`, or the preferred one. Errors
    /// cancelled
    [[nodiscard]] Result<PlanChoice> solve(const std::vector<std::size_t>& targets, double latest_days,
                                           const Context& context, const Preference* preference = nullptr);

    /// The days at which pieces can be ready, ascending.
    [[nodiscard]] std::vector<double> ready_days() const;

private:
    struct Draft;
    struct Rows;
    Rows rows_of(Draft& draft, std::size_t layout) const;
    void add_columns(Draft& draft, const Rows& rows, std::size_t layout, PlanChoice::Taken taken) const;
    [[nodiscard]] bool allowed(std::size_t layout, std::size_t arc, std::size_t way, double latest_days) const;
    void add_layout(Draft& draft, std::size_t layout, double latest_days) const;
    [[nodiscard]] std::vector<PlanChoice::Trip> trips_of(const Draft& draft, const std::vector<double>& x,
                                                         const std::vector<std::size_t>& targets) const;

    struct ForbiddenTrip {
        std::size_t layout = 0;
        std::set<std::size_t> arcs{};
    };
    const std::vector<PlanLayout>& layouts_;
    const std::vector<PlanItem>& items_;
    /// Of these nodes a trip uses at most so many.
    struct Limit {
        std::vector<std::size_t> nodes{};
        std::size_t most = 1;
    };
    bool add_broken_limits(const std::vector<PlanChoice::Trip>& trips);
    [[nodiscard]] Result<PlanChoice> solve_as_known(const std::vector<std::size_t>& targets, double latest_days,
                                                    const Context& context, const Preference* preference) const;
    void prefer(Draft& draft, const Preference& preference) const;
    std::vector<std::vector<Limit>> dormant_{};    // of each layout: limits that no answer has broken yet
    std::vector<std::vector<Limit>> limits_{};     // those that are rows of the program
    std::vector<std::set<std::size_t>> starts_{};  // of each layout: nodes where a trip may begin
    std::set<std::size_t> no_items_{};
    std::set<std::tuple<std::size_t, std::size_t, std::size_t>> no_ways_{};
    std::vector<ForbiddenTrip> no_trips_{};
};

}  // namespace leaven::dna
