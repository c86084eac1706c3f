// A result that fits the window of an assistant: its summary and the first rows of its lists.
#pragma once

#include <leaven/op/json.hpp>

namespace leaven::mcp {

struct Shortened {
    Json result;                // the same members, lists cut to their first elements
    Json cut = Json::object();  // path of each list that was cut, and how many elements it has
};

/// `result` in at most `longest` characters where cutting lists and texts can do that. What is shown keeps its schema:
/// a list is shorter, a text ends in "…", nothing else changes. Cost: linear in the size of the result.
Shortened shorten(const Json& result, std::size_t longest);

}  // namespace leaven::mcp
