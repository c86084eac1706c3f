#include "compress.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/certificate.hpp>
#include <leaven/lp/exact.hpp>
#include <leaven/lp/solver.hpp>

#include "network.hpp"
#include "oracle.hpp"
#include "random_models.hpp"

namespace leaven::metabolism {
namespace {

using testing::random_model;

lp::Solution solve(const lp::Problem& problem) { return lp::Solver(problem, {}).solve(); }

/// What the whole network says, against what the compressed one says.
struct BothForms {
    explicit BothForms(const Model& model)
        : network(build_network(model)), small(compress(network, 1e-9)), whole(solve(network.problem)) {
        if (!small.infeasible) compressed = solve(small.problem);
    }
    Network network;
    Compression small;
    lp::Solution whole;
    lp::Solution compressed;
};

bool bounds_hold(const lp::Problem& problem, const std::vector<double>& flux) {
    for (std::size_t r = 0; r < flux.size(); ++r)
        if (flux[r] < problem.lower[r] - 1e-6 || flux[r] > problem.upper[r] + 1e-6) return false;
    return true;
}

RC_GTEST_PROP(Compression, keeps_the_verdict_and_the_optimum, ()) {
    const BothForms pair(random_model());
    if (pair.small.infeasible) {
        RC_ASSERT(pair.whole.status == lp::SolveStatus::infeasible);
        return;
    }
    if (pair.compressed.status != pair.whole.status) {
        // The whole network misses by less than the tolerance what the small one shows to be impossible: fractions
        // decide.
        const auto& whole = pair.network.problem;
        lp::Basis slacks;
        slacks.columns.assign(whole.matrix.columns, lp::place::lower);
        slacks.rows.assign(whole.matrix.rows, lp::place::basic);
        const auto exact = lp::solve_exactly(whole, slacks, {});
        RC_ASSERT(pair.whole.status == lp::SolveStatus::optimal);
        RC_ASSERT(pair.compressed.status == exact.status);
        return;
    }
    if (pair.whole.status == lp::SolveStatus::optimal)
        RC_ASSERT(testing::relative_distance(pair.compressed.objective, pair.whole.objective) < 1e-6);
}

RC_GTEST_PROP(Compression, what_it_finds_is_a_flux_of_the_whole_network, ()) {
    const BothForms pair(random_model());
    if (pair.compressed.status != lp::SolveStatus::optimal) RC_DISCARD("no optimum");
    const auto flux = expand(pair.small, pair.compressed.x);
    RC_ASSERT(residual(pair.network, flux) < 1e-8);
    RC_ASSERT(bounds_hold(pair.network.problem, flux));
    RC_ASSERT(testing::relative_distance(dot(pair.network.problem.objective, flux), pair.compressed.objective) < 1e-8);
}

RC_GTEST_PROP(Compression, duals_taken_back_prove_the_optimum_of_the_whole_network, ()) {
    const BothForms pair(random_model());
    if (pair.compressed.status != lp::SolveStatus::optimal) RC_DISCARD("no optimum");
    const auto& problem = pair.network.problem;
    lp::Solution proof;
    proof.status = lp::SolveStatus::optimal;
    proof.x = expand(pair.small, pair.compressed.x);
    proof.objective = dot(problem.objective, proof.x);
    proof.row_duals =
        expand_duals(pair.network, pair.small, problem.objective, problem.sense, pair.compressed.row_duals);
    const auto certificate = lp::certify(problem, proof);
    RC_ASSERT(certificate.dual_residual < 1e-7);
    RC_ASSERT(certificate.gap < 1e-6);
}

RC_GTEST_PROP(Compression, a_farkas_vector_taken_back_proves_that_the_whole_network_has_no_flux, ()) {
    auto model = random_model();
    const auto forced = *rc::gen::inRange<int>(0, static_cast<int>(model.reactions.size()));
    model.reactions[static_cast<std::size_t>(forced)].lower = 900;  // too much for most networks
    model.reactions[static_cast<std::size_t>(forced)].upper = 1000;
    const BothForms pair(model);
    if (pair.compressed.status != lp::SolveStatus::infeasible || pair.compressed.ray.empty())
        RC_DISCARD("there is a flux, or the compression has seen that there is none");
    const auto farkas = expand_farkas(pair.network, pair.small, pair.compressed.ray);
    RC_ASSERT(lp::farkas_violation(pair.network.problem, farkas) > 0);
}

RC_GTEST_PROP(Compression, the_range_of_every_flux_is_that_of_the_whole_network, ()) {
    auto model = random_model();
    const Network network = build_network(model);
    const auto small = compress(network, 1e-9);
    if (small.infeasible || solve(network.problem).status == lp::SolveStatus::infeasible) RC_DISCARD("no flux");
    const auto reaction = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(model.reactions.size())));
    std::vector<double> wanted(model.reactions.size(), 0);
    wanted[reaction] = 1;
    for (const auto sense : {lp::Sense::minimize, lp::Sense::maximize}) {
        auto whole = network.problem;
        whole.objective = wanted;
        whole.sense = sense;
        auto reduced = small.problem;
        reduced.objective = compress_objective(small, wanted);
        reduced.sense = sense;
        RC_ASSERT(testing::relative_distance(solve(reduced).objective, solve(whole).objective) < 1e-6);
    }
}

