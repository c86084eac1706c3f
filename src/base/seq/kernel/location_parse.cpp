#include <charconv>

#include <leaven/seq/location.hpp>

#include "lines.hpp"

namespace leaven::seq {
namespace {

using Kind = Location::Kind;

constexpr std::int64_t furthest = std::int64_t{1} << 50;
constexpr int deepest_location = 64;
constexpr std::size_t most_parts = 1'000'000;

struct Position {
    std::int64_t at = 0;  // 1-based
    char mark = '\0';
};

/// Recursive descent over the text without blanks.
class LocationParser {
public:
    LocationParser(std::string_view text, std::int64_t length, Topology topology, bool anywhere)
        : text_(text), length_(length), topology_(topology), anywhere_(anywhere) {}

    Result<Location> parse() {
        auto location = expression(0);
        if (location && at_ != text_.size()) return malformed();
        return location;
    }

private:
    Failure malformed() const {
        return bad_input({"this is not a location, from \"{}\" on", "自“{}”起不是有效的位置"},
                         text_.substr(std::min(at_, text_.size()), 20))
            .at(std::string(text_.substr(0, 60)))
            .advise({"write it as in GenBank: 10..20, complement(10..20), join(1..5,8..12), 7, 20^21",
                     "请按 GenBank 语法书写：10..20、complement(10..20)、join(1..5,8..12)、7、20^21"});
    }
    Failure outside(std::int64_t position) const {
        return bad_input({"position {} lies outside the record of {} bases", "位置 {} 超出长度为 {} 的记录"}, position,
                         length_)
            .at(std::string(text_.substr(0, 60)))
            .advise({"positions run from 1 to {}; correct the location or the length",
                     "位置应在 1 到 {} 之间；请改正位置或长度"},
                    length_);
    }

    bool take(std::string_view word) {
        if (text_.substr(at_, word.size()) != word) return false;
        at_ += word.size();
        return true;
    }

    Result<Location> expression(int depth) {
        if (depth > deepest_location) return malformed();
        constexpr std::pair<std::string_view, Kind> names[] = {
            {"complement(", Kind::complement}, {"join(", Kind::join}, {"order(", Kind::order}, {"bond(", Kind::bond}};
        for (const auto& [word, kind] : names)
            if (take(word)) return compound(kind, depth);
        return span();
    }

    Result<Location> compound(Kind kind, int depth) {
        Location location{.kind = kind};
        do {
            auto part = expression(depth + 1);
            if (!part) return part;
            if (++parts_ > most_parts) return malformed();
            location.parts.push_back(*std::move(part));
        } while (kind != Kind::complement && take(","));
        if (!take(")")) return malformed();
        return location;
    }

    bool position(Position& out) {
        if (at_ < text_.size() && (text_[at_] == '<' || text_[at_] == '>')) out.mark = text_[at_++];
        const auto* begin = text_.data() + at_;
        const auto [end, code] = std::from_chars(begin, text_.data() + text_.size(), out.at);
        if (code != std::errc() || out.at < 0) return false;
        at_ += static_cast<std::size_t>(end - begin);
        // "687..3158>" is written by some programs.
        if (out.mark == '\0' && at_ < text_.size() && (text_[at_] == '<' || text_[at_] == '>')) out.mark = text_[at_++];
        return true;
    }

    /// "J00194.1:" before a position.
    void accession(Location& location) {
        const auto colon = text_.find(':', at_);
        if (colon == std::string_view::npos || text_.find_first_of(",()", at_) < colon) return;
        location.remote = text_.substr(at_, colon - at_);
        at_ = colon + 1;
    }

    Result<Location> span() {
        Location location;
        accession(location);
        if (take("(")) return within(std::move(location));
        Position first;
        if (!position(first)) return malformed();
        Position last = first;
        if (take("^")) {
            if (!position(last)) return malformed();
            location.kind = Kind::between;
        } else if (take("..")) {
            last = {};
            if (!position(last)) return malformed();
        } else {
            location.single = true;
        }
        return placed(std::move(location), first, last);
    }

    Result<Location> within(Location location) {
        Position first;
        Position last;
        if (!position(first) || !take(".") || !position(last) || !take(")")) return malformed();
        location.kind = Kind::within;
        return placed(std::move(location), first, last);
    }

    Result<Location> placed(Location location, Position first, Position last) {
        const bool here = location.remote.empty() && !anywhere_;
        if (location.kind == Kind::between) return joint(std::move(location), first.at, last.at);
        if (first.at < 1 || first.at > furthest || last.at > furthest || (here && first.at > length_))
            return outside(first.at);
        if (last.at < 1 || (here && last.at > length_)) return outside(last.at);
        if (last.at < first.at) {
            if (!location.remote.empty() || topology_ == Topology::linear) return outside(last.at);
            last.at += length_;  // over the origin
        }
        location.span = {first.at - 1, last.at};
        location.start_mark = first.mark;
        location.end_mark = location.single ? '\0' : last.mark;
        return location;
    }

    Result<Location> joint(Location location, std::int64_t first, std::int64_t last) {
        const bool here = location.remote.empty() && !anywhere_;
        if (first < 0 || (here && first > length_)) return outside(first);
        if (last != first + 1 && !(first == length_ && last == 1)) return malformed();
        location.span = {first, first};
        return location;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t parts_ = 0;
    std::int64_t length_;
    Topology topology_;
    bool anywhere_;
};

}  // namespace

namespace {

Result<Location> parse(std::string_view text, std::int64_t length, Topology topology, bool anywhere) {
    if (!has_blank(text)) return LocationParser(text, length, topology, anywhere).parse();
    std::string packed(text);
    std::erase_if(packed, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return LocationParser(packed, length, topology, anywhere).parse();
}

}  // namespace

Result<Location> parse_location(std::string_view text, std::int64_t length, Topology topology) {
    return parse(text, length, topology, false);
}

Result<Location> parse_location_anywhere(std::string_view text, std::int64_t length, Topology topology) {
    return parse(text, length, topology, true);
}

}  // namespace leaven::seq
