// Words that must not occur together, or not at all, in one answer.
#pragma once

#include <leaven/core/context.hpp>

#include "model.hpp"

namespace leaven::dna {

/// The words of k letters at two positions; one of them has to go. `second` = `first`: this one has to go.
struct Collision {
    std::int64_t first = 0;
    std::int64_t second = 0;
    std::int64_t k = 0;
};

/// At most one for each position, in order of rules and positions.
std::vector<Collision> collisions(const Model& model, std::string_view letters);

/// A word that occurs in another sequence; `everywhere`: it must occur nowhere.
struct ForeignWord {
    std::int64_t position = 0;
    std::string word{};
    bool everywhere = false;
};
std::vector<ForeignWord> foreign_words(const Model& model, std::string_view letters);

/// The first that is broken of the rules that are judged on the whole answer alone.
const WholeRule* broken_rule(const Model& model, std::string_view letters, const Context& context);

/// The letters from a position on, over the join of a circle.
std::string word_at(std::string_view letters, std::int64_t position, std::int64_t k);

}  // namespace leaven::dna
