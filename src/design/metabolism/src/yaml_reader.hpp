// Models from the YAML that COBRApy and RAVEN write.
//
// Read is the part of YAML 1.2 that such files are made of: lists and objects by indentation or in brackets, ordered
// maps (!!omap), keys marked with "?", plain and quoted texts over any number of lines, literal texts ("|"). Anchors,
// aliases, other tags, folded texts and a second document are errors.
#pragma once

#include <string>
#include <string_view>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// Could the text be such a file? Looks at its first line with content.
bool looks_like_yaml(std::string_view text);

/// Errors  bad_input, naming file and line, or file and identifier
Result<Model> read_yaml(std::string_view text, const std::string& name, StopFlag stop);

}  // namespace leaven::metabolism
