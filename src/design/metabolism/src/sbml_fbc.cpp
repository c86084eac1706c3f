// Gene rules, objective and groups of an SBML model.

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"

namespace leaven::metabolism {
namespace {

/// Reads a gene product association into postfix, with a stack of its own: depth costs no recursion.
class Association {
public:
    Association(const SbmlReading& reading, pugi::xml_node node, const std::string& reaction)
        : reading_(reading), reaction_(reaction), open_{{node, node.first_child(), 0, 0}} {}

    Result<std::vector<std::int32_t>> read() {
        while (!open_.empty()) {
            const auto node = open_.back().next;
            auto status = node ? take(node) : close();
            if (!status) return pass(status);
        }
        return std::move(postfix_);
    }

private:
    struct Group {
        pugi::xml_node node;
        pugi::xml_node next;
        std::int32_t operation;  // 0 for the association itself, which holds exactly one member
        int members;
    };

    Status take(pugi::xml_node node) {
        auto& group = open_.back();
        group.next = node.next_sibling();
        const auto name = local_name(node.name());
        const auto operation = name == "and" ? GeneRule::both : name == "or" ? GeneRule::either : 0;
        if (name != "geneProductRef" && operation == 0) return {};
        if (group.operation == 0 && group.members > 0)
            return fault(node, {"the gene product association has more than one member at the top",
                                "基因产物关联的顶层有多个成员"});
        if (operation == 0) return take_gene(node);
        open_.push_back({node, node.first_child(), operation, 0});
        return {};
    }

    Status take_gene(pugi::xml_node node) {
        const auto gene = attribute(node, "geneProduct").value_or("");
        const auto found = reading_.genes.by_sbml_id.find(gene);
        if (found == reading_.genes.by_sbml_id.end())
            return bad_input({"gene product {} is used and not declared", "使用了未声明的基因产物 {}"}, gene)
                .at(reading_.source.where(node, reaction_))
                .advise({"declare it in fbc:listOfGeneProducts, or correct the reference",
                         "请在 fbc:listOfGeneProducts 中声明该基因产物，或更正引用"});
        postfix_.push_back(found->second);
        member_done();
        return {};
    }

    Status close() {
        const auto group = open_.back();
        if (group.members == 0)
            return fault(group.node, {"a group of the gene product association is empty", "基因产物关联中有空的组合"});
        open_.pop_back();
        if (!open_.empty()) member_done();
        return {};
    }

    void member_done() {
        auto& group = open_.back();
        if (++group.members > 1) postfix_.push_back(group.operation);
    }

    [[nodiscard]] Failure fault(pugi::xml_node node, Doc what) const {
        return bad_input(what)
            .at(reading_.source.where(node, reaction_))
            .advise({"export the model again", "请重新导出模型"});
    }

