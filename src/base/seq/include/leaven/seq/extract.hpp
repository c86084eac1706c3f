// What a feature reads: its bases, and for a coding sequence its protein.
#pragma once

#include <string>
#include <vector>

#include <leaven/seq/genetic_code.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

struct Extracted {
    std::string letters{};  // in reading direction
    std::vector<Text> warnings{};
};

/// The letters of a location, part after part. A part in another record, or where the file leaves the sequence out,
/// gives none and a warning.
Extracted extract(const Record& record, const Location& location);

struct Translated {
    std::string protein{};  // without the last stop
    std::int64_t code = 1;  // the genetic code used
    bool sound = true;      // no stop inside, whole codons, known code
    std::vector<Text> warnings{};
};

/// The protein of a coding feature: /codon_start, /transl_table and /transl_except are followed; a start codon of the
/// code gives M unless the 5' end is open.
///
/// `code` 0: the feature's, else 1. Errors  not_found  no such genetic code
Result<Translated> translate_feature(const Record& record, const Feature& feature, std::int64_t code);

}  // namespace leaven::seq
