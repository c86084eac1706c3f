#include "gene_rule_tree.hpp"

namespace leaven::metabolism {
namespace {

/// Number of entries of the operand that ends at each position.
std::vector<std::size_t> operand_lengths(const std::vector<std::int32_t>& postfix) {
    std::vector<std::size_t> lengths(postfix.size(), 1);
    for (std::size_t i = 0; i < postfix.size(); ++i) {
        if (postfix[i] >= 0) continue;
        const auto right = lengths[i - 1];
        lengths[i] = 1 + right + lengths[i - 1 - right];
    }
    return lengths;
}

/// Positions where the members of the group end, last first: the left operands of one operator belong together.
std::vector<std::size_t> members_backwards(const std::vector<std::int32_t>& postfix,
                                           const std::vector<std::size_t>& lengths, std::size_t group) {
    std::vector<std::size_t> members;
    auto at = group;
    do {
        members.push_back(at - 1);
        at = at - 1 - lengths[at - 1];
    } while (postfix[at] == postfix[group]);
    members.push_back(at);
    return members;
}

struct Pending {
    RuleStep step;
    std::size_t position;  // where the operand ends, for a `begin` not yet opened
};

}  // namespace

void walk(const GeneRule& rule, const std::function<void(const RuleStep&)>& visit) {
    using Kind = RuleStep::Kind;
    const auto& postfix = rule.postfix;
    if (postfix.empty()) return;
    const auto lengths = operand_lengths(postfix);
    std::vector<Pending> pending{{{Kind::begin, postfix.back(), 0}, postfix.size() - 1}};
    while (!pending.empty()) {
        auto [step, position] = pending.back();
        pending.pop_back();
        if (step.kind == Kind::begin && step.entry >= 0) step.kind = Kind::gene;
        visit(step);
        if (step.kind != Kind::begin) continue;

        pending.push_back({{Kind::end, step.entry, step.inside}, position});
        bool last = true;
        for (const auto member : members_backwards(postfix, lengths, position)) {
            if (!last) pending.push_back({{Kind::between, step.entry, step.inside}, position});
            pending.push_back({{Kind::begin, postfix[member], step.entry}, member});
            last = false;
        }
    }
}

}  // namespace leaven::metabolism
