#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/indicators/status.hpp>
#include <leaven/indicators/student_t.hpp>

namespace leaven::indicators {
namespace {

constexpr double days_of_year = 365.25;

struct Point {
    double years;
    double value;
};

bool reached(const policy::Indicator& target, double value) {
    const auto low = static_cast<double>(target.low);
    return target.comparator == "exceed" ? value > low : value >= low;
}

std::optional<double> pace_of(const policy::Indicator& target, const std::vector<const Record*>& known) {
    const auto& last = *known.back();
    const bool added = target.kind == "added";
    if (target.type == "milestone" || (!added && known.size() < 2)) return std::nullopt;
    const double base = added ? static_cast<double>(target.baseline.value_or(0)) : *known.front()->value;
    const auto from = added ? target.start : known.front()->date;
    const auto needed =
        (static_cast<double>(target.low) - base) / static_cast<double>(target.deadline.days - from.days);
    const auto passed = static_cast<double>(last.date.days - from.days);
    if (passed <= 0 || !std::isfinite(needed) || needed <= 0) return std::nullopt;
    return (*last.value - base) / passed / needed;
}

/// Years from the first record, so that sums stay small.
std::vector<Point> points_of(const std::vector<const Record*>& known) {
    std::vector<Point> points;
    for (const auto* one : known)
        points.push_back({static_cast<double>(one->date.days - known.front()->date.days) / days_of_year, *one->value});
    return points;
}

std::optional<Projection> projection_of(const policy::Indicator& target, const std::vector<const Record*>& known,
                                        double level) {
    if (target.type == "milestone" || known.size() < 2 || target.deadline <= known.back()->date) return std::nullopt;
    const auto points = points_of(known);
    const auto n = static_cast<double>(points.size());
    double mean_x = 0;
    double mean_y = 0;
    for (const auto& [x, y] : points) {
        mean_x += x / n;
        mean_y += y / n;
    }
    double sxx = 0;
    double sxy = 0;
    double largest = 0;
    for (const auto& [x, y] : points) {
        sxx += (x - mean_x) * (x - mean_x);
        sxy += (x - mean_x) * (y - mean_y);
        largest = std::max(largest, std::abs(y));
    }
    const double at = static_cast<double>(target.deadline.days - known.front()->date.days) / days_of_year;
    Projection made;
    made.date = policy::date_text(target.deadline);
    made.level = level;
    made.value = mean_y + sxy / sxx * (at - mean_x);
    if (points.size() < 3) return made;
    double residuals = 0;
    for (const auto& [x, y] : points) residuals += std::pow(y - mean_y - sxy / sxx * (x - mean_x), 2);
    const double rounding = 1e-12 * largest;
    if (residuals <= n * rounding * rounding) {  // the records lie on a line
        made.low = made.high = made.value;
        const bool there = reached(target, std::abs(made.value - static_cast<double>(target.low)) <= rounding
                                               ? static_cast<double>(target.low)
                                               : made.value);
        made.probability = there ? 1 : 0;
        return made;
    }
    const double error = std::sqrt(residuals / (n - 2) * (1 + 1 / n + (at - mean_x) * (at - mean_x) / sxx));
    const double reach = student_t_quantile((1 + level) / 2, n - 2) * error;
    made.low = made.value - reach;
    made.high = made.value + reach;
    made.probability = student_t_below((made.value - static_cast<double>(target.low)) / error, n - 2);
    return made;
}

std::string class_of(const policy::Indicator& target, const StatusRow& row, policy::Date on) {
    if (!row.latest) return "no_data";
    if (reached(target, row.latest->value)) return "met";
    if (on > target.deadline) return "missed";
    if (!row.pace_ratio) return "no_trend";
    if (*row.pace_ratio >= 0.95) return "on_track";
    if (*row.pace_ratio >= 0.6) return "behind";
    return *row.pace_ratio >= 0 ? "far_behind" : "moving_away";
}

Text class_words(const std::string& status) {
    if (status == "no_data") return {"no data", "无数据"};
    if (status == "met") return {"met", "已达成"};
    if (status == "missed") return {"missed", "未达成"};
    if (status == "no_trend") return {"no trend", "无趋势"};
    if (status == "on_track") return {"on track", "符合进度"};
    if (status == "behind") return {"behind", "落后"};
    if (status == "far_behind") return {"far behind", "严重落后"};
    return {"moving away", "背离"};
}

void count(StatusCounts& counts, const std::string& status) {
    StatusCounts::describe(counts,
                           [&](std::int64_t& member, const Field& field) { member += field.name == status ? 1 : 0; });
}

std::string bar(const std::optional<double>& progress) {
    constexpr int cells = 10;
    if (!progress) return "··········";
    const int full = static_cast<int>(std::clamp(*progress, 0.0, 1.0) * cells);
    std::string out;
    for (int i = 0; i < cells; ++i) out += i < full ? "█" : "░";
    return out;
}

Text line_of(const StatusRow& row) {
    const auto words = class_words(row.status);
    const auto share = row.progress ? fmt::format("{:.0f} %", *row.progress * 100) : std::string("–");
    const auto latest = row.latest ? fmt::format("{:.6g}", row.latest->value) : std::string("–");
    const auto target =
        row.target_high ? fmt::format("{}–{}", row.target_low, *row.target_high) : fmt::format("{}", row.target_low);
    auto line = text({"  {0:<16}{1} {2:>6}  {3:<12} {4} / {5}   {7}", "  {0:<16}{1} {2:>6}  {6}  {4} / {5}   {8}"},
                     row.id, bar(row.progress), share, words.en, latest, target, words.zh, row.name.en, row.name.zh);
    if (row.projection && row.projection->low) {
        const auto more = text({"   [{0:.6g} to {1:.6g} by {2}]", "   [{2} 预计 {0:.6g} 至 {1:.6g}]"},
                               *row.projection->low, *row.projection->high, row.projection->date);
        line.en += more.en;
        line.zh += more.zh;
    }
    return line;
}

}  // namespace

StatusRow status_of(const policy::Indicator& target, const std::vector<Record>& records, policy::Date on,
                    double level) {
    StatusRow row;
    row.id = target.id;
    row.name = {target.name_en, target.name_zh};
    row.target_low = target.low;
    row.target_high = target.high;
    std::vector<const Record*> known;
    for (const auto& record : records) {
        const auto day = policy::date_text(record.date);
        if (record.date > on)
            row.notes.push_back(text(
                {"the record of {} is after the day of the report and is not used", "{} 的记录晚于报告日期，未采用"},
                day));
        else if (!record.value)
            row.notes.push_back(
                text({"no data on {}{}", "{} 无数据{}"}, day, record.note.empty() ? "" : ": " + record.note));
        else
            known.push_back(&record);
    }
    row.n = static_cast<std::int64_t>(known.size());
    if (!known.empty()) {
        const auto& last = *known.back();
        row.latest = Latest{policy::date_text(last.date), *last.value, last.source};
        row.progress = *last.value / static_cast<double>(target.low);
        row.gap = std::max(0.0, static_cast<double>(target.low) - *last.value);
        row.pace_ratio = pace_of(target, known);
        row.projection = projection_of(target, known, level);
    }
    if (target.kind == "stock" && target.type == "number" && !known.empty())
        row.notes.push_back({"the text gives no baseline: progress is the ratio to the target",
                             "文本未给出基线：完成比例为现值与目标之比"});
    row.status = class_of(target, row, on);
    return row;
}

Result<StatusResult> status(const StatusParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = policy::load_rules(params.rules);
    if (!rules) return pass(rules);
    const auto on = policy::day_of(params.on, {});
    if (!on) return pass(on);
    const auto records = read_values(params.values, *rules);
    if (!records) return pass(records);
    StatusResult result;
    result.on = policy::date_text(*on);
    for (const auto& target : rules->indicators) {
        std::vector<Record> own;
        for (const auto& record : *records)
            if (record.indicator == target.id) own.push_back(record);
        result.rows.push_back(status_of(target, own, *on, params.level));
        count(result.counts, result.rows.back().status);
        result.lines.push_back(line_of(result.rows.back()));
        if (const auto* document = rules->document(target.document); document->is_draft())
            result.rows.back().notes.push_back({"a target of a draft", "草案中的目标"});
    }
    const auto& counts = result.counts;
    result.lines.insert(
        result.lines.begin(),
        {text({"On {}: {} met, {} on track, {} behind, {} far behind, {} moving away, {} missed, {} without trend, {} "
               "without data",
               "{}：已达成 {}，符合进度 {}，落后 {}，严重落后 {}，背离 {}，未达成 {}，无趋势 {}，无数据 {}"},
              result.on, counts.met, counts.on_track, counts.behind, counts.far_behind, counts.moving_away,
              counts.missed, counts.no_trend, counts.no_data),
         Text{"", ""}});
    return result;
}

}  // namespace leaven::indicators
