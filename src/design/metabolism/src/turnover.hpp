// Whether any reaction makes a metabolite, and whether any uses it, as far as signs and bounds say.
#pragma once

#include <vector>

#include <leaven/metabolism/model.hpp>

namespace leaven::metabolism {

struct Turnover {
    bool named = false;  // a reaction has it, whatever its bounds
    bool made = false;
    bool used = false;
    [[nodiscard]] bool dead_end() const { return !made || !used; }
};

/// Of each metabolite. Complexity: O(terms).
std::vector<Turnover> turnovers_of(const Model& model);

}  // namespace leaven::metabolism
