#include "recode_tracks.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

#include "picture.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;

constexpr double left = 44;
constexpr double track = 940;
constexpr double width = 1000;
constexpr double codon_height = 46;
constexpr double gc_height = 90;
constexpr double lane = 30;
constexpr std::size_t most_bars = 235;
constexpr std::size_t most_lanes = 20;
constexpr std::size_t most_marks = 400;  // in a lane
constexpr std::int64_t usual_window = 50;

// Before is quiet and hollow, after is coloured and full, so that they differ in grey too.
constexpr std::string_view style = R"css(
.tracks { display: block; width: 100%; min-width: 44rem; height: auto; font-size: 13px; fill: currentColor; }
.tracks .quiet { fill: var(--quiet); font-size: 12px; } .tracks .name { font-weight: 600; }
.tracks .axis { stroke: var(--quiet); fill: none; } .tracks .limit { stroke: var(--quiet); stroke-dasharray: 2 3; fill: none; }
.tracks .bar0 { fill: var(--quiet); fill-opacity: .45; } .tracks .bar1 { fill: var(--accent); }
.tracks .gc0 { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 5 3; fill: none; }
.tracks .gc1 { stroke: var(--accent); stroke-width: 2; fill: none; }
.tracks .broken0 { fill: none; stroke: var(--bad); stroke-width: 1.5; } .tracks .broken1 { fill: var(--bad); stroke: var(--bad); }
.tracks .meeting { fill: var(--bad); fill-opacity: .16; }
)css";

struct Range {
    double low = 0;
    double high = 1;
    std::int64_t window = usual_window;
    bool given = false;
};

/// The GC rule of the shortest window.
Range gc_range_of(const Problem& problem) {
    Range range;
    for (const auto& constraint : problem.constraints)
        for (const auto& rule : constraint.rules)
            if (const auto* gc = std::get_if<GcRange>(&rule);
                gc != nullptr && gc->window > 0 && (!range.given || gc->window < range.window))
                range = {gc->min, gc->max, gc->window, true};
    range.window = std::clamp<std::int64_t>(range.window, 1, std::max<std::int64_t>(1, problem.length));
    return range;
}

/// How well each codon of a goal is adapted, at the position of its first base.
std::vector<std::pair<std::int64_t, double>> adaptiveness(const Problem& problem, const Objective& objective,
                                                          const std::string& letters) {
    const auto& goal = std::get<CodonGoal>(objective.goal);
    const auto& weights = goal.method == CodonMethod::match ? goal.table.weight : goal.weights;
    const auto degeneracy = degeneracy_of(goal.table.amino_acids);
    const auto read = read_place(letters, objective.place);
    const auto positions = positions_of(objective.place, problem.length);
    std::vector<std::pair<std::int64_t, double>> values;
    for (std::size_t i = 0; i + 3 <= read.size() && i + 3 <= positions.size(); i += 3) {
        const auto codon = codon_of(read.substr(i, 3));
        if (!codon) continue;
        const auto amino_acid = goal.table.amino_acids[*codon];
        if (amino_acid == '*' || degeneracy[static_cast<unsigned char>(amino_acid)] < 2) continue;
        values.emplace_back(std::min(positions[i].first, positions[i + 2].first), weights[*codon]);
    }
    std::sort(values.begin(), values.end());
    return values;
}

class Tracks {
public:
    Tracks(const Recoding& recoding, Lang lang)
        : recoding_(recoding),
          problem_(recoding.problem),
          lang_(lang),
          length_(std::max<std::int64_t>(1, problem_.length)) {}

    std::string draw() {
        if (recoding_.before.empty() && recoding_.after.empty()) return {};
        legend();
        codons();
        gc();
        lanes();
        axis();
        const auto title = escape_markup(word({"The molecule along its bases", "沿碱基位置的分子概览"}));
        return fmt::format(
                   "<svg class=\"tracks\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" "
                   "aria-label=\"{}\">\n<title>{}</title>\n",
                   width, y_ + 8, title, title) +
               body_ + "</svg>\n";
    }

private:
    [[nodiscard]] std::string_view word(Doc doc) const { return doc.in(lang_); }
    [[nodiscard]] double x(double position) const { return left + track * position / static_cast<double>(length_); }
    void add_text(double at, double y, std::string_view kind, std::string_view words, std::string_view more = {}) {
        body_ += picture_text(at, y, kind, words, more);
    }

