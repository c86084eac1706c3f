#include "raw_model.hpp"

#include <algorithm>
#include <limits>

#include "json_extras.hpp"
#include "notes.hpp"
#include "reading_rules.hpp"
#include "remarks.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

/// Control characters that are not blanks between words.
bool has_odd_controls(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return has_control_characters(text);
}

class Assembly {
public:
    Assembly(RawModel raw, const std::string& name)
        : raw_(std::move(raw)), model_(std::move(raw_.model)), name_(name) {}

    Result<Model> run() {
        if (!raw_.has_reactions || !raw_.has_metabolites)
            return bad_input({"the file has no lists of metabolites and reactions", "文件中没有代谢物列表与反应列表"})
                .at(name_)
                .advise({"give a model as BiGG or COBRApy write it", "请提供 BiGG 或 COBRApy 格式的模型"});
        if (auto status = index(model_.metabolites, metabolites_, {"metabolite", "代谢物"}); !status)
            return pass(status);
        if (auto status = index(model_.genes, genes_, {"gene", "基因"}); !status) return pass(status);
        Index compartments;
        if (auto status = index(model_.compartments, compartments, {"compartment", "区室"}); !status)
            return pass(status);
        declare_compartments(compartments);
        if (!raw_.extras.empty()) {
            auto extras = KeptExtras::parse(raw_.extras, name_);
            if (!extras) return pass(extras);
            extras_ = *std::move(extras);
        }
        for (auto& raw : raw_.reactions) {
            if (auto status = finish(raw); !status) return pass(status);
            model_.reactions.push_back(std::move(raw.reaction));
        }
        Index reactions;
        if (auto status = index(model_.reactions, reactions, {"reaction", "反应"}); !status) return pass(status);
        if (model_.objective.terms.empty()) model_.objective.maximize = true;
        if (model_.objective.terms.empty()) notes_.add("no_objective", no_objective(), [&] { return name_; });
        if (raw_.has_control_characters)
            notes_.add("control_characters",
                       text({"some texts hold control characters: replaced by \uFFFD",
                             "部分文本含有控制字符：已替换为 \uFFFD"}),
                       [&] { return name_; });
        model_.id = without_control_characters(model_.id);
        settle_remarks();
        for (const auto& part : raw_.left_out)
            notes_.add("section_left_out",
                       text({"the part \"{}\" of the file is not read", "未读取文件中的“{}”部分"}, part),
                       [&] { return name_; });
        if (auto status = extras_.apply(model_, name_, notes_); !status) return pass(status);
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
        if (extras_.take_rule(reaction.id, genes_, reaction.rule)) return;
        if (has_odd_controls(reaction.rule.text)) {  // its genes become identifiers
            reaction.rule.text = without_control_characters(reaction.rule.text);
            raw_.has_control_characters = true;
        }
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
            model_.genes.emplace_back().id = std::move(id);
        }
        return found->second;
    }

    /// What old files put among the remarks and has a field of its own is no remark: it fills the field where that is
    /// empty, and is only said where it says something else.
    template <class Item>
    void settle_remarks(std::vector<Item>& items) {
        for (auto& item : items)
            std::erase_if(item.remarks, [&](const Remark& remark) {
                if (!is_field_key(remark.key)) return false;
                std::string* field = field_of(item, remark.key);
                if (field != nullptr && field->empty()) *field = remark.text;
                if (field != nullptr && *field != remark.text)
                    notes_.add("remark_left_out",
                               text({"the remark \"{}: {}\" says something else than the field: left out",
                                     "备注“{}: {}”与相应字段不同：已略去"},
                                    remark.key, remark.text),
                               [&] { return where(item.id); });
                return true;
            });
    }

    void settle_remarks() {
        settle_remarks(model_.metabolites);
        settle_remarks(model_.reactions);
        settle_remarks(model_.genes);
        std::erase_if(model_.remarks, [](const Remark& remark) { return is_field_key(remark.key); });
    }

    static std::string* field_of(Metabolite& metabolite, std::string_view key) {
        return key == "FORMULA" ? &metabolite.formula : nullptr;
    }
    static std::string* field_of(Reaction& reaction, std::string_view key) {
        return key == "SUBSYSTEM" ? &reaction.subsystem : nullptr;
    }
    static std::string* field_of(Gene&, std::string_view) { return nullptr; }

    RawModel raw_;
    Model model_;
    const std::string& name_;
    NoteList notes_;
    KeptExtras extras_;
    Index metabolites_;
    Index genes_;
};

}  // namespace

Result<Model> assemble(RawModel raw, const std::string& name) { return Assembly(std::move(raw), name).run(); }

}  // namespace leaven::metabolism
