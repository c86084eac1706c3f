// A model that a caller holds in another form, told piece by piece: the dictionary of COBRApy without its text.
//
//     ModelTeller tell("cobra.Model");
//     tell.open_object() && tell.key("metabolites") && tell.open_list() && … && tell.close();
//     auto model = std::move(tell).finish();
//
// Rules  as for the same document in a JSON file; each call gives false once what was told is no model, and `finish`
//        then says why.
#pragma once

#include <memory>
#include <string>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

class ModelTeller {
public:
    /// `name` stands for the file in errors.
    explicit ModelTeller(std::string name);
    ~ModelTeller();
    ModelTeller(const ModelTeller&) = delete;
    ModelTeller& operator=(const ModelTeller&) = delete;

    bool open_object();
    bool open_list();
    bool close();
    bool key(std::string name);
    bool nothing();
    bool boolean(bool value);
    bool number(double value);
    bool text(std::string value);

    /// Errors  bad_input  what was told breaks the rules
    Result<Model> finish() &&;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace leaven::metabolism
