// Gene rules of an SBML model: FBC associations, and the text in the notes of older files.

#include <limits>

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
    auto id = plain_id(name, gene_prefix);
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
                      [&] { return reading.source.where(node, reaction.id); });
    return {};
}

}  // namespace leaven::metabolism
