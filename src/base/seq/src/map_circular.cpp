#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

#include "map_shapes.hpp"

namespace leaven::seq::map {
namespace {

constexpr double ring = 210;    // radius of the backbone
constexpr double band = 13;     // height of a feature
constexpr double step = 17;     // between lanes, inwards
constexpr double column = 285;  // distance of the label columns from the middle
constexpr double width = 1060;

struct Point {
    double x;
    double y;
};

class CircularDrawing {
public:
    CircularDrawing(const Record& record, const std::vector<Tick>& ticks, Lang lang)
        : record_(record), ticks_(ticks), lang_(lang), shapes_(shapes_of(record)) {
        step_ = std::min(step, (ring - 70) / std::max(1, lanes_of(shapes_)));
        band_ = std::min(band, step_ - 2);
    }

    DrawnMap draw() {
        collect_labels();
        place_column(true);
        place_column(false);
        for (const auto& shape : shapes_) draw_feature(shape);
        draw_ring();
        for (const auto& tick : ticks_) draw_tick(tick);
        for (const auto& label : labels_) draw_label(label);
        return finished();
    }

private:
    [[nodiscard]] double angle(double position) const {
        return 2 * std::numbers::pi * position / static_cast<double>(std::max<std::int64_t>(1, record_.length));
    }
    /// Clockwise from the top.
    static Point at(double angle, double radius) { return {radius * std::sin(angle), -radius * std::cos(angle)}; }

    void collect_labels() {
        for (const auto& shape : shapes_) {
            const auto middle = static_cast<double>(shape.extent.start + shape.extent.end) / 2;
            labels_.push_back({.text = shortened(record_.features[shape.feature].label()),
                               .anchor = std::fmod(angle(middle), 2 * std::numbers::pi),
                               .weight = static_cast<double>(shape.extent.length()),
                               .lane = shape.lane});
        }
        for (const auto& tick : ticks_)
            labels_.push_back({.text = shortened(tick.label),
                               .anchor = std::fmod(angle(static_cast<double>(tick.position)), 2 * std::numbers::pi),
                               .weight = 1e18,
                               .tick = true});
        std::size_t most = 0;
        for (const bool right : {true, false}) most = std::max(most, side(right).size());
        half_height_ = std::max(ring + 60, std::min<double>(static_cast<double>(most), 60) * line_height / 2 + 20);
    }

    std::vector<Label*> side(bool right) {
        std::vector<Label*> found;
        for (auto& label : labels_)
            if ((label.anchor < std::numbers::pi) == right) found.push_back(&label);
        return found;
    }

    /// Labels of one side in the order of their places, pushed apart no more than they must.
    void place_column(bool right) {
        auto list = side(right);
        const auto room = static_cast<std::size_t>(2 * half_height_ / line_height);
        if (list.size() > room) {
            std::stable_sort(list.begin(), list.end(),
                             [](const Label* a, const Label* b) { return a->weight > b->weight; });
            for (std::size_t i = room; i < list.size(); ++i) list[i]->shown = false;
            list.resize(room);
        }
        std::stable_sort(list.begin(), list.end(),
                         [](const Label* a, const Label* b) { return -std::cos(a->anchor) < -std::cos(b->anchor); });
        // Pool adjacent violators: the least squared shift that keeps the distance.
        struct Block {
            double sum;
            std::size_t count;
            [[nodiscard]] double mean() const { return sum / static_cast<double>(count); }
        };
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < list.size(); ++i) {
            blocks.push_back({-column * 0.85 * std::cos(list[i]->anchor) - static_cast<double>(i) * line_height, 1});
            while (blocks.size() > 1 && blocks[blocks.size() - 2].mean() > blocks.back().mean()) {
                const auto last = blocks.back();
                blocks.pop_back();
                blocks.back().sum += last.sum;
                blocks.back().count += last.count;
            }
        }
        const auto span = static_cast<double>(list.empty() ? 0 : list.size() - 1) * line_height;
        std::size_t i = 0;
        for (const auto& block : blocks)
            for (std::size_t k = 0; k < block.count; ++k, ++i)
                list[i]->place = std::clamp(block.mean(), -half_height_ + line_height,
                                            std::max(-half_height_ + line_height, half_height_ - line_height - span)) +
                                 static_cast<double>(i) * line_height;
    }

    [[nodiscard]] double radius_of(int lane) const { return ring - step_ * (lane + 1) + step_ / 2; }

    void draw_feature(const Shape& shape) {
        const auto& feature = record_.features[shape.feature];
        const auto radius = radius_of(shape.lane);
        body_ += "<g>" + feature_title(record_, feature);
        if (shape.pieces.size() > 1) arc_line(shape.extent, radius);
        for (std::size_t i = 0; i < shape.pieces.size(); ++i) {
            const bool arrow = i + 1 == shape.pieces.size();
            arc(shape.pieces[i], radius, colour_class(feature.type), arrow);
        }
        body_ += "</g>\n";
    }

    void arc_line(Interval at_, double radius) {
        const auto a = at(angle(static_cast<double>(at_.start)), radius);
        const auto b = at(angle(static_cast<double>(at_.end)), radius);
        const int large = at_.length() * 2 > record_.length ? 1 : 0;
        body_ += fmt::format("<path class=\"lead\" d=\"M{:.2f} {:.2f}A{:.2f} {:.2f} 0 {} 1 {:.2f} {:.2f}\"/>", a.x, a.y,
                             radius, radius, large, b.x, b.y);
    }

