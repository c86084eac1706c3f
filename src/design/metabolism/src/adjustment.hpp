// What a cell does right after it has lost something: the flux nearest to what it did before.
//
// Near means, over all reactions r with the flux w_r before:
//   moma         least sum of (v_r - w_r)^2          Segre, Vitkup, Church 2002, doi:10.1073/pnas.232349399
//   linear_moma  least sum of |v_r - w_r|            Becker et al. 2007, doi:10.1038/nprot.2007.99
//   room         fewest reactions that leave their window |v_r - w_r| <= delta |w_r| + epsilon
//                                                    Shlomi, Berkman, Ruppin 2005, doi:10.1073/pnas.0406346102
//   linear_room  least sum of y_r, where y_r is the share of the way from w_r to the bound of r that v_r has gone: room
//                with switches that may be half on, and no window (delta and epsilon zero), as COBRApy has it
// None of them asks for growth. All reactions count, those that are switched off too.
//
// The sums run over reactions, the programs over columns of the compression: a column carries its reactions in fixed
// proportion, so the sum over its reactions is a function of the one column.
// Threads: one object is used by one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/result.hpp>

#include "study.hpp"

namespace leaven::metabolism {

enum class Nearness { moma, linear_moma, room, linear_room };

/// None where the method is not one of these.
std::optional<Nearness> nearness_of(std::string_view method);

/// How far a flux may be from what it was and still count as unchanged.
struct Window {
    double delta = 0.03;     // relative
    double epsilon = 0.001;  // mmol/gDW/h
    [[nodiscard]] double half_width(double reference) const;

    /// By more than rounding: 1e-9 of max(1, |reference|).
    [[nodiscard]] bool left_by(double flux, double reference) const;
    static constexpr double rounding = 1e-9;
};

struct Adjusted {
    std::vector<double> flux;  // of each reaction; empty: nothing keeps the bounds
    double distance = 0;       // what was to be least, in the words above
    Certificate certificate;   // room: `gap` is what the search left open

    // moma alone: what the distance changes by per unit of a metabolite's balance, and of a flux held at its bound.
    std::vector<double> shadow_prices;
    std::vector<double> reduced_costs;
};

class Adjustment {
public:
    virtual ~Adjustment() = default;

    /// The nearest flux with these columns of the compression held at zero.
    ///
    /// Errors  cancelled;  bug  no way to solve it came to an end
    virtual Result<Adjusted> without(const std::vector<std::int32_t>& columns) = 0;
};

/// `reference` is a flux for each reaction of the network; it need not be possible there.
/// Requires  the study has a flux that keeps all bounds.
std::unique_ptr<Adjustment> make_adjustment(const Study& study, std::vector<double> reference, Nearness nearness,
                                            Window window, const Context& context);

/// Reactions whose flux left their window.
std::int64_t count_changed(const std::vector<double>& flux, const std::vector<double>& reference, Window window);

}  // namespace leaven::metabolism
