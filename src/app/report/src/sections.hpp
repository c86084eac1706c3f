// The parts of the page, in the order in which they stand on it. Each takes the whole dossier.
#pragma once

#include <leaven/report/report.hpp>

#include "html.hpp"

namespace leaven::report {

inline constexpr std::string_view flux_unit = "mmol/gDW/h";

Html answer(const Json& dossier);    // what is possible, what to switch off, why to believe it
Html envelope(const Json& dossier);  // growth against product, before and after
Html designs(const Json& dossier);   // all designs, and the certificates they link to
Html targets(const Json& dossier);   // what to push and what to turn down
Html fluxes(const Json& dossier, const ReportAssets& assets);
Html pathway(const Json& dossier);     // what was inserted, and whether it balances
Html conditions(const Json& dossier);  // model, medium, assumptions
Html notes(const Json& dossier);       // empty where there are none
Html support(const Json& dossier);     // what to apply for; empty where no applicant is named
Html build(const Json& dossier);       // edits, guides and genes for the bench; empty where none are planned
Html sources(const Json& dossier);     // commands, inputs, parameters, citations

}  // namespace leaven::report
