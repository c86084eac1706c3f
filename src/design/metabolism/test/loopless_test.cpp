// The loop law, against brute force over all directions of small networks, and on the core against the mixed-integer
// form with chemical potentials.

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/lp/mip.hpp>
#include <leaven/lp/solver.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/fva.hpp>

#include "network.hpp"
#include "oracle.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

using testing::relative_distance;

FvaResult ranges(const Model& model, double fraction, const std::string& loopless, int threads = 2) {
    Context context;
    context.threads = threads;
    FvaParams params;
    params.fraction = fraction;
    params.loopless = loopless;
    auto result = fva(model, params, context);
    if (!result && result.error().code == ErrorCode::infeasible) {
        FvaResult none;
        none.status = "infeasible";
        return none;
    }
    return result.value();
}

bool is_internal(const lp::SparseMatrix& matrix, int j) {
    bool makes = false;
    bool uses = false;
    for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k) (matrix.values[k] > 0 ? makes : uses) = true;
    return makes && uses;
}

/// A tangle of few metabolites and many ways between them, some both ways, seldom one that must run.
Model tangle() {
    const int metabolites = *rc::gen::inRange(2, 5);
    Model model;
    model.id = "tangle";
    model.compartments = {{"c", "cytosol"}};
    for (int i = 0; i < metabolites; ++i)
        model.metabolites.push_back({"m" + std::to_string(i), "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "EX_in", {{0, -1}}, -10, 0);
    testing::add_reaction(model, "EX_out", {{metabolites - 1, -1}}, 0, 1000);
    const int ways = *rc::gen::inRange(3, 8);
    for (int i = 0; i < ways; ++i) {
        const auto from = *rc::gen::inRange<std::int32_t>(0, metabolites);
        const auto to = *rc::gen::inRange<std::int32_t>(0, metabolites);
        if (from == to) continue;
        const double yield = *rc::gen::weightedElement<double>({{6, 1.0}, {1, 2.0}});
        const int kind = *rc::gen::inRange(0, 10);
        testing::add_reaction(model, "R" + std::to_string(i), {{from, -1}, {to, yield}},
                              kind < 4    ? -50
                              : kind == 9 ? 0.25
                                          : 0,
                              50);
    }
    const auto grower =
        *rc::gen::weightedElement<std::int32_t>({{5, 1}, {1, static_cast<std::int32_t>(model.reactions.size()) - 1}});
    model.objective = {true, {{grower, 1}}};
    return model;
}

/// Every way to give the internal reactions directions without a loop; `visit` gets the bounds that leaves.
void for_each_lawful_direction(const lp::Problem& problem, const std::function<void(const lp::Problem&)>& visit) {
    std::vector<int> internal;
    for (int j = 0; j < problem.matrix.columns; ++j)
        if (is_internal(problem.matrix, j)) internal.push_back(j);
    for (unsigned choice = 0; choice < (1U << internal.size()); ++choice) {
        auto directed = problem;
        auto circle = problem;
        circle.sense = lp::Sense::maximize;
        for (int j = 0; j < problem.matrix.columns; ++j) circle.lower[j] = circle.upper[j] = circle.objective[j] = 0;
        for (std::size_t k = 0; k < internal.size(); ++k) {
            const int j = internal[k];
            const bool forward = ((choice >> k) & 1U) != 0;
            (forward ? directed.lower : directed.upper)[j] =
                forward ? std::max(0.0, problem.lower[j]) : std::min(0.0, problem.upper[j]);
            (forward ? circle.upper : circle.lower)[j] = forward ? 1 : -1;
            // A reaction that cannot run that way is in no circle, whichever direction it is given.
            if (forward && problem.upper[j] <= 0) circle.upper[j] = 0;
            if (!forward && problem.lower[j] >= 0) circle.lower[j] = 0;
            circle.objective[j] = forward ? 1 : -1;
        }
        bool sound = true;
        for (int j = 0; j < problem.matrix.columns; ++j) sound &= directed.lower[j] <= directed.upper[j];
        if (sound && lp::Solver(circle, {}).solve().objective <= 1e-9) visit(directed);
    }
}

std::optional<double> best_lawful(const lp::Problem& problem) {
    std::optional<double> best;
    for_each_lawful_direction(problem, [&](const lp::Problem& directed) {
        const auto solution = lp::Solver(directed, {}).solve();
        if (solution.status != lp::SolveStatus::optimal) return;
        const bool better = problem.sense == lp::Sense::maximize ? !best || solution.objective > *best
                                                                 : !best || solution.objective < *best;
        if (better) best = solution.objective;
    });
    return best;
}

RC_GTEST_PROP(Loopless, ranges_are_those_of_brute_force_over_all_directions, ()) {
    const auto model = tangle();
    const double fraction = *rc::gen::element(0.0, 0.5, 0.9);
    const auto result = ranges(model, fraction, "exact");
    auto problem = build_network(model).problem;
    const auto optimum = best_lawful(problem);
    RC_ASSERT(result.solved() == optimum.has_value());
    if (!optimum) RC_DISCARD("no flux obeys the law");
    RC_ASSERT(relative_distance(*result.objective, *optimum) <= 1e-7);
    const auto grower = model.objective.terms[0].reaction;
    problem.lower[grower] =
        std::max(problem.lower[grower], *optimum - (1 - fraction) * std::fabs(*optimum) - 1e-10 * std::fabs(*optimum));
    std::fill(problem.objective.begin(), problem.objective.end(), 0.0);
    for (std::size_t r = 0; r < model.reactions.size(); ++r) {
        problem.objective[r] = 1;
        problem.sense = lp::Sense::minimize;
        RC_ASSERT(relative_distance(*result.rows[r].minimum, best_lawful(problem).value()) <= 1e-6);
        problem.sense = lp::Sense::maximize;
        RC_ASSERT(relative_distance(*result.rows[r].maximum, best_lawful(problem).value()) <= 1e-6);
        problem.objective[r] = 0;
    }
}

RC_GTEST_PROP(Loopless, ranges_lie_within_those_with_loops, ()) {
    const auto model = testing::toy_network().model;
    const auto wide = ranges(model, 0.9, "none");
    const auto narrow = ranges(model, 0.9, "exact");
    if (!narrow.solved()) RC_DISCARD("no flux obeys the law");
    RC_ASSERT(*narrow.objective <= *wide.objective + 1e-7);
    if (relative_distance(*narrow.objective, *wide.objective) > 1e-9) RC_DISCARD("another share is kept");
    for (std::size_t r = 0; r < wide.rows.size(); ++r) {
        RC_ASSERT(*narrow.rows[r].minimum >= *wide.rows[r].minimum - 1e-6);
        RC_ASSERT(*narrow.rows[r].maximum <= *wide.rows[r].maximum + 1e-6);
    }
}

/// The best value under the law with a switch for each direction and a potential for each metabolite.
double best_by_potentials(const Model& model, const std::string& target, lp::Sense sense, double growth) {
    const auto network = build_network(model);
    const auto& from = network.problem;
    constexpr double widest = 1000;
    std::vector<std::vector<std::pair<int, double>>> columns(from.matrix.columns);
    lp::Problem problem = from;
    for (int j = 0; j < from.matrix.columns; ++j)
        for (int k = from.matrix.starts[j]; k < from.matrix.starts[j + 1]; ++k)
            columns[j].emplace_back(from.matrix.indices[k], from.matrix.values[k]);
    std::fill(problem.objective.begin(), problem.objective.end(), 0.0);
    const auto add_row = [&](double lower, double upper) {
        problem.row_lower.push_back(lower);
        problem.row_upper.push_back(upper);
        return static_cast<int>(problem.row_lower.size()) - 1;
    };
    const auto add_column = [&](double lower, double upper) {
        columns.emplace_back();
        problem.lower.push_back(lower);
        problem.upper.push_back(upper);
        problem.objective.push_back(0);
        return static_cast<int>(columns.size()) - 1;
    };
    std::vector<int> potentials;
    for (int i = 0; i < from.matrix.rows; ++i) potentials.push_back(add_column(-1e4, 1e4));
    std::vector<int> switches;
    for (int j = 0; j < from.matrix.columns; ++j) {
        problem.sense = sense;
        if (model.reactions[j].id == target) problem.objective[j] = 1;
        if (from.objective[j] != 0) problem.lower[j] = std::max(problem.lower[j], growth);
        if (!is_internal(from.matrix, j)) continue;
        const int forward = add_column(0, 1);
        switches.push_back(forward);
        const int running = add_row(-widest, 0);  // -M (1 - a) <= v <= M a
        columns[j].emplace_back(running, 1);
        columns[forward].emplace_back(running, -widest);
        const int driven = add_row(1, widest);  // 1 - (M + 1) a <= drop in potential <= M - (M + 1) a
        for (int k = from.matrix.starts[j]; k < from.matrix.starts[j + 1]; ++k)
            columns[potentials[from.matrix.indices[k]]].emplace_back(driven, from.matrix.values[k]);
        columns[forward].emplace_back(driven, widest + 1);
    }
    problem.matrix = {};
    problem.matrix.rows = static_cast<int>(problem.row_lower.size());
    for (auto& column : columns) {
        std::vector<int> rows;
        std::vector<double> values;
        for (const auto& [row, value] : column) {
            rows.push_back(row);
            values.push_back(value);
        }
        problem.matrix.add_column(rows, values);
    }
    const auto solution = lp::solve_mip(problem, switches, {});
    EXPECT_EQ(solution.status, lp::MipStatus::optimal);
    return solution.objective;
}

TEST(Loopless, end_points_on_the_core_are_those_of_the_mixed_integer_form) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".summary.json");
    const auto result = ranges(model, 0.9, "exact");
    const double growth = 0.9 * *result.objective;
    for (const auto& row : result.rows) {
        // In a loop (the first two), where CycleFreeFlux as COBRApy has it is wrong (the others), and where it is not.
        if (row.reaction != "FRD7" && row.reaction != "SUCDi" && row.reaction != "ADK1" && row.reaction != "PGI")
            continue;
        EXPECT_NEAR(*row.maximum, best_by_potentials(model, row.reaction, lp::Sense::maximize, growth), 2e-5)
            << row.reaction;
        EXPECT_NEAR(*row.minimum, best_by_potentials(model, row.reaction, lp::Sense::minimize, growth), 2e-5)
            << row.reaction;
    }
}

