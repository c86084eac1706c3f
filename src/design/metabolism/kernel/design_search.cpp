#include "design_search.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <memory>
#include <unordered_map>

#include <leaven/core/parallel.hpp>

#include "coupling_solver.hpp"
#include "design_list.hpp"
#include "effect_index.hpp"
#include "waiting_sets.hpp"

namespace leaven::metabolism {
namespace {

/// How a set came out. `value` is its worth, or no less than it.
struct Node {
    UnitSet set;
    double growth = 0;
    double value = 0;
    bool ends = false;                            // no superset is worth more than what is there
    bool exact = false;                           // value is the worth
    ColumnBits support = {};                      // of the flux that tells it
    std::shared_ptr<const lp::Basis> basis = {};  // of maximal growth; the parent's where no program was solved
};

/// A node as ranks tell each other of it.
struct LookedAt {
    Node node;                            // less its basis
    std::optional<lp::Basis> basis = {};  // where a program was solved and supersets are to come

    static void members(auto& p, auto&& v) {
        v(p.node.set), v(p.node.growth), v(p.node.value), v(p.node.ends), v(p.node.exact), v(p.node.support);
        v(p.basis);
    }
};

/// What came of sets that share a parent, in order.
struct Group {
    std::vector<LookedAt> nodes;
    std::int64_t lps = 0;

    static void members(auto& p, auto&& v) { v(p.nodes), v(p.lps); }
};

/// A set to look at, and the node that leads to it.
struct Job {
    UnitSet set;
    Effect effect;
    std::size_t place;  // of the effect, among those seen
    std::size_t parent;
    double threshold;  // what a subset is already worth
};

/// The search within one world.
class Search {
public:
    Search(const Study& study, const Interventions& interventions, const lp::Solver& solver, std::int32_t target,
           Goal aim, const SearchLimits& limits, const World& world, DesignList& list, const Deadline& deadline,
           const Context& context)
        : study_(study),
          interventions_(interventions),
          solver_(solver),
          target_(target),
          aim_(aim),
          limits_(limits),
          world_(world),
          most_units_(limits.max_interventions - world.insertions),
          list_(list),
          deadline_(deadline),
          context_(context) {}

    /// Adds to the list and the proof. Errors  cancelled: stopped or out of time
    Status run(Proof& proof);

private:
    Status solve_root();
    void branch(std::size_t node);
    Status solve_level(std::size_t size);
    std::optional<Job> job_of(const UnitSet& set, std::size_t parent);
    Result<std::vector<Job>> collect(std::size_t size);

    /// Within work that ranks do not share, they would not end together.
    [[nodiscard]] bool ends_here() const { return !context_.team && context_.stopped(); }
    Status solve_jobs(const std::vector<Job>& jobs);
    Status solve_round(const std::vector<Job>& jobs, const std::vector<std::pair<std::size_t, std::size_t>>& groups,
                       std::size_t first, std::size_t last);
    Result<LookedAt> look_at(const Job& job, CouplingSolver& solver, std::vector<GrowthFlux>& siblings) const;
    Status appraise(Node& node, GrowthFlux flux, double threshold, CouplingSolver& solver,
                    std::vector<GrowthFlux>& fluxes) const;
    [[nodiscard]] std::optional<double> bound_by(const GrowthFlux& sibling, const Node& parent) const;
    void keep(Node node, const Job& job);

    [[nodiscard]] bool settled(double value, double threshold) const {
        return !improves(value, threshold) || value < list_.cutoff();
    }
    [[nodiscard]] std::vector<const Node*> known_subsets(const UnitSet& set) const;

    const Study& study_;
    const Interventions& interventions_;
    const lp::Solver& solver_;
    std::int32_t target_;
    Goal aim_;
    SearchLimits limits_;
    const World& world_;
    std::size_t most_units_;
    DesignList& list_;
    const Deadline& deadline_;
    const Context& context_;

