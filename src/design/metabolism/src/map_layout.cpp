#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/metabolism/map.hpp>

#include "map_labels.hpp"
#include "map_layers.hpp"
#include "map_paths.hpp"
#include "map_svg.hpp"

namespace leaven::metabolism {
namespace {

constexpr double radius = 3.2;
constexpr double node_size = 10;  // of the letters
constexpr double step_size = 8.5;
constexpr double margin = 30;
constexpr double widest_label = 155;

/// The compartment where most metabolites are needs no mention.
std::string common_compartment(const Model& model) {
    std::map<std::string, int> counts;
    for (const auto& metabolite : model.metabolites) ++counts[metabolite.compartment];
    const auto most = std::max_element(counts.begin(), counts.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? "" : most->first;
}

class LayoutDrawing {
public:
    LayoutDrawing(const Model& model, FlowNetwork network, const LayoutOptions& options)
        : model_(model),
          network_(std::move(network)),
          options_(options),
          common_(common_compartment(model)),
          graph_(arranged()),
          frame_(frame()),
          scale_(fluxes()),
          grid_(frame_) {}

    FluxMap draw() {
        FluxMap result;
        const auto lines = steps();
        const auto circles = nodes();
        result.drawn = static_cast<int>(reactions_.size());
        result.svg = svg_document({.frame = frame_,
                                   .body = lines + circles + labels() + verdict(),
                                   .description = describe(result.drawn),
                                   .runs = has_runs(),
                                   .biomass = has_biomass()},
                                  scale_, options_.draw);
        return result;
    }

private:
    [[nodiscard]] const Metabolite& metabolite(const FlowNode& node) const {
        return model_.metabolites[at(node.metabolite)];
    }

    [[nodiscard]] std::string label_of(const FlowNode& node) const {
        const auto& found = metabolite(node);
        auto name = found.name;
        // Names of older models end in the formula: "GTP C10H12N5O14P3".
        if (!found.formula.empty() && name.ends_with(" " + found.formula))
            name.resize(name.size() - found.formula.size() - 1);
        if (name.empty() || text_width(name) * node_size > widest_label) return found.id;
        return found.compartment == common_ ? name : fmt::format("{} [{}]", name, found.compartment);
    }

    [[nodiscard]] LayeredGraph arranged() const {
        std::vector<double> widths;
        for (const auto& node : network_.nodes)
            widths.push_back(2 * radius + 6 + node_size * text_width(label_of(node)));
        std::vector<LayerEdge> edges;
        const auto scale = fluxes();
        for (const auto& step : network_.steps)
            edges.push_back({step.from, step.to, 1 + 9 * scale.share(flux_of(step))});
        return layer(widths, edges, {.between_layers = 54, .between_nodes = 14, .bend_width = 12});
    }

    [[nodiscard]] MapFrame frame() const {
        return {std::max(graph_.width + 2 * margin, 600.0), graph_.height + 2 * margin};
    }

    [[nodiscard]] double flux_of(const FlowStep& step) const {
        double least = std::abs(network_.flux[at(step.reactions.front())]);
        for (const auto r : step.reactions) least = std::min(least, std::abs(network_.flux[at(r)]));
        return least;
    }

    [[nodiscard]] FluxScale fluxes() const {
        std::vector<double> values;
        for (const auto& step : network_.steps) values.push_back(flux_of(step));
        return FluxScale(values);
    }

    [[nodiscard]] MapPoint on_page(MapPoint point) const {
        const double left = (frame_.width - graph_.width) / 2;
        return point + MapPoint{left + radius, margin};
    }

    /// The pieces of a step's line, each leaving and arriving upright.
    [[nodiscard]] std::vector<MapCurve> pieces(std::size_t s) const {
        std::vector<MapPoint> points{graph_.nodes[at(network_.steps[s].from)]};
        points.insert(points.end(), graph_.bends[s].begin(), graph_.bends[s].end());
        points.push_back(graph_.nodes[at(network_.steps[s].to)]);
        std::vector<MapCurve> curves;
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            const auto from = on_page(points[i]);
            const auto to = on_page(points[i + 1]);
            const double middle = (from.y + to.y) / 2;
            curves.push_back({from, {from.x, middle}, {to.x, middle}, to});
        }
        return curves;
    }

    [[nodiscard]] std::string tooltip(const FlowStep& step) const {
        std::string out;
        for (const auto r : step.reactions) {
            const auto& reaction = model_.reactions[at(r)];
            out += (out.empty() ? "" : "\n") + flux_tooltip(reaction.id, reaction.name, network_.flux[at(r)]);
        }
        return out;
    }

    std::string steps() {
        std::vector<std::size_t> order(network_.steps.size());
        for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return flux_of(network_.steps[a]) < flux_of(network_.steps[b]);
        });
        std::string out;
        for (const auto s : order) out += step(s);
        return out;
    }

