#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/metabolism/map.hpp>

#include "map_labels.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

constexpr double primary_radius = 2.8;
constexpr double side_radius = 1.4;
constexpr double label_size = 10.2;
constexpr double minor_size = 3;  // read when enlarged
constexpr double area_size = 12;
constexpr std::size_t most_labels = 2000;
constexpr double least_labelled = 1e-3;  // of the largest flux

/// The map moved and scaled so that its longer side is 1000 with a margin.
struct ScaledMap {
    EscherMap map;
    MapFrame frame;
};

template <class Visit>
void for_each_point(EscherMap& map, Visit&& visit) {
    for (auto& node : map.nodes) {
        visit(node.at);
        visit(node.label);
    }
    for (auto& reaction : map.reactions) {
        visit(reaction.label);
        for (auto& segment : reaction.segments)
            if (segment.bend) {
                visit(segment.bend->first);
                visit(segment.bend->second);
            }
    }
    for (auto& text : map.texts) visit(text.at);
}

ScaledMap scaled(EscherMap map) {
    MapPoint least{1e9, 1e9};
    MapPoint most{-1e9, -1e9};
    const auto include = [&](MapPoint at) {
        least = {std::min(least.x, at.x), std::min(least.y, at.y)};
        most = {std::max(most.x, at.x), std::max(most.y, at.y)};
    };
    for (const auto& node : map.nodes) include(node.at);
    for (const auto& text : map.texts) include(text.at);
    if (map.nodes.empty() && map.texts.empty()) {
        include({0, 0});
        include({1000, 400});
    }
    // Metabolites stand at the edge and their names beyond it.
    constexpr double side_margin = 45;
    constexpr double top_margin = 22;
    const auto size = most - least;
    const double unit = std::max({size.x / (1000 - 2 * side_margin), size.y / (1000 - 2 * top_margin), 0.01});
    const MapFrame frame{std::max(size.x / unit + 2 * side_margin, 0.6 * size.y / unit),
                         size.y / unit + 2 * top_margin};
    const MapPoint corner{(frame.width - size.x / unit) / 2, top_margin};
    for_each_point(map, [&](MapPoint& at) { at = (at - least) * (1 / unit) + corner; });
    return {std::move(map), frame};
}

struct Label {
    std::size_t owner;  // index of the node, or of the reaction after all nodes
    std::string text;
    double importance;
    MapPoint point;
    double gap;
    MapPoint preferred;
    std::string_view classes;
};

class EscherDrawing {
public:
    /// With `before` the changes from there are drawn.
    EscherDrawing(ScaledMap scaled_map, std::span<const NamedFlux> fluxes,
                  std::optional<std::span<const NamedFlux>> before)
        : map_(std::move(scaled_map.map)),
          frame_(scaled_map.frame),
          fluxes_(by_id(fluxes)),
          before_(before ? std::optional(by_id(*before)) : std::nullopt),
          scale_(drawn_fluxes()),
          grid_(frame_),
          node_flux_(map_.nodes.size()),
          named_(map_.nodes.size() + map_.reactions.size()) {}

    FluxMap draw(const DrawOptions& options) {
        FluxMap result;
        // The large ones last, on top.
        auto order = reactions_by_flux();
        std::string lines;
        for (const auto r : order) lines += reaction(map_.reactions[r]);
        const auto circles = nodes() + crosses(options);
        const auto words = labels();
        std::set<std::string> missing;
        for (const auto& drawn : map_.reactions)
            if (flux_of(drawn))
                ++result.drawn;
            else
                missing.insert(drawn.id);
        result.missing.assign(missing.begin(), missing.end());
        result.svg = svg_document({.frame = frame_,
                                   .body = lines + circles + words,
                                   .description = describe(result),
                                   .idle = true,
                                   .unknown = !missing.empty(),
                                   .switched_off = crossed_,
                                   .compared = before_.has_value()},
                                  scale_, options);
        return result;
    }

private:
    using Fluxes = std::unordered_map<std::string, double>;

    static Fluxes by_id(std::span<const NamedFlux> fluxes) {
        Fluxes found;
        for (const auto& [id, value] : fluxes)
            if (std::isfinite(value)) found.emplace(id, value);
        return found;
    }

    struct Change {
        double before;
        double after;

        [[nodiscard]] FluxChange kind() const {
            if (!flows(after - before)) return FluxChange::none;
            if (flows(before) && flows(after) && (before > 0) != (after > 0)) return FluxChange::turned;
            return std::abs(after) > std::abs(before) ? FluxChange::more : FluxChange::less;
        }
    };

    static std::optional<double> in(const Fluxes& fluxes, const MapReaction& reaction) {
        const auto found = fluxes.find(reaction.id);
        return found == fluxes.end() ? std::nullopt : std::optional(found->second);
    }

    [[nodiscard]] std::optional<Change> change_of(const MapReaction& reaction) const {
        if (!before_) return std::nullopt;
        const auto before = in(*before_, reaction);
        const auto after = in(fluxes_, reaction);
        return before && after ? std::optional(Change{*before, *after}) : std::nullopt;
    }

