#include "deletion_sets.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/format.h>

#include <leaven/core/file.hpp>
#include <leaven/core/suggest.hpp>

#include "number.hpp"
#include "switches.hpp"

namespace leaven::metabolism {
namespace {

/// Identifiers, and where they stand.
struct Line {
    std::vector<std::string> ids;
    std::string where;
};

std::vector<std::string> split_line(std::string_view line) {
    std::vector<std::string> ids;
    while (!line.empty()) {
        const auto end = std::min(line.find_first_of("\t,;"), line.size());
        if (const auto id = trimmed(line.substr(0, end)); !id.empty()) ids.emplace_back(id);
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return ids;
}

Result<std::vector<Line>> read_table(const std::string& path) {
    auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    std::vector<Line> lines;
    std::istringstream stream(*bytes);
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        auto ids = split_line(std::string_view(line).substr(0, line.find('#')));
        if (!ids.empty()) lines.push_back({std::move(ids), fmt::format("{}, line {}", path, number)});
    }
    return lines;
}

std::vector<Line> every_one(const Study& study, bool genes) {
    std::vector<Line> lines;
    if (genes)
        for (const auto& gene : study.model.genes) lines.push_back({{gene.id}, {}});
    else
        for (const auto& reaction : study.model.reactions) lines.push_back({{reaction.id}, {}});
    return lines;
}

Result<std::int32_t> find_gene(const Study& study, const std::string& id) {
    if (const auto found = study.index.genes.find(id); found != study.index.genes.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& gene : study.model.genes) known.push_back(gene.id);
    const auto near = fmt::format("{}", fmt::join(nearest(id, known), ", "));
    auto failure = not_found({"no gene {}", "没有基因 {}"}, id);
    if (near.empty()) return failure;
    return std::move(failure).advise({"did you mean {}?", "是否指 {}？"}, near);
}

}  // namespace

Result<std::vector<DeletionSet>> deletion_sets(const Study& study, const DeletionsParams& params) {
    if (!params.only.empty() && !params.sets.empty())
        return bad_input({"both a list and a table of what to delete", "同时给出了删除列表和删除组合表"})
            .at("only, sets")
            .advise({"give one of the two", "二者只给其一"});
    const bool genes = params.of == "genes";
    auto lines = params.only.empty() ? every_one(study, genes) : std::vector<Line>();
    for (const auto& id : params.only) lines.push_back({{id}, "only"});
    if (!params.sets.empty()) {
        auto table = read_table(params.sets);
        if (!table) return pass(table);
        lines = *std::move(table);
    }
    const GeneSwitches switches(study.model);
    std::vector<DeletionSet> sets;
    for (auto& line : lines) {
        std::vector<std::int32_t> members;
        for (const auto& id : line.ids) {
            auto found = genes ? find_gene(study, id) : find_reaction(study.model, study.index, id);
            if (!found && found.error().where.empty()) found.error().where = line.where;
            if (!found) return pass(found);
            members.push_back(*found);
        }
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        sets.push_back({std::move(line.ids), genes ? switches.reactions_off(members) : std::move(members)});
    }
    return sets;
}

}  // namespace leaven::metabolism
