// Text and numbers inside XML, SVG and HTML.
//
// Names and identifiers come from files of others: whatever they hold, it is shown and never run.
#pragma once

#include <string>
#include <string_view>

namespace leaven {

/// `text` as it may stand between tags and in quoted attributes of XML and HTML.
///
/// Ensures  well-formed UTF-8 without characters that XML forbids: each such byte becomes U+FFFD.
std::string escape_markup(std::string_view text);

/// A number for people: `digits` significant digits, zeros at the end kept ("2.000"), powers of ten outside
/// 0.001 … 999999 ("1.235 × 10⁻⁴"), "0" for zero, "∞" and "−∞", and "–" for NaN. The minus is U+2212.
///
/// Requires  1 <= digits <= 15
std::string significant(double value, int digits = 4);

}  // namespace leaven
