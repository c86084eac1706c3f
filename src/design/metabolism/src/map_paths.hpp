// Which reactions a laid-out picture shows: the ways of carbon from the substrate to what becomes of it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <leaven/metabolism/map.hpp>

namespace leaven::metabolism {

enum class FlowRole { inner, substrate, product, by_product, biomass };

struct FlowNode {
    std::int32_t metabolite;
    FlowRole role = FlowRole::inner;
};

/// One reaction, or a run of reactions without a branch, from node to node.
struct FlowStep {
    std::int32_t from;  // index into nodes
    std::int32_t to;
    std::vector<std::int32_t> reactions;  // in order; more than one is a run
};

struct FlowNetwork {
    std::vector<FlowNode> nodes;
    std::vector<FlowStep> steps;
    std::vector<double> flux;  // of every reaction of the model
    bool reaches_product = false;
};

FlowNetwork flow_network(const Model& model, std::span<const NamedFlux> fluxes, const LayoutOptions& options);

}  // namespace leaven::metabolism
