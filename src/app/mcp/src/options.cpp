#include <algorithm>

#include <leaven/access/options.hpp>
#include <leaven/core/join.hpp>
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
                .advise({"the modules are: {}", "可用模块：{}"}, join(known, ", "));
        options.modules.push_back(name);
    }
    return {};
}

}  // namespace

Result<Options> read_options(const Registry& registry, const std::vector<std::string>& words, Lang lang) {
    Options options;
    options.lang = lang;
    const auto given = access::split_options("leaven mcp", words, {"--root", "--modules", "--lang"});
    if (!given) return pass(given);
    for (const auto& [name, value] : *given) {
        if (name == "--root") {
            auto folder = access::root_folder(value);
            if (!folder) return pass(folder);
            options.roots.push_back(*std::move(folder));
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
