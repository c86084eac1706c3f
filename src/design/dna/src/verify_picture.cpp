#include "verify_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/op/show.hpp>

#include "picture.hpp"
#include "verify_words.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

constexpr std::size_t most_samples = 100;
constexpr std::size_t most_label_rows = 4;
constexpr double left = 50;
constexpr double track = 1000;
constexpr double width = 1090;
constexpr double row_height = 15;
constexpr double depth_height = 60;
constexpr double band = 14;
constexpr double lane_height = 18;

constexpr std::string_view style =
    "<style>.check{font-family:system-ui,'Noto Sans CJK SC',sans-serif;font-size:12px}.check .ground{fill:#fff}"
    ".check .ink{fill:#1a1a1a}.check .soft{fill:#555}.check .on{fill:#fff;font-size:10px}"
    ".check .line{stroke:#777;fill:none}.check .least{stroke:#555;stroke-dasharray:5 3;fill:none}"
    ".check .depth{fill:#9fc5e8}.check .mark{stroke:#B03A00;stroke-width:2;fill:none}.check .dot{fill:#B03A00}"
    ".check .good{fill:#00664B}.check .so{fill:#8A5A00}.check .bad{fill:#B03A00}.check .none{fill:#6A6A6A}"
    "@media (prefers-color-scheme:dark){.check .ground{fill:#12161d}.check .ink{fill:#f0f0f0}.check .soft{fill:#b5b5b5}"
    ".check .on{fill:#101010}.check .line{stroke:#999}.check .least{stroke:#ccc}.check .depth{fill:#2f5d86}"
    ".check .mark{stroke:#FF9A5C}.check .dot{fill:#FF9A5C}.check .good{fill:#4FD0A5}.check .so{fill:#F2B93B}"
    ".check .bad{fill:#FF9A5C}.check .none{fill:#A6A6A6}}</style>\n";

std::string_view colour_of(CloneVerdict verdict) {
    switch (verdict) {
        case CloneVerdict::correct:
        case CloneVerdict::silent:
            return "good";
        case CloneVerdict::minor:
        case CloneVerdict::incomplete:
            return "so";
        case CloneVerdict::wrong:
        case CloneVerdict::mixed:
            return "bad";
        case CloneVerdict::absent:
            break;
    }
    return "none";
}

/// A run of a feature on the drawn line; over the origin a feature has two.
struct Box {
    std::size_t feature = 0;  // index among the states
    Interval at{};
    Strand strand = Strand::forward;
    bool point = false;  // the arrow ends here
    std::size_t lane = 0;
};

class Drawing {
public:
    Drawing(const seq::Record& design, std::int64_t min_depth, Lang lang)
        : design_(design), min_depth_(min_depth), lang_(lang) {
        place_features();
    }

    std::string draw(const std::vector<VerifiedSample>& samples) {
        y_ = 10;
        const auto shown = std::min(samples.size(), most_samples);
        for (std::size_t i = 0; i < shown; ++i) draw_sample(samples[i]);
        if (shown < samples.size())
            text(left, y_ += 20, "soft",
                 fmt::format(fmt::runtime(Doc{"{} more samples are in the table", "另有 {} 个样品见表"}.in(lang_)),
                             samples.size() - shown));
        const auto title = Doc{"Reads against the design", "读段与设计的比对"}.in(lang_);
        return framed_picture("check", {width, y_ + 20}, title, style, body_);
    }

private:
    [[nodiscard]] double x(std::int64_t position) const {
        return left +
               track * static_cast<double>(position) / static_cast<double>(std::max<std::int64_t>(1, design_.length));
    }
    void text(double at, double y, std::string_view colour, const std::string& words, std::string_view more = {}) {
        body_ += picture_text(at, y, colour, words, more);
    }

