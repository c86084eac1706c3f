#include "session.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <leaven/access/folders.hpp>
#include <leaven/access/message.hpp>
#include <leaven/core/version.hpp>
#include <leaven/op/answer.hpp>
#include <leaven/op/call_options.hpp>

#include "progress.hpp"
#include "prompts.hpp"
#include "shorten.hpp"

namespace leaven::mcp {
namespace {

constexpr std::size_t page_size = 50;
constexpr std::size_t most_in_batch = 100;

constexpr std::array<std::string_view, 8> levels{"debug", "info",     "notice", "warning",
                                                 "error", "critical", "alert",  "emergency"};
constexpr int info_level = 1;
constexpr int warning_level = 3;

/// One page of a list, from where the cursor points.
Answered<Json> page(const Json& params, std::string_view name, const std::vector<Json>& entries) {
    std::size_t from = 0;
    if (const auto cursor = params.find("cursor"); cursor != params.end()) {
        const auto word = cursor->is_string() ? cursor->get<std::string>() : std::string();
        const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), from);
        const bool whole = code == std::errc() && end == word.data() + word.size() && !word.empty();
        if (!whole || from % page_size != 0 || from >= entries.size())
            return refuse(Fault::invalid_params, "not a cursor of this list");
    }
    const auto to = std::min(from + page_size, entries.size());
    auto list = Json::array();
    for (std::size_t i = from; i < to; ++i) list.push_back(entries[i]);
    Json result{{name, std::move(list)}};
    if (to < entries.size()) result["nextCursor"] = std::to_string(to);
    return result;
}

/// Answers of a batch, gathered until all are there.
struct Batch {
    std::mutex mutex;
    std::size_t open = 0;
    Json answers = Json::array();
};

Registry offered(const Registry& registry, const std::vector<std::string>& modules) {
    Registry chosen;
    for (const auto& operation : registry) {
        const auto& module = operation.module.empty() ? operation.verb : operation.module;
        if (modules.empty() || std::find(modules.begin(), modules.end(), module) != modules.end())
            chosen.push_back(operation);
    }
    return chosen;
}

std::string instructions(Lang lang) {
    return std::string(Doc{
        "Leaven computes with genome-scale metabolic models: growth, flux ranges, yields, knock-outs with proof. "
        "A model is a file below the folders that this server may use, or a name that data_list shows. Fluxes are "
        "in mmol/gDW/h, growth in 1/h; uptake is a negative exchange flux. A long result is cut to its first rows; "
        "the whole, and rows of it, are resources.",
        "Leaven 用基因组尺度代谢模型进行计算：生长、通量范围、得率、附证明的敲除设计。模型可以是本服务器允许的文件夹"
        "中的文件，或 data_list 列出的名称。通量单位为 mmol/gDW/h，生长速率为 1/h；摄取为负的交换通量。结果过长时"
        "只给出前若干行，完整结果及其任意行可作为资源读取。"}
                           .in(lang));
}

}  // namespace

Server::Session::Session(const Registry& registry, Options options, Send send)
    : options_(std::move(options)),
      registry_(offered(registry, options_.modules)),
      send_(std::move(send)),
      lines_(options_.longest_line),
      resources_(registry_, options_.lang, options_.kept_results),
      log_level_(warning_level),
      calls_(options_.most_waiting) {}

void Server::Session::feed(std::string_view bytes) {
    lines_.feed(
        bytes, [this](std::string_view line) { on_line(line); },
        [this] {
            send(error_response(nullptr, {Fault::invalid_request,
                                          fmt::format("the message is longer than {} bytes", options_.longest_line)}));
        });
}

void Server::Session::finish(std::chrono::milliseconds grace) {
    if (const auto line = lines_.rest(); !line.empty()) on_line(line);
    calls_.finish(broken_ ? std::chrono::milliseconds(0) : grace);
}

void Server::Session::send(const Json& message) {
    const auto line = to_line(message);
    const std::scoped_lock lock(sending_);
    if (!broken_ && !send_(line)) broken_ = true;
}

void Server::Session::log(int level, const std::string& text) {
    if (level >= log_level_)
        tell("notifications/message", Json{{"level", levels[level]}, {"logger", "leaven"}, {"data", text}});
}

/// Nothing unasked before the client says that it is ready.
void Server::Session::tell(std::string_view what, Json params) {
    if (client_ready_) send(notification(what, std::move(params)));
}

void Server::Session::on_line(std::string_view line) {
    if (line.find_first_not_of(" \t") == std::string_view::npos) return;
    const auto message = parse_message(line);
    if (!message) return send(error_response(nullptr, message.error()));
    if (message->is_array()) return on_batch(*message);
    on_message(*message, [this](std::optional<Json> answer) {
        if (answer) send(*answer);
    });
}

