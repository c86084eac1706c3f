// A number with the noun it counts, for texts: "1 record" and "2 records".
//
//     text({"{}, {}", "{:n} 条记录，{:n} 个特征"}, counted(records, "record"), counted(features, "feature"))
//
// Chinese has one form, so its pattern asks for the number alone by `{:n}`.
#pragma once

#include <cstdint>
#include <string_view>

#include <fmt/core.h>

namespace leaven {

struct Counted {
    std::int64_t number;
    std::string_view noun;  // of one; more than one ends in "s"
    std::string_view rest;  // " of oligos"
};

template <class Number>
Counted counted(Number number, std::string_view noun, std::string_view rest = {}) {
    return {static_cast<std::int64_t>(number), noun, rest};
}

}  // namespace leaven

template <>
struct fmt::formatter<leaven::Counted> {
    bool alone = false;  // the number without its noun

    constexpr auto parse(format_parse_context& context) {
        auto at = context.begin();
        if (at != context.end() && *at == 'n') {
            alone = true;
            ++at;
        }
        return at;
    }
    appender format(const leaven::Counted& counted, format_context& context) const;
};
