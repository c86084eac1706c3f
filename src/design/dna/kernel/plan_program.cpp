#include "plan_program.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <leaven/lp/mip.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t homology = 20;          // bases alike that join ends which should not be
constexpr std::int64_t most_nodes = 200'000;  // of the search

bool at_two_joints(const PlanLayout& layout, const std::vector<std::size_t>& nodes) {
    return std::any_of(nodes.begin(), nodes.end(),
                       [&](std::size_t node) { return layout.nodes[node].joint != layout.nodes[nodes.front()].joint; });
}

/// Overhangs that are alike, or so much that their set falls below the least fidelity.
std::vector<std::vector<std::size_t>> alike_overhangs(const PlanLayout& layout, const PlanOptions& options) {
    std::map<Joint, std::vector<std::size_t>> by_joint;
    for (std::size_t node = 0; node < layout.nodes.size(); ++node)
        by_joint[*joint_of(layout.nodes[node].letters)].push_back(node);
    std::vector<std::vector<std::size_t>> groups;
    for (auto one = by_joint.begin(); one != by_joint.end(); ++one) {
        groups.push_back(one->second);
        for (auto other = std::next(one); options.ligation != nullptr && other != by_joint.end(); ++other) {
            const std::array<Joint, 2> pair{one->first, other->first};
            if (options.ligation->fidelity(pair) >= options.min_fidelity) continue;
            groups.push_back(one->second);
            groups.back().insert(groups.back().end(), other->second.begin(), other->second.end());
        }
    }
    return groups;
}

/// Overlaps that have a word of `homology` letters in common, on either strand.
std::vector<std::vector<std::size_t>> alike_overlaps(const PlanLayout& layout) {
    std::map<std::string, std::vector<std::size_t>> by_word;
    for (std::size_t node = 0; node < layout.nodes.size(); ++node) {
        const auto& letters = layout.nodes[node].letters;
        for (std::size_t i = 0; i + homology <= letters.size(); ++i) {
            const auto word = letters.substr(i, homology);
            auto& nodes = by_word[std::min(word, seq::reverse_complement(word))];
            if (nodes.empty() || nodes.back() != node) nodes.push_back(node);
        }
    }
    std::set<std::vector<std::size_t>> groups;
    for (auto& [word, nodes] : by_word) groups.insert(nodes);
    return {groups.begin(), groups.end()};
}

}  // namespace

/// Rows and columns as they are made.
struct PlanProgram::Draft {
    struct Piece {
        std::size_t layout = 0;
        PlanChoice::Taken taken{};
    };
    std::vector<double> row_lower{};
    std::vector<double> row_upper{};
    std::vector<std::map<int, double>> columns{};
    std::vector<double> price{};
    std::vector<Piece> pieces{};               // of the columns that are pieces, which come after `ordered`
    std::map<std::size_t, int> item_column{};  // of the items in use
    std::map<std::size_t, int> target_row{};
    std::map<std::pair<std::size_t, std::size_t>, int> link_row{};  // target and item

    int add_row(double lower, double upper) {
        row_lower.push_back(lower);
        row_upper.push_back(upper);
        return static_cast<int>(row_lower.size()) - 1;
    }
    [[nodiscard]] lp::Problem problem() const {
        lp::Problem made;
        made.matrix.rows = static_cast<int>(row_lower.size());
        for (const auto& column : columns) {
            std::vector<int> rows;
            std::vector<double> values;
            for (const auto& [row, value] : column)
                if (value != 0) rows.push_back(row), values.push_back(value);
            made.matrix.add_column(rows, values);
        }
        made.lower.assign(columns.size(), 0);
        made.upper.assign(columns.size(), 1);
        made.row_lower = row_lower;
        made.row_upper = row_upper;
        made.objective = price;
        made.sense = lp::Sense::minimize;
        return made;
    }
};

