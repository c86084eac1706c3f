#include "candidates.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/metabolism/gene_rule.hpp>

#include "near_names.hpp"
#include "number.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

bool is_spontaneous(const Gene& gene) {
    return gene.id == "s0001" || gene.name == "spontaneous" || gene.name == "Spontaneous";
}

bool is_spontaneous(const Model& model, const Reaction& reaction) {
    const auto genes = genes_of(reaction.rule);
    return !genes.empty() &&
           std::all_of(genes.begin(), genes.end(), [&](std::int32_t g) { return is_spontaneous(model.genes[g]); });
}

class Selection {
public:
    Selection(const Study& study, const DesignParams& params)
        : study_(study), params_(params), genes_(params.interventions == "genes") {}

    Result<std::vector<bool>> choose() const {
        std::vector<bool> chosen(size(), params_.candidates.empty());
        if (params_.candidates.empty())
            for (std::size_t i = 0; i < chosen.size(); ++i) chosen[i] = genes_ || is_suitable(i);
        if (auto status = mark(params_.candidates, "candidates", true, chosen); !status) return pass(status);
        std::vector<std::string> named;
        for (const auto& word : params_.exclude) {
            if (word == "none") continue;
            if (word != "spontaneous") named.push_back(word);
            for (std::size_t i = 0; word == "spontaneous" && i < chosen.size(); ++i)
                if (genes_ ? is_spontaneous(study_.model.genes[i])
                           : is_spontaneous(study_.model, study_.model.reactions[i]))
                    chosen[i] = false;
        }
        if (auto status = mark(named, "exclude", false, chosen); !status) return pass(status);
        return chosen;
    }

private:
    [[nodiscard]] std::size_t size() const {
        return genes_ ? study_.model.genes.size() : study_.model.reactions.size();
    }

    /// Tied to a gene, no boundary, no forced flux. A model that knows no genes cannot say what is tied to one: there
    /// every reaction counts, and cut sets, which ask about the network as such, may cut its boundary too.
    [[nodiscard]] bool is_suitable(std::size_t r) const {
        const auto& reaction = study_.model.reactions[r];
        if (must_carry_flux(study_, static_cast<std::int32_t>(r))) return false;
        const bool inside = reaction.terms.size() > 1;
        if (study_.model.genes.empty()) return inside || params_.strategy == "mcs";
        return inside && reaction.rule.tied_to_genes();
    }

    Status mark(const std::vector<std::string>& names, const char* parameter, bool value,
                std::vector<bool>& chosen) const {
        const auto& index = genes_ ? study_.index.genes : study_.index.reactions;
        for (const auto& name : names) {
            const auto found = index.find(name);
            if (found == index.end()) return unknown(name, parameter);
            chosen[static_cast<std::size_t>(found->second)] = value;
        }
        return {};
    }

    [[nodiscard]] Failure unknown(const std::string& name, const char* parameter) const {
        std::vector<std::string> known;
        for (const auto& entry : genes_ ? study_.index.genes : study_.index.reactions) known.push_back(entry.first);
        std::sort(known.begin(), known.end());
        const auto near = nearest(name, known, 1);
        const auto suggestion = near.empty() ? std::string() : near.front();
        const Doc what = genes_ ? Doc{"gene", "基因"} : Doc{"reaction", "反应"};
        return not_found({"there is no {0} \"{2}\"", "没有{1}“{2}”"}, what.en, what.zh, name)
            .at(parameter)
            .advise(near.empty() ? Doc{"check it against the model, or change --interventions",
                                       "请对照模型检查，或更改 --interventions"}
                                 : Doc{"did you mean {}?", "是否指 {}？"},
                    suggestion);
    }

    const Study& study_;
    const DesignParams& params_;
    bool genes_;
};

std::vector<std::string> all_ids(const Model& model) {
    std::vector<std::string> ids;
    for (const auto& gene : model.genes) ids.push_back(gene.id);
    for (const auto& reaction : model.reactions) ids.push_back(reaction.id);
    return ids;
}

