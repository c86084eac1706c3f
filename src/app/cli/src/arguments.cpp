#include "arguments.hpp"

#include <algorithm>
#include <charconv>
#include <thread>

#include <CLI/CLI.hpp>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/reference.hpp>

#include "following_words.hpp"
#include "params_file.hpp"

namespace leaven::cli {
namespace {

/// The words given for each field, as CLI11 collects them.
struct Given {
    std::vector<std::vector<std::string>> fields;
    std::string params;
    std::string out;
    std::string threads;
    std::string seed;
    std::string lang;
};

bool has_own_out(const Operation& operation) {
    for (const auto& info : operation.parameters)
        if (info.field.name == "out") return true;
    return false;
}

/// "--growth-fraction,--growth_fraction": the underscore form is accepted too.
std::string option_names(const Field& field) {
    const auto dashed = option_name(field.name);
    const auto plain = "--" + std::string(field.name);
    return (field.name == "out" ? "-o," : "") + (dashed == plain ? dashed : dashed + "," + plain);
}

void declare(CLI::App& app, const Operation& operation, Given& given, Arguments& arguments) {
    given.fields.resize(operation.parameters.size());
    for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
        const auto& info = operation.parameters[i];
        auto& words = given.fields[i];
        const auto name = info.field.input ? std::string(info.field.name) : option_names(info.field);
        auto* option = app.add_option(name, words);
        const bool more_inputs =
            info.field.input && i + 1 < operation.parameters.size() && operation.parameters[i + 1].field.input;
        if (more_inputs) option->expected(1);  // the last input takes what is left, so that too many are noticed
        option->allow_extra_args(info.field.input && !more_inputs);
        if (info.kind == Kind::boolean) option->expected(0, 1);
    }
    app.set_help_flag("");
    app.add_flag("--help,-h", arguments.help);
    app.add_flag("--json", arguments.json);
    app.add_flag("--schema", arguments.schema);
    app.add_option("--params", given.params);
    app.add_option("--threads", given.threads);
    app.add_option("--seed", given.seed);
    app.add_option("--lang", given.lang);
    if (!has_own_out(operation)) app.add_option("--out,-o", given.out);
    app.allow_extras();
}

std::vector<std::string> known_options(const Operation& operation) {
    std::vector<std::string> names{"--json",    "--schema", "--help", "--params",
                                   "--threads", "--seed",   "--lang", "--out"};
    for (const auto& info : operation.parameters)
        if (!info.field.input) names.push_back(option_name(info.field.name));
    return names;
}

Failure unknown_word(const Operation& operation, const std::string& word) {
    const auto name = word.substr(0, word.find('='));
    if (!name.starts_with("-"))
        return bad_input({"\"{}\" is one input too many", "多余的输入“{}”"}, word)
            .at("leaven " + operation.path())
            .advise({"leaven {} --help lists what it takes", "leaven {} --help 列出可用的输入"}, operation.path());
    const auto near = nearest(name, known_options(operation));
    return bad_input({"there is no option {}", "没有选项 {}"}, name)
        .at("leaven " + operation.path())
        .advise(
            near.empty() ? Doc{"leaven {0} --help lists them", "leaven {0} --help 列出全部选项"} : Doc{"{1}", "{1}"},
            operation.path(), join(near, ", "));
}

Failure given_twice(const Operation& operation, const FieldInfo& info, const std::string& second) {
    if (info.field.input) return unknown_word(operation, second);
    return bad_input({"{} is given twice", "{} 给出了两次"}, option_name(info.field.name))
        .at("leaven " + operation.path())
        .advise({"give it once", "只给一次"});
}

std::vector<std::string> split_at_commas(const std::vector<std::string>& words) {
    std::vector<std::string> parts;
    for (const auto& word : words) {
        std::size_t from = 0;
        for (auto comma = word.find(','); comma != std::string::npos; from = comma + 1, comma = word.find(',', from))
            parts.push_back(word.substr(from, comma - from));
        parts.push_back(word.substr(from));
    }
    std::erase(parts, "");
    return parts;
}

template <class T>
std::optional<T> parse_number(const std::string& word) {
    T value{};
    const char* first = word.data() + (word.starts_with('+') ? 1 : 0);
    const char* last = word.data() + word.size();
    const auto [end, code] = std::from_chars(first, last, value);
    return code == std::errc() && end == last ? std::optional(value) : std::nullopt;
}

/// What cannot be read stays a string: the strict reader then says what was expected.
Json value_of(const FieldInfo& info, const std::string& word) {
    if (info.nullable && word == "null") return nullptr;
    if (info.kind == Kind::integer)
        if (const auto number = parse_number<std::int64_t>(word)) return *number;
    if (info.kind == Kind::number) {
        if (word == "inf" || word == "+inf") return "Infinity";
        if (word == "-inf") return "-Infinity";
        if (const auto number = parse_number<double>(word)) return number_to_json(*number);
    }
    if (info.kind == Kind::boolean && (word == "true" || word == "false")) return word == "true";
    return word;
}

Json value_of(const FieldInfo& info, const std::vector<std::string>& words) {
    if (info.kind == Kind::list) {
        auto list = Json::array();
        for (const auto& word : split_at_commas(words)) list.push_back(value_of(info.fields.front(), word));
        return list;
    }
    if (info.kind == Kind::boolean && (words.empty() || words.front().empty())) return true;  // a bare flag
    return value_of(info, words.empty() ? std::string() : words.front());
}

Result<std::int64_t> bounded_integer(const std::string& word, const std::string& option, std::int64_t least,
                                     std::int64_t most) {
    const auto number = parse_number<std::int64_t>(word);
    if (number && *number >= least && *number <= most) return *number;
    return bad_input({"must be a whole number from {} to {}, got \"{}\"", "应为 {} 到 {} 的整数，实际为“{}”"}, least,
                     most, word)
        .at(option)
        .advise({"give such a number, or leave the option out", "请给出这样的数，或省略该选项"});
}

Status read_common(const Given& given, Arguments& arguments) {
    arguments.out = given.out;
    arguments.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    if (!given.threads.empty()) {
        const auto threads = bounded_integer(given.threads, "--threads", 1, 4096);
        if (!threads) return pass(threads);
        arguments.threads = static_cast<int>(*threads);
    }
    if (!given.seed.empty()) {
        const auto seed = bounded_integer(given.seed, "--seed", 0, std::numeric_limits<std::int64_t>::max());
        if (!seed) return pass(seed);
        arguments.seed = static_cast<std::uint64_t>(*seed);
    }
    if (given.params.empty()) return {};
    auto parameters = read_params_file(given.params);
    if (!parameters) return pass(parameters);
    arguments.parameters = *std::move(parameters);
    return {};
}

Failure unreadable_words(const Operation& operation, const CLI::ParseError& error) {
    return bad_input({"the command cannot be read: {}", "无法解析命令：{}"}, std::string(error.what()))
        .at("leaven " + operation.path())
        .advise({"leaven {} --help shows its form", "leaven {} --help 显示用法"}, operation.path());
}

}  // namespace

