// What `dna fragment` is asked and what it answers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/dna/fragment.hpp>
#include <leaven/dna/vendors.hpp>
#include <leaven/seq/record.hpp>

#include "cloning_commands.hpp"

namespace leaven::dna {

struct FragmentParams {
    std::string file{};
    std::string method = "golden_gate";
    std::int64_t min = 300;
    std::int64_t max = 1'800;
    std::int64_t count = 0;
    std::string matrix = "pryor2020_BsaI";
    std::string left_overhang{};
    std::string right_overhang{};
    std::string enzyme = "BsaI";
    std::string overlap = "20..40";
    std::vector<std::string> rules{};
    std::string objective = "fidelity";
    std::int64_t levels = 1;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"the sequence to be built", "要构建的序列"},
                   .format = "sequence",
                   .required = true,
                   .input = true});
        v(p.method,
          {.name = "method", .doc = {"how fragments are joined", "连接方法"}, .choices = "golden_gate|gibson"});
        v(p.min, {.name = "min",
                  .doc = {"shortest fragment, with overhangs or overlaps", "最短片段（含黏性末端或重叠区）"},
                  .unit = "1",
                  .min = 5,
                  .max = 1'000'000});
        v(p.max, {.name = "max",
                  .doc = {"longest fragment, with overhangs or overlaps", "最长片段（含黏性末端或重叠区）"},
                  .unit = "1",
                  .min = 5,
                  .max = 1'000'000});
        v(p.count, {.name = "count",
                    .doc = {"fragments; 0: the fewest", "片段数；0 表示最少"},
                    .unit = "1",
                    .min = 0,
                    .max = 120});
        v(p.matrix, {.name = "matrix",
                     .doc = {"table of measured ligation counts, or a file", "实测连接计数表名称或文件"},
                     .format = "data"});
        v(p.left_overhang, {.name = "left_overhang",
                            .doc = {"overhang of the vector before the first fragment", "首个片段之前载体的黏性末端"}});
        v(p.right_overhang, {.name = "right_overhang",
                             .doc = {"overhang of the vector after the last fragment", "末个片段之后载体的黏性末端"}});
        v(p.enzyme, {.name = "enzyme", .doc = {"enzyme that frees the overhangs", "产生黏性末端的限制酶"}});
        v(p.overlap, {.name = "overlap",
                      .doc = {"overlap of gibson fragments, least and most", "gibson 片段重叠长度的下限与上限"}});
        v(p.rules, {.name = "rules",
                    .doc = {"rule sets of those who make fragments: each fragment keeps one of them",
                            "片段合成规则集：每个片段须满足其中之一"}});
        v(p.objective,
          {.name = "objective", .doc = {"what the plan is best at", "方案的优化目标"}, .choices = "fidelity|cost"});
        v(p.levels, {.name = "levels", .doc = {"rounds of assembly", "组装轮数"}, .unit = "1", .min = 1, .max = 3});
    }
};

struct FragmentRow {
    std::int64_t index = 0;
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string sequence{};
    std::string order_sequence{};
    std::string rules{};
    std::optional<double> price{};
    std::vector<Text> problems{};

    static void describe(auto& p, auto&& v) {
        v(p.index, {.name = "index", .doc = {"number", "序号"}, .unit = "1"});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"sequence", "序列"}});
        v(p.order_sequence, {.name = "order_sequence", .doc = {"sequence to order", "订购序列"}});
        v(p.rules, {.name = "rules", .doc = {"rule set kept", "满足的规则集"}});
        v(p.price, {.name = "price", .doc = {"price", "价格"}, .unit = "USD"});
        v(p.problems, {.name = "problems", .doc = {"problems", "问题"}});
    }
};

struct JunctionRow {
    std::int64_t position = 0;
    std::string overhang{};
    std::int64_t level = 1;

    static void describe(auto& p, auto&& v) {
        v(p.position, {.name = "position", .doc = {"position", "位置"}, .unit = "1"});
        v(p.overhang, {.name = "overhang", .doc = {"overhang or overlap", "黏性末端或重叠区"}});
        v(p.level, {.name = "level", .doc = {"round in which it is made", "所在组装轮次"}, .unit = "1"});
    }
};

struct FragmentResult {
    std::vector<FragmentRow> fragments{};
    std::vector<JunctionRow> junctions{};
    std::optional<double> fidelity{};
    std::optional<double> cost{};
    std::optional<double> bound{};
    std::optional<double> gap{};
    std::string status = "infeasible";

    static void describe(auto& p, auto&& v) {
        v(p.fragments, {.name = "fragments", .doc = {"fragments", "片段"}});
        v(p.junctions, {.name = "junctions", .doc = {"joints", "接合处"}});
        v(p.fidelity, {.name = "fidelity", .doc = {"fidelity", "保真度"}, .unit = "1"});
        v(p.cost, {.name = "cost", .doc = {"cost", "总价"}, .unit = "USD"});
        v(p.bound, {.name = "bound", .doc = {"no plan is better", "任何方案的界"}, .unit = "1"});
        v(p.gap, {.name = "gap", .doc = {"relative gap, 0: proven", "相对差距，0 表示已证明"}, .unit = "1"});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|feasible|infeasible|limit"});
    }
    [[nodiscard]] bool solved() const { return status == "optimal" || status == "feasible"; }
    [[nodiscard]] std::vector<Text> headline() const {
        if (status == "limit")
            return {{"no plan was found before the steps ran out, and none was ruled out",
                     "步数用尽前未找到方案，也未能证明无解"}};
        if (!solved())
            return {{"infeasible: no sound cuts leave fragments of these lengths that can be made",
                     "无可行解：没有切分方案能得到此长度范围内可合成的片段"}};
        std::size_t wrong = 0;
        for (const auto& fragment : fragments) wrong += fragment.problems.empty() ? 0 : 1;
        Text first = text({"{} fragments, {} with problems", "{} 个片段，其中 {} 个有问题"}, fragments.size(), wrong);
        const auto add = [&first](const Text& more) { first = {first.en + more.en, first.zh + more.zh}; };
        if (fidelity) add(text({", fidelity {:.4f}", "，保真度 {:.4f}"}, *fidelity));
        if (cost) add(text({", cost {:.2f}", "，总价 {:.2f}"}, *cost));
        if (status == "optimal") add({", proven best", "，已证明最优"});
        return {first};
    }
};

/// Plans for one sequence, and their rows. Errors  as the parameters' and the searches'
Result<FragmentResult> fragments_by_golden_gate(const seq::Record& record, const FragmentParams& parameters,
                                                const std::vector<Vendor>& vendors, const Context& context);
Result<FragmentResult> fragments_by_overlaps(const seq::Record& record, const FragmentParams& parameters,
                                             const std::vector<Vendor>& vendors, const Context& context);

std::string cut_out(const std::string& letters, seq::Interval at);

/// Rule set, price and faults of a fragment as it is ordered; nothing where no rules were given.
Status add_offer(FragmentRow& row, const std::vector<Vendor>& vendors, const Context& context);

/// The prices of all fragments together, where each has one.
std::optional<double> cost_of(const std::vector<FragmentRow>& fragments);

/// How many bases an order has besides the fragment, at least and at most.
struct Extra {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// Lengths of fragments that some vendor makes.
void narrow(CutOptions& options, const std::vector<Vendor>& vendors, Extra extra);

/// For each length of a fragment the least it can cost; infinity where nobody makes it.
std::vector<double> least_prices(const CutOptions& options, const std::vector<Vendor>& vendors, Extra extra);

}  // namespace leaven::dna
