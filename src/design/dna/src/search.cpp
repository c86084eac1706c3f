#include "search.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include <leaven/core/random.hpp>

#include "branching.hpp"
#include "collisions.hpp"
#include "flips.hpp"
#include "relaxation.hpp"

namespace leaven::dna {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr int dive_rounds = 80;
constexpr int deals = 12;
constexpr std::int64_t short_word = 8;

double near(double value) { return 1e-10 * std::max(1.0, std::abs(value)); }

struct Node {
    double bound = infinity;
    std::int64_t number = 0;
    Restriction restriction{};
    SumRanges sums{};
    std::int64_t family = 0;  // nodes that only their closing tells apart
    int told_apart = 0;       // words forbidden for good when the closing was chosen
};

struct Later {  // the worse bound, or the older
    bool operator()(const Node& a, const Node& b) const {
        return a.bound != b.bound ? a.bound < b.bound : a.number < b.number;
    }
};

class Search {
public:
    Search(const Model& model, bool any, std::uint64_t seed, const Clock& clock)
        : model_(model),
          any_(any),
          seed_(seed),
          clock_(clock),
          chance_(seed),
          weaver_(model),
          windows_(model),
          counted_(model),
          one_mean_(model.means.size() == 1 && counted_.none() &&
                    std::all_of(model.linear.begin(), model.linear.end(), [](double worth) { return worth == 0; })) {}

    Result<Found> run() {
        if (model_.impossible) return Found{.status = Found::Status::infeasible};
        Node root;
        root.sums = sum_ranges(model_);
        push(std::move(root));
        while (!open_.empty()) {
            if (clock_.out()) break;
            if (beaten(open_.top().bound)) break;
            auto node = open_.top();
            open_.pop();
            if (auto status = visit(node); !status) return pass(status);
            if (any_ && best_) break;
        }
        if (clock_.context().stopped()) return cancelled();
        return answer();
    }

private:
    // ---- the tree ----

    void push(Node node) {
        if (beaten(node.bound)) return;
        node.number = pushed_++;
        open_.push(std::move(node));
    }

    [[nodiscard]] bool beaten(double bound) const { return best_ && bound <= best_->worth + near(best_->worth); }

    Found answer() const {
        Found out;
        const bool ended = open_.empty() || (best_ && beaten(open_.top().bound));
        if (best_) {
            out.letters = best_->letters;
            out.status = ended || any_ ? Found::Status::optimal : Found::Status::feasible;
            const double bound = ended ? best_->worth : std::max(best_->worth, open_.top().bound);
            out.bound = on_scale(bound);
            return out;
        }
        out.status = open_.empty() ? Found::Status::infeasible : Found::Status::limit;
        out.bound = open_.empty() ? -infinity : on_scale(open_.top().bound);
        return out;
    }

    /// The working scale is the sum of logarithms where one geometric mean is all there is.
    [[nodiscard]] double on_scale(double worth) const {
        if (!one_mean_ || worth == infinity) return worth;
        return model_.means[0].weight * std::exp(worth / model_.means[0].codons);
    }
    [[nodiscard]] double worth(std::string_view letters) const {
        return one_mean_ ? log_sum(model_.means[0], letters) : worth_of(model_, letters);
    }

    // ---- one node ----

    Status visit(Node& node) {
        auto restriction = node.restriction;
        restriction.words.insert(restriction.words.end(), always_.begin(), always_.end());
        if (model_.circular && (node.restriction.closing < 0 || node.told_apart != forbidden_)) {
            tell_apart(node, restriction);
            return {};
        }
        const auto lattice = weaver_.weave(restriction);
        if (!lattice) return pass(lattice);
        if (lattice->empty()) return {};
        return any_ || counted_.none() ? visit_additive(node, *lattice) : visit_counted(node, *lattice);
    }

    /// Branches over the states that the cut of a circle may be in. They are others once a word is forbidden for good:
    /// then the first of a family to come up stands for all of it, since its bound is the best of those still open.
    void tell_apart(const Node& node, Restriction& restriction) {
        if (node.restriction.closing >= 0 && !retold_.emplace(node.family, forbidden_).second) return;
        for (const auto closing : weaver_.closings(restriction)) {
            auto child = node;
            child.restriction.closing = closing;
            child.told_apart = forbidden_;
            push(std::move(child));
        }
    }

