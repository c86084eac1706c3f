// Places the nodes of a small directed graph in layers, edges downwards, few crossings.
//
// Method      Sugiyama, Tagawa, Toda 1981, doi:10.1109/TSMC.1981.4308636: edges against a depth-first search are
//             turned, layers by longest path, edges over several layers bend at a point on each, order by barycentres,
//             coordinates by means of the neighbours under the least distances.
// Complexity  O(sweeps * (nodes + bends) * log) and O(crossing edges^2) a layer: for a few hundred nodes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <leaven/metabolism/map.hpp>

namespace leaven::metabolism {

struct LayerEdge {
    std::int32_t from;
    std::int32_t to;
    double straightness = 1;  // > 0: how much it insists on being drawn straight
};

struct LayerSpacing {
    double between_layers = 60;
    double between_nodes = 12;
    double bend_width = 10;  // room that an edge takes in a layer it passes
};

struct LayeredGraph {
    std::vector<MapPoint> nodes;               // x is the left side of the node's box
    std::vector<std::vector<MapPoint>> bends;  // of each edge, from `from` to `to`, without its ends
    double width = 0;
    double height = 0;
};

/// `widths` of the nodes' boxes; node 0 is the root from which the search starts.
///
/// Ensures  an edge that is not turned leads to a lower layer; boxes of a layer do not overlap; same input, same layout
LayeredGraph layer(std::span<const double> widths, std::span<const LayerEdge> edges, const LayerSpacing& spacing);

}  // namespace leaven::metabolism
