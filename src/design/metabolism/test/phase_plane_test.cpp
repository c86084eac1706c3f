#include "phase_plane.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace leaven::metabolism {
namespace {

struct Slope {
    double constant;
    double x;
    double y;
};

/// The least of some planes, asked as a linear program would answer: its value, and the slope of a plane that is least.
Tangent least_of(const std::vector<Slope>& planes, Point p) {
    Tangent best{p, INFINITY, {}};
    for (const auto& plane : planes) {
        const double value = plane.constant + plane.x * p.x + plane.y * p.y;
        if (value < best.value) best = {p, value, {plane.x, plane.y}};
    }
    return best;
}

double area(const std::vector<Point>& polygon) {
    double twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const auto& a = polygon[i];
        const auto& b = polygon[(i + 1) % polygon.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return twice / 2;
}

const std::vector<Point> square{{0, 0}, {1, 0}, {1, 1}, {0, 1}};

TEST(PhasePlane, a_roof_has_the_sides_it_was_built_from) {  // by hand: four sides meet over the middle
    const std::vector<Slope> roof{{0, 1, 0}, {1, -1, 0}, {0, 0, 1}, {1, 0, -1}};
    const auto phases = find_phases(square, [&](Point p) -> Result<Tangent> { return least_of(roof, p); }).value();
    ASSERT_EQ(phases.size(), 4U);
    for (const auto& phase : phases) EXPECT_NEAR(area(phase.region), 0.25, 1e-9);
    EXPECT_EQ(phases.front().slope, (std::array<double, 2>{1, 0}));
    EXPECT_EQ(phases.back().slope, (std::array<double, 2>{-1, 0}));
}

TEST(PhasePlane, a_line_has_no_phases) {
    const auto never = [](Point) -> Result<Tangent> { return bad_input({"asked", "问"}); };
    EXPECT_TRUE(find_phases({{0, 0}, {1, 1}}, never).value().empty());
}

RC_GTEST_PROP(PhasePlane, the_phases_cover_the_domain_and_each_plane_is_least_on_its_own, ()) {
    std::vector<Slope> planes;
    const auto some = [] { return *rc::gen::inRange(-50, 51) / 10.0; };
    for (int i = *rc::gen::inRange(1, 9); i > 0; --i) planes.push_back({some(), some(), some()});
    const auto phases = find_phases(square, [&](Point p) -> Result<Tangent> { return least_of(planes, p); }).value();
    double covered = 0;
    for (const auto& phase : phases) {
        covered += area(phase.region);
        Point middle{0, 0};
        for (const auto& v : phase.region) {
            middle.x += v.x / static_cast<double>(phase.region.size());
            middle.y += v.y / static_cast<double>(phase.region.size());
        }
        RC_ASSERT(least_of(planes, middle).slope == phase.slope);
    }
    RC_ASSERT(std::fabs(covered - 1) < 1e-4);
}

}  // namespace
}  // namespace leaven::metabolism
