#include <leaven/core/parallel.hpp>
#include <leaven/dna/fold.hpp>

#include "strands.hpp"
#include "thermo_commands.hpp"

namespace leaven::dna {
namespace {

struct FoldParams {
    std::vector<std::string> sequences{};
    std::string molecule = "rna";
    double temperature = 37;
    std::int64_t dangles = 2;
    bool ensemble = false;

    static void describe(auto& p, auto&& v) {
        v(p.sequences, {.name = "sequences",
                        .doc = {"sequences, or sequence files; A&B folds two strands together",
                                "序列或序列文件；A&B 表示两条链共同折叠"},
                        .format = "sequence",
                        .required = true,
                        .input = true});
        v(p.molecule, {.name = "molecule", .doc = {"molecule", "分子类型"}, .choices = "rna|dna"});
        v(p.temperature, {.name = "temperature", .doc = {"temperature", "温度"}, .unit = "Cel", .min = 0, .max = 100});
        v(p.dangles, {.name = "dangles",
                      .doc = {"2: both neighbours stack on outer and multiloop pairs; 0: none does",
                              "2：外部及多分支环的配对计入两侧相邻碱基的堆积；0：不计"},
                      .unit = "1",
                      .min = 0,
                      .max = 2});
        v(p.ensemble,
          {.name = "ensemble", .doc = {"pair probabilities over all structures", "计算全部结构的配对概率"}});
    }
};

struct PairRow {
    std::int64_t i = 0;
    std::int64_t j = 0;
    double p = 0;

    static void describe(auto& p, auto&& v) {
        v(p.i, {.name = "i", .doc = {"base, from 0", "碱基（从 0 起）"}, .unit = "1"});
        v(p.j, {.name = "j", .doc = {"its partner", "配对碱基"}, .unit = "1"});
        v(p.p, {.name = "p", .doc = {"probability", "概率"}, .unit = "1", .min = 0, .max = 1});
    }
};

struct FoldRow {
    std::string id{};
    std::string sequence{};
    std::string structure{};
    double mfe = 0;
    std::optional<double> ensemble_energy{};
    std::vector<PairRow> pairs{};

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.structure, {.name = "structure", .doc = {"structure", "结构"}});
        v(p.mfe, {.name = "mfe", .doc = {"least free energy", "最小自由能"}, .unit = "kcal/mol"});
        v(p.ensemble_energy,
          {.name = "ensemble_energy", .doc = {"free energy of the ensemble", "系综自由能"}, .unit = "kcal/mol"});
        v(p.pairs, {.name = "pairs", .doc = {"pair probabilities of at least 1e-5", "不小于 1e-5 的配对概率"}});
    }
};

struct FoldResult {
    std::vector<FoldRow> folds{};

    static void describe(auto& p, auto&& v) { v(p.folds, {.name = "folds", .doc = {"folds", "折叠"}}); }

    [[nodiscard]] std::vector<Text> headline() const {
        std::vector<Text> lines;
        for (const auto& fold : folds) {
            if (lines.size() == 20) {
                lines.push_back(text({"… {} in all", "…… 共 {} 条"}, folds.size()));
                break;
            }
            lines.push_back(text({"{}: {:.2f} kcal/mol", "{}：{:.2f} kcal/mol"}, fold.id, fold.mfe));
        }
        return lines;
    }
};

Status fold_into(FoldRow& row, bool with_ensemble, Folder& folder, const Context& context) {
    const auto best = folder.fold(row.sequence, context);
    if (!best) return pass(best);
    row.structure = best->structure;
    row.mfe = best->mfe_kcal;
    if (!with_ensemble) return {};
    const auto ensemble = folder.ensemble(row.sequence, context);
    if (!ensemble) return pass(ensemble);
    row.ensemble_energy = ensemble->energy_kcal;
    for (const auto& pair : ensemble->pairs) row.pairs.push_back({pair.i, pair.j, pair.probability});
    return {};
}

Result<FoldResult> fold_all(const FoldParams& parameters, Context& context) {
    const auto molecule = parameters.molecule == "rna" ? Molecule::rna : Molecule::dna;
    const auto model = EnergyModel::at({.molecule = molecule,
                                        .temperature_c = parameters.temperature,
                                        .dangles = static_cast<int>(parameters.dangles)});
    if (!model) return pass(model);
    const auto given = read_given(parameters.sequences);
    if (!given) return pass(given);
    FoldResult result;
    for (const auto& one : *given)
        result.folds.push_back(
            {.id = one.id, .sequence = molecule == Molecule::rna ? as_rna(one.letters) : as_dna(one.letters)});
    std::vector<Folder> folders;
    for (int thread = 0; thread < std::max(1, context.threads); ++thread) folders.emplace_back(*model);
    const auto work = [&](Chunk chunk, int thread) -> Status {
        for (auto k = chunk.begin; k < chunk.end; ++k)
            if (auto status = fold_into(result.folds[static_cast<std::size_t>(k)], parameters.ensemble,
                                        folders[static_cast<std::size_t>(thread)], context);
                !status)
                return status;
        return {};
    };
    const auto count = static_cast<std::int64_t>(result.folds.size());
    if (auto status = for_each_chunk(context, {"folding", "折叠"}, count, 1, work); !status) return pass(status);
    return result;
}

}  // namespace

Operation fold_operation() {
    return make("dna fold",
                {"Secondary structure of least free energy of one strand or two, and pair probabilities",
                 "一条或两条链的最小自由能二级结构与配对概率"},
                fold_all);
}

}  // namespace leaven::dna
