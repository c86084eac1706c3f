#include "sbml_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "number.hpp"
#include "reading_rules.hpp"
#include "sbml_id.hpp"
#include "sbml_reading.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

Failure not_text(const XmlSource& source, std::size_t at) {
    return bad_input({"the bytes are not UTF-8 text as XML allows it", "字节不是 XML 所允许的 UTF-8 文本"})
        .at(source.where_offset(static_cast<std::ptrdiff_t>(at)))
        .advise({"save the file as UTF-8 and remove control characters", "请将文件另存为 UTF-8 编码，并去除控制字符"});
}

/// Position of a reference such as "&#0;" to something that is no character of XML; npos where there is none.
std::size_t find_bad_reference(std::string_view text) {
    for (auto at = text.find("&#"); at != std::string_view::npos; at = text.find("&#", at + 2)) {
        const bool hexadecimal = text.substr(at + 2).starts_with('x');
        const auto* first = text.data() + at + (hexadecimal ? 3 : 2);
        std::uint32_t code = 0;
        const auto [end, fault] = std::from_chars(first, text.data() + text.size(), code, hexadecimal ? 16 : 10);
        if (fault != std::errc() || !is_xml_character(code) || end == text.data() + text.size() || *end != ';')
            return at;
    }
    return std::string_view::npos;
}

/// Elements and attributes at most; counted only in files so large that their number could matter.
std::size_t marks_in(std::string_view text) {
    constexpr std::size_t harmless_bytes = std::size_t{64} << 20;
    if (text.size() < harmless_bytes) return 0;
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; }));
}

Doc fault_of(pugi::xml_parse_status status) {
    switch (status) {
        case pugi::status_end_element_mismatch:
            return {"the XML is broken: an end tag does not match its start tag", "XML 有误：结束标签与开始标签不符"};
        case pugi::status_bad_attribute:
            return {"the XML is broken: an attribute", "XML 有误：属性格式不对"};
        case pugi::status_bad_start_element:
            return {"the XML is broken: a start tag", "XML 有误：开始标签格式不对"};
        case pugi::status_bad_end_element:
            return {"the XML is broken: an end tag", "XML 有误：结束标签格式不对"};
        case pugi::status_bad_pcdata:
            return {"the XML is broken: a text that does not end", "XML 有误：文本未结束"};
        case pugi::status_no_document_element:
            return {"the XML is broken: it holds no element", "XML 有误：其中没有元素"};
        case pugi::status_out_of_memory:
            return {"there is not memory enough to read the XML", "内存不足，无法读取 XML"};
        default:
            return {"the XML is broken", "XML 有误"};
    }
}

Status parse_xml(const XmlSource& source, pugi::xml_document& document) {
    if (marks_in(source.text) > most_marks) return too_many_marks().at(source.name);
    if (const auto at = find_not_xml(source.text); at != std::string_view::npos) return not_text(source, at);
    if (const auto at = find_bad_reference(source.text); at != std::string_view::npos) return not_text(source, at);
    const auto outcome =
        document.load_buffer(source.text.data(), source.text.size(), pugi::parse_default, pugi::encoding_utf8);
    if (outcome) return {};
    return bad_input(fault_of(outcome.status))
        .at(source.where_offset(outcome.offset))
        .advise({"an element before this place may not be closed, or the file is incomplete",
                 "此处之前可能有元素未关闭，或文件不完整"});
}

/// The number after the last "version" of a namespace such as ".../fbc/version2"; 0 where there is none.
int package_version(std::string_view uri) {
    const auto at = uri.rfind("version");
    if (at == std::string_view::npos) return 0;
    return static_cast<int>(xml_number(uri.substr(at + 7)).value_or(0));
}

/// Packages that change nothing in what is read here, even where a file calls them required.
bool package_is_harmless(std::string_view uri) {
    for (const char* known : {"/fbc/", "/groups/", "/layout/", "/render/", "/l3v2extendedmath/", "/distrib/"})
        if (uri.find(known) != std::string_view::npos) return true;
    return false;
}

