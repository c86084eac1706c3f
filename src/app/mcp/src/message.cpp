#include "message.hpp"

#include <utility>

#include <leaven/access/message.hpp>
#include <leaven/op/json.hpp>

namespace leaven::mcp {
Json response(const Json& id, Json result) {
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"result", std::move(result)}};
}

Json error_response(const Json& id, const Refusal& refusal) {
    Json error{{"code", static_cast<int>(refusal.fault)}, {"message", refusal.message}};
    if (!refusal.data.is_null()) error["data"] = refusal.data;
    return Json{{"jsonrpc", "2.0"}, {"id", id}, {"error", std::move(error)}};
}

Json notification(std::string_view method, Json params) {
    Json message{{"jsonrpc", "2.0"}, {"method", method}};
    if (!params.is_null()) message["params"] = std::move(params);
    return message;
}

std::string to_line(const Json& message) { return message.dump(-1, ' ', false, Json::error_handler_t::replace); }

Answered<Json> parse_message(std::string_view line) {
    auto message = access::parse_json(line);
    if (message) return *std::move(message);
    if (message.error() == access::JsonFault::too_deep) return refuse(Fault::invalid_request, "nested deeper than 100");
    return refuse(Fault::parse_error, "not JSON in UTF-8");
}

bool is_id(const Json& id) { return id.is_string() || id.is_number_integer(); }

void LineReader::feed(std::string_view bytes, const std::function<void(std::string_view)>& line,
                      const std::function<void()>& too_long) {
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        auto piece = bytes.substr(0, end);
        bytes = end == std::string_view::npos ? std::string_view() : bytes.substr(end + 1);
        if (!skipping_ && held_.size() + piece.size() > longest_) {
            skipping_ = true;
            std::string().swap(held_);
            too_long();
        }
        if (!skipping_) held_.append(piece);
        if (end == std::string_view::npos) return;
        if (!skipping_) line(rest());
        skipping_ = false;
    }
}

std::string LineReader::rest() {
    auto line = std::exchange(held_, std::string());
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace leaven::mcp
