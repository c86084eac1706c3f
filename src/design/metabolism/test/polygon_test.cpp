#include "polygon.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace leaven::metabolism {
namespace {

/// The shadow of these points, asked as a linear program would answer: any farthest point.
Reach reach_of(const std::vector<Point>& points) {
    return [points](Point direction) -> Result<Point> {
        const auto along = [&](const Point& p) { return p.x * direction.x + p.y * direction.y; };
        return *std::max_element(points.begin(), points.end(),
                                 [&](const Point& a, const Point& b) { return along(a) < along(b); });
    };
}

double across(const Point& a, const Point& b, const Point& c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

/// By wrapping a string around the points, from the lowest of the leftmost: slow to go wrong, and not what is tested.
std::vector<Point> reference_hull(const std::vector<Point>& points) {
    const auto first = *std::min_element(points.begin(), points.end(), [](const Point& a, const Point& b) {
        return std::pair(a.x, a.y) < std::pair(b.x, b.y);
    });
    const auto square = [](const Point& a, const Point& b) {
        return (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y);
    };
    std::vector<Point> hull{first};
    for (;;) {
        auto next = hull.back();  // all others lie to the left of the way there, or nearer on it
        for (const auto& p : points) {
            const double side = across(hull.back(), next, p);
            if (square(hull.back(), next) == 0 || side < 0 ||
                (side == 0 && square(hull.back(), p) > square(hull.back(), next)))
                next = p;
        }
        if (square(first, next) == 0) return hull;
        hull.push_back(next);
    }
}

RC_GTEST_PROP(Polygon, is_the_convex_hull_from_the_leftmost_vertex_counter_clockwise, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(4, 30);
    std::vector<Point> points;
    for (std::size_t i = 0; i < size; ++i)
        points.push_back({0.5 * *rc::gen::inRange(-20, 20), 300.0 * *rc::gen::inRange(-20, 20)});
    const auto expected = reference_hull(points);
    if (expected.size() < 3) RC_DISCARD("flat");
    const auto found = find_polygon(reach_of(points)).value();
    RC_ASSERT(found.size() == expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        RC_ASSERT(std::fabs(found[i].x - expected[i].x) < 1e-9);
        RC_ASSERT(std::fabs(found[i].y - expected[i].y) < 1e-9);
    }
}

/// The same, but now and then an answer a little further in, as a program ends whose prices are right to 1e-9 alone.
Reach rounded_reach_of(const std::vector<Point>& points) {
    return [points, asked = std::size_t{0}](Point direction) mutable -> Result<Point> {
        const auto along = [&](const Point& p) { return p.x * direction.x + p.y * direction.y; };
        double farthest = -INFINITY;
        for (const auto& p : points) farthest = std::max(farthest, along(p));
        std::vector<Point> close;
        const double slack = 1e-6 * std::hypot(20 * direction.x, 20 * direction.y);
        for (const auto& p : points)
            if (along(p) >= farthest - slack) close.push_back(p);
        return close[++asked % close.size()];
    };
}

/// Of a point from a convex polygon; 0 inside.
double distance_outside(const std::vector<Point>& polygon, const Point& p) {
    double nearest = INFINITY;
    bool inside = true;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        inside = inside && across(a, b, p) >= 0;
        const Point edge{b.x - a.x, b.y - a.y};
        const double square = edge.x * edge.x + edge.y * edge.y;
        const double t = std::clamp(((p.x - a.x) * edge.x + (p.y - a.y) * edge.y) / square, 0.0, 1.0);
        nearest = std::min(nearest, std::hypot(a.x + t * edge.x - p.x, a.y + t * edge.y - p.y));
    }
    return inside ? 0 : nearest;
}

RC_GTEST_PROP(Polygon, ends_and_is_convex_where_answers_are_rounded, ()) {
    const auto size = *rc::gen::inRange<std::size_t>(3, 20);
    std::vector<Point> points;
    const auto nudge = [] { return 1e-7 * *rc::gen::inRange(-9, 10); };
    for (std::size_t i = 0; i < size; ++i) {
        const Point p{1.0 * *rc::gen::inRange(-20, 20), 1.0 * *rc::gen::inRange(-20, 20)};
        for (int copy = 0; copy < 4; ++copy) points.push_back({p.x + nudge(), p.y + nudge()});
    }
    const auto found = find_polygon(rounded_reach_of(points)).value();
    if (found.size() < 3) RC_DISCARD("flat");
    for (std::size_t i = 0; i < found.size(); ++i)
        RC_ASSERT(across(found[i], found[(i + 1) % found.size()], found[(i + 2) % found.size()]) > 0);
    for (const auto& p : points) RC_ASSERT(distance_outside(found, p) < 1e-5);
}

TEST(Polygon, of_a_segment_has_two_vertices_and_of_a_point_one) {
    EXPECT_EQ(find_polygon(reach_of({{0, 0}, {1, 2}, {2, 4}})).value().size(), 2U);
    EXPECT_EQ(find_polygon(reach_of({{0, 0}, {0, 4}, {0, 1}})).value().size(), 2U);
    EXPECT_EQ(find_polygon(reach_of({{3, 4}})).value().size(), 1U);
}

}  // namespace
}  // namespace leaven::metabolism
