// A file of nested values, TOML or JSON, with the line where each stands.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace leaven::policy {

struct NodeField;

struct Node {
    enum class Kind { none, boolean, integer, number, string, date, list, table };

    Kind kind = Kind::none;
    bool boolean = false;
    std::int64_t integer = 0;
    std::string string;  // a text, a date, or a number that is not whole as it was written
    std::vector<Node> items;
    std::vector<NodeField> fields;
    std::int64_t line = 0;  // 1-based; 0 where it is not known

    [[nodiscard]] inline const Node* find(std::string_view name) const;
};

struct NodeField {
    std::string name;
    Node value;

    NodeField(std::string its_name, Node its_value) : name(std::move(its_name)), value(std::move(its_value)) {}
};

const Node* Node::find(std::string_view name) const {
    for (const auto& field : fields)
        if (field.name == name) return &field.value;
    return nullptr;
}

struct SyntaxError {
    std::int64_t line = 1;
    std::int64_t column = 1;
    std::string reason;
};

tl::expected<Node, SyntaxError> read_toml(const std::string& bytes);
tl::expected<Node, SyntaxError> read_json(const std::string& bytes);

}  // namespace leaven::policy
