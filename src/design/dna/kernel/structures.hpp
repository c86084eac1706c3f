// Structures that are too stable, and the bases that make them so.
#pragma once

#include <optional>
#include <unordered_map>

#include <leaven/dna/fold.hpp>

#include "clock.hpp"
#include "model.hpp"

namespace leaven::dna {

/// Bases of the molecule that keep a window too stable whatever the others are: ascending positions, but in order of
/// reading where they go over the origin of a circle.
using Support = std::vector<std::int64_t>;

/// Folds the windows of a model's answers; remembers those it has seen.
class Structures {
public:
    explicit Structures(const Model& model);

    [[nodiscard]] bool none() const { return model_.foldings.empty(); }

    /// What holds up the structures of an answer that are too stable: one for each place that has such, more or less;
    /// empty where there is none; nothing where the time ran out before all windows were folded.
    std::optional<std::vector<Support>> supports(std::string_view letters, const Clock& clock);

private:
    struct Strand {
        std::string letters{};
        std::vector<std::int64_t> positions{};
    };

    bool scan(const Strand& strand, const Folding& rule, bool around, const Clock& clock, std::vector<Support>& out);
    const std::vector<std::size_t>* held_by(const std::string& window, double least_kcal, const Context& context);
    [[nodiscard]] std::vector<std::size_t> explain(const std::string& window, std::string structure,
                                                   double least_kcal) const;
    void drop_pairs(const std::string& window, std::string& structure, double least_kcal) const;
    [[nodiscard]] bool too_stable(const std::string& window, const std::string& structure, double least_kcal) const;

    const Model& model_;
    const EnergyModel* energies_ = nullptr;  // null where there is nothing to fold
    std::optional<Folder> folder_{};
    std::unordered_map<std::string, std::vector<std::size_t>> seen_;  // by window and limit
};

/// The word that a support is, N where any base may stand; for molecules that are lines.
std::pair<std::int64_t, std::string> word_of(const Support& support, std::string_view letters);

}  // namespace leaven::dna
