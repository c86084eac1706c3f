// The operations of folding, hybridisation and initiation, and what several of them share.
#pragma once

#include <string>
#include <vector>

#include <leaven/op/operation.hpp>

namespace leaven::dna {

Operation fold_operation();
Operation oligo_operation();
Operation rbs_operation();
Operation rbs_design_operation();

/// One sequence that a person typed, or a record of a file.
struct Given {
    std::string id{};
    std::string letters{};  // as written; "&" between strands
};

/// Each input is letters, or else a file or a name of the catalogue, of which every record is taken.
///
/// Errors  as data::resolve and seq::read_document;  bad_input  a record without sequence, or a protein
Result<std::vector<Given>> read_given(const std::vector<std::string>& inputs);

}  // namespace leaven::dna
