#include <leaven/metabolism/load.hpp>

#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

Result<Model> load_model(const std::string& name_or_path) { return read_model_file(name_or_path); }

}  // namespace leaven::metabolism
