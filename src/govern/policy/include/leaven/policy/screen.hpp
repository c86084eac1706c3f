// The verdicts of a rule set on one day, made ready for many profiles.
//
//     const Screen screen(rules, on);
//     const auto verdicts = screen.verdicts(profiles, context);
//     verdicts->of(7)  // of the eighth profile
//
// Profiles are judged sixty-four at a time, one bit each: a comparison that several conditions share is made once a
// profile, and a condition is then a few operations on the words of its comparisons, "holds" and "fails", neither where
// a fact is not known (strong Kleene logic).
//
// Laws     the verdicts are those of `fits`, in its order.
// Threads  those of the context; a Screen does not change, and any number of threads may ask it.
#pragma once

#include <memory>
#include <span>

#include <leaven/policy/match.hpp>

namespace leaven::policy {

/// The verdicts of many profiles.
class Verdicts {
public:
    [[nodiscard]] std::span<const Truth> of(std::size_t profile) const {
        const auto& block = blocks_[profile / together];
        const auto first = block.first[profile % together];
        return std::span(block.truths).subspan(first, block.first[profile % together + 1] - first);
    }

private:
    friend class Screen;
    static constexpr std::int64_t together = 64;
    struct Block {
        std::vector<Truth> truths;
        std::vector<std::size_t> first;  // of each profile, and behind the last
    };
    std::vector<Block> blocks_;
};

class Screen {
public:
    /// The rule set must outlive the screen.
    Screen(const RuleSet& rules, Date on);
    Screen(Screen&&) noexcept;
    ~Screen();

    /// Of each profile, all read with these rules.  Errors  cancelled
    [[nodiscard]] Result<Verdicts> verdicts(std::span<const Profile> profiles, const Context& context) const;

private:
    struct Ready;
    class Sheet;
    std::unique_ptr<const Ready> ready_;
};

}  // namespace leaven::policy
