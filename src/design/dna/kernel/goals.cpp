#include "goals.hpp"

#include <cmath>

namespace leaven::dna {
namespace {

/// The one amino acid that a codon may have. Errors  bad_input  there are several
Result<char> amino_acid_of(const Model& model, const CodonSite& site, const AminoAcids& amino_acids,
                           const std::string& id) {
    char found = '\0';
    const auto allowed = model.allowed[static_cast<std::size_t>(site.end)];
    for (unsigned t = 0; t < codon_count; ++t) {
        if ((allowed >> t & 1U) == 0) continue;
        const char amino_acid = amino_acids[codon_at(site, static_cast<Codon>(t))];
        if (found != '\0' && amino_acid != found)
            return bad_input({"the codon that ends at {} may code for several amino acids",
                              "终止于 {} 的密码子可编码多种氨基酸"},
                             site.end + 1)
                .at(id)
                .advise({"constrain it by translation or keep", "请用 translation 或 keep 约束它"});
        found = amino_acid;
    }
    return found == '\0' ? '*' : found;
}

class GoalCompiler {
public:
    GoalCompiler(Model& model, const Objective& objective) : model_(model), objective_(objective) {}

    Status add(const ChangeGoal&) {
        for (const auto& [p, strand] : positions_of(objective_.place, model_.length)) {
            const int base = base_index(model_.problem->start[static_cast<std::size_t>(p)]);
            for (unsigned t = 0; t < codon_count; ++t)
                if (static_cast<int>(t & 3U) != base) worth(p, t) -= objective_.weight;
        }
        return {};
    }

    Status add(const GcGoal& goal) {
        GcTerm term{.weight = objective_.weight};
        for (const auto& [p, strand] : positions_of(objective_.place, model_.length)) term.positions.push_back(p);
        term.per_base = 1 / static_cast<double>(term.positions.size());
        term.target = goal.target * static_cast<double>(term.positions.size());
        model_.gc_goals.push_back(std::move(term));
        return {};
    }

    Status add(const CodonGoal& goal) {
        const auto sites = sites_of(objective_.place, model_.length);
        const auto synonyms = degeneracy_of(goal.table.amino_acids);
        MeanTerm mean{.weight = objective_.weight};
        MatchTerm match{.weight = objective_.weight, .sites = sites, .amino_acids = goal.table.amino_acids};
        std::array<double, 256> count{};
        std::vector<std::size_t> sense;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const auto amino_acid = amino_acid_of(model_, sites[i], goal.table.amino_acids, objective_.id);
            if (!amino_acid) return pass(amino_acid);
            ++count[static_cast<unsigned char>(*amino_acid)];
            const bool counts = goal.method == CodonMethod::tai ? *amino_acid != 'M'
                                                                : synonyms[static_cast<unsigned char>(*amino_acid)] > 1;
            if (*amino_acid != '*') sense.push_back(i);
            if (*amino_acid != '*' && counts) mean.sites.push_back(sites[i]);
        }
        if (goal.method == CodonMethod::harmonise) {
            add_harmony(goal, sites, sense);
        } else if (goal.method == CodonMethod::match) {
            for (std::size_t c = 0; c < codon_count; ++c)
                match.target[c] = count[static_cast<unsigned char>(goal.table.amino_acids[c])] * goal.table.fraction[c];
            model_.matches.push_back(std::move(match));
        } else if (!mean.sites.empty()) {
            mean.codons = static_cast<double>(mean.sites.size());
            for (std::size_t c = 0; c < codon_count; ++c) mean.log_weight[c] = std::log(goal.weights[c]);
            model_.means.push_back(std::move(mean));
        }
        return {};
    }

private:
    double& worth(std::int64_t position, unsigned t) {
        return model_.linear[static_cast<std::size_t>(position) * codon_count + t];
    }

    void add_harmony(const CodonGoal& goal, const std::vector<CodonSite>& sites,
                     const std::vector<std::size_t>& sense) {
        std::vector<std::pair<std::size_t, Codon>> judged;
        for (const auto i : sense)
            if (const auto source = codon_of(std::string_view(goal.start).substr(3 * i, 3)))
                judged.emplace_back(i, *source);
        for (const auto& [i, source] : judged)
            for (unsigned t = 0; t < codon_count; ++t)
                worth(sites[i].end, t) -=
                    objective_.weight / static_cast<double>(judged.size()) *
                    std::abs(goal.weights[codon_at(sites[i], static_cast<Codon>(t))] - goal.source[source]);
    }

    Model& model_;
    const Objective& objective_;
};

}  // namespace

Status add_goals(const Problem& problem, Model& model) {
    model.linear.assign(static_cast<std::size_t>(model.length) * codon_count, 0.0);
    for (const auto& objective : problem.objectives) {
        if (objective.weight == 0) continue;
        GoalCompiler compiler(model, objective);
        auto status = std::visit([&](const auto& goal) { return compiler.add(goal); }, objective.goal);
        if (!status) return status;
    }
    return {};
}

Codon ending_at(std::string_view letters, std::int64_t position) {
    const auto n = static_cast<std::int64_t>(letters.size());
    int codon = 0;
    for (const auto p : {position - 2, position - 1, position})
        codon = codon * 4 + base_index(letters[static_cast<std::size_t>((p + 2 * n) % n)]);
    return static_cast<Codon>(codon);
}

double log_sum(const MeanTerm& term, std::string_view letters) {
    double sum = 0;
    for (const auto& site : term.sites) sum += term.log_weight[codon_at(site, ending_at(letters, site.end))];
    return sum;
}

double worth_of(const MatchTerm& term, std::string_view letters) {
    PerCodon counts{};
    for (const auto& site : term.sites) ++counts[codon_at(site, ending_at(letters, site.end))];
    double sum = 0;
    for (std::size_t c = 0; c < codon_count; ++c) sum += std::abs(counts[c] - term.target[c]);
    return -term.weight * sum;
}

double worth_of(const GcTerm& term, std::string_view letters) {
    double strong = 0;
    for (const auto p : term.positions) {
        const char letter = letters[static_cast<std::size_t>(p)];
        strong += letter == 'G' || letter == 'C' ? 1 : 0;
    }
    return -term.weight * term.per_base * std::abs(strong - term.target);
}

double worth_of(const Model& model, std::string_view letters) {
    double sum = 0;
    if (!model.linear.empty())
        for (std::int64_t p = 0; p < model.length; ++p)
            sum += model.linear[static_cast<std::size_t>(p) * codon_count + ending_at(letters, p)];
    for (const auto& term : model.means) sum += term.weight * std::exp(log_sum(term, letters) / term.codons);
    for (const auto& term : model.matches) sum += worth_of(term, letters);
    for (const auto& term : model.gc_goals) sum += worth_of(term, letters);
    return sum;
}

}  // namespace leaven::dna
