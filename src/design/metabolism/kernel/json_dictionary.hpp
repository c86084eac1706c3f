// A model as the dictionary in which COBRApy writes JSON and YAML.
#pragma once

#include <string>

#include <leaven/metabolism/model.hpp>
#include <leaven/op/json_name.hpp>

namespace leaven::metabolism {

/// `extras` is kept under the key "leaven"; where empty, there is no such key.
Json dictionary_of(const Model& model, const std::string& extras);

/// The collection of an address such as "https://identifiers.org/chebi/CHEBI:17234", and the entry in it; where the
/// address has another form, the collection is "resource" and the entry the whole address.
struct Resource {
    std::string collection;
    std::string entry;
};
Resource resource_of(const std::string& address);

std::string write_json(const Model& model, const std::string& extras);
std::string write_yaml(const Model& model, const std::string& extras);

}  // namespace leaven::metabolism
