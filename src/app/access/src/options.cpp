#include <algorithm>

#include <leaven/access/options.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>

namespace leaven::access {
namespace {

Failure unknown(const std::string& command, const std::string& word, std::vector<std::string> known) {
    known.emplace_back("--help");
    const auto near = nearest(word, known);
    return bad_input({"there is no option {}", "没有选项 {}"}, word)
        .at(command)
        .advise({"{}", "{}"}, join(near.empty() ? known : near, ", "));
}

}  // namespace

Result<std::vector<GivenOption>> split_options(const std::string& command, const std::vector<std::string>& words,
                                               const std::vector<std::string>& known) {
    std::vector<GivenOption> options;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto equals = words[i].find('=');
        const auto name = words[i].substr(0, equals);
        if (std::find(known.begin(), known.end(), name) == known.end()) return unknown(command, words[i], known);
        if (equals == std::string::npos && i + 1 == words.size())
            return bad_input({"{} needs a value", "{} 需要一个值"}, name)
                .at(command)
                .advise({"{} --help shows its form", "{} --help 显示用法"}, command);
        options.push_back({name, equals == std::string::npos ? words[++i] : words[i].substr(equals + 1)});
    }
    return options;
}

Result<std::filesystem::path> root_folder(const std::string& value) {
    if (std::error_code code; std::filesystem::is_directory(value, code)) return value;
    return not_found({"there is no folder \"{}\"", "没有文件夹“{}”"}, value)
        .at("--root")
        .advise({"name a folder that exists", "请给出已存在的文件夹"});
}

}  // namespace leaven::access
