// Operations as tools: names, schemas, and what a call gives back.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/json.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::mcp {

/// Revisions of the protocol, newest first.
enum class Revision { june_2025, march_2025 };

std::string_view name_of(Revision revision);
std::optional<Revision> revision_named(std::string_view name);

/// "metabolism_fva"; the main job is "design".
std::string tool_name(const Operation& operation);

/// One entry of tools/list. March 2025 knows no titles and no schema of results.
Json tool_entry(const Operation& operation, Revision revision, Lang lang);

/// The result of tools/call for an answer. `shown` and `cut` as `shorten` gives them; `uri` names the whole.
struct Shown {
    Json result;
    Json cut;
    std::vector<Text> headline;
    std::string uri;
};
Json call_result(const Shown& shown, Revision revision, Lang lang);

/// The result of tools/call that failed: {error: {code, message, where, hint}} as text, and isError.
Json call_failure(const Error& error, Lang lang);

}  // namespace leaven::mcp
