// The dossier's answers as commands that a person can type.
#pragma once

#include <string>
#include <vector>

#include <leaven/pipeline/dossier.hpp>
#include <leaven/pipeline/project.hpp>

namespace leaven::pipeline {

/// Commands that give the same answers, the main job first.
std::vector<std::string> commands(const Project& project, const Dossier& dossier);

}  // namespace leaven::pipeline
