#include <leaven/dna/operations.hpp>

#include "src/thermo_commands.hpp"

namespace leaven::dna {

std::vector<Operation> operations() {
    return {
        fold_operation(),
        oligo_operation(),
    };
}

}  // namespace leaven::dna
