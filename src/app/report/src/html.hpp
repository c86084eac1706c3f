// Pieces of the page: texts in both languages, numbers with units, tables, sections.
//
// A `Html` is markup that is safe as it stands: made by these functions, with every text of others escaped.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/op/json.hpp>

namespace leaven::report {

using Html = std::string;

/// Both languages, of which the page shows one; once where they are the same.
Html both(Doc text);
Html both_of(const Text& text);

/// The same for texts that are markup already, such as sentences filled with names.
Html both_html(const Text& markup);

/// `pattern` filled with markup, in both languages.
template <class... Args>
Html sentence(Doc pattern, const Args&... markup) {
    return both_html(text(pattern, markup...));
}

Html plain(std::string_view text);       // escaped
Html code(std::string_view identifier);  // an identifier, which may break where it has a "_"

/// Four significant digits, a dash where not known; with the unit after a narrow blank.
Html figure(std::optional<double> value);
Html quantity(std::optional<double> value, std::string_view unit);
Html percent(std::optional<double> part, std::optional<double> whole);

/// "C6H12O6" with its numbers below the line.
Html formula(std::string_view text);

/// A whole number with its sign: "−4", "0", "+1".
Html charge(std::optional<double> value);

/// 1234567 as 1,234,567
std::string grouped(std::int64_t number);

/// "aceE (b0114)", the name in italics; the identifier alone where there is no name.
Html named(const Json& item);

/// `words` as a link to where the certificate of a design stands; as they are where it has none. Positions from 0.
Html certificate_link(const Json& design, std::size_t position, std::string_view classes, const Html& words);

/// "A, B and C"
Text listed(const std::vector<Html>& names);

struct Column {
    Doc head;
    std::string_view unit = {};
    bool numeric = false;
};

struct Row {
    std::vector<Html> cells;  // the first is the row's header
    std::string id = {};      // where links lead
    std::string_view classes = {};
};

struct Table {
    std::string_view id;
    Html caption;
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::string_view classes = {};
};

/// Scrolls in its own frame, which the keyboard reaches.
Html render(const Table& table);

Html section(std::string_view id, Doc title, const Html& body);

/// Opened by a click or the keyboard; printed open.
Html disclosure(Doc summary, const Html& body);

}  // namespace leaven::report
