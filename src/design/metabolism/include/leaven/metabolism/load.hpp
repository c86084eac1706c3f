// Models by name or path, as parameters give them; or one that the caller has in memory already.
#pragma once

#include <memory>
#include <string>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

/// A copy of the model that this thread holds under the name; else read from the file or the catalogue.
///
/// Errors  not_found  neither a file nor a known name;  bad_input  as `read_model_file`
Result<Model> load_model(const std::string& name_or_path);

/// While it lives, `load_model(name)` on this thread gives `model`. For surfaces that keep models between calls, so
/// that operations need not know of it. Nested ones shadow outer ones; they end in the reverse order.
class HeldModel {
public:
    HeldModel(std::string name, std::shared_ptr<const Model> model);
    ~HeldModel();
    HeldModel(const HeldModel&) = delete;
    HeldModel& operator=(const HeldModel&) = delete;

private:
    friend Result<Model> load_model(const std::string& name_or_path);

    std::string name_;
    std::shared_ptr<const Model> model_;
    const HeldModel* outer_;
};

}  // namespace leaven::metabolism
