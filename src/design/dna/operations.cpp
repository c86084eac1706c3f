#include <leaven/dna/operations.hpp>

#include "src/codon_commands.hpp"

namespace leaven::dna {

std::vector<Operation> operations() {
    return {
        codons_operation(),
        evaluate_operation(),
        optimise_operation(),
    };
}

}  // namespace leaven::dna
