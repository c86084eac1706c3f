#include "alignment.hpp"

#include <algorithm>

namespace leaven::seq {
namespace {

constexpr std::int64_t most_edits = 5000;
constexpr std::int64_t unreached = -1'000'000'000;

/// For each diagonal k = i - j the farthest i reached with d edits.
struct Wave {
    std::int64_t low = 0;
    std::vector<std::int32_t> reach{};

    [[nodiscard]] std::int64_t at(std::int64_t k) const {
        const auto index = k - low;
        return index < 0 || index >= static_cast<std::int64_t>(reach.size()) ? unreached
                                                                             : reach[static_cast<std::size_t>(index)];
    }
};

class Aligner {
public:
    Aligner(std::string_view a, std::string_view b)
        : a_(a), b_(b), n_(static_cast<std::int64_t>(a.size())), m_(static_cast<std::int64_t>(b.size())) {}

    Result<Alignment> run(const Context& context) {
        const auto goal = n_ - m_;
        waves_.push_back({0, {static_cast<std::int32_t>(slide(0, 0))}});
        while (waves_.back().at(goal) < n_) {
            if (context.stopped()) return cancelled();
            if (static_cast<std::int64_t>(waves_.size()) > most_edits) return Alignment{.complete = false};
            grow();
        }
        return trace();
    }

private:
    std::int64_t slide(std::int64_t i, std::int64_t k) const {
        while (i < n_ && i - k < m_ && a_[static_cast<std::size_t>(i)] == b_[static_cast<std::size_t>(i - k)]) ++i;
        return i;
    }

    /// The best i on diagonal k with one edit more, before sliding.
    std::int64_t entered(const Wave& last, std::int64_t k) const {
        return std::max({last.at(k) + 1, last.at(k - 1) + 1, last.at(k + 1)});
    }

    void grow() {
        const auto& last = waves_.back();
        const auto low = std::max(last.low - 1, -m_);
        const auto high = std::min(last.low + static_cast<std::int64_t>(last.reach.size()), n_);
        Wave wave{low, {}};
        for (auto k = low; k <= high; ++k) {
            auto i = std::min({entered(last, k), n_, m_ + k});
            if (i < 0 || i - k < 0) {
                wave.reach.push_back(static_cast<std::int32_t>(unreached));
                continue;
            }
            wave.reach.push_back(static_cast<std::int32_t>(slide(i, k)));
        }
        waves_.push_back(std::move(wave));
    }

    /// Back from the end: edits in reverse, then put together.
    Alignment trace() const {
        Alignment out;
        struct Step {
            Interval a;
            Interval b;
        };
        std::vector<Step> steps;
        auto i = n_;
        auto k = n_ - m_;
        for (auto d = waves_.size(); d-- > 1;) {
            const auto& last = waves_[d - 1];
            const auto start = std::min({entered(last, k), n_, m_ + k});
            out.matches += i - start;
            i = start;
            const auto j = i - k;
            if (last.at(k) + 1 >= i && last.at(k) >= 0) {
                steps.push_back({{i - 1, i}, {j - 1, j}});
                --i;
            } else if (last.at(k - 1) + 1 >= i && last.at(k - 1) >= 0) {
                steps.push_back({{i - 1, i}, {j, j}});
                --i, --k;
            } else {
                steps.push_back({{i, i}, {j - 1, j}});
                ++k;
            }
        }
        out.matches += i;
        out.columns = out.matches + static_cast<std::int64_t>(steps.size());
        for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
            const bool joins = !out.differences.empty() && out.differences.back().a.end == step->a.start &&
                               out.differences.back().b.end == step->b.start;
            if (!joins) out.differences.push_back({step->a, step->b});
            auto& difference = out.differences.back();
            difference.a.end = step->a.end;
            difference.b.end = step->b.end;
        }
        for (auto& difference : out.differences) {
            difference.from = a_.substr(static_cast<std::size_t>(difference.a.start),
                                        static_cast<std::size_t>(difference.a.length()));
            difference.to = b_.substr(static_cast<std::size_t>(difference.b.start),
                                      static_cast<std::size_t>(difference.b.length()));
        }
        return out;
    }

    std::string_view a_;
    std::string_view b_;
    std::int64_t n_;
    std::int64_t m_;
    std::vector<Wave> waves_;
};

}  // namespace

Result<Alignment> align(std::string_view a, std::string_view b, const Context& context) {
    return Aligner(a, b).run(context);
}

}  // namespace leaven::seq
