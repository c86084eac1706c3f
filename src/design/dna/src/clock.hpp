// When a search has to end.
#pragma once

#include <algorithm>
#include <chrono>

#include <leaven/core/context.hpp>

namespace leaven::dna {

class Clock {
public:
    Clock(const Context& context, double seconds)
        : context_(context), end_(std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds)) {}

    [[nodiscard]] bool out() const { return context_.stopped() || std::chrono::steady_clock::now() >= end_; }
    [[nodiscard]] double left_s() const {
        return std::max(0.0, std::chrono::duration<double>(end_ - std::chrono::steady_clock::now()).count());
    }
    [[nodiscard]] const Context& context() const { return context_; }

private:
    const Context& context_;
    std::chrono::time_point<std::chrono::steady_clock, std::chrono::duration<double>> end_;
};

}  // namespace leaven::dna
