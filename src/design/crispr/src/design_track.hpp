// A target with its neighbours and the guides chosen for it, drawn along the genome.
#pragma once

#include <string>

#include "design_rows.hpp"

namespace leaven::crispr {

/// An SVG without colours of its own: it takes those of the page, light or dark.
std::string draw_track(const TargetGuides& target, const HeldDesign& held, Lang lang);

}  // namespace leaven::crispr
