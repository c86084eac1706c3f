// Days of the calendar, and terms of years as legal texts count them.
//
// Both ends of a period are included. Years 1900 to 9999, Gregorian.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <leaven/core/result.hpp>

namespace leaven::policy {

struct Date {
    std::int64_t days = 0;  // since 1970-01-01

    auto operator<=>(const Date&) const = default;
};

/// "2026-12-31"; none where it is written otherwise or is no day of the calendar.
std::optional<Date> parse_date(std::string_view text);

std::string date_text(Date date);

/// Requires  a day that exists
Date date_of(std::int64_t year, std::int64_t month, std::int64_t day);

std::int64_t year_of(Date date);

/// The last day of a term of whole years: the day before its anniversary. A term from 29 February ends on 28 February.
Date end_of_term(Date start, std::int64_t years);

/// A date or the word `today`.  Errors  bad_input; `where` is as given
Result<Date> read_day(std::string_view text, const std::string& where);

}  // namespace leaven::policy
