#include <algorithm>
#include <cmath>
#include <limits>

#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/load.hpp>

#include "adjustment.hpp"
#include "deletion_sets.hpp"
#include "lethal_sets.hpp"
#include "minimal_list.hpp"
#include "reference.hpp"
#include "set_growths.hpp"
#include "study.hpp"
#include "switches.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

constexpr double most_sets = 5e6;      // whose growth is listed or compared
constexpr double least_change = 1e-6;  // of the wild type's growth

/// What the whole run works on.
struct Run {
    const DeletionsParams& params;
    const Study& study;
    const lp::Solver& solver;  // at the wild type's optimum
    const Optimum& wild_type;
    const std::vector<double>& reference;  // what the method stays near to
    const Context& context;
    DeletionsResult& result;

    [[nodiscard]] bool genes() const { return params.of == "genes"; }
    [[nodiscard]] std::size_t order() const { return static_cast<std::size_t>(params.order); }
    [[nodiscard]] bool is_lethal(const std::optional<double>& growth) const {
        return metabolism::is_lethal(growth, wild_type.value, params.threshold, study.tolerance);
    }
    [[nodiscard]] DeletionRows rows_over(std::vector<std::string> ids) const {
        return {std::move(ids), std::fabs(wild_type.value) > study.tolerance ? wild_type.value : 0};
    }

    /// Lists the set where it is asked for.
    void list(std::span<const std::int32_t> members, const std::optional<double>& growth) {
        const bool lethal = is_lethal(growth);
        const bool changed =
            !growth || std::fabs(*growth - wild_type.value) > least_change * std::fabs(wild_type.value);
        if (result.report == "lethal" && !lethal) return;
        if (result.report == "changed" && !changed) return;
        result.counts.lethal += lethal ? 1 : 0;
        result.rows.add(members, growth);
    }
};

Status check(const DeletionsParams& params) {
    if (params.sets.empty()) return {};
    if (!params.only.empty())
        return bad_input({"both a list and a table of what to delete", "同时给出了删除列表和删除组合表"})
            .at("only, sets")
            .advise({"give one of the two", "二者只给其一"});
    if (params.order > 1)
        return bad_input({"an order makes no sense for a table of sets", "已给出组合表时不能再指定阶数"})
            .at("order, sets")
            .advise({"leave out --order", "请去掉 --order"});
    if (params.report == "synthetic")
        return bad_input(
                   {"synthetic lethals are searched for, not read from a table", "合成致死需要搜索，不能取自组合表"})
            .at("report, sets")
            .advise({"use --report lethal, or --order instead of --sets",
                     "请用 --report lethal，或以 --order 代替 --sets"});
    return {};
}

Result<ListedGrowths> growths_of(const Run& run, const std::vector<DeletionSet>& sets) {
    const auto decider = growth_by_method(run.study, run.solver, run.wild_type, run.params, run.reference, run.context);
    if (!decider) return pass(decider);
    return growths_of(run.study, *decider, sets, run.context);
}

Status delete_listed(Run& run, const std::vector<DeletionSet>& sets) {
    const auto growths = growths_of(run, sets);
    if (!growths) return pass(growths);
    std::vector<std::string> ids;
    std::vector<std::vector<std::int32_t>> members;
    for (const auto& set : sets) {
        members.emplace_back();
        for (const auto& id : set.knockouts) {
            members.back().push_back(static_cast<std::int32_t>(ids.size()));
            ids.push_back(id);
        }
    }
    run.result.rows = run.rows_over(std::move(ids));
    for (std::size_t i = 0; i < sets.size(); ++i) run.list(members[i], growths->values[i]);
    run.result.counts.sets = static_cast<std::int64_t>(sets.size());
    run.result.counts.solved = growths->solved;
    return {};
}

