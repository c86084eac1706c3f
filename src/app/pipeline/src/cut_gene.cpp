#include <algorithm>
#include <limits>

#include <leaven/dna/fragment.hpp>

#include "build_assembly.hpp"

namespace leaven::pipeline {
namespace {

constexpr std::int64_t room = 100;  // for what stands beside a gene in a fragment: binding sites, flanks, overlaps
constexpr std::int64_t least_overlap = 20;
constexpr std::int64_t most_overlap = 40;

}  // namespace

Result<std::vector<std::int64_t>> cut_gene(const std::string& letters, const std::vector<dna::Vendor>& vendors,
                                           const dna::Ligation* ligation, const Context& context) {
    if (vendors.empty()) return std::vector<std::int64_t>();
    // Within the limits of all: a plan may still buy neighbours as one from those who make longer ones.
    std::int64_t least = 1;
    std::int64_t most = std::numeric_limits<std::int64_t>::max();
    for (const auto& vendor : vendors) {
        least = std::max(least, vendor.min);
        most = std::min(most, vendor.max);
    }
    const auto length = static_cast<std::int64_t>(letters.size());
    const dna::CutOptions options{.min = least, .max = most - room};
    if (length <= options.max || options.max < options.min) return std::vector<std::int64_t>();
    if (ligation == nullptr) {
        auto plan = dna::choose_overlaps(letters, options, least_overlap, most_overlap);
        return plan.found ? std::move(plan.cuts) : std::vector<std::int64_t>();
    }
    const dna::Inspector inspect = [&](seq::Interval at) -> Result<dna::Veto> {
        const auto offer = dna::cheapest_offer(seq::letters_at(letters, at), vendors, context);
        if (!offer) return pass(offer);
        dna::Veto veto{offer->vendor == nullptr, {}};
        if (offer->part) veto.part = {at.start + offer->part->start, at.start + offer->part->end};
        return veto;
    };
    auto plan = dna::choose_cuts_inspected(letters, *ligation, options, inspect, context);
    if (!plan) return pass(plan);
    return std::move(plan->cuts);
}

}  // namespace leaven::pipeline
