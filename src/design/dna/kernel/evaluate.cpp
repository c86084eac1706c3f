#include <cmath>
#include <map>

#include <leaven/dna/codons.hpp>
#include <leaven/dna/evaluate.hpp>

#include "violations.hpp"

namespace leaven::dna {
namespace {

std::optional<double> match_value(std::string_view coding, const CodonGoal& goal) {
    PerCodon counts{};
    std::map<char, double> of_amino_acid;
    for (std::size_t i = 0; i + 3 <= coding.size(); i += 3)
        if (const auto codon = codon_of(coding.substr(i, 3))) {
            ++counts[*codon];
            ++of_amino_acid[goal.table.amino_acids[*codon]];
        }
    double sum = 0;
    for (std::size_t c = 0; c < codon_count; ++c)
        sum += std::abs(counts[c] - of_amino_acid[goal.table.amino_acids[c]] * goal.table.fraction[c]);
    return -sum;
}

std::optional<double> harmonise_value(std::string_view coding, const CodonGoal& goal) {
    double sum = 0;
    double n = 0;
    for (std::size_t i = 0; i + 3 <= coding.size(); i += 3) {
        const auto host = codon_of(coding.substr(i, 3));
        const auto source = codon_of(std::string_view(goal.start).substr(i, 3));
        if (!host || !source || goal.table.amino_acids[*host] == '*') continue;
        sum += std::abs(goal.weights[*host] - goal.source[*source]);
        ++n;
    }
    return n == 0 ? std::nullopt : std::optional(-sum / n);
}

std::optional<double> value_of(const Judged& molecule, const Place& place, const CodonGoal& goal) {
    const auto coding = read_place(molecule.letters, place);
    const auto& amino_acids = goal.table.amino_acids;
    if (goal.method == CodonMethod::match) return match_value(coding, goal);
    if (goal.method == CodonMethod::harmonise) return harmonise_value(coding, goal);
    const auto use = codons_of(coding, amino_acids);
    return goal.method == CodonMethod::cai ? adaptation_index(use.codons, goal.weights, amino_acids)
                                           : trna_index(use.codons, goal.weights, amino_acids);
}

std::optional<double> value_of(const Judged& molecule, const Place& place, const ChangeGoal&) {
    const auto& start = molecule.problem.start;
    double changed = 0;
    for (const auto& [p, strand] : positions_of(place, molecule.problem.length))
        changed += start[static_cast<std::size_t>(p)] != molecule.letters[static_cast<std::size_t>(p)] ? 1 : 0;
    return changed == 0 ? 0 : -changed;
}

std::optional<double> value_of(const Judged& molecule, const Place& place, const GcGoal& goal) {
    double strong = 0;
    const auto read = read_place(molecule.letters, place);
    for (const char letter : read) strong += letter == 'G' || letter == 'C' || letter == 'S' ? 1 : 0;
    const auto away = std::abs(strong / static_cast<double>(read.size()) - goal.target);
    return away == 0 ? 0 : -away;
}

}  // namespace

Result<Evaluation> evaluate(const Problem& problem, std::string_view letters, const Context& context) {
    const Judged molecule{problem, letters, context};
    Evaluation out;
    for (const auto& constraint : problem.constraints) {
        if (context.stopped()) return cancelled();
        Verdict verdict{.id = constraint.id, .kind = constraint.kind};
        for (const auto& rule : constraint.rules) {
            auto found = std::visit([&](const auto& one) { return violations(molecule, constraint.place, one); }, rule);
            if (!found) return pass(found);
            for (auto& violation : *found) verdict.violations.push_back(std::move(violation));
        }
        verdict.pass = verdict.violations.empty();
        out.pass = out.pass && verdict.pass;
        out.constraints.push_back(std::move(verdict));
    }
    for (const auto& objective : problem.objectives) {
        const auto value =
            std::visit([&](const auto& goal) { return value_of(molecule, objective.place, goal); }, objective.goal);
        out.objectives.push_back({objective.id, value});
        if (value) out.objective += objective.weight * *value;
    }
    return out;
}

}  // namespace leaven::dna
