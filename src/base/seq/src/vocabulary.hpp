// Names of the vocabularies that SBOL documents use.
#pragma once

#include <string>
#include <string_view>

namespace leaven::seq::vocabulary {

inline constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
inline constexpr std::string_view rdf_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
inline constexpr std::string_view xsd = "http://www.w3.org/2001/XMLSchema#";
inline constexpr std::string_view sbol2 = "http://sbols.org/v2#";
inline constexpr std::string_view sbol3 = "http://sbols.org/v3#";
inline constexpr std::string_view dcterms = "http://purl.org/dc/terms/";
inline constexpr std::string_view genbank = "http://www.ncbi.nlm.nih.gov/genbank#";
inline constexpr std::string_view so = "https://identifiers.org/SO:";
inline constexpr std::string_view sbo = "https://identifiers.org/SBO:";
inline constexpr std::string_view edam = "https://identifiers.org/edam:";

inline std::string sbol(std::string_view word) { return std::string(sbol3) + std::string(word); }

}  // namespace leaven::seq::vocabulary
