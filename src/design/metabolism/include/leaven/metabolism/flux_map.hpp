// A flux distribution drawn on a map.
//
// Units: fluxes in mmol/gDW/h. Cost: one parsimonious flux where no file is given; the drawing is linear in the map.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/map.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct FluxMapParams : Scenario {
    std::string map;
    std::string fluxes;
    std::string compare;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.map, {.name = "map",
                  .doc = {"Escher map: a file, or a name of the catalogue", "Escher 图：文件或目录中的名称"},
                  .format = "map",
                  .required = true});
        v(p.fluxes, {.name = "fluxes",
                     .doc = {"table of reaction and flux; the parsimonious flux where empty",
                             "反应与通量的表格；留空则用简约通量"},
                     .format = "path"});
        v(p.compare, {.name = "compare",
                      .doc = {"second table of reaction and flux: the changes to it are drawn",
                              "第二份反应与通量表格：绘制由前者到它的变化"},
                      .format = "path"});
    }
};

struct FluxMapResult : Verdict {
    std::int64_t drawn = 0;            // reactions of the map whose flux is known
    std::vector<std::string> missing;  // reactions of the map that the model does not have
    std::string svg_en;                // not described: written by --out
    std::string svg_zh;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.drawn, {.name = "drawn", .doc = {"reactions drawn", "绘出的反应"}, .unit = "1"});
        v(p.missing, {.name = "missing",
                      .doc = {"on the map but not in the model", "图上有而模型中没有的反应"},
                      .format = "reaction"});
        describe_evidence(p, v);
    }

    static constexpr std::string_view endings = ".svg";
    [[nodiscard]] Result<std::string> file(std::string_view, Lang lang) const {
        return lang == Lang::zh ? svg_zh : svg_en;
    }
    [[nodiscard]] std::vector<Text> headline() const {
        return {text({"{} reactions drawn, {} not in the model; --out FILE.svg writes the picture",
                      "绘出 {} 个反应，{} 个不在模型中；用 --out 文件.svg 导出图形"},
                     drawn, missing.size())};
    }
};

/// Errors  as fba; not_found: no such map or file; bad_input: no map, a table that cannot be read, or not one reaction
/// of
///         the map is in the model
Result<FluxMapResult> flux_map(const FluxMapParams& params, Context& context);

/// Fluxes from a table: separated by tabs or commas, with a header that names the columns `reaction` and `flux`, or
/// with these as its first two columns.
///
/// Errors  not_found, bad_input; `where` is "file, line N"
Result<std::vector<NamedFlux>> read_fluxes(const std::string& path);

}  // namespace leaven::metabolism
