#include <sstream>

#include <toml++/toml.h>

#include "node.hpp"

namespace leaven::policy {
namespace {

template <class T>
std::string written(const T& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}

Node convert(const toml::node& from) {
    Node node;
    node.line = static_cast<std::int64_t>(from.source().begin.line);
    if (const auto* table = from.as_table()) {
        node.kind = Node::Kind::table;
        for (const auto& [key, value] : *table) {
            node.fields.emplace_back(std::string(key.str()), convert(value));
            auto& field = node.fields.back().value;
            const auto line = static_cast<std::int64_t>(key.source().begin.line);
            if (line > 0 && field.kind != Node::Kind::list && field.kind != Node::Kind::table) field.line = line;
        }
    } else if (const auto* list = from.as_array()) {
        node.kind = Node::Kind::list;
        for (const auto& value : *list) node.items.push_back(convert(value));
    } else if (const auto boolean = from.value_exact<bool>()) {
        node.kind = Node::Kind::boolean;
        node.boolean = *boolean;
    } else if (const auto integer = from.value_exact<std::int64_t>()) {
        node.kind = Node::Kind::integer;
        node.integer = *integer;
    } else if (const auto string = from.value_exact<std::string>()) {
        node.kind = Node::Kind::string;
        node.string = *string;
    } else if (const auto* date = from.as_date()) {
        node.kind = Node::Kind::date;
        node.string = written(*date);
    } else {
        node.kind = Node::Kind::number;
        if (const auto* number = from.as_floating_point()) node.string = written(*number);
        if (const auto* moment = from.as_date_time()) node.string = written(*moment);
        if (const auto* time = from.as_time()) node.string = written(*time);
    }
    return node;
}

}  // namespace

tl::expected<Node, SyntaxError> read_toml(const std::string& bytes) {
    try {
        return convert(toml::parse(bytes));
    } catch (const toml::parse_error& error) {
        return tl::unexpected(SyntaxError{static_cast<std::int64_t>(error.source().begin.line),
                                          static_cast<std::int64_t>(error.source().begin.column),
                                          std::string(error.description())});
    }
}

}  // namespace leaven::policy
