// What can be switched off, and which columns of the compressed network stand still then.
//
// Items (genes, reactions, whatever has cuts) that do the same, whatever else is off, are one unit; an item that can
// stop nothing within the limit belongs to none. Each column has its cuts: the smallest sets of units that stop it.
// Most cuts are one unit; the others are kept by the set they are.
//
// Where a reaction must carry flux (a bound that excludes zero), switching it off takes that demand away, and stopping
// it by way of another reaction of its column leaves no flux at all. Such sets are told apart by their `Effect`.
//
// Threads: const after construction.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "study.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {

/// What a set of units does.
struct SetEffect {
    std::vector<std::int32_t> columns;  // that stand still, increasing
    std::vector<std::int32_t> freed;    // reactions that must carry flux and are off themselves, increasing
    bool impossible = false;            // a reaction that must carry flux stands still but is not off itself

    /// Then it may allow fluxes that smaller sets do not.
    [[nodiscard]] bool frees() const { return !freed.empty(); }
    bool operator==(const SetEffect&) const = default;
};

class Switchboard {
public:
    /// The smallest sets of items that stop a reaction.
    using CutsOf = std::function<std::vector<UnitSet>(std::int32_t reaction)>;

    /// `items` are 0 … items-1. Complexity: linear in the cuts, quadratic in those of one column.
    Switchboard(const Study& study, std::size_t items, const CutsOf& cuts_of);

    /// Units are numbered by their first item, those that touch a forced column before the others.
    [[nodiscard]] std::size_t size() const { return members_.size(); }
    [[nodiscard]] const std::vector<std::int32_t>& members(std::int32_t unit) const { return members_[at(unit)]; }
    /// -1: the item stops nothing.
    [[nodiscard]] std::int32_t unit_of(std::int32_t item) const { return unit_of_[at(item)]; }
    [[nodiscard]] std::size_t columns() const { return columns_; }

    /// Columns that the unit stops by itself, increasing.
    [[nodiscard]] const std::vector<std::int32_t>& alone(std::int32_t unit) const { return alone_[at(unit)]; }

    /// Those cuts of a column that are more than one unit.
    [[nodiscard]] const std::vector<UnitSet>& joint_cuts(std::int32_t column) const { return joint_cuts_[at(column)]; }

    /// Appends the columns that `set` stops only as a whole or by a part of several units that holds `unit`.
    void append_joint(const UnitSet& set, std::int32_t unit, std::vector<std::int32_t>& columns) const;

    [[nodiscard]] SetEffect effect(const UnitSet& set) const;

    /// Does the unit take part in stopping a column that is forced?
    [[nodiscard]] bool touches_forced(std::int32_t unit) const { return touches_forced_[at(unit)]; }

    /// Every set of items that these units stand for, each increasing.
    [[nodiscard]] std::vector<UnitSet> items_of(const UnitSet& set) const;

private:
    struct Joint {
        UnitSet cut;
        std::int32_t column;
    };
    /// A reaction that must carry flux, and the smallest sets of units that switch itself off.
    struct Forced {
        std::int32_t reaction;
        std::vector<UnitSet> cuts;
    };

    static std::size_t at(std::int32_t index) { return static_cast<std::size_t>(index); }
    void group(const std::vector<std::vector<UnitSet>>& cuts, const std::vector<bool>& first);
    std::vector<UnitSet> in_units(const std::vector<UnitSet>& cuts) const;

    std::size_t columns_;
    std::vector<std::vector<std::int32_t>> members_;  // of each unit
    std::vector<std::int32_t> unit_of_;               // of each item
    std::vector<std::vector<std::int32_t>> alone_;    // of each unit
    std::vector<std::vector<Joint>> joint_;           // of each unit: the joint cuts it is part of
    std::vector<std::vector<UnitSet>> joint_cuts_;    // of each column
    std::vector<std::vector<Forced>> forced_;         // of each column
    std::vector<bool> touches_forced_;                // of each unit
};

/// Items are positions in `genes`. Cuts of more than `limit` genes are left out: no set that small holds them.
Switchboard switchboard_of_genes(const Study& study, const std::vector<std::int32_t>& genes, std::size_t limit);

/// Items are positions in `reactions`.
Switchboard switchboard_of_reactions(const Study& study, const std::vector<std::int32_t>& reactions);

}  // namespace leaven::metabolism
