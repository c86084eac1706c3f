#include <algorithm>
#include <map>

#include <leaven/seq/pattern.hpp>

#include "fragment_rows.hpp"
#include "order_sequence.hpp"

namespace leaven::dna {
namespace {

Result<std::vector<Joint>> fixed_joints(const FragmentParams& parameters) {
    std::vector<Joint> joints;
    for (const auto& [word, field] : {std::pair(parameters.left_overhang, "left_overhang"),
                                      std::pair(parameters.right_overhang, "right_overhang")}) {
        if (word.empty()) continue;
        const auto joint = joint_of(word);
        if (!joint)
            return bad_input({"\"{}\" is not an overhang of four bases", "“{}”不是四碱基黏性末端"}, word)
                .at(field)
                .advise({"give four letters of A C G T", "请给出 A C G T 组成的四个字母"});
        if (std::find(joints.begin(), joints.end(), *joint) != joints.end())
            return bad_input({"both ends of the vector have one joint: it would close on itself",
                              "载体两端属同一接头：载体会自身环化"})
                .at(field)
                .advise({"give two overhangs that differ", "请给出两个不同的黏性末端"});
        joints.push_back(*joint);
    }
    return joints;
}

/// The enzyme asked for and, for the rounds between, another one. Errors  bad_input  no Type IIS enzyme of four bases
Result<std::vector<seq::Enzyme>> enzymes_of(const FragmentParams& parameters) {
    const std::string other = parameters.enzyme == "BsaI" ? "BsmBI" : "BsaI";
    std::vector<seq::Enzyme> enzymes;
    for (const auto& name : {parameters.enzyme, other}) {
        auto found = enzymes_named({name});
        if (!found) return pass(found);
        const auto& enzyme = found->front();
        const auto size = static_cast<std::int64_t>(enzyme.site.size());
        const bool fits =
            enzyme.cuts.size() == 1 && enzyme.cuts[0].top >= size && enzyme.cuts[0].bottom == enzyme.cuts[0].top + 4;
        if (!fits)
            return bad_input({"{} does not leave 5' overhangs of four bases beyond its site",
                              "{} 不在识别位点外产生四碱基 5' 黏性末端"},
                             enzyme.name)
                .at("enzyme")
                .advise({"use BsaI, BsmBI, BbsI or the like", "请使用 BsaI、BsmBI、BbsI 等"});
        enzymes.push_back(enzyme);
        if (parameters.levels == 1) break;
    }
    return enzymes;
}

/// A plan of Golden Gate as the search sees it: orders, offers, rows.
class GoldenGate {
public:
    GoldenGate(const seq::Record& record, const FragmentParams& parameters, std::vector<seq::Enzyme> enzymes,
               const std::vector<Vendor>& vendors, const Context& context)
        : letters_(record.sequence.letters),
          parameters_(parameters),
          enzymes_(enzymes),
          flanks_(std::move(enzymes), parameters.left_overhang, parameters.right_overhang),
          vendors_(vendors),
          context_(context) {}

    [[nodiscard]] Extra extra() const {
        const auto size = [](const std::string& one, const std::string& other) {
            return static_cast<std::int64_t>(one.size() + other.size());
        };
        const auto inner = size(flanks_.before(1, false), flanks_.after(1, false));
        const auto outer = size(flanks_.before(1, true), flanks_.after(1, true));
        return {std::min(inner, outer), std::max(inner, outer)};
    }

    /// What a fragment costs in one round, or why nobody makes it.
    Result<Quote> quote(seq::Interval at) const {
        if (const auto known = quotes_.find(at); known != quotes_.end()) return known->second;
        const auto before = flanks_.before(1, at.start == 0);
        const auto order = before + cut_out(letters_, at) + flanks_.after(1, at.end == length());
        const auto offer = cheapest_offer(order, vendors_, context_);
        if (!offer) return pass(offer);
        Quote quote{.price = offer->price, .veto = {offer->vendor == nullptr, {}}};
        const auto moved = at.start - static_cast<std::int64_t>(before.size());
        if (offer->part) quote.veto.part = {offer->part->start + moved, offer->part->end + moved};
        quotes_[at] = quote;
        return quote;
    }

    /// Rows of the fragments between junctions that stand in order of position.
    Status write(FragmentResult& result) const {
        std::int64_t start = 0;
        auto level = parameters_.levels;
        for (const auto& junction : result.junctions) {
            if (auto status = add({start, junction.position + 4}, level, junction.level, result); !status)
                return status;
            start = junction.position;
            level = junction.level;
        }
        return add({start, length()}, level, parameters_.levels, result);
    }

private:
    [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(letters_.size()); }

    Result<std::size_t> count_sites(const std::string& letters, const seq::Enzyme& enzyme) const {
        const auto found =
            seq::find_word({letters, {}, seq::Alphabet::dna}, seq::Topology::linear, enzyme.site, {}, context_);
        if (!found) return pass(found);
        return found->size();
    }

    Status add_sites(FragmentRow& row, const std::string& before, const std::string& after) const {
        for (const auto& enzyme : enzymes_) {
            const auto all = count_sites(row.order_sequence, enzyme);
            const auto left = count_sites(before, enzyme);
            const auto right = count_sites(after, enzyme);
            for (const auto* count : {&all, &left, &right})
                if (!*count) return pass(*count);
            const auto more = *all - *left - *right;
            if (more == 1)
                row.problems.push_back(
                    text({"a site of {} besides those of the ends", "除两端外另有 1 个 {} 位点"}, enzyme.name));
            if (more > 1)
                row.problems.push_back(text({"{} sites of {} besides those of the ends", "除两端外另有 {} 个 {} 位点"},
                                            more, enzyme.name));
        }
        return {};
    }

