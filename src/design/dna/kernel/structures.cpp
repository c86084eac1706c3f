#include "structures.hpp"

#include <algorithm>

#include <fmt/core.h>

namespace leaven::dna {
namespace {

constexpr double fold_slack = 1e-9;
constexpr std::size_t most_seen = 200'000;

/// For each base its partner, -1 where it has none.
std::vector<int> partners_of(const std::string& structure) {
    std::vector<int> partner(structure.size(), -1);
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < structure.size(); ++i) {
        if (structure[i] == '(') open.push_back(i);
        if (structure[i] != ')') continue;
        partner[i] = static_cast<int>(open.back());
        partner[open.back()] = static_cast<int>(i);
        open.pop_back();
    }
    return partner;
}

}  // namespace

Structures::Structures(const Model& model) : model_(model) {
    if (none()) return;
    energies_ = model.foldings.front().second.model.get();
    folder_.emplace(*energies_);
}

bool Structures::too_stable(const std::string& window, const std::string& structure, double least_kcal) const {
    const auto energy = energy_of(window, structure, *energies_);
    return energy && *energy < least_kcal - fold_slack;
}

/// Leaves pairs out as long as what is left is too stable: whole stems first, then from the outside.
void Structures::drop_pairs(const std::string& window, std::string& structure, double least_kcal) const {
    const auto partner = partners_of(structure);
    const auto without = [&](std::size_t from, std::size_t to, bool inside) {
        auto less = structure;
        for (auto i = from; i <= to; i += inside ? 1 : to - from) less[i] = '.';
        if (too_stable(window, less, least_kcal)) structure = less;
    };
    for (std::size_t i = 0; i < structure.size(); ++i) {
        if (partner[i] < 0) continue;
        without(i, static_cast<std::size_t>(partner[i]), true);
        i = static_cast<std::size_t>(partner[i]);
    }
    for (std::size_t i = 0; i < structure.size(); ++i)
        if (structure[i] == '(') without(i, static_cast<std::size_t>(partner[i]), false);
}

/// Bases of a window that it takes. A letter that is not certain counts as the least favourable one, so that what is
/// too stable with N is so with any base; but a tabulated hairpin loop may be less stable than one with N.
std::vector<std::size_t> Structures::explain(const std::string& window, std::string structure,
                                             double least_kcal) const {
    drop_pairs(window, structure, least_kcal);
    const auto partner = partners_of(structure);
    std::vector<bool> fixed(window.size(), false);
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (structure[i] != '(') continue;
        const auto j = static_cast<std::size_t>(partner[i]);
        const auto loop = j - i - 1;
        const bool bare = structure.find_first_not_of('.', i + 1) == j;
        fixed[i] = fixed[j] = true;
        if (bare && (loop == 3 || loop == 4 || loop == 6))
            std::fill(fixed.begin() + static_cast<std::ptrdiff_t>(i), fixed.begin() + static_cast<std::ptrdiff_t>(j),
                      true);
    }
    auto masked = window;
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (fixed[i]) continue;
        masked[i] = 'N';
        if (!too_stable(masked, structure, least_kcal)) masked[i] = window[i];
    }
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < window.size(); ++i)
        if (masked[i] != 'N') out.push_back(i);
    return out;
}

/// The bases of a window that make it too stable; empty where it is not; null where the work was stopped.
const std::vector<std::size_t>* Structures::held_by(const std::string& window, double least_kcal,
                                                    const Context& context) {
    if (seen_.size() > most_seen) seen_.clear();
    const auto key = fmt::format("{} {}", window, least_kcal);
    if (const auto found = seen_.find(key); found != seen_.end()) return &found->second;
    const auto energy = folder_->least_energy(window, context);
    if (!energy) return nullptr;
    std::vector<std::size_t> bases;
    if (*energy < least_kcal - fold_slack) {
        const auto fold = folder_->fold(window, context);
        if (!fold) return nullptr;
        bases = explain(window, fold->structure, least_kcal);
    }
    return &seen_.emplace(key, std::move(bases)).first->second;
}

bool Structures::scan(const Strand& strand, const Folding& rule, bool around, const Clock& clock,
                      std::vector<Support>& out) {
    const auto n = strand.letters.size();
    const auto window = rule.window == 0 ? n : static_cast<std::size_t>(rule.window);
    if (window > n) return true;
    const auto joined = around ? strand.letters + strand.letters.substr(0, window - 1) : strand.letters;
    for (std::size_t i = 0; i + window <= joined.size(); ++i) {
        if (clock.out()) return false;
        const auto* bases = held_by(joined.substr(i, window), rule.least_kcal, clock.context());
        if (bases == nullptr) return false;
        if (bases->empty()) continue;
        auto& support = out.emplace_back();
        for (const auto base : *bases) support.push_back(strand.positions[(i + base) % n]);
        i += bases->front();  // windows up to there hold the same structure
    }
    return true;
}

std::optional<std::vector<Support>> Structures::supports(std::string_view letters, const Clock& clock) {
    std::vector<Support> out;
    for (const auto& [place, rule] : model_.foldings) {
        std::vector<Place> parts;
        if (rule.window == 0)
            parts.push_back(place);
        else
            for (const auto& piece : place.pieces) parts.push_back({.pieces = {piece}, .whole = place.whole});
        for (const auto& part : parts) {
            Strand strand{.letters = read_place(letters, part)};
            for (const auto& [p, direction] : positions_of(part, model_.length)) strand.positions.push_back(p);
            if (!scan(strand, rule, model_.circular && place.whole, clock, out)) return std::nullopt;
        }
    }
    return out;
}

std::pair<std::int64_t, std::string> word_of(const Support& support, std::string_view letters) {
    const auto [first, last] = std::minmax_element(support.begin(), support.end());
    std::string word(static_cast<std::size_t>(*last - *first + 1), 'N');
    for (const auto p : support) word[static_cast<std::size_t>(p - *first)] = letters[static_cast<std::size_t>(p)];
    return {*first, std::move(word)};
}

}  // namespace leaven::dna
