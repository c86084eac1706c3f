// A gene rule walked as the tree it stands for, operators of one kind in a row taken together.
//
// "a and b and c" is one group of three; "a and (b and c)" is a group of two, whose second is a group: the walk keeps
// what the model wrote. Cost: O(length), no recursion.
#pragma once

#include <functional>

#include <leaven/metabolism/gene_rule.hpp>

namespace leaven::metabolism {

struct RuleStep {
    enum class Kind { gene, begin, between, end };
    Kind kind;
    std::int32_t entry;   // the gene's index, or the operator of the group
    std::int32_t inside;  // operator of the group around it; 0 at the top
};

/// Calls `visit` for each gene, and at the begin of, between the members of and at the end of each group, in order.
void walk(const GeneRule& rule, const std::function<void(const RuleStep&)>& visit);

}  // namespace leaven::metabolism