    std::string step(std::size_t s) {
        const auto& step = network_.steps[s];
        const double flux = flux_of(step);
        DrawnReaction drawn{
            .tooltip = tooltip(step), .flux = flux, .dashed = step.reactions.size() > 1, .width = scale_.width(flux)};
        const auto curves = pieces(s);
        for (std::size_t i = 0; i < curves.size(); ++i) {
            const auto line = draw_curve(curves[i], i + 1 == curves.size(), drawn.width, radius);
            drawn.main += line.path;
            drawn.heads += line.head;
            grid_.take_line(curves[i], drawn.width);
        }
        reactions_.insert(step.reactions.begin(), step.reactions.end());
        return svg_reaction(drawn, scale_);
    }

    std::string nodes() {
        std::string out;
        for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
            const auto& node = network_.nodes[n];
            const auto centre = on_page(graph_.nodes[n]);
            const bool end = node.role != FlowRole::inner && node.role != FlowRole::biomass;
            const auto* classes = end ? " class=\"end\"" : node.role == FlowRole::biomass ? " class=\"biomass\"" : "";
            grid_.take_disc(centre, radius);
            out += fmt::format(
                "<circle{} cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{}\" stroke=\"{}\"><title>{}</title></circle>\n",
                classes, coordinate(centre.x), coordinate(centre.y), coordinate(end ? radius + 1.4 : radius),
                light_palette.paper, light_palette.quiet,
                escape_markup(flux_tooltip(metabolite(node).id, metabolite(node).name, std::nullopt)));
        }
        return out;
    }

    std::string labels() {
        std::string out;
        for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
            const auto& node = network_.nodes[n];
            const auto centre = on_page(graph_.nodes[n]);
            const auto words = label_of(node);
            const bool strong = node.role != FlowRole::inner && node.role != FlowRole::biomass;
            const PlacedLabel beside{{centre.x + radius + 4, centre.y + 0.35 * node_size}};
            const auto place = grid_.place(words, node_size, centre, radius + 4, beside.at).value_or(beside);
            out += svg_label(words, place, node_size, strong ? "strong" : "");
        }
        for (std::size_t s = 0; s < network_.steps.size(); ++s) out += step_label(s);
        return out;
    }

    std::string step_label(std::size_t s) {
        const auto& step = network_.steps[s];
        const auto curves = pieces(s);
        const auto middle = point_on(curves.back(), 0.5);
        const double gap = scale_.width(flux_of(step)) / 2 + 3;
        const auto count = step.reactions.size();
        const auto words = count > 1 ? text({"{} steps", "{} 步"}, count)
                                     : text({"{} {}", "{} {}"}, model_.reactions[at(step.reactions.front())].id,
                                            significant(flux_of(step), 3));
        const auto place = grid_.place(words.en, step_size, middle, gap, middle);
        if (!place) return {};
        return count > 1 ? svg_text(words, place->at, step_size, "quiet", place->anchor)
                         : svg_label(words.en, *place, step_size, "quiet");
    }

    [[nodiscard]] bool has_runs() const {
        return std::any_of(network_.steps.begin(), network_.steps.end(),
                           [](const FlowStep& step) { return step.reactions.size() > 1; });
    }

    [[nodiscard]] bool has_biomass() const {
        return std::any_of(network_.nodes.begin(), network_.nodes.end(),
                           [](const FlowNode& node) { return node.role == FlowRole::biomass; });
    }

    [[nodiscard]] std::string verdict() const {
        if (network_.nodes.empty())
            return svg_text(
                {"No substrate is taken up: there is no flux to draw.", "没有底物被摄取：没有可绘制的通量。"},
                {margin, margin + 4}, 12, "");
        if (options_.target.empty() || network_.reaches_product) return {};
        return svg_text(
            text({"These fluxes make no product: nothing leaves through {}.", "这些通量不产生目标产物：{} 没有流出。"},
                 options_.target),
            {margin, 14}, 12, "");
    }

    [[nodiscard]] Text describe(int drawn) const {
        return text({"Ways of carbon from the substrate to products and biomass: {} reactions. The largest flux is {} "
                     "mmol/gDW/h.",
                     "碳从底物到产物和生物量的路径：{} 个反应。最大通量为 {} mmol/gDW/h。"},
                    drawn, significant(scale_.largest));
    }

    const Model& model_;
    FlowNetwork network_;
    const LayoutOptions& options_;
    std::string common_;
    LayeredGraph graph_;
    MapFrame frame_;
    FluxScale scale_;
    LabelGrid grid_;
    std::set<std::int32_t> reactions_;
};

}  // namespace

FluxMap draw_layout(const Model& model, std::span<const NamedFlux> fluxes, const LayoutOptions& options) {
    return LayoutDrawing(model, flow_network(model, fluxes, options), options).draw();
}

}  // namespace leaven::metabolism
