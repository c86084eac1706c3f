// An answer as the file that `--out NAME.ENDING` of the command line writes.
#pragma once

#include <optional>

#include <leaven/op/answer.hpp>
#include <leaven/server/service.hpp>

namespace leaven::server {

/// The ending that `?as=csv` in a request's target asks for, with its dot; nothing where the answer is wanted as JSON.
std::optional<std::string> wanted_ending(std::string_view target);

/// Before the work, not after it: can this operation be written so?
///
/// Errors  bad_input  no such ending; the hint lists those there are
Status check_ending(const Operation& operation, std::string_view ending);

/// Requires  check_ending said yes.
/// Errors    those of writing it: bad_input where a result has no list for a table
Result<Response> written(const Operation& operation, const Answer& answer, std::string_view ending, Lang lang);

}  // namespace leaven::server
