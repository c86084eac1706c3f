// Nucleases: the PAM they need, the length of their spacer, where they cut.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>

namespace leaven::crispr {

struct Nuclease {
    std::string name{};          // empty: any other, given by its PAM
    std::string pam{};           // IUPAC, 5' to 3' on the strand of the protospacer; may be empty
    bool pam_first = false;      // the PAM stands 5' of the protospacer
    std::int64_t spacer = 20;    // bases
    std::int64_t cut = 3;        // bases between the PAM and the cut, on the strand of the protospacer
    std::int64_t cut_other = 3;  // the same on the other strand
    bool scored = false;         // CFD, MIT and Rule Set 1 were measured with it
};

inline constexpr std::int64_t shortest_spacer = 16;
inline constexpr std::int64_t longest_spacer = 28;
inline constexpr std::size_t longest_pam = 32;

/// Those built in.
std::span<const Nuclease> nucleases();

/// What a person may say of a nuclease; what is not said is as the named one has it.
struct NucleaseChoice {
    std::string name = "SpCas9";
    std::optional<std::string> pam{};  // empty: none is needed
    std::string pam_side{};            // "3" or "5"
    std::optional<std::int64_t> spacer{};
};

/// Errors  not_found  no such nuclease, with the nearest names;  bad_input  a letter outside IUPAC, or a PAM too long
Result<Nuclease> choose_nuclease(const NucleaseChoice& choice);

}  // namespace leaven::crispr
