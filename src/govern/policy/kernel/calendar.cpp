#include <algorithm>
#include <tuple>

#include <leaven/policy/calendar.hpp>

namespace leaven::policy {
namespace {

std::optional<Text> undated_reason(const Document& document, const Validity& validity) {
    if (document.is_draft()) return std::nullopt;
    if (validity.needs_issue)
        return document.valid_years ? text({"valid {} years from its issue; the text does not state the date of issue",
                                            "自发布之日起 {} 年；文本未写明发布日期"},
                                           *document.valid_years)
                                    : Text{"the text states no start", "文本未写明起始日"};
    if (!validity.to) return Text{"the text states no end", "文本未写明终止日"};
    return std::nullopt;
}

}  // namespace

std::vector<Text> CalendarResult::headline() const {
    return {text({"{} events, {} documents that cannot be dated", "{} 个事件，{} 份文件未定日期"}, events.size(),
                 undated.size())};
}

Result<CalendarResult> calendar(const CalendarParams& params, Context& context) {
    static_cast<void>(context);
    const auto rules = load_rules(params.rules);
    if (!rules) return pass(rules);
    Profile profile;
    if (!params.profile.empty()) {
        auto given = read_profile(params.profile, *rules);
        if (!given) return pass(given);
        profile = *std::move(given);
    }
    const auto on = day_of(params.on, profile);
    if (!on) return pass(on);
    CalendarResult result;
    const auto add = [&](std::optional<Date> date, std::string_view kind, const Document& document,
                         const std::string& id, Text what) {
        if (!date || *date < *on || date->days > on->days + params.within) return;
        result.events.push_back({date_text(*date), date->days - on->days, std::string(kind), document.id, id,
                                 document.is_draft(), std::move(what)});
    };
    const auto here = [&](const Document& document) {
        return !profile.region || inside(*profile.region, document.region) != Truth::no;
    };
    for (const auto& document : rules->documents) {
        if (!here(document)) continue;
        const auto validity = validity_of(document, &profile);
        const Text title{document.title_en, document.title_zh};
        if (!document.is_draft()) {
            add(validity.from, "starts", document, document.id, title);
            add(validity.to, "expires", document, document.id, title);
        }
        if (const auto reason = undated_reason(document, validity)) result.undated.push_back({document.id, *reason});
    }
    for (const auto& indicator : rules->indicators) {
        const auto* document = rules->document(indicator.document);
        if (here(*document))
            add(indicator.deadline, "target_due", *document, indicator.id, {indicator.name_en, indicator.name_zh});
    }
    std::stable_sort(result.events.begin(), result.events.end(), [](const EventRow& a, const EventRow& b) {
        return std::tie(a.date, a.kind) < std::tie(b.date, b.kind);
    });
    return result;
}

}  // namespace leaven::policy