Status check_packages(SbmlReading& reading) {
    for (const auto declared : reading.root.attributes()) {
        const std::string_view name = declared.name();
        const std::string_view uri = declared.value();
        if (!name.starts_with("xmlns") || uri.find("www.sbml.org/sbml/level3") == std::string_view::npos) continue;
        if (uri.find("/fbc/") != std::string_view::npos) reading.fbc_version = package_version(uri);
        const auto required = std::string(local_name(declared.name())) + ":required";
        if (!package_is_harmless(uri) && std::string_view(reading.root.attribute(required.c_str()).value()) == "true")
            return bad_input({"the model needs the SBML package {}, which is not read",
                              "该模型需要 SBML 扩展包 {}，目前不支持"},
                             local_name(declared.name()))
                .at(reading.source.where(reading.root))
                .advise({"flatten or export the model without that package", "请展平模型，或导出不含该扩展包的模型"});
    }
    constexpr int newest_fbc = 3;
    if (reading.fbc_version > newest_fbc)
        return bad_input({"FBC version {} is not read", "不支持 FBC 第 {} 版"}, reading.fbc_version)
            .at(reading.source.where(reading.root))
            .advise({"export the model with FBC version 2", "请以 FBC 第 2 版导出模型"});
    return {};
}

Status check_level(SbmlReading& reading) {
    if (local_name(reading.root.name()) != "sbml")
        return bad_input({"this is XML but not SBML", "这是 XML，但不是 SBML"})
            .at(reading.source.where(reading.root))
            .advise({"give a model in SBML level 2 or 3", "请提供 SBML 第 2 级或第 3 级的模型"});
    const auto level = attribute(reading.root, "level").value_or("");
    if (level != "3" && level != "2")
        return bad_input({"SBML level {} is not read", "不支持 SBML 第 {} 级"}, level.empty() ? "?" : level)
            .at(reading.source.where(reading.root))
            .advise({"convert the model to level 3 with FBC, for instance with the online converter of libSBML",
                     "请将模型转换为带 FBC 的第 3 级，例如用 libSBML 的在线转换器"});
    reading.level = level == "2" ? 2 : 3;
    return {};
}

std::string format_name(const SbmlReading& reading) {
    auto name =
        fmt::format("SBML level {} version {}", reading.level, attribute(reading.root, "version").value_or("?"));
    if (reading.fbc_version > 0) name += fmt::format(", FBC {}", reading.fbc_version);
    return name;
}

Status read_compartments(SbmlReading& reading, pugi::xml_node model) {
    auto listed = list_elements(reading, child(model, "listOfCompartments"), "compartment", no_prefix);
    if (!listed) return pass(listed);
    for (const auto& [node, id, sbml_id] : listed->elements) {
        reading.compartments.insert(id);
        auto& compartment = reading.model.compartments.emplace_back();
        compartment.id = id;
        compartment.name = text_of(node, "name");
        take_statements(reading, node, compartment.annotation, compartment.remarks);
    }
    return {};
}

/// The compartment's identifier for people, declared where the file forgot to.
std::string compartment_of(SbmlReading& reading, const Listed::Element& species) {
    auto id = plain_id(attribute(species.node, "compartment").value_or(""), no_prefix);
    const auto where = [&] { return reading.source.where(species.node, species.id); };
    if (id.empty()) {
        id = unknown_compartment;
        reading.notes.add("compartment_missing", compartment_missing(species.id), where);
    }
    if (reading.compartments.insert(id).second) {
        reading.notes.add("compartment_not_declared",
                          text({"compartment {} is used and not declared", "使用了未声明的区室 {}"}, id), where);
        reading.model.compartments.push_back({id, {}});
    }
    return id;
}

Result<std::optional<double>> charge_of(const SbmlReading& reading, const Listed::Element& species,
                                        const NoteValues& notes) {
    const auto given = attribute(species.node, "charge");
    if (!given) {
        const auto noted = notes.charge ? xml_number(*notes.charge) : std::nullopt;
        return noted && std::isfinite(*noted) ? noted : std::nullopt;
    }
    const auto charge = xml_number(*given);
    if (!charge || !std::isfinite(*charge))
        return reading.fault(species.node, species.id,
                             bad_input({"the charge {} is not a number", "电荷 {} 不是数"}, *given)
                                 .advise({"give a number", "请给出一个数"}));
    return charge;
}

/// Boundary species say so; those of level 2 may only be named so.
bool is_boundary(SbmlReading& reading, const Listed::Element& species) {
    const bool said = flag(species.node, "boundaryCondition", false);
    if (said || reading.level == 3 || !species.id.ends_with("_b")) return said;
    reading.notes.add(
        "boundary_by_name",
        text({"species {} ends in _b: read as outside the balance", "物质 {} 以 _b 结尾：按边界物质读取"}, species.id),
        [&] { return reading.source.where(species.node, species.id); });
    return true;
}

