#include "resources.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include <leaven/core/embedded.hpp>
#include <leaven/core/file.hpp>
#include <leaven/op/json.hpp>
#include <leaven/op/reference.hpp>

namespace leaven {

/// The user guide in both languages.
std::span<const EmbeddedFile> embedded_guide();

}  // namespace leaven

namespace leaven::mcp {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_kept_bytes = std::size_t{256} << 20;
constexpr std::uintmax_t largest_file = std::uintmax_t{64} << 20;

std::string page_name(const Operation& operation) {
    return operation.module.empty() ? operation.verb : operation.module + "-" + operation.verb;
}

std::string_view code_of(Lang lang) { return lang == Lang::zh ? "zh" : "en"; }

std::string file_uri(const fs::path& path) {
    std::string uri = "file://";
    for (const char c : path.string()) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view("/-._~").find(c) != std::string_view::npos;
        uri += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

std::string mime_type(const fs::path& path) {
    static const std::map<std::string, std::string, std::less<>> types{
        {".json", "application/json"}, {".html", "text/html"},       {".tsv", "text/tab-separated-values"},
        {".csv", "text/csv"},          {".svg", "image/svg+xml"},    {".xml", "application/xml"},
        {".toml", "application/toml"}, {".gb", "chemical/x-genbank"}};
    const auto found = types.find(path.extension().string());
    return found == types.end() ? "text/plain" : found->second;
}

Json text_contents(const std::string& uri, const std::string& type, std::string text) {
    return Json{{"contents", Json::array({Json{{"uri", uri}, {"mimeType", type}, {"text", std::move(text)}}})}};
}

tl::unexpected<Refusal> no_such(const std::string& uri) {
    return refuse(Fault::resource_not_found, "there is no such resource", Json{{"uri", uri}});
}

/// "first=100&count=50"
std::size_t number_in(std::string_view query, std::string_view name, std::size_t otherwise) {
    const auto at = query.find(fmt::format("{}=", name));
    if (at == std::string_view::npos) return otherwise;
    const auto* begin = query.data() + at + name.size() + 1;
    std::size_t value = otherwise;
    std::from_chars(begin, query.data() + query.size(), value);
    return value;
}

/// UTF-8 throughout: replacing what is not would make it longer than leaving it out.
bool is_text(const std::string& bytes) {
    const Json text(bytes);
    return bytes.find('\0') == std::string::npos && text.dump(-1, ' ', false, Json::error_handler_t::replace).size() ==
                                                        text.dump(-1, ' ', false, Json::error_handler_t::ignore).size();
}

std::string base64(const std::string& bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k) out += i + k <= bytes.size() ? letters[three >> (18 - 6 * k) & 63U] : '=';
    }
    return out;
}

}  // namespace

std::string Resources::keep(const std::string& tool, std::string json, std::vector<fs::path> files) {
    const std::scoped_lock lock(mutex_);
    bytes_ += json.size();
    results_.push_back({fmt::format("leaven://results/{}", next_++), tool, std::move(json), std::move(files)});
    while (results_.size() > 1 && (results_.size() > kept_ || bytes_ > most_kept_bytes)) {
        bytes_ -= results_.front().json.size();
        results_.pop_front();
    }
    return results_.back().uri;
}

std::vector<Json> Resources::list() const {
    std::vector<Json> entries;
    const auto add = [&](const std::string& uri, const std::string& name, std::string_view about,
                         const std::string& type) {
        entries.push_back(Json{{"uri", uri}, {"name", name}, {"description", about}, {"mimeType", type}});
    };
    add("leaven://guide/en", "guide", "User guide of Leaven: from a product to a strain design", "text/markdown");
    add("leaven://guide/zh", "guide-zh", "Leaven 用户指南：从产物到菌株设计", "text/markdown");
    for (const auto& operation : registry_)
        add(fmt::format("leaven://reference/{}/{}", code_of(lang_), page_name(operation)),
            "reference-" + page_name(operation), operation.doc.in(lang_), "text/markdown");
    const std::scoped_lock lock(mutex_);
    for (const auto& kept : results_) {
        const auto about = text({"Result of {}", "{} 的结果"}, kept.tool);
        add(kept.uri, "result-" + kept.uri.substr(kept.uri.rfind('/') + 1), about.in(lang_), "application/json");
        for (const auto& file : kept.files)
            add(file_uri(file), file.filename().string(), about.in(lang_), mime_type(file));
    }
    return entries;
}

