// What is known of one field of a parameter or result struct.
//
// A struct says it once, in `describe`; JSON, schema, help, forms, tables and pages are all derived:
//
//     static void describe(auto& p, auto&& v) {
//         v(p.fraction, {.name = "fraction", .doc = {"share of the optimum to keep", "保留的最优比例"},
//                        .unit = "1", .min = 0, .max = 1});
//     }
//
// `doc` of a result field is also its label above a column, so it is a short noun phrase.
#pragma once

#include <limits>
#include <string_view>

#include <leaven/core/text.hpp>

namespace leaven {

struct Field {
    std::string_view name;                                  // snake_case, the JSON name
    Doc doc;                                                // what it is, for people
    std::string_view unit = {};                             // UCUM; empty where there is none
    double min = -std::numeric_limits<double>::infinity();  // least value allowed
    double max = std::numeric_limits<double>::infinity();   // greatest value allowed
    std::string_view choices = {};                          // allowed words, as "fba|pfba"
    std::string_view format = {};                           // picks loader and form widget: model, path, reaction …
    bool required = false;                                  // has no default
    bool input = false;                                     // given by position on the command line
};

}  // namespace leaven
