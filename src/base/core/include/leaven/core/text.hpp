// A text that a person sees, in English and in Chinese.
//
// `Doc` is for texts fixed at compile time (names, labels, help); `Text` is for texts made at run time
// (errors, notes). A message is formed once, from the same data, in both languages.
#pragma once

#include <string>
#include <string_view>

#include <fmt/core.h>

namespace leaven {

enum class Lang { en, zh };

struct Doc {
    std::string_view en;
    std::string_view zh;

    [[nodiscard]] constexpr std::string_view in(Lang lang) const { return lang == Lang::zh ? zh : en; }
    [[nodiscard]] constexpr bool complete() const { return !en.empty() && !zh.empty(); }
};

struct Text {
    std::string en;
    std::string zh;

    [[nodiscard]] const std::string& in(Lang lang) const { return lang == Lang::zh ? zh : en; }
    [[nodiscard]] bool empty() const { return en.empty() && zh.empty(); }
    bool operator==(const Text&) const = default;
};

/// `pattern` filled with the same arguments in both languages; braces as in fmt.
template <class... Args>
Text text(Doc pattern, const Args&... args) {
    return {fmt::vformat(pattern.en, fmt::make_format_args(args...)),
            fmt::vformat(pattern.zh, fmt::make_format_args(args...))};
}

}  // namespace leaven
