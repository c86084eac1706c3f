#include "universe.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "number_table.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

Result<std::map<std::string, double>> read_costs(const Model& universe, const ModelIndex& index,
                                                 const std::string& path) {
    std::map<std::string, double> costs;
    if (path.empty()) return costs;
    const auto rows = read_number_table(path, 1);
    if (!rows) return pass(rows);
    for (const auto& row : *rows) {
        if (const auto found = find_reaction(universe, index, row.words[0]); !found) {
            auto error = found.error();
            error.where = row.where;
            return tl::unexpected(std::move(error));
        }
        if (!(row.number > 0))
            return bad_input({"the cost {} is not above zero", "代价 {} 不大于零"}, row.number)
                .at(row.where)
                .advise({"what may be added for nothing belongs into the model: use --insert",
                         "无代价的反应应直接加入模型：请用 --insert"});
        costs[row.words[0]] = row.number;
    }
    return costs;
}

/// Appends metabolites as they are first needed, in compartments of the host where these are the same.
class Extender {
public:
    Extender(Model host, const Model& universe) : universe_(universe), index_(host) {
        out_.model = std::move(host);
        out_.costs.resize(out_.model.reactions.size());
        // The same metabolites lie in the same compartments, whatever these are called.
        for (const auto& metabolite : universe.metabolites)
            if (const auto found = index_.metabolites.find(metabolite.id); found != index_.metabolites.end())
                compartment_.emplace(metabolite.compartment, out_.model.metabolites[found->second].compartment);
    }

    [[nodiscard]] bool has(const std::string& reaction) const { return index_.reactions.contains(reaction); }

    void add(Reaction reaction, double cost) {
        // It may be added, so it need not run: then more reactions never do harm.
        reaction.lower = std::min(reaction.lower, 0.0);
        reaction.upper = std::max(reaction.upper, 0.0);
        if (crosses_boundary(universe_, reaction)) {
            if (uptake_direction(universe_, reaction) < 0)
                reaction.lower = std::max(reaction.lower, 0.0);
            else
                reaction.upper = std::min(reaction.upper, 0.0);
            if (reaction.lower >= reaction.upper) return;
        }
        reaction.rule = {};
        for (auto& term : reaction.terms) term.metabolite = place_of(term.metabolite);
        std::sort(reaction.terms.begin(), reaction.terms.end(),
                  [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
        index_.reactions.emplace(reaction.id, static_cast<std::int32_t>(out_.model.reactions.size()));
        out_.model.reactions.push_back(std::move(reaction));
        out_.costs.emplace_back(cost);
    }

    Extended finish() && { return std::move(out_); }

private:
    std::int32_t place_of(std::int32_t metabolite) {
        auto copy = universe_.metabolites[metabolite];
        if (const auto found = index_.metabolites.find(copy.id); found != index_.metabolites.end())
            return found->second;
        copy.compartment = compartment_of(copy.compartment);
        const auto place = static_cast<std::int32_t>(out_.model.metabolites.size());
        index_.metabolites.emplace(copy.id, place);
        out_.model.metabolites.push_back(std::move(copy));
        return place;
    }

    std::string compartment_of(const std::string& id) {
        if (const auto known = compartment_.find(id); known != compartment_.end()) return known->second;
        for (const auto& compartment : out_.model.compartments)
            if (compartment.id == id) return id;
        for (const auto& compartment : universe_.compartments)
            if (compartment.id == id) out_.model.compartments.push_back(compartment);
        return id;
    }

    const Model& universe_;
    ModelIndex index_;
    Extended out_;
    std::map<std::string, std::string> compartment_;
};

}  // namespace

Result<Extended> extend(Model host, const Model& universe, const std::vector<std::string>& exclude,
                        const std::string& costs_file) {
    const ModelIndex index(universe);
    const auto costs = read_costs(universe, index, costs_file);
    if (!costs) return pass(costs);
    for (const auto& id : exclude)
        if (const auto found = find_reaction(universe, index, id); !found) return pass(found);
    const std::set<std::string> excluded(exclude.begin(), exclude.end());
    Extender extender(std::move(host), universe);
    for (const auto& reaction : universe.reactions) {
        if (extender.has(reaction.id) || excluded.contains(reaction.id)) continue;
        const auto cost = costs->find(reaction.id);
        extender.add(reaction, cost == costs->end() ? 1 : cost->second);
    }
    return std::move(extender).finish();
}

}  // namespace leaven::metabolism
