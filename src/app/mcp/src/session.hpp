// One conversation with a client: what its messages mean, and what is answered.
#pragma once

#include <atomic>
#include <mutex>
#include <string>

#include <leaven/mcp/server.hpp>
#include <leaven/op/answer.hpp>

#include "calls.hpp"
#include "message.hpp"
#include "resources.hpp"
#include "tools.hpp"

namespace leaven::mcp {

class Server::Session {
public:
    Session(const Registry& registry, Options options, Send send);

    void feed(std::string_view bytes);
    void finish(std::chrono::milliseconds grace);

private:
    using Method = Answered<Json> (Session::*)(const Json& params);

    void on_line(std::string_view line);
    void on_batch(const Json& messages);
    void on_message(const Json& message, const Reply& reply);
    void on_notification(const std::string& method, const Json& params);
    void on_request(const std::string& method, const Json& id, const Json& params, const Reply& reply);

    Answered<Json> initialize(const Json& params);
    Answered<Json> ping(const Json& params);
    Answered<Json> list_tools(const Json& params);
    Answered<Json> list_resources(const Json& params);
    Answered<Json> list_templates(const Json& params);
    Answered<Json> read_resource(const Json& params);
    Answered<Json> list_prompts(const Json& params);
    Answered<Json> get_prompt(const Json& params);
    Answered<Json> set_level(const Json& params);

    void call_tool(const Json& id, const Json& params, const Reply& reply);
    Json run_tool(const Operation& operation, Json arguments, const Json& progress_token, Context& context);
    Json deliver(const Operation& operation, const Json& arguments, Answer answer, Lang lang);

    void send(const Json& message);
    void tell(std::string_view what, Json params);
    void log(int level, const std::string& text);

    static Method method_named(std::string_view name);

    const Options options_;
    Registry registry_;  // whose tools are offered
    const Send send_;
    std::mutex sending_;
    LineReader lines_;
    Resources resources_;
    std::atomic<bool> initialized_ = false;
    std::atomic<bool> client_ready_ = false;
    std::atomic<bool> broken_ = false;  // nobody listens any more
    std::atomic<Revision> revision_ = Revision::june_2025;
    std::atomic<int> log_level_;
    Calls calls_;  // last: its threads use all of the above
};

}  // namespace leaven::mcp
