// Known flux distributions, and which of them survive a set of units: a few words of bits for a question.
//
// A flux that uses none of the columns that a set stops is a flux of that set too. For each unit the pool keeps a bit
// for each flux that the unit alone destroys, for each column one for each flux that uses it. Requires: every flux
// keeps all bounds of the study. Threads: one object is used by one thread, or by several while none adds.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "coupling_solver.hpp"
#include "flux_store.hpp"
#include "switchboard.hpp"

namespace leaven::metabolism {

class SupportPool {
public:
    using Words = std::vector<std::uint64_t>;  // a bit for each flux; what is missing at the end is zero

    explicit SupportPool(const Switchboard& board);

    /// The columns that a flux uses, as the pool keeps it.
    [[nodiscard]] ColumnBits support_of(const std::vector<double>& flux) const {
        return {flux, board_->columns(), idle_flux};
    }

    /// `value` is what is asked of a flux by `find`.
    void add(ColumnBits support, double value = 0);

    [[nodiscard]] std::size_t size() const { return values_.size(); }
    [[nodiscard]] double value(std::size_t flux) const { return values_[flux]; }
    [[nodiscard]] const ColumnBits& support(std::size_t flux) const { return supports_[flux]; }

    /// The fluxes that the set, which stops `effect`, destroys.
    [[nodiscard]] Words destroyed(const UnitSet& set) const;

    /// The first flux worth `least` that neither is in `destroyed`, nor is destroyed by `unit`, nor uses `more`.
    [[nodiscard]] std::optional<std::size_t> find(const Words& destroyed, std::int32_t unit,
                                                  const std::vector<std::int32_t>& more,
                                                  double least = -std::numeric_limits<double>::infinity()) const;

private:
    static void mark(Words& words, std::size_t bit);
    static std::uint64_t word_of(const Words& words, std::size_t w) { return w < words.size() ? words[w] : 0; }

    const Switchboard* board_;
    std::vector<double> values_;
    std::vector<ColumnBits> supports_;
    std::vector<Words> destroyed_by_;  // of each unit
    std::vector<Words> used_by_;       // of each column that has joint cuts
};

}  // namespace leaven::metabolism
