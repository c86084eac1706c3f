#include <leaven/dna/operations.hpp>

#include "src/thermo_commands.hpp"

namespace leaven::dna {

std::vector<Operation> operations() {
    return {
        fold_operation(),
        oligo_operation(),
        rbs_operation(),
        rbs_design_operation(),
    };
}

}  // namespace leaven::dna
