#include "adjustment.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "adjustment_kinds.hpp"

namespace leaven::metabolism {

std::optional<Nearness> nearness_of(std::string_view method) {
    constexpr std::array names{std::pair{std::string_view("moma"), Nearness::moma},
                               std::pair{std::string_view("linear-moma"), Nearness::linear_moma},
                               std::pair{std::string_view("room"), Nearness::room},
                               std::pair{std::string_view("linear-room"), Nearness::linear_room}};
    for (const auto& [name, nearness] : names)
        if (method == name) return nearness;
    return std::nullopt;
}

double Window::half_width(double reference) const { return delta * std::fabs(reference) + epsilon; }

bool Window::left_by(double flux, double reference) const {
    return std::fabs(flux - reference) > half_width(reference) + rounding * std::max(1.0, std::fabs(reference));
}

std::int64_t count_changed(const std::vector<double>& flux, const std::vector<double>& reference, Window window) {
    std::int64_t changed = 0;
    for (std::size_t r = 0; r < flux.size(); ++r)
        if (window.left_by(flux[r], reference[r])) ++changed;
    return changed;
}

std::unique_ptr<Adjustment> make_adjustment(const Study& study, std::vector<double> reference, Nearness nearness,
                                            Window window, const Context& context) {
    switch (nearness) {
        case Nearness::moma:
            return make_moma(study, std::move(reference), context);
        case Nearness::room:
            return make_room(study, std::move(reference), window, context);
        case Nearness::linear_moma:
        case Nearness::linear_room:
            return make_piecewise(study, std::move(reference), nearness, context);
    }
    return nullptr;
}

}  // namespace leaven::metabolism