PlanProgram::PlanProgram(const std::vector<PlanLayout>& layouts, const std::vector<PlanItem>& items,
                         const PlanOptions& options)
    : layouts_(layouts), items_(items) {
    limits_.resize(layouts.size());
    for (const auto& layout : layouts) {
        auto& dormant = dormant_.emplace_back();
        for (auto& nodes :
             layout.method == Method::golden_gate ? alike_overhangs(layout, options) : alike_overlaps(layout))
            if (at_two_joints(layout, nodes)) dormant.push_back({std::move(nodes), 1});
        auto& starts = starts_.emplace_back();
        for (const auto& arc : layout.arcs)
            if (arc.over_start) starts.insert(arc.from);
    }
}

void PlanProgram::forbid_trip(const PlanChoice::Trip& trip) {
    ForbiddenTrip forbidden{trip.layout, {}};
    for (const auto& piece : trip.pieces) forbidden.arcs.insert(piece.arc);
    no_trips_.push_back(std::move(forbidden));
}

void PlanProgram::forbid_overhangs(const std::set<Joint>& joints) {
    for (std::size_t i = 0; i < layouts_.size(); ++i) {
        if (layouts_[i].method != Method::golden_gate) continue;
        Limit limit{.most = joints.size() - 1};
        std::set<Joint> there;
        for (std::size_t node = 0; node < layouts_[i].nodes.size(); ++node) {
            const auto joint = *joint_of(layouts_[i].nodes[node].letters);
            if (!joints.contains(joint)) continue;
            limit.nodes.push_back(node);
            there.insert(joint);
        }
        if (there.size() == joints.size()) limits_[i].push_back(std::move(limit));
    }
}

/// Limits that these trips break become rows. False where they break none.
bool PlanProgram::add_broken_limits(const std::vector<PlanChoice::Trip>& trips) {
    bool broken = false;
    for (const auto& trip : trips) {
        std::set<std::size_t> used;
        for (const auto& piece : trip.pieces) used.insert(layouts_[trip.layout].arcs[piece.arc].to);
        auto& dormant = dormant_[trip.layout];
        const auto breaks = [&](const Limit& limit) {
            std::size_t count = 0;
            for (const auto node : limit.nodes) count += used.count(node);
            return count > limit.most;
        };
        const auto first =
            std::stable_partition(dormant.begin(), dormant.end(), [&](const Limit& limit) { return !breaks(limit); });
        broken |= first != dormant.end();
        std::move(first, dormant.end(), std::back_inserter(limits_[trip.layout]));
        dormant.erase(first, dormant.end());
    }
    return broken;
}

bool PlanProgram::allowed(std::size_t layout, std::size_t arc, std::size_t way, double latest_days) const {
    const auto& one = layouts_[layout].arcs[arc].ways[way];
    return one.ready_days <= latest_days && !no_ways_.contains({layout, arc, way}) &&
           std::none_of(one.items.begin(), one.items.end(), [&](std::size_t item) { return no_items_.contains(item); });
}

std::vector<double> PlanProgram::ready_days() const {
    std::set<double> days;
    for (const auto& layout : layouts_)
        for (const auto& arc : layout.arcs)
            for (const auto& way : arc.ways) days.insert(way.ready_days);
    return {days.begin(), days.end()};
}

/// Rows of one layout. Where a trip may have fewer pieces than there are joints, a node has a row for each number of
/// pieces before it: a limit as a row of its own would leave the relaxation of the program far from its answer.
struct PlanProgram::Rows {
    int balance = 0;
    int layers = 1;
    std::size_t nodes = 0;
    std::vector<std::vector<int>> into{};    // of each node: limits
    std::vector<std::vector<int>> of_arc{};  // of each arc: forbidden trips

    /// Layer 0 is where trips begin and end.
    [[nodiscard]] int at(std::size_t node, int layer) const {
        return balance + layer * static_cast<int>(nodes) + static_cast<int>(node);
    }
};

