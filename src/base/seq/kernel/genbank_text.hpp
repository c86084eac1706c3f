// The standard layout of GenBank fields, used to write them and to know what need not be kept as read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <leaven/seq/record.hpp>

namespace leaven::seq::genbank {

inline constexpr std::int64_t standard_indent = 21;
inline constexpr std::int64_t page_width = 79;  // columns of a line

/// What a LOCUS line says.
struct Locus {
    std::string name;
    std::optional<std::int64_t> length;
    std::string molecule;
    bool circular = false;
    std::string division;
    std::string date;
    bool protein = false;  // "aa" rather than "bp"

    bool operator==(const Locus&) const = default;
};

Locus parse_locus(std::string_view line);
std::string locus_line(const Locus& locus);

/// The lines of a qualifier or location, without the last end of line; lines are parted by "\n".
std::string qualifier_lines(const Qualifier& qualifier, std::int64_t indent);
std::string location_lines(std::string_view location, std::int64_t indent);

/// What lines as read say; `lines` have the indentation.
Qualifier parse_qualifier(std::string_view lines);

/// The text that lines of a qualifier fold, in `text`; false where it would be folded otherwise, or is not parted by
/// "\n" alone.
bool unfold(std::string_view lines, std::string_view name, std::size_t indent, std::string& text);

/// The numbered lines of sequence, each with its end of line.
void write_origin(std::string& out, const Sequence& sequence, bool lower_case, std::string_view end_of_line);

/// Are the lines those that write_origin would write?
bool is_standard_origin(std::string_view lines, const Sequence& sequence, bool lower_case,
                        std::string_view end_of_line);

/// A header field such as DEFINITION with its text folded at column 12.
std::string field_lines(std::string_view key, std::string_view text);

/// The text of a header field: its lines joined, without the key.
std::string field_text(std::string_view lines);

inline constexpr std::string_view features_line = "FEATURES             Location/Qualifiers";

}  // namespace leaven::seq::genbank
