// A result as a person reads it: the headline, then single values, then tables with units.
#pragma once

#include <string>
#include <string_view>

#include <leaven/op/operation.hpp>

namespace leaven {

/// Columns that a text takes on a terminal: two for Chinese characters and full-width signs, one for others.
int display_width(std::string_view utf8);

/// At most `width` such columns, the end marked with "…" where it was cut.
std::string clipped(const std::string& text, int width);

/// A number with `digits` significant digits, "Infinity", or a dash for null.
std::string show_number(double value, int digits = 6);

struct ShowOptions {
    Lang lang = Lang::en;
    std::size_t most_rows = 20;  // of each table; the rest is counted
    int page_width = 120;        // columns of the terminal; wide cells are cut to fit
};

/// Aligned plain text, a newline at the end. Columns of a table in which no row knows anything are left out.
std::string show(const Operation& operation, const Answer& answer, const ShowOptions& options);

/// The result as one JSON object and a line end, long lists included: on one line where `indent` is negative.
std::string show_json(const Answer& answer, Lang lang, int indent = -1);

/// One self-contained page: no script, no request, light and dark. Of a long list it has the first thousand rows.
std::string show_page(const Operation& operation, const Answer& answer, Lang lang);

/// The frame of such a page around a body that is markup already; `more_style` is added to the house's.
std::string frame_page(Doc title, std::string_view body, Lang lang, std::string_view more_style = {});

/// Rows of described objects as separated values, the field names as header (RFC 4180 quoting). Lists are joined by
/// ";", objects stand by their `id`, null is empty.
std::string separated_values(const std::vector<FieldInfo>& columns, const Json& rows, char separator);

/// The largest list of objects in the result as separated values, field names as header.
///
/// Errors  bad_input  the result has no list
Result<std::string> show_rows(const Operation& operation, const Answer& answer, char separator);

/// Is there a way to write the operation's results to files of this ending, ".csv"? See `endings_of`.
bool can_write(const Operation& operation, std::string_view ending);

/// The answer as the content of such a file.
///
/// Errors  bad_input  a table is asked for and the result has no list
Result<std::string> written_as(const Operation& operation, const Answer& answer, std::string_view ending, Lang lang);

/// One line for a terminal: "error: what (where). Try: way out."
std::string show_error(const Error& error, Lang lang);

/// {code, message, where, hint}
Json error_to_json(const Error& error, Lang lang);

}  // namespace leaven
