#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/file.hpp>
#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/metabolism/insert.hpp>
#include <leaven/metabolism/read.hpp>

#include "number.hpp"
#include "reading_rules.hpp"
#include "utf8.hpp"

namespace leaven::metabolism {
namespace {

constexpr double usual_bound = 1000;

struct Bounds {
    double lower;
    double upper;
};

Bounds bounds_of(Direction direction) {
    switch (direction) {
        case Direction::forward:
            return {0, usual_bound};
        case Direction::backward:
            return {-usual_bound, 0};
        default:
            return {-usual_bound, usual_bound};
    }
}

Failure advise_nearest(Failure failure, std::string_view name, const std::vector<std::string>& known) {
    const auto near = nearest(name, known);
    if (near.empty()) return std::move(failure).advise({"declare it first", "请先声明"});
    return std::move(failure).advise({"did you mean {}? Else declare it", "是否指 {}？否则请先声明"}, join(near, ", "));
}

template <class Item>
std::vector<std::string> ids_of(const std::vector<Item>& items) {
    std::vector<std::string> ids;
    ids.reserve(items.size());
    for (const auto& item : items) ids.push_back(item.id);
    return ids;
}

/// Works on a copy, so that an error leaves the model as it was.
class Insert {
public:
    explicit Insert(const Model& model) : model_(model), index_(model_) {}

    Status add(const InsertedMetabolite& given) {
        if (auto status = check_id(given.id, index_.metabolites,
                                   {"metabolite {} is in the model already", "代谢物 {} 已在模型中"});
            !status)
            return status;
        const auto compartments = ids_of(model_.compartments);
        if (std::find(compartments.begin(), compartments.end(), given.compartment) == compartments.end())
            return advise_nearest(
                not_found({"the model has no compartment \"{}\"", "模型中没有区室 “{}”"}, given.compartment)
                    .at(given.id),
                given.compartment, compartments);
        Metabolite metabolite;
        metabolite.id = given.id;
        metabolite.name = given.name;
        metabolite.compartment = given.compartment;
        metabolite.formula = given.formula;
        metabolite.charge = given.charge;
        metabolite.boundary = given.boundary;
        index_.metabolites.emplace(given.id, static_cast<std::int32_t>(model_.metabolites.size()));
        model_.metabolites.push_back(std::move(metabolite));
        return {};
    }

    Result<ReactionBalance> add(const InsertedReaction& given) {
        if (auto status =
                check_id(given.id, index_.reactions, {"reaction {} is in the model already", "反应 {} 已在模型中"});
            !status)
            return pass(status);
        const auto equation = parse_equation(given.equation);
        if (!equation) return tl::unexpected(inside(given.id, equation.error()));
        auto reaction = start(given, *equation);
        if (!bounds_allow_flux(reaction)) return no_flux_allowed(reaction).at(given.id);
        if (auto status = add_terms(*equation, reaction); !status) return pass(status);
        if (auto status = add_rule(given, reaction); !status) return pass(status);

        auto balance = balance_of(model_, reaction);
        if (!equation->one_sided && !given.unbalanced && !balance.balanced())
            return bad_input({"the equation does not balance: {} left over", "反应式不平衡：剩余 {}"}, balance.text())
                .at(given.id)
                .advise({"correct equation, formulas or charges, or say unbalanced = true",
                         "请更正反应式、化学式或电荷，或写明 unbalanced = true"});
        index_.reactions.emplace(given.id, static_cast<std::int32_t>(model_.reactions.size()));
        model_.reactions.push_back(std::move(reaction));
        return ReactionBalance{given.id, std::move(balance)};
    }

    Model finish() && { return std::move(model_); }

private:
    using Index = std::unordered_map<std::string, std::int32_t>;

    static Error inside(const std::string& reaction, Error error) {
        error.where = fmt::format("{}, {}", reaction, error.where);
        return error;
    }

    static Status check_id(const std::string& id, const Index& index, Doc present) {
        if (id.empty())
            return bad_input({"an added metabolite or reaction has no identifier", "待添加的代谢物或反应缺少标识符"})
                .advise({"give it an id", "请给出 id"});
        if (has_control_characters(id))
            return bad_input({"an identifier holds control characters", "标识符含有控制字符"})
                .advise({"use letters, digits and punctuation", "请使用字母、数字与标点"});
        if (index.contains(id))
            return bad_input(present, id).at(id).advise({"choose another identifier", "请另选标识符"});
        return {};
    }

