#include "plan_check.hpp"

#include <algorithm>

#include <leaven/dna/pcr.hpp>

namespace leaven::dna {

Result<SynthesisVerdict> gives_piece(const PlanArc& arc, const PlanWay& way, const std::vector<PlanItem>& items,
                                     std::span<const seq::Record> parts, const PlanOptions& options,
                                     const Context& context) {
    if (way.kind == PlanWay::Kind::synthesise) {
        const auto& item = items[way.items.front()];
        return options.synthesis.keeps(item.letters, item.offer->rules, context);
    }
    if (way.kind == PlanWay::Kind::anneal) return SynthesisVerdict();
    const std::vector<Primer> primers{{"forward", items[way.items[0]].letters},
                                      {"reverse", items[way.items[1]].letters}};
    const auto longest = std::max<std::int64_t>(20'000, static_cast<std::int64_t>(arc.letters.size()));
    const auto made = amplify(parts[way.part], primers, {.max_product = longest}, context);
    if (!made) return pass(made);
    const bool right =
        !made->products.empty() && std::all_of(made->products.begin(), made->products.end(),
                                               [&](const auto& product) { return product.letters == arc.letters; });
    return SynthesisVerdict{right, {}};
}

Result<TripCheck> check_trip(const PlanLayout& layout, const PlanChoice::Trip& trip, const std::string& circle,
                             const PlanOptions& options, const Context& context) {
    std::vector<seq::Record> pieces;
    for (const auto& taken : trip.pieces) {
        auto& record = pieces.emplace_back();
        record.name = record.id = fmt::format("piece_{}", pieces.size());
        record.set_sequence({layout.arcs[taken.arc].letters, {}, seq::Alphabet::dna});
    }
    AssemblyOptions reaction{
        .method = layout.method,
        .max_parts = static_cast<std::int64_t>(pieces.size()),
        .intended = seq::canonical_form({circle, {}, seq::Alphabet::dna}, seq::Topology::circular)};
    if (layout.enzyme) {
        reaction.enzymes = {*layout.enzyme};
        reaction.ligation = options.ligation;
    }
    const auto made = assemble(pieces, reaction, context);
    if (!made) return pass(made);
    TripCheck check{.fidelity = made->fidelity};
    bool others = false;
    for (const auto& product : made->products) {
        check.verified |= product.intended;
        others |= !product.intended && product.parts.size() >= pieces.size();
    }
    check.verified = check.verified && !others;
    return check;
}

}  // namespace leaven::dna
