#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

#include "map_shapes.hpp"

namespace leaven::seq::map {
namespace {

constexpr double left = 40;
constexpr double track = 1000;
constexpr double row_band = 16;
constexpr double row_step = 22;
constexpr int most_rows = 24;

class LinearDrawing {
public:
    LinearDrawing(const Record& record, const std::vector<Tick>& ticks, Lang lang)
        : record_(record), ticks_(ticks), lang_(lang), shapes_(shapes_of(record)) {}

    DrawnMap draw() {
        place_labels();
        const auto rows = row_ends_.size();
        line_ = 50 + static_cast<double>(rows) * line_height + 20;
        draw_line();
        for (const auto& shape : shapes_) draw_feature(shape);
        for (const auto& tick : ticks_) {
            const auto at = x(static_cast<double>(tick.position));
            body_ += fmt::format("<path class=\"line\" stroke-width=\"1.5\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>\n", at,
                                 line_ - 8, line_ + 4);
        }
        for (const auto& label : labels_) draw_label(label);
        return finished();
    }

private:
    [[nodiscard]] double x(double position) const {
        return left + track * position / static_cast<double>(std::max<std::int64_t>(1, record_.length));
    }

    /// Each label goes into the lowest row where it overlaps none: enzymes and long features choose first.
    void place_labels() {
        for (const auto& shape : shapes_) {
            const auto middle = x(std::fmod(static_cast<double>(shape.extent.start + shape.extent.end) / 2,
                                            static_cast<double>(std::max<std::int64_t>(1, record_.length))));
            labels_.push_back({.text = shortened(record_.features[shape.feature].label()),
                               .anchor = middle,
                               .weight = static_cast<double>(shape.extent.length()),
                               .lane = shape.lane});
        }
        for (const auto& tick : ticks_)
            labels_.push_back({.text = shortened(tick.label),
                               .anchor = x(static_cast<double>(tick.position)),
                               .weight = 1e18,
                               .tick = true});
        std::vector<Label*> order;
        for (auto& label : labels_) order.push_back(&label);
        std::stable_sort(order.begin(), order.end(),
                         [](const Label* a, const Label* b) { return a->weight > b->weight; });
        for (auto* label : order) {
            const auto half = text_width(label->text) / 2;
            label->x = std::clamp(label->anchor, left + half - 30, left + track - half + 30);
            std::size_t row = 0;
            const auto taken = [&](std::size_t r) {
                return std::any_of(row_ends_[r].begin(), row_ends_[r].end(), [&](const auto& used) {
                    return label->x - half < used.second + 8 && used.first < label->x + half + 8;
                });
            };
            while (row < row_ends_.size() && taken(row)) ++row;
            if (row == most_rows) {
                label->shown = false;
                continue;
            }
            if (row == row_ends_.size()) row_ends_.emplace_back();
            row_ends_[row].emplace_back(label->x - half, label->x + half);
            label->place = static_cast<double>(row);
        }
    }

    void draw_line() {
        body_ += fmt::format("<path class=\"line\" stroke-width=\"2\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>\n", left, line_,
                             left + track);
        const auto unit = scale_step(record_.length);
        for (double position = 0; position <= static_cast<double>(record_.length); position += unit) {
            body_ += fmt::format(
                "<path class=\"line\" d=\"M{0:.1f} {1:.1f}V{2:.1f}\"/><text class=\"soft\" x=\"{0:.1f}\" y=\"{3:.1f}\" "
                "text-anchor=\"middle\" font-size=\"10\">{4:.0f}</text>",
                x(position), line_, line_ + 5, line_ + 16, position);
        }
        body_ += '\n';
    }

    [[nodiscard]] double y_of(int lane) const { return line_ + 28 + row_step * lane; }