RC_GTEST_PROP(Compression, holds_for_knock_outs_without_another_compression, ()) {
    auto model = random_model();
    const auto before = build_network(model);
    const auto small = compress(before, 1e-9);
    if (small.infeasible) RC_DISCARD("no flux");
    const auto off = *rc::gen::inRange<int>(0, static_cast<int>(model.reactions.size()));
    model.reactions[static_cast<std::size_t>(off)].lower = model.reactions[static_cast<std::size_t>(off)].upper = 0;
    const auto after = build_network(model);
    auto problem = small.problem;
    if (const auto column = small.column[static_cast<std::size_t>(off)]; column >= 0)
        std::tie(problem.lower[column], problem.upper[column]) =
            column_bounds(small, column, after.problem.lower, after.problem.upper);
    const auto reduced = solve(problem);
    const auto whole = solve(after.problem);
    RC_ASSERT(reduced.status == whole.status);
    if (whole.status == lp::SolveStatus::optimal)
        RC_ASSERT(testing::relative_distance(reduced.objective, whole.objective) < 1e-6);
}

TEST(Compression, a_lump_may_turn_a_reaction_round) {  // A comes in backwards and is used forwards: factor -1
    Model model;
    model.metabolites.push_back({"a", "", "c", "", std::nullopt, false, {}});
    for (const auto& [id, lower, upper] : {std::tuple("in", -10.0, 0.0), std::tuple("out", 0.0, 1000.0)}) {
        Reaction reaction;
        reaction.id = id;
        reaction.terms = {{0, -1}};
        reaction.lower = lower;
        reaction.upper = upper;
        model.reactions.push_back(reaction);
    }
    model.objective.terms = {{1, 1}};
    const BothForms pair(model);
    EXPECT_EQ(pair.small.members.size(), 1U);
    EXPECT_LT(pair.small.factor[0] * pair.small.factor[1], 0);
    EXPECT_DOUBLE_EQ(pair.compressed.objective, 10);
}

TEST(Compression, halves_a_genome_scale_model_and_tames_its_coefficients) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    const auto small = compress(build_network(read_model_file(path).value()), 1e-9);
    EXPECT_LT(small.problem.matrix.columns, 1250);
    EXPECT_LT(small.problem.matrix.rows, 600);
    for (const double value : small.problem.matrix.values) {
        EXPECT_GT(std::fabs(value), 1e-4);
        EXPECT_LT(std::fabs(value), 1e4);
    }
}

}  // namespace
}  // namespace leaven::metabolism
