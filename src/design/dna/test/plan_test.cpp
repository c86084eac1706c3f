#include <algorithm>
#include <map>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/dna/pcr.hpp>
#include <leaven/dna/plan.hpp>

#include "cloning_samples.hpp"
#include "plan_program.hpp"

namespace leaven::dna {
namespace {

using testing::molecule;
using testing::other_strand;

/// Letters without a pattern, other ones for each seed.
std::string plain_letters(std::size_t size, std::uint32_t state) {
    std::string letters;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1664525U + 1013904223U;
        letters += "ACGT"[state >> 30U];
    }
    return letters;
}

/// One vendor: 300 to 1,800 bases at 0.07, six days; it refuses runs of nine.
Synthesis one_vendor() {
    return {.offers =
                [](std::int64_t length) {
                    std::vector<SynthesisOffer> offers;
                    if (length >= 300 && length <= 1'800)
                        offers.push_back({"vendor", 0.07 * static_cast<double>(length), 6});
                    return offers;
                },
            .keeps = [](const std::string& letters, const std::string&, const Context&) -> Result<SynthesisVerdict> {
                const std::string run = "GGGGGGGGG";
                const bool kept = letters.find(run) == std::string::npos;
                return SynthesisVerdict{kept, kept ? std::string() : run};
            }};
}

struct Shelf {
    std::vector<seq::Record> parts{};
    std::vector<std::string> names{};

    void add(const std::string& name, const std::string& letters, bool circular = false) {
        parts.push_back(molecule(letters, circular, name));
        names.push_back(name);
    }
    [[nodiscard]] std::vector<PlanTarget> targets(const std::string& text) const {
        const auto read = read_targets(text, names);
        EXPECT_TRUE(read.has_value());
        return read ? *read : std::vector<PlanTarget>();
    }
    [[nodiscard]] std::string circle(const PlanTarget& target) const {
        std::string letters;
        for (const auto part : target.parts) letters += parts[part].sequence.letters;
        return letters;
    }
};

PlanOptions usual() { return {.enzymes = {testing::enzyme_by_hand("BsaI")}, .synthesis = one_vendor()}; }

/// Everything made again from the order list and the steps alone, with nothing else known of the plan.
void expect_steps_make(const Plan& plan, const Shelf& shelf, const std::vector<PlanTarget>& targets) {
    std::map<std::string, seq::Record> tubes;
    std::map<std::string, std::string> oligos;
    double cost = 0;
    for (const auto& oligo : plan.oligos) oligos[oligo.name] = oligo.letters, cost += oligo.price;
    for (const auto& fragment : plan.fragments)
        tubes[fragment.name] = molecule(fragment.letters, false, fragment.name), cost += fragment.offer.price;
    EXPECT_NEAR(plan.cost, cost, 1e-9);
    std::map<std::string, const PlannedConstruct*> by_name;
    for (const auto& construct : plan.constructs) by_name[construct.name] = &construct;
    for (const auto& step : plan.steps) {
        ASSERT_EQ(step.outputs.size(), 1U);
        const auto& output = step.outputs.front();
        for (const auto& input : step.inputs)  // nothing comes from nowhere
            EXPECT_TRUE(tubes.contains(input) || oligos.contains(input) || input == "DpnI" || input == "BsaI") << input;
        if (step.kind == "use") {
            const auto part = std::find(shelf.names.begin(), shelf.names.end(), output);
            ASSERT_NE(part, shelf.names.end());
            tubes[output] = shelf.parts[static_cast<std::size_t>(part - shelf.names.begin())];
        } else if (step.kind == "synthesise" || step.kind == "digest" || step.kind == "transform") {
            tubes[output] = tubes.at(step.inputs.front());
        } else if (step.kind == "anneal") {
            EXPECT_EQ(oligos.at(step.inputs[0]), other_strand(oligos.at(step.inputs[1])));
            tubes[output] = molecule(oligos.at(step.inputs[0]), false, output);
        } else if (step.kind == "pcr") {
            const std::vector<Primer> primers{{"f", oligos.at(step.inputs[1])}, {"r", oligos.at(step.inputs[2])}};
            const auto made = amplify(tubes.at(step.inputs[0]), primers, {}, Context());
            ASSERT_TRUE(made.has_value());
            ASSERT_EQ(made->products.size(), 1U);
            tubes[output] = molecule(made->products.front().letters, false, output);
        } else {
            const auto* construct = by_name.at(output.substr(0, output.size() - std::string("_assembly").size()));
            std::vector<seq::Record> pieces;
            for (const auto& input : step.inputs)
                if (input != "BsaI") pieces.push_back(tubes.at(input));
            AssemblyOptions options{.method = construct->method};
            if (construct->method == Method::golden_gate) options.enzymes = {testing::enzyme_by_hand("BsaI")};
            const auto made = assemble(pieces, options, Context());
            ASSERT_TRUE(made.has_value());
            std::vector<std::string> of_all;
            for (const auto& product : made->products)
                if (product.parts.size() == pieces.size()) of_all.push_back(product.canonical);
            ASSERT_EQ(of_all.size(), 1U) << construct->name;
            tubes[output] = molecule(of_all.front(), true, output);
        }
    }
    ASSERT_EQ(plan.constructs.size(), targets.size());
    for (const auto& target : targets) {
        ASSERT_TRUE(tubes.contains(target.name));
        EXPECT_TRUE(by_name.at(target.name)->verified);
        EXPECT_EQ(tubes.at(target.name).sequence.letters, testing::canonical(shelf.circle(target), true));
        EXPECT_EQ(by_name.at(target.name)->record.sequence.letters, shelf.circle(target));
    }
}

/// Three genes, each with promoter, ribosome binding site and terminator; four promoters for the first.
Shelf pathway() {
    Shelf shelf;
    std::uint32_t seed = 7;
    for (const auto* name : {"pA", "pB", "pC", "pD", "p2", "p3"}) shelf.add(name, plain_letters(46, seed += 1000));
    for (const auto* name : {"r1", "r2", "r3"}) shelf.add(name, plain_letters(22, seed += 1000));
    for (const auto* name : {"g1", "g2", "g3"}) shelf.add(name, plain_letters(600, seed += 1000));
    for (const auto* name : {"t1", "t2", "t3"}) shelf.add(name, plain_letters(60, seed += 1000));
    shelf.add("vector", plain_letters(2'000, seed += 1000), true);
    return shelf;
}

constexpr const char* three_genes = "pA,pB,pC,pD;r1;g1;t1;p2;r2;g2;t2;p3;r3;g3;t3;vector";

TEST(Plan, three_genes_with_four_promoters_are_built_from_what_is_ordered) {
    const auto shelf = pathway();
    const auto targets = shelf.targets(three_genes);
    ASSERT_EQ(targets.size(), 4U);
    const auto plan = plan_constructs(shelf.parts, targets, usual(), Context());
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(name_of(plan->proof), "optimal");
    EXPECT_EQ(plan->gap, 0);
    expect_steps_make(*plan, shelf, targets);
    // What lies away from the promoters is made once: fewer pieces than four plans would have.
    std::size_t pieces = 0;
    for (const auto& construct : plan->constructs) pieces += construct.pieces.size();
    std::size_t made = 0;
    for (const auto& step : plan->steps)
        made += step.kind == "pcr" || step.kind == "synthesise" || step.kind == "anneal" ? 1U : 0U;
    EXPECT_LE(made, pieces - 3 * (plan->constructs.front().pieces.size() - 1) + 3);
}

TEST(Plan, together_constructs_cost_no_more_than_each_for_itself_and_more_methods_never_cost_more) {
    const auto shelf = pathway();
    const auto targets = shelf.targets("pA,pB;r1;g1;t1;vector");
    const auto cost = [&](std::span<const PlanTarget> some, std::vector<Method> methods) {
        auto options = usual();
        options.methods = std::move(methods);
        const auto plan = plan_constructs(shelf.parts, some, options, Context());
        EXPECT_TRUE(plan.has_value());
        EXPECT_EQ(name_of(plan->proof), "optimal");
        return plan->cost;
    };
    const auto all = std::span<const PlanTarget>(targets);
    const std::vector<Method> both{Method::golden_gate, Method::gibson};
    EXPECT_LT(cost(all, both), cost(all.subspan(0, 1), both) + cost(all.subspan(1, 1), both));
    EXPECT_LE(cost(all, both), cost(all, {Method::golden_gate}) + 1e-9);
    EXPECT_LE(cost(all, both), cost(all, {Method::gibson}) + 1e-9);
}

TEST(Plan, a_fast_plan_takes_no_longer_and_a_cheap_one_costs_no_more) {
    auto shelf = pathway();
    const auto targets = shelf.targets("pA;r1;g1;t1;vector");
    auto options = usual();
    const auto cheap = plan_constructs(shelf.parts, targets, options, Context());
    options.fast = true;
    const auto fast = plan_constructs(shelf.parts, targets, options, Context());
    ASSERT_TRUE(cheap.has_value() && fast.has_value());
    EXPECT_LE(fast->days, cheap->days);
    EXPECT_LE(cheap->cost, fast->cost + 1e-9);
    EXPECT_EQ(fast->bound, fast->days);
    expect_steps_make(*fast, shelf, targets);
}

TEST(Plan, a_missing_part_is_synthesised_and_a_vendor_that_refuses_it_leaves_no_plan) {
    auto shelf = pathway();
    auto options = usual();
    options.missing = {9};  // g1
    const auto targets = shelf.targets("g1;vector");
    const auto plan = plan_constructs(shelf.parts, targets, options, Context());
    ASSERT_TRUE(plan.has_value());
    EXPECT_EQ(plan->fragments.size(), 1U);
    expect_steps_make(*plan, shelf, targets);
    shelf.parts[9].set_sequence({plain_letters(300, 5) + "GGGGGGGGG" + plain_letters(300, 6), {}, seq::Alphabet::dna});
    const auto none = plan_constructs(shelf.parts, targets, options, Context());
    ASSERT_TRUE(none.has_value());
    EXPECT_EQ(name_of(none->proof), "infeasible");
    EXPECT_FALSE(none->problems.empty());
}

TEST(Plan, targets_are_all_combinations) {
    const std::vector<std::string> names{"A", "B", "C", "D", "E"};
    const auto targets = read_targets("A,B;C;D,E", names);
    ASSERT_TRUE(targets.has_value());
    std::string list;
    for (const auto& target : *targets) {
        list += target.name + ":";
        for (const auto part : target.parts) list += names[part];
        list += " ";
    }
    EXPECT_EQ(list, "construct_A_D:ACD construct_A_E:ACE construct_B_D:BCD construct_B_E:BCE ");
    EXPECT_EQ(read_targets("x=A;B\ny = C ; D", names)->back().name, "y");
    EXPECT_EQ(read_targets("A;B|A;C", names)->back().name, "construct.2");
    EXPECT_EQ(read_targets("A=B;C", names)->front().name, "A.2");
    for (const auto* wrong : {"", "A;;B", "A,;B", ";"})
        EXPECT_EQ(read_targets(wrong, names).error().code, ErrorCode::bad_input) << wrong;
    EXPECT_EQ(read_targets("A;F", names).error().code, ErrorCode::not_found);
}

struct RoundTrip {
    std::set<std::size_t> items{};
    std::vector<std::size_t> nodes{};
};

double price_of(const std::set<std::size_t>& items, const PlanWorkshop& workshop) {
    double price = 0;
    for (const auto item : items) price += workshop.items()[item].price;
    return price;
}

/// Every round trip of a layout, with a way for each piece: what the program chooses among.
std::vector<RoundTrip> all_trips(const PlanLayout& layout) {
    std::vector<RoundTrip> trips;
    struct Walk {
        std::size_t first;
        std::size_t node;
        std::vector<std::size_t> nodes;
        std::set<std::size_t> items;
        std::int64_t pieces;
    };
    std::vector<Walk> open;
    const auto extend = [&](const Walk& walk, const PlanArc& arc) {
        for (const auto& way : arc.ways) {
            auto longer = walk;
            longer.items.insert(way.items.begin(), way.items.end());
            longer.node = arc.to;
            longer.nodes.push_back(arc.to);
            ++longer.pieces;
            if (longer.pieces <= layout.most_pieces) open.push_back(std::move(longer));
        }
    };
    for (const auto& arc : layout.arcs)
        if (arc.over_start) extend({arc.from, arc.from, {}, {}, 0}, arc);
    while (!open.empty()) {
        const auto walk = open.back();
        open.pop_back();
        if (walk.node == walk.first) {
            std::set<std::string> words;
            bool alike = false;
            for (const auto node : walk.nodes) {
                const auto& letters = layout.nodes[node].letters;
                std::set<std::string> own;
                for (std::size_t i = 0; i + 20 <= letters.size(); ++i)
                    own.insert(std::min(letters.substr(i, 20), other_strand(letters.substr(i, 20))));
                if (layout.method == Method::golden_gate) own = {std::min(letters, other_strand(letters))};
                for (const auto& word : own) alike |= !words.insert(word).second;
            }
            if (!alike) trips.push_back({walk.items, walk.nodes});
            continue;
        }
        for (const auto& arc : layout.arcs)
            if (!arc.over_start && arc.from == walk.node) extend(walk, arc);
    }
    return trips;
}

TEST(Plan, the_program_finds_the_cheapest_of_all_combinations_of_trips) {
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        Shelf shelf;
        for (const auto* name : {"A", "B", "C", "V"})
            shelf.add(name, plain_letters(name[0] == 'C' ? 30 : 120, seed * 77 + static_cast<std::uint32_t>(name[0])));
        const auto targets = shelf.targets("A,B;C;V");
        PlanOptions options = usual();
        options.synthesis = {};
        const Context context;
        PlanWorkshop workshop(shelf.parts, options, context);
        std::vector<PlanLayout> layouts;
        std::vector<std::vector<RoundTrip>> trips(targets.size());
        for (std::size_t i = 0; i < targets.size(); ++i)
            for (const auto method : options.methods) {
                Text problem;
                auto layout = workshop.lay_out(targets[i], method, problem);
                ASSERT_TRUE(layout.has_value());
                if (!*layout) continue;
                (*layout)->target = i;
                for (auto& trip : all_trips(**layout)) trips[i].push_back(std::move(trip));
                layouts.push_back(**std::move(layout));
            }
        double best = std::numeric_limits<double>::infinity();
        for (const auto& one : trips[0])
            for (const auto& other : trips[1]) {
                auto items = one.items;
                items.insert(other.items.begin(), other.items.end());
                best = std::min(best, price_of(items, workshop));
            }
        PlanProgram program(layouts, workshop.items(), options);
        const auto choice = program.solve({0, 1}, std::numeric_limits<double>::infinity(), context);
        ASSERT_TRUE(choice.has_value());
        EXPECT_EQ(name_of(choice->proof), "optimal");
        EXPECT_NEAR(choice->cost, best, 1e-6);
    }
}

TEST(Plan, of_plans_that_cost_the_same_a_faithful_one_is_taken) {
    LEAVEN_DATA_SET(table, "dna/tables/overhangs/pryor2020_BsaI.csv.gz");
    const auto ligation = Ligation::load(table.string());
    ASSERT_TRUE(ligation.has_value());
    bool differ = false;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        Shelf shelf;
        for (const auto* name : {"A", "B", "C", "V"})
            shelf.add(name, plain_letters(180, seed * 77 + static_cast<std::uint32_t>(name[0])));
        const auto targets = shelf.targets("A;B;C;V");
        PlanOptions options = usual();
        options.synthesis = {};
        options.methods = {Method::golden_gate};
        options.ligation = &*ligation;
        options.min_fidelity = 0;
        const Context context;
        PlanWorkshop workshop(shelf.parts, options, context);
        Text problem;
        const auto layout = workshop.lay_out(targets[0], Method::golden_gate, problem);
        ASSERT_TRUE(layout.has_value());
        if (!*layout) continue;  // the enzyme cuts inside
        double least = std::numeric_limits<double>::infinity();
        const auto trips = all_trips(**layout);
        for (const auto& trip : trips) least = std::min(least, price_of(trip.items, workshop));
        double best = 0;
        double worst = 1;
        for (const auto& trip : trips) {
            if (price_of(trip.items, workshop) > least + 1e-6) continue;
            std::vector<Joint> joints;
            for (const auto node : trip.nodes) joints.push_back(*joint_of((*layout)->nodes[node].letters));
            best = std::max(best, ligation->fidelity(joints));
            worst = std::min(worst, ligation->fidelity(joints));
        }
        const auto plan = plan_constructs(shelf.parts, targets, options, context);
        ASSERT_TRUE(plan.has_value());
        EXPECT_NEAR(plan->cost, least, 1e-6);
        ASSERT_FALSE(plan->constructs.empty());
        EXPECT_GE(plan->constructs[0].fidelity.value_or(0), (worst + 3 * best) / 4 - 1e-9) << worst << " " << best;
        differ = differ || worst < 0.9 * best;
    }
    EXPECT_TRUE(differ);
}

}  // namespace
}  // namespace leaven::dna
