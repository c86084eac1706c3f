#include "map_labels.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

namespace leaven::metabolism {
namespace {

constexpr std::uint8_t line_mark = 1;
constexpr std::uint8_t label_mark = 2;
constexpr double cell = 3;
constexpr double most_covered = 0.3;  // of a label's cells may lie on lines

struct Candidate {
    PlacedLabel place;
    int handicap;
};

/// Beside, then above and below; the side that the author chose comes first.
std::array<Candidate, 6> candidates(MapPoint point, double gap, double size, MapPoint preferred) {
    const bool right = preferred.x >= point.x;
    const Anchor near = right ? Anchor::start : Anchor::end;
    const Anchor far = right ? Anchor::end : Anchor::start;
    const double side = right ? gap : -gap;
    const double middle = point.y + 0.35 * size;
    return {{{{{point.x + side, middle}, near}, 0},
             {{{point.x - side, middle}, far}, 3},
             {{{point.x, point.y - gap - 0.1 * size}, Anchor::middle}, 2},
             {{{point.x, point.y + gap + 0.8 * size}, Anchor::middle}, 2},
             {{{point.x + 0.7 * side, point.y - 0.7 * gap}, near}, 4},
             {{{point.x + 0.7 * side, point.y + 0.7 * gap + 0.7 * size}, near}, 4}}};
}

double left_of(const PlacedLabel& place, double width) {
    switch (place.anchor) {
        case Anchor::start:
            return place.at.x;
        case Anchor::middle:
            return place.at.x - width / 2;
        case Anchor::end:
            return place.at.x - width;
    }
    return place.at.x;
}

}  // namespace

double text_width(std::string_view utf8) {
    double width = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0xE3)
            width += 1;  // first byte of a wide character
        else if (byte < 0x80 || byte >= 0xC0)
            width += 0.58;  // any other character
    }
    return width;
}

LabelGrid::LabelGrid(const MapFrame& frame)
    : frame_(frame),
      columns_(static_cast<int>(frame.width / cell) + 1),
      rows_(static_cast<int>(frame.height / cell) + 1),
      taken_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

int LabelGrid::column(double x) const { return static_cast<int>(std::floor(x / cell)); }
int LabelGrid::row(double y) const { return static_cast<int>(std::floor(y / cell)); }

void LabelGrid::take(const Box& box, std::uint8_t mark) {
    const int right = std::min(column(box.right), columns_ - 1);
    const int bottom = std::min(row(box.bottom), rows_ - 1);
    for (int r = std::max(row(box.top), 0); r <= bottom; ++r)
        for (int c = std::max(column(box.left), 0); c <= right; ++c)
            taken_[static_cast<std::size_t>(r) * columns_ + c] |= mark;
}

void LabelGrid::take_line(const MapCurve& curve, double width) {
    const auto span =
        length(curve.first - curve.from) + length(curve.second - curve.first) + length(curve.to - curve.second);
    const int steps = std::clamp(static_cast<int>(span / cell) + 1, 1, 1000);
    const double half = width / 2;
    for (int i = 0; i <= steps; ++i) {
        const auto at = point_on(curve, static_cast<double>(i) / steps);
        take({at.x - half, at.y - half, at.x + half, at.y + half}, line_mark);
    }
}

void LabelGrid::take_disc(MapPoint centre, double radius) {
    take({centre.x - radius, centre.y - radius, centre.x + radius, centre.y + radius}, label_mark);
}

std::optional<int> LabelGrid::cost(const Box& box) const {
    const int left = column(box.left);
    const int right = column(box.right);
    const int top = row(box.top);
    const int bottom = row(box.bottom);
    if (left < 0 || top < 0 || right >= columns_ || bottom >= rows_) return std::nullopt;
    int lines = 0;
    for (int r = top; r <= bottom; ++r)
        for (int c = left; c <= right; ++c) {
            const auto mark = taken_[static_cast<std::size_t>(r) * columns_ + c];
            if ((mark & label_mark) != 0) return std::nullopt;
            lines += mark & line_mark;
        }
    const int cells = (right - left + 1) * (bottom - top + 1);
    return most_covered * cells < lines ? std::nullopt : std::optional(lines);
}

std::optional<PlacedLabel> LabelGrid::place(std::string_view text, double size, MapPoint point, double gap,
                                            MapPoint preferred) {
    const double width = text_width(text) * size;
    std::optional<PlacedLabel> best;
    Box best_box{};
    int least = 0;
    for (const auto& [place, handicap] : candidates(point, gap, size, preferred)) {
        const double left = left_of(place, width);
        const Box box{left, place.at.y - 0.8 * size, left + width, place.at.y + 0.25 * size};
        const auto lines = cost(box);
        if (!lines || (best && *lines + handicap >= least)) continue;
        best = place;
        best_box = box;
        least = *lines + handicap;
    }
    if (best) take(best_box, label_mark);
    return best;
}

std::string svg_label(std::string_view text, const PlacedLabel& place, double size, std::string_view classes) {
    return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\"{}>{}</text>\n", classes,
                       coordinate(place.at.x), coordinate(place.at.y), coordinate(size), anchor_attribute(place.anchor),
                       escape_markup(text));
}

}  // namespace leaven::metabolism
