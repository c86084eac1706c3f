#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/metabolism/compare.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/info.hpp>
#include <leaven/metabolism/load.hpp>

#include "sort_unique.hpp"
#include "xml_text.hpp"

namespace leaven::metabolism {
namespace {

using Fields = std::vector<std::pair<const char*, std::string>>;

/// A set in words, whatever the order.
std::string words_of(const std::vector<Annotation>& annotation) {
    std::vector<std::string> words;
    for (const auto& [qualifier, resource] : annotation) words.push_back(qualifier + " " + resource);
    sort_unique(words);
    return join(words, "; ");
}

std::string words_of(const std::vector<Remark>& remarks) {
    std::vector<std::string> words;
    for (const auto& [key, text] : remarks) words.push_back(key.empty() ? text : key + ": " + text);
    return join(words, "; ");
}

/// Terms by identifier, so that neither order nor position in the file counts.
std::string terms_of(const Model& model, const Reaction& reaction) {
    std::map<std::string_view, double> terms;
    for (const auto& [metabolite, coefficient] : reaction.terms) terms[model.metabolites[metabolite].id] = coefficient;
    std::string left, right;
    for (const auto& [id, coefficient] : terms) {
        auto& side = coefficient < 0 ? left : right;
        const auto amount = std::fabs(coefficient);
        side += fmt::format("{}{}{}", side.empty() ? "" : " + ", amount == 1 ? "" : number_text(amount) + " ", id);
    }
    return fmt::format("{}{}-->{}{}", left, left.empty() ? "" : " ", right.empty() ? "" : " ", right);
}

Fields fields_of(const Model&, const Metabolite& metabolite) {
    return {{"name", metabolite.name},
            {"compartment", metabolite.compartment},
            {"formula", metabolite.formula},
            {"charge", metabolite.charge ? number_text(*metabolite.charge) : std::string()},
            {"boundary", metabolite.boundary ? "true" : "false"},
            {"annotation", words_of(metabolite.annotation)},
            {"remarks", words_of(metabolite.remarks)}};
}

Fields fields_of(const Model& model, const Reaction& reaction) {
    return {{"name", reaction.name},
            {"equation", terms_of(model, reaction)},
            {"lower", number_text(reaction.lower + 0.0)},
            {"upper", number_text(reaction.upper + 0.0)},
            {"rule", reaction.rule.text},
            {"subsystem", reaction.subsystem},
            {"annotation", words_of(reaction.annotation)},
            {"remarks", words_of(reaction.remarks)}};
}

Fields fields_of(const Model&, const Gene& gene) {
    return {{"name", gene.name}, {"annotation", words_of(gene.annotation)}, {"remarks", words_of(gene.remarks)}};
}

template <class Item>
ElementDifferences differences(const Model& first, const std::vector<Item>& of_first, const Model& second,
                               const std::vector<Item>& of_second) {
    ElementDifferences out;
    std::unordered_map<std::string_view, const Item*> by_id;
    for (const auto& item : of_second) by_id.emplace(item.id, &item);
    for (const auto& item : of_first) {
        const auto found = by_id.find(item.id);
        if (found == by_id.end()) {
            out.only_first.push_back(item.id);
            continue;
        }
        const auto a = fields_of(first, item);
        const auto b = fields_of(second, *found->second);
        for (std::size_t i = 0; i < a.size(); ++i)
            if (a[i].second != b[i].second) out.changed.push_back({item.id, a[i].first, a[i].second, b[i].second});
        by_id.erase(found);
    }
    for (const auto& item : of_second)
        if (by_id.contains(item.id)) out.only_second.push_back(item.id);
    return out;
}

struct Predicted {
    std::optional<double> objective;
    std::optional<double> total_flux;
    std::optional<double> active;
    double uptakes = 0;
};

Result<Predicted> predict(Model model, Context& context) {
    Predicted out;
    out.uptakes = static_cast<double>(medium_of(model).size());
    if (model.objective.terms.empty() || model.reactions.empty()) return out;
    FbaParams question;
    question.method = "pfba";
    const auto answer = fba(std::move(model), question, context);
    if (!answer) return pass(answer);
    if (!answer->solved()) return out;
    out.objective = answer->objective;
    out.total_flux = answer->total_flux;
    const auto runs = [](const ReactionFlux& row) { return std::fabs(row.flux) > 1e-9; };
    out.active = static_cast<double>(std::count_if(answer->fluxes.begin(), answer->fluxes.end(), runs));
    return out;
}

}  // namespace

std::vector<Text> CompareResult::headline() const {
    const auto line = [](Doc kind, const ElementDifferences& found) {
        return Text{fmt::format("{}: {} only in the first, {} only in the second, {} fields differ", kind.en,
                                found.only_first.size(), found.only_second.size(), found.changed.size()),
                    fmt::format("{}：仅第一个有 {} 个，仅第二个有 {} 个，{} 处字段不同", kind.zh,
                                found.only_first.size(), found.only_second.size(), found.changed.size())};
    };
    if (reactions.count() + metabolites.count() + genes.count() == 0)
        return {text({"reactions, metabolites and genes are the same", "反应、代谢物和基因完全相同"})};
    return {line({"reactions", "反应"}, reactions), line({"metabolites", "代谢物"}, metabolites),
            line({"genes", "基因"}, genes)};
}

CompareResult compare_elements(const Model& first, const Model& second) {
    CompareResult result;
    result.reactions = differences(first, first.reactions, second, second.reactions);
    result.metabolites = differences(first, first.metabolites, second, second.metabolites);
    result.genes = differences(first, first.genes, second, second.genes);
    return result;
}

Result<CompareResult> compare(const CompareParams& params, Context& context) {
    auto first = load_network(params.model, &context.stop_flag());
    if (!first) return pass(first);
    auto second = load_network(params.other, &context.stop_flag());
    if (!second) return pass(second);
    auto result = compare_elements(*first, *second);
    const auto a = predict(*std::move(first), context);
    if (!a) return pass(a);
    const auto b = predict(*std::move(second), context);
    if (!b) return pass(b);
    result.predictions = {{"objective", a->objective, b->objective},
                          {"total_flux", a->total_flux, b->total_flux},
                          {"active_reactions", a->active, b->active},
                          {"open_uptakes", a->uptakes, b->uptakes}};
    return result;
}

}  // namespace leaven::metabolism
