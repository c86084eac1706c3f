// Which genes or reactions to remove so that the cell must make the product in order to grow.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h, yields in mol/mol. The answer is complete: every set within the limit has
// been solved, or is settled by a known flux, or cannot reach the growth that is asked for; `proof` counts them.
// Cost: two linear programs for each set that no known flux settles. iML1515, anaerobic, two genes: seconds.
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

struct DesignParams : Scenario {
    std::string target;
    std::string substrate;
    std::string strategy = "search";
    std::string interventions = "genes";
    std::int64_t max_interventions = 3;
    std::int64_t max_designs = 10;
    double min_growth_fraction = 0.1;
    std::vector<std::string> candidates;
    std::vector<std::string> exclude = {"spontaneous"};
    std::optional<double> time_limit;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        describe_search(p, v);
    }

    /// The fields that a project file may set under [design].
    static void describe_search(auto& p, auto&& v) {
        v(p.target, {.name = "target",
                     .doc = {"reaction that releases the product", "释放产物的反应"},
                     .format = "reaction",
                     .required = true});
        v(p.substrate, {.name = "substrate",
                        .doc = {"reaction that takes up the substrate; the largest carbon uptake where empty",
                                "摄取底物的反应；留空则取碳摄取量最大者"},
                        .format = "reaction"});
        v(p.strategy, {.name = "strategy",
                       .doc = {"how designs are found: search is complete", "寻找设计的方法：search 为完备搜索"},
                       .choices = "search"});
        v(p.interventions,
          {.name = "interventions", .doc = {"what is knocked out", "敲除的对象"}, .choices = "genes|reactions"});
        v(p.max_interventions, {.name = "max_interventions",
                                .doc = {"most knock-outs in a design", "一个设计中的敲除数上限"},
                                .unit = "1",
                                .min = 1,
                                .max = 8});
        v(p.max_designs, {.name = "max_designs",
                          .doc = {"designs to list; 0 for all", "列出的设计数；0 为全部"},
                          .unit = "1",
                          .min = 0,
                          .max = 100000});
        v(p.min_growth_fraction, {.name = "min_growth_fraction",
                                  .doc = {"least growth, as a share of the wild type's", "最低生长速率，与野生型之比"},
                                  .unit = "1",
                                  .min = 0,
                                  .max = 1});
        v(p.candidates, {.name = "candidates",
                         .doc = {"genes or reactions that may be knocked out; all suitable ones where empty",
                                 "可敲除的基因或反应；留空为全部合适者"},
                         .format = "knockout"});
        v(p.exclude,
          {.name = "exclude",
           .doc = {"not to be knocked out: spontaneous (reactions that need no enzyme), none, or identifiers",
                   "不敲除的对象：spontaneous（自发反应）、none 或标识符"},
           .format = "knockout"});
        v(p.time_limit, {.name = "time_limit",
                         .doc = {"seconds after which the best so far is given, with a bound on what is left",
                                 "超过该秒数即给出当前最优及剩余部分的界"},
                         .unit = "s",
                         .min = 0});
    }
};

struct Intervention {
    std::string kind;  // knockout
    std::string id;
    std::string name;

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind", .doc = {"kind", "类型"}, .choices = "knockout|insertion"});
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}, .format = "knockout"});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
    }
};

/// The worst of the three programs that verify a design, and each of them.
struct DesignCertificate : Certificate {
    Certificate growth;   // greatest growth
    Certificate minimum;  // least target at that growth
    Certificate maximum;  // greatest target at that growth

    static void describe(auto& p, auto&& v) {
        Certificate::describe(p, v);
        v(p.growth, {.name = "growth", .doc = {"greatest growth", "最大生长速率"}});
        v(p.minimum, {.name = "minimum", .doc = {"least product flux at that growth", "该生长速率下的最小产物通量"}});
        v(p.maximum,
          {.name = "maximum", .doc = {"greatest product flux at that growth", "该生长速率下的最大产物通量"}});
    }
};

struct Design {
    std::int64_t rank = 0;
    std::vector<Intervention> interventions;
    double cost = 0;                  // number of knock-outs
    double growth = 0;                // greatest, with the knock-outs
    double guaranteed = 0;            // least target flux at that growth, held to 1e-6 relative
    double maximum = 0;               // greatest target flux at that growth
    std::optional<double> yield_mol;  // guaranteed, on the substrate taken up there
    std::string coupling;             // strong | weak | none
    bool verified = false;            // growth, least and greatest target agree with the cold solution of the model
    DesignCertificate certificate;    // on the original network, each program solved from nothing

