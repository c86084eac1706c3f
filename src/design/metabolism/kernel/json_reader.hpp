// Models from the JSON that BiGG and COBRApy write.
#pragma once

#include <string>
#include <string_view>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// Errors  bad_input, naming file and line, or file and identifier
Result<Model> read_bigg_json(std::string_view text, const std::string& name, StopFlag stop);

}  // namespace leaven::metabolism
