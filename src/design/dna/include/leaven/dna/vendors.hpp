// Who makes a fragment, under which rules, and for how much.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/dna/plan.hpp>
#include <leaven/dna/problem.hpp>

namespace leaven::dna {

/// A rule set of the table `synthesis_rules`, with its price.
struct Vendor {
    std::string id{};
    double price_per_base = 0;
    double price_fixed = 0;
    double days = 0;       // from order to arrival
    std::int64_t min = 0;  // length of what is ordered
    std::int64_t max = 0;
    std::vector<Rule> rules{};

    [[nodiscard]] double price(std::int64_t length) const {
        return price_fixed + price_per_base * static_cast<double>(length);
    }
};

/// Errors  bad_input  no such rule set;  not_found  the table is not on this machine
Result<std::vector<Vendor>> load_vendors(const std::vector<std::string>& ids);

/// The cheapest vendor whose rules a sequence keeps; else what each finds wrong.
struct Offer {
    const Vendor* vendor = nullptr;
    double price = 0;
    std::vector<Text> faults{};
    std::optional<seq::Interval> part{};  // whatever holds it is made by none of them
};

Result<Offer> cheapest_offer(const std::string& letters, const std::vector<Vendor>& vendors, const Context& context);

/// What these vendors offer to a plan. Requires  the vendors outlive it
Synthesis synthesis_by(const std::vector<Vendor>& vendors);

}  // namespace leaven::dna
