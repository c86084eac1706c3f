// The registry over HTTP, without the network: a request as plain data in, a response as plain data out.
//
//     GET  /                          the workbench
//     GET  /api/v1/openapi.json       OpenAPI 3.1, from the declarations
//     GET  /api/v1/operations         what each operation takes and gives, as JSON Schema
//     POST /api/v1/MODULE/VERB        parameters as one JSON object; the answer is that of `leaven MODULE VERB --json`
//                                 ?as=csv: the file that `--out NAME.csv` writes; tsv, html, svg and so on likewise
//
// Status  200 a result; 400 bad_input, 403 refused, 404 not_found, 422 infeasible, 500 bug, 503 cancelled: an error
//         {"error": {code, message, where, hint}}. A result that the command line would print with exit status N has
//         the header `leaven-status: N`.
// Threads a Service does not change: any number of threads may ask it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <leaven/op/answer.hpp>
#include <leaven/op/operation.hpp>

namespace leaven::server {

struct Request {
    std::string method;
    std::string target;
    std::string host;             // of the header; empty where there is none
    std::string origin;           // likewise
    std::string content_type;     // likewise
    std::string accept_language;  // likewise
    std::string body;
};

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};
};

struct ServiceOptions {
    Lang lang = Lang::en;                 // where a request asks for none
    std::vector<std::string> names = {};  // that the Host header may give besides localhost and addresses
    std::filesystem::path uploads = {};   // files that come with a call lie here while it runs; empty: none may come
};

class Service {
public:
    /// The registry must outlive the service.
    Service(const Registry& registry, ServiceOptions options);

    /// `context` stops the operation; its threads, seed and language are set by the call.
    [[nodiscard]] Response answer(const Request& request, Context& context) const;

    /// Does it run an operation, which may take long?
    [[nodiscard]] static bool is_call(const Request& request);

    [[nodiscard]] Response refusal(int status, const Error& error, const Request& request) const;

private:
    [[nodiscard]] Response get(const Request& request, std::string_view path) const;
    [[nodiscard]] Response call(const Operation& operation, const Request& request, Context& context) const;
    [[nodiscard]] static Result<Answer> run(const Operation& operation, Json& parameters, Context& context, Lang& lang);
    [[nodiscard]] Lang language_of(const Request& request) const;

    const Registry& registry_;
    ServiceOptions options_;
    std::string openapi_;
    std::string operations_;
};

}  // namespace leaven::server
