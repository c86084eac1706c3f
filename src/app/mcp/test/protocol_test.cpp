// The protocol as a hostile or careless client meets it.
#include <fstream>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <leaven/op/json.hpp>

#include "talk.hpp"

namespace leaven::mcp {
namespace {

using namespace testing;

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

}  // namespace
}  // namespace leaven::mcp
