// The targets of the plans, and how far recorded values have come.
//
// Progress = value / target; pace = the rate so far over the rate that reaches the target in time, linear, from 0 at
// the start for what is added, from the first record for a stock. Projection: ordinary least squares over time in years
// of 365.25 days, with the prediction interval of Student's t (Draper, Smith 1998, Applied Regression Analysis, 3.1).
#pragma once

#include <leaven/core/context.hpp>
#include <leaven/indicators/values.hpp>
#include <leaven/op/described.hpp>
#include <leaven/policy/match.hpp>

namespace leaven::indicators {

struct TargetRow {
    std::string id, name_zh, name_en, type, comparator;
    std::int64_t low = 0;
    std::optional<std::int64_t> high;
    std::string unit, kind, start, deadline;
    std::optional<std::string> responsible;  // none: not stated
    std::vector<std::string> related_articles;
    std::vector<std::string> related_agencies;
    std::string quote, note;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"indicator", "指标"}});
        v(p.name_zh, {.name = "name_zh", .doc = {"name in Chinese", "名称"}});
        v(p.name_en, {.name = "name_en", .doc = {"name in English", "英文名称"}});
        v(p.type, {.name = "type", .doc = {"type", "类型"}, .choices = "number|milestone"});
        v(p.comparator,
          {.name = "comparator", .doc = {"comparator", "比较方式"}, .choices = "at_least|range|about|exceed"});
        v(p.low, {.name = "low", .doc = {"target", "目标值"}});
        v(p.high, {.name = "high", .doc = {"upper end", "目标上限"}});
        v(p.unit, {.name = "unit", .doc = {"unit", "单位"}});
        v(p.kind, {.name = "kind", .doc = {"kind", "性质"}, .choices = "added|stock"});
        v(p.start, {.name = "start", .doc = {"start", "起始日"}, .format = "date"});
        v(p.deadline, {.name = "deadline", .doc = {"deadline", "截止日"}, .format = "date"});
        v(p.responsible, {.name = "responsible", .doc = {"responsible body", "责任单位"}});
        v(p.related_articles, {.name = "related_articles", .doc = {"related articles", "相关条文"}});
        v(p.related_agencies, {.name = "related_agencies", .doc = {"agencies of those", "相关条文的责任单位"}});
        v(p.quote, {.name = "quote", .doc = {"quote", "引文"}});
        v(p.note, {.name = "note", .doc = {"note", "说明"}});
    }
};

struct ListParams {
    std::string document;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.document, {.name = "document", .doc = {"only this document", "仅此文件"}});
        policy::Question::describe_rules(p, v);
    }
};

struct ListCounts {
    std::int64_t numbers = 0;
    std::int64_t milestones = 0;
    Counts by_document;  // targets of each document, milestones not among them

    static void describe(auto& p, auto&& v) {
        v(p.numbers, {.name = "numbers", .doc = {"quantitative targets", "定量目标"}, .unit = "1"});
        v(p.milestones, {.name = "milestones", .doc = {"milestones", "节点目标"}, .unit = "1"});
        v(p.by_document, {.name = "by_document", .doc = {"by document", "按文件"}});
    }
};

struct ListResult {
    std::vector<TargetRow> indicators;
    ListCounts counts;
    std::vector<Text> lines;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.indicators, {.name = "indicators", .doc = {"targets", "目标"}});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
    }
};

Result<ListResult> list(const ListParams& params, Context& context);

/// Parameters of what reports on a day; structs derive from it.
struct Reporting {
    std::string on;
    double level = 0.9;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.on, {.name = "on",
                 .doc = {"day of the report, or `today`", "报告日期或 today"},
                 .format = "date",
                 .required = true});
        v(p.level,
          {.name = "level", .doc = {"level of the interval", "区间置信水平"}, .unit = "1", .min = 0.5, .max = 0.99});
        policy::Question::describe_rules(p, v);
    }
};

struct StatusParams : Reporting {
    std::string values = "shipped";