Status read_species(SbmlReading& reading, pugi::xml_node model) {
    auto listed = list_elements(reading, child(model, "listOfSpecies"), "species", metabolite_prefix);
    if (!listed) return pass(listed);
    reading.species = *std::move(listed);
    for (const auto& species : reading.species.elements) {
        auto notes = read_notes(species.node);
        auto charge = charge_of(reading, species, notes);
        if (!charge) return pass(charge);
        Metabolite metabolite;
        metabolite.id = species.id;
        metabolite.sbml_id = species.sbml_id;
        metabolite.name = text_of(species.node, "name");
        metabolite.compartment = compartment_of(reading, species);
        metabolite.formula = trimmed(attribute(species.node, "chemicalFormula").value_or(""));
        if (metabolite.formula.empty()) metabolite.formula = notes.formula.value_or("");
        metabolite.charge = *charge;
        metabolite.boundary = is_boundary(reading, species);
        take_annotation(reading, species.node, metabolite.annotation);
        metabolite.remarks = std::move(notes.remarks);
        reading.model.metabolites.push_back(std::move(metabolite));
    }
    return {};
}

Status read_genes(SbmlReading& reading, pugi::xml_node model) {
    auto listed = list_elements(reading, child(model, "listOfGeneProducts"), "geneProduct", gene_prefix);
    if (!listed) return pass(listed);
    reading.genes = *std::move(listed);
    for (const auto& [node, id, sbml_id] : reading.genes.elements) {
        reading.genes_by_id.emplace(id, static_cast<std::int32_t>(reading.gene_names.size()));
        reading.gene_names.push_back(id);
        auto& gene = reading.model.genes.emplace_back();
        gene.id = id;
        gene.sbml_id = sbml_id;
        gene.name = text_of(node, "name");
        take_statements(reading, node, gene.annotation, gene.remarks);
    }
    return {};
}

/// What initial assignments and rules set: formulas, which are not evaluated here.
void find_computed(SbmlReading& reading, pugi::xml_node model) {
    for (const auto assignment : child(model, "listOfInitialAssignments").children())
        if (const auto symbol = attribute(assignment, "symbol")) reading.computed.insert(*symbol);
    for (const auto rule : child(model, "listOfRules").children())
        if (const auto variable = attribute(rule, "variable")) reading.computed.insert(*variable);
}

Result<Term> read_term(const SbmlReading& reading, pugi::xml_node node, const std::string& reaction, double sign) {
    const auto species = attribute(node, "species").value_or("");
    const auto found = reading.species.by_sbml_id.find(species);
    if (found == reading.species.by_sbml_id.end())
        return reading.fault(node, reaction,
                             bad_input({"species {} is used and not declared", "使用了未声明的物质 {}"}, species)
                                 .advise({"declare it in listOfSpecies, or correct the reference",
                                          "请在 listOfSpecies 中声明该物质，或更正引用"}));
    const auto own_id = attribute(node, "id");
    if (own_id && reading.computed.contains(*own_id)) return reading.fault(node, reaction, value_is_computed(*own_id));
    if (child(node, "stoichiometryMath")) return reading.fault(node, reaction, value_is_computed(species));
    const auto given =
        reading.level == 2 ? attribute(node, "stoichiometry").value_or("1") : attribute(node, "stoichiometry");
    if (!given)
        return reading.fault(
            node, reaction,
            bad_input({"{} has no stoichiometric coefficient; SBML level 3 has no default for it",
                       "{} 缺少化学计量系数；SBML 第 3 级没有默认值"},
                      species)
                .advise({"add stoichiometry=\"1\" if that is meant", "若为 1，请添加 stoichiometry=\"1\""}));
    const auto amount = xml_number(*given);
    if (!amount || !std::isfinite(*amount))
        return reading.fault(
            node, reaction,
            bad_input({"the coefficient of {} is {}, which is not a finite number", "{} 的化学计量系数 {} 不是有限数"},
                      species, *given)
                .advise({"give a number", "请给出一个数"}));
    return Term{found->second, sign * *amount};
}