    Status add(seq::Interval at, std::int64_t level_before, std::int64_t level_after, FragmentResult& result) const {
        FragmentRow row{.index = static_cast<std::int64_t>(result.fragments.size()) + 1,
                        .start = at.start,
                        .end = at.end,
                        .sequence = cut_out(letters_, at)};
        const auto before = flanks_.before(level_before, at.start == 0);
        const auto after = flanks_.after(level_after, at.end == length());
        row.order_sequence = before + row.sequence + after;
        if (auto status = add_sites(row, before, after); !status) return status;
        if (auto status = add_offer(row, vendors_, context_); !status) return status;
        result.fragments.push_back(std::move(row));
        return {};
    }

    const std::string& letters_;
    const FragmentParams& parameters_;
    std::vector<seq::Enzyme> enzymes_;
    OrderFlanks flanks_;
    const std::vector<Vendor>& vendors_;
    const Context& context_;
    mutable std::map<seq::Interval, Quote> quotes_{};  // most fragments of one round are those of the last
};

void add_junction(FragmentResult& result, const std::string& letters, std::int64_t cut, std::int64_t level) {
    result.junctions.push_back({cut, cut_out(letters, {cut, cut + 4}), level});
}

Status plan_for_fidelity(const std::string& letters, const Ligation& ligation, const CutOptions& options,
                         std::int64_t levels, const Inspector& inspect, FragmentResult& result,
                         const Context& context) {
    const auto plan = choose_cuts_in_levels(letters, ligation, options, levels, inspect, context);
    if (!plan) return pass(plan);
    result.status = name_of(plan->proof);
    if (!result.solved()) return {};
    result.fidelity = plan->fidelity;
    result.bound = plan->bound;
    result.gap = plan->proof == Proof::optimal ? 0 : (plan->bound - plan->fidelity) / std::max(plan->bound, 1e-12);
    for (const auto& block : plan->blocks)
        for (const auto cut : block.plan.cuts) add_junction(result, letters, cut, block.level);
    std::sort(result.junctions.begin(), result.junctions.end(),
              [](const JunctionRow& a, const JunctionRow& b) { return a.position < b.position; });
    return {};
}

Status plan_for_cost(const std::string& letters, const Ligation& ligation, const CutOptions& options,
                     const std::vector<double>& prices, const Quoter& quote, FragmentResult& result,
                     const Context& context) {
    const auto plan = cheapest_cuts(overhang_sites(letters), prices, options, quote, context);
    if (!plan) return pass(plan);
    result.status = name_of(plan->proof);
    if (!result.solved()) return {};
    result.bound = plan->bound;
    result.gap = plan->proof == Proof::optimal ? 0 : (plan->cost - plan->bound) / std::max(plan->cost, 1e-12);
    auto joints = options.fixed;
    for (const auto cut : plan->cuts) {
        add_junction(result, letters, cut, 1);
        joints.push_back(*joint_of(result.junctions.back().overhang));
    }
    result.fidelity = ligation.fidelity(joints);
    return {};
}

}  // namespace

Result<FragmentResult> fragments_by_golden_gate(const seq::Record& record, const FragmentParams& parameters,
                                                const std::vector<Vendor>& vendors, const Context& context) {
    const auto fixed = fixed_joints(parameters);
    if (!fixed) return pass(fixed);
    if (parameters.levels > 1 && fixed->size() < 2)
        return bad_input({"rounds of assembly need the overhangs of the vector", "多轮组装需要给出载体的黏性末端"})
            .at("left_overhang")
            .advise({"give left_overhang and right_overhang", "请给出 left_overhang 与 right_overhang"});
    const auto enzymes = enzymes_of(parameters);
    if (!enzymes) return pass(enzymes);
    const auto ligation = Ligation::load(parameters.matrix);
    if (!ligation) return pass(ligation);
    const GoldenGate plan(record, parameters, *enzymes, vendors, context);
    CutOptions options{.min = parameters.min, .max = parameters.max, .count = parameters.count, .fixed = *fixed};
    narrow(options, vendors, plan.extra());
    const Quoter quote = [&plan](seq::Interval at) { return plan.quote(at); };
    const Inspector inspect = [&plan](seq::Interval at) -> Result<Veto> {
        const auto quoted = plan.quote(at);
        if (!quoted) return pass(quoted);
        return quoted->veto;
    };
    FragmentResult result;
    const auto& letters = record.sequence.letters;
    const auto status = parameters.objective == "cost"
                            ? plan_for_cost(letters, *ligation, options, least_prices(options, vendors, plan.extra()),
                                            quote, result, context)
                            : plan_for_fidelity(letters, *ligation, options, parameters.levels,
                                                vendors.empty() ? Inspector() : inspect, result, context);
    if (!status) return pass(status);
    if (!result.solved()) return result;
    if (auto written = plan.write(result); !written) return pass(written);
    if (!vendors.empty()) result.cost = cost_of(result.fragments);
    return result;
}

}  // namespace leaven::dna
