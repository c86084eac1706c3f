#include "map_paths.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "map_carbon.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

constexpr double least_by_product = 0.01;  // of the carbon taken up
constexpr double least_shortcut = 0.03;   // of the carbon taken up: lesser links between drawn metabolites are left out
constexpr double least_explicit = 0.1;    // of the carbon taken up: what carries more is drawn step by step
constexpr double least_precursor = 0.01;  // of the carbon of biomass

std::vector<double> flux_by_reaction(const Model& model, std::span<const NamedFlux> fluxes) {
    const ModelIndex index(model);
    std::vector<double> found(model.reactions.size(), 0.0);
    for (const auto& [id, value] : fluxes)
        if (const auto r = index.reactions.find(id); r != index.reactions.end() && std::isfinite(value))
            found[at(r->second)] = value;
    return found;
}

/// A reaction of one metabolite that crosses the border of the model; `amount` is positive where it enters.
struct Crossing {
    std::int32_t reaction;
    std::int32_t metabolite;
    double amount;
    double carbon;  // of that amount
};

class Planner {
public:
    Planner(const Model& model, std::vector<double> fluxes, const LayoutOptions& options)
        : model_(model),
          options_(options),
          fluxes_(std::move(fluxes)),
          graph_(model, fluxes_),
          node_of_(model.metabolites.size(), -1) {}

    FlowNetwork plan() {
        find_crossings();
        const auto* source = substrate();
        if (source != nullptr) {
            uptake_ = *source;
            ways_ = graph_.lightest_ways(uptake_.metabolite);
            node(uptake_.metabolite, FlowRole::substrate);
            add_product();
            add_by_products();
            add_biomass();
            add_shortcuts();
            mark_trunk();
            collapse_runs();
        }
        network_.flux = std::move(fluxes_);
        return std::move(network_);
    }

private:
    void find_crossings() {
        for (std::size_t r = 0; r < model_.reactions.size(); ++r) {
            const auto& terms = model_.reactions[r].terms;
            if (terms.size() != 1 || !flows(fluxes_[r])) continue;
            const double amount = terms[0].coefficient * fluxes_[r];
            const auto metabolite = terms[0].metabolite;
            crossings_.push_back(
                {static_cast<std::int32_t>(r), metabolite, amount, amount * graph_.carbon(metabolite)});
        }
    }

    [[nodiscard]] const Crossing* substrate() const {
        const Crossing* found = nullptr;
        for (const auto& crossing : crossings_) {
            const bool asked = model_.reactions[at(crossing.reaction)].id == options_.substrate;
            if (crossing.amount > 0 && asked) return &crossing;
            if (options_.substrate.empty() && crossing.carbon > (found == nullptr ? 0 : found->carbon))
                found = &crossing;
        }
        return found;
    }

    std::int32_t node(std::int32_t metabolite, FlowRole role) {
        auto& index = node_of_[at(metabolite)];
        if (index < 0) {
            index = static_cast<std::int32_t>(network_.nodes.size());
            network_.nodes.push_back({metabolite, role});
        } else if (network_.nodes[at(index)].role == FlowRole::inner) {
            network_.nodes[at(index)].role = role;
        }
        return index;
    }

    /// The edges from the substrate to `metabolite`, first to last; empty where no way leads there.
    [[nodiscard]] std::vector<std::int32_t> way_to(std::int32_t metabolite) const {
        std::vector<std::int32_t> way;
        while (metabolite != uptake_.metabolite) {
            const auto edge = ways_[at(metabolite)];
            if (edge < 0) return {};
            way.push_back(edge);
            metabolite = graph_.edges()[at(edge)].from;
        }
        std::reverse(way.begin(), way.end());
        return way;
    }

    /// Adds the way to `metabolite`; refused where that draws more than `most` reactions.
    bool add_way(std::int32_t metabolite, FlowRole role, std::size_t most) {
        const auto way = way_to(metabolite);
        if (way.empty()) return false;
        auto reactions = drawn_reactions_;
        for (const auto e : way) reactions.insert(graph_.edges()[at(e)].reaction);
        if (reactions.size() > most) return false;
        drawn_reactions_ = std::move(reactions);
        for (const auto e : way) add_edge(e);
        node(metabolite, role);
        if (role != FlowRole::biomass)
            for (const auto e : way) trunk_.insert(graph_.edges()[at(e)].to);
        return true;
    }

    void add_edge(std::int32_t e) {
        if (!drawn_edges_.insert(e).second) return;
        const auto& edge = graph_.edges()[at(e)];
        const auto from = node(edge.from, FlowRole::inner);
        network_.steps.push_back({from, node(edge.to, FlowRole::inner), {edge.reaction}});
        drawn_reactions_.insert(edge.reaction);
    }

    void add_product() {
        for (const auto& crossing : crossings_)
            if (crossing.amount < 0 && model_.reactions[at(crossing.reaction)].id == options_.target)
                network_.reaches_product = add_way(crossing.metabolite, FlowRole::product, model_.reactions.size());
    }

    void add_by_products() {
        auto leaving = crossings_;
        std::erase_if(leaving, [&](const Crossing& crossing) {
            // Carbon dioxide comes from everywhere: a way to it says nothing.
            return crossing.carbon > -least_by_product * uptake_.carbon || graph_.carbon(crossing.metabolite) < 2;
        });
        std::stable_sort(leaving.begin(), leaving.end(),
                         [](const auto& a, const auto& b) { return a.carbon < b.carbon; });
        for (const auto& crossing : leaving) add_way(crossing.metabolite, FlowRole::by_product, to_most());
    }

