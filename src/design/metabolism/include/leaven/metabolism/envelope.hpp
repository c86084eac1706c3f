// What two fluxes can do together: the projection of the flux space onto a plane, and its outline on a grid. With two
// x: the phase plane, what y reaches over both.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h. Cost: two linear programs a vertex, a few a phase, two a grid point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct EnvelopeParams : Scenario {
    std::vector<std::string> x;
    std::string y;  // empty: the objective
    std::int64_t points = 20;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.x, {.name = "x",
                .doc = {"reaction on the horizontal axis; two for a phase plane", "横轴的反应；给出两个则为相平面"},
                .format = "reaction",
                .required = true});
        v(p.y, {.name = "y",
                .doc = {"reaction on the vertical axis; the objective where empty", "纵轴的反应；留空为目标函数"},
                .format = "reaction"});
        v(p.points, {.name = "points",
                     .doc = {"grid points along each x", "每个 x 方向的网格点数"},
                     .unit = "1",
                     .min = 2,
                     .max = 500});
    }
};

struct EnvelopeVertex {
    double x = 0;
    double y = 0;

    static void describe(auto& p, auto&& v) {
        v(p.x, {.name = "x", .doc = {"x", "x"}});
        v(p.y, {.name = "y", .doc = {"y", "y"}});
    }
};

struct EnvelopePoint {
    std::vector<double> x;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::optional<double> yield_cmol;  // of y at its maximum, on the largest carbon uptake; none where y is no product
    std::optional<double> yield_mass;

    static void describe(auto& p, auto&& v) {
        v(p.x, {.name = "x", .doc = {"x", "x"}});
        v(p.minimum, {.name = "minimum", .doc = {"least y", "y 的最小值"}});
        v(p.maximum, {.name = "maximum", .doc = {"greatest y", "y 的最大值"}});
        v(p.yield_cmol,
          {.name = "yield_cmol", .doc = {"carbon yield at the greatest y", "y 最大时的碳得率"}, .unit = "mol/mol"});
        v(p.yield_mass,
          {.name = "yield_mass", .doc = {"mass yield at the greatest y", "y 最大时的质量得率"}, .unit = "g/g"});
    }
};

/// Where the greatest y is linear in both x: one way of living. The prices are what y gains per unit of each x.
struct EnvelopePhase {
    std::int64_t id = 0;  // from left to right
    std::vector<double> shadow_prices;
    std::vector<EnvelopeVertex> region;  // counter-clockwise over the two x

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"phase", "相区"}, .unit = "1"});
        v(p.shadow_prices, {.name = "shadow_prices", .doc = {"y per unit of each x", "每单位 x 的 y 增量"}});
        v(p.region, {.name = "region", .doc = {"corners", "顶点"}});
    }
};

struct EnvelopeResult : Verdict {
    std::vector<EnvelopeVertex> vertices;  // of one x
    std::vector<EnvelopePoint> points;
    std::vector<EnvelopePhase> phases;  // of two x
    std::vector<std::string> axes;      // not described: their names for the picture

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.vertices, {.name = "vertices", .doc = {"vertices", "顶点"}});
        v(p.points, {.name = "points", .doc = {"grid points", "网格点"}});
        v(p.phases, {.name = "phases", .doc = {"phases", "相区"}});
        describe_evidence(p, v);
    }

    static constexpr std::string_view endings = ".svg";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
};

/// The vertices are exact: each is the optimum of a linear program, and for each edge another one shows that nothing
/// lies beyond it. They go round counter-clockwise from the one of least x (then least y).
///
/// With two x the phases are exact in the same way: on each the greatest y is linear, and linear programs at the
/// corners show that it is nowhere less. Points outside what the two x can do have neither minimum nor maximum. There
/// are no phases where the two x are tied to a line.
///
/// Reference  phase planes: Edwards, Ramakrishna, Palsson 2002, doi:10.1002/bit.10047.
/// Ensures  convex; every flux distribution's (x, y) lies inside.
/// Errors   as fba; bad_input where `x` names no reaction, or more than two
Result<EnvelopeResult> envelope(const EnvelopeParams& params, Context& context);
Result<EnvelopeResult> envelope(Model model, const EnvelopeParams& params, Context& context);

}  // namespace leaven::metabolism
