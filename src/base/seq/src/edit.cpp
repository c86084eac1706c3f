#include <algorithm>
#include <optional>

#include <leaven/seq/edit.hpp>

#include "location_shape.hpp"

namespace leaven::seq {
namespace {

using Kind = Location::Kind;

/// Bases [at.start, at.end) of a linear string become `inserted` others. Where the place is inside a span and nothing
/// is taken out, the span is split so that the feature still reads what it read.
struct Splice {
    Interval at;
    std::int64_t inserted;

    [[nodiscard]] std::int64_t shift() const { return inserted - at.length(); }
};

enum Effect : unsigned { none = 0, moved = 1, split = 2, truncated = 4, removed = 8, altered = 16 };

/// One span after the splice: none, one, or two parts in forward order.
std::vector<Location> spliced(const Location& span, const Splice& splice, unsigned& effect) {
    auto out = span;
    auto& [start, end] = out.span;
    if (!span.remote.empty() || end < splice.at.start || (end == splice.at.start && span.kind != Kind::between))
        return {out};
    if (start >= splice.at.end && !(start == splice.at.start && span.kind == Kind::between && splice.at.empty())) {
        start += splice.shift(), end += splice.shift();
        if (splice.shift() != 0) effect |= moved;
        return {out};
    }
    if (span.kind == Kind::between) {  // at the edge it stays, within it goes
        if (start == splice.at.start) return {out};
        effect |= removed;
        return {};
    }
    if (splice.at.empty()) {  // an insertion inside
        effect |= split;
        auto second = out;
        second.span = {splice.at.start + splice.inserted, end + splice.inserted};
        second.start_mark = '\0';
        second.single = false;
        end = splice.at.start;
        out.end_mark = '\0';
        out.single = false;
        return {out, second};
    }
    const bool covers_start = splice.at.start <= start;
    const bool covers_end = splice.at.end >= end;
    if (covers_start && covers_end) {
        effect |= removed;
        return {};
    }
    out.single = false;
    if (covers_start) {
        start = splice.at.start + splice.inserted;
        end += splice.shift();
        effect |= truncated;
    } else if (covers_end) {
        end = splice.at.start;
        effect |= truncated;
    } else {  // within: what comes in belongs to the feature
        end += splice.shift();
        effect |= splice.inserted == 0 ? truncated : altered;
    }
    return {out};
}

std::optional<Location> spliced_tree(const Location& location, const Splice& splice, unsigned& effect) {
    if (location.kind == Kind::complement) {
        auto inner = spliced_tree(location.parts.front(), splice, effect);
        if (!inner) return std::nullopt;
        return complemented(*std::move(inner));
    }
    if (!is_compound(location)) {
        auto parts = spliced(location, splice, effect);
        if (parts.empty()) return std::nullopt;
        if (parts.size() == 1) return std::move(parts.front());
        return Location{.kind = Kind::join, .parts = std::move(parts)};
    }
    auto out = location;
    out.parts.clear();
    unsigned inner = none;
    for (const auto& part : location.parts) {
        auto kept = spliced_tree(part, splice, inner);
        if (!kept) continue;
        // A split part of an order or join lies flat in it, in reading order.
        if (kept->kind == Kind::join && location.kind == Kind::order)
            std::move(kept->parts.begin(), kept->parts.end(), std::back_inserter(out.parts));
        else
            out.parts.push_back(*std::move(kept));
    }
    if ((inner & removed) != 0 && !out.parts.empty()) inner = (inner & ~unsigned{removed}) | truncated;
    effect |= inner;
    if (out.parts.empty()) return std::nullopt;
    return flattened(std::move(out));
}

std::string word_of(unsigned effect) {
    if ((effect & removed) != 0) return "removed";
    if ((effect & truncated) != 0) return "truncated";
    if ((effect & split) != 0) return "split";
    if ((effect & altered) != 0) return "altered";
    return "moved";
}

void splice_mask(std::vector<Interval>& mask, const Splice& splice) {
    std::vector<Interval> out;
    for (const auto& run : mask) {
        if (run.start < splice.at.start) out.push_back({run.start, std::min(run.end, splice.at.start)});
        if (run.end > splice.at.end)
            out.push_back({std::max(run.start, splice.at.end) + splice.shift(), run.end + splice.shift()});
    }
    mask = std::move(out);
}

void apply_splice(Record& record, const Splice& splice, const std::string& letters,
                  std::vector<FeatureChange>& changes) {
    auto sequence = std::move(record.sequence);
    sequence.letters.replace(static_cast<std::size_t>(splice.at.start), static_cast<std::size_t>(splice.at.length()),
                             letters);
    splice_mask(sequence.mask, splice);
    const auto before = record.length;
    record.set_sequence(std::move(sequence));
    std::vector<Feature> kept;
    for (auto& feature : record.features) {
        unsigned effect = none;
        if (!lies_within(feature.location, before, record.topology)) {
            kept.push_back(std::move(feature));
            continue;
        }
        auto location = spliced_tree(split_at_origin(feature.location, before), splice, effect);
        if (effect != none) changes.push_back({feature.label(), feature.type, word_of(effect)});
        if (!location) continue;
        feature.location = *std::move(location);
        kept.push_back(std::move(feature));
    }
    record.features = std::move(kept);
}

Failure beyond(const Record& record, std::int64_t position) {
    return bad_input({"position {} lies outside {}, which has {} bases", "位置 {} 超出 {} 的范围（共 {} 个碱基）"},
                     position, record.name, record.length)
        .at("edits")
        .advise({"positions run from 1 to {}", "位置应在 1 到 {} 之间"}, record.length);
}

Failure linear_only(const Record& record, Doc message) {
    return bad_input(message, record.name).at("edits").advise({"circularise it first", "请先使用 circularise"});
}

Status apply_range(Record& record, const Edit& edit, std::vector<FeatureChange>& changes) {
    for (const auto position : {edit.first, edit.last})
        if (position < 1 || position > record.length) return beyond(record, position);
    if (edit.last >= edit.first) {
        apply_splice(record, {{edit.first - 1, edit.last}, static_cast<std::int64_t>(edit.letters.size())},
                     edit.letters, changes);
        return {};
    }
    if (!record.circular())
        return linear_only(record, {"{} is linear: a range cannot go over its end", "{} 为线性分子：区间不能越过末端"});
    // Over the origin: the molecule is opened just after the range.
    const auto length = record.length;
    rotate(record, edit.last);
    const auto size = length - edit.first + 1 + edit.last;
    apply_splice(record, {{length - size, length}, static_cast<std::int64_t>(edit.letters.size())}, edit.letters,
                 changes);
    return {};
}

void note_moves(const std::vector<Location>& before, const Record& record, std::vector<FeatureChange>& changes) {
    for (std::size_t i = 0; i < record.features.size(); ++i) {
        const auto& feature = record.features[i];
        const auto text = record.text_of(feature.location);
        if (text == record.text_of(before[i])) continue;
        const bool was_whole = !is_compound(before[i]);
        const bool is_split = was_whole && text.find("join(") != std::string::npos;
        changes.push_back({feature.label(), feature.type, is_split ? "split" : "moved"});
    }
}

}  // namespace

void rotate(Record& record, std::int64_t offset) {
    const auto n = record.length;
    if (n == 0 || offset % n == 0) return;
    auto sequence = std::move(record.sequence);
    std::rotate(sequence.letters.begin(), sequence.letters.begin() + offset, sequence.letters.end());
    std::vector<Interval> mask;
    for (auto run : sequence.mask) {
        run = {run.start - offset, run.end - offset};
        if (run.end <= 0) run = {run.start + n, run.end + n};
        if (run.start < 0) {
            mask.push_back({run.start + n, n});
            run.start = 0;
        }
        mask.push_back(run);
    }
    std::sort(mask.begin(), mask.end());
    sequence.mask = std::move(mask);
    const auto header = record.header;
    const auto before = record.layout.fields_before;
    record.set_sequence(std::move(sequence));
    record.header = header;  // the base count is the same
    record.layout.fields_before = before;
    for (auto& feature : record.features)
        if (lies_within(feature.location, n, record.topology)) feature.location = rotated(feature.location, offset, n);
    if (!record.quality.empty())
        std::rotate(record.quality.begin(), record.quality.begin() + offset, record.quality.end());
}

void reverse(Record& record) {
    record.set_sequence(reverse_complement(record.sequence));
    for (auto& feature : record.features)
        if (lies_within(feature.location, record.length, record.topology))
            feature.location = reversed(feature.location, record.length);
    std::reverse(record.quality.begin(), record.quality.end());
}

Status apply(Record& record, const Edit& edit, std::vector<FeatureChange>& changes) {
    if (record.sequence.length() != record.length || record.length == 0)
        return bad_input({"{} has no sequence to edit", "{} 没有可编辑的序列"}, record.name)
            .at("edits")
            .advise({"give a file that holds the whole sequence", "请提供含完整序列的文件"});
    if (record.sequence.alphabet == Alphabet::protein)
        return bad_input({"{} is a protein", "{} 是蛋白质"}, record.name)
            .at("edits")
            .advise({"edit DNA or RNA", "请编辑 DNA 或 RNA"});
    std::vector<Location> before;
    for (const auto& feature : record.features) before.push_back(feature.location);
    switch (edit.kind) {
        case Edit::Kind::rotate:
            if (!record.circular())
                return linear_only(record, {"{} is linear and cannot be rotated", "{} 为线性分子，不能旋转"});
            if (edit.first < 1 || edit.first > record.length) return beyond(record, edit.first);
            rotate(record, edit.first - 1);
            note_moves(before, record, changes);
            return {};
        case Edit::Kind::reverse:
            reverse(record);
            note_moves(before, record, changes);
            return {};
        case Edit::Kind::circularise:
            record.topology = Topology::circular;
            return {};
        case Edit::Kind::linearise:
            for (auto& feature : record.features) feature.location = split_at_origin(feature.location, record.length);
            record.topology = Topology::linear;
            note_moves(before, record, changes);
            return {};
        case Edit::Kind::insert:
            if (edit.first < 0 || edit.first > record.length) return beyond(record, edit.first);
            record.quality.clear();
            apply_splice(record, {{edit.first, edit.first}, static_cast<std::int64_t>(edit.letters.size())},
                         edit.letters, changes);
            return {};
        default:
            record.quality.clear();
            return apply_range(record, edit, changes);
    }
}

}  // namespace leaven::seq
