// What an operation gave back, as the surfaces show it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/core/text.hpp>
#include <leaven/op/json.hpp>

namespace leaven {

/// A list at the top of a result that is too long to be held as JSON: its elements are made when they are looked at.
struct LongList {
    std::string name;
    std::size_t size = 0;
    std::function<Json(std::size_t)> element;
};

/// What an operation gave back, as plain data.
struct Answer {
    Json result;  // the result struct; texts as {en, zh}; lists that are too long are empty here and stand in
                  // `long_lists`
    bool solved = true;
    ErrorCode unsolved = ErrorCode::infeasible;  // exit status where it is not solved
    std::vector<Text> headline = {};
    bool brief = false;  // the headline says all that a person needs
    std::function<Result<std::string>(std::string_view ending, Lang lang)> file = {};  // empty where `endings` is
    std::vector<LongList> long_lists = {};
};

}  // namespace leaven
