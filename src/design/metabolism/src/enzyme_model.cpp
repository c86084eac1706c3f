#include "enzyme_model.hpp"

#include <algorithm>

namespace leaven::metabolism {
namespace {

constexpr std::string_view pool_id = "enzyme_pool";
constexpr std::string_view supply_id = "enzyme_pool_supply";
constexpr std::string_view reverse_suffix = "_reverse";

Failure already_there(std::string_view id) {
    return bad_input({"the model has {} already", "模型中已有 {}"}, id)
        .at(std::string(id))
        .advise({"give the model as it was before enzymes were added", "请使用未加酶约束的原始模型"});
}

std::string inner_compartment(Model& model) {
    for (const std::string_view usual : {"c", "C_c", "cytosol"})
        for (const auto& compartment : model.compartments)
            if (compartment.id == usual) return compartment.id;
    if (model.compartments.empty()) model.compartments.push_back({"c", "cytosol"});
    return model.compartments.front().id;
}

/// Works on one model.
class Constrainer {
public:
    Constrainer(Model model, const EnzymeCosts& costs) : index_(model), costs_(costs) { out_.model = std::move(model); }

    Result<EnzymeModel> run(double pool) {
        auto& model = out_.model;
        if (index_.metabolites.contains(std::string(pool_id))) return already_there(pool_id);
        if (index_.reactions.contains(std::string(supply_id))) return already_there(supply_id);
        Metabolite protein;
        protein.id = pool_id;
        protein.name = "enzyme pool, g/gDW";
        protein.compartment = inner_compartment(model);
        model.metabolites.push_back(std::move(protein));
        pool_ = static_cast<std::int32_t>(model.metabolites.size()) - 1;

        const auto originals = static_cast<std::int32_t>(costs_.size());
        for (std::int32_t r = 0; r < originals; ++r)
            if (auto status = constrain(r); !status) return pass(status);
        Reaction supply;
        supply.id = supply_id;
        supply.name = "Supply of the enzyme pool";
        supply.terms = {{pool_, 1}};
        supply.upper = pool;
        model.reactions.push_back(std::move(supply));
        out_.supply = static_cast<std::int32_t>(model.reactions.size()) - 1;
        return std::move(out_);
    }

private:
    Status constrain(std::int32_t r) {
        const double forward = costs_[r][0].value_or(0);
        const double backward = costs_[r][1].value_or(0);
        const bool can_forward = out_.model.reactions[r].upper > 0;
        const bool can_backward = out_.model.reactions[r].lower < 0;
        const bool costs_something = (can_forward && forward > 0) || (can_backward && backward > 0);
        if (!costs_something) return {};
        ++out_.constrained;
        if (can_forward && can_backward) {
            if (auto status = split(r, backward); !status) return status;
            charge(r, r, forward);
        } else {
            charge(r, r, can_forward ? forward : -backward);
        }
        return {};
    }

    /// The backward direction becomes a reaction of its own, run forwards.
    Status split(std::int32_t r, double cost) {
        auto reverse = out_.model.reactions[r];
        reverse.id += reverse_suffix;
        if (index_.reactions.contains(reverse.id)) return already_there(reverse.id);
        reverse.sbml_id.clear();
        reverse.name += reverse.name.empty() ? "" : " (reverse)";
        for (auto& term : reverse.terms) term.coefficient = -term.coefficient;
        reverse.lower = 0;
        reverse.upper = -out_.model.reactions[r].lower;
        out_.model.reactions[r].lower = 0;
        const auto added = static_cast<std::int32_t>(out_.model.reactions.size());
        for (auto& group : out_.model.groups)
            if (std::find(group.reactions.begin(), group.reactions.end(), r) != group.reactions.end())
                group.reactions.push_back(added);
        auto& terms = out_.model.objective.terms;
        for (std::size_t i = 0, count = terms.size(); i < count; ++i)
            if (terms[i].reaction == r) terms.push_back({added, -terms[i].coefficient});
        out_.model.reactions.push_back(std::move(reverse));
        charge(added, r, cost);
        return {};
    }

    void charge(std::int32_t reaction, std::int32_t original, double mass_per_flux) {
        if (mass_per_flux == 0) return;
        out_.model.reactions[reaction].terms.push_back({pool_, -mass_per_flux});  // the last metabolite: still in order
        out_.costed.push_back({reaction, original, mass_per_flux});
    }

    EnzymeModel out_;
    ModelIndex index_;
    const EnzymeCosts& costs_;
    std::int32_t pool_ = -1;
};

}  // namespace

Result<EnzymeModel> constrain_by_enzyme(Model model, const EnzymeCosts& costs, double pool) {
    return Constrainer(std::move(model), costs).run(pool);
}

}  // namespace leaven::metabolism