    /// What is drawn: the flux, or the size of its change with the sign of where it goes.
    [[nodiscard]] std::optional<double> flux_of(const MapReaction& reaction) const {
        if (!before_) return in(fluxes_, reaction);
        const auto change = change_of(reaction);
        if (!change) return std::nullopt;
        const double size = std::abs(change->after - change->before);
        return std::copysign(size, flows(change->after) ? change->after : change->before);
    }

    /// "2.5", or with a sign in front that says how it changed.
    [[nodiscard]] std::string shown(const MapReaction& reaction, double flux) const {
        auto size = significant(std::abs(flux), 3);
        const auto change = change_of(reaction);
        if (!change) return size;
        switch (change->kind()) {
            case FluxChange::more:
                return "+" + size;
            case FluxChange::less:
                return "−" + size;
            case FluxChange::turned:
                return "⇄" + size;
            case FluxChange::none:
                break;
        }
        return size;
    }

    [[nodiscard]] std::string tooltip_of(const MapReaction& reaction) const {
        const auto change = change_of(reaction);
        if (!change) return flux_tooltip(reaction.id, reaction.name, before_ ? std::nullopt : flux_of(reaction));
        return fmt::format("{}, {} → {} mmol/gDW/h", flux_tooltip(reaction.id, reaction.name, std::nullopt),
                           significant(change->before), significant(change->after));
    }

    [[nodiscard]] FluxScale drawn_fluxes() const {
        std::vector<double> values;
        for (const auto& reaction : map_.reactions) values.push_back(flux_of(reaction).value_or(0));
        return FluxScale(values);
    }

