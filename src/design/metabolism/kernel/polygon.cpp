#include "polygon.hpp"

#include <algorithm>
#include <cmath>

namespace leaven::metabolism {
namespace {

constexpr double extent_closeness = 1e-8;  // of the extent

/// Works in coordinates in which the set is one wide and one high, so that neither axis outweighs the other.
class PolygonFinder {
public:
    explicit PolygonFinder(const Reach& reach) : reach_(reach) {}

    Result<std::vector<Point>> run() {
        std::vector<Point> extremes;  // bottom, right, top, left: counter-clockwise
        for (const auto direction : {Point{0, -1}, Point{1, 0}, Point{0, 1}, Point{-1, 0}}) {
            auto point = reach_(direction);
            if (!point) return pass(point);
            extremes.push_back(*point);
        }
        width_ = extent(extremes[1].x - extremes[3].x);
        height_ = extent(extremes[2].y - extremes[0].y);
        for (std::size_t i = 0; i < extremes.size(); ++i) {
            append(extremes[i]);
            if (auto status = refine(extremes[i], extremes[(i + 1) % extremes.size()]); !status) return pass(status);
        }
        return cleaned();
    }

private:
    static double extent(double difference) { return difference > 0 ? difference : 1; }

    [[nodiscard]] double across(const Point& from, const Point& to, const Point& other) const {
        return ((to.x - from.x) * (other.y - from.y) - (to.y - from.y) * (other.x - from.x)) / (width_ * height_);
    }
    [[nodiscard]] double distance(const Point& a, const Point& b) const {
        return std::hypot((a.x - b.x) / width_, (a.y - b.y) / height_);
    }
    /// How far along the way from `from` to `to` another point lies: 0 at `from`, 1 at `to`.
    [[nodiscard]] double share(const Point& from, const Point& to, const Point& other) const {
        const double x = (to.x - from.x) / width_;
        const double y = (to.y - from.y) / height_;
        return ((other.x - from.x) / width_ * x + (other.y - from.y) / height_ * y) / (x * x + y * y);
    }
    void append(const Point& point) {
        if (found_.empty() || distance(found_.back(), point) > extent_closeness) found_.push_back(point);
    }

    /// Adds what lies beyond the edge, in order, without its ends.
    Status refine(const Point& from, const Point& to) {
        const double length = distance(from, to);
        if (length <= extent_closeness) return {};
        // The greater part is one: a program takes costs below its tolerance for none.
        const double greater = std::max(std::fabs(to.x - from.x), std::fabs(to.y - from.y));
        const auto beyond = reach_({(to.y - from.y) / greater, (from.x - to.x) / greater});
        if (!beyond) return pass(beyond);
        if (-across(from, to, *beyond) / length <= extent_closeness) return {};
        // The directions of an edge's ends are a quarter turn apart or less: what lies beyond it lies between them, but
        // where an end is further in than it should be, by the rounding of its program. Another edge finds that point.
        const double along = share(from, to, *beyond);
        if (along <= 0 || along >= 1) return {};
        if (auto status = refine(from, *beyond); !status) return status;
        append(*beyond);
        return refine(*beyond, to);
    }

    /// The convex hull of what was found, counter-clockwise: answers rounded differently need not be convex by
    /// themselves. By Andrew's monotone chain, 1979, doi:10.1016/0020-0190(79)90072-3.
    [[nodiscard]] std::vector<Point> hull() const {
        auto sorted = found_;
        const auto before = [](const Point& a, const Point& b) { return std::pair(a.x, a.y) < std::pair(b.x, b.y); };
        std::sort(sorted.begin(), sorted.end(), before);
        std::vector<Point> out;
        for (int side = 0; side < 2; ++side) {
            const auto start = out.size();
            for (const auto& point : sorted) {
                while (out.size() >= start + 2 && across(out[out.size() - 2], out.back(), point) <= 0) out.pop_back();
                out.push_back(point);
            }
            out.pop_back();  // the next side begins with it
            std::reverse(sorted.begin(), sorted.end());
        }
        return out;
    }

    /// Without the points that lie on an edge, which the first four directions may have met.
    std::vector<Point> cleaned() {
        while (found_.size() > 1 && distance(found_.front(), found_.back()) <= extent_closeness) found_.pop_back();
        if (found_.size() > 2) found_ = hull();
        for (bool again = true; again && found_.size() > 2;) {
            again = false;
            for (std::size_t i = 0; i < found_.size() && found_.size() > 2; ++i) {
                const auto& before = found_[(i + found_.size() - 1) % found_.size()];
                const auto& after = found_[(i + 1) % found_.size()];
                const double length = std::max(distance(before, after), extent_closeness);
                if (-across(before, after, found_[i]) / length > extent_closeness) continue;
                found_.erase(found_.begin() + static_cast<std::ptrdiff_t>(i));
                again = true;
            }
        }
        const auto by_x = [](const Point& a, const Point& b) { return a.x < b.x; };
        const double leftmost = std::min_element(found_.begin(), found_.end(), by_x)->x + extent_closeness * width_;
        auto first = found_.end();
        for (auto at = found_.begin(); at != found_.end(); ++at)
            if (at->x <= leftmost && (first == found_.end() || at->y < first->y)) first = at;
        std::rotate(found_.begin(), first, found_.end());
        return found_;
    }

    const Reach& reach_;
    double width_ = 1;
    double height_ = 1;
    std::vector<Point> found_;
};

}  // namespace

Result<std::vector<Point>> find_polygon(const Reach& reach) { return PolygonFinder(reach).run(); }

}  // namespace leaven::metabolism
