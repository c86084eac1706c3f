// JSON-RPC 2.0 messages: from bytes to lines, from lines to JSON, and what an answer looks like.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>
#include <leaven/op/json.hpp>

namespace leaven::mcp {

/// Codes of JSON-RPC, and of the protocol for a resource that is not there.
enum class Fault {
    parse_error = -32700,
    invalid_request = -32600,
    method_not_found = -32601,
    invalid_params = -32602,
    internal_error = -32603,
    busy = -32000,
    resource_not_found = -32002,
};

/// Why a request is answered with an error instead of a result.
struct Refusal {
    Fault fault;
    std::string message;
    Json data = nullptr;
};

template <class T>
using Answered = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(Fault fault, std::string message, Json data = nullptr) {
    return tl::unexpected(Refusal{fault, std::move(message), std::move(data)});
}

/// {jsonrpc, id, result}, {jsonrpc, id, error} and {jsonrpc, method, params}. The id of a message that could not be
/// read is null.
Json response(const Json& id, Json result);
Json error_response(const Json& id, const Refusal& refusal);
Json notification(std::string_view method, Json params);

/// One line of a message: no line end within it, bytes that are not UTF-8 replaced.
std::string to_line(const Json& message);

/// Errors  parse_error  not JSON in UTF-8;  invalid_request  nested deeper than 100
Answered<Json> parse_message(std::string_view line);

/// May it be the id of a request: a string or a whole number?
bool is_id(const Json& id);

/// Puts lines together from bytes that come in any pieces.
class LineReader {
public:
    explicit LineReader(std::size_t longest) : longest_(longest) {}

    /// Calls `line` for each whole line, without its end; `too_long` once for a line beyond the bound, which is
    /// skipped.
    void feed(std::string_view bytes, const std::function<void(std::string_view)>& line,
              const std::function<void()>& too_long);

    /// The last line where it had no end.
    std::string rest();

private:
    std::size_t longest_;
    std::string held_;
    bool skipping_ = false;
};

}  // namespace leaven::mcp