    const SbmlReading& reading_;
    const std::string& reaction_;
    std::vector<Group> open_;
    std::vector<std::int32_t> postfix_;
};

/// The rule as the notes spell it, where it says what the association says.
void keep_spelling(SbmlReading& reading, const std::string& spelled, GeneRule& rule) {
    constexpr std::int32_t unknown_gene = std::numeric_limits<std::int32_t>::max();
    const auto same = parse_gene_rule(spelled, [&](std::string_view id) {
        const auto found = reading.genes_by_id.find(std::string(id));
        return found == reading.genes_by_id.end() ? unknown_gene : found->second;
    });
    if (same && same->postfix == rule.postfix) rule.text = spelled;
}

/// The gene of that name, declared where a rule in the notes is the first to name it.
std::int32_t gene_from_notes(SbmlReading& reading, std::string_view name) {
    auto id = from_sbml_id(name, gene_prefix);
    const auto next = static_cast<std::int32_t>(reading.model.genes.size());
    const auto [found, added] = reading.genes_by_id.emplace(id, next);
    if (added) {
        reading.gene_names.push_back(id);
        reading.model.genes.push_back({std::move(id), {}, {}, {}});
    }
    return found->second;
}

}  // namespace

Status read_gene_rule(SbmlReading& reading, pugi::xml_node node, const NoteValues& notes, Reaction& reaction) {
    const auto& spelled = notes.gene_association;
    if (const auto association = child(node, "geneProductAssociation")) {
        auto postfix = Association(reading, association, reaction.id).read();
        if (!postfix) return pass(postfix);
        reaction.rule.postfix = *std::move(postfix);
        reaction.rule.text = to_text(reaction.rule, reading.gene_names);
        if (spelled) keep_spelling(reading, *spelled, reaction.rule);
        return {};
    }
    if (!spelled || spelled->empty()) return {};
    auto rule = parse_gene_rule(*spelled, [&](std::string_view name) { return gene_from_notes(reading, name); });
    if (rule) {
        reaction.rule = *std::move(rule);
        return {};
    }
    reaction.rule.text = *spelled;
    reading.notes.add("gene_rule_unreadable", unreadable_rule(reaction.id, rule.error()),
                      reading.source.where(node, reaction.id));
    return {};
}

namespace {

Result<pugi::xml_node> active_objective(SbmlReading& reading, pugi::xml_node model) {
    const auto list = child(model, "listOfObjectives");
    const auto first = child(list, "objective");
    if (!first) return first;
    const auto active = attribute(list, "activeObjective");
    if (!active) {
        reading.notes.add(
            "objective_not_chosen",
            text({"the file does not say which objective holds: the first is taken", "文件未指明所用目标：采用第一个"}),
            reading.source.where(list));
        return first;
    }
    for (const auto objective : list.children())
        if (local_name(objective.name()) == "objective" && attribute(objective, "id") == active) return objective;
    return bad_input({"the active objective {} is not declared", "所选目标 {} 未声明"}, *active)
        .at(reading.source.where(list))
        .advise({"name one of the declared objectives", "请指定一个已声明的目标"});
}

Status take_flux_objective(const SbmlReading& reading, pugi::xml_node node, std::map<std::int32_t, double>& sums) {
    const auto name = attribute(node, "reaction").value_or("");
    const auto found = reading.reactions.by_sbml_id.find(name);
    if (found == reading.reactions.by_sbml_id.end())
        return bad_input({"the objective names reaction {}, which is not declared", "目标引用了未声明的反应 {}"}, name)
            .at(reading.source.where(node, name))
            .advise({"declare it, or correct the reference", "请声明该反应，或更正引用"});
    const auto coefficient = xml_number(attribute(node, "coefficient").value_or(""));
    if (!coefficient || !std::isfinite(*coefficient))
        return bad_input({"the objective coefficient of {} is not a finite number", "{} 的目标系数不是有限数"}, name)
            .at(reading.source.where(node, name))
            .advise({"give a number", "请给出一个数"});
    sums[found->second] += *coefficient;
    return {};
}

/// Where there is no FBC, old models keep the objective in kinetic laws.
Status take_kinetic_law_objective(const SbmlReading& reading, std::map<std::int32_t, double>& sums) {
    for (const auto& reaction : reading.reactions.elements) {
        const auto list = child(child(reaction.node, "kineticLaw"), "listOfLocalParameters");
        for (const auto parameter : list.children()) {
            if (attribute(parameter, "id") != "OBJECTIVE_COEFFICIENT") continue;
            const auto value = xml_number(attribute(parameter, "value").value_or(""));
            if (!value || !std::isfinite(*value))
                return bad_input({"the objective coefficient of {} is not a finite number", "{} 的目标系数不是有限数"},
                                 reaction.id)
                    .at(reading.source.where(parameter, reaction.id))
                    .advise({"give a number", "请给出一个数"});
            sums[reading.reactions.by_sbml_id.at(*attribute(reaction.node, "id"))] += *value;
        }
    }
    return {};
}

}  // namespace

Status read_objective(SbmlReading& reading, pugi::xml_node model) {
    const auto objective = active_objective(reading, model);
    if (!objective) return pass(objective);
    std::map<std::int32_t, double> sums;
    if (*objective) {
        const auto type = attribute(*objective, "type").value_or("");
        if (type != "maximize" && type != "minimize")
            return bad_input({"the objective has the type \"{}\"", "目标的类型为 “{}”"}, type)
                .at(reading.source.where(*objective))
                .advise({"maximize and minimize are known", "可用的类型为 maximize 与 minimize"});
        reading.model.objective.maximize = type == "maximize";
        const auto take = [&](pugi::xml_node node) { return take_flux_objective(reading, node, sums); };
        if (auto status = for_children(child(*objective, "listOfFluxObjectives"), "fluxObjective", take); !status)
            return status;
    } else if (reading.fbc_version == 0) {
        if (auto status = take_kinetic_law_objective(reading, sums); !status) return status;
    }
    for (const auto& [reaction, coefficient] : sums)
        if (coefficient != 0) reading.model.objective.terms.push_back({reaction, coefficient});
    if (reading.model.objective.terms.empty())
        reading.notes.add("no_objective", text({"the model has no objective", "模型没有目标函数"}),
                          reading.source.name);
    return {};
}

namespace {

/// Reactions by the identifier, or by the "metaid" of the file, that a member of a group gives.
class Members {
public:
    explicit Members(const SbmlReading& reading) : reading_(reading) {}

    std::optional<std::int32_t> reaction_of(pugi::xml_node member) {
        if (const auto id = attribute(member, "idRef")) return find(reading_.reactions.by_sbml_id, *id);
        if (const auto id = attribute(member, "metaIdRef")) return find(by_metaid(), *id);
        return std::nullopt;
    }

private:
    using Index = std::unordered_map<std::string_view, std::int32_t>;

    static std::optional<std::int32_t> find(const Index& index, std::string_view id) {
        const auto found = index.find(id);
        return found == index.end() ? std::nullopt : std::optional(found->second);
    }

    const Index& by_metaid() {
        if (!by_metaid_.empty()) return by_metaid_;
        for (std::size_t i = 0; i < reading_.reactions.elements.size(); ++i)
            if (const auto id = attribute(reading_.reactions.elements[i].node, "metaid"))
                by_metaid_.emplace(*id, static_cast<std::int32_t>(i));
        return by_metaid_;
    }

    const SbmlReading& reading_;
    Index by_metaid_;
};

Group read_group(pugi::xml_node node, Members& members) {
    Group group;
    group.id = from_sbml_id(attribute(node, "id").value_or(""), no_prefix);
    group.name = text_of(node, "name");
    group.kind = text_of(node, "kind");
    for (const auto member : child(node, "listOfMembers").children())
        if (const auto reaction = members.reaction_of(member)) group.reactions.push_back(*reaction);
    std::sort(group.reactions.begin(), group.reactions.end());
    group.reactions.erase(std::unique(group.reactions.begin(), group.reactions.end()), group.reactions.end());
    return group;
}

}  // namespace

Status read_groups(SbmlReading& reading, pugi::xml_node model) {
    Members members(reading);
    for (const auto node : child(model, "listOfGroups").children())
        if (local_name(node.name()) == "group") reading.model.groups.push_back(read_group(node, members));
    const auto named = subsystems_of(reading.model);
    for (std::size_t i = 0; i < named.size(); ++i)
        if (!reading.subsystem_in_notes[i]) reading.model.reactions[i].subsystem = named[i];
    return {};
}

}  // namespace leaven::metabolism
