#include <algorithm>
#include <limits>

#include "fragment_rows.hpp"
#include "only_record.hpp"

namespace leaven::dna {
namespace {

Result<FragmentResult> fragment(const FragmentParams& given, Context& context) {
    auto parameters = given;
    if (parameters.min > parameters.max)
        return bad_input({"min {} is greater than max {}", "min {} 大于 max {}"}, parameters.min, parameters.max)
            .at("min")
            .advise({"give a range of lengths", "请给出有效的长度范围"});
    if (parameters.objective == "cost" && (parameters.rules.empty() || parameters.levels > 1))
        return bad_input({"the cost is that of rule sets, in one round of assembly",
                          "cost 目标需要给出规则集，且仅适用于单轮组装"})
            .at("objective")
            .advise({"give rules, and levels 1", "请给出 rules，并将 levels 设为 1"});
    for (auto* word : {&parameters.left_overhang, &parameters.right_overhang})
        for (auto& c : *word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const auto vendors = load_vendors(parameters.rules);
    if (!vendors) return pass(vendors);
    auto records = load_molecules({parameters.file}, {});
    if (!records) return pass(records);
    const auto record = only_record(*std::move(records), parameters.file);
    if (!record) return pass(record);
    return parameters.method == "gibson" ? fragments_by_overlaps(*record, parameters, *vendors, context)
                                         : fragments_by_golden_gate(*record, parameters, *vendors, context);
}

}  // namespace

std::string cut_out(const std::string& letters, seq::Interval at) {
    return letters.substr(static_cast<std::size_t>(at.start), static_cast<std::size_t>(at.length()));
}

Status add_offer(FragmentRow& row, const std::vector<Vendor>& vendors, const Context& context) {
    if (vendors.empty()) return {};
    auto offer = cheapest_offer(row.order_sequence, vendors, context);
    if (!offer) return pass(offer);
    if (offer->vendor != nullptr) {
        row.rules = offer->vendor->id;
        row.price = offer->price;
    }
    for (auto& fault : offer->faults) row.problems.push_back(std::move(fault));
    return {};
}

std::optional<double> cost_of(const std::vector<FragmentRow>& fragments) {
    double sum = 0;
    for (const auto& fragment : fragments) {
        if (!fragment.price) return std::nullopt;
        sum += *fragment.price;
    }
    return sum;
}

void narrow(CutOptions& options, const std::vector<Vendor>& vendors, Extra extra) {
    if (vendors.empty()) return;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    for (const auto& vendor : vendors) {
        least = std::min(least, vendor.min);
        most = std::max(most, vendor.max);
    }
    options.min = std::max(options.min, least - extra.most);
    options.max = std::min(options.max, most - extra.least);
}

std::vector<double> least_prices(const CutOptions& options, const std::vector<Vendor>& vendors, Extra extra) {
    std::vector<double> prices(static_cast<std::size_t>(std::max<std::int64_t>(options.max, 0)) + 1,
                               std::numeric_limits<double>::infinity());
    for (auto length = std::max<std::int64_t>(options.min, 0); length <= options.max; ++length)
        for (const auto& vendor : vendors) {
            if (length + extra.most < vendor.min || length + extra.least > vendor.max) continue;
            auto& price = prices[static_cast<std::size_t>(length)];
            price = std::min(price, vendor.price(std::max(length + extra.least, vendor.min)));
        }
    return prices;
}

Operation fragment_operation() {
    return make("dna fragment",
                {"Cuts a long sequence into fragments to order, cuts and overhangs chosen together and proven best",
                 "将长序列切分为可订购片段，切点与黏性末端同时优化并证明最优"},
                fragment);
}

}  // namespace leaven::dna
