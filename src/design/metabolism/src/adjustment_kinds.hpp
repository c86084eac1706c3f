// The ways to be nearest, each in a file of its own.
#pragma once

#include <memory>
#include <vector>

#include "adjustment.hpp"

namespace leaven::metabolism {

std::unique_ptr<Adjustment> make_moma(const Study& study, std::vector<double> reference, const Context& context);
std::unique_ptr<Adjustment> make_room(const Study& study, std::vector<double> reference, Window window,
                                      const Context& context);
std::unique_ptr<Adjustment> make_piecewise(const Study& study, std::vector<double> reference, Nearness nearness,
                                           const Context& context);

}  // namespace leaven::metabolism
