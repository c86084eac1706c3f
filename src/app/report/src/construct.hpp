// Constructs of the pathway: their picture, their joints, what is ordered for them.
#pragma once

#include <leaven/op/json.hpp>

#include "html.hpp"

namespace leaven::report {

/// Parts as signs of SBOL Visual along the opened circle, joints numbered above it; rows as wide as a screen, and again
/// as wide as a phone. `label_id`: the element that names it for those who do not see it.
Html construct_picture(const Json& construct, std::string_view label_id);

/// Whether simulation confirms a row that says so.
Html verdict(const Json& row);

/// With cents.
Html price(std::optional<double> value);

/// `assembly` of a dossier's build part; empty where there is none.
Html assembly(const Json& build);

}  // namespace leaven::report
