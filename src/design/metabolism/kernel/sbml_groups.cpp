// Groups of an SBML model, and the subsystems they name.

#include <algorithm>
#include <string>
#include <unordered_set>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"
#include "sort_unique.hpp"

namespace leaven::metabolism {
namespace {

/// The elements that members of groups name, by the identifier or by the "metaid" of the file.
class Members {
public:
    explicit Members(const SbmlReading& reading) : reading_(reading) {}

    /// Adds what the member names to the group; false where it is no reaction, species or gene product.
    bool take(pugi::xml_node member, Group& group) {
        const auto id = attribute(member, "idRef");
        const auto metaid = attribute(member, "metaIdRef");
        if (!id && !metaid) return false;
        if (!id && !by_metaid_.filled) fill();
        return find(id ? reading_.reactions.by_sbml_id : by_metaid_.reactions, id ? *id : *metaid, group.reactions) ||
               find(id ? reading_.species.by_sbml_id : by_metaid_.species, id ? *id : *metaid, group.metabolites) ||
               find(id ? reading_.genes.by_sbml_id : by_metaid_.genes, id ? *id : *metaid, group.genes);
    }

private:
    using Index = std::unordered_map<std::string_view, std::int32_t>;

    static bool find(const Index& index, std::string_view id, std::vector<std::int32_t>& members) {
        const auto found = index.find(id);
        if (found != index.end()) members.push_back(found->second);
        return found != index.end();
    }

    static void fill(const Listed& listed, Index& index) {
        for (std::size_t i = 0; i < listed.elements.size(); ++i)
            if (const auto id = attribute(listed.elements[i].node, "metaid"))
                index.emplace(*id, static_cast<std::int32_t>(i));
    }

    void fill() {
        fill(reading_.reactions, by_metaid_.reactions);
        fill(reading_.species, by_metaid_.species);
        fill(reading_.genes, by_metaid_.genes);
        by_metaid_.filled = true;
    }

    const SbmlReading& reading_;
    struct {
        bool filled = false;
        Index reactions, species, genes;
    } by_metaid_;
};

bool is_group_kind(std::string_view kind) {
    return kind == "classification" || kind == "partonomy" || kind == "collection";
}

void take_members(SbmlReading& reading, pugi::xml_node node, Members& members, Group& group) {
    bool others = false;
    for (const auto member : child(node, "listOfMembers").children())
        if (local_name(member.name()) == "member") others = !members.take(member, group) || others;
    if (others)
        reading.notes.add("group_members_left_out",
                          text({"group {} has members that are no reactions, metabolites or genes: left out",
                                "组 {} 中有既非反应、代谢物也非基因的成员：已略去"},
                               group.id),
                          [&] { return reading.source.where(node); });
    for (auto* list : {&group.reactions, &group.metabolites, &group.genes}) sort_unique(*list);
}

Group read_group(SbmlReading& reading, pugi::xml_node node, Members& members) {
    Group group;
    group.id = plain_id(attribute(node, "id").value_or(""), no_prefix);
    group.name = text_of(node, "name");
    group.kind = text_of(node, "kind");
    if (!is_group_kind(group.kind)) {
        reading.notes.add(
            "group_kind_unknown",
            text({"group {} is of the kind \"{}\": read as a collection", "组 {} 的类型为 “{}”：按 collection 读取"},
                 group.id, group.kind),
            [&] { return reading.source.where(node); });
        group.kind = "collection";
    }
    take_members(reading, node, members, group);
    take_statements(reading, node, group.annotation, group.remarks);
    return group;
}

}  // namespace

Status read_groups(SbmlReading& reading, pugi::xml_node model) {
    Members members(reading);
    std::unordered_set<std::string> ids;
    for (const auto node : child(model, "listOfGroups").children()) {
        if (local_name(node.name()) != "group") continue;
        auto group = read_group(reading, node, members);
        if (!group.id.empty() && !ids.insert(group.id).second)
            return reading.fault(node, group.id,
                                 bad_input({"group {} is declared twice", "组 {} 被声明了两次"}, group.id)
                                     .advise({"remove or rename one of the two", "请删除其中之一或改名"}));
        reading.model.groups.push_back(std::move(group));
    }
    const auto named = subsystems_of(reading.model);
    for (std::size_t i = 0; i < reading.subsystem_in_notes.size(); ++i)
        if (!reading.subsystem_in_notes[i]) reading.model.reactions[i].subsystem = named[i];
    return {};
}

}  // namespace leaven::metabolism
