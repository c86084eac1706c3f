#include "sbml_reading.hpp"

#include "sbml_id.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {

Failure value_is_computed(std::string_view id) {
    return bad_input({"{} gets its value from a formula of the file, which is not evaluated",
                      "{} 的值由文件中的公式给出，此处不计算公式"},
                     id)
        .advise({"give a constant number", "请给出常数"});
}

namespace {

/// The identifier is there and can be shown to people; what SBML does not allow in it is only remarked.
Status check_id(SbmlReading& reading, pugi::xml_node node, std::string_view name, std::string_view id) {
    const auto where = [&] { return reading.source.where(node, id); };
    if (id.empty())
        return bad_input({"a {} has no identifier", "有 {} 缺少标识符"}, name)
            .at(reading.source.where(node))
            .advise({"give it an id", "请给出 id"});
    if (has_control_characters(id))
        return bad_input({"the identifier of a {} holds control characters", "某 {} 的标识符含有控制字符"}, name)
            .at(reading.source.where(node))
            .advise({"use letters, digits and _", "请使用字母、数字与 _"});
    if (!is_sbml_id(id))
        reading.notes.add(
            "identifier_not_valid",
            text({"SBML does not allow the identifier {}: taken as it is", "SBML 不允许标识符 {}：按原样读取"}, id),
            where);
    return {};
}

/// Where "A" and "M_A" would both become "A", they stay as the file has them; where that makes others clash, all stay.
void keep_apart(Listed& listed) {
    for (const bool all : {false, true}) {
        std::unordered_map<std::string, int> uses;
        for (const auto& element : listed.elements) ++uses[element.id];
        if (uses.size() == listed.elements.size()) return;
        for (auto& element : listed.elements)
            if (all || uses.at(element.id) > 1) element.id = *attribute(element.node, "id");
    }
}

}  // namespace

Result<Listed> list_elements(SbmlReading& reading, pugi::xml_node list, std::string_view name,
                             std::string_view prefix) {
    Listed listed;
    auto status = for_children(list, name, [&](pugi::xml_node node) -> Status {
        const auto id = attribute(node, "id").value_or("");
        if (auto checked = check_id(reading, node, name, id); !checked) return checked;
        const bool taken = !prefix.empty() && !reading.taken.insert(id).second;
        if (!listed.by_sbml_id.emplace(id, static_cast<std::int32_t>(listed.elements.size())).second || taken)
            return bad_input({"{} {} is declared twice", "{} {} 被声明了两次"}, name, id)
                .at(reading.source.where(node, id))
                .advise({"remove or rename one of the two", "请删除其中之一或改名"});
        listed.elements.push_back({node, from_sbml_id(id, prefix), {}});
        return {};
    });
    if (!status) return pass(status);

    keep_apart(listed);
    for (auto& element : listed.elements) {
        const std::string id(*attribute(element.node, "id"));
        if (is_sbml_id(id) && to_sbml_id(element.id, prefix) != id) element.sbml_id = id;
    }
    return listed;
}

void take_annotation(SbmlReading& reading, pugi::xml_node node, std::vector<Annotation>& annotation) {
    annotation = read_annotation(node);
    if (has_other_annotation(node))
        reading.notes.add("annotation_left_out",
                          text({"parts of the annotation are no MIRIAM statements: left out",
                                "注释中有不属于 MIRIAM 语句的部分：已略去"}),
                          [&] { return reading.source.where(node, attribute(node, "id").value_or("")); });
}

void take_statements(SbmlReading& reading, pugi::xml_node node, std::vector<Annotation>& annotation,
                     std::vector<Remark>& remarks) {
    take_annotation(reading, node, annotation);
    remarks = read_notes(node).remarks;
}

std::string plain_id(std::string_view sbml_id, std::string_view prefix) {
    return from_sbml_id(without_control_characters(sbml_id), prefix);
}

}  // namespace leaven::metabolism
