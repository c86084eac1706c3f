// The ways in which a guide may lie on a genome, bulges and all: each is a pattern of fixed places.
//
// An alignment says which base of the guide meets which base of the genome; those without a partner are bulges. So an
// alignment is named by the guide bases that have none (the RNA bulges) and by the gaps between guide bases in which
// the genome has bases of its own (the DNA bulges). The first and the last column are always pairs. Where both kinds
// of bulge touch, the genome's bases are written first: the pairs are the same, and one alignment has one name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace leaven::crispr {

struct Variant {
    std::int64_t dna = 0;                 // bulges of the genome
    std::int64_t rna = 0;                 // bulges of the guide
    std::vector<std::int16_t> columns{};  // for each genome base, in guide direction, the guide base it meets; -1: none

    [[nodiscard]] std::int64_t window() const { return static_cast<std::int64_t>(columns.size()); }
};

/// All variants of at most so many bulges: the one without any first; among those of one class the one whose bulges
/// lie first in guide direction before the others.
std::vector<Variant> variants_of(std::int64_t length, std::int64_t dna_bulges, std::int64_t rna_bulges);

/// The variants of one class of bulges among all.
struct VariantClass {
    int dna = 0;
    int rna = 0;
    std::size_t first = 0;
    std::size_t last = 0;
};
std::vector<VariantClass> classes_of(const std::vector<Variant>& variants);

/// A guide under a variant, as the word of a site it matches, and which of its places count.
struct Pattern {
    std::uint64_t word = 0;
    std::uint32_t care = 0;
};
Pattern pattern_of(std::string_view guide, const Variant& variant, bool pam_first);

/// Guides under all variants: variant v of guide g is number g * variants + v.
struct PatternSet {
    std::size_t variants = 1;
    std::vector<std::uint64_t> words{};
    std::vector<std::uint32_t> cares{};

    [[nodiscard]] std::size_t guides() const { return words.size() / variants; }
};
PatternSet patterns_of(std::span<const std::string> guides, const std::vector<Variant>& variants, bool pam_first);

}  // namespace leaven::crispr
