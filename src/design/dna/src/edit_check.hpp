// Primers that tell the genotypes of an edit apart.
#pragma once

#include <leaven/dna/genome_edit.hpp>

#include "edit_site.hpp"

namespace leaven::dna {

/// Adds check primers that lie at least `arm` bases outside the edit, and the lengths of their products.
///
/// Errors  cancelled
Status add_check_primers(std::span<const seq::Record> genome, const GenomeEdit& edit, std::int64_t arm,
                         EditDesign& design, const Context& context);

}  // namespace leaven::dna
