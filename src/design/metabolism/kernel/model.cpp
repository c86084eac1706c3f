#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {
namespace {

template <class Item>
std::unordered_map<std::string, std::int32_t> positions(const std::vector<Item>& items) {
    std::unordered_map<std::string, std::int32_t> found;
    found.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) found.emplace(items[i].id, static_cast<std::int32_t>(i));
    return found;
}

template <class Item>
Result<std::int32_t> find(const std::vector<Item>& items, const std::unordered_map<std::string, std::int32_t>& index,
                          std::string_view id, Doc missing) {
    if (const auto found = index.find(std::string(id)); found != index.end()) return found->second;
    std::vector<std::string> known;
    known.reserve(items.size());
    for (const auto& item : items) known.push_back(item.id);
    const auto near = nearest(id, known);
    auto error = not_found(missing, id).at(std::string(id));
    if (near.empty())
        return std::move(error).advise(
            {"list the identifiers of the model and choose one", "请列出模型中的标识符并从中选择"});
    return std::move(error).advise({"did you mean {}?", "是否指 {}？"}, join(near, ", "));
}

/// The metabolites of a reaction that are conserved.
struct Sides {
    int consumed = 0;
    int produced = 0;
    std::int32_t metabolite = -1;  // the last one
};

Sides sides_of(const Model& model, const Reaction& reaction) {
    Sides sides;
    for (const auto& term : reaction.terms) {
        if (model.metabolites[static_cast<std::size_t>(term.metabolite)].boundary) continue;
        (term.coefficient < 0 ? sides.consumed : sides.produced) += 1;
        sides.metabolite = term.metabolite;
    }
    return sides;
}

bool is_one_sided(const Sides& sides) { return (sides.consumed == 0) != (sides.produced == 0); }

bool names_the_outside(std::string name) {
    for (auto& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name.find("extracellular") != std::string::npos;
}

/// The compartment in which most one-sided reactions end; the first by name of those that tie.
std::string commonest_end(const Model& model) {
    std::map<std::string, int> ends;
    for (const auto& reaction : model.reactions) {
        const auto sides = sides_of(model, reaction);
        if (is_one_sided(sides)) ++ends[model.metabolites[static_cast<std::size_t>(sides.metabolite)].compartment];
    }
    const auto most =
        std::max_element(ends.begin(), ends.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == ends.end() ? std::string() : most->first;
}

std::string medium_compartment(const Model& model) {
    for (const char* usual : {"e", "C_e"})
        for (const auto& compartment : model.compartments)
            if (compartment.id == usual) return usual;
    for (const auto& compartment : model.compartments)
        if (names_the_outside(compartment.name)) return compartment.id;
    return commonest_end(model);
}

BoundaryKind boundary_kind(const Model& model, const Reaction& reaction, const std::string& medium) {
    const auto sides = sides_of(model, reaction);
    if (!is_one_sided(sides)) return BoundaryKind::none;
    const bool single = sides.consumed + sides.produced == 1;
    if (single && model.metabolites[static_cast<std::size_t>(sides.metabolite)].compartment == medium)
        return BoundaryKind::exchange;
    return reaction.lower < 0 && reaction.upper > 0 ? BoundaryKind::sink : BoundaryKind::demand;
}

std::string side_text(const Model& model, const Reaction& reaction, bool consumed) {
    std::string out;
    for (const auto& [metabolite, coefficient] : reaction.terms) {
        if ((coefficient < 0) != consumed) continue;
        if (!out.empty()) out += " + ";
        const double amount = consumed ? -coefficient : coefficient;
        if (amount != 1) out += fmt::format("{} ", amount);
        out += model.metabolites[static_cast<std::size_t>(metabolite)].id;
    }
    return out;
}

}  // namespace

ModelIndex::ModelIndex(const Model& model)
    : reactions(positions(model.reactions)), metabolites(positions(model.metabolites)), genes(positions(model.genes)) {}

Result<std::int32_t> find_reaction(const Model& model, const ModelIndex& index, std::string_view id) {
    return find(model.reactions, index.reactions, id, {"the model has no reaction {}", "模型中没有反应 {}"});
}

Result<std::int32_t> find_metabolite(const Model& model, const ModelIndex& index, std::string_view id) {
    return find(model.metabolites, index.metabolites, id, {"the model has no metabolite {}", "模型中没有代谢物 {}"});
}

std::vector<BoundaryKind> boundary_kinds(const Model& model) {
    const auto medium = medium_compartment(model);
    std::vector<BoundaryKind> kinds;
    kinds.reserve(model.reactions.size());
    for (const auto& reaction : model.reactions) kinds.push_back(boundary_kind(model, reaction, medium));
    return kinds;
}

std::string equation(const Model& model, const Reaction& reaction) {
    const bool forward = reaction.upper > 0 || reaction.lower >= 0;
    const bool backward = reaction.lower < 0;
    const auto consumed = side_text(model, reaction, true);
    const auto produced = side_text(model, reaction, false);
    const std::string_view arrow = !backward ? "-->" : forward ? "<=>" : "<--";
    return fmt::format("{}{}{}{}{}", consumed, consumed.empty() ? "" : " ", arrow, produced.empty() ? "" : " ",
                       produced);
}

}  // namespace leaven::metabolism
