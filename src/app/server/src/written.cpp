#include "written.hpp"

#include <algorithm>
#include <array>

#include <leaven/op/answer.hpp>
#include <leaven/op/show.hpp>

namespace leaven::server {
namespace {

std::string_view media_type(std::string_view ending) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> types{{
        {".json", "application/json"},
        {".csv", "text/csv; charset=utf-8"},
        {".tsv", "text/tab-separated-values; charset=utf-8"},
        {".html", "text/html; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".xml", "application/xml"},
        {".gz", "application/gzip"},
    }};
    for (const auto& [end, type] : types)
        if (ending.ends_with(end)) return type;
    return "text/plain; charset=utf-8";
}

}  // namespace

std::optional<std::string> wanted_ending(std::string_view target) {
    const auto query = target.find('?');
    if (query == std::string_view::npos) return std::nullopt;
    constexpr std::string_view name = "as=";
    for (auto rest = target.substr(query + 1); !rest.empty();) {
        const auto one = rest.substr(0, rest.find('&'));
        if (one.starts_with(name)) return "." + std::string(one.substr(name.size()));
        rest = one.size() == rest.size() ? std::string_view() : rest.substr(one.size() + 1);
    }
    return std::nullopt;
}

Status check_ending(const Operation& operation, std::string_view ending) {
    if (can_write(operation, ending)) return {};
    constexpr std::size_t longest = 40;
    auto known = fmt::format("json csv tsv html {}", operation.endings);
    std::replace(known.begin(), known.end(), '|', ' ');
    std::erase(known, '.');
    return bad_input({"no way to write \"{}\"", "无法写成“{}”"}, ending.substr(0, longest))
        .at("as")
        .advise({"one of {}", "可选 {}"}, known);
}

Result<Response> written(const Operation& operation, const Answer& answer, std::string_view ending, Lang lang) {
    auto content = written_as(operation, answer, ending, lang);
    if (!content) return pass(content);
    // A page of ours on its own: no script, nothing from elsewhere.
    return Response{200,
                    std::string(media_type(ending)),
                    *std::move(content),
                    {{"cache-control", "no-store"},
                     {"content-security-policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'"}}};
}

}  // namespace leaven::server
