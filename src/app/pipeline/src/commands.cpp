#include "commands.hpp"

#include <filesystem>

#include <fmt/core.h>

#include <leaven/core/join.hpp>

namespace leaven::pipeline {
namespace {

namespace met = metabolism;

/// The design as a person types it: what differs from the defaults.
std::string design_command(const met::DesignParams& design, const std::string& scenario, const std::string& target) {
    const met::DesignParams usual;
    auto line = fmt::format("leaven metabolism design {} --target {} --interventions {} --max-interventions {}",
                            scenario, target, design.interventions, design.max_interventions);
    if (design.strategy != usual.strategy) line += " --strategy " + design.strategy;
    if (design.strategy != "mcs" && !design.min_growth)
        line += fmt::format(" --min-growth-fraction {}", design.min_growth_fraction);
    if (design.min_growth) line += fmt::format(" --min-growth {}", *design.min_growth);
    if (design.max_designs != usual.max_designs) line += fmt::format(" --max-designs {}", design.max_designs);
    if (design.exclude != usual.exclude) line += fmt::format(" --exclude {}", join(design.exclude, ","));
    if (!design.candidates.empty()) line += fmt::format(" --candidates {}", join(design.candidates, ","));
    if (!design.insertable.empty()) line += fmt::format(" --insertable {}", join(design.insertable, ","));
    if (!design.costs.empty()) line += " --costs " + design.costs;
    for (const auto& region : design.suppress) line += fmt::format(" --suppress \"{}\"", region);
    for (const auto& region : design.protect) line += fmt::format(" --protect \"{}\"", region);
    return line;
}

}  // namespace

std::vector<std::string> commands(const Project& project, const Dossier& dossier) {
    const auto file = std::filesystem::path(project.file).filename().string();
    std::string scenario = project.enzyme ? "dossier/host.xml" : project.host.model;
    for (const auto& one : project.host.bounds) scenario += " --bounds " + one;
    for (const auto& one : project.host.medium) scenario += " --medium " + one;
    for (const auto& one : project.host.knockouts) scenario += " --knockouts " + one;
    std::vector<std::string> lines{fmt::format("leaven design {} -o dossier", file)};
    const bool inserts = !project.insert.reactions.empty() || !project.insert.metabolites.empty();
    if (inserts && !project.enzyme) scenario += " --insert " + file;
    lines.push_back(design_command(project.design.params, scenario, dossier.target.reaction));
    lines.push_back(fmt::format("leaven metabolism yield {} --target {}", scenario, dossier.target.reaction));
    if (!dossier.designs.designs.empty()) {
        const auto& best = dossier.designs.designs.front();
        auto absent = project.design.params.insertable;
        std::string ids;
        for (const auto& one : best.interventions) {
            if (one.kind == "insertion") std::erase(absent, one.id);
            if (one.kind == "knockout") ids += (ids.empty() ? "" : ",") + one.id;
        }
        for (const auto& id : absent) ids += (ids.empty() ? "" : ",") + id;
        lines.push_back(
            fmt::format("leaven metabolism fba {}{}", scenario, ids.empty() ? std::string() : " --knockouts " + ids));
    }
    return lines;
}

}  // namespace leaven::pipeline