    Prices prices_of(const Node& node, double& constant) {
        auto prices = chord_prices(model_, node.sums, one_mean_, constant);
        if (any_) price_by_chance(model_, chance_, prices);
        return prices;
    }

    Status visit_additive(Node& node, const Lattice& lattice) {
        double constant = 0;
        auto prices = prices_of(node, constant);
        const double floor = best_ && !any_ ? best_->worth - constant : -infinity;
        auto relaxed = solve(lattice, std::move(prices), windows_, floor, any_, clock_);
        if (relaxed.empty) return {};
        if (!any_) node.bound = std::min(node.bound, relaxed.bound + constant);
        if (beaten(node.bound)) return {};
        if (!relaxed.best) {
            if (relaxed.exact) return {};
            return split(node, lattice, {});
        }
        const auto letters = relaxed.best->letters;
        const auto verdict = judge(letters);
        if (verdict == Judgement::cut) {
            push(std::move(node));
            return {};
        }
        if (verdict == Judgement::collides) {
            if (!best_ && dives_ < 3) {
                ++dives_;
                if (auto status = dive(node); !status) return status;
            }
            return branch_on(node, lattice, letters);
        }
        if (verdict == Judgement::holds) {
            keep(letters);
            if (any_ || beaten(node.bound)) return {};
            if (relaxed.exact) {
                halve_sums(node, letters);
                return {};
            }
        }
        return split(node, lattice, letters);
    }

    enum class Judgement : std::uint8_t { holds, collides, cut, fails };

    /// What the relaxation leaves out. `cut`: a word has been forbidden for good, the node is to be solved again.
    Judgement judge(const std::string& letters) {
        const auto foreign = foreign_words(model_, letters);
        for (const auto& word : foreign) {
            if (word.everywhere)
                weaver_.forbid_everywhere(word.word);
            else
                always_.push_back({word.position, word.word});
        }
        if (!foreign.empty()) {
            ++forbidden_;
            return Judgement::cut;
        }
        if (!collisions(model_, letters).empty()) return Judgement::collides;
        return whole_rules_hold(model_, letters, clock_.context()) ? Judgement::holds : Judgement::fails;
    }

    void keep(const std::string& letters) {
        const double found = any_ ? 0 : worth(letters);
        if (!best_ || found > best_->worth) best_ = Path{found, letters};
    }

    // ---- branching ----

    void forbid(Node& node, std::int64_t position, std::string word) {
        node.family = next_family_++;
        node.restriction.words.push_back({position, std::move(word)});
        node.restriction.closing = -1;
    }

