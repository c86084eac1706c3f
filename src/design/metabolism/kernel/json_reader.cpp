#include "json_reader.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "model_events.hpp"
#include "number.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

/// The parser's events, passed on.
class Events : public nlohmann::json_sax<nlohmann::json> {
public:
    Events(std::string_view text, const std::string& name, StopFlag stop)
        : model(name, stop), text_(text), name_(name) {}

    ModelEvents model;

    bool null() override { return model.scalar({}); }
    bool boolean(bool value) override { return model.scalar({Scalar::Kind::boolean, value ? 1.0 : 0.0, {}}); }
    bool number_integer(number_integer_t value) override { return integer(value); }
    bool number_unsigned(number_unsigned_t value) override { return integer(value); }
    bool number_float(number_float_t value, const string_t&) override { return number(value); }
    bool string(string_t& value) override { return model.scalar({Scalar::Kind::text, 0, std::move(value)}); }
    bool binary(binary_t&) override { return model.scalar({}); }
    bool key(string_t& value) override { return model.key(std::move(value)); }
    bool start_object(std::size_t) override { return model.open(true); }
    bool start_array(std::size_t) override { return model.open(false); }
    bool end_object() override { return model.close(); }
    bool end_array() override { return model.close(); }

    bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& fault) override;

private:
    bool number(double value) { return model.scalar({Scalar::Kind::number, value, {}}); }
    /// Where text is wanted, such as an identifier, every digit stands.
    bool integer(auto value) {
        return model.scalar({Scalar::Kind::number, static_cast<double>(value), std::to_string(value)});
    }

    std::string_view text_;
    const std::string& name_;
};

bool Events::parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& fault) {
    const auto before = text_.substr(0, position == 0 ? 0 : position - 1);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto column = before.size() - (before.rfind('\n') + 1) + 1;  // npos + 1 is 0
    const bool ended = std::string_view(fault.what()).find("unexpected end of input") != std::string_view::npos;
    constexpr std::size_t shown = 60;
    const auto near = xml_text(std::string_view(token).substr(token.size() - std::min(shown, token.size())));
    return model.fail(
        bad_input(ended ? Doc{"the JSON ends before it is complete", "JSON 未写完即结束"}
                        : Doc{"the JSON is broken at {}", "JSON 在 {} 处有误"},
                  near)
            .advise({"correct the file at this place, or fetch it again", "请在此处更正文件，或重新获取"}),
        fmt::format("{}, line {}, column {}", name_, line, column));
}

/// `text` with the words Infinity and NaN, which JSON does not have, as texts of the same length: places stay true.
std::string without_bare_words(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> words{
        {{"-Infinity", "\"-inf\"   "}, {"Infinity", "\"inf\"   "}, {"NaN", "\"?\""}}};
    std::string out;
    out.reserve(text.size());
    bool inside_text = false;
    while (out.size() < text.size()) {
        const auto rest = text.substr(out.size());
        const auto word =
            std::find_if(words.begin(), words.end(), [&](const auto& w) { return rest.starts_with(w.first); });
        if (!inside_text && word != words.end()) {
            out += word->second;
            continue;
        }
        const bool escaped = inside_text && rest[0] == '\\' && rest.size() > 1;
        if (rest[0] == '"') inside_text = !inside_text;
        out += rest.substr(0, escaped ? 2 : 1);
    }
    return out;
}

}  // namespace

Result<Model> read_bigg_json(std::string_view text, const std::string& name, StopFlag stop) {
    const bool odd = text.find("Infinity") != std::string_view::npos || text.find("NaN") != std::string_view::npos;
    const auto plain = odd ? without_bare_words(text) : std::string();
    Events events(text, name, stop);
    if (!nlohmann::json::sax_parse(odd ? std::string_view(plain) : text, &events))
        return tl::unexpected(*std::move(events.model.error));
    events.model.raw.model.format = "BiGG JSON";
    return assemble(std::move(events.model.raw), name);
}

}  // namespace leaven::metabolism