    /// The boxes of features in the order of their states; those that overlap stand below each other.
    void place_features() {
        std::vector<std::vector<Interval>> lanes;
        std::size_t index = 0;
        for (const auto& feature : design_.features) {
            if (feature.type == "source") continue;
            std::vector<Box> boxes;
            for (const auto& piece : seq::pieces_of(feature.location, design_.length, design_.topology)) {
                if (!piece.remote.empty() || piece.at.empty() || piece.at.start >= design_.length) continue;
                const bool over = piece.at.end > design_.length;
                boxes.push_back({index,
                                 {piece.at.start, std::min(piece.at.end, design_.length)},
                                 piece.strand,
                                 !over || piece.strand == Strand::reverse});
                if (over)
                    boxes.push_back(
                        {index, {0, piece.at.end - design_.length}, piece.strand, piece.strand == Strand::forward});
            }
            if (boxes.empty()) continue;
            ++index;
            std::size_t lane = 0;
            const auto taken = [&](const Box& box) {
                return std::any_of(lanes[lane].begin(), lanes[lane].end(), [&](const Interval& other) {
                    return box.at.start < other.end && other.start < box.at.end;
                });
            };
            while (lane < lanes.size() && std::any_of(boxes.begin(), boxes.end(), taken)) ++lane;
            if (lane == lanes.size()) lanes.emplace_back();
            for (auto& box : boxes) {
                box.lane = lane;
                lanes[lane].push_back(box.at);
                boxes_.push_back(box);
            }
        }
        lanes_ = lanes.size();
    }

    void draw_sample(const VerifiedSample& sample) {
        y_ += 24;
        text(left, y_, "ink", sample.name, " font-size=\"14\" font-weight=\"600\"");
        const auto beside = left + 9.5 * display_width(sample.name) + 16;
        text(beside, y_, colour_of(sample.verdict), std::string(doc_of(sample.verdict).in(lang_)),
             " font-size=\"14\" font-weight=\"600\"");
        text(left + track, y_, "soft",
             fmt::format(
                 fmt::runtime(Doc{"{} of {} reads, depth {:.1f}, least {}", "{} / {} 条读段，平均深度 {:.1f}，最低 {}"}
                                  .in(lang_)),
                 sample.used, sample.reads, sample.depth_mean, sample.depth_min),
             " text-anchor=\"end\"");
        y_ += 10;
        const auto rows = place_labels(sample);
        const auto base = y_ + static_cast<double>(rows) * row_height + depth_height + 6;
        draw_depth(sample, base);
        draw_variants(sample, base);
        draw_features(sample, base + 20);
        y_ = base + 20 + lane_height * static_cast<double>(lanes_) + 10;
    }

    void draw_depth(const VerifiedSample& sample, double base) {
        std::int32_t most = static_cast<std::int32_t>(min_depth_);
        for (const auto depth : sample.depth) most = std::max(most, depth);
        const auto height = [&](double depth) { return depth_height * depth / std::max<std::int32_t>(most, 1); };
        const auto n = static_cast<std::int64_t>(sample.depth.size());
        const auto bins = std::min<std::int64_t>(n, 1000);
        body_ += fmt::format("<path class=\"depth\" d=\"M{:.1f} {:.1f}", left, base);
        for (std::int64_t bin = 0; bin < bins; ++bin) {  // the least of each bin, so that no gap is hidden
            const auto from = n * bin / bins;
            const auto to = n * (bin + 1) / bins;
            const auto least = *std::min_element(sample.depth.begin() + from, sample.depth.begin() + to);
            body_ += fmt::format("V{:.1f}H{:.1f}", base - height(least), x(to));
        }
        body_ += fmt::format("V{:.1f}Z\"/>\n<path class=\"line\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", base, left, base,
                             left + track);
        body_ += fmt::format("<path class=\"least\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", left,
                             base - height(static_cast<double>(min_depth_)), left + track);
        text(left - 6, base - depth_height + 8, "soft", std::to_string(most), " text-anchor=\"end\" font-size=\"10\"");
        text(left - 6, base + 3, "soft", "0", " text-anchor=\"end\" font-size=\"10\"");
        const auto step = scale_step();
        for (std::int64_t at = 0; at <= n; at += step) {
            body_ += fmt::format("<path class=\"line\" d=\"M{0:.1f} {1:.1f}V{2:.1f}\"/>", x(at), base, base + 4);
            text(x(at), base + 14, "soft", std::to_string(at), " text-anchor=\"middle\" font-size=\"10\"");
        }
    }

    /// 1, 2 or 5 times a power of ten, for about ten marks.
    [[nodiscard]] std::int64_t scale_step() const {
        for (std::int64_t unit = 1;; unit *= 10)
            for (const std::int64_t factor : {1, 2, 5})
                if (unit * factor * 12 >= design_.length) return unit * factor;
    }

