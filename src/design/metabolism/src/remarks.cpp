#include "remarks.hpp"

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "number.hpp"

namespace leaven::metabolism {

Remark make_remark(std::string_view key, std::string_view text) {
    const auto colon = key.find(':');
    const auto head = trimmed(key.substr(0, colon));
    const auto tail = colon == std::string_view::npos ? std::string_view() : trimmed(key.substr(colon + 1));
    Remark remark{std::string(head.empty() ? "note" : head), std::string(trimmed(text))};
    if (!tail.empty()) remark.text = std::string(trimmed(fmt::format("{}: {}", tail, remark.text)));
    return remark;
}

bool is_field_key(std::string_view key) {
    constexpr std::array<std::string_view, 5> keys{"GENE_ASSOCIATION", "GENE ASSOCIATION", "SUBSYSTEM", "FORMULA",
                                                   "CHARGE"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace leaven::metabolism