TEST(Loopless, ranges_at_the_optimum_of_the_core_agree_with_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".llfva100.tsv.gz");
    const auto expected = testing::table_of(oracle);
    for (const auto& row : ranges(model, 1, "exact").rows) {
        const auto& other = expected.at(row.reaction);
        EXPECT_LT(relative_distance(*row.minimum, std::stod(other[1])), 1e-6) << row.reaction;
        EXPECT_LT(relative_distance(*row.maximum, std::stod(other[2])), 1e-6) << row.reaction;
    }
}

/// COBRApy's loopless variability loses flux that is in no loop: its ranges lie within the true ones, and 56 of 190 end
/// points fall short. The mixed-integer form above says which of the two is right.
TEST(Loopless, ranges_at_90_percent_of_the_core_hold_those_of_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".llfva90.tsv.gz");
    const auto expected = testing::table_of(oracle);
    int wider = 0;
    for (const auto& row : ranges(model, 0.9, "exact").rows) {
        const double least = std::stod(expected.at(row.reaction)[1]);
        const double greatest = std::stod(expected.at(row.reaction)[2]);
        EXPECT_LE(*row.minimum, least + 1e-6 * std::max(1.0, std::fabs(least))) << row.reaction;
        EXPECT_GE(*row.maximum, greatest - 1e-6 * std::max(1.0, std::fabs(greatest))) << row.reaction;
        wider += relative_distance(*row.minimum, least) > 1e-6;
        wider += relative_distance(*row.maximum, greatest) > 1e-6;
    }
    EXPECT_EQ(wider, 56);
}

