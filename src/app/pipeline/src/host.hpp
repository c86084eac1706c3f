// The host of a project: its model with the pathway and the way out for the product in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/pipeline/project.hpp>

namespace leaven::pipeline {

struct Host {
    metabolism::Model model;  // inserted, scenario not yet applied
    metabolism::Scenario scenario;
    std::int32_t target;  // reaction that releases the product
    std::string model_file;
    std::vector<metabolism::ReactionBalance> balances;
    std::vector<metabolism::Note> notes;
};

/// Errors  not_found, bad_input  the model, the insertion or the target
Result<Host> load_host(const Project& project);

}  // namespace leaven::pipeline
