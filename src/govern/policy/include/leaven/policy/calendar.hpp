// What ends, starts and falls due; and what cannot be dated.
#pragma once

#include <leaven/policy/match.hpp>

namespace leaven::policy {

struct CalendarParams {
    std::string profile, on;
    std::int64_t within = 90;
    std::vector<std::string> rules;

    static void describe(auto& p, auto&& v) {
        v(p.profile, {.name = "profile",
                      .doc = {"profile: only documents of its region", "申请者资料：仅其所在地区的文件"},
                      .format = "path",
                      .input = true});
        v(p.on, {.name = "on",
                 .doc = {"first day, or `today`; the profile's where empty", "起始日或 today；留空则取资料中的日期"},
                 .format = "date"});
        v(p.within, {.name = "within", .doc = {"days to look ahead", "向后天数"}, .unit = "d", .min = 0, .max = 3650});
        Question::describe_rules(p, v);
    }
};

struct EventRow {
    std::string date;
    std::int64_t days = 0;
    std::string kind, document, id;
    bool draft = false;
    Text what;

    static void describe(auto& p, auto&& v) {
        v(p.date, {.name = "date", .doc = {"date", "日期"}, .format = "date"});
        v(p.days, {.name = "days", .doc = {"days left", "剩余天数"}, .unit = "d"});
        v(p.kind, {.name = "kind", .doc = {"kind", "类型"}, .choices = "expires|starts|target_due"});
        v(p.document, {.name = "document", .doc = {"document", "文件"}});
        v(p.id, {.name = "id", .doc = {"id", "标识"}});
        v(p.draft, {.name = "draft", .doc = {"draft", "草案"}});
        v(p.what, {.name = "what", .doc = {"what", "内容"}});
    }
};

struct UndatedRow {
    std::string document;
    Text reason;

    static void describe(auto& p, auto&& v) {
        v(p.document, {.name = "document", .doc = {"document", "文件"}});
        v(p.reason, {.name = "reason", .doc = {"why it is not dated", "未定日期的原因"}});
    }
};

struct CalendarResult {
    std::vector<EventRow> events;
    std::vector<UndatedRow> undated;

    [[nodiscard]] std::vector<Text> headline() const;
    static void describe(auto& p, auto&& v) {
        v(p.events, {.name = "events", .doc = {"events", "事件"}});
        v(p.undated, {.name = "undated", .doc = {"not dated", "未定日期"}});
    }
};

Result<CalendarResult> calendar(const CalendarParams& params, Context& context);

}  // namespace leaven::policy
