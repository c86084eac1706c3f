#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/coupling.hpp>
#include <leaven/metabolism/fba.hpp>

#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

CouplingResult couplings(const Model& model, int threads = 2) {
    Context context;
    context.threads = threads;
    return coupling(model, {}, context).value();
}

using Pair = std::pair<std::string, std::string>;

/// What a result says of every pair of reactions: "full", "partial" or "directional", first to second.
std::map<Pair, std::string> all_pairs(const CouplingResult& result) {
    std::map<std::string, std::vector<std::string>> members;
    for (const auto& set : result.sets) members[set.front()] = set;
    const auto of = [&](const std::string& first) {
        const auto found = members.find(first);
        return found == members.end() ? std::vector<std::string>{first} : found->second;
    };
    std::map<Pair, std::string> pairs;
    for (const auto& set : result.sets)
        for (const auto& a : set)
            for (const auto& b : set)
                if (a != b) pairs[{a, b}] = "full";
    for (const auto& pair : result.pairs)
        for (const auto& a : of(pair.first))
            for (const auto& b : of(pair.second)) {
                pairs[{a, b}] = pair.kind;
                if (pair.kind == "partial") pairs[{b, a}] = pair.kind;
            }
    return pairs;
}

/// The same, by a linear program or two for each pair, on the cone cut off at 1000.
class Enumeration {
public:
    explicit Enumeration(const Model& model) : model_(model) {
        for (auto& reaction : model_.reactions) {
            reaction.lower = reaction.lower < 0 ? -1000 : 0;
            reaction.upper = reaction.upper > 0 ? 1000 : 0;
        }
    }

    std::map<Pair, std::string> pairs() const {
        std::vector<std::string> running;
        for (const auto& reaction : model_.reactions)
            if (runs(reaction.id, {})) running.push_back(reaction.id);
        std::set<Pair> needs;
        for (const auto& a : running)
            for (const auto& b : running)
                if (a != b && !runs(a, {b + "=0:0"})) needs.insert({a, b});
        std::map<Pair, std::string> out;
        for (const auto& [a, b] : needs) {
            const bool both = needs.contains({b, a});
            out[{a, b}] = !both ? "directional" : fixed_ratio(a, b) ? "full" : "partial";
        }
        return out;
    }

private:
    std::optional<double> best(const std::string& id, const std::string& sense,
                               const std::vector<std::string>& bounds) const {
        FbaParams params;
        params.objective = id;
        params.sense = sense;
        params.bounds = bounds;
        Context context;
        const auto result = fba(model_, params, context).value();
        return result.solved() ? result.objective : std::nullopt;
    }
    bool runs(const std::string& id, const std::vector<std::string>& bounds) const {
        return *best(id, "maximize", bounds) > 1e-6 || *best(id, "minimize", bounds) < -1e-6;
    }
    /// Small fluxes: the cut does not bind.
    bool fixed_ratio(const std::string& a, const std::string& b) const {
        for (const auto* bound : {"=0.01:0.01", "=-0.01:-0.01"}) {
            const auto least = best(b, "minimize", {a + bound});
            if (!least) continue;
            if (*best(b, "maximize", {a + bound}) - *least > 1e-6) return false;
        }
        return true;
    }

    Model model_;
};

RC_GTEST_PROP(Coupling, is_that_of_a_program_for_each_pair, ()) {
    const auto model = testing::toy_network().model;
    RC_ASSERT(all_pairs(couplings(model)) == Enumeration(model).pairs());
}

RC_GTEST_PROP(Coupling, does_not_depend_on_how_much_may_flow, ()) {
    auto model = testing::toy_network().model;
    const auto before = all_pairs(couplings(model));
    for (auto& reaction : model.reactions) {
        const double factor = *rc::gen::element(0.5, 1.0, 7.0);
        reaction.lower = reaction.lower > 0 ? 0 : reaction.lower * factor;
        reaction.upper *= factor;
    }
    RC_ASSERT(all_pairs(couplings(model)) == before);
}

TEST(Coupling, of_the_core_is_that_of_a_program_for_each_pair) {
    const auto path = testing::model_path("e_coli_core");
    if (path.empty()) GTEST_SKIP() << "no data set e_coli_core";
    const auto model = read_model_file(path).value();
    const auto pairs = all_pairs(couplings(model));
    const auto expected = Enumeration(model).pairs();
    std::map<Pair, std::string> wrong;
    std::set_symmetric_difference(pairs.begin(), pairs.end(), expected.begin(), expected.end(),
                                  std::inserter(wrong, wrong.end()));
    EXPECT_EQ(wrong, (std::map<Pair, std::string>()));
    EXPECT_GT(pairs.size(), 100U);
}

TEST(Coupling, of_a_branch_is_directional_and_of_a_chain_full) {
    // in -> a -> (b -> out1 | c -> out2), by hand
    Model model;
    for (const auto* id : {"a", "b", "c"}) model.metabolites.push_back({id, "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "in", {{0, 1}}, 0, 10);
    testing::add_reaction(model, "to_b", {{0, -1}, {1, 1}}, 0, 10);
    testing::add_reaction(model, "to_c", {{0, -1}, {2, 1}}, 0, 10);
    testing::add_reaction(model, "out1", {{1, -1}}, 0, 10);
    testing::add_reaction(model, "out2", {{2, -1}}, 0, 10);
    const auto result = couplings(model);
    EXPECT_EQ(result.sets, (std::vector<std::vector<std::string>>{{"to_b", "out1"}, {"to_c", "out2"}}));
    ASSERT_EQ(result.pairs.size(), 2U);
    for (const auto& pair : result.pairs) {
        EXPECT_EQ(pair.second, "in");
        EXPECT_EQ(pair.kind, "directional");
    }
}

TEST(Coupling, does_not_depend_on_threads) {
    const auto path = testing::model_path("iCH360");
    if (path.empty()) GTEST_SKIP() << "no data set iCH360";
    const auto model = read_model_file(path).value();
    const auto one = couplings(model, 1);
    const auto three = couplings(model, 3);
    EXPECT_EQ(one.sets, three.sets);
    EXPECT_EQ(all_pairs(one), all_pairs(three));
    EXPECT_EQ(one.counts.lps, three.counts.lps);
}

}  // namespace
}  // namespace leaven::metabolism