/// Lines "ID COST", separated by a tab, a comma or blanks; # begins a comment; a first line without a number is a
/// heading.
class CostTable {
public:
    CostTable(const Model& model, const ModelIndex& index, std::string path)
        : model_(model), index_(index), path_(std::move(path)) {}

    Result<std::map<std::string, double>> read() {
        const auto bytes = read_file(path_);
        if (!bytes) return pass(bytes);
        std::istringstream stream(*bytes);
        std::string line;
        for (int number = 1; std::getline(stream, line); ++number) {
            line.erase(std::min(line.find('#'), line.size()));
            std::replace(line.begin(), line.end(), ',', ' ');
            std::istringstream words(line);
            std::vector<std::string> cells;
            for (std::string word; words >> word;) cells.push_back(word);
            if (cells.empty()) continue;
            if (auto status = add(cells, number, fmt::format("{}, line {}", path_, number)); !status)
                return pass(status);
        }
        return std::move(costs_);
    }

private:
    Status add(const std::vector<std::string>& cells, int number, const std::string& where) {
        const auto cost = cells.size() == 2 ? read_number(cells[1]) : std::nullopt;
        if (!cost && number == 1) return {};
        if (!cost || !std::isfinite(*cost) || *cost < 0)
            return bad_input({"not an identifier and a cost", "不是“标识符 代价”的形式"})
                .at(where)
                .advise({"write one identifier and one number, zero or more, a line", "每行写一个标识符和一个非负数"});
        if (!index_.genes.contains(cells[0]) && !index_.reactions.contains(cells[0]))
            return advise_near_names(not_found({"no gene or reaction {}", "没有基因或反应 {}"}, cells[0]).at(where),
                                     cells[0], all_ids(model_));
        costs_[cells[0]] = *cost;
        return {};
    }

    const Model& model_;
    const ModelIndex& index_;
    std::string path_;
    std::map<std::string, double> costs_;
};

}  // namespace

double Candidates::cost_of(const std::string& id) const {
    const auto found = costs.find(id);
    return found == costs.end() ? 1 : found->second;
}

Result<std::vector<std::int32_t>> find_insertable(const Model& model, const ModelIndex& index,
                                                  const std::vector<std::string>& names) {
    std::vector<std::int32_t> reactions;
    for (const auto& name : names) {
        auto found = find_reaction(model, index, name);
        if (!found) {
            found.error().where = "insertable";
            return pass(found);
        }
        const auto& reaction = model.reactions[*found];
        if (reaction.lower > 0 || reaction.upper < 0)
            return bad_input({"{} must carry flux, so it cannot be left out", "{} 必须承载通量，不能不插入"}, name)
                .at("insertable")
                .advise({"let its bounds include zero, as with --bounds {}=0:", "让其界限包含零，例如 --bounds {}=0:"},
                        name);
        reactions.push_back(*found);
    }
    sort_unique(reactions);
    return reactions;
}

Result<Candidates> find_candidates(const Study& study, const DesignParams& params) {
    Candidates candidates;
    candidates.genes = params.interventions == "genes";
    auto chosen = Selection(study, params).choose();
    if (!chosen) return pass(chosen);
    candidates.knockable = *std::move(chosen);
    auto insertable = find_insertable(study.model, study.index, params.insertable);
    if (!insertable) return pass(insertable);
    candidates.insertable = *std::move(insertable);
    if (!candidates.genes)
        for (const auto r : candidates.insertable) candidates.knockable[static_cast<std::size_t>(r)] = false;
    if (!params.costs.empty()) {
        auto costs = CostTable(study.model, study.index, params.costs).read();
        if (!costs) return pass(costs);
        candidates.costs = *std::move(costs);
    }
    return candidates;
}

}  // namespace leaven::metabolism