    [[nodiscard]] std::vector<std::size_t> reactions_by_flux() const {
        std::vector<std::size_t> order(map_.reactions.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return std::abs(flux_of(map_.reactions[a]).value_or(0)) < std::abs(flux_of(map_.reactions[b]).value_or(0));
        });
        return order;
    }

    /// Does matter flow into this node?
    static bool receives(const MapReaction& reaction, const MapNode& node, double flux) {
        double coefficient = 0;
        for (const auto& participant : reaction.participants)
            if (participant.metabolite == node.metabolite) coefficient += participant.coefficient;
        return node.kind == MapNodeKind::metabolite && coefficient * flux > 0;
    }

    std::string reaction(const MapReaction& reaction) {
        const auto known = flux_of(reaction);
        const double flux = known.value_or(0);
        const auto change = change_of(reaction);
        DrawnReaction drawn{.tooltip = tooltip_of(reaction),
                            .flux = flux,
                            .known = known.has_value(),
                            .change = change ? change->kind() : FluxChange::none,
                            .width = scale_.width(flux),
                            .side_width = flows(flux) ? 0.35 * scale_.width(flux) + 0.4 : 0.6};
        for (const auto& segment : reaction.segments) add_segment(reaction, segment, flux, drawn);
        return svg_reaction(drawn, scale_);
    }

    void add_segment(const MapReaction& reaction, const MapSegment& segment, double flux, DrawnReaction& drawn) {
        const auto& from = map_.nodes[static_cast<std::size_t>(segment.from)];
        const auto& to = map_.nodes[static_cast<std::size_t>(segment.to)];
        const bool side = (from.kind == MapNodeKind::metabolite && !from.primary) ||
                          (to.kind == MapNodeKind::metabolite && !to.primary);
        auto curve = segment.bend ? MapCurve{from.at, segment.bend->first, segment.bend->second, to.at}
                                  : straight(from.at, to.at);
        const bool backwards = receives(reaction, from, flux);
        const bool head = flows(flux) && (backwards || receives(reaction, to, flux));
        if (backwards) curve = reversed(curve);
        const double width = side ? drawn.side_width : drawn.width;
        const auto line = draw_curve(curve, head, width, side ? side_radius : primary_radius);
        (side ? drawn.side : drawn.main) += line.path;
        drawn.heads += line.head;
        if (!flows(flux)) return;
        grid_.take_line(curve, width);
        for (const auto node : {segment.from, segment.to})
            node_flux_[static_cast<std::size_t>(node)] =
                std::max(node_flux_[static_cast<std::size_t>(node)], std::abs(flux));
    }

    std::string nodes() {
        std::string out;
        for (std::size_t i = 0; i < map_.nodes.size(); ++i) {
            const auto& node = map_.nodes[i];
            if (node.kind != MapNodeKind::metabolite) continue;
            const double radius = node.primary ? primary_radius : side_radius;
            if (node_flux_[i] > 0 && node.primary) grid_.take_disc(node.at, radius);
            out += fmt::format(
                "<circle{} cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\"><title>{}</title></circle>\n",
                node_flux_[i] > 0 ? "" : " class=\"bare\"", coordinate(node.at.x), coordinate(node.at.y),
                coordinate(radius), light_palette.paper, light_palette.quiet,
                escape_markup(flux_tooltip(node.metabolite, node.name, std::nullopt)));
        }
        return out;
    }

    std::string crosses(const DrawOptions& options) {
        const std::set<std::string_view> off(options.switched_off.begin(), options.switched_off.end());
        std::string out;
        for (const auto& reaction : map_.reactions) {
            if (!off.contains(reaction.id)) continue;
            crossed_ = true;
            out += svg_cross(middle_of(reaction), flux_tooltip(reaction.id, reaction.name, std::nullopt));
        }
        return out;
    }

    /// The middle of a reaction's line: its midmarker, else where the map has its label.
    [[nodiscard]] MapPoint middle_of(const MapReaction& reaction) const {
        for (const auto& segment : reaction.segments)
            for (const auto node : {segment.from, segment.to})
                if (map_.nodes[static_cast<std::size_t>(node)].kind == MapNodeKind::midmarker)
                    return map_.nodes[static_cast<std::size_t>(node)].at;
        return reaction.label;
    }

    [[nodiscard]] std::vector<Label> important_labels() const {
        std::vector<Label> labels;
        for (std::size_t i = 0; i < map_.nodes.size(); ++i) {
            const auto& node = map_.nodes[i];
            if (node.kind == MapNodeKind::metabolite && node.primary && node_flux_[i] > 0)
                labels.push_back({i, node.metabolite, 1.01 * node_flux_[i], node.at,
                                  std::max(primary_radius, scale_.width(node_flux_[i]) / 2) + 3, node.label, "strong"});
        }
        for (std::size_t r = 0; r < map_.reactions.size(); ++r) {
            const auto& reaction = map_.reactions[r];
            const double flux = flux_of(reaction).value_or(0);
            if (std::abs(flux) > least_labelled * scale_.reference)
                labels.push_back({map_.nodes.size() + r, fmt::format("{} {}", reaction.id, shown(reaction, flux)),
                                  std::abs(flux), middle_of(reaction), scale_.width(flux) / 2 + 3, reaction.label,
                                  "quiet"});
        }
        std::stable_sort(labels.begin(), labels.end(),
                         [](const Label& a, const Label& b) { return a.importance > b.importance; });
        labels.resize(std::min(labels.size(), most_labels));
        return labels;
    }

    std::string labels() {
        std::string large;
        for (const auto& text : map_.texts)
            if (const auto place = grid_.place(text.text, area_size, text.at, 0, text.at))
                large += svg_label(text.text, *place, area_size, "area");
        for (const auto& label : important_labels())
            if (const auto place = grid_.place(label.text, label_size, label.point, label.gap, label.preferred)) {
                large += svg_label(label.text, *place, label_size, label.classes);
                named_[label.owner] = true;
            }
        return minor_labels() + large;
    }

    /// Whatever has no large label.
    [[nodiscard]] std::string minor_labels() const {
        std::string out;
        for (std::size_t i = 0; i < map_.nodes.size(); ++i)
            if (map_.nodes[i].kind == MapNodeKind::metabolite && !named_[i])
                out += svg_label(map_.nodes[i].metabolite, {map_.nodes[i].label}, minor_size, "minor");
        for (std::size_t r = 0; r < map_.reactions.size(); ++r)
            if (!named_[map_.nodes.size() + r])
                out += svg_label(map_.reactions[r].id, {map_.reactions[r].label}, minor_size, "minor quiet");
        return out;
    }

    [[nodiscard]] Text describe(const FluxMap& result) const {
        if (before_)
            return text(
                {"Changes of the fluxes of {} reactions on the map {}; those of {} reactions are not known. The "
                 "largest is {} mmol/gDW/h.",
                 "图 {1} 上 {0} 个反应的通量变化；{2} 个反应的变化未知。最大变化为 {3} mmol/gDW/h。"},
                result.drawn, map_.name, result.missing.size(), significant(scale_.largest));
        return text({"Fluxes of {} reactions on the map {}; the flux of {} reactions is not known. The largest is {} "
                     "mmol/gDW/h.",
                     "图 {1} 上 {0} 个反应的通量；{2} 个反应的通量未知。最大通量为 {3} mmol/gDW/h。"},
                    result.drawn, map_.name, result.missing.size(), significant(scale_.largest));
    }

    EscherMap map_;
    MapFrame frame_;
    Fluxes fluxes_;
    std::optional<Fluxes> before_;
    FluxScale scale_;
    LabelGrid grid_;
    std::vector<double> node_flux_;  // the largest through each node
    std::vector<bool> named_;        // nodes, then reactions: have a large label
    bool crossed_ = false;
};

}  // namespace

FluxMap draw_map(const EscherMap& map, std::span<const NamedFlux> fluxes, const DrawOptions& options) {
    return EscherDrawing(scaled(map), fluxes, std::nullopt).draw(options);
}

FluxMap draw_comparison(const EscherMap& map, std::span<const NamedFlux> first, std::span<const NamedFlux> second,
                        const DrawOptions& options) {
    return EscherDrawing(scaled(map), second, first).draw(options);
}

}  // namespace leaven::metabolism
