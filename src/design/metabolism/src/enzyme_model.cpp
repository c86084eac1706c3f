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
    virtual ~Constrainer() = default;
    Constrainer(const Constrainer&) = delete;
    Constrainer& operator=(const Constrainer&) = delete;

    Result<EnzymeModel> run(double pool) {
        Metabolite protein;
        protein.id = pool_id;
        protein.name = "enzyme pool, g/gDW";
        const auto added = add(std::move(protein));
        if (!added) return pass(added);
        pool_ = *added;

        const auto originals = static_cast<std::int32_t>(costs_.size());
        for (std::int32_t r = 0; r < originals; ++r)
            if (auto status = constrain(r); !status) return pass(status);
        Reaction supply;
        supply.id = supply_id;
        supply.name = "Supply of the enzyme pool";
        supply.terms = {{pool_, 1}};
        supply.upper = pool;
        const auto given = add(std::move(supply));
        if (!given) return pass(given);
        out_.supply = *given;
        return std::move(out_);
    }

protected:
    struct Range {
        double lower;
        double upper;
    };

    [[nodiscard]] virtual Range range_of(std::int32_t r) const {
        return {out_.model.reactions[r].lower, out_.model.reactions[r].upper};
    }

    /// Charges a reaction that can run both ways.
    virtual Status charge_both_ways(std::int32_t r, double forward, double backward) = 0;

    /// Before the first charge of a reaction. Errors  it may not be charged
    [[nodiscard]] virtual Status admit(std::int32_t) const { return {}; }

    void charge(std::int32_t reaction, std::int32_t original, double mass_per_flux) {
        if (mass_per_flux == 0) return;
        out_.model.reactions[reaction].terms.push_back({pool_, -mass_per_flux});  // the last metabolite: still in order
        out_.costed.push_back({reaction, original, mass_per_flux});
    }

    /// Errors  bad_input  the identifier is taken
    Result<std::int32_t> add(Reaction reaction) {
        if (index_.reactions.contains(reaction.id)) return already_there(reaction.id);
        out_.model.reactions.push_back(std::move(reaction));
        return static_cast<std::int32_t>(out_.model.reactions.size()) - 1;
    }

    Result<std::int32_t> add(Metabolite metabolite) {
        if (index_.metabolites.contains(metabolite.id)) return already_there(metabolite.id);
        metabolite.compartment = inner_compartment(out_.model);
        out_.model.metabolites.push_back(std::move(metabolite));
        return static_cast<std::int32_t>(out_.model.metabolites.size()) - 1;
    }

    EnzymeModel out_;

private:
    Status constrain(std::int32_t r) {
        const double forward = costs_[r][0].value_or(0);
        const double backward = costs_[r][1].value_or(0);
        const auto range = range_of(r);
        const bool can_forward = range.upper > 0;
        const bool can_backward = range.lower < 0;
        const bool costs_something = (can_forward && forward > 0) || (can_backward && backward > 0);
        if (!costs_something) return {};
        if (auto status = admit(r); !status) return status;
        ++out_.constrained;
        if (can_forward && can_backward) return charge_both_ways(r, forward, backward);
        charge(r, r, can_forward ? forward : -backward);
        return {};
    }

    ModelIndex index_;
    const EnzymeCosts& costs_;
    std::int32_t pool_ = -1;
};

class Splitter final : public Constrainer {
public:
    using Constrainer::Constrainer;

private:
    Status charge_both_ways(std::int32_t r, double forward, double backward) override {
        if (auto status = split(r, backward); !status) return status;
        charge(r, r, forward);
        return {};
    }

    /// The backward direction becomes a reaction of its own, run forwards.
    Status split(std::int32_t r, double cost) {
        auto reverse = out_.model.reactions[r];
        reverse.id += reverse_suffix;
        reverse.sbml_id.clear();
        reverse.name += reverse.name.empty() ? "" : " (reverse)";
        for (auto& term : reverse.terms) term.coefficient = -term.coefficient;
        reverse.lower = 0;
        reverse.upper = -out_.model.reactions[r].lower;
        const auto added = add(std::move(reverse));
        if (!added) return pass(added);
        out_.model.reactions[r].lower = 0;
        for (auto& group : out_.model.groups)
            if (std::find(group.reactions.begin(), group.reactions.end(), r) != group.reactions.end())
                group.reactions.push_back(*added);
        auto& terms = out_.model.objective.terms;
        for (std::size_t i = 0, count = terms.size(); i < count; ++i)
            if (terms[i].reaction == r) terms.push_back({*added, -terms[i].coefficient});
        charge(*added, r, cost);
        return {};
    }
};

class Meter final : public Constrainer {
public:
    Meter(Model model, const EnzymeCosts& costs, const Model& applied)
        : Constrainer(std::move(model), costs), applied_(applied), kinds_(boundary_kinds(applied)) {}

private:
    [[nodiscard]] Range range_of(std::int32_t r) const override {
        const auto& own = out_.model.reactions[r];
        return {std::min(own.lower, applied_.reactions[r].lower), std::max(own.upper, applied_.reactions[r].upper)};
    }

    [[nodiscard]] Status admit(std::int32_t r) const override {
        if (kinds_[r] == BoundaryKind::none) return {};
        const auto& id = applied_.reactions[r].id;
        return bad_input({"{} lies at the border of the model and has no enzyme", "{} 位于模型边界，没有酶"}, id)
            .at(id)
            .advise({"leave it out of the costs", "请从成本表中删去"});
    }

    Status charge_both_ways(std::int32_t r, double forward, double backward) override {
        const auto id = out_.model.reactions[r].id;
        const auto range = range_of(r);
        Metabolite token;
        token.id = id + "_metered";
        token.name = "flux of " + id;
        const auto metered = add(std::move(token));
        if (!metered) return pass(metered);
        out_.model.reactions[r].terms.push_back({*metered, 1});
        if (auto status = add_meter(r, id + "_forward", {*metered, -1}, range.upper, forward); !status) return status;
        return add_meter(r, id + "_backward", {*metered, 1}, -range.lower, backward);
    }

    Status add_meter(std::int32_t original, std::string id, Term token, double upper, double cost) {
        Reaction meter;
        meter.name = "Enzyme of " + id;
        meter.id = std::move(id);
        meter.upper = upper;
        const auto added = add(std::move(meter));
        if (!added) return pass(added);
        charge(*added, original, cost);
        out_.model.reactions[*added].terms.push_back(token);  // added after the pool: in order
        return {};
    }

    const Model& applied_;
    std::vector<BoundaryKind> kinds_;
};

}  // namespace

Result<EnzymeModel> constrain_by_enzyme(Model model, const EnzymeCosts& costs, double pool) {
    return Splitter(std::move(model), costs).run(pool);
}

Result<EnzymeModel> meter_by_enzyme(Model model, const EnzymeCosts& costs, double pool, const Model& applied) {
    return Meter(std::move(model), costs, applied).run(pool);
}

}  // namespace leaven::metabolism
