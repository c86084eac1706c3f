// From words on the command line to the parameters of one operation.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::cli {

struct Arguments {
    Json parameters = Json::object();
    bool json = false;
    bool schema = false;
    bool help = false;
    std::string out;  // empty: nothing is written
    int threads = 0;  // 0: as many as the machine has
    std::uint64_t seed = 0;
};

/// Errors  bad_input  an unknown option (with the nearest names), a value of the wrong kind, an unreadable --params
Result<Arguments> parse_arguments(const Operation& operation, const std::vector<std::string>& words);

/// The language asked for by --lang, else by LEAVEN_LANG, else by the locale; English where none says.
///
/// Errors  bad_input  --lang names another language
Result<Lang> language_of(const std::vector<std::string>& words);

}  // namespace leaven::cli
