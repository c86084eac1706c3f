// What two models have in common and what not, element by element, and what each predicts.
//
// Units: fluxes in mmol/gDW/h. Cost: one parsimonious flux of each model; the comparison itself is linear.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/field.hpp>
#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct CompareParams {
    std::string model;
    std::string other;

    static void describe(auto& p, auto&& v) {
        v(p.model,
          {.name = "model", .doc = {"first model", "第一个模型"}, .format = "model", .required = true, .input = true});
        v(p.other,
          {.name = "other", .doc = {"second model", "第二个模型"}, .format = "model", .required = true, .input = true});
    }
};

struct FieldDifference {
    std::string id;
    std::string field;  // name | equation | bounds | rule | subsystem | formula | charge | compartment | boundary …
    std::string first;
    std::string second;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"element", "元素"}});
        v(p.field, {.name = "field", .doc = {"field", "字段"}});
        v(p.first, {.name = "first", .doc = {"in the first model", "第一个模型"}});
        v(p.second, {.name = "second", .doc = {"in the second model", "第二个模型"}});
    }
};

/// Elements are the same where their identifiers are. Annotations count as a set, equations whatever their order.
struct ElementDifferences {
    std::vector<std::string> only_first;
    std::vector<std::string> only_second;
    std::vector<FieldDifference> changed;

    static void describe(auto& p, auto&& v) {
        v(p.only_first, {.name = "only_first", .doc = {"only in the first model", "仅第一个模型有"}});
        v(p.only_second, {.name = "only_second", .doc = {"only in the second model", "仅第二个模型有"}});
        v(p.changed, {.name = "changed", .doc = {"changed", "有变化"}});
    }
    [[nodiscard]] std::size_t count() const { return only_first.size() + only_second.size() + changed.size(); }
};

struct Prediction {
    std::string quantity;
    std::optional<double> first;  // none: there is no optimum
    std::optional<double> second;

    static void describe(auto& p, auto&& v) {
        v(p.quantity, {.name = "quantity", .doc = {"quantity", "量"}});
        v(p.first, {.name = "first", .doc = {"first model", "第一个模型"}});
        v(p.second, {.name = "second", .doc = {"second model", "第二个模型"}});
    }
};

struct CompareResult {
    ElementDifferences reactions;
    ElementDifferences metabolites;
    ElementDifferences genes;
    std::vector<Prediction> predictions;

    static void describe(auto& p, auto&& v) {
        v(p.reactions, {.name = "reactions", .doc = {"reactions", "反应"}});
        v(p.metabolites, {.name = "metabolites", .doc = {"metabolites", "代谢物"}});
        v(p.genes, {.name = "genes", .doc = {"genes", "基因"}});
        v(p.predictions, {.name = "predictions", .doc = {"predictions", "预测"}});
    }

    [[nodiscard]] std::vector<Text> headline() const;
};

/// Errors  as `load_model`
Result<CompareResult> compare(const CompareParams& params, Context& context);

/// The elements alone.
CompareResult compare_elements(const Model& first, const Model& second);

}  // namespace leaven::metabolism