PlanProgram::Rows PlanProgram::rows_of(Draft& draft, std::size_t number) const {
    const auto& layout = layouts_[number];
    std::size_t joints = 0;
    for (const auto& node : layout.nodes) joints = std::max(joints, node.joint + 1);
    Rows rows{.balance = static_cast<int>(draft.row_lower.size()), .nodes = layout.nodes.size()};
    if (layout.most_pieces < static_cast<std::int64_t>(joints)) rows.layers = static_cast<int>(layout.most_pieces);
    for (std::size_t i = 0; i < rows.nodes * static_cast<std::size_t>(rows.layers); ++i) draft.add_row(0, 0);
    rows.into.resize(rows.nodes);
    for (const auto& limit : limits_[number]) {
        const auto row = draft.add_row(-lp::infinity, static_cast<double>(limit.most));
        for (const auto node : limit.nodes) rows.into[node].push_back(row);
    }
    rows.of_arc.resize(layout.arcs.size());
    for (const auto& trip : no_trips_) {
        if (trip.layout != number) continue;
        const auto row = draft.add_row(-lp::infinity, static_cast<double>(trip.arcs.size()) - 1);
        for (const auto arc : trip.arcs) rows.of_arc[arc].push_back(row);
    }
    return rows;
}

/// The columns of one way to make a piece: from each layer to the next, and where a trip may end there, to its end.
void PlanProgram::add_columns(Draft& draft, const Rows& rows, std::size_t number, PlanChoice::Taken taken) const {
    const auto& layout = layouts_[number];
    const auto& arc = layout.arcs[taken.arc];
    std::map<int, double> shared;
    if (arc.over_start) shared[draft.target_row.at(layout.target)] += 1;
    for (const auto row : rows.into[arc.to]) shared[row] += 1;
    for (const auto row : rows.of_arc[taken.arc]) shared[row] += 1;
    for (const auto item : arc.ways[taken.way].items) {
        // A trip uses an item once: two pieces that begin or end alike do not go together.
        const std::pair key(layout.target, item);
        if (!draft.link_row.contains(key)) draft.link_row[key] = draft.add_row(-lp::infinity, 0);
        shared[draft.link_row[key]] = 1;
        draft.item_column.emplace(item, 0);
    }
    const auto add = [&](int from, int to) {
        auto column = shared;
        column[rows.at(arc.from, from)] += 1;
        column[rows.at(arc.to, to)] -= 1;
        draft.columns.push_back(std::move(column));
        draft.price.push_back(0);
        draft.pieces.push_back({number, taken});
    };
    const bool may_end = starts_[number].contains(arc.to);
    const int first = arc.over_start ? 0 : 1;
    const int last = arc.over_start ? 0 : rows.layers - 1;
    if (rows.layers == 1) {
        add(0, 0);
        return;
    }
    for (int layer = first; layer <= last; ++layer) {
        if (layer + 1 < rows.layers) add(layer, layer + 1);
        if (may_end) add(layer, 0);
    }
}

void PlanProgram::add_layout(Draft& draft, std::size_t number, double latest_days) const {
    const auto rows = rows_of(draft, number);
    const auto& layout = layouts_[number];
    for (std::size_t arc = 0; arc < layout.arcs.size(); ++arc)
        for (std::size_t way = 0; way < layout.arcs[arc].ways.size(); ++way)
            if (allowed(number, arc, way, latest_days)) add_columns(draft, rows, number, {arc, way});
}

