// Pieces of DNA and what may be joined to what: the graph that assembly routes.
//
// Node 2 i is piece i as it lies, node 2 i + 1 the same read on its other strand. A link from X to Y has its twin from
// Y's other reading to X's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/dna/assembly.hpp>

namespace leaven::dna {

struct GraphPiece {
    std::size_t input = 0;
    Piece piece{};
    bool bridge = false;  // an oligo that holds others together and is in no product
};

struct Link {
    std::uint32_t to = 0;
    std::int64_t leave = 0;  // of the node it comes from: letters from here on are the joint's
    std::int64_t enter = 0;  // of the node it goes to: letters from here on, the joint's first
    std::string bases{};     // of the joint
};

struct EndGraph {
    std::vector<GraphPiece> pieces{};
    std::vector<std::string> letters{};      // of each node
    std::vector<std::vector<Link>> links{};  // of each node
    std::int64_t recut_joints = 0;           // that would restore a site, and so are none

    /// Adds a piece without links.
    void add(GraphPiece piece, const std::string& bases);

    /// The end of a node, as the node reads it.
    [[nodiscard]] End left(std::uint32_t node) const;
    [[nodiscard]] End right(std::uint32_t node) const;
};

/// Links between equal overhangs. `recutting`: a joint beside a whole site is none.
void link_overhangs(EndGraph& graph, bool recutting);

/// Links between ends that share at least `least` letters, but for tips of at most `tip` letters.
///
/// Method  words of at most 31 letters at the fronts, hashed, are looked up along every piece; O(letters)
Status link_homology(EndGraph& graph, std::int64_t least, std::int64_t tip, const Context& context);

/// Links between ends that an oligo brings together, each with at least `least` letters. A piece of at most `longest`
/// letters that does so is a bridge and no part.
void link_bridges(EndGraph& graph, std::int64_t least, std::int64_t longest);

/// A cycle, or a path that cannot be longer.
struct Route {
    std::vector<std::uint32_t> nodes{};
    std::vector<std::uint32_t> taken{};  // which link of each node; a path has one fewer
    bool circular = true;
};

struct Routes {
    std::vector<Route> found{};
    bool cut_short = false;  // longer ones than `most_parts` were not followed
};

/// Errors  bad_input  more than 100,000 routes, or too many letters; cancelled
Result<Routes> find_routes(const EndGraph& graph, Shape shape, std::int64_t most_parts, const Context& context);

}  // namespace leaven::dna
