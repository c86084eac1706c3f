// The model that an operation works on: a file, or a name of the data catalogue; the first thing on the command line.
#pragma once

#include <string>

#include <leaven/core/field.hpp>

namespace leaven::metabolism {

/// Parameter structs derive from it, so that its field stands beside theirs.
struct ModelInput {
    std::string model;

    static void describe(auto& p, auto&& v) {
        v(p.model, {.name = "model",
                    .doc = {"metabolic model", "代谢模型"},
                    .format = "model",
                    .required = true,
                    .input = true});
    }
};

}  // namespace leaven::metabolism