    struct Label {
        double at = 0;
        double middle = 0;
        std::size_t row = 0;
        bool shown = false;
        std::string words{};
    };

    [[nodiscard]] std::string words_of(const Variant& variant) const {
        auto words = short_form(variant, design_.length) + " " + std::string(doc_of_effect(variant.effect).in(lang_));
        if (!variant.fixed) words += fmt::format(" {:.0f} %", 100 * variant.fraction);
        return words;
    }

    /// Each label goes into the lowest row where it has room; how many rows there are.
    std::size_t place_labels(const VerifiedSample& sample) {
        labels_.clear();
        std::vector<std::vector<Interval>> rows;
        for (const auto& variant : sample.variants) {
            Label label{.at = x(variant.position), .words = words_of(variant)};
            const auto half = 3.6 * display_width(label.words);
            label.middle = std::clamp(label.at, left + half, std::max(left + half, left + track - half));
            const Interval room{static_cast<std::int64_t>(label.middle - half) - 6,
                                static_cast<std::int64_t>(label.middle + half) + 6};
            const auto free = [&](const std::vector<Interval>& row) {
                return std::none_of(row.begin(), row.end(), [&](const Interval& other) {
                    return room.start < other.end && other.start < room.end;
                });
            };
            while (label.row < rows.size() && !free(rows[label.row])) ++label.row;
            label.shown = label.row < most_label_rows;
            if (label.shown) {
                if (label.row == rows.size()) rows.emplace_back();
                rows[label.row].push_back(room);
            }
            labels_.push_back(std::move(label));
        }
        return rows.size();
    }

    void draw_variants(const VerifiedSample& sample, double base) {
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            const auto& label = labels_[i];
            const auto& variant = sample.variants[i];
            const auto end =
                x(std::min(variant.position + static_cast<std::int64_t>(variant.ref.size()), design_.length));
            const auto top = base - depth_height - 4 - row_height * static_cast<double>(label.row);
            body_ += fmt::format("<path class=\"mark\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>", label.at, base,
                                 label.shown ? top : base - depth_height);
            if (end - label.at > 3)
                body_ += fmt::format("<path class=\"mark\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", label.at, base - 2, end);
            body_ += fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"/>", label.at,
                                 base - depth_height * variant.fraction);
            if (label.shown) text(label.middle, top - 4, "ink", label.words, " text-anchor=\"middle\"");
        }
    }

    void draw_features(const VerifiedSample& sample, double top) {
        std::size_t named = sample.features.size();
        for (const auto& box : boxes_) {
            const auto& state = sample.features[box.feature];
            const auto y = top + lane_height * static_cast<double>(box.lane);
            const auto from = x(box.at.start);
            const auto to = std::max(x(box.at.end), from + 2);
            const auto head = box.point ? std::min(7.0, to - from) : 0;
            const bool forward = box.strand == Strand::forward;
            const auto tail = forward ? from : to;
            const auto tip = forward ? to : from;
            const auto neck = forward ? to - head : from + head;
            body_ += fmt::format(
                "<path class=\"{0}\" d=\"M{1:.1f} {2:.1f}H{3:.1f}L{4:.1f} {5:.1f}L{3:.1f} "
                "{6:.1f}H{1:.1f}Z\"><title>{7}: "
                "{8}</title></path>\n",
                colour_of(state.verdict), tail, y, neck, tip, y + band / 2, y + band, escape_markup(state.label),
                doc_of(state.verdict).in(lang_));
            if (6.5 * display_width(state.label) + 8 < to - from && named != box.feature) {
                text((from + to) / 2, y + band - 3.5, "on", state.label, " text-anchor=\"middle\"");
                named = box.feature;
            }
        }
    }

    const seq::Record& design_;
    std::int64_t min_depth_;
    Lang lang_;
    std::vector<Box> boxes_{};
    std::vector<Label> labels_{};
    std::size_t lanes_ = 0;
    double y_ = 0;
    std::string body_{};
};

}  // namespace

std::string draw_verification(const seq::Record& design, const std::vector<VerifiedSample>& samples,
                              std::int64_t min_depth, Lang lang) {
    return Drawing(design, min_depth, lang).draw(samples);
}

}  // namespace leaven::dna
