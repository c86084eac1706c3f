// How good a model is: conservation, energy, structure, documentation, biomass.
//
// Each check looks at a number of things (`total`) and finds fault with some of them (`count`, `items`); `share` is the
// part that is faulty. The score is the mean of 1 - share over the checks that have something to look at, in which an
// error counts three times, a warning once, and what is only information not at all.
//
// Cost: linear programs for conservation, for each energy carrier, for reactions that can run, and for precursors of a
// biomass that does not; iML1515 takes a second, Human-GEM half a minute.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/field.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/model_input.hpp>

namespace leaven::metabolism {

struct ValidateParams : ModelInput {};

struct Check {
    std::string id;
    Text title;
    std::string severity;  // what a fault here weighs: error | warning | info
    std::int64_t count = 0;
    std::int64_t total = 0;  // 0: there was nothing to look at
    double share = 0;
    std::vector<Text> items;  // what is faulty, and how

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"check", "检查项"}});
        v(p.title, {.name = "title", .doc = {"what is looked at", "检查内容"}});
        v(p.severity, {.name = "severity", .doc = {"severity", "严重程度"}, .choices = "error|warning|info"});
        v(p.count, {.name = "count", .doc = {"faults", "问题数"}, .unit = "1"});
        v(p.total, {.name = "total", .doc = {"looked at", "检查总数"}, .unit = "1"});
        v(p.share, {.name = "share", .doc = {"share", "占比"}, .unit = "1"});
        v(p.items, {.name = "items", .doc = {"where", "位置"}});
    }
};

struct CheckSection {
    Text name;
    std::vector<Check> checks;

    static void describe(auto& p, auto&& v) {
        v(p.name, {.name = "name", .doc = {"section", "部分"}});
        v(p.checks, {.name = "checks", .doc = {"checks", "检查"}});
    }
};

struct ValidateResult {
    double score = 0;  // 0 to 1
    std::vector<CheckSection> sections;

    static void describe(auto& p, auto&& v) {
        v(p.score, {.name = "score", .doc = {"score", "得分"}, .unit = "1", .min = 0, .max = 1});
        v(p.sections, {.name = "sections", .doc = {"sections", "各部分"}});
    }

    /// Every check in a line, worst first within its section.
    [[nodiscard]] std::vector<Text> headline() const;
    static constexpr bool brief = true;
};

/// Reference  Lieven et al. 2020, doi:10.1038/s41587-020-0446-y, for what is worth looking at; Gevorgyan, Poolman, Fell
///            2008, doi:10.1093/bioinformatics/btn425, for conservation; Fritzemeier et al. 2017,
///            doi:10.1371/journal.pcbi.1005494, for energy from nothing.
/// Errors     as `load_model`; cancelled
Result<ValidateResult> validate(const ValidateParams& params, Context& context);
Result<ValidateResult> validate_model(const Model& model, Context& context);

}  // namespace leaven::metabolism
