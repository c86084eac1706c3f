// Locations carried along when a molecule is turned or read from its other strand.
#include <algorithm>

#include <leaven/seq/location.hpp>

#include "location_shape.hpp"

namespace leaven::seq {
namespace {

using Kind = Location::Kind;

char flipped(char mark) { return mark == '<' ? '>' : mark == '>' ? '<' : mark; }

/// One span as the parts into which the origin cuts it, in forward order.
std::vector<Location> cut(const Location& span, std::int64_t length) {
    const bool wraps = span.span.end > length && span.span.start < length && span.span.length() <= length;
    if (!span.remote.empty() || span.kind != Kind::span || !wraps) return {span};
    auto first = span;
    auto second = span;
    first.span.end = length;
    first.end_mark = '\0';
    first.single = false;
    second.span = {0, span.span.end - length};
    second.start_mark = '\0';
    second.single = false;
    return {first, second};
}

/// The parts that stand for a leaf: itself, or two where the origin cuts it; on the reverse strand in reverse order.
std::vector<Location> cut_leaf(const Location& leaf, std::int64_t length) {
    if (leaf.kind != Kind::complement || !leaf.parts.front().parts.empty()) return cut(leaf, length);
    auto inner = cut(leaf.parts.front(), length);
    std::reverse(inner.begin(), inner.end());
    std::vector<Location> out;
    for (auto& part : inner) out.push_back({.kind = Kind::complement, .parts = {std::move(part)}});
    return out;
}

Location moved(const Location& location, std::int64_t offset, std::int64_t length) {
    auto out = location;
    if (!location.parts.empty()) {
        for (auto& part : out.parts) part = moved(part, offset, length);
        return out;
    }
    if (!location.remote.empty()) return out;
    const auto size = location.span.length();
    auto start = (location.span.start - offset) % length;
    if (start < 0) start += length;
    if (location.kind == Kind::between && start == 0) start = length;
    out.span = {start, start + size};
    return out;
}

/// The span of a part "x..y" or "complement(x..y)"; nothing for others.
const Location* plain_span(const Location& part) {
    const auto& inner = part.kind == Kind::complement ? part.parts.front() : part;
    return inner.kind == Kind::span && inner.parts.empty() && inner.remote.empty() ? &inner : nullptr;
}

/// Two parts of a join, read in order, that meet at the origin, as one; an end that is marked does not meet.
bool merge(Location& first, const Location& second, std::int64_t length) {
    const auto* a = plain_span(first);
    const auto* b = plain_span(second);
    if (a == nullptr || b == nullptr || first.kind != second.kind) return false;
    if (first.kind == Kind::complement) std::swap(a, b);
    if (a->span.end != length || b->span.start != 0 || a->end_mark != '\0' || b->start_mark != '\0') return false;
    if (a->span.length() + b->span.length() > length) return false;
    Location whole{.kind = Kind::span, .span = {a->span.start, length + b->span.end}};
    whole.start_mark = a->start_mark;
    whole.end_mark = b->end_mark;
    if (first.kind == Kind::complement)
        first.parts.front() = whole;
    else
        first = whole;
    return true;
}

Location healed(Location location, std::int64_t length) {
    for (auto& part : location.parts) part = healed(std::move(part), length);
    if (location.kind != Kind::join) return location;
    std::vector<Location> parts;
    for (auto& part : location.parts)
        if (parts.empty() || !merge(parts.back(), part, length)) parts.push_back(std::move(part));
    location.parts = std::move(parts);
    return flattened(std::move(location));
}

Location mirrored(const Location& location, std::int64_t length) {
    auto out = location;
    if (location.kind == Kind::complement) {
        out.parts.front() = mirrored(location.parts.front(), length);
        return out;
    }
    if (!location.parts.empty()) {
        std::reverse(out.parts.begin(), out.parts.end());
        for (auto& part : out.parts) part = mirrored(part, length);
        return out;
    }
    if (!location.remote.empty()) return complemented(out);  // what lies elsewhere is not turned
    out.span = {length - location.span.end, length - location.span.start};
    if (location.kind == Kind::span && out.span.start < 0) out.span = {out.span.start + length, out.span.end + length};
    if (location.kind == Kind::between && out.span.start == 0 && location.span.start == length)
        out.span = {length, length};
    if (location.single)
        out.start_mark = flipped(location.start_mark);
    else
        out.start_mark = flipped(location.end_mark), out.end_mark = flipped(location.start_mark);
    return out;
}

}  // namespace

Location flattened(Location location) {
    if (!is_compound(location)) return location;
    std::vector<Location> parts;
    for (auto& part : location.parts) {
        if (part.kind == location.kind)
            std::move(part.parts.begin(), part.parts.end(), std::back_inserter(parts));
        else
            parts.push_back(std::move(part));
    }
    location.parts = std::move(parts);
    if (location.parts.size() == 1) return Location(location.parts.front());
    return location;
}

Location split_at_origin(const Location& location, std::int64_t length) {
    if (is_compound(location)) {
        auto out = location;
        out.parts.clear();
        for (const auto& part : location.parts)
            for (auto& cut_part : cut_leaf(split_at_origin(part, length), length))
                out.parts.push_back(std::move(cut_part));
        return flattened(std::move(out));
    }
    if (location.kind == Kind::complement) {
        auto out = location;
        out.parts.front() = split_at_origin(location.parts.front(), length);
        return out;
    }
    auto parts = cut(location, length);
    if (parts.size() == 1) return parts.front();
    return {.kind = Kind::join, .parts = std::move(parts)};
}

Location complemented(Location location) {
    if (location.kind == Kind::complement) return Location(location.parts.front());
    const auto is_complement = [](const Location& part) { return part.kind == Kind::complement; };
    // Parts of both strands: each says its own, as GenBank writes trans-spliced features.
    if (is_compound(location) && std::any_of(location.parts.begin(), location.parts.end(), is_complement)) {
        std::reverse(location.parts.begin(), location.parts.end());
        for (auto& part : location.parts) part = complemented(std::move(part));
        return location;
    }
    return {.kind = Kind::complement, .parts = {std::move(location)}};
}

Location rotated(const Location& location, std::int64_t offset, std::int64_t length) {
    if (length == 0 || offset % length == 0) return location;
    return split_at_origin(moved(healed(location, length), offset, length), length);
}

Location reversed(const Location& location, std::int64_t length) { return complemented(mirrored(location, length)); }

}  // namespace leaven::seq
