// The search tree: what a node is, how it is visited, and how it is divided.
#pragma once

#include <queue>
#include <set>

#include <leaven/core/random.hpp>

#include "branching.hpp"
#include "collisions.hpp"
#include "relaxation.hpp"
#include "search.hpp"
#include "structures.hpp"

namespace leaven::dna {

struct Node {
    double bound = std::numeric_limits<double>::infinity();
    std::int64_t number = 0;
    Restriction restriction{};
    SumRanges sums{};
    std::int64_t family = 0;  // nodes that only their closing tells apart
    int told_apart = 0;       // words forbidden for good when the closing was chosen
};

struct Later {  // the worse bound, or the older
    bool operator()(const Node& a, const Node& b) const {
        return a.bound != b.bound ? a.bound < b.bound : a.number < b.number;
    }
};

class Search {
public:
    Search(const Model& model, bool any, std::uint64_t seed, const Clock& clock);

    Result<Found> run();

private:
    // ---- search.cpp: the tree, and one node ----
    void push(Node node);
    [[nodiscard]] bool beaten(double bound) const { return best_ && bound <= best_->worth + near(best_->worth); }
    [[nodiscard]] Found answer() const;
    [[nodiscard]] double on_scale(double worth) const;
    [[nodiscard]] double worth(std::string_view letters) const;
    Status visit(Node& node);
    Status visit_additive(Node& node, const Lattice& lattice);
    Prices prices_of(const Node& node, const Lattice& lattice, double& constant);

    /// What the relaxation leaves out. `cut`: a word has been forbidden for good, the node is to be solved again.
    enum class Judgement : std::uint8_t { holds, collides, cut, fails };
    Judgement judge(const std::string& letters);
    Judgement judge_structures(const std::string& letters);
    [[nodiscard]] bool whole_rules_kept(const std::string& letters);
    void keep(const std::string& letters);

    // ---- search_branching.cpp ----
    void tell_apart(const Node& node, Restriction& restriction);
    void forbid(Node& node, std::int64_t position, std::string word);
    Status branch_on(const Node& node, const Lattice& lattice, const std::string& letters);
    void halve_sums(const Node& node, const std::string& letters);
    Status split(const Node& node, const Lattice& lattice, std::string letters);
    Status split_blamed(const Node& node, const Lattice& lattice, const std::string& letters);
    Status split_at(const Node& node, const Lattice& lattice, const std::string& letters,
                    const std::vector<std::int64_t>& layers);
    Status try_dive(const Node& node);
    Status dive(Node node);
    bool step_down(Node& node, const Lattice& lattice, const Prices& prices, const std::string& letters);
    bool forbid_collisions(Node& node, const std::string& letters);
    bool take_away(Node& node, const std::string& letters, const std::vector<double>& worth,
                   const std::vector<std::int64_t>& positions);
    std::vector<double> detours(const Lattice& lattice, const Prices& prices, const std::string& letters);

    // ---- search_counts.cpp: objectives on counts ----
    Status visit_counted(Node& node, const Lattice& lattice);
    void try_out(const std::string& letters);
    void descend(Node& node, const Lattice& lattice, const Prices& worth_prices, double constant, Path& path);

    const Model& model_;
    bool any_;
    std::uint64_t seed_;
    const Clock& clock_;
    Random chance_;
    Weaver weaver_;
    GcWindows windows_;
    CountedTerms counted_;
    Structures structures_;
    bool one_mean_;
    std::priority_queue<Node, std::vector<Node>, Later> open_;
    std::int64_t pushed_ = 0;
    std::optional<Path> best_;
    std::vector<Forbidden> always_;
    int forbidden_ = 0;
    std::int64_t next_family_ = 1;
    std::set<std::pair<std::int64_t, int>> retold_;  // families, by the words forbidden
    std::vector<std::int64_t> blamed_;  // positions one of which has to change; empty where it is not known which
    bool priced_ = false;               // do the last prices hold multipliers on sums?
    std::size_t widest_ = 0;            // nodes of the last lattice
    bool dealt_ = false;
    bool turned_ = false;
    int dives_ = 0;
    int next_dive_ = 1;  // when so many words are forbidden for good
};

}  // namespace leaven::dna
