#include <algorithm>

#include <fmt/format.h>

#include <leaven/core/suggest.hpp>
#include <leaven/mcp/server.hpp>

namespace leaven::mcp {
namespace {

std::vector<std::string> module_names(const Registry& registry) {
    std::vector<std::string> names;
    for (const auto& operation : registry) {
        const auto& name = operation.module.empty() ? operation.verb : operation.module;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    return names;
}

Status add_modules(const Registry& registry, std::string_view list, Options& options) {
    const auto known = module_names(registry);
    while (!list.empty()) {
        const auto comma = list.find(',');
        const std::string name(list.substr(0, comma));
        list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
        if (std::find(known.begin(), known.end(), name) == known.end())
            return bad_input({"there is no module \"{}\"", "没有模块“{}”"}, name)
                .at("--modules")
                .advise({"the modules are: {}", "可用模块：{}"}, fmt::format("{}", fmt::join(known, ", ")));
        options.modules.push_back(name);
    }
    return {};
}

Failure unknown(const std::string& word) {
    const std::vector<std::string> known{"--root", "--modules", "--lang", "--help"};
    const auto near = nearest(word, known);
    return bad_input({"there is no option {}", "没有选项 {}"}, word)
        .at("leaven mcp")
        .advise({"{}", "{}"}, fmt::format("{}", fmt::join(near.empty() ? known : near, ", ")));
}

}  // namespace

Result<Options> read_options(const Registry& registry, const std::vector<std::string>& words, Lang lang) {
    Options options;
    options.lang = lang;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        const auto name = words[i].substr(0, equals);
        if (name != "--root" && name != "--modules" && name != "--lang") return unknown(words[i]);
        if (equals == std::string::npos && i + 1 == words.size())
            return bad_input({"{} needs a value", "{} 需要一个值"}, name)
                .at("leaven mcp")
                .advise({"leaven mcp --help shows its form", "leaven mcp --help 显示用法"});
        const auto value = equals == std::string::npos ? words[++i] : words[i].substr(equals + 1);
        if (name == "--root") {
            if (std::error_code code; !std::filesystem::is_directory(value, code))
                return not_found({"there is no folder \"{}\"", "没有文件夹“{}”"}, value)
                    .at("--root")
                    .advise({"name a folder that exists", "请给出已存在的文件夹"});
            options.roots.emplace_back(value);
        }
        if (name == "--modules")
            if (auto status = add_modules(registry, value, options); !status) return pass(status);
    }
    return options;
}

std::string help_text(Lang lang) {
    return std::string(
        Doc{"A server of the Model Context Protocol for AI assistants: every operation is a tool.\n"
            "Messages go over standard input and output; docs/assistants.md shows how to add it to a "
            "client.\n\n"
            "Usage\n  leaven mcp [options]\n\n"
            "Options\n"
            "  --root FOLDER  may be read and written; give it again for more; the working folder where "
            "not given\n"
            "  --modules A,B  offer only the tools of these modules\n"
            "  --lang en|zh   language of descriptions and results\n",
            "面向 AI 助手的模型上下文协议（MCP）服务器：每个操作都是一个工具。\n"
            "消息经由标准输入和标准输出传递；如何加入客户端见 docs/assistants.zh.md。\n\n"
            "用法\n  leaven mcp [选项]\n\n"
            "选项\n"
            "  --root 文件夹   允许读写的文件夹，可多次给出；省略时为当前文件夹\n"
            "  --modules A,B  只提供这些模块的工具\n"
            "  --lang en|zh   说明与结果的语言\n"}
            .in(lang));
}

}  // namespace leaven::mcp
