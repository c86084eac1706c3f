#include <leaven/seq/operations.hpp>

#include "src/commands.hpp"

namespace leaven::seq {

std::vector<Operation> operations() {
    return {info_operation(), convert_operation(),          extract_operation(),
            edit_operation(), find_operation_of_patterns(), compare_operation(),
            map_operation()};
}

}  // namespace leaven::seq
