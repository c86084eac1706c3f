#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include <leaven/core/parallel.hpp>
#include <leaven/core/random.hpp>
#include <leaven/dna/rbs_design.hpp>
#include <leaven/seq/sequence.hpp>

#include "strands.hpp"

namespace leaven::dna {
namespace {

constexpr double close_enough_kcal = 0.1;
constexpr int most_steps = 3000;
constexpr double met_within = 0.10;
constexpr std::size_t most_members = 64;
constexpr int most_library_evaluations = 6000;

/// The bases around the designed stretch.
struct Frame {
    std::string upstream;
    std::string cds;

    [[nodiscard]] bool allows(const std::string& stretch) const {
        const auto head = upstream.substr(upstream.size() - std::min<std::size_t>(2, upstream.size()));
        return (head + stretch + cds.substr(0, 2)).find("ATG") == std::string::npos;
    }
    Result<StartSite> evaluate(const std::string& stretch, RbsPredictor& predictor, const Context& context) const {
        const auto start = static_cast<std::int64_t>(upstream.size() + stretch.size());
        return predictor.at_start(upstream + stretch + cds, start, context);
    }
};

std::string random_stretch(std::size_t length, Random& random) {
    std::string stretch(length, 'A');
    for (auto& c : stretch) c = "ACGT"[random.below(4)];
    return stretch;
}

/// A base replaced, or one removed and another put in elsewhere: sites move as well as change.
std::string moved(std::string stretch, Random& random) {
    const auto size = static_cast<std::uint32_t>(stretch.size());
    if (random.below(3) != 0) {
        stretch[random.below(size)] = "ACGT"[random.below(4)];
        return stretch;
    }
    stretch.erase(random.below(size), 1);
    stretch.insert(random.below(size), 1, "ACGT"[random.below(4)]);
    return stretch;
}

Result<RbsDesign> anneal(const Frame& frame, std::size_t length, double target_kcal, RbsPredictor& predictor,
                         Random random, const Context& context) {
    std::string here = random_stretch(length, random);
    while (!frame.allows(here)) here = random_stretch(length, random);
    auto site = frame.evaluate(here, predictor, context);
    if (!site) return pass(site);
    double distance = std::abs(site->dg_total_kcal - target_kcal);
    RbsDesign best{here, site->dg_total_kcal, site->rate};
    double least = distance;
    for (int step = 0; step < most_steps && least > close_enough_kcal; ++step) {
        const auto next = moved(here, random);
        if (next == here || !frame.allows(next)) continue;
        site = frame.evaluate(next, predictor, context);
        if (!site) return pass(site);
        const double there = std::abs(site->dg_total_kcal - target_kcal);
        // From 1.5 kcal/mol down to a hundredth of it.
        const double warmth = 1.5 * std::pow(0.01, static_cast<double>(step) / most_steps);
        if (there > distance && random.uniform() >= std::exp((distance - there) / warmth)) continue;
        here = next;
        distance = there;
        if (there < least) {
            least = there;
            best = {here, site->dg_total_kcal, site->rate};
        }
    }
    return best;
}

/// Members of an IUPAC sequence, in order.
std::vector<std::string> members_of(const std::string& degenerate) {
    std::vector<std::string> members{""};
    for (const char letter : degenerate) {
        std::vector<std::string> longer;
        for (const auto& member : members)
            for (int base = 0; base < 4; ++base)
                if ((seq::bases_of(letter) & 1 << base) != 0) longer.push_back(member + "ACGT"[base]);
        members = std::move(longer);
    }
    return members;
}

std::size_t count_members(const std::string& degenerate) {
    std::size_t count = 1;
    for (const char letter : degenerate) {
        const int bases = seq::bases_of(letter);
        count *= static_cast<std::size_t>((bases & 1) + (bases >> 1 & 1) + (bases >> 2 & 1) + (bases >> 3 & 1));
    }
    return count;
}

/// Looks for one sequence with uncertain letters whose members spread over the range.
class DegenerateSearch {
public:
    DegenerateSearch(const RbsGoal& goal, const Frame& frame, RbsPredictor& predictor, const Context& context)
        : goal_(goal),
          frame_(frame),
          predictor_(predictor),
          context_(context),
          steps_(std::min<std::int64_t>(goal.size, 10)),
          most_(std::min(most_members, static_cast<std::size_t>(goal.size))) {}

