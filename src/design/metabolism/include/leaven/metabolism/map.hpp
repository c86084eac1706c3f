// Pictures of fluxes: on a drawn map (Escher), or on a layout made here.
//
// Units: fluxes in mmol/gDW/h; coordinates are those of the map, x to the right and y downwards.
// Threads: pure functions; the same input gives the same bytes. Cost: linear in the map, but for labels, which are
// compared pairwise: 20 ms for 200 reactions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct MapPoint {
    double x = 0;
    double y = 0;
    bool operator==(const MapPoint&) const = default;
};

/// A metabolite, or a point of a reaction line: its middle, or where lines to several metabolites meet.
enum class MapNodeKind { metabolite, multimarker, midmarker };

struct MapNode {
    MapNodeKind kind = MapNodeKind::multimarker;
    MapPoint at;
    std::string metabolite;  // identifier; empty for a marker
    std::string name;
    bool primary = false;  // on the main line, not a cofactor beside it
    MapPoint label;        // start of the base line of the text
};

/// A line between two nodes, straight or a cubic Bézier curve.
struct MapSegment {
    struct Bend {
        MapPoint first;
        MapPoint second;
    };
    std::int32_t from = 0;  // index of a node
    std::int32_t to = 0;
    std::optional<Bend> bend;
};

struct MapReaction {
    struct Participant {
        std::string metabolite;
        double coefficient;  // negative: consumed
    };
    std::string id;
    std::string name;
    MapPoint label;
    std::vector<Participant> participants;
    std::vector<MapSegment> segments;
};

struct MapText {
    std::string text;
    MapPoint at;
};

struct EscherMap {
    std::string name;
    MapPoint corner;  // upper left
    double width = 0;
    double height = 0;
    std::vector<MapNode> nodes;
    std::vector<MapReaction> reactions;  // by their key in the file; one reaction may be drawn more than once
    std::vector<MapText> texts;
};

/// Reads an Escher map (JSON, schema 1-0-0), plain or gzip-compressed; `name` stands for the file in errors.
///
/// Format   escher.github.io; King et al. 2015, doi:10.1371/journal.pcbi.1004321
/// Ensures  every index is valid, every coordinate finite and within ±1e6
/// Errors   bad_input  not such a map; `where` is "name, line N" or "name, reaction ID"
Result<EscherMap> read_escher_map(std::string_view bytes, const std::string& name);

struct NamedFlux {
    std::string id;  // of the reaction
    double value;
};

struct DrawOptions {
    Lang lang = Lang::en;  // shown; the other language is inside as well
    Text title{"Flux map", "通量图"};
    std::vector<std::string> switched_off{};  // reactions that a design switches off: crossed out
    bool inlined = false;  // for a page, which brings title, background and language: no <title>, no namespace
};

/// A picture, and how much of the question it shows.
struct FluxMap {
    std::string svg;
    int drawn = 0;                     // reactions drawn whose flux is known
    std::vector<std::string> missing;  // reactions of the map without a flux, sorted
};

/// Flux as width and colour of the lines, arrowheads where it goes, a legend with units. Lines without flux are thin
/// and grey, those whose flux is not known are dashed. Works on light and dark ground and in grey: width says the same.
/// Elements of class `t` exist in both languages, those of class `minor` are too small to read unless enlarged.
FluxMap draw_map(const EscherMap& map, std::span<const NamedFlux> fluxes, const DrawOptions& options = {});

/// The same for what differs between two states: width is the size of the change from `first` to `second`, colour and
/// dashes say whether the flux grew, shrank or turned round, arrowheads where it goes afterwards (or went, where it
/// stops). A reaction that either lacks has no known change.
FluxMap draw_comparison(const EscherMap& map, std::span<const NamedFlux> first, std::span<const NamedFlux> second,
                        const DrawOptions& options = {});

struct LayoutOptions {
    DrawOptions draw;
    std::string substrate;  // reaction through which the substrate enters; empty: the largest uptake of carbon
    std::string target;     // reaction through which the product leaves; empty: growth and by-products alone
    int most_reactions = 70;
};

/// The same picture where there is no map: the ways that carbon takes from the substrate to the product, to the
/// by-products and to what biomass is made of, in layers from top to bottom, the largest flows first until
/// `most_reactions` are drawn. Runs of steps without a branch on the way to biomass are drawn as one dashed line.
///
/// Method   lightest paths where a step weighs the reactions of the metabolite it leads to (so that ways through ATP,
///          NADH or CoA lose; Croes et al. 2006, doi:10.1016/j.jmb.2005.09.079) over the carbon it carries; layers,
///          crossings and coordinates after Sugiyama et al. 1981, doi:10.1109/TSMC.1981.4308636
/// Ensures  a picture always; it says so where no flux leads from the substrate to the product
FluxMap draw_layout(const Model& model, std::span<const NamedFlux> fluxes, const LayoutOptions& options);

}  // namespace leaven::metabolism
