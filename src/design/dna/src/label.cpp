#include "label.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

#include <fmt/core.h>

namespace leaven::dna {
namespace {

std::string trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\"'");
    if (begin == std::string_view::npos) return {};
    return std::string(text.substr(begin, text.find_last_not_of(" \t\"'") - begin + 1));
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at <= text.size();) {
        const auto end = std::min(text.find(separator, at), text.size());
        out.push_back(trimmed(text.substr(at, end - at)));
        at = end + 1;
    }
    return out;
}

/// "40%" is 0.4. NaN where the text is no number.
double share(const std::string& text) {
    char* rest = nullptr;
    const double value = std::strtod(text.c_str(), &rest);
    const auto unit = trimmed(rest);
    if (rest == text.c_str() || (!unit.empty() && unit != "%")) return std::numeric_limits<double>::quiet_NaN();
    return unit == "%" || value > 1 ? value / 100 : value;
}

Label parse(const std::string& text) {
    Label label{.text = text, .objective = text.front() == '~'};
    const auto open = std::min(text.find('('), text.size());
    for (const char c : trimmed(std::string_view(text).substr(1, open - 1)))
        label.name.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c));
    const auto close = text.rfind(')');
    if (open == text.size() || close == std::string::npos || close < open) return label;
    for (const auto& part : parts_of(std::string_view(text).substr(open + 1, close - open - 1), ',')) {
        const auto equals = std::min(part.find_first_of("=:"), part.size());
        if (equals == part.size())
            label.arguments.emplace_back("", part);
        else
            label.arguments.emplace_back(trimmed(part.substr(0, equals)), trimmed(part.substr(equals + 1)));
    }
    return label;
}

}  // namespace

bool Label::is(std::initializer_list<std::string_view> names) const {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string Label::word(std::string_view argument) const {
    for (const auto& [key, value] : arguments)
        if (key == argument) return value;
    for (const auto& [key, value] : arguments)
        if (key.empty()) return value;
    return {};
}

Status Label::read(std::string_view argument, std::int64_t& number, const std::string& where) const {
    for (const auto& [key, value] : arguments) {
        if (key != argument && (!key.empty() || argument == "window")) continue;
        const auto* end = value.data() + value.size();
        const auto read = std::from_chars(value.data(), end, number);
        if (read.ec == std::errc() && read.ptr == end) return {};
        return bad_input({"\"{}\" is not a whole number", "“{}”不是整数"}, value)
            .at(fmt::format("{}: {}", where, text))
            .advise({"write {}=N", "请写作 {}=N"}, argument);
    }
    return {};
}

std::string Label::pattern() const {
    auto typed = word("pattern");
    if (typed.ends_with("_site")) typed.resize(typed.size() - 5);
    const auto times = typed.find('x');
    if (times == std::string::npos || times + 2 != typed.size()) return typed;
    const auto count = std::strtol(typed.c_str(), nullptr, 10);
    return count > 0 && count < 1000 ? std::string(static_cast<std::size_t>(count), typed.back()) : typed;
}

std::pair<double, double> Label::range() const {
    double least = 0;
    double most = 1;
    for (const auto& [key, value] : arguments) {
        if (key == "mini") least = share(value);
        if (key == "maxi") most = share(value);
        if (key == "target") least = most = share(value);
        if (!key.empty()) continue;
        const auto dash = value.find('-');
        const bool percent = value.find('%') != std::string::npos;
        const auto part = [&](const std::string& word) {
            return share(percent && !word.ends_with('%') ? word + "%" : word);
        };
        least = part(value.substr(0, dash));
        most = dash == std::string::npos ? least : part(value.substr(dash + 1));
    }
    return {least, most};
}

std::vector<Label> labels_of(const seq::Feature& feature) {
    std::vector<Label> labels;
    for (const auto& qualifier : feature.qualifiers) {
        if (qualifier.name != "label" && qualifier.name != "note") continue;
        for (const auto& part : parts_of(qualifier.value, '&'))
            if (part.size() > 1 && (part.front() == '@' || part.front() == '~')) labels.push_back(parse(part));
        if (!labels.empty()) break;
    }
    return labels;
}

}  // namespace leaven::dna
