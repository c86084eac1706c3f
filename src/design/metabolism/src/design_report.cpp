#include "design_report.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "design_check.hpp"
#include "region_check.hpp"
#include "unit_set.hpp"

namespace leaven::metabolism {
namespace {

/// Genes or reactions of the model to knock out, insertions to make.
struct Strain {
    std::vector<std::int32_t> members;  // in order of their identifiers
    std::vector<std::int32_t> inserted;
};

const std::string& id_of(const Reporter& reporter, std::int32_t member) {
    const auto& model = reporter.study.model;
    return reporter.interventions.genes() ? model.genes[member].id : model.reactions[member].id;
}

const std::string& name_of(const Reporter& reporter, std::int32_t member) {
    const auto& model = reporter.study.model;
    return reporter.interventions.genes() ? model.genes[member].name : model.reactions[member].name;
}

/// Insertions first, then knock-outs; with what they cost.
Design named(const Reporter& reporter, const Strain& strain) {
    Design design;
    const auto& candidates = reporter.interventions.candidates();
    for (const auto insertion : strain.inserted)
        for (const auto r : reporter.interventions.insertions()[insertion].reactions) {
            const auto& reaction = reporter.study.model.reactions[r];
            design.interventions.push_back({"insertion", reaction.id, reaction.name});
        }
    std::sort(design.interventions.begin(), design.interventions.end(),
              [](const Intervention& a, const Intervention& b) { return a.id < b.id; });
    for (const auto& one : design.interventions) design.insertions.push_back(one.id);
    for (const auto member : strain.members)
        design.interventions.push_back({"knockout", id_of(reporter, member), name_of(reporter, member)});
    for (const auto& one : design.interventions) design.cost += candidates.cost_of(one.id);
    return design;
}

/// The reactions that do not run in the strain.
std::vector<std::int32_t> off_in(const Reporter& reporter, const Strain& strain) {
    return reporter.interventions.reactions_off(reporter.study, strain.members, strain.inserted);
}

std::string coupling_of(const StrainCheck& check) {
    constexpr double forced = 1e-7;  // mmol/gDW/h; what the tolerance of a linear program can tell from zero
    if (check.least_when_growing > forced) return "strong";
    return check.guaranteed > forced ? "weak" : "none";
}

bool agree(double a, double b) { return std::fabs(a - b) <= 1e-5 * std::max({1.0, std::fabs(a), std::fabs(b)}); }

/// What the original model says of the strain's growth and product.
void take(const Reporter& reporter, const StrainCheck& strain, Design& design) {
    design.growth = strain.growth;
    design.guaranteed = strain.guaranteed;
    design.maximum = strain.maximum;
    design.coupling = coupling_of(strain);
    if (reporter.aim == Goal::growth_lost) design.growth_lost = strain.growth_lost;
    if (!reporter.substrate) return;
    const double uptake = std::fabs(strain.flux[static_cast<std::size_t>(*reporter.substrate)]);
    if (uptake > reporter.study.tolerance) design.yield_mol = strain.guaranteed / uptake;
}

double worth(const StrainCheck& strain, Goal aim) {
    if (aim == Goal::growth_lost) return strain.growth_lost;
    return aim == Goal::maximum ? strain.maximum : strain.guaranteed;
}

/// As the search left it, where the original model has not been asked.
void take_unverified(const Reporter& reporter, const Found& found, Design& design) {
    design.growth = found.growth;
    (reporter.aim == Goal::growth_lost ? design.growth_lost
     : reporter.aim == Goal::maximum   ? design.maximum
                                       : design.guaranteed) = found.value;
}

/// One design, and its evidence from the original model.
Result<Design> write_up(const Reporter& reporter, const Found& found, const Context& context) {
    const Strain strain{reporter.interventions.members(found.set), found.inserted};
    auto design = named(reporter, strain);
    const auto checked =
        check_strain(reporter.study, off_in(reporter, strain), *reporter.target, reporter.aim, context);
    const bool stopped = !checked && checked.error().code == ErrorCode::cancelled;
    if (!checked && !stopped) return pass(checked);
    if (stopped || !*checked) {  // reported as it is: not verified
        take_unverified(reporter, found, design);
        return design;
    }
    const auto& check = **checked;
    take(reporter, check, design);
    design.certificate = check.certificate;
    design.verified = agree(check.growth, found.growth) && agree(worth(check, reporter.aim), found.value) &&
                      check.certificate.primal_residual <= 100 * reporter.study.tolerance &&
                      check.certificate.kind == "optimal";
    return design;
}

/// Every choice among interchangeable genes or reactions.
void choose(const Reporter& reporter, const CutSet& set, std::size_t at, Strain& strain, std::vector<Strain>& out) {
    if (at == set.set.size()) {
        out.push_back(strain);
        std::sort(out.back().members.begin(), out.back().members.end(),
                  [&](std::int32_t a, std::int32_t b) { return id_of(reporter, a) < id_of(reporter, b); });
        return;
    }
    for (const auto member : reporter.interventions.units()[set.set[at]].alike) {
        strain.members.push_back(member);
        choose(reporter, set, at + 1, strain, out);
        strain.members.pop_back();
    }
}

Result<std::vector<Strain>> all_choices(const Reporter& reporter, const std::vector<CutSet>& sets) {
    constexpr double most = 2e6;
    double total = 0;
    for (const auto& set : sets) {
        double choices = 1;
        for (const auto unit : set.set)
            choices *= static_cast<double>(reporter.interventions.units()[unit].alike.size());
        total += choices;
    }
    if (total > most)
        return bad_input({"there are {:.3g} cut sets, too many to list", "割集有 {:.3g} 个，无法全部列出"}, total)
            .at("max_interventions")
            .advise({"allow fewer interventions, or name candidates", "请减少干预数，或指定候选"});
    std::vector<Strain> out;
    for (const auto& set : sets) {
        Strain strain{{}, set.inserted};
        choose(reporter, set, 0, strain, out);
    }
    return out;
}

/// By cost, number of interventions, identifiers.
std::vector<std::pair<Design, Strain>> in_order(const Reporter& reporter, std::vector<Strain> strains,
                                                std::size_t most) {
    std::vector<std::pair<Design, Strain>> list;
    for (auto& strain : strains) {
        auto design = named(reporter, strain);
        list.emplace_back(std::move(design), std::move(strain));
    }
    const auto ids = [](const Design& design) {
        std::vector<std::string_view> all;
        for (const auto& one : design.interventions) all.push_back(one.id);
        return all;
    };
    std::sort(list.begin(), list.end(), [&](const auto& a, const auto& b) {
        const auto size = [](const auto& one) { return one.first.interventions.size(); };
        return std::tuple(a.first.cost, size(a), ids(a.first)) < std::tuple(b.first.cost, size(b), ids(b.first));
    });
    if (most > 0 && list.size() > most) list.resize(most);
    return list;
}

}  // namespace

Status write_wild_type(const Study& study, const Interventions& interventions, std::int32_t target,
                       const Context& context, DesignResult& result) {
    const auto check =
        check_strain(study, interventions.reactions_off(study, {}, {}), target, Goal::guaranteed, context);
    if (!check) return pass(check);
    if (*check) result.wild_type = {(*check)->growth, (*check)->guaranteed, (*check)->maximum};
    return {};
}

Status write_designs(const Reporter& reporter, const SearchOutcome& outcome, const Context& context,
                     DesignResult& result) {
    for (const auto& found : outcome.found) {
        auto design = write_up(reporter, found, context);
        if (!design) return pass(design);
        design->rank = static_cast<std::int64_t>(result.designs.size()) + 1;
        result.designs.push_back(*std::move(design));
    }
    if (context.stopped()) result.complete = false;
    result.count = static_cast<std::int64_t>(result.designs.size());
    return {};
}

Status write_cut_sets(const Reporter& reporter, const CutSetQuestion& question, const CutSetOutcome& outcome,
                      std::size_t most, const Context& context, DesignResult& result) {
    auto strains = all_choices(reporter, outcome.found);
    if (!strains) return pass(strains);
    auto list = in_order(reporter, *std::move(strains), most);
    std::vector<std::vector<std::int32_t>> off;
    for (const auto& entry : list) off.push_back(off_in(reporter, entry.second));
    const auto checks = check_regions(reporter.study, question, off, context);
    if (!checks) return pass(checks);
    for (std::size_t i = 0; i < list.size(); ++i) {
        auto& design = list[i].first;
        const auto& check = (*checks)[i];
        design.rank = static_cast<std::int64_t>(i) + 1;
        design.growth = check.growth;
        design.verified = check.done && check.holds;
        design.certificate = check.certificate;
        if (reporter.target && check.growth) {
            const auto strain = check_strain(reporter.study, off[i], *reporter.target, Goal::guaranteed, context);
            if (!strain && strain.error().code != ErrorCode::cancelled) return pass(strain);
            if (strain && *strain) {
                take(reporter, **strain, design);
                design.certificate.minimum = (*strain)->certificate.minimum;
                design.certificate.maximum = (*strain)->certificate.maximum;
            }
        }
        result.complete = result.complete && check.done;
        result.designs.push_back(std::move(design));
    }
    result.count = static_cast<std::int64_t>(result.designs.size());
    return {};
}

}  // namespace leaven::metabolism
