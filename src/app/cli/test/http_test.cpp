// Every operation answers over HTTP with the JSON that the command line prints: the commands are those of cases/.
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include <leaven/op/answer.hpp>
#include <leaven/op/show.hpp>
#include <leaven/pipeline/registry.hpp>
#include <leaven/server/service.hpp>

#include "arguments.hpp"

namespace leaven::cli {
namespace {

namespace fs = std::filesystem;

/// The words of a command that needs no shell; none where it does.
std::vector<std::string> plain_words(const std::string& command) {
    if (command.find_first_of("|&;$<>()'\"*`~") != std::string::npos) return {};
    std::istringstream in(command);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

/// Parameters of each operation, as a person typed them.
std::map<std::string, std::vector<Json>> examples(const Registry& registry) {
    std::map<std::string, std::vector<Json>> found;
    for (const auto& entry : fs::recursive_directory_iterator("cases")) {
        std::ifstream in(entry.path());
        for (std::string line; std::getline(in, line);) {
            const auto words = line.starts_with("$ leaven ") ? plain_words(line.substr(9)) : std::vector<std::string>();
            if (words.empty()) continue;
            const auto* operation = find_operation(registry, "", words[0]);
            const std::size_t named = operation != nullptr ? 1 : 2;
            if (operation == nullptr && words.size() > 1) operation = find_operation(registry, words[0], words[1]);
            if (operation == nullptr) continue;
            const auto arguments = parse_arguments(*operation, {words.begin() + named, words.end()});
            if (arguments && !arguments->help && !arguments->schema)
                found[operation->path()].push_back(arguments->parameters);
        }
    }
    return found;
}

server::Response over_http(const server::Service& service, const Operation& operation, const Json& parameters) {
    const auto path = "/api/v1/" + (operation.module.empty() ? "" : operation.module + "/") + operation.verb;
    Context context;
    return service.answer({"POST", path, "localhost", "", "application/json", "", parameters.dump()}, context);
}

/// The same answer or the same error, by both ways. Was it a result?
bool agree(const server::Service& service, const Operation& operation, const Json& parameters) {
    Context context;
    const auto answer = operation.run(parameters, context);
    const auto response = over_http(service, operation, parameters);
    const auto expected =
        answer ? show_json(*answer, Lang::en) : Json{{"error", error_to_json(answer.error(), Lang::en)}}.dump() + "\n";
    EXPECT_EQ(response.body, expected) << operation.path() << " " << parameters;
    EXPECT_EQ(response.status == 200, answer.has_value()) << operation.path();
    return answer.has_value();
}

TEST(Http, every_operation_answers_as_the_command_line_does) {
    fs::current_path(LEAVEN_SOURCE_DIR);
    const auto registry = pipeline::registry();
    const server::Service service(registry, {});
    auto known = examples(registry);
    for (const auto& operation : registry) {
        agree(service, operation, Json{{"no_such_parameter", 1}});
        if (operation.writes) continue;  // a second run would find what the first has written
        known[operation.path()].push_back(Json::object());
        bool answered = false;
        for (const auto& parameters : known[operation.path()])
            if (!answered) answered = agree(service, operation, parameters);
    }
}

}  // namespace
}  // namespace leaven::cli
