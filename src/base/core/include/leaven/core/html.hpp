// The parts that pages are put together from: tables and what is wider than the page.
//
// Texts come out escaped; what is called markup is taken as it is. The style of these parts is that of the page's
// frame.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace leaven {

/// Markup that scrolls sideways by itself where the window is narrow, within reach of the keyboard.
std::string html_frame(std::string_view name, std::string_view markup);

/// One cell; `kind` is its class: "number" stands to the right.
std::string html_cell(std::string_view markup, std::string_view kind = {});

/// The head of a column.
struct HtmlHead {
    std::string words{};
    bool number = false;
};

/// A table in a frame, from rows of cells. Empty where there are no rows.
std::string html_table(std::string_view caption, const std::vector<HtmlHead>& heads,
                       const std::vector<std::string>& rows);

/// Texts as a list of points.
std::string html_list(const std::vector<std::string>& texts);

}  // namespace leaven
