// Which genes or reactions to remove, and which to insert, so that the cell must make the product in order to grow; or
// so that what is not wanted becomes impossible.
//
// Units: fluxes in mmol/gDW/h, growth in 1/h, yields in mol/mol. The answer is complete: every set within the limit has
// been solved, or is settled by a known flux, or cannot reach the growth that is asked for; `proof` counts them.
// Cost: two linear programs for each set that no known flux settles; one for each region where regions are cut off.
// iML1515, anaerobic, two genes: seconds; its minimal cut sets of growth up to three genes: under a minute.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/production.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/metabolism/verdict.hpp>

namespace leaven::metabolism {

struct DesignParams : Scenario, Production {
    std::string strategy = "search";
    std::string interventions = "genes";
    std::int64_t max_interventions = 3;
    std::int64_t max_designs = 10;
    double min_growth_fraction = 0.1;
    std::optional<double> min_growth;
    std::vector<std::string> candidates;
    std::vector<std::string> exclude = {"spontaneous"};
    std::vector<std::string> insertable;
    std::string costs;
    std::vector<std::string> suppress;
    std::vector<std::string> protect;
    std::optional<double> time_limit;

    static void describe(auto& p, auto&& v) {
        Scenario::describe(p, v);
        describe_search(p, v);
    }

    /// The fields that a project file may set under [design].
    static void describe_search(auto& p, auto&& v) {
        Production::describe(p, v, false);
        v(p.strategy,
          {.name = "strategy",
           .doc = {"what is sought: the most product that is guaranteed (search, robustknock), that is possible "
                   "(optknock), or the most growth lost without it (optcouple), each at maximal growth; or all minimal "
                   "cut sets (mcs)",
                   "寻求的目标：最大生长下保证产物最多（search、robustknock）、可能产物最多（optknock）、"
                   "关闭产物时生长损失最大（optcouple）；或全部最小割集（mcs）"},
           .choices = "search|optknock|robustknock|optcouple|mcs"});
        v(p.interventions,
          {.name = "interventions", .doc = {"what is knocked out", "敲除的对象"}, .choices = "genes|reactions"});
        v(p.max_interventions, {.name = "max_interventions",
                                .doc = {"most knock-outs and insertions in a design", "一个设计中的敲除与插入数上限"},
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
        v(p.min_growth, {.name = "min_growth",
                         .doc = {"least growth, in place of the share", "最低生长速率，代替比例"},
                         .unit = "1/h",
                         .min = 0});
        v(p.candidates, {.name = "candidates",
                         .doc = {"genes or reactions that may be knocked out; all suitable ones where empty",
                                 "可敲除的基因或反应；留空为全部合适者"},
                         .format = "knockout"});
        v(p.exclude,
          {.name = "exclude",
           .doc = {"not to be knocked out: spontaneous (reactions that need no enzyme), none, or identifiers",
                   "不敲除的对象：spontaneous（自发反应）、none 或标识符"},
           .format = "knockout"});
        v(p.insertable, {.name = "insertable",
                         .doc = {"reactions of the model that are off unless a design inserts them",
                                 "模型中除非被设计插入否则关闭的反应"},
                         .format = "reaction"});
        v(p.costs, {.name = "costs",
                    .doc = {"table of identifier and cost; 1 where it names none", "标识符与代价的表；未列出者为 1"},
                    .format = "path"});
        v(p.suppress, {.name = "suppress",
                       .doc = {"mcs: regions to make impossible, such as \"EX_etoh_e <= 1; BIOMASS >= 0.14\"",
                               "mcs：须使其不可能的区域，如“EX_etoh_e <= 1; BIOMASS >= 0.14”"},
                       .format = "region"});
        v(p.protect, {.name = "protect",
                      .doc = {"mcs: regions of which a point must stay possible", "mcs：须保留至少一点的区域"},
                      .format = "region"});
        v(p.time_limit, {.name = "time_limit",
                         .doc = {"seconds after which the best so far is given, with a bound on what is left",
                                 "超过该秒数即给出当前最优及剩余部分的界"},
                         .unit = "s",
                         .min = 0});
    }
};

struct Intervention {
    std::string kind;  // knockout | insertion
    std::string id;
    std::string name;

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind", .doc = {"kind", "类型"}, .choices = "knockout|insertion"});
        v(p.id, {.name = "id", .doc = {"identifier", "标识符"}, .format = "knockout"});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
    }
};

/// The worst of the programs that verify a design, and each of them.
struct DesignCertificate : Certificate {
    Certificate growth;                // greatest growth
    Certificate minimum;               // least target at that growth
    Certificate maximum;               // greatest target at that growth
    Certificate without;               // optcouple: greatest growth without the target
    std::vector<Certificate> regions;  // mcs: the optimum that decides each region, those to suppress first

