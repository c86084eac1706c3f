// Questions about toy networks, some reactions of which must be inserted, and answers as sets of names.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include <leaven/metabolism/design.hpp>

#include "toy_networks.hpp"

namespace leaven::metabolism::testing {

using Names = std::set<std::string>;  // of interventions, insertions with a plus before them

inline Names names_of(const Design& design) {
    Names names;
    for (const auto& one : design.interventions) names.insert((one.kind == "insertion" ? "+" : "") + one.id);
    return names;
}

/// A toy network, some reactions of which must be inserted.
struct ToyQuestion {
    Model model;
    DesignParams params;
    std::vector<std::int32_t> insertable;

    /// Interventions by number: genes, then insertions.
    [[nodiscard]] std::size_t choices() const { return model.genes.size() + insertable.size(); }
    [[nodiscard]] std::string name(std::size_t i) const {
        const auto genes = model.genes.size();
        return i < genes ? model.genes[i].id
                         : "+" + model.reactions[static_cast<std::size_t>(insertable[i - genes])].id;
    }
    [[nodiscard]] Names names(std::uint32_t mask) const {
        Names all;
        for (std::size_t i = 0; i < choices(); ++i)
            if ((mask >> i & 1U) != 0) all.insert(name(i));
        return all;
    }
    [[nodiscard]] std::vector<bool> genes_off(std::uint32_t mask) const {
        std::vector<bool> off;
        for (std::size_t i = 0; i < model.genes.size(); ++i) off.push_back((mask >> i & 1U) != 0);
        return off;
    }
    [[nodiscard]] std::vector<std::int32_t> not_inserted(std::uint32_t mask) const {
        std::vector<std::int32_t> off;
        for (std::size_t i = 0; i < insertable.size(); ++i)
            if ((mask >> (model.genes.size() + i) & 1U) == 0) off.push_back(insertable[i]);
        return off;
    }
};

inline ToyQuestion draw_toy_question(const std::string& strategy) {
    auto [model, target] = toy_network();
    ToyQuestion question{std::move(model), {}, {}};
    question.params.strategy = strategy;
    question.params.target = target;
    question.params.exclude = {"none"};
    question.params.max_interventions = *rc::gen::inRange<std::int64_t>(1, 4);
    for (std::size_t r = 0; r < question.model.reactions.size() && question.insertable.size() < 2; ++r)
        if (question.model.reactions[r].id[0] == 'R' && question.model.reactions[r].lower <= 0 &&
            *rc::gen::inRange(0, 6) == 0)
            question.insertable.push_back(static_cast<std::int32_t>(r));
    for (const auto r : question.insertable)
        question.params.insertable.push_back(question.model.reactions[static_cast<std::size_t>(r)].id);
    return question;
}

inline ToyQuestion toy_question(const std::string& strategy) {
    return full_size([&] { return draw_toy_question(strategy); });
}

}  // namespace leaven::metabolism::testing
