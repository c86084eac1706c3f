// Calls, their results and their limits. The official client drives the program in python/tests.
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include <leaven/op/json.hpp>
#include <leaven/pipeline/registry.hpp>

#include "talk.hpp"

namespace leaven::mcp {
namespace {

using namespace testing;
namespace fs = std::filesystem;

TEST(Calls, run_beside_each_other_and_ids_of_either_type_differ) {
    Talk talk;
    talk.say(call("1", "probe_endless") + call("\"1\"", "probe_rows"));
    EXPECT_EQ(talk.answer("1")["result"]["structuredContent"]["rows"].size(), 3U);
    talk.say(call("1", "probe_rows"));
    EXPECT_EQ(fault_of(talk.answer(1)), -32600) << "an id that is in use";
    talk.say(cancel("1"));
    talk.say(request("2", "ping"));
    talk.answer(2);
    talk.end();  // would wait for an hour if the call went on
}

TEST(Calls, that_are_cancelled_are_not_answered) {
    Talk talk;
    talk.say(call("1", "probe_endless") + cancel("1"));
    EXPECT_EQ(talk.end().size(), 1U);
}

TEST(Calls, that_ended_cannot_be_cancelled) {
    Talk talk;
    talk.say(call("1", "probe_rows"));
    talk.answer(1);
    talk.say(cancel("1") + call("1", "probe_rows"));  // the id is free again
    EXPECT_EQ(talk.end().size(), 3U);
}

TEST(Calls, stop_at_the_end_of_input) {
    Talk talk;
    for (int i = 0; i < 10; ++i) talk.say(call(std::to_string(i), "probe_endless"));
    EXPECT_EQ(talk.stop().size(), 1U + 0U);
}

TEST(Calls, beyond_the_bound_are_refused) {
    Talk talk(probes(), {.most_waiting = 5});
    for (int i = 1; i <= 6; ++i) talk.say(call(std::to_string(i), "probe_endless"));
    EXPECT_EQ(fault_of(talk.answer(6)), -32000);
    talk.stop();
}

TEST(Calls, report_progress_that_only_grows) {
    Talk talk;
    talk.say(request("1", "tools/call", R"({"name":"probe_endless","_meta":{"progressToken":"p"}})"));
    const auto is_note = [](const Json& one) { return one.value("method", "") == "notifications/progress"; };
    talk.first_with([&](const Json& one) { return is_note(one) && one["params"]["progress"] > 5; });
    double last = -1;
    for (const auto& one : talk.stop()) {
        if (!is_note(one)) continue;
        EXPECT_EQ(one["params"]["progressToken"], "p");
        EXPECT_GT(one["params"]["progress"].get<double>(), last);
        last = one["params"]["progress"].get<double>();
    }
}

Json error_in(const Json& answer) {
    EXPECT_TRUE(answer["result"]["isError"].get<bool>()) << answer.dump();
    EXPECT_FALSE(answer["result"].contains("structuredContent"));
    return Json::parse(answer["result"]["content"][0]["text"].get<std::string>())["error"];
}

TEST(Calls, are_as_strict_as_the_command_line) {
    Talk talk;
    talk.say(call("1", "probe_rows", R"({"count":2.7})") + call("2", "probe_rows", R"({"count":true})") +
             call("3", "probe_rows", R"({"conut":1})") + call("4", "probe_rows", R"({"count":-1})") +
             call("5", "probe_rows", R"({"threads":0})") + call("6", "probe_rows", R"({"lang":"fr"})") +
             call("7", "probe_rows", R"({"count":-1,"lang":"zh"})"));
    for (const int id : {1, 2, 3, 4, 5, 6}) EXPECT_EQ(error_in(talk.answer(id))["code"], "bad_input");
    EXPECT_EQ(error_in(talk.answer(1))["message"], "expected a whole number, got 2.7");
    EXPECT_EQ(error_in(talk.answer(2))["where"], "count");
    EXPECT_EQ(error_in(talk.answer(3))["hint"], "did you mean count?");
    EXPECT_EQ(error_in(talk.answer(5))["where"], "threads");
    EXPECT_EQ(error_in(talk.answer(7))["message"], "必须介于 0 与 1000000 之间，实际为 -1");
}

TEST(Results, are_cut_to_the_window_and_the_whole_is_a_resource) {
    Talk talk;
    talk.say(call("1", "probe_rows", R"({"count":5000,"word":"酵"})"));
    const auto result = talk.answer(1)["result"];
    const auto& shown = result["structuredContent"]["rows"];
    EXPECT_LE(result["structuredContent"].dump().size(), 20000U);
    EXPECT_GE(shown.size(), 100U);
    EXPECT_EQ(result["_meta"]["leaven/cut"]["rows"], 5000);
    const auto uri = result["_meta"]["leaven/whole"].get<std::string>();
    talk.say(request("2", "resources/read", Json{{"uri", uri}}.dump()));
    const auto whole = Json::parse(talk.answer(2)["result"]["contents"][0]["text"].get<std::string>());
    ASSERT_EQ(whole["rows"].size(), 5000U);
    for (std::size_t i = 0; i < shown.size(); ++i) EXPECT_EQ(shown[i], whole["rows"][i]);
    talk.say(request("3", "resources/read", Json{{"uri", uri + "/rows?first=4990&count=100"}}.dump()));
    const auto some = Json::parse(talk.answer(3)["result"]["contents"][0]["text"].get<std::string>());
    ASSERT_EQ(some["rows"].size(), 10U);
    EXPECT_EQ(some["rows"][0]["number"], 4990);
}

TEST(Results, of_old_calls_make_room) {
    Talk talk(probes(), {.kept_results = 2});
    for (int i = 1; i <= 3; ++i) {
        talk.say(call(std::to_string(i), "probe_rows"));
        talk.answer(i);
    }
    talk.say(request("4", "resources/read", R"({"uri":"leaven://results/1"})") +
             request("5", "resources/read", R"({"uri":"leaven://results/3"})"));
    EXPECT_EQ(fault_of(talk.answer(4)), -32002);
    EXPECT_TRUE(talk.answer(5).contains("result"));
}

TEST(Files, outside_the_roots_are_refused_and_so_are_links_and_files_that_name_them) {
    const auto folder = fs::temp_directory_path() / fmt::format("leaven-mcp-{}", ::getpid());
    const auto root = folder / "root";
    fs::create_directories(root);
    std::ofstream(folder / "secret") << "secret\n";
    std::ofstream(root / "open") << "open\n";
    std::ofstream(root / "names") << (folder / "secret").string() << "\n";
    fs::create_symlink(folder / "secret", root / "link");
    fs::create_directory_symlink(folder, root / "way");
    // The limits hold for the rest of the process, so a process of its own.
    const auto refused_but_one = [&] {
        limit_files({.read = {}, .write = {root}});
        fs::current_path(root);
        Talk talk;
        int right = 0;
        int id = 0;
        const auto code_of = [&](const std::string& tool, const std::string& file) {
            talk.say(call(std::to_string(++id), tool, Json{{"file", file}}.dump()));
            const auto answer = talk.answer(id)["result"];
            return answer["isError"].get<bool>() ? error_in(Json{{"result", answer}})["code"].get<std::string>() : "";
        };
        right += code_of("probe_file", "open").empty();
        right += code_of("probe_named", "names") == "refused";
        for (const auto* out : {"link", "way/secret", "../secret", "/etc/passwd", "/no/such/file", "way/../../secret"})
            right += code_of("probe_file", out) == "refused";
        right += code_of("probe_file", "absent") == "not_found";
        std::_Exit(right == 9 ? 0 : 100 + right);
    };
    EXPECT_EXIT(refused_but_one(), ::testing::ExitedWithCode(0), "");
    fs::remove_all(folder);
}

TEST(Registry, every_operation_is_a_tool_with_both_schemas) {
    const auto registry = pipeline::registry();
    Talk talk(registry);
    std::set<std::string> names;
    Json cursor;
    for (int id = 1; id == 1 || !cursor.is_null(); ++id) {
        auto params = Json::object();
        if (!cursor.is_null()) params["cursor"] = cursor;
        talk.say(request(std::to_string(id), "tools/list", params.dump()));
        const auto result = talk.answer(id)["result"];
        for (const auto& tool : result["tools"]) {
            names.insert(tool["name"].get<std::string>());
            EXPECT_EQ(tool["inputSchema"]["type"], "object");
            EXPECT_EQ(tool["outputSchema"]["type"], "object");
            EXPECT_EQ(tool.dump().find("x-doc-zh"), std::string::npos);
            EXPECT_TRUE(tool["annotations"]["readOnlyHint"].is_boolean());
        }
        cursor = result.value("nextCursor", Json());
    }
    EXPECT_EQ(names.size(), registry.size());
    for (const auto& operation : registry)
        EXPECT_TRUE(
            names.contains(operation.module.empty() ? operation.verb : operation.module + "_" + operation.verb));
}

TEST(Registry, long_lists_come_in_pages) {
    Registry many;
    for (int i = 0; i < 120; ++i) many.push_back(make(fmt::format("probe v{}", i), {"Some rows", "若干行"}, rows));
    Talk talk(many);
    talk.say(request("1", "tools/list"));
    EXPECT_EQ(talk.answer(1)["result"]["nextCursor"], "50");
    talk.say(request("2", "tools/list", R"({"cursor":"100"})"));
    EXPECT_EQ(talk.answer(2)["result"]["tools"].size(), 20U);
    EXPECT_FALSE(talk.answer(2)["result"].contains("nextCursor"));
}

TEST(Texts, are_in_the_language_of_the_server) {
    Talk talk(probes(), {.lang = Lang::zh});
    talk.say(request("1", "tools/list") + request("2", "prompts/list") +
             request("3", "prompts/get", R"({"name":"first_look","arguments":{"model":"酵母","lang":"en"}})"));
    EXPECT_EQ(talk.answer(1)["result"]["tools"][0]["description"], "若干行");
    EXPECT_EQ(talk.answer(2)["result"]["prompts"][0]["title"], "初识一个模型");
    const auto text = talk.answer(3)["result"]["messages"][0]["content"]["text"].get<std::string>();
    EXPECT_TRUE(text.starts_with("Look at the metabolic model 酵母."));
}

TEST(Options, name_roots_and_modules_that_exist) {
    const auto registry = probes();
    EXPECT_TRUE(read_options(registry, {"--root", "/", "--modules=probe", "--lang", "zh"}, Lang::zh));
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--roof", "/"},
                                                  {"--root", "/no/such"},
                                                  {"--modules", "prob"},
                                                  {"--modules"},
                                                  {"extra"}})
        EXPECT_FALSE(read_options(registry, wrong, Lang::en)) << wrong[0];
    Talk none(registry, {.modules = {"other"}});
    none.say(request("1", "tools/list"));
    EXPECT_TRUE(none.answer(1)["result"]["tools"].empty());
}

}  // namespace
}  // namespace leaven::mcp
