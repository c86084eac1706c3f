// Requests as plain data: what is answered, what is refused, and that nothing which comes in can do harm.
#include <fstream>
#include <functional>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include <leaven/op/json.hpp>
#include <leaven/server/service.hpp>

#include "hosts.hpp"
#include "probes.hpp"

namespace leaven::server {
namespace {

namespace fs = std::filesystem;

const Registry& registry() {
    static const Registry all = testing::probes();
    return all;
}

class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / fmt::format("leaven-service-test-{}", ::getpid())) {
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

Request post(std::string target, std::string body) {
    return {"POST", std::move(target), "127.0.0.1:8420", "", "application/json", "", std::move(body)};
}

Request get(std::string target) { return {"GET", std::move(target), "localhost", "", "", "", ""}; }

Response ask(const Request& request, const fs::path& uploads = {}) {
    Context context;
    return Service(registry(), {Lang::en, {"lab.example"}, uploads}).answer(request, context);
}

Json error_of(const Response& response) { return Json::parse(response.body).at("error"); }

TEST(Service, answers_as_the_command_line_prints) {
    const auto response = ask(post("/api/v1/probe/rows", R"({"count": 2, "word": "a"})"));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "{\"rows\":[{\"number\":0,\"word\":\"a\"},{\"number\":1,\"word\":\"a\"}]}\n");
    EXPECT_EQ(ask(post("/api/v1/probe/rows?x=1", "")).status, 200) << "all defaults, and a query that nobody asks for";
}

TEST(Service, answers_as_the_file_that_the_command_line_writes) {
    const auto as = [](const std::string& query) {
        return ask(post("/api/v1/probe/rows?" + query, R"({"count": 2, "word": "a,b"})"));
    };
    auto response = as("as=csv");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(response.content_type, "text/csv; charset=utf-8");
    EXPECT_EQ(response.body, "number,word\n0,\"a,b\"\n1,\"a,b\"\n");
    EXPECT_EQ(as("x=1&as=tsv").body, "number\tword\n0\ta,b\n1\ta,b\n");
    response = as("as=html");
    EXPECT_TRUE(response.body.starts_with("<!doctype html>")) << response.body.substr(0, 80);
    EXPECT_TRUE(std::any_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
        return header.first == "content-security-policy" && header.second.starts_with("sandbox");
    })) << "a page made of what was sent is no page of the workbench";
    for (const auto* query : {"as=", "as=svg", "as=.csv", "as=csv|.tsv", "as=|", "as=c", "as=../csv", "as=CSV"}) {
        EXPECT_EQ(as(query).status, 400) << query;
        EXPECT_EQ(error_of(as(query))["where"], "as") << query;
    }
    EXPECT_EQ(error_of(ask(post("/api/v1/probe/rows?as=csv", R"({"cont": 2})")))["code"], "bad_input");
}

TEST(Service, says_what_is_wrong_where_and_what_to_do) {
    auto response = ask(post("/api/v1/probe/rows", R"({"cont": 2})"));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(error_of(response)["code"], "bad_input");
    EXPECT_EQ(error_of(response)["where"], "cont");
    EXPECT_NE(error_of(response)["hint"].get<std::string>().find("count"), std::string::npos);
    EXPECT_EQ(error_of(ask(post("/api/v1/probe/rows", R"({"count": "2"})")))["where"], "count");
    EXPECT_EQ(error_of(ask(post("/api/v1/probe/rows", R"({"count": -1})")))["where"], "count");
    EXPECT_EQ(ask(post("/api/v1/probe/file", R"({"file": "no-such-file"})")).status, 404);
    EXPECT_EQ(ask(post("/api/v1/probe/file", "{}")).status, 400) << "a required parameter";
    response = ask(post("/api/v1/prbe/rows", "{}"));
    EXPECT_EQ(response.status, 404);
    EXPECT_TRUE(error_of(response)["hint"].get<std::string>().starts_with("/api/v1/probe/rows"));
    for (const auto* body : {"[]", "3", "{", "{\"word\": \"\xff\"}", "null"})
        EXPECT_EQ(ask(post("/api/v1/probe/rows", body)).status, 400) << body;
    EXPECT_EQ(ask(post("/api/v1/probe/rows", std::string(1'000'000, '['))).status, 400);
}

TEST(Service, speaks_the_language_that_is_asked_for) {
    auto request = post("/api/v1/probe/rows", R"({"cont": 2})");
    const auto english = error_of(ask(request))["message"].get<std::string>();
    request.accept_language = "zh-CN,zh;q=0.9";
    const auto chinese = error_of(ask(request))["message"].get<std::string>();
    EXPECT_NE(english, chinese);
    request.body = R"({"cont": 2, "lang": "en"})";
    EXPECT_EQ(error_of(ask(request))["message"], english) << "the call's own word goes first";
}

TEST(Service, methods_and_types_that_do_not_fit) {
    EXPECT_EQ(ask(get("/api/v1/probe/rows")).status, 405);
    auto request = post("/api/v1/probe/rows", "{}");
    request.content_type = "text/plain";  // what a form of another page could send unasked
    EXPECT_EQ(ask(request).status, 415);
    request.content_type = "Application/JSON; charset=utf-8";
    EXPECT_EQ(ask(request).status, 200);
    for (const auto* method : {"PUT", "DELETE", "OPTIONS", "TRACE", "", "post"}) {
        request.method = method;
        EXPECT_EQ(ask(request).status, 405) << method;
    }
}