    std::vector<Node> nodes_;
    std::unordered_map<UnitSet, std::size_t, UnitSetHash> node_of_;
    EffectIndex effects_;                      // of the sets looked at
    std::vector<std::size_t> seen_;            // of each effect: the node, or no_node where a witness settled it
    std::vector<WaitingSets> waiting_;         // of each size: sets to look at, with their parents
    std::atomic<std::int64_t> looked_at_ = 0;  // of the sets of the present size
    Proof proof_;
};

constexpr std::size_t no_node = static_cast<std::size_t>(-1);

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

/// What a node is worth, where `flux` grows most; `fluxes` collects what may settle other nodes.
Status Search::appraise(Node& node, GrowthFlux flux, double threshold, CouplingSolver& solver,
                        std::vector<GrowthFlux>& fluxes) const {
    if (aim_ == Goal::growth_lost) {
        node.value = node.growth;
        if (settled(node.growth, threshold)) {  // no set can lose more than its growth
            node.ends = true;
            return {};
        }
        auto left = solver.maximize_growth_without_target();
        if (!left) return pass(left);
        node.exact = true;
        node.ends = !*left;
        if (!*left) return {};
        node.value = node.growth - std::max(0.0, (*left)->growth);
        node.support = (*left)->support;
        fluxes.push_back(**std::move(left));
        return {};
    }
    const bool least = aim_ == Goal::guaranteed;
    if (!least || !settled(flux.target, threshold)) {
        auto best = solver.optimize_target(node.growth, least ? lp::Sense::minimize : lp::Sense::maximize);
        if (!best) return pass(best);
        flux = *std::move(best);
        node.exact = true;
    }
    node.value = flux.target;
    node.support = flux.support;
    fluxes.push_back(std::move(flux));
    return {};
}

/// What a set can be worth at most if a sibling's flux survives in it, where that flux tells also what its supersets
/// are worth.
std::optional<double> Search::bound_by(const GrowthFlux& sibling, const Node& parent) const {
    if (aim_ == Goal::growth_lost) return parent.growth - std::max(0.0, sibling.growth);
    if (sibling.growth < parent.growth * (1 - 1e-9)) return std::nullopt;
    if (aim_ == Goal::guaranteed) return sibling.target;
    return parent.exact && !improves(parent.value, sibling.target) ? std::optional(parent.value) : std::nullopt;
}

Status Search::solve_root() {
    CouplingSolver solver(study_, solver_, target_);
    const auto effect = interventions_.effect(world_.base, world_);
    Node root{.set = world_.base, .exact = true};
    ++proof_.nodes;
    const bool grows_at_all = !effect.impossible;
    Result<std::optional<GrowthFlux>> growth = std::optional<GrowthFlux>();
    if (grows_at_all) growth = solver.maximize_growth(effect.columns, solver_.basis());
    if (!growth) return pass(growth);
    const bool lives = *growth && (*growth)->growth >= limits_.least_growth;
    root.ends = !lives;
    if (lives) {
        root.growth = (*growth)->growth;
        root.basis = std::make_shared<lp::Basis>(solver.basis());
        std::vector<GrowthFlux> fluxes;
        auto status = appraise(root, **growth, -lp::infinity, solver, fluxes);
        if (!status) return status;
    }
    proof_.lps += solver.solved();
    const bool wild_type = world_.insertions == 0 && world_.base.empty();
    if (lives && wild_type) list_.set_wild_type(root.value);
    if (lives && !wild_type) list_.offer(world_, root.set, root.growth, root.value);
    node_of_.emplace(root.set, 0);
    effects_.add(effect);
    seen_.push_back(0);
    nodes_.push_back(std::move(root));
    return {};
}

/// Puts the supersets that stop something the node's flux uses on the list.
void Search::branch(std::size_t node) {
    const auto columns = nodes_[node].support.columns();
    for (const auto& set : interventions_.breaking(nodes_[node].set, columns, most_units_))
        waiting_[set.size()].add(set, static_cast<std::uint32_t>(node));
}

/// What is to be solved of a set, unless it is settled by what is known.
std::optional<Job> Search::job_of(const UnitSet& set, std::size_t parent) {
    auto effect = interventions_.effect(set, world_);
    if (effect.freed != world_.freed) return std::nullopt;  // of another world
    const auto [place, added] = effects_.add(effect);
    if (!added) {
        if (seen_[place] != no_node) node_of_.emplace(set, seen_[place]);
        return std::nullopt;
    }
    ++proof_.nodes;
    seen_.push_back(no_node);
    const auto subsets = known_subsets(set);
    if (std::any_of(subsets.begin(), subsets.end(), [](const Node* node) { return node->ends; })) return std::nullopt;
    const bool witnessed = std::any_of(subsets.begin(), subsets.end(),
                                       [&](const Node* node) { return node->support.avoids(effect.columns); });
    if (witnessed) {
        ++proof_.witnessed;
        return std::nullopt;
    }
    double threshold = list_.subset_value(world_, set);
    for (const auto* node : subsets) threshold = std::max(threshold, node->value);
    return Job{set, std::move(effect), place, parent, threshold};
}

/// The sets of one size that are not settled by what is known, in order of their parents' promise.
Result<std::vector<Job>> Search::collect(std::size_t size) {
    std::vector<Job> jobs;
    waiting_[size].drain([&](const UnitSet& set, std::uint32_t parent) {
        if (auto job = job_of(set, parent)) jobs.push_back(*std::move(job));
        return !ends_here();
    });
    if (ends_here()) return cancelled();
    std::stable_sort(jobs.begin(), jobs.end(), [&](const Job& a, const Job& b) {
        return std::pair(-nodes_[a.parent].value, a.parent) < std::pair(-nodes_[b.parent].value, b.parent);
    });
    return jobs;
}

Result<LookedAt> Search::look_at(const Job& job, CouplingSolver& solver, std::vector<GrowthFlux>& siblings) const {
    const auto& parent = nodes_[job.parent];
    LookedAt seen{{.set = job.set, .growth = parent.growth}};
    auto& node = seen.node;
    node.ends = job.effect.impossible;
    if (node.ends) return seen;
    for (const auto& flux : siblings) {
        if (!flux.support.avoids(job.effect.columns)) continue;
        const auto bound = bound_by(flux, parent);
        if (!bound || !settled(*bound, job.threshold)) continue;
        node.value = *bound;
        node.support = flux.support;
        return seen;
    }
    auto best = solver.maximize_growth(job.effect.columns, *parent.basis);
    if (!best) return pass(best);
    node.ends = !*best || (*best)->growth < limits_.least_growth;
    if (node.ends) return seen;
    node.growth = (*best)->growth;
    if (job.set.size() < most_units_) seen.basis = solver.basis();
    if (auto status = appraise(node, **std::move(best), job.threshold, solver, siblings); !status) return pass(status);
    return seen;
}

void Search::keep(Node node, const Job& job) {
    if (node.exact && improves(node.value, job.threshold)) list_.offer(world_, node.set, node.growth, node.value);
    if (!node.basis && !node.ends && node.set.size() < most_units_) node.basis = nodes_[job.parent].basis;
    seen_[job.place] = nodes_.size();
    node_of_.emplace(node.set, nodes_.size());
    nodes_.push_back(std::move(node));
}

/// Groups first … last-1 of jobs that share a parent: each group has a solver of its own and is solved in order.
Status Search::solve_round(const std::vector<Job>& jobs, const std::vector<std::pair<std::size_t, std::size_t>>& groups,
                           std::size_t first, std::size_t last) {
    std::vector<Group> solved(last - first);
    const auto work = [&](Chunk chunk, int) -> Status {
        const auto at = static_cast<std::size_t>(chunk.index);
        const auto [begin, end] = groups[first + at];
        CouplingSolver solver(study_, solver_, target_);
        std::vector<GrowthFlux> siblings;
        for (auto i = begin; i < end; ++i) {
            auto seen = look_at(jobs[i], solver, siblings);
            if (!seen) return pass(seen);
            solved[at].nodes.push_back(*std::move(seen));
            context_.report({{"knock-out sets", "敲除组合"}, ++looked_at_, static_cast<std::int64_t>(jobs.size())});
        }
        solved[at].lps = solver.solved();
        return {};
    };
    auto status = for_each_chunk(context_, {}, static_cast<std::int64_t>(solved.size()), 1, work, share_packed(solved));
    if (!status) return status;
    for (std::size_t at = 0; at < solved.size(); ++at) {
        proof_.lps += solved[at].lps;
        for (std::size_t i = 0; i < solved[at].nodes.size(); ++i) {
            auto& [node, basis] = solved[at].nodes[i];
            if (basis) node.basis = std::make_shared<lp::Basis>(*std::move(basis));
            keep(std::move(node), jobs[groups[first + at].first + i]);
        }
    }
    return {};
}

Status Search::solve_jobs(const std::vector<Job>& jobs) {
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
        if (deadline_.passed()) return cancelled();
        if (auto status = solve_round(jobs, groups, first, std::min(groups.size(), first + round)); !status)
            return status;
    }
    return {};
}

Status Search::solve_level(std::size_t size) {
    const auto jobs = collect(size);
    if (!jobs) return pass(jobs);
    const auto first_new = nodes_.size();
    if (auto status = solve_jobs(*jobs); !status) return status;
    for (auto node = first_new; node < nodes_.size() && size < most_units_; ++node) {
        if (ends_here()) return cancelled();
        if (!nodes_[node].ends) branch(node);
    }
    return {};
}

Status Search::run(Proof& proof) {
    waiting_.resize(most_units_ + 1);
    auto status = solve_root();
    if (status && !nodes_.front().ends) branch(0);
    for (auto size = world_.base.size() + 1; status && size <= most_units_; ++size) status = solve_level(size);
    proof.nodes += proof_.nodes;
    proof.lps += proof_.lps;
    proof.witnessed += proof_.witnessed;
    return status;
}

}  // namespace