TEST(Loopless, cyclefree_says_that_its_end_points_may_be_wrong) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".summary.json");
    EXPECT_TRUE(ranges(model, 0.9, "cyclefree").note);
    EXPECT_FALSE(ranges(model, 0.9, "exact").note);
}

TEST(Loopless, answers_do_not_depend_on_threads) {
    const auto path = testing::model_path("iCH360");
    if (path.empty()) GTEST_SKIP() << "no data set iCH360";
    const auto model = read_model_file(path).value();
    const auto one = ranges(model, 0.9, "exact", 1);
    const auto three = ranges(model, 0.9, "exact", 3);
    EXPECT_EQ(one.counts.lps, three.counts.lps);
    for (std::size_t i = 0; i < one.rows.size(); ++i) {
        EXPECT_EQ(one.rows[i].minimum, three.rows[i].minimum);
        EXPECT_EQ(one.rows[i].maximum, three.rows[i].maximum);
    }
}

TEST(Loopless, a_search_stops_when_progress_says_so) {
    const auto path = testing::model_path("iML1515");
    if (path.empty()) GTEST_SKIP() << "no data set iML1515";
    Context context;
    context.on_progress([&](const Progress& progress) {
        if (progress.step.en == "loopless ranges") context.stop();
    });
    FvaParams params;
    params.fraction = 0.9;
    params.loopless = "exact";
    const auto result = fva(read_model_file(path).value(), params, context);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

RC_GTEST_PROP(Loopless, the_best_lawful_flux_has_the_best_lawful_objective, ()) {
    const auto model = tangle();
    Context context;
    FbaParams params;
    params.method = "loopless";
    const auto result = fba(model, params, context).value();
    const auto problem = build_network(model).problem;
    const auto optimum = best_lawful(problem);
    RC_ASSERT(result.solved() == optimum.has_value());
    if (!optimum) RC_DISCARD("no flux obeys the law");
    RC_ASSERT(relative_distance(*result.objective, *optimum) <= 1e-7);
    // And the flux obeys the law: holding it, some choice of directions is lawful.
    auto held = problem;
    for (std::size_t r = 0; r < result.fluxes.size(); ++r) {
        held.lower[r] = result.fluxes[r].flux - 1e-7;
        held.upper[r] = result.fluxes[r].flux + 1e-7;
    }
    RC_ASSERT(best_lawful(held).has_value());
}

TEST(Geometric, the_middle_on_the_core_is_that_of_cobrapy) {
    LEAVEN_MODEL_WITH_ORACLE(model, oracle, "e_coli_core", ".geometric_fba.tsv.gz");
    const auto expected = testing::table_of(oracle);
    Context context;
    FbaParams params;
    params.method = "geometric";
    const auto result = fba(model, params, context).value();
    for (const auto& row : result.fluxes)
        EXPECT_LT(relative_distance(row.flux, std::stod(expected.at(row.reaction)[1])), 1e-6) << row.reaction;
}

TEST(Geometric, two_equal_ways_share_the_flux) {  // by hand
    Model model;
    model.compartments = {{"c", ""}};
    for (const auto* id : {"a", "b"}) model.metabolites.push_back({id, "", "c", "", std::nullopt, false, {}});
    testing::add_reaction(model, "in", {{0, 1}}, 0, 10);
    testing::add_reaction(model, "one", {{0, -1}, {1, 1}}, 0, 100);
    testing::add_reaction(model, "other", {{0, -1}, {1, 1}}, 0, 100);
    testing::add_reaction(model, "out", {{1, -1}}, 0, 100);
    model.objective = {true, {{3, 1}}};
    Context context;
    FbaParams params;
    params.method = "geometric";
    const auto result = fba(model, params, context).value();
    EXPECT_NEAR(result.fluxes[1].flux, 5, 1e-6);
    EXPECT_NEAR(result.fluxes[2].flux, 5, 1e-6);
}

RC_GTEST_PROP(Geometric, the_middle_is_an_optimum_of_least_total_flux, ()) {
    const auto model = testing::toy_network().model;
    Context context;
    FbaParams params;
    params.method = "pfba";
    const auto least = fba(model, params, context).value();
    if (!least.solved()) RC_DISCARD("no optimum");
    params.method = "geometric";
    const auto middle = fba(model, params, context).value();
    RC_ASSERT(relative_distance(*middle.objective, *least.objective) <= 1e-6);
    RC_ASSERT(relative_distance(*middle.total_flux, *least.total_flux) <= 1e-6);
}

}  // namespace
}  // namespace leaven::metabolism
