#include "gc_windows.hpp"

#include <algorithm>

namespace leaven::dna {

GcWindows::GcWindows(const Model& model) : length_(model.length), groups_(model.gc) {
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto& group = groups_[g];
        if (group.window == 0) {
            windows_.push_back({g, 0});
            continue;
        }
        for (const auto& piece : group.pieces)
            for (auto start = piece.start; start < (group.around ? piece.end : piece.end - group.window + 1); ++start)
                windows_.push_back({g, start});
    }
}

bool GcWindows::hold(std::string_view letters) {
    const auto n = static_cast<std::size_t>(length_);
    sums_.resize(2 * n + 1);
    for (std::size_t i = 0; i < 2 * n; ++i) {
        const char letter = letters[i < n ? i : i - n];
        sums_[i + 1] = sums_[i] + (letter == 'G' || letter == 'C' ? 1 : 0);
    }
    const auto within = [&](std::int64_t start, std::int64_t end) {
        return sums_[static_cast<std::size_t>(end)] - sums_[static_cast<std::size_t>(start)];
    };
    bool sound = true;
    for (auto& window : windows_) {
        const auto& group = groups_[window.group];
        window.count = 0;
        if (group.window > 0) {
            const auto start = window.start % length_;
            window.count = within(start, start + group.window);
        } else {
            for (const auto& piece : group.pieces) window.count += within(piece.start, piece.end);
        }
        sound = sound && window.count >= group.least && window.count <= group.most;
    }
    return sound;
}

void GcWindows::move(double step) {
    for (auto& window : windows_) {
        const auto& group = groups_[window.group];
        window.over = std::max(0.0, window.over + step * static_cast<double>(window.count - group.most));
        window.under = std::max(0.0, window.under + step * static_cast<double>(group.least - window.count));
    }
}

double GcWindows::steepness() const {
    double sum = 0;
    for (const auto& window : windows_) {
        const auto& group = groups_[window.group];
        const auto over = static_cast<double>(window.count - group.most);
        const auto under = static_cast<double>(group.least - window.count);
        if (over > 0 || window.over > 0) sum += over * over;
        if (under > 0 || window.under > 0) sum += under * under;
    }
    return sum;
}

double GcWindows::price(std::vector<double>& strong) const {
    const auto n = static_cast<std::size_t>(length_);
    std::vector<double> change(2 * n + 1, 0.0);
    double constant = 0;
    for (const auto& window : windows_) {
        if (window.over == 0 && window.under == 0) continue;
        const auto& group = groups_[window.group];
        constant += window.over * static_cast<double>(group.most) - window.under * static_cast<double>(group.least);
        const double price = window.under - window.over;
        const auto add = [&](std::int64_t start, std::int64_t end) {
            change[static_cast<std::size_t>(start)] += price;
            change[static_cast<std::size_t>(end)] -= price;
        };
        if (group.window > 0)
            add(window.start % length_, window.start % length_ + group.window);
        else
            for (const auto& piece : group.pieces) add(piece.start, piece.end);
    }
    double current = 0;
    strong.assign(n, 0.0);
    for (std::size_t i = 0; i < 2 * n; ++i) {
        current += change[i];
        strong[i < n ? i : i - n] += current;
    }
    return constant;
}

void GcWindows::forget() {
    for (auto& window : windows_) window.over = window.under = 0;
}

}  // namespace leaven::dna
