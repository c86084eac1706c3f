// A client that keeps all that a server of the probes says.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <leaven/mcp/server.hpp>
#include <leaven/op/json.hpp>

#include "probes.hpp"

namespace leaven::mcp::testing {

using namespace leaven::testing;
using namespace std::chrono_literals;

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