/// Every set of items in order of size, then of identifiers: `visit` gets its members.
void for_each_set(std::size_t items, std::size_t order, const auto& visit) {
    const auto count = static_cast<std::int32_t>(items);
    for (std::size_t size = 1; size <= std::min(order, items); ++size) {
        std::vector<std::int32_t> members(size);
        for (std::size_t i = 0; i < size; ++i) members[i] = static_cast<std::int32_t>(i);
        for (;;) {
            visit(std::span<const std::int32_t>(members));
            auto at = size;
            while (at > 0 && members[at - 1] == count - static_cast<std::int32_t>(size - at) - 1) --at;
            if (at == 0) break;
            ++members[at - 1];
            for (; at < size; ++at) members[at] = members[at - 1] + 1;
        }
    }
}

Status delete_all(Run& run, const DeletionItems& items) {
    const auto board = switchboard_of(run.study, items, run.genes(), run.order());
    const auto growths = SetGrowths::of(run.study, run.solver, run.wild_type, board,
                                        std::min(run.order(), items.ids.size()), run.context);
    if (!growths) return pass(growths);
    run.result.rows = run.rows_over(items.ids);
    UnitSet units;
    for_each_set(items.ids.size(), run.order(), [&](std::span<const std::int32_t> members) {
        units.clear();
        for (const auto item : members)
            if (const auto unit = board.unit_of(item); unit >= 0) units.push_back(unit);
        sort_unique(units);
        run.list(members, growths->value(units));
    });
    run.result.counts.solved = growths->solved();
    return {};
}

Status delete_synthetic(Run& run, const DeletionItems& items) {
    const auto board = switchboard_of(run.study, items, run.genes(), run.order());
    const auto found =
        find_lethal_sets(run.study, run.solver, run.wild_type, board, run.order(), run.params.threshold, run.context);
    if (!found) return pass(found);
    const GeneSwitches switches(run.study.model);
    std::vector<std::pair<UnitSet, std::optional<double>>> rows;
    std::vector<std::vector<std::int32_t>> reactions;
    std::vector<std::optional<double>> growths;
    for (const auto& lethal : found->sets) {
        const auto sets = board.items_of(lethal.set);
        std::vector<std::int32_t> off;
        for (const auto item : sets.front()) off.push_back(items.index[static_cast<std::size_t>(item)]);
        std::sort(off.begin(), off.end());
        reactions.push_back(run.genes() ? switches.reactions_off(off) : off);
        growths.push_back(lethal.growth);
        for (const auto& set : sets) rows.emplace_back(set, lethal.growth);
    }
    if (auto status = verify_lethal(run.study, reactions, growths, run.context); !status) return status;
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
    });
    run.result.rows = run.rows_over(items.ids);
    for (const auto& [set, growth] : rows) run.list(set, growth);
    run.result.counts.solved = found->solved;
    return {};
}

/// Under a method that changes growth nothing is known of a set from another one: each is solved.
Status delete_by_method(Run& run, const DeletionItems& items) {
    const GeneSwitches switches(run.study.model);
    std::vector<DeletionSet> sets;
    std::vector<std::vector<std::int32_t>> members;
    for_each_set(items.ids.size(), run.order(), [&](std::span<const std::int32_t> set) {
        std::vector<std::int32_t> off;
        for (const auto item : set) off.push_back(items.index[static_cast<std::size_t>(item)]);
        std::sort(off.begin(), off.end());
        sets.push_back({{}, run.genes() ? switches.reactions_off(off) : off});
        members.emplace_back(set.begin(), set.end());
    });
    const auto growths = growths_of(run, sets);
    if (!growths) return pass(growths);
    run.result.rows = run.rows_over(items.ids);
    MinimalList lethal;  // no part of which is lethal, for smaller sets come first
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const auto& growth = growths->values[i];
        if (run.result.report == "synthetic") {
            if (!run.is_lethal(growth) || lethal.within(members[i], members[i])) continue;
            lethal.add(members[i]);
        }
        run.list(members[i], growth);
    }
    run.result.counts.solved = growths->solved;
    return {};
}

