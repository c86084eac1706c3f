// The guide that cuts a chromosome where it is to be edited.
#pragma once

#include <leaven/dna/genome_edit.hpp>

namespace leaven::dna {

/// The guide whose site the edit destroys, with no other target, that cuts nearest; what speaks against it is noted.
///
/// Errors  bad_input  no finder;  what it returns
Status add_guide(std::span<const seq::Record> genome, const GenomeEdit& edit, const GuideFinder& find,
                 EditDesign& design, const Context& context);

}  // namespace leaven::dna
