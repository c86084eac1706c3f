#include "deletion_sets.hpp"

#include <algorithm>
#include <sstream>

#include <fmt/core.h>

#include <leaven/core/file.hpp>

#include "near_names.hpp"
#include "number.hpp"
#include "sort_unique.hpp"
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

Result<std::int32_t> find_gene(const Study& study, const std::string& id) {
    if (const auto found = study.index.genes.find(id); found != study.index.genes.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& gene : study.model.genes) known.push_back(gene.id);
    return advise_near_names(not_found({"no gene {}", "没有基因 {}"}, id), id, known);
}

Result<std::int32_t> find_item(const Study& study, bool genes, const std::string& id, const std::string& where) {
    auto found = genes ? find_gene(study, id) : find_reaction(study.model, study.index, id);
    if (!found && found.error().where.empty()) found.error().where = where;
    return found;
}

}  // namespace

Result<DeletionItems> deletion_items(const Study& study, const DeletionsParams& params) {
    const bool genes = params.of == "genes";
    std::vector<std::pair<std::string, std::int32_t>> chosen;
    for (const auto& id : params.only) {
        const auto found = find_item(study, genes, id, "only");
        if (!found) return pass(found);
        chosen.emplace_back(id, *found);
    }
    if (params.only.empty()) {
        for (const auto& gene : study.model.genes)
            if (genes) chosen.emplace_back(gene.id, static_cast<std::int32_t>(chosen.size()));
        for (const auto& reaction : study.model.reactions)
            if (!genes) chosen.emplace_back(reaction.id, static_cast<std::int32_t>(chosen.size()));
    }
    sort_unique(chosen);
    DeletionItems items;
    for (auto& [id, index] : chosen) {
        items.index.push_back(index);
        items.ids.push_back(std::move(id));
    }
    return items;
}

Switchboard switchboard_of(const Study& study, const DeletionItems& items, bool genes, std::size_t limit) {
    return genes ? switchboard_of_genes(study, items.index, limit) : switchboard_of_reactions(study, items.index);
}

Result<std::vector<DeletionSet>> read_deletion_sets(const Study& study, const DeletionsParams& params) {
    const bool genes = params.of == "genes";
    auto lines = read_table(params.sets);
    if (!lines) return pass(lines);
    const GeneSwitches switches(study.model);
    std::vector<DeletionSet> sets;
    for (auto& line : *lines) {
        std::vector<std::int32_t> members;
        for (const auto& id : line.ids) {
            const auto found = find_item(study, genes, id, line.where);
            if (!found) return pass(found);
            members.push_back(*found);
        }
        sort_unique(members);
        sets.push_back({std::move(line.ids), genes ? switches.reactions_off(members) : std::move(members)});
    }
    return sets;
}

}  // namespace leaven::metabolism
