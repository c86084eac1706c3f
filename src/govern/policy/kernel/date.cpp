#include <chrono>

#include <leaven/policy/date.hpp>

namespace leaven::policy {
namespace {

using namespace std::chrono;

Date from(year_month_day day) { return {sys_days(day).time_since_epoch().count()}; }

year_month_day to_calendar(Date date) { return sys_days(days(date.days)); }

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = digits(text.substr(0, 4));
    const auto m = digits(text.substr(5, 2));
    const auto d = digits(text.substr(8, 2));
    if (!y || !m || !d || *y < 1900) return std::nullopt;
    const year_month_day date{year(*y), month(static_cast<unsigned>(*m)), day(static_cast<unsigned>(*d))};
    return date.ok() ? std::optional(from(date)) : std::nullopt;
}

std::string date_text(Date date) {
    const auto day = to_calendar(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

Date date_of(std::int64_t y, std::int64_t m, std::int64_t d) {
    return from({year(static_cast<int>(y)), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))});
}

std::int64_t year_of(Date date) { return static_cast<int>(to_calendar(date).year()); }

Date end_of_term(Date start, std::int64_t term) {
    auto anniversary = to_calendar(start) + years(static_cast<int>(term));
    if (!anniversary.ok()) anniversary = anniversary.year() / March / 1;  // 29 February in a common year
    return {from(anniversary).days - 1};
}

Result<Date> read_day(std::string_view text, const std::string& where) {
    if (text == "today") return Date{floor<days>(system_clock::now()).time_since_epoch().count()};
    if (const auto date = parse_date(text)) return *date;
    return bad_input({"\"{}\" is no date", "“{}”不是日期"}, text)
        .at(where)
        .advise({"write a day as 2026-12-31, or today", "请写成 2026-12-31 这样的日期，或 today"});
}

}  // namespace leaven::policy
