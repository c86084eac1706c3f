// The two oligos that carry a guide into a vector cut by a Type IIS enzyme.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::crispr {

/// How a vector takes a guide: top = top_prefix + guide + top_suffix, bottom = bottom_prefix + its reverse complement +
/// bottom_suffix, both 5' to 3'.
struct CloningScheme {
    std::string name{};
    std::string enzyme{};  // that opens the vector; empty: not said
    std::string enzyme_site{};
    std::string top_prefix{};
    std::string top_suffix{};
    std::string bottom_prefix{};
    std::string bottom_suffix{};
    bool starts_with_g = false;  // its promoter (U6, T7) wants a G first
};

/// Those built in.
std::span<const CloningScheme> cloning_schemes();

/// Errors  not_found, with the names
Result<CloningScheme> find_scheme(std::string_view name);

enum class GStart : std::uint8_t { automatic, never, always };

struct OligoPair {
    std::string top{};
    std::string bottom{};
    std::string overhang_top{};  // single-stranded 5' ends once they are annealed
    std::string overhang_bottom{};
    std::vector<Text> warnings{};
};

/// Requires  a guide of A C G T
/// Errors    bad_input  the suffixes do not pair with the prefixes, or a letter is none of A C G T
Result<OligoPair> make_oligos(std::string_view guide, const CloningScheme& scheme, GStart g_start);

}  // namespace leaven::crispr
