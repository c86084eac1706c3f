#include "design_search.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <unordered_map>

#include <leaven/core/parallel.hpp>

#include "coupling_solver.hpp"

namespace leaven::metabolism {
namespace {

struct SetHash {
    std::size_t operator()(const UnitSet& set) const {
        std::size_t hash = 1469598103934665603ULL;  // FNV-1a over the numbers
        for (const auto unit : set) hash = (hash ^ static_cast<std::size_t>(unit)) * 1099511628211ULL;
        return hash;
    }
};

/// How a set came out. `value` is its guaranteed flux, or no less than it.
struct Node {
    UnitSet set;
    double growth = 0;
    double value = 0;
    bool dead = false;                       // grows less than the floor, or not at all
    bool exact = false;                      // value is the guaranteed flux
    ColumnBits support;                      // of the flux that attains value at maximal growth
    std::shared_ptr<const lp::Basis> basis;  // of maximal growth; the parent's where no program was solved
};

/// A set to look at, and the node that leads to it.
struct Job {
    UnitSet set;
    Effect effect;
    std::size_t parent;
    double threshold;  // what a subset already guarantees
};

class Search {
public:
    Search(const Study& study, const Interventions& interventions, const lp::Solver& solver, std::int32_t target,
           const SearchLimits& limits, const Context& context)
        : study_(study),
          interventions_(interventions),
          solver_(solver),
          target_(target),
          limits_(limits),
          context_(context) {}

    Result<SearchOutcome> run();

private:
    using Clock = std::chrono::steady_clock;

    Status solve_root();
    void branch(std::size_t node);
    Status solve_level(std::size_t size);
    std::vector<Job> collect(std::size_t size);
    Status solve_jobs(std::vector<Job>& jobs);
    Status solve_round(const std::vector<Job>& jobs, const std::vector<std::pair<std::size_t, std::size_t>>& groups,
                       std::size_t first, std::size_t last);
    Result<Node> look_at(const Job& job, CouplingSolver& solver, std::vector<GrowthFlux>& siblings);
    void keep(Node node, const Job& job);

    [[nodiscard]] bool settled(double value, double threshold) const {
        return !improves(value, threshold) || value < cutoff_;
    }
    [[nodiscard]] bool out_of_time() const;
    std::vector<const Node*> known_subsets(const UnitSet& set) const;

    const Study& study_;
    const Interventions& interventions_;
    const lp::Solver& solver_;
    std::int32_t target_;
    SearchLimits limits_;
    const Context& context_;
    Clock::time_point began_ = Clock::now();

