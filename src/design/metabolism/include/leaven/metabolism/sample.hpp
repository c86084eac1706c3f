// Flux sampling: flux distributions drawn evenly from all that the model allows.
//
// Units: mmol/gDW/h. Cost: two linear programs a column of the compressed network, then O(columns) a step.
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

struct SampleParams : Scenario {
    std::int64_t count = 1000;
    std::string method = "chrr";
    std::int64_t chains = 4;
    std::int64_t thinning = 0;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.count, {.name = "count", .doc = {"samples in all", "样本总数"}, .unit = "1", .min = 1, .max = 1e7});
        v(p.method,
          {.name = "method",
           .doc = {"how they are drawn: coordinate hit-and-run after rounding (chrr), or as older programs do",
                   "抽样方法：圆整后的坐标打跑法（chrr），或较早程序的方法"},
           .choices = "chrr|achr|optgp"});
        v(p.chains, {.name = "chains", .doc = {"independent chains", "独立链数"}, .unit = "1", .min = 1, .max = 1000});
        v(p.thinning, {.name = "thinning",
                       .doc = {"steps between two samples; chosen by the dimensions where 0",
                               "两个样本之间的步数；0 表示按维数选取"},
                       .unit = "1",
                       .min = 0,
                       .max = 1e9});
    }
};

struct SampledFlux {
    std::string reaction;
    double mean = 0;
    double sd = 0;
    double q05 = 0;
    double median = 0;
    double q95 = 0;

    static void describe(auto& p, auto&& v) {
        v(p.reaction, {.name = "reaction", .doc = {"reaction", "反应"}, .format = "reaction"});
        v(p.mean, {.name = "mean", .doc = {"mean", "均值"}, .unit = "mmol/g{DW}/h"});
        v(p.sd, {.name = "sd", .doc = {"standard deviation", "标准差"}, .unit = "mmol/g{DW}/h"});
        v(p.q05, {.name = "q05", .doc = {"5 % quantile", "5% 分位数"}, .unit = "mmol/g{DW}/h"});
        v(p.median, {.name = "median", .doc = {"median", "中位数"}, .unit = "mmol/g{DW}/h"});
        v(p.q95, {.name = "q95", .doc = {"95 % quantile", "95% 分位数"}, .unit = "mmol/g{DW}/h"});
    }
};

/// The samples themselves: flux of reaction r in sample i = factor[r] * values[i][column[r]], or 0 where column[r] < 0.
struct SampleTable {
    std::vector<std::string> reactions;
    std::vector<std::int32_t> column;
    std::vector<double> factor;
    std::vector<std::vector<double>> values;  // chain after chain

    [[nodiscard]] double flux(std::size_t sample, std::size_t reaction) const {
        return column[reaction] < 0 ? 0 : factor[reaction] * values[sample][column[reaction]] + 0.0;
    }
};

struct SampleResult : Verdict {
    std::int64_t dimensions = 0;      // of the flux space
    std::int64_t thinning = 0;        // steps between two samples
    std::optional<double> rhat_max;   // of all fluxes that vary; none with fewer than four samples a chain
    std::optional<double> ess_min;    // the same
    std::int64_t invalid = 0;         // samples that miss balance or bounds by more than 1e-6
    std::vector<SampledFlux> rows;    // of every reaction, in the order of the model
    SampleTable samples;              // not described: written by --out
    std::vector<std::int32_t> shown;  // not described: reactions of the picture

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.dimensions, {.name = "dimensions", .doc = {"dimensions", "维数"}, .unit = "1"});
        v(p.thinning, {.name = "thinning", .doc = {"steps between samples", "样本间步数"}, .unit = "1"});
        v(p.rhat_max, {.name = "rhat_max", .doc = {"largest R-hat", "最大 R-hat"}, .unit = "1"});
        v(p.ess_min, {.name = "ess_min", .doc = {"smallest effective sample size", "最小有效样本量"}, .unit = "1"});
        v(p.invalid, {.name = "invalid", .doc = {"samples outside", "越界样本数"}, .unit = "1"});
        v(p.rows, {.name = "rows", .doc = {"sampled fluxes", "抽样通量"}});
        describe_evidence(p, v);
    }

    static constexpr std::string_view endings = ".tsv.gz|.svg";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
    [[nodiscard]] std::vector<Text> headline() const;
};

/// chrr: the flux space is brought to its own dimensions and rounded by the John ellipsoid around its analytic centre;
/// then one coordinate after another, chosen at random, is drawn anew from where the bounds let it be. The law of the
/// samples tends to the uniform one. achr and optgp step along directions between known points of the space, whose
/// choice depends on the past: they are here to compare with other programs.
///
/// Reference  chrr: Haraldsdóttir, Cousins, Thiele, Fleming, Vempala 2017, doi:10.1093/bioinformatics/btx052;
///            achr: Kaufman, Smith 1998, doi:10.1287/opre.46.1.84; optgp: Megchelenbrink, Huynen, Marchiori 2014,
///            doi:10.1371/journal.pone.0086587; R-hat and effective sample size (rank-normalised, split, folded):
///            Vehtari, Gelman, Simpson, Carpenter, Bürkner 2021, doi:10.1214/20-BA1221.
/// Ensures    the same samples for one seed and any number of threads; `invalid` is counted on the original network. An
///            R-hat above 1.01 says that the chains do not agree yet: a larger thinning or count helps.
/// Errors     as fba; status unbounded where a flux has no limit
Result<SampleResult> sample(const SampleParams& params, Context& context);
Result<SampleResult> sample(Model model, const SampleParams& params, Context& context);

}  // namespace leaven::metabolism