    static void describe(auto& p, auto&& v) {
        Certificate::describe(p, v);
        v(p.growth, {.name = "growth", .doc = {"greatest growth", "最大生长速率"}});
        v(p.minimum, {.name = "minimum", .doc = {"least product flux at that growth", "该生长速率下的最小产物通量"}});
        v(p.maximum,
          {.name = "maximum", .doc = {"greatest product flux at that growth", "该生长速率下的最大产物通量"}});
        v(p.without, {.name = "without", .doc = {"growth without the product", "无产物时的生长速率"}});
        v(p.regions, {.name = "regions", .doc = {"regions", "区域"}});
    }
};

struct Design {
    std::int64_t rank = 0;
    std::vector<Intervention> interventions;
    std::vector<std::string> insertions;  // identifiers of those that are insertions
    double cost = 0;                      // sum over the interventions
    std::optional<double> growth;         // greatest, with the interventions; none where there is no flux
    std::optional<double> guaranteed;     // least target flux at that growth, held to 1e-6 relative
    std::optional<double> maximum;        // greatest target flux at that growth
    std::optional<double> growth_lost;    // optcouple: what of that growth is lost when the target is closed
    std::optional<double> yield_mol;      // guaranteed, on the substrate taken up there
    std::optional<std::string> coupling;  // strong | weak | none; none without a target
    bool verified = false;                // what the search says agrees with the solution of the original model
    DesignCertificate certificate;        // on the original network