void Server::Session::on_batch(const Json& messages) {
    const auto fault = !initialized_ || revision_ != Revision::march_2025
                           ? "batches are part of revision 2025-03-26 only"
                       : messages.empty()                ? "the batch is empty"
                       : messages.size() > most_in_batch ? "more than 100 messages in a batch"
                                                         : "";
    if (*fault != '\0') return send(error_response(nullptr, {Fault::invalid_request, fault}));
    const auto batch = std::make_shared<Batch>();
    batch->open = messages.size();
    for (const auto& message : messages)
        on_message(message, [this, batch](std::optional<Json> answer) {
            bool last = false;
            {
                const std::scoped_lock lock(batch->mutex);
                if (answer) batch->answers.push_back(*std::move(answer));
                last = --batch->open == 0;
            }
            if (last && !batch->answers.empty()) send(batch->answers);
        });
}

void Server::Session::on_message(const Json& message, const Reply& reply) {
    const auto invalid = [&](const Json& id, std::string why) {
        reply(error_response(id, {Fault::invalid_request, std::move(why)}));
    };
    if (!message.is_object()) return invalid(nullptr, "a message is an object");
    const auto id = message.value("id", Json());
    const auto known_id = is_id(id) ? id : Json();
    if (message.value("jsonrpc", Json()) != "2.0") return invalid(known_id, "jsonrpc is not \"2.0\"");
    const bool is_answer = !message.contains("method") && (message.contains("result") || message.contains("error"));
    if (is_answer) return reply(std::nullopt);  // this server asks nothing, so nothing is awaited
    const auto method = message.value("method", Json());
    if (!method.is_string()) return invalid(known_id, "method is not a text");
    const auto params = message.value("params", Json::object());
    if (!message.contains("id")) {
        if (params.is_object()) on_notification(method.get<std::string>(), params);
        return reply(std::nullopt);
    }
    if (!is_id(id)) return invalid(nullptr, "id is neither a text nor a whole number");
    if (!params.is_object()) return reply(error_response(id, {Fault::invalid_params, "params is not an object"}));
    on_request(method.get<std::string>(), id, params, reply);
}

void Server::Session::on_notification(const std::string& method, const Json& params) {
    if (method == "notifications/initialized") client_ready_ = initialized_.load();
    if (method != "notifications/cancelled") return;
    if (const auto id = params.value("requestId", Json()); is_id(id)) calls_.cancel(id.dump());
}

Server::Session::Method Server::Session::method_named(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Method>, 9> methods{{
        {"initialize", &Session::initialize},
        {"ping", &Session::ping},
        {"tools/list", &Session::list_tools},
        {"resources/list", &Session::list_resources},
        {"resources/templates/list", &Session::list_templates},
        {"resources/read", &Session::read_resource},
        {"prompts/list", &Session::list_prompts},
        {"prompts/get", &Session::get_prompt},
        {"logging/setLevel", &Session::set_level},
    }};
    const auto found = std::find_if(methods.begin(), methods.end(), [&](const auto& one) { return one.first == name; });
    return found == methods.end() ? nullptr : found->second;
}

void Server::Session::on_request(const std::string& method, const Json& id, const Json& params, const Reply& reply) {
    const auto work = method_named(method);
    const bool is_call = method == "tools/call";
    if (work == nullptr && !is_call)
        return reply(error_response(
            id, {Fault::method_not_found,
                 "there is no method " + Json(method).dump(-1, ' ', false, Json::error_handler_t::replace)}));
    if (!initialized_ && method != "initialize" && method != "ping")
        return reply(error_response(id, {Fault::invalid_request, "initialize comes first"}));
    if (is_call) return call_tool(id, params, reply);
    try {
        auto result = (this->*work)(params);
        reply(result ? response(id, *std::move(result)) : error_response(id, result.error()));
    } catch (const std::exception& fault) {
        reply(error_response(id, {Fault::internal_error, fault.what()}));
    }
}

Answered<Json> Server::Session::initialize(const Json& params) {
    const auto asked = params.value("protocolVersion", Json());
    if (!asked.is_string()) return refuse(Fault::invalid_params, "protocolVersion is not a text");
    if (initialized_.exchange(true)) return refuse(Fault::invalid_request, "initialized already");
    revision_ = revision_named(asked.get<std::string>()).value_or(Revision::june_2025);
    const auto none = Json::object();
    return Json{
        {"protocolVersion", name_of(revision_)},
        {"capabilities",
         Json{{"tools", none}, {"resources", Json{{"listChanged", true}}}, {"prompts", none}, {"logging", none}}},
        {"serverInfo", Json{{"name", "leaven"}, {"title", "Leaven 酵"}, {"version", version}}},
        {"instructions", instructions(options_.lang)}};
}

