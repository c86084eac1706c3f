// Windows of GC: which are broken, and what it costs to break them (Lagrange multipliers).
#pragma once

#include "lattice.hpp"

namespace leaven::dna {

/// One window of a group, by its intervals: on a circle they may go over the origin.
class GcWindows {
public:
    explicit GcWindows(const Model& model);

    [[nodiscard]] bool none() const { return groups_.empty(); }

    /// Do all windows hold? Leaves the counts for `step`.
    bool hold(std::string_view letters);

    /// Multipliers moved by `step` times how far each window is out of its range; those of windows that hold shrink.
    void move(double step);

    /// Square of the length of that direction.
    [[nodiscard]] double steepness() const;

    /// The worth that the multipliers take off every G or C, and what they add to every answer.
    double price(std::vector<double>& strong) const;

    void forget();

    [[nodiscard]] const std::vector<GcLimits>& groups() const { return groups_; }

private:
    struct Window {
        std::size_t group;
        std::int64_t start;  // of the group's pieces where it is one of all pieces together
        double over = 0;     // multipliers, not negative
        double under = 0;
        std::int64_t count = 0;
    };

    std::int64_t length_;
    std::vector<GcLimits> groups_;
    std::vector<Window> windows_;
    std::vector<std::int64_t> sums_;
};

}  // namespace leaven::dna
