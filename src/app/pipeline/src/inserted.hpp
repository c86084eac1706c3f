// What a project adds to its host, with the balance of each reaction.
#pragma once

#include <leaven/pipeline/dossier.hpp>
#include <leaven/pipeline/project.hpp>

#include "host.hpp"

namespace leaven::pipeline {

/// As the model has it without what an enzyme limit adds.
InsertedPart inserted_part(const Project& project, const Host& host);

}  // namespace leaven::pipeline
