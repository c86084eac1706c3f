// Does what was planned give what was wanted? Pieces and constructs made in simulation.
#pragma once

#include "plan_program.hpp"

namespace leaven::dna {

/// Does a way give its piece: PCR nothing but it, a fragment within the rules of who is to make it?
Result<SynthesisVerdict> gives_piece(const PlanArc& arc, const PlanWay& way, const std::vector<PlanItem>& items,
                                     std::span<const seq::Record> parts, const PlanOptions& options,
                                     const Context& context);

struct TripCheck {
    bool verified = false;  // the construct, and no other circle of all pieces
    std::optional<double> fidelity{};
};

/// Puts the pieces of a trip together. `circle`: the construct.
Result<TripCheck> check_trip(const PlanLayout& layout, const PlanChoice::Trip& trip, const std::string& circle,
                             const PlanOptions& options, const Context& context);

}  // namespace leaven::dna