    /// A band along the ring, its end a point where it is the end of the feature.
    void arc(const Piece& piece, double radius, const std::string& colour, bool arrow) {
        const auto full = piece.at.length() >= record_.length;
        auto from = angle(static_cast<double>(piece.at.start));
        auto to = angle(static_cast<double>(piece.at.end)) - (full ? 0.001 : 0);
        const auto least = 2.5 / radius;  // what is too short to see is drawn this long
        if (to - from < least) to = from + least;
        const auto head = arrow ? std::min(9 / radius, to - from) : 0;
        const auto outer = radius + band_ / 2;
        const auto inner = radius - band_ / 2;
        const bool forward = piece.strand == Strand::forward;
        const auto begin = forward ? from : from + head;
        const auto end = forward ? to - head : to;
        const int large = end - begin > std::numbers::pi ? 1 : 0;
        const auto a = at(begin, outer);
        const auto b = at(end, outer);
        const auto c = at(end, inner);
        const auto d = at(begin, inner);
        const auto tip = at(forward ? to : from, radius);
        body_ += fmt::format("<path class=\"{} edge\" d=\"M{:.2f} {:.2f}A{:.2f} {:.2f} 0 {} 1 {:.2f} {:.2f}", colour,
                             a.x, a.y, outer, outer, large, b.x, b.y);
        if (forward) body_ += fmt::format("L{:.2f} {:.2f}", tip.x, tip.y);
        body_ +=
            fmt::format("L{:.2f} {:.2f}A{:.2f} {:.2f} 0 {} 0 {:.2f} {:.2f}", c.x, c.y, inner, inner, large, d.x, d.y);
        if (!forward) body_ += fmt::format("L{:.2f} {:.2f}", tip.x, tip.y);
        body_ += "Z\"/>";
    }

    void draw_ring() {
        body_ += fmt::format("<circle class=\"line\" r=\"{}\" stroke-width=\"2\"/>\n", ring);
        const auto unit = scale_step(record_.length);
        for (double position = 0; position < static_cast<double>(record_.length); position += unit) {
            const auto a = at(angle(position), ring);
            const auto b = at(angle(position), ring + 5);
            body_ += fmt::format("<path class=\"line\" d=\"M{:.2f} {:.2f}L{:.2f} {:.2f}\"/>", a.x, a.y, b.x, b.y);
            const auto number = at(angle(position), ring + 8);
            const auto turn = angle(position);
            const auto* anchor = turn < 0.1 ? "middle" : turn < std::numbers::pi ? "start" : "end";
            scale_ += fmt::format(
                "<text class=\"soft\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\" font-size=\"10\">{:.0f}</text>",
                number.x, number.y + (turn < 0.1 ? 0 : 4), anchor, position);
        }
        scale_ += '\n';
    }

    void draw_tick(const Tick& tick) {
        const auto a = at(angle(static_cast<double>(tick.position)), ring - 4);
        const auto b = at(angle(static_cast<double>(tick.position)), ring + 12);
        body_ += fmt::format("<path class=\"line\" stroke-width=\"1.5\" d=\"M{:.2f} {:.2f}L{:.2f} {:.2f}\"/>\n", a.x,
                             a.y, b.x, b.y);
    }

    void draw_label(const Label& label) {
        if (!label.shown) {
            ++hidden_;
            return;
        }
        const bool right = label.anchor < std::numbers::pi;
        const auto from = at(label.anchor, label.tick ? ring + 12 : radius_of(label.lane) + band_ / 2);
        const auto out = at(label.anchor, ring + 22);
        const auto x = right ? column - 6 : -column + 6;
        body_ += fmt::format(
            "<path class=\"lead\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}\"/><text class=\"ink\" x=\"{:.1f}\" "
            "y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
            from.x, from.y, out.x, out.y, x, label.place, right ? column : -column, label.place + 4,
            right ? "start" : "end", escape_markup(label.text));
    }

    DrawnMap finished() {
        const auto height = 2 * half_height_ + 60 + 16 * 7;
        DrawnMap out{.svg = {}, .features_drawn = static_cast<std::int64_t>(shapes_.size()), .labels_hidden = hidden_};
        const auto name = record_.name.empty() ? record_.id : record_.name;
        out.svg = document_head(record_, width, height, {"circular map", "环形图谱"}, lang_);
        out.svg += fmt::format("<g transform=\"translate({:.0f} {:.0f})\">\n", width / 2, half_height_ + 25);
        out.svg += body_ + scale_;
        out.svg += fmt::format(
            "<text class=\"ink\" text-anchor=\"middle\" y=\"-4\" font-size=\"16\" font-weight=\"600\">{}</text><text "
            "class=\"soft\" text-anchor=\"middle\" y=\"16\">{}</text>\n</g>\n",
            escape_markup(shortened(name)), size_text(record_));
        out.svg += legend(record_, shapes_, 20, 2 * half_height_ + 60) + "</svg>\n";
        return out;
    }

    const Record& record_;
    const std::vector<Tick>& ticks_;
    Lang lang_;
    std::vector<Shape> shapes_;
    double step_ = step;
    double band_ = band;
    double half_height_ = 300;
    std::vector<Label> labels_;
    std::string body_;
    std::string scale_;
    std::int64_t hidden_ = 0;
};

}  // namespace

DrawnMap draw_circular(const Record& record, const std::vector<Tick>& ticks, Lang lang) {
    return CircularDrawing(record, ticks, lang).draw();
}

}  // namespace leaven::seq::map
