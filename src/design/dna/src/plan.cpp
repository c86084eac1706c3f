#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <leaven/dna/plan.hpp>

#include "plan_report.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t most_rounds = 200;  // of solving and learning

class Planner {
public:
    Planner(std::span<const seq::Record> parts, std::span<const PlanTarget> targets, const PlanOptions& options,
            const Context& context)
        : parts_(parts), targets_(targets), options_(options), context_(context), workshop_(parts, options, context) {}

    Result<Plan> run() {
        if (auto status = lay_out(); !status) return pass(status);
        PlanProgram program(layouts_, workshop_.items(), options_);
        const auto days = program.ready_days();
        double proven = days.empty() ? 0 : days.front();  // no plan has all pieces earlier
        bool certain = true;
        if (options_.fast) {
            for (const auto latest : days) {
                auto found = best_until(program, latest);
                if (!found) return pass(found);
                if (certain) proven = latest;
                if (found->has_value()) return with_days_proven(**std::move(found), proven);
                certain = certain && refuted_;
            }
            return without_plan(program);
        }
        auto found = best_until(program, std::numeric_limits<double>::infinity());
        if (!found) return pass(found);
        if (found->has_value()) return **std::move(found);
        return without_plan(program);
    }

private:
    Status lay_out() {
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            context_.report({{"laying constructs out", "列出拼装方式"},
                             static_cast<std::int64_t>(i),
                             static_cast<std::int64_t>(targets_.size())});
            for (const auto method : options_.methods) {
                Text problem;
                auto layout = workshop_.lay_out(targets_[i], method, problem);
                if (!layout) return pass(layout);
                if (!*layout) {
                    problems_.push_back(std::move(problem));
                    continue;
                }
                (*layout)->target = i;
                layouts_.push_back(**std::move(layout));
            }
        }
        return {};
    }

    /// The best plan with all pieces ready by then; none where there is none, or none was found: see `refuted_`.
    Result<std::optional<Plan>> best_until(PlanProgram& program, double latest_days) {
        std::vector<std::size_t> all(targets_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        for (std::int64_t round = 0; round < most_rounds; ++round) {
            context_.report({{"planning", "规划"}, round, most_rounds});
            auto choice = program.solve(all, latest_days, context_);
            if (!choice) return pass(choice);
            refuted_ = choice->proof == Proof::infeasible;
            if (choice->proof == Proof::infeasible || choice->proof == Proof::limit) return std::optional<Plan>();
            const auto stands = learn_pieces(program, *choice);
            if (!stands) return pass(stands);
            if (!*stands) continue;
            std::vector<TripCheck> checks;
            const auto made = learn_trips(program, *choice, checks);
            if (!made) return pass(made);
            if (!*made) continue;
            auto better = more_faithful(program, *choice, checks, latest_days);
            if (!better) return pass(better);
            auto plan = plan_of(better->choice, better->checks, layouts_, workshop_.items(), parts_, targets_);
            plan.proof = choice->proof;
            plan.bound = choice->proof == Proof::optimal ? plan.cost : std::min(choice->bound, plan.cost);
            plan.gap = (plan.cost - plan.bound) / std::max(plan.cost, 1e-12);
            return std::optional(std::move(plan));
        }
        refuted_ = false;
        return std::optional<Plan>();
    }

    struct Faithful {
        PlanChoice choice{};
        std::vector<TripCheck> checks{};
        double fidelity = 0;  // logarithm of the product over the constructs
    };

    [[nodiscard]] static double fidelity_of(const std::vector<TripCheck>& checks) {
        double sum = 0;
        for (const auto& check : checks) sum += check.fidelity ? std::log(std::max(*check.fidelity, 1e-12)) : 0;
        return sum;
    }

    /// What each node of a layout would lose in fidelity in the place of the one that the trip has at its joint.
    [[nodiscard]] std::vector<std::vector<double>> losses_beside(const PlanChoice& choice) const {
        std::vector<std::vector<double>> losses(layouts_.size());
        // Joints are exchanged, not methods: another method has no fidelity to compare.
        for (std::size_t i = 0; i < layouts_.size(); ++i) losses[i].assign(layouts_[i].nodes.size(), -std::log(1e-12));
        for (const auto& trip : choice.trips) {
            const auto& layout = layouts_[trip.layout];
            losses[trip.layout].assign(layout.nodes.size(), 0);
            if (layout.method != Method::golden_gate) continue;
            for (std::size_t node = 0; node < layout.nodes.size(); ++node) {
                std::vector<Joint> set{*joint_of(layout.nodes[node].letters)};
                for (const auto& taken : trip.pieces) {
                    const auto& other = layout.nodes[layout.arcs[taken.arc].to];
                    const auto joint = *joint_of(other.letters);
                    if (other.joint != layout.nodes[node].joint && joint != set.front()) set.push_back(joint);
                }
                losses[trip.layout][node] = -std::log(std::max(options_.ligation->fidelity(set), 1e-12));
            }
        }
        return losses;
    }

    /// Of plans that cost the same, one whose overhangs are more faithful: joints are exchanged a few times.
    /// The cost is proven, this is not.
    Result<Faithful> more_faithful(PlanProgram& program, const PlanChoice& cheapest, std::vector<TripCheck> checks,
                                   double latest_days) {
        std::size_t arcs = 0;
        for (const auto& layout : layouts_) arcs += layout.arcs.size();
        // Each solves the whole program again, so that a large one gets few.
        const auto most_exchanges = std::clamp<std::size_t>(2000 / std::max<std::size_t>(arcs, 1), 1, 6);
        Faithful best{cheapest, std::move(checks), 0};
        best.fidelity = fidelity_of(best.checks);
        if (options_.ligation == nullptr || best.fidelity == 0) return best;
        std::vector<std::size_t> all(targets_.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        // Weighed beside all plans so far: beside the last alone, joints that do not go together would swap for ever.
        PlanProgram::Preference preference{cheapest.cost * (1 + 1e-9) + 1e-6, losses_beside(cheapest)};
        for (std::size_t round = 0; round < most_exchanges; ++round) {
            auto choice = program.solve(all, latest_days, context_, &preference);
            if (!choice) return pass(choice);
            if (choice->trips.empty()) break;
            const auto stands = learn_pieces(program, *choice);
            if (!stands) return pass(stands);
            if (!*stands) continue;
            std::vector<TripCheck> found;
            const auto made = learn_trips(program, *choice, found);
            if (!made) return pass(made);
            if (!*made) continue;
            const auto losses = losses_beside(*choice);
            for (std::size_t i = 0; i < losses.size(); ++i)
                for (std::size_t node = 0; node < losses[i].size(); ++node)
                    preference.weights[i][node] += losses[i][node];
            const auto fidelity = fidelity_of(found);
            if (fidelity > best.fidelity + 1e-12) best = {*std::move(choice), std::move(found), fidelity};
        }
        return best;
    }

    /// Forbids what does not give its piece. True where all do.
    Result<bool> learn_pieces(PlanProgram& program, const PlanChoice& choice) {
        bool stands = true;
        for (const auto& trip : choice.trips)
            for (const auto& taken : trip.pieces) {
                const auto& arc = layouts_[trip.layout].arcs[taken.arc];
                const auto& way = arc.ways[taken.way];
                const std::pair key(arc.letters, way.items);
                if (sound_.contains(key)) continue;
                const auto gives = gives_piece(arc, way, workshop_.items(), parts_, options_, context_);
                if (!gives) return pass(gives);
                if (gives->kept) {
                    sound_.insert(key);
                    continue;
                }
                stands = false;
                if (way.kind == PlanWay::Kind::synthesise)
                    forbid_fragments(program, way.items.front(), gives->culprit);
                else
                    program.forbid_way(trip.layout, taken.arc, taken.way);
            }
        return stands;
    }

    /// This fragment, and all from the same vendor that hold what is wrong with it.
    void forbid_fragments(PlanProgram& program, std::size_t item, const std::string& culprit) const {
        program.forbid_item(item);
        const auto& items = workshop_.items();
        for (std::size_t i = 0; i < items.size() && !culprit.empty(); ++i)
            if (items[i].offer && items[i].offer->rules == items[item].offer->rules &&
                items[i].letters.find(culprit) != std::string::npos)
                program.forbid_item(i);
    }

    /// The overhangs of a trip that fall below the least fidelity, as few as do; empty: they do not.
    [[nodiscard]] std::set<Joint> unfaithful_overhangs(const PlanChoice::Trip& trip) const {
        const auto& layout = layouts_[trip.layout];
        if (layout.method != Method::golden_gate || options_.ligation == nullptr) return {};
        std::vector<Joint> joints;
        for (const auto& taken : trip.pieces)
            joints.push_back(*joint_of(layout.nodes[layout.arcs[taken.arc].to].letters));
        const auto low = [&] { return options_.ligation->fidelity(joints) < options_.min_fidelity; };
        if (!low()) return {};
        for (std::size_t i = 0; i < joints.size();) {  // a set only gets better when one is taken away
            const auto joint = joints[i];
            joints.erase(joints.begin() + static_cast<std::ptrdiff_t>(i));
            if (low()) continue;
            joints.insert(joints.begin() + static_cast<std::ptrdiff_t>(i), joint);
            ++i;
        }
        return {joints.begin(), joints.end()};
    }

    Result<bool> learn_trips(PlanProgram& program, const PlanChoice& choice, std::vector<TripCheck>& checks) {
        bool made = true;
        for (const auto& trip : choice.trips) {
            const auto& layout = layouts_[trip.layout];
            const auto circle = workshop_.letters_of(targets_[layout.target]);
            const auto check = check_trip(layout, trip, circle, options_, context_);
            if (!check) return pass(check);
            checks.push_back(*check);
            const auto unfaithful = unfaithful_overhangs(trip);
            if (check->verified && unfaithful.empty()) continue;
            made = false;
            if (unfaithful.empty())
                program.forbid_trip(trip);
            else
                program.forbid_overhangs(unfaithful);
        }
        return made;
    }

    [[nodiscard]] Plan with_days_proven(Plan plan, double proven) const {
        const auto bench = assembly_days + transformation_days;
        plan.bound = std::min(proven + bench, plan.days);
        plan.gap = (plan.days - plan.bound) / plan.days;
        plan.proof = plan.gap > 0 ? Proof::feasible : Proof::optimal;
        return plan;
    }

    /// Which constructs have no plan, each for itself.
    Result<Plan> without_plan(PlanProgram& program) {
        Plan plan{.proof = refuted_ ? Proof::infeasible : Proof::limit, .problems = problems_};
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            const auto alone = program.solve({i}, std::numeric_limits<double>::infinity(), context_);
            if (!alone) return pass(alone);
            if (alone->proof == Proof::infeasible)
                plan.problems.push_back(text({"{}: its parts cannot be made into pieces that fit together uniquely",
                                              "{}：其部件无法制成可唯一拼接的片段"},
                                             targets_[i].name));
        }
        return plan;
    }

    std::span<const seq::Record> parts_;
    std::span<const PlanTarget> targets_;
    const PlanOptions& options_;
    const Context& context_;
    PlanWorkshop workshop_;
    std::vector<PlanLayout> layouts_{};
    std::vector<Text> problems_{};
    std::set<std::pair<std::string, std::vector<std::size_t>>> sound_{};
    bool refuted_ = true;  // where there is nothing to try there is no plan
};

