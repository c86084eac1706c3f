// Which sets of genes or reactions are to be deleted, as the parameters ask.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/deletions.hpp>

#include "study.hpp"

namespace leaven::metabolism {

struct DeletionSet {
    std::vector<std::string> knockouts;   // identifiers of genes or reactions
    std::vector<std::int32_t> reactions;  // that stand still, increasing
};

/// One set a gene or reaction, in the order of the model; or those of `only`; or one a line of the table `sets`.
///
/// Errors  not_found  an unknown identifier, or no such file;  bad_input  both `only` and `sets`
Result<std::vector<DeletionSet>> deletion_sets(const Study& study, const DeletionsParams& params);

}  // namespace leaven::metabolism
