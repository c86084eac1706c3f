// How a node of the search is divided, and how an answer is looked for below it.
#include <algorithm>
#include <numeric>

#include "tree.hpp"

namespace leaven::dna {
namespace {

constexpr int most_dives = 3;
constexpr int dive_rounds = 80;
constexpr std::int64_t short_word = 8;

}  // namespace

/// Branches over the states that the cut of a circle may be in. They are others once a word is forbidden for good: then
/// the first of a family to come up stands for all of it, since its bound is the best of those still open.
void Search::tell_apart(const Node& node, Restriction& restriction) {
    if (node.restriction.closing >= 0 && !retold_.emplace(node.family, forbidden_).second) return;
    for (const auto closing : weaver_.closings(restriction)) {
        auto child = node;
        child.restriction.closing = closing;
        child.told_apart = forbidden_;
        push(std::move(child));
    }
}

void Search::forbid(Node& node, std::int64_t position, std::string word) {
    node.family = next_family_++;
    node.restriction.words.push_back({position, std::move(word)});
    node.restriction.closing = -1;
}

/// Either the first word does not begin where it does, or it does and the second one does not. Of short words so
/// many are alike that their bases are branched on instead.
Status Search::branch_on(const Node& node, const Lattice& lattice, const std::string& letters) {
    const auto collision = collisions(model_, letters).front();
    if (collision.k < short_word) {
        std::vector<std::int64_t> layers;
        for (std::int64_t i = 0; i < collision.k; ++i)
            for (const auto start : {collision.first, collision.second})
                layers.push_back(lattice.layer_of((start + i) % model_.length));
        return split_at(node, lattice, letters, layers);
    }
    const auto first = word_at(letters, collision.first, collision.k);
    auto without = node;
    forbid(without, collision.first, first);
    push(std::move(without));
    if (collision.first == collision.second) return {};
    auto with = node;
    for (std::int64_t i = 0; i < collision.k; ++i)
        with.restriction.bases.emplace_back((collision.first + i) % model_.length,
                                            seq::bases_of(first[static_cast<std::size_t>(i)]));
    forbid(with, collision.second, word_at(letters, collision.second, collision.k));
    push(std::move(with));
    return {};
}

/// Cuts the interval of the sum whose chord is farthest above exp; where none is above, the node is done with.
void Search::halve_sums(const Node& node, const std::string& letters) {
    const auto cut = one_mean_ ? std::nullopt : widest_chord(model_, node.sums, letters);
    if (!cut) return;
    for (const bool lower : {true, false}) {
        auto child = node;
        child.family = next_family_++;
        (lower ? child.sums[cut->term].second : child.sums[cut->term].first) = cut->sum;
        push(std::move(child));
    }
}

/// Fixes the first open base to that of the answer, or takes that base away. A node without an open base has one
/// answer, which has been judged.
Status Search::split(const Node& node, const Lattice& lattice, std::string letters) {
    if (letters.empty()) {
        const auto n = static_cast<std::size_t>(model_.length);
        letters = best_path(lattice, {std::vector<double>(n * codon_count, 0.0), std::vector<double>(n, 0.0)}).letters;
    }
    std::vector<std::int64_t> layers(static_cast<std::size_t>(lattice.layers()));
    std::iota(layers.begin(), layers.end(), 0);
    return split_at(node, lattice, letters, layers);
}

/// The same among the positions that are blamed; where none of them is open the node has no answer.
Status Search::split_blamed(const Node& node, const Lattice& lattice, const std::string& letters) {
    if (blamed_.empty()) return split(node, lattice, letters);
    std::vector<std::int64_t> layers;
    for (const auto p : blamed_) layers.push_back(lattice.layer_of(p));
    return split_at(node, lattice, letters, layers);
}

/// The same for the first of these layers that has an open base.
Status Search::split_at(const Node& node, const Lattice& lattice, const std::string& letters,
                        const std::vector<std::int64_t>& layers) {
    for (const auto layer : layers) {
        const auto bases = open_bases(lattice, layer);
        if ((bases & (bases - 1)) == 0) continue;
        const auto p = lattice.position(layer);
        const auto own = seq::bases_of(letters[static_cast<std::size_t>(p)]);
        for (const auto set : {static_cast<std::uint8_t>(bases & ~own), own}) {
            auto child = node;
            child.family = next_family_++;
            child.restriction.bases.emplace_back(p, set);
            push(std::move(child));
        }
        return {};
    }
    return {};
}

/// For each position the worth of the best path that has another base there than an answer; -infinity where none does.
std::vector<double> Search::detours(const Lattice& lattice, const Prices& prices, const std::string& letters) {
    const auto best = potentials(lattice, prices);
    std::vector<double> out(static_cast<std::size_t>(model_.length), -infinity);
    for (std::int64_t layer = 0; layer < lattice.layers(); ++layer) {
        const auto p = lattice.position(layer);
        const auto own = base_index(letters[static_cast<std::size_t>(p)]);
        auto& worth = out[static_cast<std::size_t>(p)];
        for (auto node = lattice.first_node(layer); node < lattice.first_node(layer + 1); ++node)
            for (const auto& arc : lattice.arcs(node))
                if ((arc.ending & 3) != own)
                    worth = std::max(worth, best.before[static_cast<std::size_t>(node)] + prices.of(p, arc.ending) +
                                                best.after[static_cast<std::size_t>(arc.to)]);
    }
    return out;
}

/// Takes the base of an answer away at the one of these positions where that costs least; after the first dive some are
/// passed over by chance.
bool Search::take_away(Node& node, const std::string& letters, const std::vector<double>& worth,
                       const std::vector<std::int64_t>& positions) {
    std::optional<std::int64_t> cheapest;
    for (const auto p : positions) {
        const double here = worth[static_cast<std::size_t>(p)];
        if (here == -infinity || (cheapest && dives_ > 1 && chance_.below(4) == 0)) continue;
        if (!cheapest || here > worth[static_cast<std::size_t>(*cheapest)]) cheapest = p;
    }
    if (!cheapest) return false;
    const auto own = seq::bases_of(letters[static_cast<std::size_t>(*cheapest)]);
    node.restriction.bases.emplace_back(*cheapest, static_cast<std::uint8_t>(15U & ~own));
    return true;
}

/// Forbids the words of an answer that collide, but for those that the changes before will have broken.
bool Search::forbid_collisions(Node& node, const std::string& letters) {
    const auto found = collisions(model_, letters);
    std::int64_t free_from = 0;
    for (const auto& collision : found) {
        if (collision.second < free_from) continue;
        const auto at = turned_ ? collision.first : collision.second;
        forbid(node, at, word_at(letters, at, collision.k));
        free_from = collision.second + collision.k;
    }
    return !found.empty();
}

/// Takes away what is wrong with an answer, on the way down. False where that is not possible, or nothing is.
bool Search::step_down(Node& node, const Lattice& lattice, const Prices& prices, const std::string& letters) {
    if (forbid_collisions(node, letters)) return true;
    blamed_.clear();
    const bool kept = whole_rules_kept(letters);
    const auto supports = structures_.none() ? std::vector<Support>() : structures_.supports(letters, clock_);
    if (!supports || (kept && supports->empty())) return false;
    const auto worth = detours(lattice, prices, letters);
    bool changed = !kept && take_away(node, letters, worth, blamed_);
    for (const auto& support : *supports) changed = take_away(node, letters, worth, support) || changed;
    return changed;
}

/// A few dives until there is an answer; then one each time that as many words more are forbidden as there were.
Status Search::try_dive(const Node& node) {
    const bool due = best_ ? forbidden_ >= next_dive_ : dives_ < most_dives || forbidden_ >= next_dive_;
    if (!due || (model_.words.empty() && structures_.none() && model_.sums.empty())) return {};
    ++dives_;
    next_dive_ = 2 * forbidden_ + 1;
    const auto blamed = blamed_;
    auto status = dive(node);
    blamed_ = blamed;
    return status;
}

/// Takes away what is wrong until an answer holds, or none is left.
Status Search::dive(Node node) {
    Node last = node;
    for (int round = 0; round < dive_rounds && !clock_.out(); ++round) {
        auto restriction = node.restriction;
        restriction.words.insert(restriction.words.end(), always_.begin(), always_.end());
        const auto closings = weaver_.closings(restriction);
        if (closings.empty()) return {};
        if (model_.circular) restriction.closing = closings[static_cast<std::size_t>(round) % closings.size()];
        const auto lattice = weaver_.weave(restriction);
        if (!lattice) return pass(lattice);
        double constant = 0;
        Prices prices;
        Relaxed relaxed;
        if (!lattice->empty()) {
            prices = prices_of(node, *lattice, constant);
            relaxed = solve(*lattice, prices, windows_, -infinity, true, clock_);
        }
        if (!relaxed.best) {
            if (round == 0 || std::exchange(turned_, !turned_)) return {};
            node = last;
            continue;
        }
        const auto& letters = relaxed.best->letters;
        last = node;
        if (step_down(node, *lattice, prices, letters)) continue;
        try_out(letters);
        return {};
    }
    return {};
}

}  // namespace leaven::dna
