// GenBank flat files: NCBI's and the dialects of SnapGene, ApE, Benchling, VectorNTI, Serial Cloner.
//
// Format  NCBI-GenBank Flat File Release 260.0, section 3.4; Feature Table Definition 11.3.
// Law     write(read(bytes)) == bytes wherever line ends are of one kind, and write ∘ read is a fixpoint always.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

struct ReadOptions {
    std::string name = "input";  // of the file, for errors
    bool partial = false;        // take a record whose sequence is shorter than its LOCUS line says
};

/// One record, from its LOCUS line to "//"; `line` is the number of its first line in the file.
///
/// Errors  bad_input  no LOCUS, no "//", another length than LOCUS says, letters outside IUPAC, a location beyond the
///         record; `where` is "name, line N"
Result<Record> read_genbank_record(std::string_view bytes, std::int64_t line, const ReadOptions& options,
                                   std::vector<Warning>& warnings);

/// Appends the record.
void write_genbank(std::string& out, const Record& record);

}  // namespace leaven::seq
