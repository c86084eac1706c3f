#include <leaven/dna/operations.hpp>

#include "src/cloning_commands.hpp"
#include "src/codon_commands.hpp"
#include "src/order_commands.hpp"
#include "src/read_commands.hpp"
#include "src/thermo_commands.hpp"

namespace leaven::dna {

std::vector<Operation> operations(GuideFinder find) {
    return {
        digest_operation(),
        overhangs_operation(),
        pcr_operation(),
        assemble_operation(),
        fragment_operation(),
        codons_operation(),
        evaluate_operation(),
        optimise_operation(),
        fold_operation(),
        oligo_operation(),
        rbs_operation(),
        rbs_design_operation(),
        edit_operation(std::move(find)),
        primers_operation(),
        verify_operation(),
        plan_operation(),
    };
}

}  // namespace leaven::dna
