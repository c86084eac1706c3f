// A recoding drawn along the molecule: codons, GC and what is broken, before and after.
#pragma once

#include "recode_page.hpp"

namespace leaven::dna {

/// The style of the drawing, for the page around it.
std::string_view recode_style();

/// SVG for within a page; nothing where there is no molecule.
std::string draw_recoding(const Recoding& recoding, Lang lang);

/// Stretches in which every rule of the conflict holds, by position; nothing where there is no conflict.
std::vector<seq::Interval> meeting_of(const Problem& problem, const std::vector<std::string>& conflict);

}  // namespace leaven::dna
