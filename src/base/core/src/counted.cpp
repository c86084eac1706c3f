#include <algorithm>
#include <string>

#include <leaven/core/counted.hpp>

fmt::appender fmt::formatter<leaven::Counted>::format(const leaven::Counted& counted, format_context& context) const {
    auto words = std::to_string(counted.number);
    if (!alone) {
        words += ' ';
        words += counted.noun;
        if (counted.number != 1) words += 's';
        words += counted.rest;
    }
    return std::copy(words.begin(), words.end(), context.out());
}
