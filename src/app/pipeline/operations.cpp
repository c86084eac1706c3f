#include <leaven/core/join.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/pipeline/operations.hpp>
#include <leaven/pipeline/project.hpp>

namespace leaven::pipeline {
namespace {

struct JobParams {
    std::string project;
    std::string out;
    bool force = false;

    static void describe(auto& p, auto&& v) {
        v(p.project, {.name = "project",
                      .doc = {"project file (TOML)", "项目文件（TOML）"},
                      .format = "path",
                      .required = true,
                      .input = true});
        v(p.out,
          {.name = "out", .doc = {"folder for the dossier", "方案输出文件夹"}, .format = "folder", .required = true});
        v(p.force, {.name = "force", .doc = {"replace the folder if it exists", "若文件夹已存在则替换"}});
    }
};

struct JobResult {
    std::string product;
    std::optional<double> yield_mol;
    std::optional<double> growth;
    std::string strategy;
    std::vector<std::string> best;      // what it knocks out
    std::vector<std::string> inserted;  // and inserts
    std::optional<double> best_growth;
    std::optional<double> guaranteed;
    bool complete = false;
    metabolism::Proof proof;
    std::string report;
    std::vector<std::string> files;
    std::optional<std::int64_t> support_yuan;
    std::int64_t support_claims = 0;

    static void describe(auto& p, auto&& v) {
        v(p.product, {.name = "product", .doc = {"product", "产物"}});
        v(p.yield_mol, {.name = "yield_mol", .doc = {"greatest yield", "最大得率"}, .unit = "mol/mol"});
        v(p.growth, {.name = "growth", .doc = {"growth of the wild type", "野生型生长速率"}, .unit = "1/h"});
        v(p.strategy, {.name = "strategy", .doc = {"strategy", "策略"}});
        v(p.best, {.name = "best", .doc = {"knock-outs of the best design", "最优设计的敲除"}});
        v(p.inserted, {.name = "inserted", .doc = {"insertions of the best design", "最优设计的插入"}});
        v(p.best_growth, {.name = "best_growth", .doc = {"its growth", "其生长速率"}, .unit = "1/h"});
        v(p.guaranteed,
          {.name = "guaranteed", .doc = {"guaranteed product flux", "保证产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.complete, {.name = "complete", .doc = {"search complete", "搜索完备"}});
        v(p.proof, {.name = "proof", .doc = {"proof", "证明"}});
        v(p.report, {.name = "report", .doc = {"report", "报告"}, .format = "path"});
        v(p.files, {.name = "files", .doc = {"files", "文件"}});
        v(p.support_yuan, {.name = "support_yuan", .doc = {"support, at most", "支持资金，至多"}, .unit = "元"});
    }

    static constexpr bool brief = true;

    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines;
        lines.push_back(text({"Best yield: {:.3f} mol/mol", "最大得率：{:.3f} mol/mol"}, yield_mol.value_or(0)));
        lines.push_back(
            text({"Growth of the wild type: {:.4f} 1/h", "野生型生长速率：{:.4f} 1/h"}, growth.value_or(0)));
        lines.push_back(best_design());
        lines.push_back(
            text(complete ? Doc{"Proof: complete; {} sets looked at, {} linear programs, {} settled by a known flux",
                                "证明：搜索完备；考察 {} 个组合，求解 {} 个线性规划，{} 个由已知通量判定"}
                          : Doc{"Proof: incomplete; {} sets looked at, {} linear programs, {} settled by a known flux",
                                "证明：搜索未完成；考察 {} 个组合，求解 {} 个线性规划，{} 个由已知通量判定"},
                 proof.nodes, proof.lps, proof.witnessed));
        if (support_yuan)
            lines.push_back(text({"Rules and support: {} claims to apply for, at most {} 元 in all, proven best",
                                  "规则与支持：可申请 {} 项，合计至多 {} 元，已证明最优"},
                                 support_claims, *support_yuan));
        lines.push_back(text({"Report: {}", "报告：{}"}, report));
        return lines;
    }

private:
    /// "adh1 + ldh off, PDC in".
    [[nodiscard]] Text deeds() const {
        const auto off = join(best, " + ");
        const auto in = join(inserted, " + ");
        if (in.empty()) return text({"{} off", "敲除 {}"}, off);
        if (off.empty()) return text({"{} in", "插入 {}"}, in);
        return text({"{} off, {} in", "敲除 {}，插入 {}"}, off, in);
    }

    [[nodiscard]] Text best_design() const {
        const bool cuts = strategy == "mcs";
        if (best.empty() && inserted.empty())
            return cuts ? Text{"Cut sets: none within the limit", "割集：限定数目内没有"}
                        : Text{"Best design: none within the limit forces the product",
                               "最优设计：限定数目内没有能强制产出的组合"};
        const auto done = deeds();
        if (cuts)
            return text({"First cut set: {0}, growth {2:.4f} 1/h", "首个割集：{1}，生长速率 {2:.4f} 1/h"}, done.en,
                        done.zh, best_growth.value_or(0));
        return text({"Best design: {0}, growth {2:.4f} 1/h, guaranteed {3:.3f} mmol/gDW/h of {4}",
                     "最优设计：{1}，生长速率 {2:.4f} 1/h，保证产出 {3:.3f} mmol/gDW/h（{4}）"},
                    done.en, done.zh, best_growth.value_or(0), guaranteed.value_or(0), product);
    }
};

Result<JobResult> run_job(const JobParams& params, Context& context) {
    const auto project = read_project(params.project);
    if (!project) return pass(project);
    if (auto status = check_folder(params.out, params.force); !status) return pass(status);
    const auto files = make_dossier(*project, context);
    if (!files) return pass(files);
    Result<std::vector<std::string>> names;
    if (context.speaks()) names = write_dossier(*files, params.out, params.force, context.lang);
    if (!names) return pass(names);

    const auto& dossier = files->dossier;
    JobResult result;
    result.product = dossier.target.name.empty() ? dossier.target.reaction : dossier.target.name;
    result.yield_mol = dossier.yield.yield_mol;
    result.growth = dossier.host.growth;
    if (!dossier.designs.designs.empty()) {
        const auto& best = dossier.designs.designs.front();
        for (const auto& one : best.interventions)
            (one.kind == "insertion" ? result.inserted : result.best).push_back(one.id);
        result.best_growth = best.growth;
        result.guaranteed = best.guaranteed;
    }
    result.strategy = dossier.designs.strategy;
    result.complete = dossier.designs.complete;
    result.proof = dossier.designs.proof;
    result.report = (std::filesystem::path(params.out) / "report.html").string();
    result.files = *std::move(names);
    if (dossier.support) {
        result.support_yuan = dossier.support->best.total_yuan;
        result.support_claims = static_cast<std::int64_t>(dossier.support->best.chosen.size());
    }
    return result;
}

}  // namespace

std::vector<Operation> operations() {
    return {
        make("design", {"The main job: a project file in, a dossier out", "主流程：输入项目文件，输出设计方案"},
             run_job),
    };
}

}  // namespace leaven::pipeline
