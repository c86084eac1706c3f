#include <leaven/core/parallel.hpp>
#include <leaven/dna/oligo.hpp>
#include <leaven/seq/sequence.hpp>

#include "strands.hpp"
#include "thermo_commands.hpp"

namespace leaven::dna {
namespace {

struct OligoParams {
    std::vector<std::string> sequences{};
    std::string table = "santalucia2004";
    double oligo = 25;
    double target = 25;
    double na = 50;
    double k = 0;
    double tris = 0;
    double mg = 0;
    double dntp = 0;
    std::string salt = "santalucia1998";
    std::string with{};
    std::string convention = "biopython";

    static void describe(auto& p, auto&& v) {
        v(p.sequences, {.name = "sequences",
                        .doc = {"oligonucleotides, or sequence files", "寡核苷酸序列或序列文件"},
                        .format = "sequence",
                        .required = true,
                        .input = true});
        v(p.table, {.name = "table",
                    .doc = {"nearest-neighbour table", "最近邻参数表"},
                    .choices = "santalucia2004|allawi1997|sugimoto1996|breslauer1986"});
        describe_solution(p, v);
        v(p.salt, {.name = "salt",
                   .doc = {"salt correction", "盐浓度校正方法"},
                   .choices = "santalucia1998|owczarzy2008|owczarzy2004|schildkraut"});
        v(p.with, {.name = "with", .doc = {"second strand of the dimers", "二聚体的另一条链"}});
        v(p.convention, {.name = "convention",
                         .doc = {"how concentrations enter: c1 - c2/2, or a quarter of the oligo's",
                                 "浓度的计入方式：c1 - c2/2，或寡核苷酸浓度的四分之一"},
                         .choices = "biopython|primer3"});
    }
    static void describe_solution(auto& p, auto&& v) {
        constexpr double most = 1e9;
        v(p.oligo, {.name = "oligo",
                    .doc = {"concentration of the oligo", "寡核苷酸浓度"},
                    .unit = "nmol/L",
                    .min = 0,
                    .max = most});
        v(p.target, {.name = "target",
                     .doc = {"concentration of its complement", "互补链浓度"},
                     .unit = "nmol/L",
                     .min = 0,
                     .max = most});
        v(p.na, {.name = "na", .doc = {"sodium", "钠离子浓度"}, .unit = "mmol/L", .min = 0, .max = 10000});
        v(p.k, {.name = "k", .doc = {"potassium", "钾离子浓度"}, .unit = "mmol/L", .min = 0, .max = 10000});
        v(p.tris, {.name = "tris", .doc = {"Tris", "Tris 浓度"}, .unit = "mmol/L", .min = 0, .max = 10000});
        v(p.mg, {.name = "mg", .doc = {"magnesium", "镁离子浓度"}, .unit = "mmol/L", .min = 0, .max = 10000});
        v(p.dntp,
          {.name = "dntp", .doc = {"nucleotides, together", "dNTP 总浓度"}, .unit = "mmol/L", .min = 0, .max = 10000});
    }
};

struct DuplexRow {
    double tm = 0;
    double dg = 0;

    static void describe(auto& p, auto&& v) {
        v(p.tm, {.name = "tm", .doc = {"melting temperature", "解链温度"}, .unit = "Cel"});
        v(p.dg, {.name = "dg", .doc = {"free energy at 37 degrees", "37 ℃ 自由能"}, .unit = "kcal/mol"});
    }
};

struct OligoRow {
    std::string sequence{};
    std::int64_t length = 0;
    double gc = 0;
    double tm = 0;
    double dh = 0;
    double ds = 0;
    std::optional<DuplexRow> hairpin{};
    std::optional<DuplexRow> self_dimer{};
    std::optional<DuplexRow> dimer{};
    std::optional<DuplexRow> end_dimer{};

    static void describe(auto& p, auto&& v) {
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.gc, {.name = "gc", .doc = {"GC share", "GC 比例"}, .unit = "1", .min = 0, .max = 1});
        v(p.tm, {.name = "tm", .doc = {"melting temperature", "解链温度"}, .unit = "Cel"});
        v(p.dh, {.name = "dh", .doc = {"enthalpy", "焓变"}, .unit = "kcal/mol"});
        v(p.ds, {.name = "ds", .doc = {"entropy", "熵变"}, .unit = "cal/mol/K"});
        v(p.hairpin, {.name = "hairpin", .doc = {"hairpin", "发夹"}});
        v(p.self_dimer, {.name = "self_dimer", .doc = {"dimer with itself", "自身二聚体"}});
        v(p.dimer, {.name = "dimer", .doc = {"dimer with the second strand", "与另一条链的二聚体"}});
        v(p.end_dimer, {.name = "end_dimer",
                        .doc = {"dimer by the 3' end, with the second strand or itself",
                                "以 3′ 端结合的二聚体（与另一条链或自身）"}});
    }
};

struct OligoResult {
    std::vector<OligoRow> oligos{};

