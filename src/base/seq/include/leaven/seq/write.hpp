// Records into files, with a list of what the format cannot hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/read.hpp>

namespace leaven::seq {

/// Something of the records that the target format has no place for.
struct Loss {
    Text what{};
    std::int64_t count = 0;
    std::string example{};
};

struct Written {
    std::string bytes{};
    std::vector<Loss> losses{};
};

/// The file that `document` is in format `to`. `ending` picks the syntax of SBOL3: ".rdf" and ".xml" RDF/XML, ".jsonld"
/// and ".json" JSON-LD, all else N-Triples, which is Turtle too.
///
/// Ensures  written in the format it was read from, GenBank is the same bytes and SBOL the same graph
/// Errors   bad_input  a protein as 2bit; FASTQ and SBOL2 are not written
Result<Written> write_document(const Document& document, Format to, std::string_view ending = {});

/// One FASTA record: ">", `title` and the letters in lines of sixty.
///
/// Requires  `title` has no line end
std::string fasta_text(std::string_view title, std::string_view letters);

/// The format that a file name asks for by its ending; none where it says nothing.
std::optional<Format> format_of_ending(std::string_view ending);

}  // namespace leaven::seq
