#include "sbml_reading.hpp"

#include "sbml_id.hpp"

namespace leaven::metabolism {

Failure value_is_computed(std::string_view id) {
    return bad_input({"{} gets its value from a formula of the file, which is not evaluated",
                      "{} 的值由文件中的公式给出，此处不计算公式"},
                     id)
        .advise({"give a constant number", "请给出常数"});
}

Result<Listed> list_elements(const XmlSource& source, pugi::xml_node list, std::string_view name,
                             std::string_view prefix) {
    Listed listed;
    std::unordered_map<std::string, std::int32_t> by_id;
    auto status = for_children(list, name, [&](pugi::xml_node node) -> Status {
        const auto sbml_id = attribute(node, "id").value_or("");
        if (sbml_id.empty())
            return bad_input({"a {} has no identifier", "有 {} 缺少标识符"}, name)
                .at(source.where(node))
                .advise({"give it an id", "请给出 id"});
        const auto index = static_cast<std::int32_t>(listed.elements.size());
        if (!listed.by_sbml_id.emplace(sbml_id, index).second)
            return bad_input({"{} {} is declared twice", "{} {} 被声明了两次"}, name, sbml_id)
                .at(source.where(node, sbml_id))
                .advise({"remove or rename one of the two", "请删除其中之一或改名"});
        listed.elements.push_back({node, from_sbml_id(sbml_id, prefix), {}});
        by_id.emplace(listed.elements.back().id, index);
        return {};
    });
    if (!status) return pass(status);

    // "A" and "M_A" would both become "A": then the identifiers stay as the file has them.
    const bool clash = by_id.size() < listed.elements.size();
    for (auto& element : listed.elements) {
        const std::string sbml_id(*attribute(element.node, "id"));
        if (clash) element.id = sbml_id;
        if (to_sbml_id(element.id, prefix) != sbml_id) element.sbml_id = sbml_id;
    }
    return listed;
}

}  // namespace leaven::metabolism