    static void describe(auto& p, auto&& v) {
        v(p.values, {.name = "values",
                     .doc = {"values file (.tsv); `shipped` holds none", "数值文件（.tsv）；shipped 不含数值"},
                     .format = "path",
                     .input = true});
        Reporting::describe(p, v);
    }
};

struct Latest {
    std::string date;
    double value = 0;
    std::string source;

    static void describe(auto& p, auto&& v) {
        v(p.date, {.name = "date", .doc = {"date", "日期"}, .format = "date"});
        v(p.value, {.name = "value", .doc = {"value", "数值"}});
        v(p.source, {.name = "source", .doc = {"source", "来源"}});
    }
};

struct Projection {
    std::string date;
    double value = 0;
    std::optional<double> low;
    std::optional<double> high;
    double level = 0.9;
    std::optional<double> probability;

    static void describe(auto& p, auto&& v) {
        v(p.date, {.name = "date", .doc = {"date", "日期"}, .format = "date"});
        v(p.value, {.name = "value", .doc = {"projected value", "推算值"}});
        v(p.low, {.name = "low", .doc = {"lower end", "区间下限"}});
        v(p.high, {.name = "high", .doc = {"upper end", "区间上限"}});
        v(p.level, {.name = "level", .doc = {"level", "置信水平"}});
        v(p.probability, {.name = "probability", .doc = {"probability of reaching the target", "达到目标的概率"}});
    }
};

struct StatusRow {
    std::string id;
    Text name;
    std::int64_t n = 0;
    std::optional<Latest> latest;
    std::int64_t target_low = 0;
    std::optional<std::int64_t> target_high;
    std::optional<double> progress;
    std::optional<double> gap;
    std::optional<double> pace_ratio;
    std::string status;
    std::optional<Projection> projection;
    std::vector<Text> notes;

    static void describe(auto& p, auto&& v) {
        v(p.id, {.name = "id", .doc = {"indicator", "指标"}});
        v(p.name, {.name = "name", .doc = {"name", "名称"}});
        v(p.n, {.name = "n", .doc = {"records", "记录数"}, .unit = "1"});
        v(p.latest, {.name = "latest", .doc = {"latest", "最新值"}});
        v(p.target_low, {.name = "target_low", .doc = {"target", "目标值"}});
        v(p.target_high, {.name = "target_high", .doc = {"upper end", "目标上限"}});
        v(p.progress, {.name = "progress", .doc = {"progress", "完成比例"}});
        v(p.gap, {.name = "gap", .doc = {"gap", "差距"}});
        v(p.pace_ratio, {.name = "pace_ratio", .doc = {"pace", "进度比"}});
        v(p.status, {.name = "status",
                     .doc = {"status", "状态"},
                     .choices = "no_data|met|missed|no_trend|on_track|behind|far_behind|moving_away"});
        v(p.projection, {.name = "projection", .doc = {"projection", "推算"}});
        v(p.notes, {.name = "notes", .doc = {"notes", "备注"}});
    }
};

struct StatusCounts {
    std::int64_t no_data = 0, met = 0, missed = 0, no_trend = 0, on_track = 0, behind = 0, far_behind = 0,
                 moving_away = 0;

    static void describe(auto& p, auto&& v) {
        v(p.no_data, {.name = "no_data", .doc = {"no data", "无数据"}, .unit = "1"});
        v(p.met, {.name = "met", .doc = {"met", "已达成"}, .unit = "1"});
        v(p.missed, {.name = "missed", .doc = {"missed", "未达成"}, .unit = "1"});
        v(p.no_trend, {.name = "no_trend", .doc = {"no trend", "无趋势"}, .unit = "1"});
        v(p.on_track, {.name = "on_track", .doc = {"on track", "符合进度"}, .unit = "1"});
        v(p.behind, {.name = "behind", .doc = {"behind", "落后"}, .unit = "1"});
        v(p.far_behind, {.name = "far_behind", .doc = {"far behind", "严重落后"}, .unit = "1"});
        v(p.moving_away, {.name = "moving_away", .doc = {"moving away", "背离"}, .unit = "1"});
    }
};

