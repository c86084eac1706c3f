// Operations that are easy to follow, and a client that keeps all that a server of them says.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <leaven/core/file.hpp>
#include <leaven/mcp/server.hpp>

namespace leaven::mcp::testing {

using namespace std::chrono_literals;

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

inline Result<RowsResult> rows(const RowsParams& params, Context&) {
    RowsResult result;
    for (std::int64_t i = 0; i < params.count; ++i) result.rows.push_back({i, params.word});
    return result;
}

struct NoParams {
    static void describe(auto&, auto&&) {}
};

/// Runs until it is stopped.
inline Result<RowsResult> endless(const NoParams&, Context& context) {
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

inline Result<RowsResult> first_line(const FileParams& params, Context&) {
    const auto bytes = read_file(params.file);
    if (!bytes) return pass(bytes);
    return RowsResult{{{0, bytes->substr(0, bytes->find('\n'))}}};
}

/// Follows a file that names another, as a project file does.
inline Result<RowsResult> named_in(const FileParams& params, Context& context) {
    auto first = first_line(params, context);
    return first ? first_line({first->rows[0].word}, context) : first;
}

inline Registry probes() {
    return {make("probe rows", {"Some rows", "若干行"}, rows), make("probe endless", {"Runs on", "一直运行"}, endless),
            make("probe file", {"First line of a file", "文件首行"}, first_line),
            make("probe named", {"First line of the file named in a file", "文件所指文件的首行"}, named_in)};
}

inline constexpr std::string_view hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
    "\n";
inline constexpr std::string_view older_hello =
    R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
    "\n";

inline std::string request(const std::string& id, const std::string& method, const std::string& params = "{}") {
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":")" + method + R"(","params":)" + params + "}\n";
}

inline std::string call(const std::string& id, const std::string& tool, const std::string& arguments = "{}") {
    return request(id, "tools/call", R"({"name":")" + tool + R"(","arguments":)" + arguments + "}");
}

inline std::string cancel(const std::string& id) {
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

inline int fault_of(const Json& answer) { return answer["error"]["code"].get<int>(); }

}  // namespace leaven::mcp::testing
