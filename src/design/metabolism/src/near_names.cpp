#include "near_names.hpp"

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>

namespace leaven::metabolism {

Failure advise_near_names(Failure failure, std::string_view name, const std::vector<std::string>& known) {
    const auto near = nearest(name, known);
    if (near.empty()) return failure;
    return std::move(failure).advise({"did you mean {}?", "是否指 {}？"}, join(near, ", "));
}

}  // namespace leaven::metabolism
