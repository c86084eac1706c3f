#include <algorithm>
#include <cctype>
#include <numeric>

#include <leaven/core/suggest.hpp>

namespace leaven {
namespace {

std::string lower(std::string_view word) {
    std::string out(word);
    for (auto& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

}  // namespace

int edit_distance(std::string_view first, std::string_view second) {
    const auto a = lower(first);
    const auto b = lower(second);
    std::vector<int> before_last(b.size() + 1);
    std::vector<int> last(b.size() + 1);
    std::vector<int> row(b.size() + 1);
    std::iota(last.begin(), last.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        std::swap(before_last, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

std::vector<std::string> nearest(std::string_view name, std::span<const std::string> known, std::size_t limit) {
    constexpr std::size_t longest_name = 200;  // beyond that it is no misspelling
    if (name.size() > longest_name) return {};
    const int tolerated = 1 + static_cast<int>(name.size()) / 3;
    std::vector<std::pair<int, std::string_view>> near;
    for (const auto& candidate : known) {
        const bool contains = name.size() >= 3 && lower(candidate).find(lower(name)) != std::string::npos;
        const int distance = contains ? 1 : edit_distance(name, candidate);
        if (distance <= tolerated) near.emplace_back(distance, candidate);
    }
    std::sort(near.begin(), near.end());
    std::vector<std::string> names;
    for (const auto& entry : near)
        if (names.size() < limit) names.emplace_back(entry.second);
    return names;
}

}  // namespace leaven
