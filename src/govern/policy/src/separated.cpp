#include "separated.hpp"

namespace leaven::policy {
namespace {

std::vector<std::string> cells(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
    if (text.empty()) return {};
    return cells(text, separator);
}

std::vector<std::map<std::string, std::string>> separated_rows(std::string_view text) {
    std::vector<std::map<std::string, std::string>> rows;
    std::vector<std::string> names;
    for (const auto& line : split(text, '\n')) {
        if (line.empty()) continue;
        const auto row = cells(line, '\t');
        if (names.empty()) {
            names = row;
            continue;
        }
        auto& made = rows.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) made[names[i]] = i < row.size() ? row[i] : std::string();
    }
    return rows;
}

}  // namespace leaven::policy
