// Models from SBML level 3 with FBC and groups, read from the XML itself.
#pragma once

#include <string>
#include <string_view>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// Errors  bad_input, naming file, line and identifier
Result<Model> read_sbml(std::string_view text, const std::string& name, StopFlag stop);

}  // namespace leaven::metabolism
