// Models by name or path, as parameters give them; or one that the caller has in memory already.
#pragma once

#include <memory>
#include <string>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// The model that this thread holds under the name; else read from the file or the catalogue.
///
/// Errors  not_found  neither a file nor a known name;  bad_input, cancelled  as `read_model_file`
Result<std::shared_ptr<const Model>> share_model(const std::string& name_or_path, StopFlag stop = nullptr);

/// The same, to change: a copy where the thread holds it.
Result<Model> load_model(const std::string& name_or_path, StopFlag stop = nullptr);

/// The same, to analyse: a copy is without annotations and remarks, which no analysis reads.
Result<Model> load_network(const std::string& name_or_path, StopFlag stop = nullptr);

/// The model that this thread holds under the name; none where it holds none.
std::shared_ptr<const Model> held_model(const std::string& name);

/// While it lives, the four give `model` for `name` on this thread. For surfaces that keep models between calls, so
/// that operations need not know of it. Nested ones shadow outer ones; they end in the reverse order.
class HeldModel {
public:
    HeldModel(std::string name, std::shared_ptr<const Model> model);
    ~HeldModel();
    HeldModel(const HeldModel&) = delete;
    HeldModel& operator=(const HeldModel&) = delete;

private:
    friend std::shared_ptr<const Model> held_model(const std::string& name);

    std::string name_;
    std::shared_ptr<const Model> model_;
    const HeldModel* outer_;
};

}  // namespace leaven::metabolism
