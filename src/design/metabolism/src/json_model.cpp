#include "json_model.hpp"

#include <algorithm>
#include <limits>

#include "notes.hpp"
#include "reading_rules.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

class Assembly {
public:
    Assembly(RawModel raw, const std::string& name)
        : raw_(std::move(raw)), model_(std::move(raw_.model)), name_(name) {}

    Result<Model> run() {
        if (!raw_.has_reactions || !raw_.has_metabolites)
            return bad_input({"the JSON has no lists of metabolites and reactions", "该 JSON 没有代谢物列表与反应列表"})
                .at(name_)
                .advise({"give a model as BiGG or COBRApy write it", "请提供 BiGG 或 COBRApy 格式的模型"});
        if (auto status = index(model_.metabolites, metabolites_, {"metabolite", "代谢物"}); !status)
            return pass(status);
        if (auto status = index(model_.genes, genes_, {"gene", "基因"}); !status) return pass(status);
        Index compartments;
        if (auto status = index(model_.compartments, compartments, {"compartment", "区室"}); !status)
            return pass(status);
        declare_compartments(compartments);
        for (auto& raw : raw_.reactions) {
            if (auto status = finish(raw); !status) return pass(status);
            model_.reactions.push_back(std::move(raw.reaction));
        }
        Index reactions;
        if (auto status = index(model_.reactions, reactions, {"reaction", "反应"}); !status) return pass(status);
        if (model_.objective.terms.empty()) notes_.add("no_objective", no_objective(), [&] { return name_; });
        if (raw_.has_control_characters)
            notes_.add("control_characters",
                       text({"some texts hold control characters: replaced by \uFFFD",
                             "部分文本含有控制字符：已替换为 \uFFFD"}),
                       [&] { return name_; });
        model_.id = without_control_characters(model_.id);
        model_.format = "BiGG JSON";
        model_.notes = std::move(notes_).finish();
        return std::move(model_);
    }

private:
    using Index = std::unordered_map<std::string, std::int32_t>;

    [[nodiscard]] std::string where(const std::string& id) const { return fmt::format("{}, {}", name_, id); }

    template <class Item>
    Status index(const std::vector<Item>& items, Index& by_id, Doc kind) {
        for (std::size_t i = 0; i < items.size(); ++i) {
            const auto& id = items[i].id;
            const auto place = [&] { return fmt::format("{}, {} {}", name_, kind.en, i + 1); };
            if (id.empty())
                return bad_input({"the identifier is missing", "缺少标识符"})
                    .at(place())
                    .advise({"give it an \"id\"", "请给出 “id”"});
            if (has_control_characters(id))
                return bad_input({"the identifier holds control characters", "标识符含有控制字符"})
                    .at(place())
                    .advise({"use letters, digits and punctuation", "请使用字母、数字与标点"});
            if (!by_id.emplace(id, static_cast<std::int32_t>(i)).second)
                return bad_input({"{} is declared twice", "{} 被声明了两次"}, id)
                    .at(where(id))
                    .advise({"remove or rename one of the two", "请删除其中之一或改名"});
        }
        return {};
    }

    /// Every metabolite lies in a compartment that is declared.
    void declare_compartments(Index& known) {
        for (auto& metabolite : model_.metabolites) {
            auto& id = metabolite.compartment;
            if (id.empty()) {
                id = unknown_compartment;
                notes_.add("compartment_missing", compartment_missing(metabolite.id),
                           [&] { return where(metabolite.id); });
            }
            if (known.emplace(id, static_cast<std::int32_t>(model_.compartments.size())).second)
                model_.compartments.push_back({id, {}});
        }
    }

    Status finish(RawReaction& raw) {
        if (auto status = take_terms(raw); !status) return status;
        if (auto status = take_bounds(raw); !status) return status;
        take_rule(raw.reaction);
        if (raw.objective != 0)
            model_.objective.terms.push_back({static_cast<std::int32_t>(model_.reactions.size()), raw.objective});
        return {};
    }

    Status take_terms(RawReaction& raw) {
        auto& terms = raw.reaction.terms;
        for (const auto& [id, coefficient] : raw.terms) {
            const auto found = metabolites_.find(id);
            if (found == metabolites_.end())
                return bad_input({"metabolite {} is used and not declared", "使用了未声明的代谢物 {}"}, id)
                    .at(where(raw.reaction.id))
                    .advise({"declare it in \"metabolites\", or correct the name",
                             "请在 “metabolites” 中声明，或更正名称"});
            terms.push_back({found->second, coefficient});
        }
        std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
        const auto twice = std::adjacent_find(
            terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite == b.metabolite; });
        if (twice != terms.end())
            return bad_input({"metabolite {} is named twice", "代谢物 {} 出现两次"},
                             model_.metabolites[static_cast<std::size_t>(twice->metabolite)].id)
                .at(where(raw.reaction.id))
                .advise({"give each metabolite once", "每个代谢物只写一次"});
        std::erase_if(terms, [](const Term& term) { return term.coefficient == 0; });
        return {};
    }

    Status take_bounds(RawReaction& raw) {
        auto& reaction = raw.reaction;
        reaction.lower = raw.lower.value_or(0);
        reaction.upper = raw.upper.value_or(infinite);
        if (!raw.lower || !raw.upper)
            notes_.add("bounds_missing", bounds_missing(reaction), [&] { return where(reaction.id); });
        if (!bounds_allow_flux(reaction)) return no_flux_allowed(reaction).at(where(reaction.id));
        return {};
    }

    void take_rule(Reaction& reaction) {
        auto rule = parse_gene_rule(reaction.rule.text,
                                    [&](std::string_view name) { return gene(std::string(name), reaction.id); });
        if (rule)
            reaction.rule = *std::move(rule);
        else
            notes_.add("gene_rule_unreadable", unreadable_rule(reaction.id, rule.error()),
                       [&] { return where(reaction.id); });
    }

    std::int32_t gene(std::string id, const std::string& reaction) {
        const auto [found, added] = genes_.emplace(id, static_cast<std::int32_t>(model_.genes.size()));
        if (added) {
            notes_.add("gene_not_declared",
                       text({"gene {} is used and not declared: added", "使用了未声明的基因 {}：已添加"}, id),
                       [&] { return where(reaction); });
            model_.genes.push_back({std::move(id), {}, {}, {}});
        }
        return found->second;
    }

    RawModel raw_;
    Model model_;
    const std::string& name_;
    NoteList notes_;
    Index metabolites_;
    Index genes_;
};

}  // namespace

Result<Model> assemble(RawModel raw, const std::string& name) { return Assembly(std::move(raw), name).run(); }

}  // namespace leaven::metabolism
