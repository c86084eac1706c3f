// The host of a project: its model with the pathway and the way out for the product in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/scenario.hpp>
#include <leaven/pipeline/project.hpp>

namespace leaven::pipeline {

struct Host {
    metabolism::Model model;                     // inserted, enzyme limited, scenario not yet applied
    std::optional<metabolism::Model> unlimited;  // the same without the limit of enzyme; none where there is no limit
    metabolism::Scenario scenario;
    std::int32_t target;  // reaction that releases the product
    std::string model_file;
    std::vector<metabolism::ReactionBalance> balances;
    std::vector<metabolism::Note> notes;
};

/// Without what an enzyme limit adds.
inline const metabolism::Model& plain(const Host& host) { return host.unlimited ? *host.unlimited : host.model; }

/// Errors  not_found, bad_input  the model, the insertion, the target or the enzyme costs
Result<Host> load_host(const Project& project);

}  // namespace leaven::pipeline
