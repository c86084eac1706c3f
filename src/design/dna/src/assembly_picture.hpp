// Assemblies drawn: what lies round each molecule, its joints, and a gel of what goes in and comes out.
//
// Works on light and dark ground and in grey: parts differ in fill by turns and bear their names.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/seq/location.hpp>

namespace leaven::dna {

struct DrawnPart {
    std::string name{};
    seq::Interval at{};  // of the molecule; end > length over the origin of a circle
    seq::Strand strand = seq::Strand::forward;
};
struct DrawnJoint {
    std::int64_t at = 0;  // the first base after it
    std::string words{};
};
struct DrawnRow {
    Text title{};
    std::vector<DrawnPart> parts{};
};
struct DrawnMolecule {
    std::string name{};
    Text about{};
    std::int64_t length = 0;
    bool circular = false;
    bool wanted = false;
    std::vector<DrawnRow> rows{};
    std::vector<DrawnJoint> joints{};
};
/// Bands of linear molecules: a circle runs as if it were cut once.
struct GelLane {
    std::string name{};
    std::vector<std::int64_t> lengths{};
};

constexpr std::size_t most_molecules = 24;  // that are drawn

/// SVG. The first molecules and 24 lanes; the rest is counted. The same input gives the same bytes.
///
/// Requires  `molecules` holds all of the `count` there are, or at least the first `most_molecules` of them
std::string draw_assemblies(const std::vector<DrawnMolecule>& molecules, std::size_t count,
                            const std::vector<GelLane>& lanes, Lang lang);

}  // namespace leaven::dna
