// The protocol as a hostile or careless client meets it. The official client drives the program in python/tests.
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/core/file.hpp>
#include <leaven/mcp/server.hpp>
#include <leaven/pipeline/registry.hpp>

namespace leaven::mcp {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct RowsParams {
    std::int64_t count = 3;
    std::string word = "row";

    static void describe(auto& p, auto&& v) {
        v(p.count, {.name = "count", .doc = {"rows", "行数"}, .unit = "1", .min = 0, .max = 1e6});
        v(p.word, {.name = "word", .doc = {"word", "词"}});
    }
};

struct Row {
    std::int64_t number = 0;
    std::string word;

    static void describe(auto& p, auto&& v) {
        v(p.number, {.name = "number", .doc = {"number", "序号"}});
        v(p.word, {.name = "word", .doc = {"word", "词"}});
    }
};

struct RowsResult {
    std::vector<Row> rows;

    static void describe(auto& p, auto&& v) { v(p.rows, {.name = "rows", .doc = {"rows", "行"}}); }
};

Result<RowsResult> rows(const RowsParams& params, Context&) {
    RowsResult result;
    for (std::int64_t i = 0; i < params.count; ++i) result.rows.push_back({i, params.word});
    return result;
}

struct NoParams {
    static void describe(auto&, auto&&) {}
};

/// Runs until it is stopped.
Result<RowsResult> endless(const NoParams&, Context& context) {
    for (std::int64_t done = 0; !context.stopped(); ++done) {
        context.report({{"waiting", "等待"}, done % 1000, 1000});
        std::this_thread::sleep_for(1ms);
    }
    return cancelled();
}

struct FileParams {
    std::string file;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file", .doc = {"file", "文件"}, .format = "path", .required = true});
    }
};

Result<RowsResult> first_line(const FileParams& params, Context&) {
    const auto bytes = read_file(params.file);
    if (!bytes) return pass(bytes);
    return RowsResult{{{0, bytes->substr(0, bytes->find('\n'))}}};
}

/// Follows a file that names another, as a project file does.
Result<RowsResult> named_in(const FileParams& params, Context& context) {
    auto first = first_line(params, context);
    return first ? first_line({first->rows[0].word}, context) : first;
}

Registry probes() {
    return {make("probe rows", {"Some rows", "若干行"}, rows), make("probe endless", {"Runs on", "一直运行"}, endless),
            make("probe file", {"First line of a file", "文件首行"}, first_line),
            make("probe named", {"First line of the file named in a file", "文件所指文件的首行"}, named_in)};
}

constexpr std::string_view hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
    "\n";
constexpr std::string_view older_hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
    "\n";

std::string request(const std::string& id, const std::string& method, const std::string& params = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params + "}\n";
}

std::string call(const std::string& id, const std::string& tool, const std::string& arguments = "{}") {
    return request(id, "tools/call", R"({"name":")" + tool + R"(","arguments":)" + arguments + "}");
}

std::string cancel(const std::string& id) {
    return R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)" + id + "}}\n";
}

/// A server with all that it said.
class Talk {
public:
    explicit Talk(Registry registry = probes(), Options options = {}, std::string_view first = hello)
        : registry_(std::move(registry)), server_(registry_, std::move(options), [this](std::string_view line) {
              const std::scoped_lock lock(mutex_);
              said_.push_back(Json::parse(line));
              changed_.notify_all();
              return true;
          }) {
        server_.feed(first);
    }

    void say(std::string_view bytes) { server_.feed(bytes); }

    /// What came back once everything has been answered.
    std::vector<Json> end() {
        server_.finish(1h);
        return said_;
    }

    std::vector<Json> stop() {
        server_.finish(0ms);
        return said_;
    }

    /// The answer to one request, waited for.
    Json answer(const Json& id) {
        return first_with([&](const Json& one) { return one.contains("id") && one["id"] == id; });
    }

    Json first_with(const std::function<bool(const Json&)>& wanted) {
        std::unique_lock lock(mutex_);
        Json found;
        changed_.wait(lock, [&] {
            for (const auto& one : said_)
                if (wanted(one)) return found = one, true;
            return false;
        });
        return found;
    }

private:
    Registry registry_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Json> said_;
    Server server_;
};

int fault_of(const Json& answer) { return answer["error"]["code"].get<int>(); }

std::multiset<std::string> as_set(const std::vector<Json>& messages) {
    std::multiset<std::string> lines;
    for (const auto& message : messages) lines.insert(message.dump());
    return lines;
}

const std::string script = request("1", "ping") + call("\"two\"", "probe_rows") + request("3", "tools/list") +
                           "\n\r\n{broken\n" + call("4", "probe_rows", R"({"count":"x"})") +
                           request("5", "prompts/list") + request("6", "no/such") + call("7", "probe_rows", "{}");

RC_GTEST_PROP(Framing, answers_do_not_depend_on_where_the_bytes_are_cut, ()) {
    // Results are numbered in the order in which they come, which is not part of what is compared.
    Talk whole;
    whole.say(script);
    Talk cut;
    for (std::size_t at = 0; at < script.size();) {
        const auto size = static_cast<std::size_t>(*rc::gen::inRange(1, 200));
        cut.say(std::string_view(script).substr(at, size));
        at += size;
    }
    RC_ASSERT(as_set(whole.end()) == as_set(cut.end()));
}

