// Regular expressions over bases, as a position automaton.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::seq {

/// One state a letter of the expression. State s may be followed by `follow[s]`.
struct Expression {
    std::vector<std::uint8_t> letters;              // sets of bases
    std::vector<std::vector<std::int32_t>> follow;  // sorted
    std::vector<std::int32_t> first;
    std::vector<bool> last;
    bool backwards_same = false;  // the reverse complement is the same expression
};

Result<Expression> parse_expression(std::string_view text);

/// The expression whose matches are the reverse complements of this one's.
Expression reverse_complement(const Expression& expression);

}  // namespace leaven::seq
