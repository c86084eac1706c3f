#include <leaven/data/catalogue.hpp>
#include <leaven/metabolism/load.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

Result<Model> load_model(const std::string& name_or_path) {
    const auto path = data::resolve(name_or_path);
    if (!path) return pass(path);
    return read_model_file(*path);
}

}  // namespace leaven::metabolism
