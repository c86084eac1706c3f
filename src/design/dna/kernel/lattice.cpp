#include "lattice.hpp"

#include <algorithm>

namespace leaven::dna {
namespace {

constexpr double never = -std::numeric_limits<double>::infinity();

}  // namespace

Path best_path(const Lattice& lattice, const Prices& prices) {
    struct Step {
        double worth = never;
        std::int32_t from = -1;
        Codon ending = 0;
    };
    Path path;
    if (lattice.empty()) return path;
    std::vector<Step> steps(lattice.nodes());
    steps[0].worth = 0;
    const auto n = lattice.layers();
    for (std::int64_t layer = 0; layer < n; ++layer) {
        const auto p = static_cast<std::size_t>(lattice.position(layer));
        const auto* ending = prices.ending.data() + p * codon_count;
        const double strong = prices.strong[p];
        for (auto node = lattice.first_node(layer); node < lattice.first_node(layer + 1); ++node) {
            const double before = steps[static_cast<std::size_t>(node)].worth;
            for (const auto& arc : lattice.arcs(node)) {
                const auto base = arc.ending & 3;
                const double worth = before + ending[arc.ending] + (base == 1 || base == 2 ? strong : 0.0);
                auto& step = steps[static_cast<std::size_t>(arc.to)];
                if (worth > step.worth) step = {worth, node, arc.ending};
            }
        }
    }
    auto node = lattice.first_node(n);
    for (auto end = node; end < lattice.first_node(n + 1); ++end)
        if (steps[static_cast<std::size_t>(end)].worth > steps[static_cast<std::size_t>(node)].worth) node = end;
    path.worth = steps[static_cast<std::size_t>(node)].worth;
    path.letters.resize(static_cast<std::size_t>(n));
    for (auto layer = n; layer-- > 0;) {
        const auto& step = steps[static_cast<std::size_t>(node)];
        path.letters[static_cast<std::size_t>(lattice.position(layer))] = base_letter(step.ending & 3);
        node = step.from;
    }
    return path;
}

Potentials potentials(const Lattice& lattice, const Prices& prices) {
    Potentials out{std::vector<double>(lattice.nodes(), never), std::vector<double>(lattice.nodes(), never)};
    const auto n = lattice.layers();
    out.before[0] = 0;
    for (std::int64_t layer = 0; layer < n; ++layer)
        for (auto node = lattice.first_node(layer); node < lattice.first_node(layer + 1); ++node)
            for (const auto& arc : lattice.arcs(node)) {
                auto& there = out.before[static_cast<std::size_t>(arc.to)];
                there = std::max(
                    there, out.before[static_cast<std::size_t>(node)] + prices.of(lattice.position(layer), arc.ending));
            }
    for (auto node = lattice.first_node(n); node < lattice.first_node(n + 1); ++node)
        out.after[static_cast<std::size_t>(node)] = 0;
    for (auto layer = n; layer-- > 0;)
        for (auto node = lattice.first_node(layer); node < lattice.first_node(layer + 1); ++node)
            for (const auto& arc : lattice.arcs(node)) {
                auto& here = out.after[static_cast<std::size_t>(node)];
                here = std::max(
                    here, out.after[static_cast<std::size_t>(arc.to)] + prices.of(lattice.position(layer), arc.ending));
            }
    return out;
}

}  // namespace leaven::dna
