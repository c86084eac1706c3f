#include <algorithm>

#include <leaven/access/folders.hpp>
#include <leaven/access/message.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/op/answer.hpp>
#include <leaven/op/call_options.hpp>
#include <leaven/op/show.hpp>
#include <leaven/server/service.hpp>

#include "hosts.hpp"
#include "schemas.hpp"
#include "uploads.hpp"
#include "workbench.hpp"
#include "written.hpp"

namespace leaven::server {
namespace {

constexpr std::string_view api = "/api/v1/";

std::string to_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::bad_input:
            return 400;
        case ErrorCode::refused:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::infeasible:
            return 422;
        case ErrorCode::cancelled:
            return 503;
        case ErrorCode::bug:
            break;
    }
    return 500;
}

std::string_view path_of(const Request& request) {
    return std::string_view(request.target).substr(0, request.target.find('?'));
}

/// "policy match" of "/api/v1/policy/match".
const Operation* operation_at(const Registry& registry, std::string_view path) {
    const auto name = path.substr(api.size());
    const auto slash = name.find('/');
    return slash == std::string_view::npos ? find_operation(registry, "", name)
                                           : find_operation(registry, name.substr(0, slash), name.substr(slash + 1));
}

Error no_operation(const Registry& registry, std::string_view path) {
    std::vector<std::string> known;
    for (const auto& operation : registry)
        known.push_back(std::string(api) + (operation.module.empty() ? "" : operation.module + "/") + operation.verb);
    constexpr std::size_t longest = 200;
    const std::string shown(path.substr(0, longest));
    const auto near = nearest(shown, known);
    const auto hint = near.empty() ? std::string(api) + "openapi.json" : join(near, ", ");
    return not_found({"there is no such operation", "没有该操作"}).at(shown).advise({"{}", "{}"}, hint).error;
}

Result<Response> as_asked(const Operation& operation, const Answer& answer, const std::optional<std::string>& ending,
                          Lang lang) {
    if (ending) return written(operation, answer, *ending, lang);
    return Response{200, "application/json", show_json(answer, lang), {{"cache-control", "no-store"}}};
}

bool is_json(std::string_view content_type) {
    constexpr std::string_view json = "application/json";
    const auto type = content_type.substr(0, content_type.find_first_of("; \t"));
    return std::equal(type.begin(), type.end(), json.begin(), json.end(),
                      [](char a, char b) { return (a | 0x20) == (b | 0x20); });
}

}  // namespace

Service::Service(const Registry& registry, ServiceOptions options)
    : registry_(registry),
      options_(std::move(options)),
      openapi_(to_text(openapi(registry))),
      operations_(to_text(listed(registry))) {}

bool Service::is_call(const Request& request) { return request.method == "POST"; }

Lang Service::language_of(const Request& request) const {
    if (request.accept_language.starts_with("zh")) return Lang::zh;
    return request.accept_language.starts_with("en") ? Lang::en : options_.lang;
}

Response Service::refusal(int status, const Error& error, const Request& request) const {
    return {status,
            "application/json",
            to_text(Json{{"error", error_to_json(error, language_of(request))}}),
            {{"cache-control", "no-store"}}};
}

Response Service::answer(const Request& request, Context& context) const {
    const auto refuse = [&](int status, const Failure& why) { return refusal(status, why.error, request); };
    if (!is_own_host(request.host, options_.names))
        return refuse(
            421, failure(ErrorCode::refused, {"this server is not called so", "本服务器并非此名称"})
                     .at("Host")
                     .advise({"use its address, or start it with --name", "请使用其地址，或以 --name 启动服务器"}));
    if (!is_own_origin(request.origin, request.host))
        return refuse(403, failure(ErrorCode::refused, {"a page of another server asks", "请求来自其他服务器的页面"})
                               .at("Origin")
                               .advise({"open the page at this server", "请在本服务器上打开页面"}));
    const auto path = path_of(request);
    if (request.method == "GET" || request.method == "HEAD") return get(request, path);
    const auto* operation = path.starts_with(api) ? operation_at(registry_, path) : nullptr;
    if (request.method == "POST" && operation != nullptr) return call(*operation, request, context);
    if (request.method == "POST") return refusal(404, no_operation(registry_, path), request);
    auto response = refuse(405, bad_input({"no such method here", "此处不支持该方法"})
                                    .at("method")
                                    .advise({"GET or POST", "请使用 GET 或 POST"}));
    response.headers.emplace_back("allow", operation != nullptr ? "POST" : "GET, HEAD");
    return response;
}

