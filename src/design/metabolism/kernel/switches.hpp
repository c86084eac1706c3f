// From what is switched off to what stands still: genes to reactions, reactions to columns of the compression.
//
// Threads: const after construction.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <leaven/metabolism/model.hpp>

#include "study.hpp"

namespace leaven::metabolism {

/// Which rules each gene takes part in, so that a set of genes costs no more than the rules it touches.
class GeneSwitches {
public:
    explicit GeneSwitches(const Model& model);

    /// The reactions whose rule is false without these genes, increasing.
    [[nodiscard]] std::vector<std::int32_t> reactions_off(const std::vector<std::int32_t>& genes) const;

    [[nodiscard]] const std::vector<std::int32_t>& reactions_of(std::int32_t gene) const { return reactions_[gene]; }

private:
    const Model& model_;
    std::vector<std::vector<std::int32_t>> reactions_;  // of each gene
};

/// The columns that these reactions (increasing) hold at zero, increasing. Nothing where a column also holds a reaction
/// that is still on and must carry flux: then no flux distribution is left.
std::optional<std::vector<std::int32_t>> columns_off(const Study& study, const std::vector<std::int32_t>& reactions);

}  // namespace leaven::metabolism
