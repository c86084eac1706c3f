#include <leaven/metabolism/blocked.hpp>
#include <leaven/metabolism/compare.hpp>
#include <leaven/metabolism/convert.hpp>
#include <leaven/metabolism/coupling.hpp>
#include <leaven/metabolism/deletions.hpp>
#include <leaven/metabolism/design.hpp>
#include <leaven/metabolism/envelope.hpp>
#include <leaven/metabolism/enzyme.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/flux_map.hpp>
#include <leaven/metabolism/fva.hpp>
#include <leaven/metabolism/gapfill.hpp>
#include <leaven/metabolism/info.hpp>
#include <leaven/metabolism/medium.hpp>
#include <leaven/metabolism/operations.hpp>
#include <leaven/metabolism/sample.hpp>
#include <leaven/metabolism/targets.hpp>
#include <leaven/metabolism/validate.hpp>
#include <leaven/metabolism/yield.hpp>

namespace leaven::metabolism {

std::vector<Operation> operations() {
    return {
        make("metabolism info", {"What a model holds, at a glance", "模型概况"}, info),
        make("metabolism validate", {"How good a model is", "模型质量检查"}, validate),
        make("metabolism convert", {"A model in another file format", "转换模型文件格式"}, convert),
        make("metabolism compare", {"What two models have in common and what not", "比较两个模型"}, compare),
        make("metabolism fba",
             {"Flux balance analysis: the best growth, and a flux that reaches it",
              "通量平衡分析：最大生长速率及达到它的通量分布"},
             fba),
        make("metabolism fva",
             {"Flux variability analysis: how far each flux can go", "通量变异性分析：各反应通量的取值范围"}, fva),
        make("metabolism blocked",
             {"Reactions that can carry no flux, and the metabolites that end there",
              "不能携带通量的反应，以及造成死端的代谢物"},
             blocked),
        make("metabolism coupling", {"Reactions whose fluxes depend on one another", "通量相互依赖的反应"}, coupling),
        make("metabolism deletions", {"Growth without genes or reactions", "缺失基因或反应后的生长"}, deletions),
        make("metabolism yield", {"The greatest yield of a product on a substrate", "产物对底物的最大得率"}, yield),
        make("metabolism envelope",
             {"What two fluxes can do together, as an exact outline", "两个通量的精确可行域（生产包络）"}, envelope),
        make("metabolism targets",
             {"Reactions to push, weaken or remove for more product", "提高产物的上调、下调和敲除靶点"}, targets),
        make("metabolism map", {"Fluxes drawn on a map", "在图上绘制通量"}, flux_map),
        make("metabolism design",
             {"Interventions that couple the product to growth, or cut off what is not wanted, with proof",
              "使产物与生长偶联、或切断不需要的代谢状态的设计，附证明"},
             design),
        make("metabolism enzyme", {"Growth under a limited amount of enzyme", "酶量受限时的生长"}, enzyme),
        make("metabolism sample", {"Flux distributions drawn evenly from all that can be", "通量空间的均匀抽样"},
             sample),
        make("metabolism gapfill",
             {"The cheapest reactions that make a model grow, with proof", "使模型生长所需的最低代价反应，附证明"},
             gapfill),
        make("metabolism medium", {"The least medium on which a model grows", "模型生长所需的最小培养基"}, medium),
    };
}

}  // namespace leaven::metabolism