Response Service::get(const Request& request, std::string_view path) const {
    const std::vector<std::pair<std::string, std::string>> fresh{{"cache-control", "no-cache"}};
    if (path == "/api/v1/openapi.json") return {200, "application/json", openapi_, fresh};
    if (path == "/api/v1/operations") return {200, "application/json", operations_, fresh};
    if (path.starts_with(api)) {
        if (operation_at(registry_, path) == nullptr) return refusal(404, no_operation(registry_, path), request);
        auto response = refusal(
            405, bad_input({"an operation is asked with POST", "操作须以 POST 调用"}).at("method").error, request);
        response.headers.emplace_back("allow", "POST");
        return response;
    }
    if (path.starts_with('/'))
        if (auto file = workbench_file(path, language_of(request))) return *std::move(file);
    return refusal(404, not_found({"there is nothing here", "此处没有内容"}).advise({"open /", "请打开 /"}).error,
                   request);
}

Response Service::call(const Operation& operation, const Request& request, Context& context) const {
    auto lang = language_of(request);
    const auto failed = [&](const Error& error, int status) {
        return Response{status,
                        "application/json",
                        to_text(Json{{"error", error_to_json(error, lang)}}),
                        {{"cache-control", "no-store"}}};
    };
    if (!is_json(request.content_type))
        return failed(bad_input({"the parameters are not JSON", "参数不是 JSON"})
                          .at("Content-Type")
                          .advise({"send application/json", "请发送 application/json"})
                          .error,
                      415);
    auto parameters = access::parse_json(request.body.empty() ? "{}" : std::string_view(request.body));
    if (!parameters || !parameters->is_object()) {
        const bool deep = !parameters && parameters.error() == access::JsonFault::too_deep;
        return failed((deep ? bad_input({"nested deeper than 100", "嵌套超过 100 层"})
                            : bad_input({"the body is not one JSON object in UTF-8", "正文不是一个 UTF-8 JSON 对象"}))
                          .at("body")
                          .error,
                      400);
    }
    const auto ending = wanted_ending(request.target);
    Uploads uploads(options_.uploads);
    try {
        auto status = ending ? check_ending(operation, *ending) : Status();
        if (status) status = uploads.take(operation, *parameters);
        const auto answer = status ? run(operation, *parameters, context, lang) : Result<Answer>(pass(status));
        auto response = answer ? as_asked(operation, *answer, ending, lang) : Result<Response>(pass(answer));
        if (!response) {
            auto error = response.error();
            for (auto* text : {&error.message.en, &error.message.zh, &error.where, &error.hint.en, &error.hint.zh})
                *text = uploads.by_their_names(*text);
            return failed(error, status_of(error.code));
        }
        response->body = uploads.by_their_names(std::move(response->body));
        if (!answer->solved)
            response->headers.emplace_back("leaven-status", std::to_string(static_cast<int>(answer->unsolved)));
        return *std::move(response);
    } catch (const std::exception& fault) {
        return failed(access::bug(fault.what()), 500);
    }
}

Result<Answer> Service::run(const Operation& operation, Json& parameters, Context& context, Lang& lang) {
    const auto call = take_call_options(parameters);
    if (!call) return pass(call);
    lang = call->language(lang);
    call->apply(context, lang);
    if (auto status = access::check_paths(operation, parameters); !status) return pass(status);
    return operation.run(parameters, context);
}

}  // namespace leaven::server