    void legend() {
        y_ = 16;
        const bool both = !recoding_.before.empty() && !recoding_.after.empty();
        if (!both) return;
        body_ += fmt::format("<rect class=\"bar0\" x=\"{}\" y=\"6\" width=\"12\" height=\"10\"/>", left);
        add_text(left + 18, y_, "quiet", word({"before", "改前"}));
        body_ += fmt::format("<rect class=\"bar1\" x=\"{}\" y=\"6\" width=\"12\" height=\"10\"/>", left + 80);
        add_text(left + 98, y_, "quiet", word({"after", "改后"}));
        body_ += fmt::format("<rect class=\"broken0\" x=\"{}\" y=\"7\" width=\"12\" height=\"8\"/>", left + 160);
        add_text(left + 178, y_, "quiet", word({"broken before", "改前违反"}));
        body_ += fmt::format("<rect class=\"broken1\" x=\"{}\" y=\"7\" width=\"12\" height=\"8\"/>", left + 290);
        add_text(left + 308, y_, "quiet", word({"broken after", "改后违反"}));
        y_ += 10;
    }

    void codons() {
        for (const auto& objective : problem_.objectives) {
            if (!std::holds_alternative<CodonGoal>(objective.goal)) continue;
            add_text(left, y_ += 18, "name",
                     fmt::format(fmt::runtime(word({"{}: relative adaptiveness of codons", "{}：密码子相对适应度"})),
                                 objective.id));
            y_ += 8;
            if (!recoding_.before.empty()) bars(adaptiveness(problem_, objective, recoding_.before), "bar0");
            if (!recoding_.after.empty()) bars(adaptiveness(problem_, objective, recoding_.after), "bar1");
        }
    }

