// Puts back into a model what a format had no place for.

#include <limits>
#include <map>

#include <nlohmann/json.hpp>

#include "json_extras.hpp"
#include "number.hpp"
#include "reading_rules.hpp"
#include "remarks.hpp"
#include "sbml_annotation.hpp"
#include "sbml_id.hpp"
#include "sort_unique.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

using Json = nlohmann::json;

Failure damaged(const std::string& name) {
    return bad_input({"what is kept under the key \"{}\" is damaged", "键“{}”下的内容已损坏"}, extras_key)
        .at(name)
        .advise({"write the file again, or remove this key", "请重新生成文件，或删除该键"});
}

/// Strict access: the first value of the wrong type ends everything.
class Applying {
public:
    Applying(Model& model, const std::string& name, NoteList& notes)
        : model_(model), index_(model), name_(name), notes_(notes) {}

    Status run(const Json& extras) {
        if (const auto prefix = extras.find("resources"); prefix != extras.end()) {
            std::string text;
            take(*prefix, text);
            if (ok_) change_prefix(model_, text);
        }
        for (const auto& [key, value] : extras.items()) {
            if (key == "model") take_statements(value, model_);
            if (key == "compartments")
                take_elements(value, model_.compartments, positions(model_.compartments), no_prefix);
            if (key == "metabolites") take_elements(value, model_.metabolites, index_.metabolites, metabolite_prefix);
            if (key == "reactions") take_elements(value, model_.reactions, index_.reactions, reaction_prefix);
            if (key == "genes") take_elements(value, model_.genes, index_.genes, gene_prefix);
            if (key == "groups") each(value, [&](const Json& group) { take_group(group); });
            if (key == "objective") take_objective(value, model_.objective);
            if (key == "other_objectives") each(value, [&](const Json& one) { take_other(one); });
        }
        if (ok_) return {};
        return damaged(name_);
    }

private:
    using Index = std::unordered_map<std::string, std::int32_t>;

    template <class Item>
    static Index positions(const std::vector<Item>& items) {
        Index index;
        for (std::size_t i = 0; i < items.size(); ++i) index.emplace(items[i].id, static_cast<std::int32_t>(i));
        return index;
    }

    void take(const Json& value, std::string& out) {
        ok_ = ok_ && value.is_string();
        if (ok_) out = xml_text(value.get_ref<const std::string&>());
    }
    void take(const Json& value, bool& out) {
        ok_ = ok_ && value.is_boolean();
        if (ok_) out = value.get<bool>();
    }

    template <class Visit>
    void each(const Json& list, Visit&& visit) {
        ok_ = ok_ && list.is_array();
        if (ok_)
            for (const auto& item : list) visit(item);
    }

    template <class Out>
    void take_member(const Json& object, const char* key, Out& out) {
        ok_ = ok_ && object.is_object();
        if (!ok_) return;
        if (const auto found = object.find(key); found != object.end()) take(*found, out);
    }

    void take_trimmed(const Json& object, const char* key, std::string& out) {
        take_member(object, key, out);
        out = std::string(trimmed(out));
    }

    void take_pair(const Json& pair, std::string& first, std::string& second) {
        ok_ = ok_ && pair.is_array() && pair.size() == 2;
        if (ok_) take(pair[0], first), take(pair[1], second);
    }

    void take(const Json& value, std::vector<Annotation>& out) {
        out.clear();
        each(value, [&](const Json& pair) {
            auto& annotation = out.emplace_back();
            take_pair(pair, annotation.qualifier, annotation.resource);
        });
        const bool leads = !leading_sbo_term(out).empty();
        for (std::size_t i = leads ? 1 : 0; i < out.size(); ++i)  // a term of SBO has one place, the first
            if (!is_sbml_id(out[i].qualifier) || out[i].qualifier == "sbo") out[i].qualifier = "is";
    }

