#include "workbench.hpp"

#include <algorithm>
#include <array>

#include <leaven/core/embedded.hpp>
#include <leaven/core/version.hpp>

namespace leaven {
std::span<const EmbeddedFile> embedded_workbench();
}

namespace leaven::server {
namespace {

/// Nothing from elsewhere, no script but our files.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view type_of(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> types{{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".svg", "image/svg+xml"},
    }};
    for (const auto& [ending, type] : types)
        if (name.ends_with(ending)) return type;
    return "application/octet-stream";
}

Response page(std::string_view name, std::string body) {
    Response response{200, std::string(type_of(name)), std::move(body)};
    response.headers = {
        {"content-security-policy", std::string(policy)},
        // Names of assets hold a hash of what is in them.
        {"cache-control", name.starts_with("assets/") ? "public, max-age=31536000, immutable" : "no-cache"}};
    return response;
}

/// Where the program was built without the workbench.
std::string plain_page(Lang lang) {
    constexpr Doc words{
        "<h1>Leaven</h1>\n<p>The operations are served here: <a href=\"/api/v1/openapi.json\">openapi.json</a>.</p>\n"
        "<p>This program was built without the workbench. To have it, install Node.js with npm and run "
        "<code>./run web</code> in the source folder.</p>\n",
        "<h1>Leaven 酵</h1>\n<p>各操作已在此提供：<a href=\"/api/v1/openapi.json\">openapi.json</a>。</p>\n"
        "<p>本程序构建时未包含工作台。如需工作台，请安装 Node.js 与 npm，在源码文件夹中运行 "
        "<code>./run web</code>。</p>\n"};
    return fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>Leaven {}</title></head>\n<body>\n<main>\n{}</main>\n"
        "</body>\n</html>\n",
        lang == Lang::zh ? "zh-Hans" : "en", version, words.in(lang));
}

}  // namespace

std::optional<Response> workbench_file(std::string_view path, Lang lang) {
    const auto files = embedded_workbench();
    const auto name = path == "/" ? std::string_view("index.html") : path.substr(1);
    const auto found = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.name == name; });
    if (found != files.end()) return page(name, std::string(found->bytes));
    if (path == "/") return page(name, plain_page(lang));
    return std::nullopt;
}

}  // namespace leaven::server