    /// A bar for each codon, or the mean of as many as share one.
    void bars(const std::vector<std::pair<std::int64_t, double>>& values, std::string_view kind) {
        const auto base = y_ + codon_height;
        const auto count = std::min(values.size(), most_bars);
        std::string path;
        for (std::size_t bar = 0; bar < count; ++bar) {
            const auto from = values.size() * bar / count;
            const auto to = values.size() * (bar + 1) / count;
            double sum = 0;
            for (auto k = from; k < to; ++k) sum += values[k].second;
            const auto height = codon_height * sum / static_cast<double>(to - from);
            const auto begin = x(static_cast<double>(values[from].first));
            const auto end = x(static_cast<double>(values[to - 1].first + 3));
            path += fmt::format("M{:.1f} {:.1f}V{:.1f}H{:.1f}V{:.1f}Z", begin, base, base - height,
                                begin + (end - begin) * .85, base);
        }
        body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n<path class=\"axis\" d=\"M{} {:.1f}H{}\"/>", kind,
                             path.empty() ? "M0 0" : path, left, base, left + track);
        scale(base, codon_height);
        y_ = base + 10;
    }

    void scale(double base, double height) {
        add_text(left - 6, base + 3, "quiet", "0", " text-anchor=\"end\"");
        add_text(left - 6, base - height + 8, "quiet", "1", " text-anchor=\"end\"");
    }

    void gc() {
        const auto range = gc_range_of(problem_);
        add_text(left, y_ += 18, "name",
                 fmt::format(fmt::runtime(word({"GC in windows of {} bases", "{} 碱基窗口的 GC"})), range.window));
        const auto top = y_ + 8;
        const auto base = top + gc_height;
        body_ += fmt::format("<path class=\"axis\" d=\"M{} {:.1f}V{:.1f}H{}\"/>\n", left, top, base, left + track);
        scale(base, gc_height);
        for (const auto limit : {range.low, range.high}) {
            if (!range.given || limit <= 0 || limit >= 1) continue;
            const auto y = base - gc_height * limit;
            body_ += fmt::format("<path class=\"limit\" d=\"M{} {:.1f}H{}\"/>", left, y, left + track);
            add_text(left - 6, y + 4, "quiet", fmt::format("{:g}", limit), " text-anchor=\"end\"");
        }
        gc_line(recoding_.before, range.window, base, "gc0");
        gc_line(recoding_.after, range.window, base, "gc1");
        y_ = base + 10;
    }

    void gc_line(const std::string& letters, std::int64_t window, double base, std::string_view kind) {
        const auto n = static_cast<std::int64_t>(letters.size());
        if (n == 0) return;
        std::vector<std::int64_t> sums{0};
        for (std::int64_t i = 0; i < n + (problem_.circular() ? window - 1 : 0); ++i) {
            const char c = letters[static_cast<std::size_t>(i % n)];
            sums.push_back(sums.back() + (c == 'G' || c == 'C' || c == 'S' ? 1 : 0));
        }
        const auto windows = static_cast<std::int64_t>(sums.size()) - window;
        const auto step = std::max<std::int64_t>(1, windows / 1000);
        std::string path;
        for (std::int64_t at = 0; at < windows; at += step) {
            const auto share =
                static_cast<double>(sums[static_cast<std::size_t>(at + window)] - sums[static_cast<std::size_t>(at)]) /
                static_cast<double>(window);
            const auto middle =
                std::min(static_cast<double>(at) + static_cast<double>(window) / 2, static_cast<double>(n));
            path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x(middle), base - gc_height * share);
        }
        body_ += fmt::format("<path class=\"{}\" d=\"{}\"/>\n", kind, path);
    }

    void lanes() {
        const auto top = y_ + 24;
        add_text(left, y_ += 18, "name", word({"Where rules are broken", "违反规则之处"}));
        y_ += 4;
        std::size_t count = 0;
        std::size_t more = 0;
        const auto verdict_of = [](const std::optional<Evaluation>& judged, std::size_t constraint) {
            return judged ? &judged->constraints[constraint] : nullptr;
        };
        for (std::size_t i = 0; i < problem_.constraints.size(); ++i) {
            const auto* before = verdict_of(recoding_.before_judged, i);
            const auto* after = verdict_of(recoding_.after_judged, i);
            if ((before == nullptr || before->pass) && (after == nullptr || after->pass)) continue;
            if (++count > most_lanes) {
                ++more;
                continue;
            }
            add_text(left, y_ += 16, "quiet", problem_.constraints[i].id);
            if (before != nullptr) marks(*before, y_ + 5, "broken0");
            if (after != nullptr) marks(*after, y_ + 5, "broken1");
            body_ += fmt::format("<path class=\"axis\" d=\"M{} {:.1f}H{}\"/>\n", left, y_ + lane - 16, left + track);
            y_ += lane - 14;
        }
        if (count == 0) add_text(left, y_ += 16, "quiet", word({"nowhere", "无"}));
        if (more > 0)
            add_text(left, y_ += 18, "quiet",
                     fmt::format(fmt::runtime(word({"{} more rules are in the table", "另有 {} 条规则见表"})), more));
        meeting(top);
    }

    void marks(const Verdict& verdict, double y, std::string_view kind) {
        for (std::size_t i = 0; i < std::min(verdict.violations.size(), most_marks); ++i) {
            const auto& at = verdict.violations[i].at;
            mark({at.start, std::min(at.end, length_)}, y, kind, 8);
            if (at.end > length_) mark({0, at.end - length_}, y, kind, 8);
        }
    }
    void mark(Interval at, double y, std::string_view kind, double height) {
        body_ +=
            fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>", kind,
                        x(static_cast<double>(at.start)), y,
                        std::max(2.0, track * static_cast<double>(at.length()) / static_cast<double>(length_)), height);
    }

    void meeting(double top) {
        for (const auto& at : meeting_of(problem_, recoding_.conflict))
            mark(at, top, "meeting", std::max(20.0, y_ - top + 6));
    }

    void axis() {
        const auto y = y_ += 16;
        body_ += fmt::format("<path class=\"axis\" d=\"M{} {:.1f}H{}\"/>\n", left, y, left + track);
        std::int64_t step = 1;
        for (std::int64_t unit = 1; step * 10 < length_; unit *= 10)
            for (const std::int64_t factor : {1, 2, 5})
                if (step * 10 < length_) step = unit * factor;
        for (std::int64_t at = 0; at <= length_; at += step) {
            const auto place = x(static_cast<double>(at));
            body_ += fmt::format("<path class=\"axis\" d=\"M{0:.1f} {1:.1f}V{2:.1f}\"/>", place, y, y + 4);
            add_text(place, y + 17, "quiet", std::to_string(at), " text-anchor=\"middle\"");
        }
        y_ = y + 22;
    }

    const Recoding& recoding_;
    const Problem& problem_;
    Lang lang_;
    std::int64_t length_;
    double y_ = 0;
    std::string body_{};
};

}  // namespace

std::string_view recode_style() { return style; }

std::string draw_recoding(const Recoding& recoding, Lang lang) { return Tracks(recoding, lang).draw(); }

std::vector<Interval> meeting_of(const Problem& problem, const std::vector<std::string>& conflict) {
    if (conflict.empty()) return {};
    std::vector<std::size_t> held(static_cast<std::size_t>(problem.length));
    for (const auto& constraint : problem.constraints) {
        if (std::find(conflict.begin(), conflict.end(), constraint.id) == conflict.end()) continue;
        std::vector<bool> here(held.size(), constraint.place.whole);
        for (const auto& [position, strand] : positions_of(constraint.place, problem.length))
            here[static_cast<std::size_t>(position)] = true;
        for (std::size_t i = 0; i < held.size(); ++i) held[i] += here[i] ? 1U : 0U;
    }
    std::vector<Interval> stretches;
    for (std::size_t i = 0; i < held.size(); ++i) {
        if (held[i] < conflict.size()) continue;
        const auto at = static_cast<std::int64_t>(i);
        if (stretches.empty() || stretches.back().end != at) stretches.push_back({at, at});
        stretches.back().end = at + 1;
    }
    return stretches;
}

}  // namespace leaven::dna
