// What can be done to the cell, and which columns of the compressed network stand still then.
//
// Genes and reactions alike become units: knock-outs that have the same effect, whatever else is knocked out, are one
// unit and go by the cheapest, then first, of their identifiers. Each column has its cuts: the smallest sets of units
// that stop it. A column is off under a set of units when one of its cuts lies within it. Reactions that can be
// inserted are off unless they are; those that only run together are one insertion.
//
// A knock-out takes fluxes away and gives none, with two exceptions: an insertion, and a knock-out of a reaction that
// must carry flux, for then it must no longer. So sets are sorted into worlds: a world says what is inserted and which
// forced reactions are freed. Within a world nothing but taking away is left, and supersets can only do less.
//
// Threads: const after construction. Complexity: construction linear in the rules but for the cuts of each, which are
// polynomial for a fixed limit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "candidates.hpp"
#include "study.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {

struct Unit {
    std::string id;  // of the gene or reaction that stands for it
    std::string name;
    std::int32_t index;               // among the genes or reactions of the model
    double cost;                      // of that one
    std::vector<std::int32_t> alike;  // all that have this effect, by identifier; `index` is one of them
};

/// Reactions that are in the model but off unless inserted, and that stand in one column.
struct Insertable {
    std::int32_t column;
    std::vector<std::int32_t> reactions;
    double cost;
};

/// What is inserted and freed; all sets of the world hold `base`.
struct World {
    std::vector<std::int32_t> inserted;  // insertions, increasing
    UnitSet base;                        // a smallest set of knock-outs that frees `freed`
    std::vector<std::int32_t> freed;     // as in Effect
    std::vector<std::int32_t> closed;    // columns of what is not inserted, increasing
    std::size_t insertions = 0;          // reactions that are inserted
};

/// What a set of units does.
struct Effect {
    std::vector<std::int32_t> columns;  // off, increasing; those that the world closes too
    std::vector<std::int32_t> freed;    // of the reactions that must carry flux: those that are themselves off
    bool impossible = false;            // a reaction that must carry flux stands in a column that is off
    UnitSet open;  // those units that weaken a column without stopping it: they matter to larger sets

    bool operator==(const Effect&) const = default;
    auto operator<=>(const Effect&) const = default;
};

/// Units to add to a set, no more than it takes to stop one more column.
struct Addition {
    UnitSet units;
    std::vector<std::int32_t> columns;  // that stop besides, increasing
    bool frees = false;                 // leads to another world
    bool impossible = false;            // one of these columns must carry flux
};

class Interventions {
public:
    /// Errors  of find_candidates;  bad_input  nothing is left that could be done
    static Result<Interventions> of(const Study& study, const DesignParams& params);

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }
    [[nodiscard]] const std::vector<Insertable>& insertions() const { return insertions_; }
    [[nodiscard]] const Candidates& candidates() const { return candidates_; }

    /// All worlds that take at most `limit` interventions, those within another one before it; first the one where
    /// nothing is inserted or freed.
    ///
    /// Errors  bad_input  there are more than a hundred thousand
    [[nodiscard]] Result<std::vector<World>> worlds(std::size_t limit) const;

    [[nodiscard]] Effect effect(const UnitSet& set, const World& world) const;

    /// The supersets of `set`, of at most `limit` units, that stop one more of the columns, none of them twice, each
    /// with as few units more as that takes.
    [[nodiscard]] std::vector<UnitSet> breaking(const UnitSet& set, const std::vector<std::int32_t>& columns,
                                                std::size_t limit) const;

    /// What can be added to `set`, whose effect this is, to stop one more of `columns` (none is off), with at most
    /// `limit` units in all. Single units first, each kind in order.
    [[nodiscard]] std::vector<Addition> additions(const UnitSet& set, const Effect& effect,
                                                  const std::vector<std::int32_t>& columns, std::size_t limit) const;

    /// The columns that a unit stops by itself; how many more ways there are to stop a column.
    [[nodiscard]] const UnitSet& single_cuts(std::int32_t column) const { return single_cuts_[column]; }
    [[nodiscard]] std::size_t larger_cuts(std::int32_t column) const {
        return cuts_[column].size() - single_cuts_[column].size();
    }

    /// The units of a set and what is inserted, as one set: insertions are numbered after the units.
    [[nodiscard]] UnitSet with_insertions(UnitSet set, const std::vector<std::int32_t>& inserted) const;

    /// Gene mode: switches genes off; else reactions.
    [[nodiscard]] bool genes() const { return candidates_.genes; }

    /// The genes or reactions of the model that a set knocks out, in order of their identifiers.
    [[nodiscard]] std::vector<std::int32_t> members(const UnitSet& set) const;

    /// The reactions that are off in a strain with these genes or reactions knocked out, increasing.
    [[nodiscard]] std::vector<std::int32_t> reactions_off(const Study& study, std::vector<std::int32_t> members,
                                                          const std::vector<std::int32_t>& inserted) const;

private:
    void take_insertions(const Study& study);
    void take_units(const Study& study, const std::vector<std::vector<UnitSet>>& cuts);
    [[nodiscard]] std::int32_t column_count() const { return static_cast<std::int32_t>(forced_.size()); }
    [[nodiscard]] bool must_run(std::int32_t column, const std::vector<std::int32_t>& freed) const;

    Candidates candidates_;
    std::vector<Unit> units_;
    std::vector<Insertable> insertions_;
    // Of each column; then of each reaction that must carry flux, by itself.
    std::vector<std::vector<UnitSet>> cuts_;
    std::vector<UnitSet> single_cuts_;                   // those cuts that are one unit
    std::vector<std::vector<std::int32_t>> stopped_by_;  // of each unit: what it stops by itself
    std::vector<std::vector<std::int32_t>> touched_by_;  // of each unit: what has a cut that holds it
    std::vector<std::vector<std::int32_t>> forced_;      // of each column: where its forced reactions stand in cuts_
};

}  // namespace leaven::metabolism