    [[nodiscard]] std::size_t to_most() const { return static_cast<std::size_t>(std::max(1, options_.most_reactions)); }

    /// The reaction of growth: of the objective, or else any that runs, with more terms than a step of metabolism has.
    [[nodiscard]] std::int32_t growth() const {
        for (const auto& term : model_.objective.terms)
            if (flows(fluxes_[at(term.reaction)]) && lumps(model_.reactions[at(term.reaction)])) return term.reaction;
        for (std::size_t r = 0; r < model_.reactions.size(); ++r)
            if (flows(fluxes_[r]) && lumps(model_.reactions[r])) return static_cast<std::int32_t>(r);
        return -1;
    }

    void add_biomass() {
        const auto biomass = growth();
        if (biomass < 0) return;
        const auto& terms = model_.reactions[at(biomass)].terms;
        std::vector<std::pair<double, std::int32_t>> precursors;  // carbon per biomass, negative
        double total = 0;
        for (const auto& term : terms) {
            // What comes back with as much carbon and in nearly the same amount was spent for energy, as ATP is.
            const bool given_back = std::any_of(terms.begin(), terms.end(), [&](const Term& other) {
                return graph_.carbon(other.metabolite) == graph_.carbon(term.metabolite) &&
                       std::abs(other.coefficient + term.coefficient) < 0.05 * -term.coefficient;
            });
            const double carbon = -term.coefficient * graph_.carbon(term.metabolite);
            if (carbon <= 0 || given_back) continue;
            precursors.emplace_back(-carbon, term.metabolite);
            total += carbon;
        }
        std::sort(precursors.begin(), precursors.end());
        for (const auto& [carbon, metabolite] : precursors)
            if (-carbon > least_precursor * total) add_way(metabolite, FlowRole::biomass, to_most());
    }

    void add_shortcuts() {
        std::set<std::pair<std::int32_t, std::int32_t>> joined;
        for (const auto& step : network_.steps) joined.insert(std::minmax(step.from, step.to));
        for (std::size_t e = 0; e < graph_.edges().size(); ++e) {
            const auto& edge = graph_.edges()[e];
            const auto from = node_of_[at(edge.from)];
            const auto to = node_of_[at(edge.to)];
            const bool weak = edge.carbon < least_shortcut * uptake_.carbon;
            if (from < 0 || to < 0 || weak || drawn_reactions_.size() >= to_most()) continue;
            if (joined.insert(std::minmax(from, to)).second) add_edge(static_cast<std::int32_t>(e));
        }
    }

    /// May this node vanish inside a run?
    [[nodiscard]] bool passes_through(const FlowNode& node, int in, int out) const {
        return in == 1 && out == 1 && node.role == FlowRole::inner && !trunk_.contains(node.metabolite);
    }

    /// Metabolites on the way to what leaves the cell, and those through which much carbon flows.
    void mark_trunk() {
        for (const auto e : drawn_edges_) {
            const auto& edge = graph_.edges()[at(e)];
            if (edge.carbon < least_explicit * uptake_.carbon) continue;
            trunk_.insert(edge.from);
            trunk_.insert(edge.to);
        }
    }

    void collapse_runs() {
        const auto count = network_.nodes.size();
        std::vector<int> in(count);
        std::vector<int> out(count);
        std::vector<std::int32_t> step_from(count, -1);
        for (std::size_t s = 0; s < network_.steps.size(); ++s) {
            ++in[at(network_.steps[s].to)];
            ++out[at(network_.steps[s].from)];
            step_from[at(network_.steps[s].from)] = static_cast<std::int32_t>(s);
        }
        std::vector<bool> inside(count);
        for (std::size_t n = 0; n < count; ++n) inside[n] = passes_through(network_.nodes[n], in[n], out[n]);
        std::vector<FlowStep> runs;
        for (auto step : network_.steps) {
            if (inside[at(step.from)]) continue;
            while (inside[at(step.to)]) {
                const auto& next = network_.steps[at(step_from[at(step.to)])];
                step.reactions.push_back(next.reactions.front());
                step.to = next.to;
            }
            runs.push_back(std::move(step));
        }
        network_.steps = std::move(runs);
        drop(inside);
    }

    void drop(const std::vector<bool>& inside) {
        std::vector<std::int32_t> place(network_.nodes.size(), -1);
        std::vector<FlowNode> kept;
        for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
            if (inside[n]) continue;
            place[n] = static_cast<std::int32_t>(kept.size());
            kept.push_back(network_.nodes[n]);
        }
        network_.nodes = std::move(kept);
        for (auto& step : network_.steps) {
            step.from = place[at(step.from)];
            step.to = place[at(step.to)];
        }
    }

    const Model& model_;
    const LayoutOptions& options_;
    std::vector<double> fluxes_;
    CarbonGraph graph_;
    std::vector<Crossing> crossings_;
    Crossing uptake_{};
    std::vector<std::int32_t> ways_;
    std::vector<std::int32_t> node_of_;
    std::set<std::int32_t> trunk_;  // metabolites that are drawn whatever their degree
    std::set<std::int32_t> drawn_edges_;
    std::set<std::int32_t> drawn_reactions_;
    FlowNetwork network_;
};

}  // namespace

FlowNetwork flow_network(const Model& model, std::span<const NamedFlux> fluxes, const LayoutOptions& options) {
    return Planner(model, flux_by_reaction(model, fluxes), options).plan();
}

}  // namespace leaven::metabolism
