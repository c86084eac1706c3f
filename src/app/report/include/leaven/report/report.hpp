// The dossier as one page: for the engineer and for her boss, on a screen, a phone and paper.
//
// One HTML file (also well-formed XML) that asks for nothing from anywhere: style, script and pictures are inside. Both
// languages are inside too; the switch works without JavaScript. Light and dark, A4, from 360 px up, WCAG 2.2 AA.
// Threads: a pure function; the same input gives the same bytes. Cost: linear in the dossier, a few milliseconds.
#pragma once

#include <string>

#include <leaven/core/text.hpp>
#include <leaven/op/json.hpp>

namespace leaven::report {

struct ReportAssets {
    std::string map_svg;  // drawn with `DrawOptions::inlined`; empty: the page says that there is no picture
};

/// The page for a dossier as docs/dossier.schema.json describes it; `lang` is the language it opens in.
///
/// Ensures  parts that are absent, null or empty read well; every text of the dossier is shown and never run;
///          no more than 2 MB for a map of the size of the published ones
std::string render_report(const Json& dossier, const ReportAssets& assets, Lang lang = Lang::en);

}  // namespace leaven::report