Status check(std::span<const seq::Record> parts, std::span<const PlanTarget> targets, const PlanOptions& options) {
    for (const auto method : options.methods)
        if (method != Method::golden_gate && method != Method::gibson && method != Method::yeast)
            return bad_input({"constructs are planned for golden_gate, gibson and yeast",
                              "仅支持规划 golden_gate、gibson 与 yeast"})
                .at("methods")
                .advise({"choose among them", "请在其中选择"});
    for (const auto& target : targets)
        for (const auto part : target.parts) {
            const auto& record = parts[part];
            const auto certain =
                std::all_of(record.sequence.letters.begin(), record.sequence.letters.end(),
                            [](char c) { return std::string_view("ACGT").find(c) != std::string_view::npos; });
            if (record.length < 4 || !certain)
                return bad_input({"part {} is shorter than four bases or holds letters other than A C G T",
                                  "部件 {} 短于四个碱基或含 A C G T 以外的字母"},
                                 record.name)
                    .at("parts")
                    .advise({"give its exact sequence", "请给出确切序列"});
        }
    return {};
}

}  // namespace

Result<Plan> plan_constructs(std::span<const seq::Record> parts, std::span<const PlanTarget> targets,
                             const PlanOptions& options, const Context& context) {
    if (auto status = check(parts, targets, options); !status) return pass(status);
    return Planner(parts, targets, options, context).run();
}

}  // namespace leaven::dna
