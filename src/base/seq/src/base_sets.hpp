// Sets of bases as bits: how an uncertain letter of the text meets a letter of a pattern.
#pragma once

#include <cstdint>

#include <leaven/seq/pattern.hpp>

namespace leaven::seq {

/// Whether a letter of the text lies within one of the pattern; `text` 0 is no base at all.
inline bool fits(std::uint8_t text, std::uint8_t pattern, Ambiguous ambiguous) {
    if (ambiguous == Ambiguous::possible) return (text & pattern) != 0;
    const bool certain = text != 0 && (text & (text - 1)) == 0;
    return certain && (text & pattern) != 0;
}

}  // namespace leaven::seq
