#include <leaven/crispr/operations.hpp>

#include "src/commands.hpp"

namespace leaven::crispr {

std::vector<Operation> operations() {
    return {index_operation(),   sites_operation(),  offtargets_operation(), oligos_operation(),
            library_operation(), design_operation(), multiplex_operation()};
}

}  // namespace leaven::crispr
