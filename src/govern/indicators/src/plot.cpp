#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/indicators/status.hpp>

namespace leaven::indicators {
namespace {

// Thousandths of the picture's width.
constexpr double left = 130;
constexpr double right = 950;
constexpr double top = 80;
constexpr double bottom = 500;

constexpr std::string_view style = R"css(<style>
.p{--paper:#fff;--ink:#1b2430;--quiet:#556070;--rule:#d5dbe4;--line:#0072b2;--band:#009e73;font:15px system-ui,"Noto Sans CJK SC",sans-serif}
@media (prefers-color-scheme:dark){.p{--paper:#11161d;--ink:#e6ebf2;--quiet:#a3afbf;--rule:#2c3542;--line:#4aa8e0;--band:#2ec49a}}
.p .ground{fill:var(--paper)}.p text{fill:var(--ink)}.p .tick{fill:var(--quiet)}.p .grid{stroke:var(--rule)}
.p .band{fill:var(--band);fill-opacity:.25}.p .goal{stroke:var(--band);stroke-width:2}.p .curve{fill:none;stroke:var(--line);stroke-width:2.4}
.p .dot{fill:var(--line)}.p .ahead{stroke:var(--line);stroke-width:2;stroke-dasharray:8 6;fill:none}.p .mid{text-anchor:middle}.p .end{text-anchor:end}
</style>)css";

class Picture {
public:
    Picture(const PlotResult& plot, Lang lang) : plot_(plot), lang_(lang) {
        from_ = days(plot.start);
        to_ = std::max(days(plot.deadline), plot.points.empty() ? 0.0 : days(plot.points.back().date));
        if (!plot.points.empty()) from_ = std::min(from_, days(plot.points.front().date));
        most_ = static_cast<double>(plot.row.target_high.value_or(plot.row.target_low));
        for (const auto& point : plot.points) most_ = std::max(most_, point.value);
        if (plot.row.projection)
            most_ = std::max(most_, plot.row.projection->high.value_or(plot.row.projection->value));
        most_ *= 1.15;
    }

    std::string svg() {
        const auto title = escape_markup(fmt::format("{}  {}", plot_.row.id, plot_.row.name.in(lang_)));
        out_ = fmt::format(
            R"(<svg class="p" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 580" role="img" aria-label="{}">{}<rect class="ground" width="1000" height="580"/><text x="{}" y="40" font-size="20">{}</text>)",
            title, style, left, title);
        axes();
        goal();
        values();
        projection();
        return out_ + "</svg>\n";
    }

private:
    static double days(const std::string& date) { return static_cast<double>(policy::parse_date(date)->days); }
    [[nodiscard]] double x(double day) const { return left + (right - left) * (day - from_) / (to_ - from_); }
    [[nodiscard]] double y(double value) const {
        return bottom - (bottom - top) * std::clamp(value, 0.0, most_) / most_;
    }

    void axes() {
        for (int i = 0; i <= 4; ++i) {
            const double value = most_ / 1.15 * i / 4;
            out_ += fmt::format(
                R"(<line class="grid" x1="{0}" x2="{1}" y1="{2:.1f}" y2="{2:.1f}"/><text class="tick end" x="{3}" y="{4:.1f}">{5:.6g}</text>)",
                left, right, y(value), left - 10, y(value) + 5, value);
        }
        for (const auto& [date, place] : {std::pair{plot_.start, "mid"}, std::pair{plot_.deadline, "mid"}})
            out_ += fmt::format(R"(<text class="tick {}" x="{:.1f}" y="{}">{}</text>)", place, x(days(date)),
                                bottom + 24, date);
        out_ += fmt::format(R"(<text x="{}" y="{}">{}</text>)", left, top - 14, escape_markup(plot_.unit));
        out_ += fmt::format(R"(<text class="mid" x="{}" y="{}">{}</text>)", (left + right) / 2, bottom + 52,
                            Doc{"date", "日期"}.in(lang_));
    }
    void goal() {
        const double low = y(static_cast<double>(plot_.row.target_low));
        if (plot_.row.target_high) {
            const double high = y(static_cast<double>(*plot_.row.target_high));
            out_ += fmt::format(R"(<rect class="band" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>)", left, high,
                                right - left, low - high);
        }
        out_ += fmt::format(
            R"(<line class="goal" x1="{0}" x2="{1}" y1="{2:.1f}" y2="{2:.1f}"/><text class="end" x="{1}" y="{3:.1f}">{4}</text>)",
            left, right, low, low - 6, Doc{"target", "目标"}.in(lang_));
    }
    void values() {
        std::string line;
        for (const auto& point : plot_.points) {
            line += fmt::format("{:.1f},{:.1f} ", x(days(point.date)), y(point.value));
            out_ +=
                fmt::format(R"(<circle class="dot" cx="{:.1f}" cy="{:.1f}" r="5"><title>{} {:.6g}</title></circle>)",
                            x(days(point.date)), y(point.value), point.date, point.value);
        }
        if (plot_.points.size() > 1) out_ += fmt::format(R"(<polyline class="curve" points="{}"/>)", line);
        if (plot_.points.empty())
            out_ += fmt::format(R"(<text class="mid" x="{}" y="{}">{}</text>)", (left + right) / 2, (top + bottom) / 2,
                                Doc{"no data", "无数据"}.in(lang_));
    }
    void projection() {
        if (!plot_.row.projection || plot_.points.empty()) return;
        const auto& ahead = *plot_.row.projection;
        const auto& last = plot_.points.back();
        const double end = x(days(ahead.date));
        out_ += fmt::format(R"(<line class="ahead" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)",
                            x(days(last.date)), y(last.value), end, y(ahead.value));
        if (!ahead.low) return;
        out_ += fmt::format(
            R"(<path class="curve" d="M{0:.1f} {1:.1f}V{2:.1f}M{3:.1f} {1:.1f}H{4:.1f}M{3:.1f} {2:.1f}H{4:.1f}"><title>{5:.6g} – {6:.6g}</title></path>)",
            end, y(*ahead.low), y(*ahead.high), end - 8, end + 8, *ahead.low, *ahead.high);
    }

    const PlotResult& plot_;
    Lang lang_;
    double from_ = 0;
    double to_ = 1;
    double most_ = 1;
    std::string out_;
};

}  // namespace

Result<std::string> PlotResult::file(std::string_view ending, Lang lang) const {
    const auto svg = Picture(*this, lang).svg();
    if (ending == ".svg") return svg;
    std::string rows;
    for (const auto& point : points)
        rows += fmt::format("<tr><td>{}</td><td>{:.10g}</td></tr>", point.date, point.value);
    return fmt::format(
        "<!doctype html><html lang=\"{0}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width\"><title>{1}</title></head>"
        "<body "
        "style=\"max-width:60rem;margin:auto;font-family:system-ui,sans-serif\"><main><h1>{1}</"
        "h1>{2}<table><caption>{3} [{4}]</caption><thead><tr><th scope=\"col\">{5}</th><th "
        "scope=\"col\">{3}</th></tr></thead><tbody>{6}</tbody></table></main></body></html>\n",
        lang == Lang::zh ? "zh" : "en", escape_markup(row.id + " " + row.name.in(lang)), svg,
        Doc{"value", "数值"}.in(lang), escape_markup(unit), Doc{"date", "日期"}.in(lang), rows);
}

Result<PlotResult> plot(const PlotParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = policy::load_rules(params.rules);
    if (!rules) return pass(rules);
    const auto on = policy::day_of(params.on, {});
    if (!on) return pass(on);
    const policy::Indicator* target = nullptr;
    std::vector<std::string> ids;
    for (const auto& one : rules->indicators) {
        ids.push_back(one.id);
        if (one.id == params.indicator) target = &one;
    }
    if (target == nullptr) {
        const auto near = nearest(params.indicator, ids, 1);
        return not_found({"there is no indicator \"{}\"", "没有指标“{}”"}, params.indicator)
            .at("indicator")
            .advise({"did you mean {}? leaven indicators list shows them all",
                     "是否指 {}？leaven indicators list 列出全部"},
                    near.empty() ? ids.front() : near.front());
    }
    const auto records = read_values(params.values, *rules);
    if (!records) return pass(records);
    PlotResult result;
    std::vector<Record> own;
    for (const auto& record : *records) {
        if (record.indicator != target->id) continue;
        own.push_back(record);
        if (record.value && record.date <= *on)
            result.points.push_back({policy::date_text(record.date), *record.value});
    }
    result.row = status_of(*target, own, *on, params.level);
    result.unit = target->unit;
    result.start = policy::date_text(target->start);
    result.deadline = policy::date_text(target->deadline);
    return result;
}

}  // namespace leaven::indicators
