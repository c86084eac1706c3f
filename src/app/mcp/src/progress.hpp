// Progress of a call as notifications: a number that only grows, and words.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

#include <leaven/core/context.hpp>
#include <leaven/op/json.hpp>

#include "message.hpp"

namespace leaven::mcp {

/// A Context's sink. Each named step counts for 100, and how many steps there will be is not known; ten notes a second
/// at most.
class ProgressNotes {
public:
    ProgressNotes(Json token, Lang lang, std::function<void(const Json&)> send)
        : token_(std::move(token)), lang_(lang), send_(std::move(send)) {}

    void operator()(const Progress& report);

private:
    using Clock = std::chrono::steady_clock;

    Json token_;
    Lang lang_;
    std::function<void(const Json&)> send_;
    std::string_view step_;
    double steps_begun_ = 0;
    double told_ = -1;
    Clock::time_point told_at_{};
};

}  // namespace leaven::mcp
