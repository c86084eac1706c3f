// Rows of .csv, .tsv and .json files as texts by column name.
#pragma once

#include <leaven/indicators/values.hpp>

namespace leaven::indicators {

/// The first row names the columns. Quotes as in RFC 4180.  Errors  bad_input  a row of another length
Result<std::vector<RawRow>> separated_rows(const std::string& bytes, const std::string& name, char separator);

/// An array of objects.  Errors  bad_input  with line and column
Result<std::vector<RawRow>> json_rows(const std::string& bytes, const std::string& name);

}  // namespace leaven::indicators