bool Deadline::passed() const {
    using Seconds = std::chrono::duration<double>;
    const bool here = context_.stopped() || (time_s_ > 0 && Seconds(Clock::now() - began_).count() > time_s_);
    if (!context_.team) return here;
    const auto ranks = context_.team->exchange(here ? "passed" : "");
    return std::any_of(ranks.begin(), ranks.end(), [](const std::string& said) { return !said.empty(); });
}

bool improves(double value, double other) {
    return std::isinf(other) ? value > other : value > other + growth_slack * std::max(1.0, std::fabs(other));
}

Result<SearchOutcome> search_designs(const Study& study, const Interventions& interventions, const lp::Solver& solver,
                                     std::int32_t target, Goal aim, const SearchLimits& limits,
                                     const Context& context) {
    const Deadline deadline(context, limits.time_s);
    DesignList list(interventions, limits.max_designs);
    SearchOutcome outcome;
    outcome.complete = true;
    const auto worlds = interventions.worlds(limits.max_interventions);
    if (!worlds) return pass(worlds);
    for (const auto& world : *worlds) {
        if (deadline.passed()) outcome.complete = false;
        if (!outcome.complete) break;
        Search search(study, interventions, solver, target, aim, limits, world, list, deadline, context);
        const auto status = search.run(outcome.proof);
        if (!status && status.error().code != ErrorCode::cancelled) return pass(status);
        outcome.complete = status.has_value();
    }
    outcome.wild_type = list.wild_type();
    outcome.found = std::move(list).take();
    return outcome;
}

}  // namespace leaven::metabolism