    void take(const Json& value, std::vector<Remark>& out) {
        out.clear();
        std::vector<Remark> read;
        each(value, [&](const Json& pair) {
            auto& remark = read.emplace_back();
            take_pair(pair, remark.key, remark.text);
        });
        if (!ok_) return;
        if (read.size() == 1 && read[0].key.empty()) {
            out = remarks_of_passage(read[0].text);
            return;
        }
        for (const auto& remark : read)
            if (!is_field_key(make_remark(remark.key, remark.text).key))
                out.push_back(make_remark(remark.key, remark.text));
    }

    template <class Item>
    void take_statements(const Json& value, Item& item) {
        take_member(value, "annotation", item.annotation);
        take_member(value, "remarks", item.remarks);
    }

    /// An identifier of SBML that stands for this element; none where it could not.
    static void settle(std::string& sbml_id, const std::string& id, std::string_view prefix) {
        const bool stands = from_sbml_id(sbml_id, prefix) == id || sbml_id == id;
        if (!is_sbml_id(sbml_id) || !stands || to_sbml_id(id, prefix) == sbml_id) sbml_id.clear();
    }

    template <class Item>
    void take_elements(const Json& value, std::vector<Item>& items, const Index& index, std::string_view prefix) {
        ok_ = ok_ && value.is_object();
        if (!ok_) return;
        for (const auto& [id, element] : value.items()) {
            const auto found = index.find(id);
            if (found == index.end()) {
                note_unknown(id);
                continue;
            }
            auto& item = items[found->second];
            take_member(element, "name", item.name);
            if constexpr (requires { item.sbml_id; }) {
                take_member(element, "sbml_id", item.sbml_id);
                settle(item.sbml_id, item.id, prefix);
            }
            if constexpr (requires { item.formula; }) {
                take_trimmed(element, "formula", item.formula);
                take_member(element, "boundary", item.boundary);
            }
            if constexpr (requires { item.subsystem; }) take_trimmed(element, "subsystem", item.subsystem);
            take_statements(element, item);
        }
    }

    void note_unknown(const std::string& id) {
        notes_.add("extras_without_element",
                   text({"\"{}\" keeps something of {}, which is not in the model: passed over",
                         "“{}” 中含有 {} 的内容，但模型中没有它：已略过"},
                        std::string(extras_key), without_control_characters(xml_text(id))),
                   [&] { return name_; });
    }

    void take_members(const Json& group, const char* key, const Index& index, std::vector<std::int32_t>& out) {
        if (const auto found = group.find(key); found != group.end())
            each(*found, [&](const Json& member) {
                std::string id;
                take(member, id);
                if (const auto place = index.find(id); place != index.end())
                    out.push_back(place->second);
                else
                    note_unknown(id);
            });
        sort_unique(out);
    }

    void take_group(const Json& value) {
        Group group;
        take_member(value, "id", group.id);
        take_member(value, "name", group.name);
        take_member(value, "kind", group.kind);
        take_statements(value, group);
        ok_ = ok_ && (group.kind == "classification" || group.kind == "partonomy" || group.kind == "collection") &&
              !has_control_characters(group.id);
        if (!ok_) return;
        take_members(value, "reactions", index_.reactions, group.reactions);
        take_members(value, "metabolites", index_.metabolites, group.metabolites);
        take_members(value, "genes", index_.genes, group.genes);
        model_.groups.push_back(std::move(group));
    }

    void take_objective(const Json& value, Objective& objective) {
        take_member(value, "id", objective.id);
        take_member(value, "name", objective.name);
        take_member(value, "maximize", objective.maximize);
        ok_ = ok_ && !has_control_characters(objective.id);
        if (objective.terms.empty()) objective = {};
    }

    void take_other(const Json& value) {
        Objective objective;
        ok_ = ok_ && value.is_object() && value.contains("terms");
        if (!ok_) return;
        std::map<std::int32_t, double> terms;
        each(value["terms"], [&](const Json& term) {
            ok_ = ok_ && term.is_array() && term.size() == 2 && term[1].is_number();
            std::string id;
            if (ok_) take(term[0], id);
            if (!ok_) return;
            const auto found = index_.reactions.find(id);
            if (found == index_.reactions.end()) return note_unknown(id);
            if (const auto coefficient = term[1].get<double>(); coefficient != 0) terms[found->second] = coefficient;
        });
        for (const auto& [reaction, coefficient] : terms) objective.terms.push_back({reaction, coefficient});
        take_objective(value, objective);
        ok_ = ok_ && (objective.terms.empty() || !objective.id.empty());
        if (ok_ && !objective.terms.empty()) model_.other_objectives.push_back(std::move(objective));
    }

