// Guides as people give them: a list, or a file with one a line, FASTA, a table or a result of `crispr sites`.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::crispr {

/// Guides in upper case, all of one length.
///
/// `words`: the guides, or one file. A table (tabs or commas) or a JSON result has them in a column "sequence" or
/// "guide".
/// Errors  not_found  neither a guide nor a file;  bad_input  none at all, a letter outside A C G T, another length
///         than the first's, shorter than 16 or longer than 28; `where` is the file and line, or the place in the list
Result<std::vector<std::string>> read_guides(const std::vector<std::string>& words);

/// The same out of the bytes of a file.
Result<std::vector<std::string>> read_guides_file(std::string_view bytes, const std::string& name);

/// What speaks against a guide for itself: "tttt" (stops U6 and T7 late), "homopolymer" (5 alike), "low_gc" (< 0.2),
/// "high_gc" (> 0.8).
std::vector<std::string> flags_of(std::string_view guide);

}  // namespace leaven::crispr
