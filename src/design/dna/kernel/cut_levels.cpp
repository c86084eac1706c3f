#include <algorithm>
#include <cmath>

#include <leaven/dna/fragment.hpp>

namespace leaven::dna {
namespace {

constexpr std::int64_t overhang_length = 4;

class Levels {
public:
    Levels(std::string_view letters, const Ligation& ligation, const CutOptions& options, const Inspector& inspect,
           const Context& context)
        : letters_(letters), ligation_(ligation), options_(options), inspect_(inspect), context_(context) {}

    Result<LevelPlan> run(std::int64_t levels) {
        plan_.fidelity = plan_.bound = 1;
        plan_.proof = Proof::optimal;
        if (auto status = divide({0, static_cast<std::int64_t>(letters_.size())}, levels, options_.count); !status)
            return pass(status);
        return std::move(plan_);
    }

private:
    /// Lengths of what a block at `level` is divided into, where it should become `parts` pieces.
    [[nodiscard]] CutOptions options_for(std::int64_t length, std::int64_t level) const {
        auto options = options_;
        if (level == 1) return options;
        const auto step = std::max<std::int64_t>(options_.max - overhang_length, 1);
        const auto fragments = std::ceil(static_cast<double>(length) / static_cast<double>(step));
        const auto each = static_cast<std::int64_t>(
            std::ceil(std::pow(fragments, static_cast<double>(level - 1) / static_cast<double>(level))));
        options.count = 0;
        // Blocks as long as their fragments could make them would leave no choice of cuts inside them.
        options.max = each * step * 9 / 10 + overhang_length;
        options.min = std::max(options_.min, options.max * 3 / 5);
        return options;
    }

    /// Sees the fragments of a block by their place in the whole; blocks themselves are not inspected.
    [[nodiscard]] Inspector inspector_of(seq::Interval block, std::int64_t level) const {
        if (!inspect_ || level > 1) return {};
        return [this, offset = block.start](seq::Interval fragment) -> Result<Veto> {
            auto veto = inspect_({fragment.start + offset, fragment.end + offset});
            if (veto && veto->part) veto->part = {veto->part->start - offset, veto->part->end - offset};
            return veto;
        };
    }

    Status divide(seq::Interval at, std::int64_t level, std::int64_t count) {
        auto options = options_for(at.length(), level);
        if (level == 1) options.count = count;
        const auto part = letters_.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(at.length()));
        auto plan = choose_cuts_inspected(part, ligation_, options, inspector_of(at, level), context_);
        if (!plan) return pass(plan);
        for (auto& cut : plan->cuts) cut += at.start;
        plan_.fidelity *= plan->fidelity;
        plan_.bound *= plan->bound;
        const bool found = plan->proof == Proof::optimal || plan->proof == Proof::feasible;
        if (!found) plan_.proof = plan->proof;
        if (plan->proof == Proof::feasible && plan_.proof == Proof::optimal) plan_.proof = Proof::feasible;
        plan_.blocks.push_back({level, at, *plan});
        if (level == 1 || !found) return {};
        auto start = at.start;
        auto cuts = plan->cuts;
        cuts.push_back(at.end - overhang_length);
        for (const auto cut : cuts) {
            if (auto status = divide({start, cut + overhang_length}, level - 1, 0); !status) return status;
            start = cut;
        }
        return {};
    }

    std::string_view letters_;
    const Ligation& ligation_;
    const CutOptions& options_;
    const Inspector& inspect_;
    const Context& context_;
    LevelPlan plan_{};
};

}  // namespace

Result<LevelPlan> choose_cuts_in_levels(std::string_view letters, const Ligation& ligation, const CutOptions& options,
                                        std::int64_t levels, const Inspector& inspect, const Context& context) {
    auto plan = Levels(letters, ligation, options, inspect, context).run(levels);
    if (!plan) return plan;
    if (levels > 1 && plan->proof == Proof::optimal)
        plan->proof = plan->fidelity + 1e-12 >= 1 ? Proof::optimal : Proof::feasible;
    if (plan->proof == Proof::feasible) plan->bound = levels > 1 ? 1 : plan->bound;
    return plan;
}

}  // namespace leaven::dna
