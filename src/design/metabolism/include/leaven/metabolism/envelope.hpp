// What two fluxes can do together: the projection of the flux space onto a plane, and its outline on a grid.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h. Cost: two linear programs a vertex, and two a grid point.
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
                .doc = {"reaction on the horizontal axis", "横轴的反应"},
                .format = "reaction",
                .required = true});
        v(p.y, {.name = "y",
                .doc = {"reaction on the vertical axis; the objective where empty", "纵轴的反应；留空为目标函数"},
                .format = "reaction"});
        v(p.points,
          {.name = "points", .doc = {"grid points along x", "横轴网格点数"}, .unit = "1", .min = 2, .max = 500});
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

struct EnvelopeResult : Verdict {
    std::vector<EnvelopeVertex> vertices;
    std::vector<EnvelopePoint> points;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.vertices, {.name = "vertices", .doc = {"vertices", "顶点"}});
        v(p.points, {.name = "points", .doc = {"grid points", "网格点"}});
        describe_evidence(p, v);
    }
};

/// The vertices are exact: each is the optimum of a linear program, and for each edge another one shows that nothing
/// lies beyond it. They go round counter-clockwise from the one of least x (then least y).
///
/// Ensures  convex; every flux distribution's (x, y) lies inside.
/// Errors   as fba; bad_input where `x` names no reaction, or more than one
Result<EnvelopeResult> envelope(const EnvelopeParams& params, Context& context);
Result<EnvelopeResult> envelope(Model model, const EnvelopeParams& params, Context& context);

}  // namespace leaven::metabolism
