#include "progress.hpp"

#include <cmath>
#include <cstdio>

#include <fmt/core.h>

namespace leaven::cli {
namespace {

/// "42 s", "3 min 05 s"
std::string duration(double seconds, Lang lang) {
    const auto whole = std::lround(seconds);
    const Doc minutes{"{} min {:02} s", "{} 分 {:02} 秒"};
    const Doc only_seconds{"{} s", "{} 秒"};
    if (whole >= 60) return fmt::format(fmt::runtime(minutes.in(lang)), whole / 60, whole % 60);
    return fmt::format(fmt::runtime(only_seconds.in(lang)), whole);
}

std::string bar(double share) {
    constexpr int cells = 24;
    const int full = static_cast<int>(share * cells);
    std::string out;
    for (int i = 0; i < cells; ++i) out += i < full ? "█" : "░";
    return out;
}

}  // namespace

void ProgressLine::show(const Progress& progress) {
    using namespace std::chrono_literals;
    const auto now = Clock::now();
    if (progress.step.en != step_) {
        step_ = progress.step.en;
        began_ = now;
        shown_ = now;
        return;
    }
    const auto pause = terminal_ ? Clock::duration(100ms) : Clock::duration(5s);
    if (now - shown_ < pause || progress.total <= 0) return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - began_).count();
    const double share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    const double rate = static_cast<double>(progress.done) / seconds;
    const auto left =
        rate > 0 ? duration(static_cast<double>(progress.total - progress.done) / rate, lang_) : std::string("–");
    const auto figures =
        fmt::format("{}/{}  {:.0f}/s  {} {}", progress.done, progress.total, rate, Doc{"left", "剩余"}.in(lang_), left);
    if (terminal_)
        fmt::print(stderr, "\r\033[K{}  {}  {}", progress.step.in(lang_), bar(share), figures);
    else
        fmt::print(stderr, "{}  {}\n", progress.step.in(lang_), figures);
    std::fflush(stderr);
    drawn_ = terminal_;
}

void ProgressLine::clear() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
    drawn_ = false;
}

}  // namespace leaven::cli
