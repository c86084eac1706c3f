#include "turnover.hpp"

namespace leaven::metabolism {

std::vector<Turnover> turnovers_of(const Model& model) {
    std::vector<Turnover> turnovers(model.metabolites.size());
    for (const auto& reaction : model.reactions)
        for (const auto& term : reaction.terms) {
            auto& turnover = turnovers[static_cast<std::size_t>(term.metabolite)];
            const bool forwards = reaction.upper > 0;
            const bool backwards = reaction.lower < 0;
            turnover.named = true;
            turnover.made |= term.coefficient > 0 ? forwards : backwards;
            turnover.used |= term.coefficient > 0 ? backwards : forwards;
        }
    return turnovers;
}

}  // namespace leaven::metabolism