    static Reaction start(const InsertedReaction& given, const Equation& equation) {
        Reaction reaction;
        reaction.id = given.id;
        reaction.name = given.name;
        const auto usual = bounds_of(equation.direction);
        reaction.lower = given.lower.value_or(usual.lower);
        reaction.upper = given.upper.value_or(usual.upper);
        reaction.annotation = given.annotation;
        if (!given.ec.empty()) reaction.annotation.push_back({"is", "https://identifiers.org/ec-code/" + given.ec});
        return reaction;
    }

    Status add_terms(const Equation& equation, Reaction& reaction) {
        for (const auto& [id, coefficient] : equation.terms) {
            const auto found = index_.metabolites.find(id);
            if (found == index_.metabolites.end())
                return advise_nearest(
                    not_found({"metabolite {} is neither in the model nor added", "代谢物 {} 既不在模型中，也未添加"},
                              id)
                        .at(reaction.id),
                    id, ids_of(model_.metabolites));
            reaction.terms.push_back({found->second, coefficient});
        }
        std::sort(reaction.terms.begin(), reaction.terms.end(),
                  [](const Term& a, const Term& b) { return a.metabolite < b.metabolite; });
        return {};
    }

    Status add_rule(const InsertedReaction& given, Reaction& reaction) {
        auto rule = parse_gene_rule(trimmed(given.genes), [&](std::string_view id) { return gene(std::string(id)); });
        if (!rule) return tl::unexpected(inside(given.id, rule.error()));
        reaction.rule = *std::move(rule);
        return {};
    }

    std::int32_t gene(std::string id) {
        const auto [found, added] = index_.genes.emplace(id, static_cast<std::int32_t>(model_.genes.size()));
        if (added) model_.genes.push_back({std::move(id), {}, {}, {}});
        return found->second;
    }

    Model model_;
    ModelIndex index_;
};

InsertedReaction reaction_from(const Model& model, const Reaction& reaction) {
    InsertedReaction out;
    out.id = reaction.id;
    out.name = reaction.name;
    out.equation = equation(model, reaction);
    out.lower = reaction.lower;
    out.upper = reaction.upper;
    out.genes = reaction.rule.tied_to_genes() ? reaction.rule.text : std::string();
    out.unbalanced = true;
    out.annotation = reaction.annotation;
    return out;
}

bool looks_like_a_model(std::string_view text) {
    const auto start = trimmed(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
    return start.starts_with('<') || start.starts_with('{') || text.starts_with("\x1F\x8B");
}

}  // namespace

Result<std::vector<ReactionBalance>> apply_insertion(Model& model, const Insertion& insertion) {
    Insert insert(model);
    for (const auto& metabolite : insertion.metabolites)
        if (auto status = insert.add(metabolite); !status) return pass(status);
    std::vector<ReactionBalance> balances;
    for (const auto& reaction : insertion.reactions) {
        auto balance = insert.add(reaction);
        if (!balance) return pass(balance);
        balances.push_back(*std::move(balance));
    }
    model = std::move(insert).finish();
    return balances;
}

Insertion insertion_from(const Model& addition, const Model& host) {
    const ModelIndex known(host);
    Insertion insertion;
    for (const auto& metabolite : addition.metabolites)
        if (!known.metabolites.contains(metabolite.id))
            insertion.metabolites.push_back({metabolite.id, metabolite.name, metabolite.formula, metabolite.charge,
                                             metabolite.compartment, metabolite.boundary});
    for (const auto& reaction : addition.reactions)
        if (!known.reactions.contains(reaction.id)) insertion.reactions.push_back(reaction_from(addition, reaction));
    return insertion;
}

Result<Insertion> read_insertion_file(const std::filesystem::path& path, const Model& host) {
    const auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    if (!looks_like_a_model(*bytes)) return read_insertion(*bytes, path.string());
    const auto addition = read_model(*bytes, path.string());
    if (!addition) return pass(addition);
    return insertion_from(*addition, host);
}

}  // namespace leaven::metabolism
