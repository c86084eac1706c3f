// The pathway as DNA: constructs, how they are put together, what is ordered for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/text.hpp>
#include <leaven/dna/bench_rows.hpp>

namespace leaven::pipeline {

/// A part of a construct, as its place in the list of parts says.
struct ConstructPlace {
    std::string name;
    std::string role = "other";
    std::int64_t start = 0;
    std::int64_t end = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"part", "部件"}});
        v(p.role,
          {.name = "role", .doc = {"role", "角色"}, .choices = "promoter|operator|rbs|cds|terminator|backbone|other"});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
    }
};

/// Where two pieces meet: the bases that both have.
struct ConstructJoint {
    std::int64_t position = 0;  // of the first of these bases
    std::string bases;
    std::optional<double> fidelity;

    static void describe(auto& p, auto&& v) {
        v(p.position, {.name = "position", .doc = {"position", "位置"}, .unit = "1"});
        v(p.bases, {.name = "bases", .doc = {"overhang or overlap", "黏性末端或重叠区"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1"});
    }
};

struct ConstructRow {
    std::string name;
    std::string method;
    std::string enzyme;
    bool verified = false;
    std::int64_t length = 0;
    std::optional<double> fidelity;
    std::vector<ConstructPlace> parts;
    std::vector<std::string> pieces;
    std::vector<ConstructJoint> joints;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"construct", "构建体"}});
        v(p.method, {.name = "method", .doc = {"method", "方法"}, .choices = "golden_gate|gibson|yeast"});
        v(p.enzyme, {.name = "enzyme", .doc = {"enzyme", "限制酶"}});
        v(p.verified, {.name = "verified",
                       .doc = {"what is ordered gives this molecule and no other of all pieces, in simulation",
                               "模拟表明所订材料只得到该分子，而无其他由全部片段构成的产物"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1"});
        v(p.parts, {.name = "parts", .doc = {"parts", "部件"}});
        v(p.pieces, {.name = "pieces", .doc = {"pieces", "片段"}});
        v(p.joints, {.name = "joints", .doc = {"joints", "接合处"}});
    }
};

/// A line of the list of double-stranded DNA to order.
struct OrderedFragment {
    std::string name;
    std::string sequence;
    std::int64_t length = 0;
    std::string supplier;
    double price = 0;
    double days = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.length, {.name = "length", .doc = {"length", "长度"}, .unit = "1"});
        v(p.supplier, {.name = "supplier", .doc = {"rule set of the supplier", "供应方规则集"}});
        v(p.price, {.name = "price", .doc = {"price", "价格"}, .unit = "USD"});
        v(p.days, {.name = "days", .doc = {"days to arrive", "到货天数"}, .unit = "d"});
    }
};

/// A ribosome binding site that was designed for its gene.
struct DesignedSite {
    std::string name;
    std::string gene;
    std::string sequence;
    double wanted = 0;
    double rate = 0;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.wanted, {.name = "wanted", .doc = {"wanted rate of initiation", "目标起始速率"}, .unit = "1"});
        v(p.rate, {.name = "rate", .doc = {"predicted rate of initiation", "预测起始速率"}, .unit = "1"});
    }
};

struct AssemblyPart {
    std::string status = "infeasible";
    std::vector<ConstructRow> constructs;
    std::vector<DesignedSite> sites;
    std::vector<dna::PlanStepRow> steps;
    std::vector<OrderedFragment> fragments;
    std::optional<double> cost;
    std::optional<double> days;
    std::optional<double> bound;
    std::optional<double> gap;
    std::vector<Text> problems;

    static void describe(auto& p, auto&& v) {
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|feasible|infeasible|limit"});
        v(p.constructs, {.name = "constructs", .doc = {"constructs", "构建体"}});
        v(p.sites, {.name = "sites", .doc = {"designed ribosome binding sites", "设计的核糖体结合位点"}});
        v(p.steps, {.name = "steps", .doc = {"steps", "步骤"}});
        v(p.fragments, {.name = "fragments", .doc = {"fragments to order", "待订购片段"}});
        v(p.cost, {.name = "cost", .doc = {"cost of oligos and fragments", "寡核苷酸与片段总价"}, .unit = "USD"});
        v(p.days, {.name = "days", .doc = {"days until the plasmids are in hand", "得到质粒所需天数"}, .unit = "d"});
        v(p.bound, {.name = "bound", .doc = {"no plan costs less", "任何方案的费用下界"}, .unit = "USD"});
        v(p.gap, {.name = "gap", .doc = {"relative gap, 0: proven", "相对差距，0 表示已证明"}, .unit = "1"});
        v(p.problems, {.name = "problems", .doc = {"problems", "问题"}});
    }
    [[nodiscard]] bool solved() const { return status == "optimal" || status == "feasible"; }
};

}  // namespace leaven::pipeline
