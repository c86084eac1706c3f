#include <leaven/core/join.hpp>

namespace leaven {
namespace {

const std::string& text_of(const std::string& word) { return word; }
std::string_view text_of(std::string_view word) { return word; }
std::string text_of(std::int64_t number) { return std::to_string(number); }

template <class Items>
std::string join_all(const Items& items, std::string_view between) {
    std::string out;
    bool first = true;
    for (const auto& item : items) {
        if (!first) out += between;
        first = false;
        out += text_of(item);
    }
    return out;
}

}  // namespace

std::string join(std::span<const std::string> words, std::string_view between) { return join_all(words, between); }
std::string join(std::span<const std::string_view> words, std::string_view between) { return join_all(words, between); }
std::string join(const std::set<std::string>& words, std::string_view between) { return join_all(words, between); }
std::string join(std::span<const std::int64_t> numbers, std::string_view between) { return join_all(numbers, between); }

}  // namespace leaven
