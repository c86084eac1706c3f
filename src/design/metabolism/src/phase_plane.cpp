#include "phase_plane.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

constexpr double least_area = 1e-6;  // of the domain's
constexpr double inward = 1e-4;      // how far from a corner towards the middle of its piece the question is put
constexpr double closeness = 1e-7;   // of the function's extent
constexpr std::size_t most_planes = 2000;

double area(const std::vector<Point>& polygon) {
    double twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

Point middle(const std::vector<Point>& polygon) {
    Point sum{0, 0};
    for (const auto& vertex : polygon) {
        sum.x += vertex.x / static_cast<double>(polygon.size());
        sum.y += vertex.y / static_cast<double>(polygon.size());
    }
    return sum;
}

double value_at(const Tangent& plane, const Point& p) {
    return plane.value + plane.slope[0] * (p.x - plane.at.x) + plane.slope[1] * (p.y - plane.at.y);
}

/// The part of a convex polygon in which `first` is nowhere above `second`.
std::vector<Point> clipped(const std::vector<Point>& polygon, const Tangent& first, const Tangent& second) {
    std::vector<Point> out;
    const auto excess = [&](const Point& p) { return value_at(first, p) - value_at(second, p); };
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        const double here = excess(a);
        const double there = excess(b);
        if (here <= 0) out.push_back(a);
        if ((here < 0 && there > 0) || (here > 0 && there < 0)) {
            const double share = here / (here - there);
            out.push_back({a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)});
        }
    }
    return out;
}

/// Without corners that rounding has doubled.
std::vector<Point> cleaned(const std::vector<Point>& polygon, const Point& extent) {
    constexpr double doubled = 1e-7;
    std::vector<Point> out;
    const auto same = [&](const Point& a, const Point& b) {
        return std::fabs(a.x - b.x) <= doubled * extent.x && std::fabs(a.y - b.y) <= doubled * extent.y;
    };
    for (const auto& vertex : polygon)
        if (out.empty() || !same(out.back(), vertex)) out.push_back(vertex);
    while (out.size() > 1 && same(out.back(), out.front())) out.pop_back();
    return out;
}

Point extent_of(const std::vector<Point>& polygon) {
    const auto [left, right] =
        std::minmax_element(polygon.begin(), polygon.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    const auto [low, high] =
        std::minmax_element(polygon.begin(), polygon.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    return {right->x - left->x, high->y - low->y};
}

struct Piece {
    Tangent plane;
    std::vector<Point> region;
    bool settled = false;  // the plane touches the function at every corner
};

class PhaseFinder {
public:
    PhaseFinder(const std::vector<Point>& domain, const TangentAt& tangent_at)
        : domain_(domain), tangent_at_(tangent_at), smallest_(least_area * area(domain)) {}

    Result<std::vector<Phase>> run() {
        if (domain_.size() < 3) return std::vector<Phase>();
        const auto first = tangent_at_(middle(domain_));
        if (!first) return pass(first);
        note(*first);
        pieces_.push_back({*first, domain_});
        for (std::size_t planes = 1; planes < most_planes; ++planes) {
            const auto open = std::find_if(pieces_.begin(), pieces_.end(), [](const Piece& p) { return !p.settled; });
            if (open == pieces_.end()) break;
            const auto cut = cut_of(*open);
            if (!cut) return pass(cut);
            if (*cut)
                add(**cut);
            else
                open->settled = true;
        }
        return phases();
    }

private:
    void note(const Tangent& tangent) {
        least_ = std::min(least_, tangent.value);
        greatest_ = std::max(greatest_, tangent.value);
    }

    /// A plane below this piece's at one of its corners, or none.
    Result<std::optional<Tangent>> cut_of(const Piece& piece) {
        const auto centre = middle(piece.region);
        for (const auto& corner : piece.region) {
            const Point p{corner.x + inward * (centre.x - corner.x), corner.y + inward * (centre.y - corner.y)};
            const auto tangent = tangent_at_(p);
            if (!tangent) return pass(tangent);
            note(*tangent);
            const double scale = std::max({greatest_ - least_, 1e-6 * std::fabs(greatest_), 1e-12});
            const bool lower = value_at(piece.plane, p) - tangent->value > closeness * scale;
            if (lower && area(region_under(*tangent)) > smallest_) return std::optional(*tangent);
        }
        return std::optional<Tangent>();
    }

    /// Where the plane is nowhere above those found so far.
    [[nodiscard]] std::vector<Point> region_under(const Tangent& plane) const {
        auto region = domain_;
        for (const auto& other : pieces_) region = clipped(region, plane, other.plane);
        return region;
    }

    void add(const Tangent& plane) {
        Piece piece{plane, region_under(plane)};
        for (auto& other : pieces_) {
            const auto before = area(other.region);
            other.region = clipped(other.region, other.plane, plane);
            if (area(other.region) < before) other.settled = false;
        }
        std::erase_if(pieces_, [&](const Piece& p) { return area(p.region) <= smallest_; });
        pieces_.push_back(std::move(piece));
    }

    std::vector<Phase> phases() {
        std::erase_if(pieces_, [&](const Piece& p) { return area(p.region) <= smallest_; });
        std::vector<Phase> out;
        const auto extent = extent_of(domain_);
        for (const auto& piece : pieces_) out.push_back({piece.plane.slope, cleaned(piece.region, extent)});
        std::stable_sort(out.begin(), out.end(), [](const Phase& a, const Phase& b) {
            const auto first = middle(a.region);
            const auto second = middle(b.region);
            return std::pair(first.x, first.y) < std::pair(second.x, second.y);
        });
        return out;
    }

    const std::vector<Point>& domain_;
    const TangentAt& tangent_at_;
    double smallest_;
    double least_ = INFINITY;
    double greatest_ = -INFINITY;
    std::vector<Piece> pieces_;
};

}  // namespace

Result<std::vector<Phase>> find_phases(const std::vector<Point>& domain, const TangentAt& tangent_at) {
    return PhaseFinder(domain, tangent_at).run();
}

}  // namespace leaven::metabolism
