// Models by name or path, as parameters give them.
#pragma once

#include <string>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// Errors  not_found  neither a file nor a known name;  bad_input  as `read_model_file`
Result<Model> load_model(const std::string& name_or_path);

}  // namespace leaven::metabolism
