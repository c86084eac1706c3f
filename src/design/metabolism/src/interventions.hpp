// What can be knocked out, and which columns of the compressed network stand still then.
//
// Genes and reactions alike become units: knock-outs that have the same effect, whatever else is knocked out, are one
// unit and go by the first of their identifiers. Each column has its cuts: the smallest sets of units that stop it.
// A column is off under a set of units when one of its cuts lies within it.
//
// Threads: const after construction. Complexity: construction linear in the rules but for the cuts of each, which are
// polynomial for a fixed limit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/design.hpp>

#include "study.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {

struct Unit {
    std::string id;  // of the gene or reaction that stands for it
    std::string name;
    std::int32_t index;  // among the genes or reactions of the model
};

/// What a set of units does.
struct Effect {
    std::vector<std::int32_t> columns;  // off, increasing
    std::vector<std::int32_t> freed;    // of the reactions that must carry flux: those that are themselves off
    bool impossible = false;            // a reaction that must carry flux stands in a column that is off
    UnitSet open;  // those units that weaken a column without stopping it: they matter to larger sets

    bool operator==(const Effect&) const = default;
    auto operator<=>(const Effect&) const = default;
};

class Interventions {
public:
    /// Errors  not_found  a candidate or exclusion that the model does not have;  bad_input  no candidate is left
    static Result<Interventions> of(const Study& study, const DesignParams& params);

    [[nodiscard]] const std::vector<Unit>& units() const { return units_; }

    [[nodiscard]] Effect effect(const UnitSet& set) const;

    /// The supersets of `set`, of at most `limit` units, that stop one more of the columns, none of them twice, each
    /// with as few units more as that takes.
    [[nodiscard]] std::vector<UnitSet> breaking(const UnitSet& set, const std::vector<std::int32_t>& columns,
                                                std::size_t limit) const;

    /// Must the column carry flux as long as it is on? A flux found without it is then no flux of the other sets.
    [[nodiscard]] bool is_forced(std::int32_t column) const {
        return !forced_[static_cast<std::size_t>(column)].empty();
    }

    /// Gene mode: switches genes off; else reactions.
    [[nodiscard]] bool genes() const { return genes_; }

private:
    std::vector<Unit> units_;
    // Of each column; then of each reaction that must carry flux, by itself.
    std::vector<std::vector<UnitSet>> cuts_;             // of each column
    std::vector<std::vector<std::int32_t>> touched_by_;  // of each unit: columns with a cut that holds it
    std::vector<std::vector<std::int32_t>> forced_;      // of each column: where its forced reactions stand in cuts_
    bool genes_ = true;
};

}  // namespace leaven::metabolism
