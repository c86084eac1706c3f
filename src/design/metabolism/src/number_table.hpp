// Tables of identifiers with a number, as people keep them beside a model: costs, rates, masses.
//
// A line is a few words and then a number, with tabs or commas between; further cells are not looked at. # begins a
// comment. The first line may be a heading: then it holds no number.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {

struct NumberRow {
    std::vector<std::string> words;  // as many as were asked for
    double number;                   // finite
    std::string where;               // "file, line N"
};

/// Errors  not_found  no such file;  bad_input  a line without its number, or the same words twice
Result<std::vector<NumberRow>> read_number_table(const std::string& path, std::size_t words);

/// The error for a number that is below zero, of a row.
Failure negative_number(const NumberRow& row);

}  // namespace leaven::metabolism
