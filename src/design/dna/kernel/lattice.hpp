// Every sequence that keeps codons and patterns, as paths through layers: a layer for each position, a node for each
// state of the automaton there, an arc for each base.
#pragma once

#include <limits>

#include "model.hpp"

namespace leaven::dna {

/// A word that must not begin at a position.
struct Forbidden {
    std::int64_t position = 0;
    std::string word{};
    int pattern = -1;  // in the automaton
};

/// What a node of the search tree adds to the model.
struct Restriction {
    std::vector<std::pair<std::int64_t, std::uint8_t>> bases{};  // position, set
    std::vector<Forbidden> words{};
    std::int32_t closing = -1;  // on a circle: the state at the cut; -1: any, still to be told apart
};

class Weaver;

class Lattice {
public:
    struct Arc {
        std::int32_t to;
        Codon ending;  // trinucleotide
    };

    [[nodiscard]] bool empty() const { return arcs_.empty(); }
    [[nodiscard]] std::int64_t layers() const { return static_cast<std::int64_t>(layer_.size()) - 2; }
    [[nodiscard]] std::int64_t position(std::int64_t layer) const { return (cut_ + layer) % layers(); }
    [[nodiscard]] std::int64_t layer_of(std::int64_t position) const {
        return ((position - cut_) % layers() + layers()) % layers();
    }
    [[nodiscard]] std::int32_t first_node(std::int64_t layer) const { return layer_[static_cast<std::size_t>(layer)]; }
    [[nodiscard]] std::size_t nodes() const { return arc_begin_.size() - 1; }
    [[nodiscard]] std::span<const Arc> arcs(std::int32_t node) const {
        const auto i = static_cast<std::size_t>(node);
        return {arcs_.data() + arc_begin_[i], arcs_.data() + arc_begin_[i + 1]};
    }

private:
    friend class Weaver;
    std::int64_t cut_ = 0;
    std::vector<std::int32_t> layer_;      // first node of each layer; one layer more than positions, and the end
    std::vector<std::int32_t> arc_begin_;  // of each node, and the end
    std::vector<Arc> arcs_;
};

/// Worth of a trinucleotide by position, and of a G or C by position on top.
struct Prices {
    std::vector<double> ending;  // length × 64
    std::vector<double> strong;  // length

    [[nodiscard]] double of(std::int64_t position, Codon t) const {
        const bool gc = (t & 3) == 1 || (t & 3) == 2;
        return ending[static_cast<std::size_t>(position) * codon_count + t] +
               (gc ? strong[static_cast<std::size_t>(position)] : 0.0);
    }
};

struct Path {
    double worth = -std::numeric_limits<double>::infinity();
    std::string letters{};  // by position
};

/// The path of greatest worth; among equals the first in order of nodes and bases. O(arcs)
Path best_path(const Lattice& lattice, const Prices& prices);

/// For every node the greatest worth from the start to it, and from it to the end.
struct Potentials {
    std::vector<double> before;
    std::vector<double> after;
};
Potentials potentials(const Lattice& lattice, const Prices& prices);

/// Makes lattices of one model.
class Weaver {
public:
    explicit Weaver(const Model& model);

    /// On a circle the states that the cut may be in; one entry on a line.
    std::vector<std::int32_t> closings(Restriction& restriction);

    /// The lattice of the model with what a node of the search adds; empty where nothing is left.
    ///
    /// Errors  bad_input  more than 2^25 arcs
    Result<Lattice> weave(Restriction& restriction);

    /// Does the model accept these letters around a position, where they were accepted before it changed?
    bool accepts(std::string_view letters, std::int64_t changed);

    /// Forbids a word everywhere from now on.
    void forbid_everywhere(const std::string& word);

private:
    struct Draft;

    void set_contexts(const Restriction& restriction);
    int pattern_of(const std::string& word);
    std::int32_t after_left_flank();
    bool passes_right_flank(std::int32_t state);
    void choose_cut();
    std::vector<std::int32_t> any_state();
    std::vector<std::int32_t> next_states(const std::vector<std::int32_t>& from, std::int64_t position,
                                          std::uint64_t allowed);
    std::vector<std::uint64_t> prepare(Restriction& restriction);
    Status grow(Draft& draft, const std::vector<std::uint64_t>& allowed);
    [[nodiscard]] bool meets_requirements(std::int32_t counter) const;
    std::int32_t count(std::int32_t counter, std::int32_t hits);

    const Model& model_;
    Automaton automaton_;
    std::vector<Watch> watches_;
    std::vector<int> patterns_;  // of each watch
    std::map<std::string, int> word_patterns_;
    std::int64_t left_ = 0;
    std::int64_t right_ = 0;
    std::vector<int> contexts_;  // from the first base of the left flank to the last of the right
    std::int64_t longest_ = 2;   // letters that a state may remember
    bool longest_known_ = true;
    std::int64_t cut_ = 0;
    std::vector<std::vector<std::int64_t>> counters_;  // how often each requirement has been met
    std::map<std::vector<std::int64_t>, std::int32_t> counter_numbers_;
};

}  // namespace leaven::dna