    static void describe(auto& p, auto&& v) {
        v(p.oligos, {.name = "oligos", .doc = {"oligonucleotides", "寡核苷酸"}});
    }

    [[nodiscard]] std::vector<Text> headline() const {
        const auto energy = [](const std::optional<DuplexRow>& bound, std::string_view otherwise) {
            return bound ? fmt::format("{:.1f}", bound->dg) : std::string(otherwise);
        };
        std::vector<Text> lines;
        for (const auto& oligo : oligos) {
            if (lines.size() == 20) {
                lines.push_back(text({"… {} in all", "…… 共 {} 条"}, oligos.size()));
                break;
            }
            Text line = text({"{}: melts at {:.1f} °C; hairpin {}, self-dimer {}, 3′ dimer {}",
                              "{}：解链温度 {:.1f} ℃；发夹 {}，自身二聚体 {}，3′ 端二聚体 {}"},
                             oligo.sequence, oligo.tm, energy(oligo.hairpin, "–"), energy(oligo.self_dimer, "–"),
                             energy(oligo.end_dimer, "–"));
            if (oligo.dimer) {
                line.en += fmt::format(", dimer {:.1f}", oligo.dimer->dg);
                line.zh += fmt::format("，二聚体 {:.1f}", oligo.dimer->dg);
            }
            lines.push_back(line);
        }
        lines.push_back(
            text({"free energies in kcal/mol at 37 °C; –: forms none", "自由能单位为 kcal/mol（37 ℃）；–：不形成"}));
        return lines;
    }
};

OligoConditions conditions_of(const OligoParams& p) {
    const auto table = p.table == "allawi1997"      ? StackTable::allawi1997
                       : p.table == "sugimoto1996"  ? StackTable::sugimoto1996
                       : p.table == "breslauer1986" ? StackTable::breslauer1986
                                                    : StackTable::santalucia2004;
    const auto salt = p.salt == "owczarzy2008"   ? SaltCorrection::owczarzy2008
                      : p.salt == "owczarzy2004" ? SaltCorrection::owczarzy2004
                      : p.salt == "schildkraut"  ? SaltCorrection::schildkraut
                                                 : SaltCorrection::santalucia1998;
    return {.table = table,
            .oligo_nm = p.oligo,
            .target_nm = p.target,
            .na_mm = p.na,
            .k_mm = p.k,
            .tris_mm = p.tris,
            .mg_mm = p.mg,
            .dntp_mm = p.dntp,
            .salt = salt,
            .convention = p.convention == "primer3" ? TmConvention::primer3 : TmConvention::biopython};
}

Status put(std::optional<DuplexRow>& row, const Result<std::optional<Bound>>& bound) {
    if (!bound) return pass(bound);
    if (*bound) row = DuplexRow{(*bound)->tm_c, (*bound)->dg_kcal};
    return {};
}

Status evaluate(OligoRow& row, const OligoModel& model, const std::string& with) {
    const auto melting = model.melting(row.sequence);
    if (!melting) return pass(melting);
    row.length = static_cast<std::int64_t>(row.sequence.size());
    row.gc = seq::gc_share(row.sequence);
    row.tm = melting->tm_c;
    row.dh = melting->dh_kcal;
    row.ds = melting->ds_cal;
    if (auto status = put(row.hairpin, model.hairpin(row.sequence)); !status) return status;
    if (auto status = put(row.self_dimer, model.dimer(row.sequence, row.sequence)); !status) return status;
    if (!with.empty())
        if (auto status = put(row.dimer, model.dimer(row.sequence, with)); !status) return status;
    return put(row.end_dimer, model.end_dimer(row.sequence, with.empty() ? row.sequence : with));
}

Result<OligoResult> evaluate_all(const OligoParams& parameters, Context& context) {
    const auto model = OligoModel::at(conditions_of(parameters));
    if (!model) return pass(model);
    const auto given = read_given(parameters.sequences);
    if (!given) return pass(given);
    OligoResult result;
    for (const auto& one : *given) result.oligos.push_back({.sequence = as_dna(one.letters)});
    const auto with = as_dna(parameters.with);
    const auto work = [&](Chunk chunk, int) -> Status {
        for (auto k = chunk.begin; k < chunk.end; ++k)
            if (auto status = evaluate(result.oligos[static_cast<std::size_t>(k)], *model, with); !status)
                return status;
        return {};
    };
    const auto count = static_cast<std::int64_t>(result.oligos.size());
    if (auto status = for_each_chunk(context, {"oligonucleotides", "寡核苷酸"}, count, 16, work); !status)
        return pass(status);
    return result;
}

}  // namespace

Operation oligo_operation() {
    return make(
        "dna oligo",
        {"Melting temperatures of oligonucleotides, their hairpins and dimers", "寡核苷酸的解链温度、发夹与二聚体"},
        evaluate_all);
}

}  // namespace leaven::dna