    static void describe(auto& p, auto&& v) {
        v(p.rank, {.name = "rank", .doc = {"rank", "名次"}, .unit = "1"});
        v(p.interventions, {.name = "interventions", .doc = {"knock-outs", "敲除"}});
        v(p.cost, {.name = "cost", .doc = {"cost", "代价"}, .unit = "1"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.guaranteed,
          {.name = "guaranteed", .doc = {"guaranteed product flux", "保证产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.maximum, {.name = "maximum", .doc = {"greatest product flux", "最大产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.yield_mol, {.name = "yield_mol", .doc = {"guaranteed yield", "保证得率"}, .unit = "mol/mol"});
        v(p.coupling, {.name = "coupling", .doc = {"coupling", "偶联"}, .choices = "strong|weak|none"});
        v(p.verified, {.name = "verified", .doc = {"verified", "已验证"}});
        v(p.certificate, {.name = "certificate", .doc = {"certificate", "证明"}});
    }
};

struct WildType {
    double growth = 0;
    double target_minimum = 0;  // at the greatest growth
    double target_maximum = 0;

    static void describe(auto& p, auto&& v) {
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.target_minimum,
          {.name = "target_minimum", .doc = {"least product flux", "最小产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.target_maximum,
          {.name = "target_maximum", .doc = {"greatest product flux", "最大产物通量"}, .unit = "mmol/g{DW}/h"});
    }
};

struct Proof {
    std::string kind = "support_branching";
    std::int64_t nodes = 0;      // sets looked at; all others are supersets that a known flux of one of these settles
    std::int64_t lps = 0;        // linear programs solved for them
    std::int64_t witnessed = 0;  // sets settled by a known flux instead
    double bound = 0;            // no set within the limit guarantees more than this
    double gap = 0;              // bound less the best guaranteed flux

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind", .doc = {"kind of proof", "证明方式"}});
        v(p.nodes, {.name = "nodes", .doc = {"sets looked at", "考察的组合"}, .unit = "1"});
        v(p.lps, {.name = "lps", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
        v(p.witnessed, {.name = "witnessed", .doc = {"settled by a known flux", "由已知通量判定"}, .unit = "1"});
        v(p.bound,
          {.name = "bound", .doc = {"bound on the guaranteed flux", "保证通量的上界"}, .unit = "mmol/g{DW}/h"});
        v(p.gap, {.name = "gap", .doc = {"bound less the best", "上界与最优之差"}, .unit = "mmol/g{DW}/h"});
    }
};

struct DesignResult : Verdict {
    WildType wild_type;
    std::vector<Design> designs;
    std::int64_t count = 0;
    bool complete = false;
    Proof proof;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.wild_type, {.name = "wild_type", .doc = {"wild type", "野生型"}});
        v(p.designs, {.name = "designs", .doc = {"designs", "设计方案"}});
        v(p.count, {.name = "count", .doc = {"designs listed", "列出的设计数"}, .unit = "1"});
        v(p.complete, {.name = "complete", .doc = {"search complete", "搜索完备"}});
        v(p.proof, {.name = "proof", .doc = {"proof", "证明"}});
        describe_evidence(p, v);
    }
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Designs in order of guaranteed flux, then fewer knock-outs, higher growth, identifiers. A design is listed only if
/// it guarantees more than the wild type and than every set with fewer of its knock-outs.
///
/// Strong coupling: the target is forced at every growth down to a thousandth of the design's greatest; weak: at the
/// greatest.
/// Reference  the question: Burgard, Pharkya, Maranas 2003, doi:10.1002/bit.10803; Tepper, Shlomi 2010,
///            doi:10.1093/bioinformatics/btp704. The method: branching on the support of the flux that attains the
///            least target, as Fast-SL does for lethality (Pratapa et al. 2015, doi:10.1093/bioinformatics/btv352).
/// Ensures    every design solved again, cold, on the original model; the same bytes for any number of threads.
///            Stopped by the user or the time limit: what was found so far, `complete` false, and a bound.
/// Errors     as fba; bad_input: the target equals the objective or cannot carry flux, the objective is minimised,
/// there
///            is no candidate;  not_found: a candidate that the model does not have
Result<DesignResult> design(const DesignParams& params, Context& context);
Result<DesignResult> design(Model model, const DesignParams& params, Context& context);

}  // namespace leaven::metabolism
