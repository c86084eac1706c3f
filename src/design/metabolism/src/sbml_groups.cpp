// Groups of an SBML model, and the subsystems they name.

#include <algorithm>

#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"

namespace leaven::metabolism {
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

bool is_group_kind(std::string_view kind) {
    return kind == "classification" || kind == "partonomy" || kind == "collection";
}

void take_members(SbmlReading& reading, pugi::xml_node node, Members& members, Group& group) {
    bool others = false;
    for (const auto member : child(node, "listOfMembers").children()) {
        if (local_name(member.name()) != "member") continue;
        const auto reaction = members.reaction_of(member);
        if (reaction) group.reactions.push_back(*reaction);
        others = others || !reaction;
    }
    if (others)
        reading.notes.add(
            "group_members_left_out",
            text({"group {} has members that are not reactions: left out", "组 {} 中有非反应的成员：已略去"}, group.id),
            [&] { return reading.source.where(node); });
    std::sort(group.reactions.begin(), group.reactions.end());
    group.reactions.erase(std::unique(group.reactions.begin(), group.reactions.end()), group.reactions.end());
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
    return group;
}

}  // namespace

Status read_groups(SbmlReading& reading, pugi::xml_node model) {
    Members members(reading);
    for (const auto node : child(model, "listOfGroups").children())
        if (local_name(node.name()) == "group") reading.model.groups.push_back(read_group(reading, node, members));
    const auto named = subsystems_of(reading.model);
    for (std::size_t i = 0; i < named.size(); ++i)
        if (!reading.subsystem_in_notes[i]) reading.model.reactions[i].subsystem = named[i];
    return {};
}

}  // namespace leaven::metabolism
