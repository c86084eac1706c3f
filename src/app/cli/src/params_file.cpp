#include "params_file.hpp"

#include <sstream>

#include <toml++/toml.h>

#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>

namespace leaven::cli {
namespace {

Failure malformed(const std::string& where, const std::string& reason) {
    return bad_input({"the parameters cannot be read: {}", "无法读取参数：{}"}, reason)
        .at(where)
        .advise({"write a JSON object or a TOML table", "请写成 JSON 对象或 TOML 表"});
}

Result<Json> from_json(const std::string& bytes, const std::string& path) {
    try {
        auto json = parse_json(bytes);
        if (json.is_object()) return json;
        return malformed(path, "it is not an object");
    } catch (const Json::parse_error& error) {
        return malformed(path, error.what());
    }
}

Result<Json> from_toml(const std::string& bytes, const std::string& path) {
    try {
        const auto table = toml::parse(bytes, path);
        std::ostringstream text;
        text << toml::json_formatter{table};
        return from_json(text.str(), path);
    } catch (const toml::parse_error& error) {
        return malformed(fmt::format("{}, line {}", path, error.source().begin.line), std::string(error.description()));
    }
}

}  // namespace

Result<Json> read_params_file(const std::string& path) {
    constexpr std::uintmax_t largest = 64 << 20;
    const auto bytes = read_file(path, largest);
    if (!bytes) return pass(bytes);
    return path.ends_with(".toml") ? from_toml(*bytes, path) : from_json(*bytes, path);
}

}  // namespace leaven::cli
