#include "switches.hpp"

#include <algorithm>

#include <leaven/metabolism/gene_rule.hpp>

#include "unit_set.hpp"

namespace leaven::metabolism {

GeneSwitches::GeneSwitches(const Model& model) : model_(model), reactions_(model.genes.size()) {
    for (std::size_t r = 0; r < model.reactions.size(); ++r)
        for (const auto gene : genes_of(model.reactions[r].rule))
            reactions_[gene].push_back(static_cast<std::int32_t>(r));
}

std::vector<std::int32_t> GeneSwitches::reactions_off(const std::vector<std::int32_t>& genes) const {
    std::vector<bool> absent(reactions_.size(), false);
    std::vector<std::int32_t> touched;
    for (const auto gene : genes) {
        absent[gene] = true;
        touched.insert(touched.end(), reactions_[gene].begin(), reactions_[gene].end());
    }
    sort_unique(touched);
    std::erase_if(touched, [&](std::int32_t r) { return runs_without(model_.reactions[r].rule, absent); });
    return touched;
}

std::optional<std::vector<std::int32_t>> columns_off(const Study& study, const std::vector<std::int32_t>& reactions) {
    const auto& compression = study.compression;
    std::vector<std::int32_t> columns;
    for (const auto r : reactions)
        if (compression.column[r] >= 0) columns.push_back(compression.column[r]);
    sort_unique(columns);
    for (const auto column : columns) {
        for (const auto r : compression.members[column]) {
            if (must_carry_flux(study, r) && !std::binary_search(reactions.begin(), reactions.end(), r))
                return std::nullopt;
        }
    }
    return columns;
}

}  // namespace leaven::metabolism
