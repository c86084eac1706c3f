// Whether chains have run long enough: R-hat and effective sample size, and the summary of a sample.
//
// Reference  Vehtari, Gelman, Simpson, Carpenter, Bürkner 2021, doi:10.1214/20-BA1221.
#pragma once

#include <optional>
#include <vector>

namespace leaven::metabolism {

/// Draws of one quantity: one vector a chain, all of one length.
using Chains = std::vector<std::vector<double>>;

/// The larger of the rank-normalised split R-hat and that of the folded draws. None with fewer than four draws a chain,
/// or where all are alike.
std::optional<double> split_rhat(const Chains& chains);

/// Bulk effective sample size: rank-normalised, split chains, sums of pairs of autocorrelations while they are positive
/// and fall (Geyer 1992). The same conditions.
std::optional<double> bulk_ess(const Chains& chains);

/// Of sorted values, between neighbours linearly.
///
/// Requires  values not empty, 0 <= share <= 1
double quantile(const std::vector<double>& sorted, double share);

/// The standard normal value below which a share lies. Reference  Wichura 1988 (AS 241), doi:10.2307/2347330.
///
/// Requires  0 < share < 1
double normal_quantile(double share);

}  // namespace leaven::metabolism