struct StatusResult {
    std::string on;
    std::vector<StatusRow> rows;
    StatusCounts counts;
    std::vector<Text> lines;

    static constexpr bool brief = true;
    [[nodiscard]] std::vector<Text> headline() const { return lines; }
    static void describe(auto& p, auto&& v) {
        v(p.on, {.name = "on", .doc = {"day", "日期"}, .format = "date"});
        v(p.rows, {.name = "rows", .doc = {"targets", "目标"}});
        v(p.counts, {.name = "counts", .doc = {"counts", "计数"}});
    }
};

Result<StatusResult> status(const StatusParams& params, Context& context);

/// The row of one target; `records` are its own, by date.
StatusRow status_of(const policy::Indicator& target, const std::vector<Record>& records, policy::Date on, double level);

struct PlotParams : Reporting {
    std::string values = "shipped";
    std::string indicator;

    static void describe(auto& p, auto&& v) {
        v(p.values, {.name = "values",
                     .doc = {"values file (.tsv)", "数值文件（.tsv）"},
                     .format = "path",
                     .required = true,
                     .input = true});
        v(p.indicator,
          {.name = "indicator", .doc = {"indicator, such as bj-synbio/i2", "指标，如 bj-synbio/i2"}, .required = true});
        Reporting::describe(p, v);
    }
};

struct PlotPoint {
    std::string date;
    double value = 0;

    static void describe(auto& p, auto&& v) {
        v(p.date, {.name = "date", .doc = {"date", "日期"}, .format = "date"});
        v(p.value, {.name = "value", .doc = {"value", "数值"}});
    }
};

struct PlotResult {
    StatusRow row;
    std::string unit;
    std::string start;
    std::string deadline;
    std::vector<PlotPoint> points;

    static constexpr std::string_view endings = ".svg|.html";
    [[nodiscard]] Result<std::string> file(std::string_view ending, Lang lang) const;
    static void describe(auto& p, auto&& v) {
        v(p.row, {.name = "row", .doc = {"target", "目标"}});
        v(p.unit, {.name = "unit", .doc = {"unit", "单位"}});
        v(p.start, {.name = "start", .doc = {"start", "起始日"}, .format = "date"});
        v(p.deadline, {.name = "deadline", .doc = {"deadline", "截止日"}, .format = "date"});
        v(p.points, {.name = "points", .doc = {"values", "数值"}});
    }
};

/// Errors  not_found  no such indicator
Result<PlotResult> plot(const PlotParams& params, Context& context);

struct ImportParams {
    std::string file;
    std::vector<std::string> columns;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.file, {.name = "file",
                   .doc = {"table to read (.csv, .tsv, .json)", "待读取的表（.csv、.tsv、.json）"},
                   .format = "path",
                   .required = true,
                   .input = true});
        v(p.columns, {.name = "columns",
                      .doc = {"what its columns are, as field=column: indicator, date, value, unit, source, note",
                              "各列对应关系，写作 字段=列名：indicator、date、value、unit、source、note"}});
        policy::Question::describe_rules(p, v);
    }
};

struct ImportRow {
    std::string indicator, date, value, unit, source, note;

    static void describe(auto& p, auto&& v) {
        v(p.indicator, {.name = "indicator", .doc = {"indicator", "指标"}});
        v(p.date, {.name = "date", .doc = {"date", "日期"}, .format = "date"});
        v(p.value, {.name = "value", .doc = {"value", "数值"}});
        v(p.unit, {.name = "unit", .doc = {"unit", "单位"}});
        v(p.source, {.name = "source", .doc = {"source", "来源"}});
        v(p.note, {.name = "note", .doc = {"note", "备注"}});
    }
};

struct ImportResult {
    std::vector<ImportRow> rows;  // with --out values.tsv: a values file

    static void describe(auto& p, auto&& v) { v(p.rows, {.name = "rows", .doc = {"records", "记录"}}); }
};

Result<ImportResult> import_values(const ImportParams& params, Context& context);

}  // namespace leaven::indicators