    std::vector<Node> nodes_;
    std::unordered_map<UnitSet, std::size_t, SetHash> node_of_;
    std::map<Effect, std::size_t> seen_;  // effects looked at; the node, or no_node where a witness settled it
    std::vector<std::map<UnitSet, std::size_t>> waiting_;  // of each size: sets to look at, with their parents
    std::vector<Found> found_;
    std::atomic<std::int64_t> looked_at_ = 0;  // of the sets of the present size
    double cutoff_ = -lp::infinity;            // what the last design on a full list guarantees, less rounding
    SearchOutcome outcome_;
};

constexpr std::size_t no_node = static_cast<std::size_t>(-1);

bool before(const Found& a, const Found& b) {
    const auto rounded = [](double x) { return std::round(x * 1e6); };  // ties are ties whatever the last digits
    return std::tuple(-rounded(a.guaranteed), a.set.size(), -rounded(a.growth), a.set) <
           std::tuple(-rounded(b.guaranteed), b.set.size(), -rounded(b.growth), b.set);
}

bool Search::out_of_time() const {
    if (context_.stopped()) return true;
    return limits_.time_s > 0 && std::chrono::duration<double>(Clock::now() - began_).count() > limits_.time_s;
}

/// The nodes of all proper subsets of `set` that were looked at, larger ones first.
std::vector<const Node*> Search::known_subsets(const UnitSet& set) const {
    std::vector<const Node*> known;
    const std::uint32_t full = (1U << set.size()) - 1;
    for (std::size_t size = set.size(); size-- > 0;)
        for (std::uint32_t mask = 0; mask < full; ++mask) {
            if (static_cast<std::size_t>(std::popcount(mask)) != size) continue;
            UnitSet subset;
            for (std::size_t i = 0; i < set.size(); ++i)
                if ((mask >> i & 1U) != 0) subset.push_back(set[i]);
            if (const auto found = node_of_.find(subset); found != node_of_.end())
                known.push_back(&nodes_[found->second]);
        }
    return known;
}

Status Search::solve_root() {
    CouplingSolver solver(study_, solver_, target_);
    const auto growth = solver.maximize_growth({}, solver_.basis());
    if (!growth) return pass(growth);
    if (!*growth) return failure(ErrorCode::bug, {"the wild type lost its optimum", "野生型失去最优解"});
    Node root{.set = {},
              .growth = (*growth)->growth,
              .value = 0,
              .dead = false,
              .exact = true,
              .support = {},
              .basis = std::make_shared<lp::Basis>(solver.basis())};
    const auto least = solver.minimize_target(root.growth);
    if (!least) return pass(least);
    root.value = least->target;
    root.support = least->support;
    outcome_.wild_type_guaranteed = root.value;
    outcome_.proof.nodes = 1;
    outcome_.proof.lps = solver.solved();
    node_of_.emplace(root.set, 0);
    seen_.emplace(Effect{}, 0);
    nodes_.push_back(std::move(root));
    return {};
}

/// Puts the supersets that stop something the node's flux uses on the list.
void Search::branch(std::size_t node) {
    const auto columns = nodes_[node].support.columns();
    for (auto& set : interventions_.breaking(nodes_[node].set, columns, limits_.max_interventions))
        waiting_[set.size()].emplace(std::move(set), node);
}

/// The sets of one size that are not settled by what is known, in order of their parents' promise.
std::vector<Job> Search::collect(std::size_t size) {
    std::vector<Job> jobs;
    for (auto& [set, parent] : waiting_[size]) {
        ++outcome_.proof.nodes;
        auto effect = interventions_.effect(set);
        const auto [same, added] = seen_.emplace(effect, no_node);
        if (!added) {
            if (same->second != no_node) node_of_.emplace(set, same->second);
            --outcome_.proof.nodes;
            continue;
        }
        const auto subsets = known_subsets(set);
        if (std::any_of(subsets.begin(), subsets.end(), [](const Node* node) { return node->dead; })) continue;
        const bool witnessed = std::any_of(subsets.begin(), subsets.end(),
                                           [&](const Node* node) { return node->support.avoids(effect.columns); });
        if (witnessed) {
            ++outcome_.proof.witnessed;
            continue;
        }
        double threshold = outcome_.wild_type_guaranteed;
        for (const auto* node : subsets) threshold = std::max(threshold, node->value);
        jobs.push_back({set, std::move(effect), parent, threshold});
    }
    waiting_[size].clear();
    std::stable_sort(jobs.begin(), jobs.end(), [&](const Job& a, const Job& b) {
        return std::pair(-nodes_[a.parent].value, a.parent) < std::pair(-nodes_[b.parent].value, b.parent);
    });
    return jobs;
}

Result<Node> Search::look_at(const Job& job, CouplingSolver& solver, std::vector<GrowthFlux>& siblings) {
    const auto& parent = nodes_[job.parent];
    Node node{.set = job.set,
              .growth = parent.growth,
              .value = 0,
              .dead = false,
              .exact = false,
              .support = {},
              .basis = nullptr};
    if (job.effect.impossible) {
        node.dead = true;
        return node;
    }
    for (const auto& flux : siblings)
        if (flux.support.avoids(job.effect.columns) && settled(flux.target, job.threshold)) {
            node.value = flux.target;
            node.support = flux.support;
            return node;
        }
    auto best = solver.maximize_growth(job.effect.columns, *parent.basis);
    if (!best) return pass(best);
    if (!*best || (*best)->growth < limits_.least_growth) {
        node.dead = true;
        return node;
    }
    auto flux = **std::move(best);
    node.growth = flux.growth;
    if (job.set.size() < limits_.max_interventions) node.basis = std::make_shared<lp::Basis>(solver.basis());
    if (!settled(flux.target, job.threshold)) {
        auto least = solver.minimize_target(flux.growth);
        if (!least) return pass(least);
        flux = *std::move(least);
        node.exact = true;
    }
    node.value = flux.target;
    node.support = flux.support;
    const bool as_good_as_parent = flux.growth >= parent.growth * (1 - 1e-9);
    const bool holds_elsewhere = std::none_of(job.effect.columns.begin(), job.effect.columns.end(),
                                              [&](std::int32_t column) { return interventions_.is_forced(column); });
    if (as_good_as_parent && holds_elsewhere) siblings.push_back(std::move(flux));
    return node;
}

void Search::keep(Node node, const Job& job) {
    if (node.exact && improves(node.value, job.threshold)) {
        found_.push_back({node.set, node.growth, node.value});
        std::sort(found_.begin(), found_.end(), before);
        if (limits_.max_designs > 0 && found_.size() > limits_.max_designs) found_.pop_back();
        if (limits_.max_designs > 0 && found_.size() == limits_.max_designs)
            cutoff_ = found_.back().guaranteed - growth_slack * std::max(1.0, std::fabs(found_.back().guaranteed));
    }
    if (!node.basis && !node.dead && node.set.size() < limits_.max_interventions) node.basis = nodes_[job.parent].basis;
    seen_[job.effect] = nodes_.size();
    node_of_.emplace(node.set, nodes_.size());
    nodes_.push_back(std::move(node));
}

/// Groups first … last-1 of jobs that share a parent: each group has a solver of its own and is solved in order.
Status Search::solve_round(const std::vector<Job>& jobs, const std::vector<std::pair<std::size_t, std::size_t>>& groups,
                           std::size_t first, std::size_t last) {
    struct Group {
        std::vector<Node> nodes;
        std::int64_t lps = 0;
    };
    std::vector<Group> solved(last - first);
    const auto work = [&](Chunk chunk, int) -> Status {
        const auto at = static_cast<std::size_t>(chunk.index);
        const auto [begin, end] = groups[first + at];
        CouplingSolver solver(study_, solver_, target_);
        std::vector<GrowthFlux> siblings;
        for (auto i = begin; i < end; ++i) {
            auto node = look_at(jobs[i], solver, siblings);
            if (!node) return pass(node);
            solved[at].nodes.push_back(*std::move(node));
            context_.report({{"knock-out sets", "敲除组合"}, ++looked_at_, static_cast<std::int64_t>(jobs.size())});
        }
        solved[at].lps = solver.solved();
        return {};
    };
    auto status = for_each_chunk(context_, {}, static_cast<std::int64_t>(solved.size()), 1, work);
    if (!status) return status;
    for (std::size_t at = 0; at < solved.size(); ++at) {
        outcome_.proof.lps += solved[at].lps;
        for (std::size_t i = 0; i < solved[at].nodes.size(); ++i)
            keep(std::move(solved[at].nodes[i]), jobs[groups[first + at].first + i]);
    }
    return {};
}

Status Search::solve_jobs(std::vector<Job>& jobs) {
    constexpr std::size_t most_in_group = 24;
    std::vector<std::pair<std::size_t, std::size_t>> groups;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        const bool joins = !groups.empty() && jobs[groups.back().first].parent == jobs[i].parent &&
                           i - groups.back().first < most_in_group;
        if (joins)
            ++groups.back().second;
        else
            groups.emplace_back(i, i + 1);
    }
    looked_at_ = 0;
    std::size_t round = 8;
    for (std::size_t first = 0; first < groups.size(); first += round, round = std::min<std::size_t>(round * 2, 256)) {
        if (out_of_time()) return cancelled();
        if (auto status = solve_round(jobs, groups, first, std::min(groups.size(), first + round)); !status)
            return status;
    }
    return {};
}

Status Search::solve_level(std::size_t size) {
    auto jobs = collect(size);
    const auto first_new = nodes_.size();
    if (auto status = solve_jobs(jobs); !status) return status;
    if (size < limits_.max_interventions)
        for (auto node = first_new; node < nodes_.size(); ++node)
            if (!nodes_[node].dead) branch(node);
    return {};
}

Result<SearchOutcome> Search::run() {
    waiting_.resize(limits_.max_interventions + 1);
    if (auto status = solve_root(); !status) return pass(status);
    branch(0);
    outcome_.complete = true;
    for (std::size_t size = 1; size <= limits_.max_interventions && outcome_.complete; ++size) {
        const auto status = solve_level(size);
        if (!status && status.error().code != ErrorCode::cancelled) return pass(status);
        outcome_.complete = status.has_value();
    }
    outcome_.found = std::move(found_);
    return std::move(outcome_);
}

}  // namespace

bool improves(double guaranteed, double other) {
    return guaranteed > other + growth_slack * std::max(1.0, std::fabs(other));
}

Result<SearchOutcome> search_designs(const Study& study, const Interventions& interventions, const lp::Solver& solver,
                                     std::int32_t target, const SearchLimits& limits, const Context& context) {
    return Search(study, interventions, solver, target, limits, context).run();
}

}  // namespace leaven::metabolism
