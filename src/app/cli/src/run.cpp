#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <set>

#include <fmt/core.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <leaven/cli/run.hpp>
#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/core/version.hpp>
#include <leaven/mcp/server.hpp>
#include <leaven/op/answer.hpp>
#include <leaven/op/reference.hpp>
#include <leaven/op/schema.hpp>
#include <leaven/op/show.hpp>
#include <leaven/server/server.hpp>

#include "arguments.hpp"
#include "progress.hpp"
#include "ranks.hpp"

namespace leaven::cli {
namespace {

/// Ctrl-C asks the running operation to stop; a second one ends the program at once.
class InterruptGuard {
public:
    explicit InterruptGuard(Context& context) {
        current() = &context;
        std::signal(SIGINT, [](int) {
            if (const Context* running = current().exchange(nullptr)) running->stop();
            std::signal(SIGINT, SIG_DFL);
        });
    }
    ~InterruptGuard() {
        std::signal(SIGINT, SIG_DFL);
        current() = nullptr;
    }
    InterruptGuard(const InterruptGuard&) = delete;
    InterruptGuard& operator=(const InterruptGuard&) = delete;

private:
    static std::atomic<Context*>& current() {
        static std::atomic<Context*> context = nullptr;  // a signal handler has no other way to it
        return context;
    }
};

std::string to_line(const Json& json, int indent = -1) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace) + "\n";
}

int fail(const Error& error, Lang lang, bool json) {
    if (json)
        fmt::print(stderr, "{}", to_line(Json{{"error", error_to_json(error, lang)}}));
    else
        fmt::print(stderr, "{}\n", show_error(error, lang));
    return static_cast<int>(error.code);
}

std::string overview(const Registry& registry, Lang lang) {
    std::string out =
        fmt::format("leaven {} · {}\n\n", version,
                    Doc{"from a target molecule to a strain, offline", "从目标分子到菌株，可离线运行"}.in(lang));
    std::vector<std::string> modules;
    for (const auto& operation : registry) {
        if (operation.module.empty())
            out += fmt::format("  leaven {} …   {}\n", operation.verb, operation.doc.in(lang));
        if (!operation.module.empty() && std::find(modules.begin(), modules.end(), operation.module) == modules.end())
            modules.push_back(operation.module);
    }
    for (const auto& module : modules) {
        std::string verbs;
        for (const auto& operation : registry)
            if (operation.module == module) verbs += " " + operation.verb;
        out += fmt::format("  leaven {:<12}{}\n", module, verbs);
    }
    out += fmt::format(
        "\n  leaven serve …    {}\n  leaven mcp …      {}\n",
        Doc{"the workbench in the browser, and the operations over HTTP", "浏览器中的工作台，并以 HTTP 提供各操作"}.in(
            lang),
        Doc{"the same operations as tools for AI assistants", "以工具形式供 AI 助手调用同样的操作"}.in(lang));
    return out + fmt::format("\n{}\n", Doc{"leaven MODULE VERB --help explains one; --lang zh for Chinese",
                                           "leaven 模块 动词 --help 查看说明；--lang en 切换为英文"}
                                           .in(lang));
}

std::string module_overview(const Registry& registry, const std::string& module, Lang lang) {
    std::string out;
    for (const auto& operation : registry)
        if (operation.module == module)
            out += fmt::format("  leaven {:<22}  {}\n", operation.path(), operation.doc.in(lang));
    return out;
}

/// The operation that the first words name, and how many words that took.
struct Chosen {
    const Operation* operation;
    std::size_t words;
};

