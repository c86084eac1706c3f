#include "search.hpp"

#include <algorithm>
#include <cmath>

#include "sum_limits.hpp"
#include "tree.hpp"

namespace leaven::dna {
namespace {

constexpr std::size_t most_nodes = 200'000;  // of a lattice that takes more words

}  // namespace

Search::Search(const Model& model, bool any, std::uint64_t seed, const Clock& clock)
    : model_(model),
      any_(any),
      seed_(seed),
      clock_(clock),
      chance_(seed),
      weaver_(model),
      windows_(model),
      counted_(model),
      structures_(model),
      one_mean_(model.means.size() == 1 && counted_.none() &&
                std::all_of(model.linear.begin(), model.linear.end(), [](double worth) { return worth == 0; })) {}

Result<Found> Search::run() {
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
        if (clock_.out()) push(std::move(node));  // what became of it is not known
    }
    if (clock_.context().stopped()) return cancelled();
    return answer();
}

void Search::push(Node node) {
    if (beaten(node.bound)) return;
    node.number = pushed_++;
    open_.push(std::move(node));
}

Found Search::answer() const {
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
double Search::on_scale(double worth) const {
    if (!one_mean_ || worth == infinity) return worth;
    return model_.means[0].weight * std::exp(worth / model_.means[0].codons);
}

double Search::worth(std::string_view letters) const {
    return one_mean_ ? log_sum(model_.means[0], letters) : worth_of(model_, letters);
}

Status Search::visit(Node& node) {
    auto restriction = node.restriction;
    restriction.words.insert(restriction.words.end(), always_.begin(), always_.end());
    if (model_.circular && (node.restriction.closing < 0 || node.told_apart != forbidden_)) {
        tell_apart(node, restriction);
        return {};
    }
    const auto lattice = weaver_.weave(restriction);
    if (!lattice) return pass(lattice);
    if (lattice->empty()) return {};
    widest_ = lattice->nodes();
    const auto kept = [&](const SumLimit& limit) { return can_keep(*lattice, limit); };
    if (!std::all_of(model_.sums.begin(), model_.sums.end(), kept)) return {};
    return any_ || counted_.none() ? visit_additive(node, *lattice) : visit_counted(node, *lattice);
}

/// With multipliers on the sums that are limited: worth at these prices + `constant` is a bound on what keeps them.
Prices Search::prices_of(const Node& node, const Lattice& lattice, double& constant) {
    auto prices = chord_prices(model_, node.sums, one_mean_, constant);
    if (any_) price_by_chance(model_, chance_, prices);
    const double given = price_sums(lattice, model_.sums, prices);
    priced_ = given != 0;
    constant += given;
    return prices;
}

Status Search::visit_additive(Node& node, const Lattice& lattice) {
    double constant = 0;
    auto prices = prices_of(node, lattice, constant);
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
    if (verdict == Judgement::holds) {
        keep(letters);
        if (any_ || beaten(node.bound)) return {};
        if (relaxed.exact && !priced_) {
            halve_sums(node, letters);
            return {};
        }
        return split(node, lattice, letters);
    }
    if (auto status = try_dive(node); !status) return status;
    if (verdict == Judgement::cut) {
        push(std::move(node));
        return {};
    }
    return verdict == Judgement::collides ? branch_on(node, lattice, letters) : split_blamed(node, lattice, letters);
}

Search::Judgement Search::judge(const std::string& letters) {
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
    blamed_.clear();
    if (!whole_rules_kept(letters)) return Judgement::fails;
    return judge_structures(letters);
}

/// Rules on the whole answer; blames the stretch whose melting temperature is out of range.
bool Search::whole_rules_kept(const std::string& letters) {
    const auto broken = broken_rule(model_, letters, clock_.context());
    if (broken == nullptr) return true;
    if (std::holds_alternative<MeltingRange>(broken->rule))
        for (const auto& [p, strand] : positions_of(broken->place, model_.length)) blamed_.push_back(p);
    return false;
}

/// What holds a structure up is a word with open places: on a line it is forbidden for good, as long as the lattice
/// stays small; else its bases are blamed.
Search::Judgement Search::judge_structures(const std::string& letters) {
    if (structures_.none()) return Judgement::holds;
    const auto supports = structures_.supports(letters, clock_);
    if (!supports) return Judgement::fails;
    if (supports->empty()) return Judgement::holds;
    if (model_.circular || widest_ > most_nodes) {
        blamed_ = supports->front();
        return Judgement::fails;
    }
    for (const auto& support : *supports) {
        auto [position, word] = word_of(support, letters);
        always_.push_back({position, std::move(word)});
    }
    ++forbidden_;
    return Judgement::cut;
}

void Search::keep(const std::string& letters) {
    const double found = any_ ? 0 : worth(letters);
    if (!best_ || found > best_->worth) best_ = Path{found, letters};
}

Result<Found> search(const Model& model, bool any, std::uint64_t seed, const Clock& clock) {
    return Search(model, any, seed, clock).run();
}

}  // namespace leaven::dna
