#include <algorithm>
#include <charconv>

#include <leaven/dna/genome_edit.hpp>

namespace leaven::dna {
namespace {

struct Range {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// "100..200" or "100".
std::optional<Range> range_of(std::string_view text) {
    const auto number = [](std::string_view digits) -> std::optional<std::int64_t> {
        std::int64_t value = 0;
        const auto* end = digits.data() + digits.size();
        const auto parsed = std::from_chars(digits.data(), end, value);
        if (digits.empty() || parsed.ec != std::errc() || parsed.ptr != end || value < 0) return std::nullopt;
        return value;
    };
    const auto dots = text.find("..");
    const auto first = number(text.substr(0, dots));
    const auto last = dots == std::string_view::npos ? first : number(text.substr(dots + 2));
    if (!first || !last) return std::nullopt;
    return Range{*first, *last};
}

Failure no_edit(std::string_view text) {
    return bad_input({"\"{}\" is no edit", "“{}”不是编辑"}, text)
        .at(std::string(text))
        .advise({"write delete:thrB, delete:100..200, replace:thrA[100..102]:GCT or insert:5000:FILE",
                 "请写成 delete:thrB、delete:100..200、replace:thrA[100..102]:GCT 或 insert:5000:FILE"});
}

/// Text up to the next colon, which is taken off with it.
std::string_view take(std::string_view& rest) {
    const auto colon = rest.find(':');
    const auto word = rest.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    return word;
}

/// "thrA", "thrA[100..102]", "100..200".
bool read_target(std::string_view word, TypedEdit& edit) {
    if (word.empty()) return false;
    auto range = range_of(word);
    if (!range && word.back() == ']') {
        const auto bracket = word.find('[');
        if (bracket == std::string_view::npos || bracket == 0) return false;
        range = range_of(word.substr(bracket + 1, word.size() - bracket - 2));
        if (!range || range->first < 1) return false;  // 0 stands for the whole gene
        edit.gene = word.substr(0, bracket);
    } else if (!range) {
        edit.gene = word;
        return true;
    }
    edit.first = range->first;
    edit.last = range->last;
    return true;
}

}  // namespace

Result<TypedEdit> parse_genome_edit(std::string_view text) {
    TypedEdit edit{.text = std::string(text)};
    auto rest = text;
    const auto verb = take(rest);
    if (verb == "replace")
        edit.kind = TypedEdit::Kind::replace;
    else if (verb == "insert")
        edit.kind = TypedEdit::Kind::insert;
    else if (verb != "delete")
        return no_edit(text);
    auto target = take(rest);
    if (!range_of(target) && !rest.empty()) {
        auto after = rest;
        if (range_of(take(after))) {  // a record before positions
            edit.contig = target;
            target = take(rest);
        }
    }
    if (!read_target(target, edit)) return no_edit(text);
    const bool takes_bases = edit.kind != TypedEdit::Kind::remove;
    if (takes_bases == rest.empty()) return no_edit(text);
    const bool one_place = edit.first == edit.last && target.find("..") == std::string_view::npos;
    if (edit.kind == TypedEdit::Kind::insert && (!one_place || (!edit.gene.empty() && target.back() != ']')))
        return no_edit(text);
    edit.bases = rest;
    return edit;
}

}  // namespace leaven::dna