std::vector<PlanChoice::Trip> PlanProgram::trips_of(const Draft& draft, const std::vector<double>& x,
                                                    const std::vector<std::size_t>& targets) const {
    std::vector<PlanChoice::Trip> trips;
    for (const auto target : targets) {
        std::map<std::pair<std::size_t, std::size_t>, PlanChoice::Taken> leaving;  // layout and node
        std::pair<std::size_t, std::size_t> at;
        for (std::size_t i = 0; i < draft.pieces.size(); ++i) {
            const auto& [layout, taken] = draft.pieces[i];
            if (x[i] < 0.5 || layouts_[layout].target != target) continue;
            const auto& arc = layouts_[layout].arcs[taken.arc];
            leaving[{layout, arc.from}] = taken;
            if (arc.over_start) at = {layout, arc.from};
        }
        PlanChoice::Trip trip{.layout = at.first};
        while (leaving.contains(at)) {
            trip.pieces.push_back(leaving[at]);
            leaving.erase(at);
            at.second = layouts_[at.first].arcs[trip.pieces.back().arc].to;
        }
        trips.push_back(std::move(trip));
    }
    return trips;
}

/// The cost becomes a row, and what pieces weigh the objective.
void PlanProgram::prefer(Draft& draft, const Preference& preference) const {
    const auto row = draft.add_row(-lp::infinity, preference.most_cost);
    for (std::size_t column = 0; column < draft.columns.size(); ++column) {
        if (draft.price[column] != 0) draft.columns[column][row] = draft.price[column];
        draft.price[column] = 0;
        if (column >= draft.pieces.size()) continue;
        const auto& [layout, taken] = draft.pieces[column];
        draft.price[column] = preference.weights[layout][layouts_[layout].arcs[taken.arc].to];
    }
}

Result<PlanChoice> PlanProgram::solve(const std::vector<std::size_t>& targets, double latest_days,
                                      const Context& context, const Preference* preference) {
    for (;;) {
        auto choice = solve_as_known(targets, latest_days, context, preference);
        if (!choice || !add_broken_limits(choice->trips)) return choice;
    }
}

Result<PlanChoice> PlanProgram::solve_as_known(const std::vector<std::size_t>& targets, double latest_days,
                                               const Context& context, const Preference* preference) const {
    Draft draft;
    for (const auto target : targets) draft.target_row[target] = draft.add_row(1, 1);
    for (std::size_t layout = 0; layout < layouts_.size(); ++layout)
        if (draft.target_row.contains(layouts_[layout].target)) add_layout(draft, layout, latest_days);
    const auto pieces = draft.pieces.size();
    for (auto& [item, column] : draft.item_column) {
        column = static_cast<int>(draft.columns.size());
        draft.columns.emplace_back();
        draft.price.push_back(items_[item].price);
    }
    for (const auto& [key, row] : draft.link_row)
        draft.columns[static_cast<std::size_t>(draft.item_column[key.second])][row] = -1;
    if (preference != nullptr) prefer(draft, *preference);
    const auto problem = draft.problem();
    // Once orders are whole, the trips are flows, whole at a corner; where a side condition breaks that, they are asked
    // to be.
    std::vector<int> integers;
    for (const auto& [item, column] : draft.item_column) integers.push_back(column);
    for (const bool all : {false, true}) {
        if (all)
            for (std::size_t i = 0; i < pieces; ++i) integers.push_back(static_cast<int>(i));
        std::sort(integers.begin(), integers.end());
        const auto solved = lp::solve_mip(problem, integers, {.node_limit = most_nodes, .stop = &context.stop_flag()});
        if (context.stopped()) return cancelled();
        PlanChoice choice{.cost = solved.objective, .bound = solved.bound};
        if (solved.status == lp::MipStatus::infeasible) return choice;
        choice.proof = solved.status == lp::MipStatus::optimal    ? Proof::optimal
                       : solved.status == lp::MipStatus::feasible ? Proof::feasible
                                                                  : Proof::limit;
        if (choice.proof == Proof::limit) return choice;
        const bool whole = std::all_of(solved.x.begin(), solved.x.begin() + static_cast<std::ptrdiff_t>(pieces),
                                       [](double x) { return std::abs(x - std::round(x)) < 1e-6; });
        if (!whole && !all) continue;
        choice.trips = trips_of(draft, solved.x, targets);
        return choice;
    }
    return PlanChoice{.proof = Proof::limit};
}

}  // namespace leaven::dna