    Result<std::optional<std::string>> run(const std::string& first) {
        Random random(context_.seed, 1'000'000);
        std::string here = first;
        std::size_t score = 0;
        std::string best;
        std::size_t best_score = 0;
        for (int trial = 0; trial < 2000 && evaluations_ < most_library_evaluations; ++trial) {
            auto next = here;
            next[random.below(static_cast<std::uint32_t>(next.size()))] =
                seq::letter_of(static_cast<std::uint8_t>(1 + random.below(15)));
            if (count_members(next) > most_) continue;
            const auto hit = steps_hit(next);
            if (!hit) return pass(hit);
            if (*hit < score && random.uniform() > 0.05) continue;
            here = next;
            score = *hit;
            if (score > best_score) {
                best_score = score;
                best = here;
            }
            if (best_score == static_cast<std::size_t>(steps_)) break;
        }
        if (2 * best_score < static_cast<std::size_t>(steps_) || count_members(best) < 2)
            return std::optional<std::string>();
        return std::optional(best);
    }

private:
    /// How many of the equal steps of ln rate hold a member; 0 where a member must not be.
    Result<std::size_t> steps_hit(const std::string& degenerate) {
        std::set<std::int64_t> hit;
        for (const auto& member : members_of(degenerate)) {
            if (!frame_.allows(member)) return 0;
            auto known = rates_.find(member);
            if (known == rates_.end()) {
                const auto site = frame_.evaluate(member, predictor_, context_);
                if (!site) return pass(site);
                ++evaluations_;
                known = rates_.emplace(member, site->rate).first;
            }
            const double share = std::log(known->second / goal_.min_rate) / std::log(goal_.max_rate / goal_.min_rate);
            if (share >= 0 && share <= 1)
                hit.insert(std::min(steps_ - 1, static_cast<std::int64_t>(share * static_cast<double>(steps_))));
        }
        return hit.size();
    }

    const RbsGoal& goal_;
    const Frame& frame_;
    RbsPredictor& predictor_;
    const Context& context_;
    std::int64_t steps_;
    std::size_t most_;
    int evaluations_ = 0;
    std::unordered_map<std::string, double> rates_;
};

Status check(const RbsGoal& goal) {
    if (goal.length < 8 || goal.length > 35)
        return bad_input({"a stretch of {} bases", "设计区长度为 {} 个碱基"}, goal.length)
            .at("length")
            .advise({"give 8 to 35", "请给出 8 至 35"});
    if (goal.size < 1 || goal.size > 1000)
        return bad_input({"a library of {}", "文库大小为 {}"}, goal.size)
            .at("size")
            .advise({"give 1 to 1000", "请给出 1 至 1000"});
    if (!(goal.min_rate > 0) || !(goal.max_rate >= goal.min_rate) || !std::isfinite(goal.max_rate))
        return bad_input({"rates from {} to {}", "速率范围为 {} 至 {}"}, goal.min_rate, goal.max_rate)
            .at("min")
            .advise({"give rates above zero, the lesser first", "请给出大于零的速率，先小后大"});
    return {};
}

double target_of(const RbsGoal& goal, std::int64_t k) {
    if (goal.size == 1) return energy_of_rate(std::sqrt(goal.min_rate * goal.max_rate));
    const double share = static_cast<double>(k) / static_cast<double>(goal.size - 1);
    return energy_of_rate(goal.min_rate * std::pow(goal.max_rate / goal.min_rate, share));
}

}  // namespace

Result<RbsLibrary> design_rbs(const RbsGoal& goal, const Context& context) {
    if (auto status = check(goal); !status) return pass(status);
    const Frame frame{as_dna(goal.upstream), as_dna(goal.cds)};
    std::vector<RbsPredictor> predictors;
    for (int thread = 0; thread < std::max(1, context.threads); ++thread) {
        auto predictor = RbsPredictor::with(goal.conditions);
        if (!predictor) return pass(predictor);
        predictors.push_back(*std::move(predictor));
    }
    RbsLibrary library;
    library.designs.resize(static_cast<std::size_t>(goal.size));
    const auto length = static_cast<std::size_t>(goal.length);
    const auto work = [&](Chunk chunk, int thread) -> Status {
        for (auto k = chunk.begin; k < chunk.end; ++k) {
            auto design = anneal(frame, length, target_of(goal, k), predictors[static_cast<std::size_t>(thread)],
                                 Random(context.seed, static_cast<std::uint64_t>(k)), context);
            if (!design) return pass(design);
            library.designs[static_cast<std::size_t>(k)] = *std::move(design);
        }
        return {};
    };
    if (auto status = for_each_chunk(context, {"binding sites", "核糖体结合位点"}, goal.size, 1, work); !status)
        return pass(status);
    std::int64_t met = 0;
    for (std::int64_t k = 0; k < goal.size; ++k) {
        const double wanted = rate_of_energy(target_of(goal, k));
        met += std::abs(library.designs[static_cast<std::size_t>(k)].rate / wanted - 1) <= met_within ? 1 : 0;
    }
    library.coverage = static_cast<double>(met) / static_cast<double>(goal.size);
    if (goal.size < 2 || goal.max_rate <= goal.min_rate) return library;
    const auto& middle = library.designs[library.designs.size() / 2].sequence;
    auto degenerate = DegenerateSearch(goal, frame, predictors.front(), context).run(middle);
    if (!degenerate) return pass(degenerate);
    library.degenerate = *std::move(degenerate);
    return library;
}

}  // namespace leaven::dna
