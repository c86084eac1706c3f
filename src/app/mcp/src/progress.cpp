#include "progress.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

namespace leaven::mcp {

void ProgressNotes::operator()(const Progress& report) {
    if (report.total <= 0) return;
    if (report.step.en != step_) {
        step_ = report.step.en;
        ++steps_begun_;
    }
    const auto now = Clock::now();
    if (told_ >= 0 && now - told_at_ < std::chrono::milliseconds(100)) return;
    const double share = std::clamp(static_cast<double>(report.done) / static_cast<double>(report.total), 0.0, 1.0);
    const double progress = 100 * (steps_begun_ - 1 + share);
    if (progress <= told_) return;
    told_ = progress;
    told_at_ = now;
    send_(notification("notifications/progress",
                       Json{{"progressToken", token_},
                            {"progress", progress},
                            {"total", 100 * steps_begun_},
                            {"message", fmt::format("{} {}/{}", report.step.in(lang_), report.done, report.total)}}));
}

}  // namespace leaven::mcp
