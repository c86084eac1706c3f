#include <algorithm>

#include <leaven/access/message.hpp>
#include <leaven/op/json.hpp>

namespace leaven::access {
namespace {

constexpr int deepest = 100;

/// Brackets that are open at once, strings left out.
int depth_of(std::string_view json) {
    int depth = 0;
    int most = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            most = std::max(most, ++depth);
        } else if (c == ']' || c == '}') {
            --depth;
        }
    }
    return most;
}

}  // namespace

tl::expected<Json, JsonFault> parse_json(std::string_view text) {
    if (depth_of(text) > deepest) return tl::unexpected(JsonFault::too_deep);
    auto json = parse_json_or_nothing(text);
    if (json.is_discarded()) return tl::unexpected(JsonFault::syntax);
    return json;
}

Error bug(const std::string& what) {
    return failure(ErrorCode::bug, {"a fault of the program: {}", "程序缺陷：{}"}, what)
        .advise({"please report it with the call you made", "请附上所用调用反馈此问题"})
        .error;
}

}  // namespace leaven::access
