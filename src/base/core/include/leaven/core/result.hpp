// What can go wrong, and how it is said: the value-or-error that crosses every module boundary.
//
// An error names the fault (`message`), the place (`where`: file and line, field, identifier) and the way out
// (`hint`), in both languages. Exceptions are for bugs and are caught once, where a surface begins.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <tl/expected.hpp>

#include <leaven/core/text.hpp>

namespace leaven {

/// The complete list of what can fail. The value is the exit status of the command line.
enum class ErrorCode {
    bad_input = 2,   // the user's data or parameters break a stated rule
    not_found = 3,   // a named file, model, reaction, gene or data set does not exist
    infeasible = 4,  // the question is sound and has no solution, or no finite one
    cancelled = 5,   // stopped by the user or by a time limit, before there was an answer
    refused = 6,     // safety or rights forbid it
    bug = 70,        // a fault of the program
};

struct ErrorCodeInfo {
    ErrorCode code;
    std::string_view name;
    Doc meaning;
};

/// Every code with its name and meaning, in order of exit status: the source of the reference page.
const std::array<ErrorCodeInfo, 6>& error_codes();

/// The name used in JSON, such as "bad_input".
std::string_view name_of(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::bug;
    Text message;
    std::string where;
    Text hint;

    // Defined in result.cpp: every place that can fail would compile them anew.
    Error();
    Error(ErrorCode code, Text message, std::string where = {}, Text hint = {});
    Error(const Error&);
    Error(Error&&) noexcept;
    Error& operator=(const Error&);
    Error& operator=(Error&&) noexcept;
    ~Error();
};

template <class T>
using Result = tl::expected<T, Error>;

/// An operation that succeeds without a value.
using Status = Result<std::monostate>;

/// Starts an error; `.at(place)` and `.advise(way out)` complete it. Converts to any `Result`.
struct Failure {
    Error error;

    Failure&& at(std::string place) && {
        error.where = std::move(place);
        return std::move(*this);
    }
    template <class... Args>
    Failure&& advise(Doc pattern, const Args&... args) && {
        error.hint = text(pattern, args...);
        return std::move(*this);
    }
    template <class T>
    operator tl::expected<T, Error>() && {  // NOLINT(google-explicit-constructor): reads as `return bad_input(…)`
        return tl::unexpected(std::move(error));
    }
};

template <class... Args>
Failure failure(ErrorCode code, Doc pattern, const Args&... args) {
    return {Error(code, text(pattern, args...))};
}
template <class... Args>
Failure bad_input(Doc pattern, const Args&... args) {
    return failure(ErrorCode::bad_input, pattern, args...);
}
template <class... Args>
Failure not_found(Doc pattern, const Args&... args) {
    return failure(ErrorCode::not_found, pattern, args...);
}
template <class... Args>
Failure infeasible(Doc pattern, const Args&... args) {
    return failure(ErrorCode::infeasible, pattern, args...);
}

/// The one error of a run that was told to stop.
Failure cancelled();

/// Passes on the error of `result`, whatever value it would have held.
template <class T>
tl::unexpected<Error> pass(const Result<T>& result) {
    return tl::unexpected(result.error());
}

}  // namespace leaven
