// What a person may have meant, said where a name is not known.
#pragma once

#include <string_view>
#include <vector>

#include <leaven/core/result.hpp>

namespace leaven::metabolism {

/// Advises the known names that are near; without any the failure stands as it is.
Failure advise_near_names(Failure failure, std::string_view name, const std::vector<std::string>& known);

}  // namespace leaven::metabolism
