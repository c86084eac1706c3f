// Is energy made from nothing?

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>

#include "checks.hpp"
#include "json_dictionary.hpp"
#include "probes.hpp"

namespace leaven::metabolism {
namespace {

/// A carrier and what is left of it when its energy is gone. Names as in BiGG; `kegg` where other files name compounds.
struct Participant {
    std::string_view bigg;
    std::string_view kegg;
    double coefficient;
};
struct Dissipation {
    const char* name;
    std::vector<Participant> participants;
};

Dissipation triphosphate(const char* name, std::string_view full, std::string_view full_kegg, std::string_view spent,
                         std::string_view spent_kegg) {
    return {name,
            {{full, full_kegg, -1},
             {"h2o", "C00001", -1},
             {spent, spent_kegg, 1},
             {"h", "C00080", 1},
             {"pi", "C00009", 1}}};
}
Dissipation carrier(const char* name, std::string_view full, std::string_view full_kegg, std::string_view spent,
                    std::string_view spent_kegg, double protons) {
    return {name, {{full, full_kegg, -1}, {spent, spent_kegg, 1}, {"h", "C00080", protons}}};
}

/// Fritzemeier et al. 2017, table 1.
std::vector<Dissipation> dissipations() {
    return {triphosphate("ATP", "atp", "C00002", "adp", "C00008"),
            triphosphate("CTP", "ctp", "C00063", "cdp", "C00112"),
            triphosphate("GTP", "gtp", "C00044", "gdp", "C00035"),
            triphosphate("UTP", "utp", "C00075", "udp", "C00015"),
            triphosphate("ITP", "itp", "C00081", "idp", "C00104"),
            carrier("NADH", "nadh", "C00004", "nad", "C00003", 1),
            carrier("NADPH", "nadph", "C00005", "nadp", "C00006", 1),
            carrier("FADH2", "fadh2", "C01352", "fad", "C00016", 2),
            carrier("FMNH2", "fmnh2", "C01847", "fmn", "C00061", 2),
            carrier("ubiquinol-8", "q8h2", "", "q8", "", 2),
            carrier("menaquinol-8", "mql8", "", "mqn8", "", 2),
            carrier("demethylmenaquinol-8", "2dmmql8", "", "2dmmq8", "", 2),
            {"acetyl-CoA",
             {{"accoa", "C00024", -1},
              {"h2o", "C00001", -1},
              {"ac", "C00033", 1},
              {"coa", "C00010", 1},
              {"h", "C00080", 1}}},
            {"L-glutamate",
             {{"glu__L", "C00025", -1},
              {"h2o", "C00001", -1},
              {"akg", "C00026", 1},
              {"nh4", "C01342", 1},
              {"h", "C00080", 2}}}};
}

/// Where each compound lies, by compartment; known by identifier or annotation.
class Compounds {
public:
    explicit Compounds(const Model& model) {
        for (std::size_t m = 0; m < model.metabolites.size(); ++m) add(model, static_cast<std::int32_t>(m));
    }

    [[nodiscard]] const std::map<std::string, std::int32_t>* places(const Participant& participant) const {
        for (const std::string_view key : {participant.bigg, participant.kegg})
            if (const auto found = by_name_.find(std::string(key)); found != by_name_.end()) return &found->second;
        return nullptr;
    }

private:
    void add(const Model& model, std::int32_t m) {
        const auto& metabolite = model.metabolites[m];
        std::set<std::string> names;
        const auto suffix = "_" + metabolite.compartment;
        if (metabolite.id.ends_with(suffix))
            names.insert(metabolite.id.substr(0, metabolite.id.size() - suffix.size()));
        for (const auto& annotation : metabolite.annotation) {
            const auto [collection, entry] = resource_of(annotation.resource);
            if (collection == "bigg.metabolite" || collection == "kegg.compound") names.insert(entry);
        }
        for (const auto& name : names) by_name_[name].emplace(metabolite.compartment, m);
    }

    std::map<std::string, std::map<std::string, std::int32_t>> by_name_;
};

/// The participants in one compartment: the one with most metabolites of those that hold them all.
std::vector<Term> terms_in_a_cell(const Model& model, const Compounds& compounds, const Dissipation& dissipation) {
    std::map<std::string, std::int64_t> size;
    for (const auto& metabolite : model.metabolites) ++size[metabolite.compartment];
    const std::string* best = nullptr;
    for (const auto& [compartment, count] : size) {
        const bool all = std::all_of(dissipation.participants.begin(), dissipation.participants.end(),
                                     [&, &id = compartment](const auto& p) {
                                         const auto* places = compounds.places(p);
                                         return places != nullptr && places->contains(id);
                                     });
        if (all && (best == nullptr || count > size.at(*best))) best = &compartment;
    }
    std::vector<Term> terms;
    if (best == nullptr) return terms;
    for (const auto& p : dissipation.participants) terms.push_back({compounds.places(p)->at(*best), p.coefficient});
    std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
    return terms;
}

/// Inner reactions alone, as far as their directions allow; nothing is forced.
Model closed_model(const Checked& checked) {
    auto closed = checked.model;
    std::vector<char> is_inner(closed.reactions.size(), 0);
    for (const auto r : checked.inner) is_inner[r] = 1;
    for (std::size_t r = 0; r < closed.reactions.size(); ++r) {
        auto& reaction = closed.reactions[r];
        reaction.lower = is_inner[r] != 0 && reaction.lower < 0 ? -open_bound : 0;
        reaction.upper = is_inner[r] != 0 && reaction.upper > 0 ? open_bound : 0;
    }
    return closed;
}

}  // namespace

Result<Check> check_energy_cycles(const Checked& checked, const Context& context) {
    const Doc title{"energy carriers charged from nothing", "无中生有的能量载体"};
    auto closed = closed_model(checked);
    const Compounds compounds(closed);
    const auto first = closed.reactions.size();
    for (const auto& dissipation : dissipations())
        if (auto terms = terms_in_a_cell(checked.model, compounds, dissipation); !terms.empty())
            closed.reactions.push_back(drain(dissipation.name, std::move(terms)));
    const auto total = static_cast<std::int64_t>(closed.reactions.size() - first);
    std::vector<std::string> items;
    // One carrier at a time: with the others open, one's charge could drive another.
    for (auto r = first; r < closed.reactions.size(); ++r) {
        auto one = closed;
        for (auto other = first; other < one.reactions.size(); ++other)
            if (other != r) one.reactions[other].upper = 0;
        one.objective = {true, {{static_cast<std::int32_t>(r), 1}}};
        const auto study = prepare_probes(std::move(one));
        if (!study) return pass(study);
        auto solver = solver_for(*study, context);
        const auto flux = greatest(*study, solver, static_cast<std::int32_t>(r));
        if (!flux) return pass(flux);
        if (flux->empty()) continue;
        std::vector<std::string> cycle;
        for (std::size_t i = 0; i < first; ++i)
            if (std::fabs((*flux)[i]) > 1e-6) cycle.push_back(closed.reactions[i].id);
        constexpr std::size_t shown = 12;
        const auto more = cycle.size() > shown ? fmt::format(" … ({})", cycle.size()) : std::string();
        cycle.resize(std::min(shown, cycle.size()));
        items.push_back(fmt::format("{}: {}{}", closed.reactions[r].id, join(cycle, ", "), more));
    }
    return make_check("energy_cycles", title, "error", total, items);
}

}  // namespace leaven::metabolism