    /// Either the first word does not begin where it does, or it does and the second one does not. Of short words so
    /// many are alike that their bases are branched on instead.
    Status branch_on(const Node& node, const Lattice& lattice, const std::string& letters) {
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
    void halve_sums(const Node& node, const std::string& letters) {
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
    Status split(const Node& node, const Lattice& lattice, std::string letters) {
        if (letters.empty()) {
            const auto n = static_cast<std::size_t>(model_.length);
            letters =
                best_path(lattice, {std::vector<double>(n * codon_count, 0.0), std::vector<double>(n, 0.0)}).letters;
        }
        std::vector<std::int64_t> layers(static_cast<std::size_t>(lattice.layers()));
        std::iota(layers.begin(), layers.end(), 0);
        return split_at(node, lattice, letters, layers);
    }

    /// The same for the first of these layers that has an open base.
    Status split_at(const Node& node, const Lattice& lattice, const std::string& letters,
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

    /// Forbids colliding words one after the other until an answer holds.
    Status dive(Node node) {
        Node last = node;
        for (int round = 0; round < dive_rounds && !clock_.out(); ++round) {
            const auto closings = weaver_.closings(node.restriction);
            if (closings.empty()) return {};
            if (model_.circular) node.restriction.closing = closings[static_cast<std::size_t>(round) % closings.size()];
            const auto lattice = weaver_.weave(node.restriction);
            if (!lattice) return pass(lattice);
            double constant = 0;
            const auto relaxed = lattice->empty()
                                     ? Relaxed{}
                                     : solve(*lattice, prices_of(node, constant), windows_, -infinity, true, clock_);
            if (!relaxed.best) {
                if (round == 0 || std::exchange(turned_, !turned_)) return {};
                node = last;
                continue;
            }
            const auto& letters = relaxed.best->letters;
            const auto found = collisions(model_, letters);
            if (found.empty()) {
                if (foreign_words(model_, letters).empty() && whole_rules_hold(model_, letters, clock_.context()))
                    keep(letters);
                return {};
            }
            last = node;
            std::int64_t free_from = 0;
            for (const auto& collision : found) {
                if (collision.second < free_from) continue;  // the change before will have broken it
                const auto at = turned_ ? collision.first : collision.second;
                forbid(node, at, word_at(letters, at, collision.k));
                free_from = collision.second + collision.k;
            }
        }
        return {};
    }

    // ---- objectives on counts ----

    Status visit_counted(Node& node, const Lattice& lattice) {
        double constant = 0;
        const auto worth_prices = prices_of(node, constant);
        counted_.forget();
        windows_.forget();
        auto path = best_path(lattice, worth_prices);
        node.bound = std::min(node.bound, path.worth + constant + counted_.best_counts());
        if (beaten(node.bound)) return {};
        if (!dealt_) {
            dealt_ = true;
            for (std::uint64_t i = 0; i < deals && !clock_.out() && !beaten(node.bound); ++i)
                if (const auto found = deal_and_flip(model_, weaver_, lattice, counted_, windows_, seed_, i, clock_))
                    try_out(*found);
            windows_.forget();
            if (beaten(node.bound)) return {};
        }
        try_out(path.letters);
        descend(node, lattice, worth_prices, constant, path);
        if (beaten(node.bound)) return {};
        if (judge(path.letters) == Judgement::cut) {
            push(std::move(node));
            return {};
        }
        return split(node, lattice, path.letters);
    }

    void try_out(const std::string& letters) {
        if (windows_.hold(letters) && judge(letters) == Judgement::holds) keep(letters);
    }

    /// Subgradient on the prices of counts and windows together.
    void descend(Node& node, const Lattice& lattice, const Prices& worth_prices, double constant, Path& path) {
        double last = path.worth + constant + counted_.best_counts();
        double theta = 1;
        int idle = 0;
        for (int round = 0; round < 60 && !clock_.out() && theta > 1e-3; ++round) {
            const bool held = windows_.hold(path.letters);
            const double away = counted_.distance(path.letters) + windows_.steepness();
            if (held && worth(path.letters) > (best_ ? best_->worth : -infinity)) try_out(path.letters);
            if (beaten(node.bound) || away <= 0) return;
            const double target = best_ ? best_->worth : last - 1;
            const double step = theta * std::max(last - target, 1e-9) / away;
            counted_.move(step);
            windows_.move(step);
            auto prices = worth_prices;
            const double given = windows_.price(prices.strong);
            counted_.price(prices);
            path = best_path(lattice, prices);
            last = path.worth + constant + given + counted_.best_counts();
            if (last < node.bound - near(node.bound)) {
                node.bound = last;
                idle = 0;
            } else if (++idle >= 5) {
                theta /= 2;
                idle = 0;
            }
        }
    }

    const Model& model_;
    bool any_;
    std::uint64_t seed_;
    const Clock& clock_;
    Random chance_;
    Weaver weaver_;
    GcWindows windows_;
    CountedTerms counted_;
    bool one_mean_;
    std::priority_queue<Node, std::vector<Node>, Later> open_;
    std::int64_t pushed_ = 0;
    std::optional<Path> best_;
    std::vector<Forbidden> always_;
    int forbidden_ = 0;
    std::int64_t next_family_ = 1;
    std::set<std::pair<std::int64_t, int>> retold_;  // families, by the words forbidden
    bool dealt_ = false;
    bool turned_ = false;
    int dives_ = 0;
};

}  // namespace

Result<Found> search(const Model& model, bool any, std::uint64_t seed, const Clock& clock) {
    return Search(model, any, seed, clock).run();
}

}  // namespace leaven::dna
