// Pools of guides for many genes at once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/genes.hpp>
#include <leaven/crispr/sites.hpp>

namespace leaven::crispr {

/// What the guides are to do to their gene.
enum class Purpose : std::uint8_t { knockout, interference };

struct LibraryOptions {
    Nuclease nuclease{};
    Purpose purpose = Purpose::knockout;
    std::int64_t per_gene = 5;
    std::int64_t controls = 0;
    std::vector<std::string> excluded{};  // IUPAC words that no guide may hold or form with prefix and suffix
    std::string prefix{};
    std::string suffix{};
};

struct LibraryGuide {
    const Gene* gene = nullptr;  // nullptr: a control
    std::string sequence{};
    SiteRef site{};
    double fraction = 0;                      // of the coding sequence before the cut; below 0 upstream
    std::vector<std::int64_t> by_mismatch{};  // hits, itself among them
    double cfd = 0;                           // score of the guide; only where the nuclease is scored
    std::vector<std::string> flags{};
};

struct Library {
    std::vector<LibraryGuide> guides{};
    std::vector<std::pair<const Gene*, Text>> uncovered{};
    std::int64_t controls_missing = 0;  // that could not be found
};

/// Knockout: cuts between 5 % and 65 % of the coding sequence, spread over it. Interference: inside the gene on the
/// strand opposite to it (its own where the PAM comes first, as Cas12a's), on both down to 60 bases before it, nearest
/// the start first. Guides with a second exact site and excluded words are never taken; cuts in a neighbour, flagged
/// guides and other parts of the gene only where nothing else is left. No guide is taken twice. Controls have no site
/// within 4 mismatches.
///
/// The same seed gives the same library. Errors  cancelled
Result<Library> make_library(const GenomeFile& file, const std::vector<const Gene*>& genes,
                             const LibraryOptions& options, const Context& context);

/// Bases of the coding sequence before a cut; less than 0 upstream of it, none where it is neither.
///
/// `circle`: bases of the contig where it is a circle, else 0
std::optional<std::int64_t> coding_offset(const Gene& gene, std::int64_t cut, std::int64_t circle,
                                          std::int64_t upstream);

/// Does an IUPAC word occur on either strand of `letters` so that it shares a base with `part`?
bool holds_word(std::string_view letters, std::string_view word, seq::Interval part);

}  // namespace leaven::crispr