TEST(Framing, a_line_of_100_megabytes_is_refused_once_and_the_next_is_answered) {
    const auto resident = [] {
        std::ifstream in("/proc/self/statm");
        std::size_t total = 0;
        std::size_t pages = 0;
        in >> total >> pages;
        return pages * 4096;
    };
    Talk talk;
    const auto before = resident();
    const std::string piece(std::size_t{1} << 20, 'x');
    for (int i = 0; i < 100; ++i) talk.say(piece);
    EXPECT_LT(resident() - before, std::size_t{40} << 20);
    talk.say("\n" + request("1", "ping"));
    const auto said = talk.end();
    ASSERT_EQ(said.size(), 3U);
    EXPECT_EQ(fault_of(said[1]), -32600);
    EXPECT_EQ(said[2]["id"], 1);
}

struct Wrong {
    std::string line;
    int fault;
    Json id;
};

TEST(JsonRpc, says_what_is_wrong_with_a_message) {
    const std::vector<Wrong> wrong{
        {"{", -32700, nullptr},
        {"\xFF\xFE{}", -32700, nullptr},
        {R"({"jsonrpc":"2.0","id":1,"method":")"
         "\xC3\x28"
         R"("})",
         -32700, nullptr},
        {"nonsense", -32700, nullptr},
        {"17", -32600, nullptr},
        {"\"text\"", -32600, nullptr},
        {R"({"id":1,"method":"ping"})", -32600, 1},
        {R"({"jsonrpc":"1.0","id":"a","method":"ping"})", -32600, "a"},
        {R"({"jsonrpc":"2.0","id":1})", -32600, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":5})", -32600, 1},
        {R"({"jsonrpc":"2.0","id":null,"method":"ping"})", -32600, nullptr},
        {R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", -32600, nullptr},
        {R"({"jsonrpc":"2.0","id":{},"method":"ping"})", -32600, nullptr},
        {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[1]})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"ping\u0000"})", -32601, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/unlist"})", -32601, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"probe_none"}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"probe_rows","arguments":[]}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"7"}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///etc/passwd"}})", -32002, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"leaven://results/1"}})", -32002, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"none"}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"first_look"}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"loud"}})", -32602, 1},
        {R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18"}})", -32600, 1},
        {"[]", -32600, nullptr},
        {std::string(1000000, '['), -32600, nullptr},
        {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":)" + std::string(1000000, '[') + "}", -32600, nullptr},
    };
    for (const auto& one : wrong) {
        Talk talk;
        talk.say(one.line + "\n");
        const auto said = talk.end();
        ASSERT_EQ(said.size(), 2U) << one.line.substr(0, 200);
        EXPECT_EQ(fault_of(said[1]), one.fault) << one.line.substr(0, 200);
        EXPECT_EQ(said[1]["id"], one.id) << one.line.substr(0, 200);
        EXPECT_EQ(said[1]["jsonrpc"], "2.0");
    }
}

TEST(JsonRpc, what_asks_nothing_is_not_answered) {
    Talk talk;
    talk.say(R"({"jsonrpc":"2.0","method":"ping"})"
             "\n");
    talk.say(R"({"jsonrpc":"2.0","method":"no/such/notification","params":{}})"
             "\n");
    talk.say(R"({"jsonrpc":"2.0","id":9,"result":{}})"
             "\n");
    talk.say(R"({"jsonrpc":"2.0","id":9,"error":{"code":1,"message":"x"}})"
             "\n");
    talk.say(cancel("99"));
    EXPECT_EQ(talk.end().size(), 1U);
}

TEST(JsonRpc, a_last_message_without_line_end_is_answered) {
    Talk talk;
    talk.say(R"({"jsonrpc":"2.0","id":1,"method":"ping"})");
    EXPECT_EQ(talk.end().size(), 2U);
}

TEST(Lifecycle, nothing_but_ping_before_initialize) {
    Talk talk(probes(), {}, "");
    talk.say(request("1", "tools/list") + request("2", "ping"));
    const auto said = talk.end();
    EXPECT_EQ(fault_of(said[0]), -32600);
    EXPECT_TRUE(said[1].contains("result"));
}

TEST(Lifecycle, speaks_the_revision_of_the_client_or_the_newest) {
    for (const auto& [asked, given] : {std::pair{"2025-06-18", "2025-06-18"}, std::pair{"2025-03-26", "2025-03-26"},
                                       std::pair{"2024-11-05", "2025-06-18"}, std::pair{"2099-01-01", "2025-06-18"}}) {
        Talk talk(probes(), {}, request("0", "initialize", fmt::format(R"({{"protocolVersion":"{}"}})", asked)));
        EXPECT_EQ(talk.end()[0]["result"]["protocolVersion"], given);
    }
}

TEST(Batch, is_answered_as_one_in_the_older_revision_alone) {
    const std::string batch = R"([{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"note"},)"
                              R"({"jsonrpc":"2.0","id":"c","method":"tools/call","params":{"name":"probe_rows"}},5])"
                              "\n";
    Talk older(probes(), {}, older_hello);
    older.say(batch);
    const auto said = older.end();
    ASSERT_EQ(said.size(), 2U);
    ASSERT_TRUE(said[1].is_array());
    EXPECT_EQ(said[1].size(), 3U);  // the note is not answered, the 5 is

    Talk newer;
    newer.say(batch);
    EXPECT_EQ(fault_of(newer.end()[1]), -32600);

    Talk notes(probes(), {}, older_hello);
    notes.say(R"([{"jsonrpc":"2.0","method":"note"}])"
              "\n");
    EXPECT_EQ(notes.end().size(), 1U);
}

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
