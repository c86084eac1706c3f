// All minimal lethal sets, against the enumeration of every set by linear programs of its own.
#include "../kernel/minimal_sets.hpp"

#include <cmath>
#include <numeric>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/fba.hpp>

#include "../kernel/knockout_solver.hpp"
#include "random_models.hpp"
#include "toy_networks.hpp"

namespace leaven::metabolism {
namespace {

constexpr double share = 0.4137;  // no ratio of small numbers: rounding decides nothing

/// Lethal: less than a share of the wild type's growth, or no flux at all.
class LittleGrowth : public SetTest {
public:
    LittleGrowth(const Study& study, const lp::Solver& solver, double wild_type)
        : solver_(study, solver), least_(share * wild_type) {}

    Result<SetVerdict> test(const UnitSet&, const SetEffect& effect) override {
        if (effect.impossible) return SetVerdict{};
        auto optimum = solver_.optimum(effect.columns);
        if (!optimum) return pass(optimum);
        if (!*optimum || (*optimum)->value < least_) return SetVerdict{};
        return SetVerdict{SetVerdict::Kind::miss, {}, std::move((*optimum)->flux)};
    }
    Status approach(const UnitSet&, const SetEffect& effect) override {
        const auto optimum = solver_.optimum(effect.columns);
        if (!optimum) return pass(optimum);
        solver_.keep_basis();
        return {};
    }

private:
    KnockoutSolver solver_;
    double least_;
};

/// Minimal lethal sets of genes, by identifier; nothing where the wild type does not grow.
std::optional<std::set<std::set<std::string>>> searched(const Model& model, std::size_t limit, int threads) {
    Context context;
    context.threads = threads;
    const auto study = prepare(model, {}).value();
    auto solver = solver_for(study, context);
    const auto wild_type = find_optimum(study, solver, context).value();
    if (!wild_type.verdict.solved() || wild_type.value < 1e-6) return std::nullopt;
    std::vector<std::int32_t> genes(model.genes.size());
    std::iota(genes.begin(), genes.end(), 0);
    const auto board = switchboard_of_genes(study, genes, limit);
    const auto found =
        find_minimal_sets(
            board, [&] { return std::make_unique<LittleGrowth>(study, solver, wild_type.value); }, limit, context)
            .value();
    std::set<std::set<std::string>> out;
    for (const auto& minimal : found.sets)
        for (const auto& items : board.items_of(minimal.set)) {
            std::set<std::string> names;
            for (const auto item : items) names.insert(model.genes[static_cast<std::size_t>(item)].id);
            out.insert(names);
        }
    return out;
}

/// Every set of at most three genes by its own cold program.
std::set<std::set<std::string>> enumerated(const Model& model, double wild_type) {
    std::set<std::set<std::string>> lethal;
    const auto count = model.genes.size();
    const auto visit = [&](const std::set<std::string>& names) {
        for (const auto& smaller : lethal)
            if (std::includes(names.begin(), names.end(), smaller.begin(), smaller.end())) return;
        FbaParams params;
        params.knockouts = {names.begin(), names.end()};
        Context context;
        const auto left = fba(model, params, context);
        if (!left) {
            RC_ASSERT(left.error().message.en == "whether there is any flux depends on the tolerance");
            RC_DISCARD("neither lethal nor not");
        }
        if (!left->solved() || *left->objective < share * wild_type) lethal.insert(names);
    };
    for (std::size_t i = 0; i < count; ++i) visit({model.genes[i].id});
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j) visit({model.genes[i].id, model.genes[j].id});
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = i + 1; j < count; ++j)
            for (std::size_t k = j + 1; k < count; ++k)
                visit({model.genes[i].id, model.genes[j].id, model.genes[k].id});
    return lethal;
}

RC_GTEST_PROP(MinimalSets, are_those_of_full_enumeration, ()) {
    const auto model = testing::toy_network().model;
    const auto found = searched(model, 3, 2);
    if (!found) RC_DISCARD("it does not grow");
    Context context;
    const auto wild_type = fba(model, {}, context).value();
    RC_ASSERT(*found == enumerated(model, *wild_type.objective));
}

RC_GTEST_PROP(MinimalSets, are_those_of_full_enumeration_where_fluxes_are_forced, ()) {
    auto model = testing::random_model();
    model.objective.maximize = true;
    const auto found = searched(model, 3, 1);
    if (!found) RC_DISCARD("it does not grow");
    Context context;
    const auto wild_type = fba(model, {}, context).value();
    RC_ASSERT(*found == enumerated(model, *wild_type.objective));
}

}  // namespace
}  // namespace leaven::metabolism
