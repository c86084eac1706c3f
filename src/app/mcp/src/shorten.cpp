#include "shorten.hpp"

#include <string>

#include <leaven/op/json.hpp>

namespace leaven::mcp {
namespace {

constexpr std::size_t longest_text = 400;

/// The first bytes of a text, whole characters of UTF-8.
std::string beginning(const std::string& text, std::size_t bytes) {
    while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
    return text.substr(0, bytes) + "…";
}

Json cut_to(const Json& value, std::size_t rows, const std::string& path, Json& cut) {
    if (value.is_array()) {
        if (value.size() > rows) cut[path] = value.size();
        auto list = Json::array();
        for (std::size_t i = 0; i < std::min(rows, value.size()); ++i)
            list.push_back(cut_to(value[i], rows, path + "[" + std::to_string(i) + "]", cut));
        return list;
    }
    if (value.is_object()) {
        auto object = Json::object();
        for (const auto& item : value.items())
            object[item.key()] = cut_to(item.value(), rows, path.empty() ? item.key() : path + "." + item.key(), cut);
        return object;
    }
    if (value.is_string() && value.get_ref<const std::string&>().size() > longest_text) {
        const auto& text = value.get_ref<const std::string&>();
        cut[path] = text.size();
        return beginning(text, longest_text);
    }
    return value;
}

std::size_t size_of(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace).size(); }

}  // namespace

Shortened shorten(const Json& result, std::size_t longest) {
    if (size_of(result) <= longest) return {result};
    Shortened shown;
    for (const std::size_t rows : {200, 100, 50, 20, 10, 5, 3, 1, 0}) {
        shown.cut = Json::object();
        shown.result = cut_to(result, rows, "", shown.cut);
        if (size_of(shown.result) <= longest) break;
    }
    return shown;
}

}  // namespace leaven::mcp