Status delete_combined(Run& run, const DeletionItems& items) {
    const double sets = count_sets(items.ids.size(), run.order());
    run.result.counts.sets = static_cast<std::int64_t>(std::llround(sets));
    const bool by_method = changes_growth(run.params);
    if (run.result.report == "synthetic" && !by_method) return delete_synthetic(run, items);
    if (sets > most_sets)
        return bad_input({"{} sets are too many to list each", "共 {} 个组合，无法逐一列出"}, run.result.counts.sets)
            .at("order, report")
            .advise({"use --report synthetic, a lower --order, or fewer with --only; at most {}",
                     "请用 --report synthetic、更低的 --order，或用 --only 减少对象；最多 {} 个"},
                    static_cast<std::int64_t>(most_sets));
    return by_method ? delete_by_method(run, items) : delete_all(run, items);
}

}  // namespace

void DeletionRows::add(std::span<const std::int32_t> members, std::optional<double> growth) {
    starts_.push_back(static_cast<std::uint32_t>(members_.size()));
    members_.insert(members_.end(), members.begin(), members.end());
    growths_.push_back(growth.value_or(std::numeric_limits<double>::quiet_NaN()));
}

Deletion DeletionRows::operator[](std::size_t row) const {
    Deletion deletion;
    const auto end = row + 1 < starts_.size() ? starts_[row + 1] : members_.size();
    for (std::size_t i = starts_[row]; i < end; ++i)
        deletion.knockouts.push_back(ids_[static_cast<std::size_t>(members_[i])]);
    if (std::isnan(growths_[row])) {
        deletion.status = "infeasible";
        return deletion;
    }
    deletion.growth = growths_[row];
    if (wild_type_ != 0) deletion.ratio = growths_[row] / wild_type_;
    return deletion;
}

std::vector<Text> DeletionsResult::headline() const {
    if (!solved()) return {};
    const Doc what = of == "genes" ? Doc{"genes", "基因"} : Doc{"reactions", "反应"};
    if (report == "synthetic")
        return {text({"{3} lethal sets of {0} no part of which is lethal, among {2}; {4} linear programs",
                      "{2} 个{1}组合中有 {3} 个致死且任何真子集均不致死；求解 {4} 个线性规划"},
                     what.en, what.zh, counts.sets, counts.lethal, counts.solved)};
    return {text({"{2} sets of {0}: {3} listed, {4} of them lethal; {5} linear programs",
                  "{2} 个{1}组合：列出 {3} 个，其中 {4} 个致死；求解 {5} 个线性规划"},
                 what.en, what.zh, counts.sets, rows.size(), counts.lethal, counts.solved)};
}

Result<DeletionsResult> deletions(const DeletionsParams& params, Context& context) {
    auto model = load_network(params.model, &context.stop_flag());
    if (!model) return pass(model);
    return deletions(*std::move(model), params, context);
}

Result<DeletionsResult> deletions(Model model, const DeletionsParams& params, Context& context) {
    if (auto status = check(params); !status) return pass(status);
    Result<std::vector<double>> reference;
    if (nearness_of(params.method)) reference = reference_flux(model, params, params.reference, context);
    if (!reference) return pass(reference);
    const auto study = prepare(std::move(model), params);
    if (!study) return pass(study);
    const bool listed = !params.sets.empty();
    const auto sets = listed ? read_deletion_sets(*study, params) : std::vector<DeletionSet>();
    if (!sets) return pass(sets);
    const auto items = listed ? DeletionItems() : deletion_items(*study, params);
    if (!items) return pass(items);
    auto solver = solver_for(*study, context);
    const auto wild_type = find_optimum(*study, solver, context);
    if (!wild_type) return pass(wild_type);
    DeletionsResult result;
    static_cast<Verdict&>(result) = wild_type->verdict;
    result.of = params.of;
    result.report = params.report.value_or(params.order == 1 ? "all" : "synthetic");
    if (!result.solved()) return result;
    result.wild_type = wild_type->value;
    Run run{params, *study, solver, *wild_type, *reference, context, result};
    if (auto status = listed ? delete_listed(run, *sets) : delete_combined(run, *items); !status) return pass(status);
    result.counts.screened = result.counts.sets - result.counts.solved;
    return result;
}

}  // namespace leaven::metabolism
