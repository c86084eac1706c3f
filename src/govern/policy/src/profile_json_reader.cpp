#include <algorithm>
#include <set>

#include <leaven/op/json.hpp>

#include "node.hpp"

namespace leaven::policy {
namespace {

Node convert(const Json& from) {
    Node node;
    if (from.is_object()) {
        node.kind = Node::Kind::table;
        for (const auto& item : from.items()) node.fields.emplace_back(item.key(), convert(item.value()));
    } else if (from.is_array()) {
        node.kind = Node::Kind::list;
        for (const auto& item : from) node.items.push_back(convert(item));
    } else if (from.is_boolean()) {
        node.kind = Node::Kind::boolean;
        node.boolean = from.get<bool>();
    } else if (from.is_string()) {
        node.kind = Node::Kind::string;
        node.string = from.get<std::string>();
    } else if (from.is_number_integer() &&
               !(from.is_number_unsigned() && from.get<std::uint64_t>() > std::uint64_t{INT64_MAX})) {
        node.kind = Node::Kind::integer;
        node.integer = from.get<std::int64_t>();
    } else if (from.is_number()) {
        node.kind = Node::Kind::number;
        node.string = from.dump();
    }
    return node;
}

SyntaxError at_byte(const std::string& bytes, std::size_t byte, std::string reason) {
    const auto before = std::string_view(bytes).substr(0, byte == 0 ? 0 : byte - 1);
    const auto start = before.find_last_of('\n');
    return {1 + std::count(before.begin(), before.end(), '\n'),
            static_cast<std::int64_t>(before.size() - (start == std::string_view::npos ? 0 : start + 1)) + 1,
            std::move(reason)};
}

}  // namespace

tl::expected<Node, SyntaxError> read_json(const std::string& bytes) {
    constexpr int deepest = 64;
    std::vector<std::set<std::string>> open;
    std::string fault;
    const auto watch = [&](int depth, Json::parse_event_t event, const Json& parsed) {
        if (depth > deepest) fault = "the values are nested too deeply";
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end) open.pop_back();
        if (event == Json::parse_event_t::key && !open.back().insert(parsed.get<std::string>()).second)
            fault = "the key \"" + parsed.get<std::string>() + "\" stands twice in one object";
        return true;
    };
    try {
        const auto json = Json::parse(bytes, watch);
        if (!fault.empty()) return tl::unexpected(SyntaxError{1, 1, fault});
        return convert(json);
    } catch (const Json::parse_error& error) {
        std::string reason = error.what();
        if (const auto colon = reason.find(": "); colon != std::string::npos) reason = reason.substr(colon + 2);
        return tl::unexpected(at_byte(bytes, error.byte, reason));
    }
}

}  // namespace leaven::policy
