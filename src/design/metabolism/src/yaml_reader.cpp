#include "yaml_reader.hpp"

#include <algorithm>

#include "utf8.hpp"
#include "yaml_parser.hpp"

namespace leaven::metabolism {

bool looks_like_yaml(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto first = line.find_first_not_of(" \t\r");
        if (first == std::string_view::npos || line[first] == '#') continue;
        if (line.starts_with("---") || line.starts_with("%YAML") || line.starts_with("!!omap")) return true;
        auto word = line.starts_with("- ") ? line.substr(2) : line;
        const auto colon = word.find(':');
        if (colon == std::string_view::npos || colon == 0) return false;
        const bool ends = colon + 1 >= word.size() || word[colon + 1] == ' ' || word[colon + 1] == '\r';
        const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
        word = word.substr(0, colon);
        return ends && std::all_of(word.begin(), word.end(), is_letter);
    }
    return false;
}

Result<Model> read_yaml(std::string_view text, const std::string& name, StopFlag stop) {
    if (const auto at = find_not_xml(text); at != std::string_view::npos) {
        const auto before = text.substr(0, at);
        return bad_input({"the bytes are not UTF-8 text", "字节不是 UTF-8 文本"})
            .at(fmt::format("{}, line {}", name, 1 + std::count(before.begin(), before.end(), '\n')))
            .advise(
                {"save the file as UTF-8 and remove control characters", "请将文件另存为 UTF-8 编码，并去除控制字符"});
    }
    ModelEvents events(name, stop);
    if (!YamlParser(text, name, events).run()) return tl::unexpected(*std::move(events.error));
    events.raw.model.format = events.is_raven ? "RAVEN YAML" : "COBRA YAML";
    return assemble(std::move(events.raw), name);
}

}  // namespace leaven::metabolism
