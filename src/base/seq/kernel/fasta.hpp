// FASTA and FASTQ records.
#pragma once

#include <string>
#include <string_view>

#include <leaven/core/result.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// One record: the title line, with its first character, and the lines of sequence.
Result<Record> read_fasta_record(std::string_view bytes, std::int64_t line, const std::string& name);
Result<Record> read_fastq_record(std::string_view bytes, std::int64_t line, const std::string& name);

void write_fasta(std::string& out, const Record& record);

/// What FASTA and GFF3 call a record: its name without blanks.
std::string title_id(const Record& record);

}  // namespace leaven::seq