    void draw_feature(const Shape& shape) {
        const auto& feature = record_.features[shape.feature];
        const auto y = y_of(shape.lane);
        body_ += "<g>" + feature_title(record_, feature);
        if (shape.pieces.size() > 1 && shape.extent.end <= record_.length)
            body_ += fmt::format("<path class=\"lead\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>",
                                 x(static_cast<double>(shape.extent.start)), y + row_band / 2,
                                 x(static_cast<double>(shape.extent.end)));
        for (std::size_t i = 0; i < shape.pieces.size(); ++i) {
            const auto& piece = shape.pieces[i];
            const bool arrow = i + 1 == shape.pieces.size();
            if (piece.at.end <= record_.length) {
                box(piece.at, piece.strand, y, colour_class(feature.type), arrow);
                continue;
            }
            const bool forward = piece.strand == Strand::forward;  // over the origin: the point is at one end alone
            box({piece.at.start, record_.length}, piece.strand, y, colour_class(feature.type), arrow && !forward);
            box({0, piece.at.end - record_.length}, piece.strand, y, colour_class(feature.type), arrow && forward);
        }
        body_ += "</g>\n";
    }

    void box(Interval at, Strand strand, double y, const std::string& colour, bool arrow) {
        const auto from = x(static_cast<double>(at.start));
        const auto to = std::max(x(static_cast<double>(at.end)), from + 2.5);
        const auto head = arrow ? std::min(8.0, to - from) : 0;
        if (strand == Strand::forward)
            body_ +=
                fmt::format("<path class=\"{} edge\" d=\"M{:.1f} {:.1f}H{:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}H{:.1f}Z\"/>",
                            colour, from, y, to - head, to, y + row_band / 2, to - head, y + row_band, from);
        else
            body_ +=
                fmt::format("<path class=\"{} edge\" d=\"M{:.1f} {:.1f}H{:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}H{:.1f}Z\"/>",
                            colour, to, y, from + head, from, y + row_band / 2, from + head, y + row_band, to);
    }

    void draw_label(const Label& label) {
        if (!label.shown) {
            ++hidden_;
            return;
        }
        const auto y = line_ - 16 - label.place * line_height;
        const auto foot = label.tick ? line_ - 8 : y_of(label.lane);
        body_ += fmt::format("<path class=\"lead\" opacity=\".55\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\"/>", label.anchor,
                             foot, label.x, y + 3);
        texts_ += fmt::format("<text class=\"ink\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                              label.x, y, escape_markup(label.text));
    }

    DrawnMap finished() {
        const auto lanes_end = line_ + 28 + row_step * lanes_of(shapes_) + 24;
        const auto width = left * 2 + track;
        const auto height = lanes_end + 16 * 7;
        DrawnMap out{.svg = {}, .features_drawn = static_cast<std::int64_t>(shapes_.size()), .labels_hidden = hidden_};
        const auto name = record_.name.empty() ? record_.id : record_.name;
        out.svg = document_head(record_, width, height, {"linear map", "线形图谱"}, lang_);
        out.svg += fmt::format(
            "<text class=\"ink\" x=\"{:.0f}\" y=\"24\" font-size=\"16\" font-weight=\"600\">{}</text><text "
            "class=\"soft\" x=\"{:.0f}\" y=\"40\">{}</text>\n",
            left, escape_markup(shortened(name)), left, size_text(record_));
        out.svg += body_ + texts_ + legend(record_, shapes_, left, lanes_end) + "</svg>\n";
        return out;
    }

    const Record& record_;
    const std::vector<Tick>& ticks_;
    Lang lang_;
    std::vector<Shape> shapes_;
    std::vector<Label> labels_;
    std::vector<std::vector<std::pair<double, double>>> row_ends_;
    double line_ = 100;
    std::string body_;
    std::string texts_;
    std::int64_t hidden_ = 0;
};

}  // namespace

DrawnMap draw_linear(const Record& record, const std::vector<Tick>& ticks, Lang lang) {
    return LinearDrawing(record, ticks, lang).draw();
}

}  // namespace leaven::seq::map