Result<Arguments> parse_arguments(const Operation& operation, const std::vector<std::string>& words) {
    CLI::App app;
    Given given;
    Arguments arguments;
    declare(app, operation, given, arguments);
    try {
        auto spelt_out = with_options_repeated(operation, words);
        std::reverse(spelt_out.begin(), spelt_out.end());  // as CLI11 takes them
        app.parse(std::move(spelt_out));
    } catch (const CLI::ParseError& error) {
        return unreadable_words(operation, error);
    }
    if (arguments.help || arguments.schema) return arguments;
    if (const auto extras = app.remaining(); !extras.empty()) return unknown_word(operation, extras.front());
    if (auto status = read_common(given, arguments); !status) return pass(status);

    for (std::size_t i = 0; i < operation.parameters.size(); ++i) {
        const auto& info = operation.parameters[i];
        const auto* option =
            app.get_option_no_throw(info.field.input ? std::string(info.field.name) : option_name(info.field.name));
        if (option == nullptr || option->count() == 0) continue;
        if (info.kind != Kind::list && given.fields[i].size() > 1)
            return given_twice(operation, info, given.fields[i][1]);
        arguments.parameters[std::string(info.field.name)] = value_of(info, given.fields[i]);
    }
    return arguments;
}

Result<Lang> language_of(const std::vector<std::string>& words) {
    std::string asked;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] == "--lang" && i + 1 < words.size()) asked = words[i + 1];
        if (words[i].starts_with("--lang=")) asked = words[i].substr(7);
    }
    if (asked == "en") return Lang::en;
    if (asked == "zh") return Lang::zh;
    if (!asked.empty())
        return bad_input({"there is no language \"{}\"", "不支持语言“{}”"}, asked)
            .at("--lang")
            .advise({"use en or zh", "请用 en 或 zh"});
    for (const char* name : {"LEAVEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return std::string_view(value).starts_with("zh") ? Lang::zh : Lang::en;
    return Lang::en;
}

}  // namespace leaven::cli
