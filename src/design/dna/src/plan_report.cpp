#include "plan_report.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace leaven::dna {
namespace {

/// The parts one after the other, with their features; a part without any is one itself.
seq::Record construct_of(const PlanTarget& target, std::span<const seq::Record> parts) {
    std::vector<seq::Record> inputs;
    Product product;
    for (const auto part : target.parts) {
        auto record = parts[part];
        if (record.features.empty()) {
            seq::Feature whole{.type = "misc_feature"};
            whole.location.span = {0, record.length};
            whole.qualifiers.push_back({"label", record.name});
            record.features.push_back(std::move(whole));
        }
        product.parts.push_back({.input = inputs.size(), .at = {0, record.length}, .piece = inputs.size()});
        product.letters += record.sequence.letters;
        inputs.push_back(std::move(record));
    }
    return ProductRecords(inputs).record_of(product, target.name);
}

class Report {
public:
    Report(const std::vector<PlanLayout>& layouts, const std::vector<PlanItem>& items,
           std::span<const seq::Record> parts)
        : layouts_(layouts), items_(items), parts_(parts) {}

    void add(const PlanChoice::Trip& trip, const TripCheck& check, const PlanTarget& target) {
        const auto& layout = layouts_[trip.layout];
        PlannedConstruct construct{.name = target.name,
                                   .method = layout.method,
                                   .enzyme = layout.enzyme ? layout.enzyme->name : std::string(),
                                   .verified = check.verified,
                                   .fidelity = check.fidelity,
                                   .record = construct_of(target, parts_)};
        for (const auto& taken : trip.pieces) {
            const auto& arc = layout.arcs[taken.arc];
            construct.pieces.push_back(piece(arc, arc.ways[taken.way]));
            place_piece(layout, arc, construct);
        }
        std::int64_t start = 0;
        for (const auto part : target.parts) {
            construct.parts.push_back({parts_[part].name, {start, start + parts_[part].length}});
            start += parts_[part].length;
        }
        auto inputs = construct.pieces;
        if (layout.enzyme) inputs.push_back(layout.enzyme->name);
        const auto mixture = target.name + "_assembly";
        step("assemble", std::move(inputs), mixture);
        step("transform", {mixture}, target.name);
        plan_.constructs.push_back(std::move(construct));
    }

    Plan finish() {
        for (const auto* kind : {"use", "synthesise", "anneal", "pcr", "digest", "assemble", "transform"}) {
            std::size_t number = 0;
            for (auto& one : steps_)
                if (one.kind == kind) {
                    one.id = fmt::format("{}_{}", kind, ++number);
                    plan_.steps.push_back(std::move(one));
                }
        }
        for (const auto& oligo : plan_.oligos) plan_.cost += oligo.price;
        for (const auto& fragment : plan_.fragments) plan_.cost += fragment.offer.price;
        plan_.days = ready_ + assembly_days + transformation_days;
        return std::move(plan_);
    }

private:
    /// Where the last piece lies, and the joint behind it.
    static void place_piece(const PlanLayout& layout, const PlanArc& arc, PlannedConstruct& construct) {
        const auto length = construct.record.length;
        const auto turned = [&](seq::Interval at) {
            const auto start = (at.start % length + length) % length;
            return seq::Interval{start, start + at.length()};
        };
        const auto& from = layout.nodes[arc.from];
        const auto& to = layout.nodes[arc.to];
        const auto end = to.window.end + (to.joint <= from.joint ? length : 0);
        construct.stretches.push_back({construct.pieces.back(), turned({from.window.start, end})});
        construct.piece_lengths.push_back(static_cast<std::int64_t>(arc.letters.size()));
        construct.joints.push_back({to.letters, turned(to.window)});
    }

    void step(const char* kind, std::vector<std::string> inputs, std::string output) {
        steps_.push_back({"", kind, std::move(inputs), {std::move(output)}});
    }

    /// The name, with a number where it is taken.
    std::string fresh(const std::string& name) {
        auto free = name;
        for (std::size_t number = 2; !names_.insert(free).second; ++number) free = fmt::format("{}_{}", name, number);
        return free;
    }

    std::string order(std::size_t item, const std::string& name) {
        if (const auto known = ordered_.find(item); known != ordered_.end()) return known->second;
        const auto& one = items_[item];
        const auto fresh_name = fresh(name);
        if (one.offer)
            plan_.fragments.push_back({fresh_name, one.letters, *one.offer});
        else
            plan_.oligos.push_back({fresh_name, one.letters, one.price});
        return ordered_[item] = fresh_name;
    }

    void use(std::size_t part) {
        if (!used_.insert(part).second) return;
        step("use", {}, parts_[part].name);
    }

    std::string piece(const PlanArc& arc, const PlanWay& way) {
        const std::pair key(arc.letters, way.items);
        if (const auto known = pieces_.find(key); known != pieces_.end()) return known->second;
        auto run = parts_[arc.parts.front()].name;
        if (arc.parts.size() > 1) run += "-" + parts_[arc.parts.back()].name;
        auto name = fresh("piece_" + run);
        pieces_[key] = name;
        ready_ = std::max(ready_, way.ready_days);
        if (way.kind == PlanWay::Kind::synthesise) {
            step("synthesise", {order(way.items[0], run + "_fragment")}, name);
        } else if (way.kind == PlanWay::Kind::anneal) {
            const auto top = order(way.items[0], run + "_top");
            step("anneal", {top, order(way.items[1], run + "_bottom")}, name);
        } else {
            const auto& source = parts_[way.part];
            use(way.part);
            const auto forward = order(way.items[0], source.name + "_F");
            const auto reverse = order(way.items[1], source.name + "_R");
            const auto raw = source.circular() ? name + "_raw" : name;
            step("pcr", {source.name, forward, reverse}, raw);
            // The plasmid itself would grow after transformation, too.
            if (source.circular()) step("digest", {raw, "DpnI"}, name);
        }
        return name;
    }

    const std::vector<PlanLayout>& layouts_;
    const std::vector<PlanItem>& items_;
    std::span<const seq::Record> parts_;
    Plan plan_{};
    std::vector<PlannedStep> steps_{};
    std::set<std::string> names_{};
    std::map<std::size_t, std::string> ordered_{};
    std::map<std::pair<std::string, std::vector<std::size_t>>, std::string> pieces_{};
    std::set<std::size_t> used_{};
    double ready_ = 0;
};

}  // namespace

Plan plan_of(const PlanChoice& choice, const std::vector<TripCheck>& checks, const std::vector<PlanLayout>& layouts,
             const std::vector<PlanItem>& items, std::span<const seq::Record> parts,
             std::span<const PlanTarget> targets) {
    Report report(layouts, items, parts);
    for (std::size_t i = 0; i < targets.size(); ++i) report.add(choice.trips[i], checks[i], targets[i]);
    return report.finish();
}

}  // namespace leaven::dna