/// By metabolite, each once, without zeros.
std::vector<Term> combined(std::vector<Term> terms) {
    std::stable_sort(terms.begin(), terms.end(),
                     [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
    std::vector<Term> sums;
    for (const auto& term : terms) {
        if (!sums.empty() && sums.back().metabolite == term.metabolite)
            sums.back().coefficient += term.coefficient;
        else
            sums.push_back(term);
    }
    std::erase_if(sums, [](const Term& term) { return term.coefficient == 0; });
    return sums;
}

Result<std::vector<Term>> read_terms(const SbmlReading& reading, const Listed::Element& reaction) {
    std::vector<Term> terms;
    const auto read_side = [&](std::string_view list, double sign) {
        return for_children(child(reaction.node, list), "speciesReference", [&](pugi::xml_node node) -> Status {
            auto term = read_term(reading, node, reaction.id, sign);
            if (!term) return pass(term);
            terms.push_back(*term);
            return {};
        });
    };
    if (auto status = read_side("listOfReactants", -1); !status) return pass(status);
    if (auto status = read_side("listOfProducts", 1); !status) return pass(status);
    auto sums = combined(std::move(terms));
    if (std::any_of(sums.begin(), sums.end(), [](const Term& term) { return !std::isfinite(term.coefficient); }))
        return reading.fault(reaction.node, reaction.id,
                             bad_input({"coefficients add up beyond any number", "系数之和超出可表示的范围"})
                                 .advise({"correct the coefficients", "请更正系数"}));
    return sums;
}

Status read_reactions(SbmlReading& reading, pugi::xml_node model) {
    auto listed = list_elements(reading, child(model, "listOfReactions"), "reaction", reaction_prefix);
    if (!listed) return pass(listed);
    reading.reactions = *std::move(listed);
    reading.model.reactions.reserve(reading.reactions.elements.size());
    for (const auto& element : reading.reactions.elements) {
        if (stopped(reading.stop)) return cancelled();
        auto terms = read_terms(reading, element);
        if (!terms) return pass(terms);
        Reaction reaction;
        reaction.id = element.id;
        reaction.sbml_id = element.sbml_id;
        reaction.name = text_of(element.node, "name");
        reaction.terms = *std::move(terms);
        auto notes = read_notes(element.node);
        reaction.subsystem = notes.subsystem.value_or("");
        reading.subsystem_in_notes.push_back(notes.subsystem.has_value());
        reaction.remarks = std::move(notes.remarks);
        take_annotation(reading, element.node, reaction.annotation);
        if (auto status = read_gene_rule(reading, element.node, notes, reaction); !status) return pass(status);
        reading.model.reactions.push_back(std::move(reaction));
    }
    return {};
}

/// What makes a model move in time has no part in its steady state; that it was there is said.
void note_kinetics(SbmlReading& reading, pugi::xml_node model) {
    for (const char* list : {"listOfRules", "listOfEvents", "listOfFunctionDefinitions", "listOfConstraints"})
        if (const auto found = child(model, list))
            reading.notes.add(
                "kinetics_left_out",
                text({"{} has no part in a steady state: left out", "{} 与稳态无关：已略去"}, std::string(list)),
                [&] { return reading.source.where(found); });
}

Status read_model_element(SbmlReading& reading, pugi::xml_node model) {
    reading.model.id = plain_id(attribute(model, "id").value_or(""), no_prefix);
    reading.model.name = text_of(model, "name");
    reading.strict = flag(model, "strict", false);
    take_statements(reading, model, reading.model.annotation, reading.model.remarks);
    note_kinetics(reading, model);
    find_computed(reading, model);
    for (const auto step : {read_compartments, read_species, read_genes, read_reactions})
        if (auto status = step(reading, model); !status) return status;
    for (const auto step : {read_bounds, read_constraints, read_objective, read_groups})
        if (auto status = step(reading, model); !status) return status;
    return {};
}

}  // namespace

Result<Model> read_sbml(std::string_view text, const std::string& name, StopFlag stop) {
    SbmlReading reading;
    reading.stop = stop;
    reading.source = {text, name};
    pugi::xml_document document;
    if (auto status = parse_xml(reading.source, document); !status) return pass(status);
    reading.root = document.document_element();
    if (auto status = check_level(reading); !status) return pass(status);
    if (auto status = check_packages(reading); !status) return pass(status);
    const auto model = child(reading.root, "model");
    if (!model)
        return bad_input({"the SBML holds no model", "该 SBML 文件中没有模型"})
            .at(reading.source.where(reading.root))
            .advise({"export the model again", "请重新导出模型"});
    if (auto status = read_model_element(reading, model); !status) return pass(status);
    reading.model.format = format_name(reading);
    reading.model.notes = std::move(reading.notes).finish();
    return std::move(reading.model);
}

}  // namespace leaven::metabolism
