// Which genes a reaction needs: a Boolean expression over genes, as models write it.
//
// Read in any spelling met in models ("and", "AND", "&", "&&", "or", "|", no blanks at brackets, any depth) and
// kept as written. It is evaluated as it stands, never expanded to a normal form, which can be exponential.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {

/// The expression in postfix order: a gene's index, or an operator on the two values before it.
struct GeneRule {
    static constexpr std::int32_t both = -1;
    static constexpr std::int32_t either = -2;

    std::string text;                   // as the model has it; empty where the reaction needs no gene
    std::vector<std::int32_t> postfix;  // empty: tied to no gene

    [[nodiscard]] bool tied_to_genes() const { return !postfix.empty(); }
    bool operator==(const GeneRule&) const = default;
};

/// Reads a rule. `gene_index` gives the index for an identifier (adding it where the format declares genes by use).
///
/// Errors      bad_input: brackets do not match, a name or an operator is missing; `where` is "column N"
/// Complexity  O(length), no recursion.
Result<GeneRule> parse_gene_rule(std::string_view text,
                                 const std::function<std::int32_t(std::string_view)>& gene_index);

/// Can the reaction run when the genes marked in `absent` are off? True where the rule is empty.
bool runs_without(const GeneRule& rule, const std::vector<bool>& absent);

/// The distinct genes of the rule, increasing.
std::vector<std::int32_t> genes_of(const GeneRule& rule);

/// All minimal sets of at most `limit` genes whose absence makes the rule false; each set and the list sorted.
/// None for an empty rule. Complexity: sets of at most `limit` genes only, so polynomial for a fixed limit.
std::vector<std::vector<std::int32_t>> minimal_cuts(const GeneRule& rule, std::size_t limit);

/// The rule with `names[i]` for gene i, brackets only where needed: "b0001 and (b0002 or b0003)". Read again, it is the
/// same rule where no name looks like more than a name.
std::string to_text(const GeneRule& rule, const std::vector<std::string>& names);

}  // namespace leaven::metabolism
