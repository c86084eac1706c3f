#include <algorithm>
#include <charconv>

#include <leaven/seq/edit.hpp>

namespace leaven::seq {
namespace {

Failure malformed(std::string_view text) {
    return bad_input({"\"{}\" is not an edit", "“{}”不是有效的编辑"}, text)
        .at(std::string(text))
        .advise(
            {"write rotate:501, reverse, circularise, linearise, delete:10..20, insert:10:ACGT or replace:10..20:ACGT",
             "请写作 rotate:501、reverse、circularise、linearise、delete:10..20、insert:10:ACGT 或 "
             "replace:10..20:ACGT"});
}

bool take_number(std::string_view& text, std::int64_t& out) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc() || out < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

bool take_range(std::string_view& text, Edit& edit) {
    if (!take_number(text, edit.first)) return false;
    edit.last = edit.first;
    return !take(text, "..") || take_number(text, edit.last);
}

bool take_letters(std::string_view& text, Edit& edit) {
    if (!take(text, ":") || text.empty() || !std::all_of(text.begin(), text.end(), is_nucleotide)) return false;
    edit.letters = text;
    for (auto& c : edit.letters) c = static_cast<char>(c & ~0x20);
    text = {};
    return true;
}

}  // namespace

Result<Edit> parse_edit(std::string_view text) {
    Edit edit;
    auto rest = text;
    bool sound = true;
    if (take(rest, "rotate:")) {
        edit.kind = Edit::Kind::rotate;
        sound = take_number(rest, edit.first);
    } else if (take(rest, "delete:")) {
        edit.kind = Edit::Kind::remove;
        sound = take_range(rest, edit);
    } else if (take(rest, "insert:")) {
        edit.kind = Edit::Kind::insert;
        sound = take_number(rest, edit.first) && take_letters(rest, edit);
    } else if (take(rest, "replace:")) {
        edit.kind = Edit::Kind::replace;
        sound = take_range(rest, edit) && take_letters(rest, edit);
    } else if (take(rest, "reverse")) {
        edit.kind = Edit::Kind::reverse;
    } else if (take(rest, "circularise") || take(rest, "circularize")) {
        edit.kind = Edit::Kind::circularise;
    } else if (take(rest, "linearise") || take(rest, "linearize")) {
        edit.kind = Edit::Kind::linearise;
    } else {
        sound = false;
    }
    if (!sound || !rest.empty()) return malformed(text);
    return edit;
}

}  // namespace leaven::seq
