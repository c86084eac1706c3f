#include "prompts.hpp"

#include <array>
#include <span>
#include <string>

#include <leaven/op/json.hpp>

namespace leaven::mcp {
namespace {

struct Argument {
    std::string_view name;
    Doc doc;
    bool required;
};

constexpr Argument model_argument{
    "model", {"model: a file, or a name that data_list shows", "模型：文件，或 data_list 列出的名称"}, true};
constexpr Argument target_argument{
    "target", {"exchange reaction of the product, such as EX_succ_e", "产物的交换反应，例如 EX_succ_e"}, true};

constexpr std::array first_look_arguments{model_argument};
constexpr std::array design_arguments{model_argument, target_argument};
constexpr std::array genes_arguments{model_argument};

struct Prompt {
    std::string_view name;
    Doc title;
    Doc doc;
    std::span<const Argument> arguments;
    Doc text;  // {model} and so on stand for the arguments
};

constexpr std::array prompts{
    Prompt{"first_look",
           {"First look at a model", "初识一个模型"},
           {"What a model holds, how fast it grows, and which fluxes are certain",
            "模型的内容、生长速率以及哪些通量是确定的"},
           first_look_arguments,
           {"Look at the metabolic model {model}.\n"
            "1. metabolism_info: how many reactions, metabolites and genes; what its notes warn of.\n"
            "2. metabolism_fba: the growth rate in 1/h and the medium it was computed on.\n"
            "3. metabolism_fva with fraction 0.9: which exchange fluxes can differ widely at 90 % of that growth.\n"
            "Tell me in ten lines what this cell does, with numbers and units, and say what the model does not tell.",
            "请查看代谢模型 {model}。\n"
            "1. metabolism_info：反应、代谢物、基因各有多少，备注提示了什么。\n"
            "2. metabolism_fba：生长速率（1/h）以及所用的培养基。\n"
            "3. metabolism_fva，fraction 取 0.9：保持 90 % 生长时，哪些交换通量可以大幅变化。\n"
            "请用十行话说明这个细胞在做什么，给出数值和单位，并指出模型没有告诉我们的内容。"}},
    Prompt{
        "growth_coupled_design",
        {"Make a strain that must make the product", "设计必须产出产物的菌株"},
        {"Greatest yield, its price in growth, and knock-outs that couple the product to growth",
         "最大得率、对生长的代价，以及使产物与生长偶联的敲除"},
        design_arguments,
        {"I want a strain of {model} that has to release {target} in order to grow.\n"
         "1. metabolism_yield: the greatest yield on the substrate, in mol/mol and g/g.\n"
         "2. metabolism_envelope with x = the growth reaction and y = {target}: what product costs in growth.\n"
         "3. metabolism_design with max_interventions 2, then 3 if the first gives nothing; report progress.\n"
         "4. Check the best design with metabolism_fba and its knockouts.\n"
         "Give the best designs as a table with growth and guaranteed flux, say whether the search was complete, and "
         "name what could fail in the laboratory.",
         "我想要一株以 {model} 为底盘、必须释放 {target} 才能生长的菌株。\n"
         "1. metabolism_yield：对底物的最大得率（mol/mol 和 g/g）。\n"
         "2. metabolism_envelope，x 为生长反应，y 为 {target}：产物对生长的代价。\n"
         "3. metabolism_design，max_interventions 取 2；若无结果再取 3；请汇报进度。\n"
         "4. 用 metabolism_fba 及其敲除复核最优设计。\n"
         "请用表格列出最优设计的生长速率和保证产出通量，说明搜索是否完备，并指出实验中可能失败之处。"}},
    Prompt{"essential_genes",
           {"Genes it cannot lose", "不可缺失的基因"},
           {"Essential genes, and why each is essential", "必需基因及其原因"},
           genes_arguments,
           {"Which genes can {model} not lose?\n"
            "1. metabolism_deletions: growth without each gene.\n"
            "2. For five of the essential ones, metabolism_fba with that gene in knockouts: what the conflict names.\n"
            "Group them by what they make, and say which of them another medium would rescue.",
            "{model} 不能缺失哪些基因？\n"
            "1. metabolism_deletions：逐个缺失基因后的生长。\n"
            "2. 取其中五个必需基因，用 metabolism_fba 并把该基因放入 knockouts：冲突指出了什么。\n"
            "请按其产物分组，并说明换用何种培养基可以挽救其中哪些。"}},
};

const Prompt* find_prompt(const std::string& name) {
    for (const auto& one : prompts)
        if (one.name == name) return &one;
    return nullptr;
}

std::string filled(std::string text, std::string_view name, const std::string& value) {
    const auto mark = "{" + std::string(name) + "}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    return text;
}

}  // namespace

std::vector<Json> prompt_entries(Lang lang) {
    std::vector<Json> entries;
    for (const auto& one : prompts) {
        auto arguments = Json::array();
        for (const auto& argument : one.arguments)
            arguments.push_back(
                Json{{"name", argument.name}, {"description", argument.doc.in(lang)}, {"required", argument.required}});
        arguments.push_back(Json{{"name", "lang"},
                                 {"description", Doc{"language: en or zh", "语言：en 或 zh"}.in(lang)},
                                 {"required", false}});
        entries.push_back(Json{{"name", one.name},
                               {"title", one.title.in(lang)},
                               {"description", one.doc.in(lang)},
                               {"arguments", std::move(arguments)}});
    }
    return entries;
}

Answered<Json> prompt(const Json& params, Lang lang) {
    const auto name = params.value("name", Json());
    const auto* chosen = name.is_string() ? find_prompt(name.get<std::string>()) : nullptr;
    if (chosen == nullptr) return refuse(Fault::invalid_params, "there is no such prompt", Json{{"name", name}});
    const auto given = params.value("arguments", Json::object());
    if (!given.is_object()) return refuse(Fault::invalid_params, "arguments is not an object");
    for (const auto& item : given.items()) {
        bool known = item.key() == "lang";
        for (const auto& argument : chosen->arguments) known |= argument.name == item.key();
        if (!known || !item.value().is_string())
            return refuse(Fault::invalid_params, "there is no such argument, or it is no text",
                          Json{{"argument", item.key()}});
    }
    if (const auto asked = given.value("lang", std::string()); asked == "en" || asked == "zh")
        lang = asked == "zh" ? Lang::zh : Lang::en;
    else if (!asked.empty())
        return refuse(Fault::invalid_params, "lang is en or zh", Json{{"argument", "lang"}});

    std::string text(chosen->text.in(lang));
    for (const auto& argument : chosen->arguments) {
        const auto value = given.find(std::string(argument.name));
        if (value == given.end())
            return refuse(Fault::invalid_params, "an argument is missing", Json{{"argument", argument.name}});
        text = filled(std::move(text), argument.name, value->get<std::string>());
    }
    auto message = Json{{"role", "user"}, {"content", Json{{"type", "text"}, {"text", std::move(text)}}}};
    return Json{{"description", chosen->doc.in(lang)}, {"messages", Json::array({std::move(message)})}};
}

}  // namespace leaven::mcp