std::vector<Json> Resources::templates() const {
    const auto entry = [&](std::string_view uri, std::string_view name, Doc about, std::string_view type) {
        return Json{{"uriTemplate", uri}, {"name", name}, {"description", about.in(lang_)}, {"mimeType", type}};
    };
    return {entry("leaven://reference/{lang}/{operation}", "reference",
                  {"Reference page of an operation, lang en or zh", "操作的参考页，lang 为 en 或 zh"}, "text/markdown"),
            entry("leaven://results/{number}/{list}{?first,count}", "rows",
                  {"Rows of one list of a result", "结果中某个列表的若干行"}, "application/json")};
}

Answered<Json> Resources::read(const std::string& uri) const {
    const std::string_view scheme = "leaven://";
    if (uri.starts_with("file://")) return read_written(uri);
    if (!uri.starts_with(scheme)) return no_such(uri);
    const auto path = std::string_view(uri).substr(scheme.size());
    if (path == "guide/en" || path == "guide/zh") {
        const auto wanted = path == "guide/en" ? "guide.md" : "guide.zh.md";
        for (const auto& file : embedded_guide())
            if (file.name == wanted) return text_contents(uri, "text/markdown", std::string(file.bytes));
    }
    if (path.starts_with("reference/")) return read_reference(uri, path.substr(10));
    if (path.starts_with("results/")) return read_result(uri);
    return no_such(uri);
}

Answered<Json> Resources::read_reference(const std::string& uri, std::string_view path) const {
    for (const auto lang : {Lang::en, Lang::zh})
        for (const auto& operation : registry_)
            if (path == fmt::format("{}/{}", code_of(lang), page_name(operation)))
                return text_contents(uri, "text/markdown", reference_page(operation, {}, lang));
    return no_such(uri);
}

Answered<Json> Resources::read_result(const std::string& uri) const {
    const std::scoped_lock lock(mutex_);
    for (const auto& kept : results_) {
        if (uri == kept.uri) return text_contents(uri, "application/json", kept.json);
        if (!uri.starts_with(kept.uri + "/")) continue;
        const auto rest = std::string_view(uri).substr(kept.uri.size() + 1);
        const auto mark = rest.find('?');
        const auto query = mark == std::string_view::npos ? std::string_view() : rest.substr(mark + 1);
        const auto whole = parse_json_or_nothing(kept.json);
        const auto member = whole.find(std::string(rest.substr(0, mark)));
        if (member == whole.end() || !member->is_array()) return no_such(uri);
        const auto first = std::min(number_in(query, "first", 0), member->size());
        const auto count = std::min(number_in(query, "count", 100), member->size() - first);
        auto rows = Json::array();
        for (std::size_t i = first; i < first + count; ++i) rows.push_back((*member)[i]);
        return text_contents(uri, "application/json",
                             to_line(Json{{"first", first}, {"of", member->size()}, {"rows", std::move(rows)}}));
    }
    return no_such(uri);
}

Answered<Json> Resources::read_written(const std::string& uri) const {
    fs::path path;
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& kept : results_)
            for (const auto& file : kept.files)
                if (file_uri(file) == uri) path = file;
    }
    if (path.empty()) return no_such(uri);
    const auto bytes = read_file(path, largest_file);
    if (!bytes) return refuse(Fault::resource_not_found, bytes.error().message.en, Json{{"uri", uri}});
    if (is_text(*bytes)) return text_contents(uri, mime_type(path), *bytes);
    return Json{{"contents", Json::array({Json{
                                 {"uri", uri}, {"mimeType", "application/octet-stream"}, {"blob", base64(*bytes)}}})}};
}

std::vector<fs::path> files_written(const Operation& operation, const Json& arguments) {
    constexpr std::size_t most = 100;
    std::vector<fs::path> files;
    for (const auto& info : operation.parameters) {
        const auto found = arguments.find(std::string(info.field.name));
        if (info.field.format != "folder" || found == arguments.end() || !found->is_string()) continue;
        std::error_code code;
        const auto folder = fs::absolute(found->get<std::string>(), code).lexically_normal();
        for (fs::directory_iterator entry(folder, code), end; !code && entry != end && files.size() < most;
             entry.increment(code))
            if (entry->is_regular_file(code) && !entry->is_symlink(code)) files.push_back(entry->path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace leaven::mcp
