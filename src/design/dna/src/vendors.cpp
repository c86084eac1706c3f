#include <algorithm>

#include <leaven/core/file.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/dna/evaluate.hpp>
#include <leaven/dna/vendors.hpp>
#include <leaven/op/json.hpp>

namespace leaven::dna {
namespace {

using seq::Interval;

/// The shortest stretch that holds two windows whose shares of G and C differ by more than the rule allows.
std::optional<Interval> shortest_spread(const std::string& letters, const GcSpread& rule) {
    const auto count = static_cast<std::int64_t>(letters.size()) - rule.window + 1;
    std::vector<std::int64_t> strong;  // of the window that begins at each place
    std::int64_t sum = 0;
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(letters.size()); ++i) {
        const auto is_strong = [&](std::int64_t at) {
            return (seq::bases_of(letters[static_cast<std::size_t>(at)]) & ~6U) == 0 ? 1 : 0;  // C, G or S
        };
        sum += is_strong(i) - (i >= rule.window ? is_strong(i - rule.window) : 0);
        if (i + 1 >= rule.window) strong.push_back(sum);
    }
    std::optional<Interval> best;
    for (std::int64_t i = 0; i < count; ++i)
        for (auto j = i + 1; j < count && (!best || j - i + rule.window < best->length()); ++j) {
            const auto apart = std::abs(strong[static_cast<std::size_t>(i)] - strong[static_cast<std::size_t>(j)]);
            if (static_cast<double>(apart) > rule.max * static_cast<double>(rule.window) + 1e-9)
                best = {i, j + rule.window};
        }
    return best;
}

/// A part of the letters that alone breaks the rule, where there is one: a window, a run, a pair of copies.
std::optional<Interval> part_at_fault(const Rule& rule, const Violation& violation, const std::string& letters) {
    if (const auto* gc = std::get_if<GcRange>(&rule))
        return gc->window > 0 ? std::optional(violation.at) : std::nullopt;
    if (std::holds_alternative<Homopolymer>(rule) || std::holds_alternative<Avoid>(rule) ||
        std::holds_alternative<Hairpin>(rule))
        return violation.at;
    if (const auto* spread = std::get_if<GcSpread>(&rule)) return shortest_spread(letters, *spread);
    if (const auto* repeat = std::get_if<Repeat>(&rule)) {
        const auto word = letters.substr(static_cast<std::size_t>(violation.at.start),
                                         static_cast<std::size_t>(std::min(repeat->k, violation.at.length())));
        const auto first =
            violation.strand == seq::Strand::forward ? letters.find(word) : letters.find(seq::reverse_complement(word));
        if (first != std::string::npos && static_cast<std::int64_t>(first) <= violation.at.start)
            return Interval{static_cast<std::int64_t>(first),
                            violation.at.start + static_cast<std::int64_t>(word.size())};
    }
    return std::nullopt;
}

struct Judgement {
    std::vector<Text> faults{};
    std::optional<Interval> part{};
};

Result<Judgement> judge(const std::string& letters, const Vendor& vendor, const Context& context) {
    Problem problem;
    problem.start = letters;
    problem.length = static_cast<std::int64_t>(letters.size());
    Place whole;
    whole.pieces.push_back({{0, problem.length}, seq::Strand::forward, {}});
    for (const auto& rule : vendor.rules) problem.constraints.push_back({vendor.id, "rules", whole, {rule}});
    const auto evaluation = evaluate(problem, letters, context);
    if (!evaluation) return pass(evaluation);
    Judgement judgement;
    for (std::size_t i = 0; i < evaluation->constraints.size(); ++i)
        for (const auto& violation : evaluation->constraints[i].violations) {
            judgement.faults.push_back(text({"{}: {}", "{}：{}"}, vendor.id, violation.message.en));
            judgement.faults.back().zh = fmt::format("{}：{}", vendor.id, violation.message.zh);
            const auto part = part_at_fault(vendor.rules[i], violation, letters);
            if (part && (!judgement.part || part->length() < judgement.part->length())) judgement.part = part;
        }
    return judgement;
}

}  // namespace

Result<std::vector<Vendor>> load_vendors(const std::vector<std::string>& ids) {
    std::vector<Vendor> vendors;
    if (ids.empty()) return vendors;
    const auto path = data::resolve("synthesis_rules");
    if (!path) return pass(path);
    const auto bytes = read_file(*path, 1U << 24U);
    if (!bytes) return pass(bytes);
    const auto json = parse_json_or_nothing(*bytes);
    for (const auto& id : ids) {
        auto rules = load_synthesis_rules(id, "rules");  // says what is wrong with the table, or the name
        if (!rules) return pass(rules);
        Vendor vendor{.id = id, .max = std::int64_t{1} << 40, .rules = *std::move(rules)};
        for (const auto& rule : vendor.rules)
            if (const auto* length = std::get_if<Length>(&rule)) vendor.min = length->min, vendor.max = length->max;
        for (const auto& entry : json["rules"]) {
            if (entry["id"] != id) continue;
            vendor.price_per_base = entry.value("price_per_bp", 0.0);
            vendor.price_fixed = entry.value("price_fixed", 0.0);
            vendor.days = entry.value("days", 0.0);
        }
        vendors.push_back(std::move(vendor));
    }
    return vendors;
}

Result<Offer> cheapest_offer(const std::string& letters, const std::vector<Vendor>& vendors, const Context& context) {
    Offer offer;
    std::optional<Interval> hull;
    bool every_part = true;
    for (const auto& vendor : vendors) {
        const auto price = vendor.price(static_cast<std::int64_t>(letters.size()));
        if (offer.vendor != nullptr && price >= offer.price) continue;
        const auto judgement = judge(letters, vendor, context);
        if (!judgement) return pass(judgement);
        if (judgement->faults.empty()) {
            offer.vendor = &vendor;
            offer.price = price;
            continue;
        }
        for (const auto& fault : judgement->faults) offer.faults.push_back(fault);
        every_part = every_part && judgement->part;
        if (!judgement->part) continue;
        hull = hull ? Interval{std::min(hull->start, judgement->part->start), std::max(hull->end, judgement->part->end)}
                    : *judgement->part;
    }
    if (offer.vendor != nullptr)
        offer.faults.clear();
    else if (every_part)
        offer.part = hull;
    return offer;
}

Synthesis synthesis_by(const std::vector<Vendor>& vendors) {
    if (vendors.empty()) return {};
    return {.offers =
                [&vendors](std::int64_t length) {
                    std::vector<SynthesisOffer> offers;
                    for (const auto& vendor : vendors)
                        if (length >= vendor.min && length <= vendor.max)
                            offers.push_back({vendor.id, vendor.price(length), vendor.days});
                    return offers;
                },
            .keeps = [&vendors](const std::string& letters, const std::string& rules,
                                const Context& context) -> Result<SynthesisVerdict> {
                std::vector<Vendor> one;
                for (const auto& vendor : vendors)
                    if (vendor.id == rules) one.push_back(vendor);
                const auto offer = cheapest_offer(letters, one, context);
                if (!offer) return pass(offer);
                SynthesisVerdict verdict{offer->vendor != nullptr, {}};
                if (offer->part)
                    verdict.culprit = letters.substr(static_cast<std::size_t>(offer->part->start),
                                                     static_cast<std::size_t>(offer->part->length()));
                return verdict;
            }};
}

}  // namespace leaven::dna