    static void describe(auto& p, auto&& v) {
        v(p.rank, {.name = "rank", .doc = {"rank", "名次"}, .unit = "1"});
        v(p.interventions, {.name = "interventions", .doc = {"interventions", "干预"}});
        v(p.insertions, {.name = "insertions", .doc = {"inserted", "插入"}, .format = "reaction"});
        v(p.cost, {.name = "cost", .doc = {"cost", "代价"}, .unit = "1"});
        v(p.growth, {.name = "growth", .doc = {"growth", "生长速率"}, .unit = "1/h"});
        v(p.guaranteed,
          {.name = "guaranteed", .doc = {"guaranteed product flux", "保证产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.maximum, {.name = "maximum", .doc = {"greatest product flux", "最大产物通量"}, .unit = "mmol/g{DW}/h"});
        v(p.growth_lost,
          {.name = "growth_lost", .doc = {"growth lost without product", "无产物时的生长损失"}, .unit = "1/h"});
        v(p.yield_mol, {.name = "yield_mol", .doc = {"guaranteed yield", "保证得率"}, .unit = "mol/mol"});
        v(p.coupling, {.name = "coupling", .doc = {"coupling", "偶联"}, .choices = "strong|weak|none"});
        v(p.verified, {.name = "verified", .doc = {"verified", "已验证"}});
        v(p.certificate, {.name = "certificate", .doc = {"certificate", "证明"}});
    }
};

struct WildType {
    double growth = 0;
    std::optional<double> target_minimum;  // at the greatest growth; none without a target
    std::optional<double> target_maximum;

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
    double bound = 0;  // no set within the limit is worth more than this; mcs: up to this size none is missing
    double gap = 0;    // bound less the best; mcs: the limit less the bound

    static void describe(auto& p, auto&& v) {
        v(p.kind, {.name = "kind", .doc = {"kind of proof", "证明方式"}});
        v(p.nodes, {.name = "nodes", .doc = {"sets looked at", "考察的组合"}, .unit = "1"});
        v(p.lps, {.name = "lps", .doc = {"linear programs", "线性规划数"}, .unit = "1"});
        v(p.witnessed, {.name = "witnessed", .doc = {"settled by a known flux", "由已知通量判定"}, .unit = "1"});
        v(p.bound, {.name = "bound", .doc = {"proved bound", "已证明的界"}});
        v(p.gap, {.name = "gap", .doc = {"bound less the best", "上界与最优之差"}});
    }
};

struct DesignResult : Verdict {
    std::string strategy = "search";  // as it was asked for
    Text cause;                       // infeasible: what is; empty where it is growth. For the headline alone
    WildType wild_type;
    std::vector<Design> designs;
    std::int64_t count = 0;
    bool complete = false;
    Proof proof;

    static void describe(auto& p, auto&& v) {
        describe_status(p, v);
        v(p.strategy,
          {.name = "strategy", .doc = {"strategy", "策略"}, .choices = "search|optknock|robustknock|optcouple|mcs"});
        v(p.wild_type, {.name = "wild_type", .doc = {"wild type", "野生型"}});
        v(p.designs, {.name = "designs", .doc = {"designs", "设计方案"}});
        v(p.count, {.name = "count", .doc = {"designs listed", "列出的设计数"}, .unit = "1"});
        v(p.complete, {.name = "complete", .doc = {"search complete", "搜索完备"}});
        v(p.proof, {.name = "proof", .doc = {"proof", "证明"}});
        describe_evidence(p, v);
    }
    [[nodiscard]] std::vector<Text> headline() const;
};

/// Designs in order of what the strategy seeks, then cost, fewer interventions, higher growth, identifiers; each is
/// worth more than the wild type and than every set with fewer of its interventions. mcs: all minimal sets by cost,
/// size and identifiers; genes or reactions that are interchangeable are each listed there, and go by the cheapest,
/// then first, of their identifiers elsewhere. Costs are 1 each unless a table says otherwise.
///
/// Strong coupling: the target is forced at every growth down to a thousandth of the design's greatest; weak: at the
/// greatest. Regions are decided as src/regions.hpp says, to 1e-6 of their bound.
/// Reference  optknock: Burgard, Pharkya, Maranas 2003, doi:10.1002/bit.10803; robustknock: Tepper, Shlomi 2010,
///            doi:10.1093/bioinformatics/btp704; optcouple: Jensen, Broeken, Lærke Hansen, Sonnenschein, Herrgård 2019,
///            doi:10.1016/j.mec.2019.e00087; mcs: Klamt, Gilles 2004, doi:10.1093/bioinformatics/btg395. The method:
///            branching on the support of a flux that tells what a set is worth, as Fast-SL does for lethality (Pratapa
///            et al. 2015, doi:10.1093/bioinformatics/btv352).
/// Ensures    every design solved again on the original model; the same bytes for any number of threads. Stopped by the
///            user or the time limit: what was found so far, `complete` false, and a bound. A target that can carry no
///            flux, or a region to protect that cannot be reached, is infeasible, and the verdict says why.
/// Errors     as fba; bad_input: the target is missing or equals the objective, the objective is minimised, there is no
///            candidate, a region or the table of costs cannot be read;  not_found: an identifier that the model lacks
Result<DesignResult> design(const DesignParams& params, Context& context);
Result<DesignResult> design(Model model, const DesignParams& params, Context& context);

}  // namespace leaven::metabolism
