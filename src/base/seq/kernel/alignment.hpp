// Global alignment with the fewest edits.
#pragma once

#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/compare.hpp>

namespace leaven::seq {

struct Alignment {
    bool complete = true;  // false: more edits than are looked for
    std::int64_t matches = 0;
    std::int64_t columns = 0;
    std::vector<Difference> differences{};  // neighbouring edits as one
};

Result<Alignment> align(std::string_view a, std::string_view b, const Context& context);

}  // namespace leaven::seq
