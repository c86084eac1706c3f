// What `dna plan` is asked and what it answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/dna/bench_rows.hpp>
#include <leaven/dna/plan.hpp>

#include "assembly_picture.hpp"
#include "cloning_commands.hpp"

namespace leaven::dna {

struct PlanParams {
    std::string targets{};
    std::vector<std::string> parts{};
    std::vector<std::string> methods{"golden_gate", "gibson"};
    std::vector<std::string> rules{};
    double primer_price = 0.15;
    double long_oligo_price = 0.45;
    std::string objective = "cost";
    std::vector<std::string> missing{};
    std::vector<std::string> enzymes{"BsaI", "BsmBI", "BbsI"};
    std::string matrix = "pryor2020_BsaI";
    double min_fidelity = 0.9;
    MoleculeOptions molecules;

    static void describe(auto& p, auto&& v) {
        v(p.targets,
          {.name = "targets",
           .doc = {"constructs, or a file of them, one a line: places parted by ;, alternatives by , as in "
                   "pA,pB;rbs;gene;term;vector",
                   "构建体，或每行一个的文件：位置以 ; 分隔，备选部件以 , 分隔，如 pA,pB;rbs;gene;term;vector"},
           .required = true,
           .input = true});
        v(p.parts,
          {.name = "parts",
           .doc = {"files of the parts, which are on the shelf unless missing", "部件文件；除列为缺失者外均为现有"},
           .format = "sequence",
           .required = true});
        v(p.methods, {.name = "methods",
                      .doc = {"how constructs may be put together", "可用的组装方法"},
                      .choices = "golden_gate|gibson|yeast"});
        v(p.rules, {.name = "rules",
                    .doc = {"rule sets of those who make fragments, with their prices and days; none: no synthesis",
                            "片段合成方的规则集（含价格与周期）；不给则不考虑合成"}});
        v(p.primer_price, {.name = "primer_price",
                           .doc = {"price of a base of an oligo of up to 60 bases", "60 碱基以内寡核苷酸的单碱基价格"},
                           .unit = "USD",
                           .min = 0,
                           .max = 1000});
        v(p.long_oligo_price, {.name = "long_oligo_price",
                               .doc = {"price of a base of a longer one", "更长寡核苷酸的单碱基价格"},
                               .unit = "USD",
                               .min = 0,
                               .max = 1000});
        v(p.objective,
          {.name = "objective", .doc = {"what the plan is best at", "方案的优化目标"}, .choices = "cost|time"});
        v(p.missing, {.name = "missing",
                      .doc = {"parts that are not on the shelf: they are synthesised", "缺失的部件：需要合成"}});
        v(p.enzymes, {.name = "enzymes",
                      .doc = {"enzymes of golden_gate: the first that does not cut a construct is used",
                              "golden_gate 的限制酶：取首个不切入构建体者"}});
        v(p.matrix, {.name = "matrix",
                     .doc = {"table of measured ligation counts, or a file", "实测连接计数表名称或文件"},
                     .format = "data"});
        v(p.min_fidelity, {.name = "min_fidelity",
                           .doc = {"least fidelity of the overhangs of a construct", "每个构建体黏性末端的最低保真度"},
                           .unit = "1",
                           .min = 0,
                           .max = 1});
        MoleculeOptions::describe(p.molecules, v);
    }
};

struct PlannedConstructRow {
    std::string name{};
    std::string method{};
    std::string enzyme{};
    bool verified = false;
    std::int64_t length = 0;
    std::optional<double> fidelity{};
    std::vector<std::string> pieces{};
    std::string sequence{};

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"construct", "构建体"}});
        v(p.method, {.name = "method", .doc = {"method", "方法"}, .choices = "golden_gate|gibson|yeast"});
        v(p.enzyme, {.name = "enzyme", .doc = {"enzyme", "限制酶"}});
        v(p.verified, {.name = "verified", .doc = {"verified", "已验证"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1"});
        v(p.pieces, {.name = "pieces", .doc = {"pieces", "片段"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
    }
};

struct OligoOrderRow {
    std::string name{};
    std::string sequence{};
    std::int64_t length = 0;
    double price = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.price, {.name = "price", .doc = {"price", "价格"}, .unit = "USD"});
    }
};

struct FragmentOrderRow {
    std::string name{};
    std::string sequence{};
    std::int64_t length = 0;
    double price = 0;
    std::string rules{};
    double days = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.price, {.name = "price", .doc = {"price", "价格"}, .unit = "USD"});
        v(p.rules, {.name = "rules", .doc = {"rule set", "规则集"}});
        v(p.days, {.name = "days", .doc = {"days to arrive", "到货天数"}, .unit = "d"});
    }
};

struct OrderLists {
    std::vector<OligoOrderRow> oligos{};
    std::vector<FragmentOrderRow> fragments{};

    static void describe(auto& p, auto&& v) {
        v(p.oligos, {.name = "oligos", .doc = {"oligos", "寡核苷酸"}});
        v(p.fragments, {.name = "fragments", .doc = {"fragments", "合成片段"}});
    }
};

struct PlanResult {
    std::vector<PlannedConstructRow> constructs{};
    std::vector<PlanStepRow> steps{};
    OrderLists orders{};
    std::optional<double> cost{};
    std::optional<double> days{};
    std::optional<double> bound{};
    std::optional<double> gap{};
    std::string status = "infeasible";
    std::vector<Text> problems{};
    std::vector<seq::Record> records{};  // with features, for files
    std::vector<DrawnMolecule> drawn{};
    std::vector<GelLane> lanes{};

    static void describe(auto& p, auto&& v) {
        v(p.constructs, {.name = "constructs", .doc = {"constructs", "构建体"}});
        v(p.steps, {.name = "steps", .doc = {"steps", "步骤"}});
        v(p.orders, {.name = "orders", .doc = {"orders", "订单"}});
        v(p.cost, {.name = "cost", .doc = {"cost of the orders", "订单总价"}, .unit = "USD"});
        v(p.days, {.name = "days", .doc = {"days until the plasmids are in hand", "得到质粒所需天数"}, .unit = "d"});
        v(p.bound, {.name = "bound", .doc = {"no plan is better", "任何方案的界"}, .unit = "1"});
        v(p.gap, {.name = "gap", .doc = {"relative gap, 0: proven", "相对差距，0 表示已证明"}, .unit = "1"});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|feasible|infeasible|limit"});
        v(p.problems, {.name = "problems", .doc = {"problems", "问题"}});
    }
    [[nodiscard]] bool solved() const { return status == "optimal" || status == "feasible"; }
    [[nodiscard]] std::vector<Text> headline() const;
    static constexpr std::string_view endings = ".csv|.gb|.fa|.svg";
    /// .csv: the order list; .gb, .fa: the constructs; .svg: how they are put together.
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
};

}  // namespace leaven::dna