Result<Chosen> choose(const Registry& registry, const std::vector<std::string>& words) {
    if (const auto* operation = find_operation(registry, "", words[0])) return Chosen{operation, 1};
    std::vector<std::string> modules{"mcp", "serve"};
    std::vector<std::string> verbs;
    for (const auto& operation : registry) {
        modules.push_back(operation.module.empty() ? operation.verb : operation.module);
        if (operation.module == words[0]) verbs.push_back(operation.verb);
    }
    std::sort(modules.begin(), modules.end());
    modules.erase(std::unique(modules.begin(), modules.end()), modules.end());
    const bool known_module = !verbs.empty();
    if (known_module && words.size() > 1)
        if (const auto* operation = find_operation(registry, words[0], words[1])) return Chosen{operation, 2};

    const auto& word = known_module ? words[1] : words[0];
    const auto& names = known_module ? verbs : modules;
    const auto near = nearest(word, names);
    const auto suggestions = join(near.empty() ? names : near, ", ");
    return bad_input({"there is no command \"{}\"", "没有命令“{}”"}, word)
        .at(known_module ? "leaven " + words[0] : "leaven")
        .advise({"{}", "{}"}, suggestions);
}

/// ".tsv", or both of ".tsv.gz".
std::string ending_of(const std::string& out) {
    const std::filesystem::path path(out);
    const auto last = path.extension().string();
    return last == ".gz" ? path.stem().extension().string() + last : last;
}

/// An --out that cannot be written is found before the work, not after it.
Status check_out(const Operation& operation, const std::string& out) {
    if (out.empty()) return {};
    const auto ending = ending_of(out);
    if (!can_write(operation, ending))
        return bad_input({"no way to write \"{}\"", "无法写成“{}”"}, ending)
            .at(out)
            .advise({"use an ending of {}", "请用扩展名 {}"}, endings_of(operation));
    const auto folder = std::filesystem::absolute(out).parent_path();
    if (std::filesystem::is_directory(folder)) return {};
    return not_found({"there is no folder for the result", "结果所在的文件夹不存在"})
        .at(folder.string())
        .advise({"make the folder first", "请先建立该文件夹"});
}

/// Columns of the terminal; 120 where standard output is none.
int terminal_width() {
    winsize size{};
    const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return known ? size.ws_col : 120;
}

int status_of(const Answer& answer) { return answer.solved ? 0 : static_cast<int>(answer.unsolved); }

int deliver(const Operation& operation, const Answer& answer, const Arguments& arguments, Lang lang) {
    if (!arguments.out.empty()) {
        const auto content = written_as(operation, answer, ending_of(arguments.out), lang);
        if (!content) return fail(content.error(), lang, arguments.json);
        if (const auto written = write_file(arguments.out, *content); !written)
            return fail(written.error(), lang, arguments.json);
    }
    const auto text = arguments.json ? show_json(answer, lang)
                                     : show(operation, answer, {.lang = lang, .page_width = terminal_width()});
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        return fail(bad_input({"the result cannot be written to standard output", "无法写到标准输出"}).error, lang,
                    arguments.json);
    return status_of(answer);
}

int run_operation(const Operation& operation, const Arguments& arguments, Lang lang) {
    if (auto status = check_out(operation, arguments.out); !status) return fail(status.error(), lang, arguments.json);
    auto team = join_team();
    if (!team) return fail(team.error(), lang, arguments.json);
    Context context;
    context.team = *team;
    const bool speaks = context.speaks();
    context.threads = arguments.threads;
    context.seed = arguments.seed;
    context.lang = lang;
    Result<Answer> answer = cancelled();
    {
        ProgressLine progress(lang, ::isatty(STDERR_FILENO) == 1);
        if (speaks) context.on_progress([&](const Progress& report) { progress.show(report); });
        const InterruptGuard guard(context);
        answer = operation.run(arguments.parameters, context);
    }
    if (!speaks) return answer ? status_of(*answer) : static_cast<int>(answer.error().code);
    if (!answer) return fail(answer.error(), lang, arguments.json);
    const int status = deliver(operation, *answer, arguments, lang);
    // Who stops a search is given what it has found, and the status says that it did not come to its end.
    return status == 0 && context.stopped() ? static_cast<int>(ErrorCode::cancelled) : status;
}

