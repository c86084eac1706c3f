// Several guides in one transcript or one construct, as parts that a Golden Gate reaction joins in order.
//
//     trna        tRNA - guide - tRNA - guide …: one promoter, cut apart by the cell's tRNA enzymes
//     repeat      repeat - spacer - repeat - spacer - … - repeat: an array of CRISPR's own kind
//     promoters   promoter - guide - terminator, for each guide
//
// Parts meet within the spacers, the only bases that differ: their overhangs are chosen together for fidelity.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/enzyme.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::crispr {

enum class Architecture : std::uint8_t { trna, repeat, promoters };

inline constexpr std::size_t most_multiplexed = 12;

struct MultiplexOptions {
    Architecture architecture = Architecture::trna;
    Nuclease nuclease{};
    seq::Enzyme enzyme{};         // Type IIS with overhangs of four bases
    std::string left_overhang{};  // of the vector, as the array's top strand reads them
    std::string right_overhang{};
};

struct ArrayElement {
    std::string name{};  // "tRNA", "spacer 1", "scaffold"
    seq::Interval at{};  // in the array
};

struct ArrayPart {
    std::string name{};
    std::string sequence{};  // with the enzyme's sites, as it goes into the reaction
    std::string left{};      // overhangs
    std::string right{};
    seq::Interval at{};  // what it gives to the array
};

/// Of a part to be amplified a pair of primers; of a short one both strands.
struct ArrayOligo {
    std::string name{};
    std::string sequence{};
};

struct GuideArray {
    std::string sequence{};  // from left to right overhang
    std::vector<ArrayElement> elements{};
    std::vector<ArrayPart> parts{};
    double fidelity = 0;
    bool proven = false;  // no other cuts give more
    std::vector<ArrayOligo> oligos{};
    std::vector<Text> warnings{};
};

/// The array of these guides in this order.
///
/// Method  dna::choose_cuts, with one cut in each spacer (in an array of repeats in each but the first)
/// Ensures an assembly of the parts with the enzyme has the array as its only linear product
/// Errors  bad_input   more than `most_multiplexed` guides or none, one twice, an overhang that is none or a
///                     palindrome, an enzyme of another kind or with a site in the array, a nuclease whose guide RNA is
///                     not known here or has no such architecture
///         infeasible  no overhangs that differ;  cancelled
Result<GuideArray> build_array(const std::vector<std::string>& guides, const MultiplexOptions& options,
                               const dna::Ligation& ligation, const Context& context);

}  // namespace leaven::crispr
