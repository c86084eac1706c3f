#include <algorithm>

#include "fragment_rows.hpp"
#include "typed_range.hpp"

namespace leaven::dna {
namespace {

/// The cheapest plan whose overlaps are all sound, with the shortest overlap that gives one. The price of a fragment is
/// 1 where the fewest are wanted.
Result<std::optional<OverlapPlan>> sound_plan(const std::string& letters, const CutOptions& options, WholeRange range,
                                              const std::vector<double>& prices, const Quoter& quote,
                                              FragmentResult& result, const Context& context) {
    for (auto overlap = range.least; overlap <= std::min(range.most, options.max - 1); ++overlap) {
        const auto plan = cheapest_cuts(overlap_sites(letters, overlap), prices, options, quote, context);
        if (!plan) return pass(plan);
        if (plan->proof == Proof::infeasible || plan->proof == Proof::limit) continue;
        result.status = name_of(plan->proof);
        result.bound = plan->bound;
        result.gap = plan->proof == Proof::optimal ? 0 : (plan->cost - plan->bound) / std::max(plan->cost, 1e-12);
        return std::optional(OverlapPlan{plan->cuts, std::vector<bool>(plan->cuts.size(), true), overlap, true});
    }
    return std::optional<OverlapPlan>();
}

Status write(const OverlapPlan& plan, const std::string& letters, const std::vector<Vendor>& vendors,
             FragmentResult& result, const Context& context) {
    std::int64_t start = 0;
    for (std::size_t i = 0; i <= plan.cuts.size(); ++i) {
        const bool last = i == plan.cuts.size();
        const auto end = last ? static_cast<std::int64_t>(letters.size()) : plan.cuts[i] + plan.overlap;
        FragmentRow row{.index = static_cast<std::int64_t>(i) + 1,
                        .start = start,
                        .end = end,
                        .sequence = cut_out(letters, {start, end})};
        row.order_sequence = row.sequence;
        if (!last && !plan.sound[i])
            row.problems.push_back({"the overlap at its end is not unique, or its GC share is not 0.3 to 0.7",
                                    "其末端重叠区不唯一，或 GC 比例不在 0.3 到 0.7 之间"});
        if (auto status = add_offer(row, vendors, context); !status) return status;
        result.fragments.push_back(std::move(row));
        if (last) break;
        start = plan.cuts[i];
        result.junctions.push_back({start, cut_out(letters, {start, end}), 1});
    }
    if (!vendors.empty()) result.cost = cost_of(result.fragments);
    return {};
}

}  // namespace

Result<FragmentResult> fragments_by_overlaps(const seq::Record& record, const FragmentParams& parameters,
                                             const std::vector<Vendor>& vendors, const Context& context) {
    if (parameters.levels > 1)
        return bad_input({"rounds of assembly are planned for golden_gate", "多轮组装仅适用于 golden_gate"})
            .at("levels")
            .advise({"use levels 1", "请将 levels 设为 1"});
    const auto range = range_typed(parameters.overlap, "overlap", {12, 200});
    if (!range) return pass(range);
    const auto& letters = record.sequence.letters;
    CutOptions options{.min = parameters.min, .max = parameters.max, .count = parameters.count};
    narrow(options, vendors, {});
    const bool cheap = parameters.objective == "cost";
    const auto prices =
        cheap ? least_prices(options, vendors, {})
              : std::vector<double>(static_cast<std::size_t>(std::max<std::int64_t>(options.max, 0)) + 1, 1.0);
    const Quoter quote = [&](seq::Interval at) -> Result<Quote> {
        if (vendors.empty()) return Quote{1.0, {}};
        const auto offer = cheapest_offer(cut_out(letters, at), vendors, context);
        if (!offer) return pass(offer);
        Quote quoted{cheap ? offer->price : 1.0, {offer->vendor == nullptr, offer->part}};
        if (quoted.veto.part) quoted.veto.part = {quoted.veto.part->start + at.start, quoted.veto.part->end + at.start};
        return quoted;
    };
    FragmentResult result;
    Result<std::optional<OverlapPlan>> plan = std::optional<OverlapPlan>();
    if (!vendors.empty()) plan = sound_plan(letters, options, *range, prices, quote, result, context);
    if (!plan) return pass(plan);
    if (!cheap) result.bound.reset();  // that was a number of fragments
    if (!*plan && !cheap) {            // overlaps that are not sound, or fragments that nobody makes: each says so
        auto simple = choose_overlaps(letters, options, range->least, range->most);
        if (!simple.found) return result;
        *plan = std::move(simple);
        result.status = vendors.empty() ? "optimal" : "feasible";
        if (vendors.empty()) result.gap = 0;
    }
    if (!*plan) return result;
    if (auto status = write(**plan, letters, vendors, result, context); !status) return pass(status);
    return result;
}

}  // namespace leaven::dna