TEST(Service, only_its_own_name_and_pages) {
    const std::vector<std::string> names{"lab.example"};
    for (const auto* host : {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:8420", "10.0.0.7:80", "[::1]",
                             "[::1]:8420", "lab.example", "Lab.Example:443"})
        EXPECT_TRUE(is_own_host(host, names)) << host;
    for (const auto* host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "lab.example.",
                             "localhost:", "localhost:x", "localhost:123456", "[::1", "[x]", "[::1]x", "1.2.3", ":80",
                             "lab.example@evil.example"})
        EXPECT_FALSE(is_own_host(host, names)) << host;
    auto request = post("/api/v1/probe/rows", "{}");
    request.host = "evil.example";
    EXPECT_EQ(ask(request).status, 421);
    request.host = "localhost:8420";
    request.origin = "http://localhost:8420";
    EXPECT_EQ(ask(request).status, 200);
    for (const auto* origin :
         {"http://evil.example", "null", "http://localhost", "http://localhost:84200", "file://"}) {
        request.origin = origin;
        EXPECT_EQ(ask(request).status, 403) << origin;
    }
}

TEST(Service, files_may_come_with_a_call_and_leave_nothing) {
    const Folder folder;
    const auto with = [&](const std::string& file) {
        return ask(post("/api/v1/probe/file", R"({"file": )" + file + "}"), folder.path());
    };
    auto response = with(R"({"name": "a.txt", "content": "first\nsecond"})");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_EQ(Json::parse(response.body)["rows"][0]["word"], "first");
    for (const auto* name : {"", ".", "..", "../x", "/etc/passwd", "a/b", ".hidden", "a b", "a\\u0000b", "名"})
        EXPECT_EQ(with(fmt::format(R"({{"name": "{}", "content": ""}})", name)).status, 400) << name;
    for (const auto* file : {"{}", R"({"name": "a"})", R"({"name": 1, "content": ""})",
                             R"({"name": "a", "content": "", "mode": 7})", "3", "null", R"([{"name": "a"}])"})
        EXPECT_EQ(with(file).status, 400) << file;
    EXPECT_EQ(ask(post("/api/v1/probe/file", R"({"file": {"name": "a", "content": ""}})")).status, 400)
        << "where no files may come";
    EXPECT_TRUE(fs::is_empty(folder.path()));
    // Errors call the file by the name that the caller gave it.
    response =
        ask(post("/api/v1/probe/named", R"({"file": {"name": "list.txt", "content": "absent.txt"}})"), folder.path());
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.body.find("call-"), std::string::npos) << response.body;
}

void each_reference(const Json& json, const std::function<void(const std::string&)>& visit) {
    if (json.is_object() && json.contains("$ref")) visit(json["$ref"].get<std::string>());
    if (json.is_structured())
        for (const auto& item : json) each_reference(item, visit);
}

TEST(Service, describes_each_operation_in_openapi) {
    const auto response = ask(get("/api/v1/openapi.json"));
    ASSERT_EQ(response.status, 200);
    const auto api = Json::parse(response.body);
    EXPECT_EQ(api["openapi"], "3.1.0");
    EXPECT_EQ(api["paths"].size(), registry().size());
    std::set<std::string> ids;
    for (const auto& path : api["paths"]) {
        EXPECT_TRUE(ids.insert(path["post"]["operationId"].get<std::string>()).second);
        EXPECT_TRUE(path["post"]["responses"].contains("200"));
    }
    std::size_t references = 0;
    each_reference(api, [&](const std::string& reference) {
        ++references;
        EXPECT_TRUE(api.contains(Json::json_pointer(reference.substr(1)))) << reference;
    });
    EXPECT_GT(references, registry().size());
    const auto listed = Json::parse(ask(get("/api/v1/operations")).body);
    EXPECT_EQ(listed.size(), registry().size());
}

TEST(Service, has_a_page_with_a_policy_and_no_other_file) {
    const auto page = ask(get("/"));
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_TRUE(std::any_of(page.headers.begin(), page.headers.end(), [](const auto& header) {
        return header.first == "content-security-policy" && header.second.starts_with("default-src 'none'");
    }));
    for (const auto* target : {"/etc/passwd", "/../../etc/passwd", "//", "/assets/", "", "*", "http://x/", "/%2e%2e/"})
        EXPECT_EQ(ask(get(target)).status, 404) << target;
}

/// Any request has an answer of a known status, and an error is complete.
RC_GTEST_PROP(Service, any_request_is_answered, ()) {
    const auto piece = rc::gen::oneOf(
        rc::gen::element<std::string>("GET", "POST", "HEAD", "/", "/api/v1/", "/api/v1/probe/rows", "?as=", "csv",
                                      ".svg", "/api/v1/probe/file", "localhost", "http://localhost", "application/json",
                                      "zh", "{}", R"({"file": {"name": "a", "content": "b"}})", R"({"count": 1e300})",
                                      R"({"count": 3, "lang": 7})", R"({"threads": 0})", R"({"seed": -1})",
                                      R"({"file": ["x", {}]})"),
        rc::gen::arbitrary<std::string>());
    const Request request{*piece, *piece, *piece, *rc::gen::element<std::string>("", "http://localhost", "null"),
                          *piece, *piece, *piece};
    static const Folder folder;
    const auto response = ask(request, folder.path());
    const std::set<int> known{200, 400, 403, 404, 405, 415, 421};
    RC_ASSERT(known.contains(response.status));
    if (response.status == 200) return;
    const auto error = error_of(response);
    for (const auto* member : {"code", "message", "where", "hint"}) RC_ASSERT(error.at(member).is_string());
    RC_ASSERT(!error["message"].get<std::string>().empty());
    RC_ASSERT(fs::is_empty(folder.path()));
}

}  // namespace
}  // namespace leaven::server
