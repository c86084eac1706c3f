// Traces of Sanger sequencing in ABIF files (AB1): the called bases and their qualities.
//
// Format  Applied Biosystems Genetic Analysis Data File Format, 2009: a directory of entries, each a name, a number and
//         where its data lie. Big-endian.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::dna {

struct Trace {
    std::string letters{};                  // upper case IUPAC, as called
    std::vector<std::uint8_t> qualities{};  // Phred, one a base; empty where the file has none
};

bool is_trace(std::string_view bytes);

/// Edited bases (PBAS1, PCON1) where there are any, else those of the base caller (PBAS2, PCON2).
///
/// Errors  bad_input  cut short, no bases, not nucleotides; `where` is the file and the entry
Result<Trace> read_trace(std::string_view bytes, const std::string& name);

/// The stretch of greatest sum of 0.05 - error probability, with bases below quality 20 as N.
///
/// Reference  the modified trimming of Mott, as phred and Biopython's abi-trim do it
std::string reliable_bases(const Trace& trace);

}  // namespace leaven::dna
