#include "enzyme_costs.hpp"

#include <leaven/core/suggest.hpp>

#include "number_table.hpp"

namespace leaven::metabolism {
namespace {

struct DirectedNumber {
    std::int32_t reaction;
    std::size_t direction;  // 0 forward, 1 backward
    double number;
    std::string where;
};

Result<std::vector<DirectedNumber>> read_directed(const Model& model, const ModelIndex& index,
                                                  const std::string& path) {
    const auto rows = read_number_table(path, 2);
    if (!rows) return pass(rows);
    std::vector<DirectedNumber> out;
    for (const auto& row : *rows) {
        const auto reaction = find_reaction(model, index, row.words[0]);
        if (!reaction) {
            auto error = reaction.error();
            error.where = row.where;
            return tl::unexpected(std::move(error));
        }
        const bool backward = row.words[1] == "backward" || row.words[1] == "reverse";
        if (!backward && row.words[1] != "forward")
            return bad_input({"\"{}\" is no direction", "“{}”不是方向"}, row.words[1])
                .at(row.where)
                .advise({"write forward or backward", "请写 forward 或 backward"});
        if (row.number < 0) return negative_number(row);
        out.push_back({*reaction, backward ? std::size_t{1} : 0, row.number, row.where});
    }
    return out;
}

Result<std::vector<std::optional<double>>> read_masses(const Model& model, const ModelIndex& index,
                                                       const std::string& path) {
    const auto rows = read_number_table(path, 1);
    if (!rows) return pass(rows);
    std::vector<std::optional<double>> mass(model.genes.size());
    for (const auto& row : *rows) {
        const auto gene = index.genes.find(row.words[0]);
        if (row.number < 0) return negative_number(row);
        if (gene != index.genes.end()) {  // a table of the whole proteome is welcome
            mass[gene->second] = row.number;
        }
    }
    return mass;
}

Result<EnzymeCosts> costs_from_rates(const Model& model, const ModelIndex& index, const EnzymeParams& params) {
    constexpr double seconds_per_hour = 3600;
    constexpr double milli = 1e-3;  // g/mol to g/mmol
    const auto rates = read_directed(model, index, params.kcat);
    if (!rates) return pass(rates);
    const auto masses = read_masses(model, index, params.mass);
    if (!masses) return pass(masses);
    EnzymeCosts costs(model.reactions.size());
    for (const auto& rate : *rates) {
        const auto& reaction = model.reactions[rate.reaction];
        const auto mass = lightest_enzyme(reaction.rule, *masses);
        if (!mass)
            return bad_input({"the enzyme of {} has no mass", "{} 的酶没有质量数据"}, reaction.id)
                .at(rate.where)
                .advise(reaction.rule.tied_to_genes()
                            ? Doc{"add its genes to {}: {}", "请在 {} 中补充其基因：{}"}
                            : Doc{"leave it out: it has no gene", "请删去该行：该反应没有基因"},
                        params.mass, reaction.rule.text);
        if (rate.number == 0)
            return bad_input({"the turnover number is zero", "转换数为零"})
                .at(rate.where)
                .advise({"to stop a reaction, use --knockouts", "如要关闭反应，请用 --knockouts"});
        costs[rate.reaction][rate.direction] = *mass * milli / (rate.number * seconds_per_hour * params.saturation);
    }
    return costs;
}

}  // namespace

std::optional<double> lightest_enzyme(const GeneRule& rule, const std::vector<std::optional<double>>& mass_of_gene) {
    std::vector<std::optional<double>> stack;
    for (const auto entry : rule.postfix) {
        if (entry >= 0) {
            stack.push_back(mass_of_gene[entry]);
            continue;
        }
        const auto second = stack.back();
        stack.pop_back();
        auto& first = stack.back();
        if (entry == GeneRule::both)
            first = first && second ? std::optional(*first + *second) : std::nullopt;
        else if (!first || (second && *second < *first))
            first = second;
    }
    return stack.empty() ? std::nullopt : stack.back();
}

Result<EnzymeCosts> read_enzyme_costs(const Model& model, const EnzymeParams& params) {
    const bool from_rates = !params.kcat.empty() || !params.mass.empty();
    const bool whole = params.costs.empty() ? !params.kcat.empty() && !params.mass.empty() : !from_rates;
    if (!whole)
        return bad_input({"enzyme costs come either from `costs`, or from `kcat` and `mass` together",
                          "酶成本要么取自 costs，要么同时取自 kcat 和 mass"})
            .at("costs")
            .advise(
                {"give --costs FILE, or --kcat FILE --mass FILE", "请给出 --costs 文件，或 --kcat 文件 --mass 文件"});
    const ModelIndex index(model);
    if (from_rates) return costs_from_rates(model, index, params);
    const auto rows = read_directed(model, index, params.costs);
    if (!rows) return pass(rows);
    EnzymeCosts costs(model.reactions.size());
    for (const auto& row : *rows) costs[row.reaction][row.direction] = row.number;
    return costs;
}

}  // namespace leaven::metabolism
