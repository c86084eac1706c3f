// The verdicts of a rule set on one day, made ready for many profiles.
//
//     const Screen screen(rules, on);
//     const auto verdicts = screen.verdicts(profiles, context);
//
// A comparison that several conditions share is made once a profile; a condition is then a few operations on bits, two
// of them a comparison: "holds" and "fails", neither where a fact is not known (strong Kleene logic).
//
// Laws     the verdicts are those of `fits`, in its order.
// Threads  those of the context; a Screen does not change, and any number of threads may ask it.
#pragma once

#include <memory>
#include <span>

#include <leaven/policy/match.hpp>

namespace leaven::policy {

class Screen {
public:
    /// The rule set must outlive the screen.
    Screen(const RuleSet& rules, Date on);
    Screen(Screen&&) noexcept;
    ~Screen();

    [[nodiscard]] std::vector<Truth> verdicts(const Profile& profile) const;

    /// Of each profile.  Errors  cancelled
    [[nodiscard]] Result<std::vector<std::vector<Truth>>> verdicts(std::span<const Profile> profiles,
                                                                   const Context& context) const;

private:
    struct Ready;
    std::unique_ptr<const Ready> ready_;
};

}  // namespace leaven::policy