    Model& model_;
    ModelIndex index_;
    const std::string& name_;
    NoteList& notes_;
    bool ok_ = true;
};

/// Does every operator find two values, and is one left?
bool is_whole(const std::vector<std::int32_t>& postfix) {
    std::size_t stacked = 0;
    for (const auto entry : postfix) {
        if (entry < 0 && stacked < 2) return false;
        stacked += entry < 0 ? std::size_t(-1) : 1;
    }
    return postfix.empty() || stacked == 1;
}

/// Is the text the one that Leaven writes for the postfix, blanks that belong to an identifier and all?
bool is_own_text(const GeneRule& rule, const std::unordered_map<std::string, std::int32_t>& genes) {
    std::vector<std::string> names(genes.size());
    for (const auto& [id, index] : genes) names[index] = id;
    return rule.text == to_text(rule, names);
}

/// Does the text of the rule say what its postfix says, or nothing that can be read?
bool says(const GeneRule& rule, const std::unordered_map<std::string, std::int32_t>& genes) {
    constexpr std::int32_t unknown = std::numeric_limits<std::int32_t>::max();
    const auto parsed = parse_gene_rule(rule.text, [&](std::string_view id) {
        const auto found = genes.find(std::string(id));
        return found == genes.end() ? unknown : found->second;
    });
    return parsed ? parsed->postfix == rule.postfix : rule.postfix.empty();
}

}  // namespace

KeptExtras::KeptExtras() : json_(std::make_shared<const Json>(Json::object())) {}

Result<KeptExtras> KeptExtras::parse(std::string_view text, const std::string& name) {
    constexpr int deepest = 8;
    bool deep = false;
    std::size_t marks = 0;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {  // what is not kept takes no memory
        deep = deep || depth > deepest;
        return !deep && ++marks <= most_marks;
    };
    auto json = Json::parse(text, watch, false);
    if (marks > most_marks) return too_many_marks().at(name);
    if (deep || !json.is_object()) return damaged(name);
    KeptExtras extras;
    extras.json_ = std::make_shared<const Json>(std::move(json));
    return extras;
}

bool KeptExtras::take_rule(const std::string& reaction, const std::unordered_map<std::string, std::int32_t>& genes,
                           GeneRule& rule) const {
    const auto reactions = json_->find("reactions");
    if (reactions == json_->end() || !reactions->is_object()) return false;
    const auto element = reactions->find(reaction);
    if (element == reactions->end() || !element->is_object()) return false;
    const auto kept = element->find("rule");
    if (kept == element->end() || !kept->is_object()) return false;
    const auto text = kept->find("text");
    const auto postfix = kept->find("postfix");
    if (text == kept->end() || !text->is_string() || postfix == kept->end() || !postfix->is_array()) return false;
    GeneRule out;
    out.text = xml_text(text->get_ref<const std::string&>());
    for (const auto& entry : *postfix) {
        const auto gene = entry.is_string() ? genes.find(entry.get_ref<const std::string&>()) : genes.end();
        const auto number = entry.is_number_integer() ? entry.get<std::int64_t>() : 0;
        const bool operation = number == 1 || number == 2;
        if (!operation && gene == genes.end()) return false;
        out.postfix.push_back(operation ? (number == 1 ? GeneRule::both : GeneRule::either) : gene->second);
    }
    if (!is_whole(out.postfix)) return false;
    if (!is_own_text(out, genes)) {
        out.text = std::string(trimmed(out.text));
        if (!says(out, genes)) return false;
    }
    rule = std::move(out);
    return true;
}

Status KeptExtras::apply(Model& model, const std::string& name, NoteList& notes) const {
    return Applying(model, name, notes).run(*json_);
}

}  // namespace leaven::metabolism
