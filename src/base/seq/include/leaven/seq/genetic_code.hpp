// Genetic codes, and translation with what may be wrong about a coding sequence.
//
// Source  NCBI, The Genetic Codes, compiled by A. Elzanowski and J. Ostell; tables 1–33.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::seq {

struct GeneticCode {
    std::int64_t id = 1;
    std::string amino_acids{};  // of the 64 codons in the order T C A G: "FFLLSSSS…", "*" for a stop
    std::string starts{};       // "M" where the codon may start

    /// One letter for three bases, either case, T or U; ambiguous bases give X unless all that they stand for agree.
    [[nodiscard]] char translate(std::string_view codon) const;
    [[nodiscard]] bool starts_with(std::string_view codon) const;
};

/// Errors  not_found  no table of this number; the hint lists them
Result<GeneticCode> genetic_code(std::int64_t id);

/// The numbers of all tables.
const std::vector<std::int64_t>& genetic_code_ids();

/// Codons from the first base on, one letter each, stops as "*"; bases left over at the end are left out.
std::string translate(std::string_view bases, const GeneticCode& code);

}  // namespace leaven::seq
