// Where carbon goes in the reactions that run: a graph over metabolites.
//
// Atom maps are not at hand, so each reaction pairs what goes in with what comes out by number of carbon atoms, nearest
// first: ATP with ADP, NADH with NAD, the sugar with its phosphate, and what is left over with what is left over. Then
// only the net exchange between two metabolites counts: carriers such as ATP or CoA, which come back as fast as they
// go, fall out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// Carbon atoms in one molecule; 0 where the formula is unknown or has none.
double carbon_atoms(const std::string& formula);

/// More terms than any step of metabolism has: biomass and its parts.
bool lumps(const Reaction& reaction);

/// From a reactant to a product of a reaction, in the direction in which it runs.
struct CarbonEdge {
    std::int32_t from;
    std::int32_t to;
    std::int32_t reaction;
    double carbon;  // mmol/gDW/h, > 0
};

class CarbonGraph {
public:
    CarbonGraph(const Model& model, std::span<const double> fluxes);

    [[nodiscard]] const std::vector<CarbonEdge>& edges() const { return edges_; }
    [[nodiscard]] double carbon(std::int32_t metabolite) const { return carbon_[static_cast<std::size_t>(metabolite)]; }

    /// The lightest way to every metabolite from `source`: the edge by which it is reached, -1 where none leads there.
    /// A step weighs the number of reactions of what it leads to, and the more the less carbon it carries.
    [[nodiscard]] std::vector<std::int32_t> lightest_ways(std::int32_t source) const;

private:
    void add_edges(const Model& model, std::int32_t reaction, double flux);
    void keep_net_exchange();

    std::vector<double> carbon_;
    std::vector<int> degree_;  // reactions in which each metabolite takes part
    std::vector<CarbonEdge> edges_;
};

}  // namespace leaven::metabolism
