#include "map_carbon.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <queue>
#include <tuple>
#include <utility>

#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

constexpr std::size_t most_terms = 15;

/// What a reaction turns over of one metabolite.
struct Share {
    std::int32_t metabolite;
    double atoms;   // in one molecule
    double carbon;  // in all that reacts; what is left to pair
};

}  // namespace

bool lumps(const Reaction& reaction) { return reaction.terms.size() > most_terms; }

double carbon_atoms(const std::string& formula) {
    const auto small = [&](std::size_t i) {
        return i < formula.size() && std::islower(static_cast<unsigned char>(formula[i]));
    };
    const auto digit = [&](std::size_t i) {
        return i < formula.size() && std::isdigit(static_cast<unsigned char>(formula[i]));
    };
    double atoms = 0;
    for (std::size_t i = 0; i < formula.size(); ++i) {
        if (formula[i] != 'C' || small(i + 1)) continue;
        double count = 0;
        for (std::size_t j = i + 1; digit(j); ++j) count = 10 * count + (formula[j] - '0');
        atoms += count > 0 ? count : 1;
    }
    return atoms;
}

CarbonGraph::CarbonGraph(const Model& model, std::span<const double> fluxes) : degree_(model.metabolites.size()) {
    for (const auto& metabolite : model.metabolites) carbon_.push_back(carbon_atoms(metabolite.formula));
    // A model without formulas: everything may hold carbon, and the degree alone decides.
    if (std::all_of(carbon_.begin(), carbon_.end(), [](double atoms) { return atoms == 0; }))
        std::fill(carbon_.begin(), carbon_.end(), 1.0);
    for (const auto& reaction : model.reactions)
        for (const auto& term : reaction.terms) ++degree_[at(term.metabolite)];
    for (std::size_t r = 0; r < model.reactions.size(); ++r)
        if (flows(fluxes[r]) && !lumps(model.reactions[r])) add_edges(model, static_cast<std::int32_t>(r), fluxes[r]);
    keep_net_exchange();
}

void CarbonGraph::add_edges(const Model& model, std::int32_t reaction, double flux) {
    std::vector<Share> in;
    std::vector<Share> out;
    for (const auto& term : model.reactions[at(reaction)].terms) {
        const double atoms = carbon(term.metabolite);
        if (atoms > 0)
            (term.coefficient * flux < 0 ? in : out)
                .push_back({term.metabolite, atoms, std::abs(term.coefficient * flux) * atoms});
    }
    std::vector<std::tuple<double, std::size_t, std::size_t>> pairs;
    for (std::size_t i = 0; i < in.size(); ++i)
        for (std::size_t j = 0; j < out.size(); ++j) pairs.emplace_back(std::abs(in[i].atoms - out[j].atoms), i, j);
    std::sort(pairs.begin(), pairs.end());
    for (const auto& [difference, i, j] : pairs) {
        const double moved = std::min(in[i].carbon, out[j].carbon);
        if (!flows(moved)) continue;
        in[i].carbon -= moved;
        out[j].carbon -= moved;
        edges_.push_back({in[i].metabolite, out[j].metabolite, reaction, moved});
    }
}

void CarbonGraph::keep_net_exchange() {
    std::map<std::pair<std::int32_t, std::int32_t>, double> gross;
    for (const auto& edge : edges_) gross[{edge.from, edge.to}] += edge.carbon;
    std::vector<CarbonEdge> kept;
    for (auto edge : edges_) {
        const double there = gross.at({edge.from, edge.to});
        const auto back = gross.find({edge.to, edge.from});
        edge.carbon *= back == gross.end() ? 1 : 1 - back->second / there;
        if (flows(edge.carbon) && edge.carbon > 0) kept.push_back(edge);
    }
    edges_ = std::move(kept);
}

std::vector<std::int32_t> CarbonGraph::lightest_ways(std::int32_t source) const {
    std::vector<std::vector<std::int32_t>> leaving(carbon_.size());
    for (std::size_t e = 0; e < edges_.size(); ++e) leaving[at(edges_[e].from)].push_back(static_cast<std::int32_t>(e));
    std::vector<double> weight(carbon_.size(), std::numeric_limits<double>::infinity());
    std::vector<std::int32_t> reached_by(carbon_.size(), -1);
    using Entry = std::pair<double, std::int32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    weight[at(source)] = 0;
    queue.emplace(0, source);
    while (!queue.empty()) {
        const auto [reached, metabolite] = queue.top();
        queue.pop();
        if (reached > weight[at(metabolite)]) continue;
        for (const auto e : leaving[at(metabolite)]) {
            const auto& edge = edges_[at(e)];
            const double next = reached + degree_[at(edge.to)] / edge.carbon;
            if (next >= weight[at(edge.to)]) continue;
            weight[at(edge.to)] = next;
            reached_by[at(edge.to)] = e;
            queue.emplace(next, edge.to);
        }
    }
    return reached_by;
}

}  // namespace leaven::metabolism
