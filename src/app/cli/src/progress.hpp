// Progress on standard error: a bar with rate and time left on a terminal, plain lines elsewhere.
#pragma once

#include <chrono>
#include <string>

#include <leaven/core/context.hpp>

namespace leaven::cli {

class ProgressLine {
public:
    ProgressLine(Lang lang, bool terminal) : lang_(lang), terminal_(terminal) {}
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    /// Draws at most ten times a second on a terminal, and every five seconds elsewhere.
    void show(const Progress& progress);

    /// Takes the bar away, so that what follows starts on a clean line.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    Lang lang_;
    bool terminal_;
    bool drawn_ = false;
    std::string_view step_;
    Clock::time_point began_ = Clock::now();
    Clock::time_point shown_ = began_;
};

}  // namespace leaven::cli