Answered<Json> Server::Session::ping(const Json&) { return Json::object(); }

Answered<Json> Server::Session::list_tools(const Json& params) {
    std::vector<Json> entries;
    for (const auto& operation : registry_) entries.push_back(tool_entry(operation, revision_, options_.lang));
    return page(params, "tools", entries);
}

Answered<Json> Server::Session::list_resources(const Json& params) {
    return page(params, "resources", resources_.list());
}

Answered<Json> Server::Session::list_templates(const Json& params) {
    return page(params, "resourceTemplates", resources_.templates());
}

Answered<Json> Server::Session::read_resource(const Json& params) {
    const auto uri = params.value("uri", Json());
    if (!uri.is_string()) return refuse(Fault::invalid_params, "uri is not a text");
    return resources_.read(uri.get<std::string>());
}

Answered<Json> Server::Session::list_prompts(const Json& params) {
    return page(params, "prompts", prompt_entries(options_.lang));
}

Answered<Json> Server::Session::get_prompt(const Json& params) { return prompt(params, options_.lang); }

Answered<Json> Server::Session::set_level(const Json& params) {
    const auto level = params.value("level", Json());
    const auto found = std::find_if(levels.begin(), levels.end(), [&](std::string_view name) { return level == name; });
    if (found == levels.end()) return refuse(Fault::invalid_params, "there is no such level");
    log_level_ = static_cast<int>(found - levels.begin());
    return Json::object();
}

void Server::Session::call_tool(const Json& id, const Json& params, const Reply& reply) {
    const auto refused = [&](Fault fault, std::string why) { reply(error_response(id, {fault, std::move(why)})); };
    const auto name = params.value("name", Json());
    const auto found = std::find_if(registry_.begin(), registry_.end(),
                                    [&](const Operation& operation) { return name == tool_name(operation); });
    if (found == registry_.end()) return refused(Fault::invalid_params, "there is no tool " + to_line(name));
    auto arguments = params.value("arguments", Json::object());
    if (!arguments.is_object()) return refused(Fault::invalid_params, "arguments is not an object");
    const auto meta = params.value("_meta", Json::object());
    const auto token = meta.is_object() ? meta.value("progressToken", Json()) : Json();
    if (!token.is_null() && !is_id(token))
        return refused(Fault::invalid_params, "progressToken is neither a text nor a whole number");

    const auto work = [this, id, operation = &*found, arguments = std::move(arguments), token](Context& context) {
        return response(id, run_tool(*operation, arguments, token, context));
    };
    switch (calls_.start(id.dump(), work, reply)) {
        case Calls::Start::started:
            return;
        case Calls::Start::in_use:
            return refused(Fault::invalid_request, "the id is that of a call that runs");
        case Calls::Start::busy:
            return refused(Fault::busy, fmt::format("{} calls run or wait already", options_.most_waiting));
    }
}

Json Server::Session::run_tool(const Operation& operation, Json arguments, const Json& progress_token,
                               Context& context) {
    const auto whole = arguments;
    auto lang = options_.lang;
    Result<Answer> answer = cancelled();
    try {
        const auto call = take_call_options(arguments);
        if (!call) return call_failure(call.error(), lang);
        call->apply(context, options_.lang);
        lang = call->language(options_.lang);
        if (auto status = access::check_paths(operation, arguments); !status) {
            log(warning_level, status.error().message.in(lang) + ": " + status.error().where);
            return call_failure(status.error(), lang);
        }
        log(info_level, tool_name(operation));
        if (!progress_token.is_null())
            context.on_progress(ProgressNotes(progress_token, lang, [this](const Json& note) { send(note); }));
        answer = operation.run(arguments, context);
        if (!answer) return call_failure(answer.error(), lang);
        return deliver(operation, arguments, *std::move(answer), lang);
    } catch (const std::exception& fault) {
        return call_failure(access::bug(fault.what()), lang);
    }
}

Json Server::Session::deliver(const Operation& operation, const Json& arguments, Answer answer, Lang lang) {
    auto whole = std::move(answer.result);
    for (const auto& list : answer.long_lists)
        for (std::size_t i = 0; i < list.size; ++i) whole[list.name].push_back(list.element(i));
    const auto result = localize(whole, lang);
    whole = {};
    auto shortened = shorten(result, options_.longest_result);
    const auto uri = resources_.keep(tool_name(operation), to_line(result), files_written(operation, arguments));
    tell("notifications/resources/list_changed", nullptr);
    return call_result({std::move(shortened.result), std::move(shortened.cut), answer.headline, uri}, revision_, lang);
}

}  // namespace leaven::mcp
