#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/metabolism/compare.hpp>

#include "random_model.hpp"

namespace leaven::metabolism {
namespace {

RC_GTEST_PROP(Compare, a_model_is_equal_to_itself_in_any_order, ()) {
    const auto model = testing::any_model();
    auto shuffled = model;
    std::reverse(shuffled.genes.begin(), shuffled.genes.end());
    for (auto& gene : shuffled.genes) std::reverse(gene.annotation.begin(), gene.annotation.end());
    const auto result = compare_elements(model, shuffled);
    RC_ASSERT(result.reactions.count() + result.metabolites.count() + result.genes.count() == 0U);
}

RC_GTEST_PROP(Compare, changing_sides_changes_the_columns, ()) {
    const auto a = testing::any_model();
    const auto b = testing::any_model();
    const auto there = compare_elements(a, b);
    const auto back = compare_elements(b, a);
    RC_ASSERT(there.reactions.only_first == back.reactions.only_second);
    RC_ASSERT(there.metabolites.only_second == back.metabolites.only_first);
    RC_ASSERT(there.genes.changed.size() == back.genes.changed.size());
    RC_ASSERT(there.reactions.changed.size() == back.reactions.changed.size());
}

RC_GTEST_PROP(Compare, every_change_is_found_and_named, ()) {
    auto model = *rc::gen::resize(rc::kNominalSize, rc::gen::exec(testing::any_model));
    if (model.reactions.empty()) RC_DISCARD("no reaction to change");
    auto changed = model;
    auto& reaction = changed.reactions.back();
    reaction.upper = reaction.upper == 77 ? 78 : 77;
    reaction.name += "!";
    const auto found = compare_elements(model, changed).reactions.changed;
    RC_ASSERT(found.size() == 2U);
    RC_ASSERT(found[0].field == "name" && found[1].field == "upper");
    RC_ASSERT(found[0].id == reaction.id && found[0].second == found[0].first + "!");
}

}  // namespace
}  // namespace leaven::metabolism
