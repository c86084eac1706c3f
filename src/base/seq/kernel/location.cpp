#include <algorithm>

#include <fmt/core.h>

#include <leaven/seq/location.hpp>

#include "location_shape.hpp"

namespace leaven::seq {
namespace {

using Kind = Location::Kind;

void write(std::string& out, const Location& location, std::int64_t length);

void write_span(std::string& out, const Location& location, std::int64_t length) {
    if (!location.remote.empty()) out += location.remote + ":";
    const auto add = [&out](char mark, std::int64_t position) {
        if (mark != '\0') out += mark;
        out += std::to_string(position);
    };
    const auto first = location.span.start + 1;
    const auto last = location.span.end;
    switch (location.kind) {
        case Kind::between:
            out += fmt::format("{}^{}", location.span.start, location.span.start == length ? 1 : first);
            return;
        case Kind::within:
            out += fmt::format("({}.{})", first, last);
            return;
        default:
            break;
    }
    add(location.start_mark, first);
    if (location.single) return;
    out += "..";
    add(location.end_mark, last);
}

void write_parts(std::string& out, const Location& location, std::int64_t length, std::string_view name) {
    out += name;
    out += '(';
    for (std::size_t i = 0; i < location.parts.size(); ++i) {
        if (i > 0) out += ',';
        write(out, location.parts[i], length);
    }
    out += ')';
}

void write(std::string& out, const Location& location, std::int64_t length) {
    switch (location.kind) {
        case Kind::join:
            return write_parts(out, location, length, "join");
        case Kind::order:
            return write_parts(out, location, length, "order");
        case Kind::bond:
            return write_parts(out, location, length, "bond");
        case Kind::complement:
            return write_parts(out, location, length, "complement");
        default:
            return write_span(out, location, length);
    }
}

void collect(std::vector<Piece>& pieces, const Location& location, Strand strand) {
    if (location.kind == Kind::complement) {
        collect(pieces, location.parts.front(), opposite(strand));
    } else if (is_compound(location)) {
        if (strand == Strand::forward)
            for (const auto& part : location.parts) collect(pieces, part, strand);
        else
            for (auto part = location.parts.rbegin(); part != location.parts.rend(); ++part)
                collect(pieces, *part, strand);
    } else {
        pieces.push_back({location.span, strand, location.remote});
    }
}

/// Do two pieces, read one after the other, meet at the origin?
bool meet_at_origin(const Piece& first, const Piece& second, std::int64_t length) {
    if (!first.remote.empty() || !second.remote.empty() || first.strand != second.strand) return false;
    if (first.at.empty() || second.at.empty()) return false;
    const auto& lower = first.strand == Strand::forward ? first.at : second.at;
    const auto& upper = first.strand == Strand::forward ? second.at : first.at;
    return lower.end == length && upper.start == 0 && lower.length() + upper.length() <= length;
}

const Location& first_span(const Location& location) {
    if (location.parts.empty()) return location;
    if (location.kind == Kind::complement) return last_span(location.parts.front());
    return first_span(location.parts.front());
}

}  // namespace

const Location& last_span(const Location& location) {
    if (location.parts.empty()) return location;
    if (location.kind == Kind::complement) return first_span(location.parts.front());
    return last_span(location.parts.back());
}

bool is_compound(const Location& location) {
    return location.kind == Kind::join || location.kind == Kind::order || location.kind == Kind::bond;
}

std::string to_text(const Location& location, std::int64_t length) {
    std::string out;
    write(out, length > 0 ? split_at_origin(location, length) : location, length);
    return out;
}

std::vector<Piece> pieces_of(const Location& location, std::int64_t length, Topology topology) {
    std::vector<Piece> pieces;
    collect(pieces, location, Strand::forward);
    if (topology == Topology::linear) return pieces;
    std::vector<Piece> joined;
    for (auto& piece : pieces) {
        if (joined.empty() || !meet_at_origin(joined.back(), piece, length)) {
            joined.push_back(std::move(piece));
            continue;
        }
        auto& last = joined.back().at;
        last = piece.strand == Strand::forward ? Interval{last.start, length + piece.at.end}
                                               : Interval{piece.at.start, length + last.end};
    }
    return joined;
}

bool lies_within(const Location& location, std::int64_t length, Topology topology) {
    std::vector<Piece> pieces;
    collect(pieces, location, Strand::forward);
    return std::all_of(pieces.begin(), pieces.end(), [&](const Piece& piece) {
        const bool wraps = topology == Topology::circular && piece.at.start < length && piece.at.length() <= length;
        return !piece.remote.empty() || piece.at.end <= length || wraps;
    });
}

Strand strand_of(const Location& location) {
    std::vector<Piece> pieces;
    collect(pieces, location, Strand::forward);
    const bool reverse =
        std::all_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.strand == Strand::reverse; });
    return reverse ? Strand::reverse : Strand::forward;
}

Interval extent_of(const Location& location, std::int64_t length, Topology topology) {
    auto pieces = pieces_of(location, length, topology);
    std::erase_if(pieces, [](const Piece& piece) { return !piece.remote.empty(); });
    if (pieces.empty()) return {};
    Interval extent = pieces.front().at;
    bool over_origin = false;
    for (const auto& piece : pieces) over_origin = over_origin || piece.at.end > length;
    for (const auto& piece : pieces) {
        auto at = piece.at;
        // Where a feature passes the origin, the parts in the first half come after it.
        if (over_origin && at.end <= length && at.start < length / 2) at = {at.start + length, at.end + length};
        extent = {std::min(extent.start, at.start), std::max(extent.end, at.end)};
    }
    if (extent.length() > length) return {0, length};
    return extent;
}

bool open_at_start(const Location& location) {
    const auto reverse = strand_of(location) == Strand::reverse;
    const auto& span = first_span(location);
    return (reverse ? span.end_mark : span.start_mark) != '\0';
}

bool open_at_end(const Location& location) {
    const auto reverse = strand_of(location) == Strand::reverse;
    const auto& span = last_span(location);
    return (reverse ? span.start_mark : span.end_mark) != '\0';
}

}  // namespace leaven::seq
