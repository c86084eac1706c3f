// What is left of growth when genes or reactions are lost, one by one or up to three at a time.
//
// Units: growth (the scenario's objective) in 1/h. Cost: a set that a known flux survives needs no linear program, and
// genes that do the same are decided once. iML1515 on two cores: all single genes about 0.1 s.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/core/row_iterator.hpp>
#include <leaven/metabolism/flux_method.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct DeletionsParams : Scenario, FluxMethod {
    std::string of = "genes";
    std::int64_t order = 1;
    std::vector<std::string> only;
    std::string sets;
    std::optional<std::string> report;  // none: all at order 1, else synthetic
    double threshold = 0.01;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        v(p.of, {.name = "of", .doc = {"what is deleted", "删除的对象"}, .choices = "genes|reactions"});
        v(p.order, {.name = "order",
                    .doc = {"sets of one up to this many", "组合大小的上限（含更小的组合）"},
                    .unit = "1",
                    .min = 1,
                    .max = 3});
        v(p.only, {.name = "only",
                   .doc = {"identifiers to delete; all where empty", "要删除的标识符；留空为全部"},
                   .format = "knockout"});
        v(p.sets, {.name = "sets",
                   .doc = {"table of sets to delete instead, one set a line", "改为删除表中的组合，每行一组"},
                   .format = "path"});
        v(p.report,
          {.name = "report",
           .doc =
               {"which sets to list: every one, those that change growth, the lethal ones, or the lethal ones no part "
                "of which is lethal; all at order 1, else synthetic where empty",
                "列出哪些组合：全部、改变生长的、致死的，或本身致死而任何真子集都不致死的；留空时 1 阶为 all，更高阶为 "
                "synthetic"},
           .choices = "all|changed|lethal|synthetic"});
        v(p.threshold, {.name = "threshold",
                        .doc = {"share of the wild type's growth below which a deletion is lethal",
                                "低于野生型生长的这一比例即为致死"},
                        .unit = "1",
                        .min = 0,
                        .max = 1});
        FluxMethod::describe(p, v);
    }
};

struct Deletion {
    std::vector<std::string> knockouts;
    std::optional<double> growth;  // none: infeasible, as where maintenance cannot be met
    std::optional<double> ratio;   // of the wild type's; none too where that does not grow
    std::string status = "optimal";

    static void describe(auto& p, auto&& v) {
        v(p.knockouts, {.name = "knockouts", .doc = {"deleted", "删除"}, .format = "knockout"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.ratio, {.name = "ratio", .doc = {"share of the wild type", "与野生型之比"}, .unit = "1"});
        v(p.status, {.name = "status", .doc = {"status", "状态"}, .choices = "optimal|infeasible"});
    }
};

/// The rows, kept as numbers and made when they are looked at: there can be millions.
class DeletionRows {
public:
    using Element = Deletion;

    using Iterator = RowIterator<DeletionRows, Deletion>;

    DeletionRows() = default;
    /// Members of rows are positions in `ids`. `wild_type` is what a ratio is of; 0: there are none.
    DeletionRows(std::vector<std::string> ids, double wild_type) : ids_(std::move(ids)), wild_type_(wild_type) {}

    void add(std::span<const std::int32_t> members, std::optional<double> growth);

    [[nodiscard]] std::size_t size() const { return growths_.size(); }
    [[nodiscard]] bool empty() const { return growths_.empty(); }
    [[nodiscard]] Deletion operator[](std::size_t row) const;
    [[nodiscard]] Iterator begin() const { return {this, 0}; }
    [[nodiscard]] Iterator end() const { return {this, size()}; }

private:
    std::vector<std::string> ids_;
    double wild_type_ = 0;
    std::vector<std::int32_t> members_;  // of all rows
    std::vector<std::uint32_t> starts_;  // of each row: where its members begin
    std::vector<double> growths_;        // NaN: infeasible
};

struct DeletionCounts {
    std::int64_t sets = 0;
    std::int64_t solved = 0;    // linear programs
    std::int64_t screened = 0;  // settled without one: by a known flux, or by a set that does the same
    std::int64_t lethal = 0;    // of those listed: growth below the threshold, or infeasible

    static void describe(auto& p, auto&& v) {
        v(p.sets, {.name = "sets", .doc = {"sets", "组合数"}, .unit = "1"});
        v(p.solved, {.name = "solved", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
        v(p.screened, {.name = "screened", .doc = {"settled without one", "无需求解即判定"}, .unit = "1"});
        v(p.lethal, {.name = "lethal", .doc = {"lethal", "致死数"}, .unit = "1"});
    }
};

struct DeletionsResult : Verdict {
    std::optional<double> wild_type;
    DeletionCounts counts;
    DeletionRows rows;
    std::string report = "all";  // not described: what was asked for
    std::string of = "genes";

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.wild_type, {.name = "wild_type", .doc = {"growth of the wild type", "野生型生长速率"}, .unit = "1/h"});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
        v(p.rows, {.name = "rows", .doc = {"deletions", "删除结果"}});
        describe_evidence(p, v);
    }

    [[nodiscard]] std::vector<Text> headline() const;
};

/// Both bounds of every reaction that needs what is deleted become zero. Rows stand by size, then by identifiers; those
/// of a table of sets in its order. A set changes growth where it takes more than 1e-6 of the wild type's. Sets listed
/// as synthetic are found by support branching and solved once more on the uncompressed network.
///
/// With `method`, growth is that of the flux which the method names; pfba and geometric choose among optima and so
/// change no growth. All sets are then solved one by one, and the wild type is still the optimum.
///
/// Reference  Pratapa, Balachandran, Raman 2015, doi:10.1093/bioinformatics/btv352 (synthetic lethals).
/// Ensures    rows equal those of full enumeration; no growth above the wild type's unless a forced flux is deleted;
///            the same bytes for any number of threads.
/// Errors     as fba; not_found for an unknown gene or reaction in `only` or `sets`; bad_input: more sets to list than
///            5 million; `sets` together with `only`, with an order above 1, or with report synthetic
Result<DeletionsResult> deletions(const DeletionsParams& params, Context& context);
Result<DeletionsResult> deletions(Model model, const DeletionsParams& params, Context& context);

}  // namespace leaven::metabolism