int print_schema(const Operation& operation) {
    const Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"operation", operation.path()},
                      {"description", operation.doc.en},
                      {"x-doc-zh", operation.doc.zh},
                      {"parameters", schema_of(operation.parameters, SchemaOf::parameters)},
                      {"result", schema_of(operation.results, SchemaOf::result)}};
    fmt::print("{}\n", schema.dump(2));
    return 0;
}

int run_mcp(const Registry& registry, const std::vector<std::string>& words, Lang lang) {
    if (std::find(words.begin(), words.end(), "--help") != words.end())
        return fmt::print("{}", mcp::help_text(lang)), 0;
    auto options = mcp::read_options(registry, words, lang);
    if (!options) return fail(options.error(), lang, false);
    const auto served = mcp::serve(registry, *std::move(options));
    return served ? 0 : fail(served.error(), lang, false);
}

int run_serve(const Registry& registry, const std::vector<std::string>& words, Lang lang) {
    if (std::find(words.begin(), words.end(), "--help") != words.end())
        return fmt::print("{}", server::help_text(lang)), 0;
    auto options = server::read_options(words, lang);
    if (!options) return fail(options.error(), lang, false);
    const auto served = server::serve(registry, *std::move(options));
    return served ? 0 : fail(served.error(), lang, false);
}

int dispatch(const Registry& registry, const std::vector<std::string>& words, Lang lang) {
    const auto wants_help = [](const std::string& word) { return word == "--help" || word == "-h" || word == "help"; };
    if (words.empty() || wants_help(words[0])) return fmt::print("{}", overview(registry, lang)), 0;
    if (words[0] == "--version") return fmt::print("leaven {}\n", version), 0;
    if (words[0] == "mcp") return run_mcp(registry, {words.begin() + 1, words.end()}, lang);
    if (words[0] == "serve") return run_serve(registry, {words.begin() + 1, words.end()}, lang);
    const auto in_module = [&](const Operation& operation) { return operation.module == words[0]; };
    const bool names_module = std::any_of(registry.begin(), registry.end(), in_module);
    if (names_module && find_operation(registry, "", words[0]) == nullptr &&
        (words.size() == 1 || wants_help(words[1])))
        return fmt::print("{}", module_overview(registry, words[0], lang)), 0;

    const auto chosen = choose(registry, words);
    if (!chosen) return fail(chosen.error(), lang, false);
    const auto& operation = *chosen->operation;
    const auto arguments =
        parse_arguments(operation, {words.begin() + static_cast<std::ptrdiff_t>(chosen->words), words.end()});
    if (!arguments)
        return fail(arguments.error(), lang, std::find(words.begin(), words.end(), "--json") != words.end());
    if (arguments->help) return fmt::print("{}", help_text(operation, lang)), 0;
    if (arguments->schema) return print_schema(operation);
    return run_operation(operation, *arguments, lang);
}

/// The words without --lang and its value, where they stand before the command.
std::vector<std::string> without_leading_language(const std::vector<std::string>& words) {
    if (words.size() >= 2 && words[0] == "--lang") return {words.begin() + 2, words.end()};
    if (!words.empty() && words[0].starts_with("--lang=")) return {words.begin() + 1, words.end()};
    return words;
}

}  // namespace

int run(const Registry& registry, const std::vector<std::string>& arguments) {
    const auto lang = language_of(arguments);
    if (!lang) return fail(lang.error(), Lang::en, false);
    try {
        auto words = without_leading_language(arguments);
        if (words.size() == 2 && words[0] == "--lang") words.clear();
        return dispatch(registry, words, *lang);
    } catch (const std::exception& bug) {
        return fail(failure(ErrorCode::bug, {"a fault of the program: {}", "程序缺陷：{}"}, std::string(bug.what()))
                        .advise({"please report it with the command you gave", "请附上所用命令反馈此问题"})
                        .error,
                    *lang, false);
    }
}

}  // namespace leaven::cli
