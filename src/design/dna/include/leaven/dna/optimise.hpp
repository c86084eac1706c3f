// The best molecule under its constraints, with proof: the optimum, a bound, or the constraints that contradict each
// other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/dna/evaluate.hpp>

namespace leaven::dna {

struct OptimiseOptions {
    double time_limit_s = 10;  // for the search; naming a conflict may take as long again
    std::uint64_t seed = 1;    // of the heuristic for codon counts; never changes what is proven
};

struct Change {
    seq::Interval at{};
    std::string from{};
    std::string to{};
};

struct BoundedScore {
    std::string id{};
    std::optional<double> value{};
    std::optional<double> bound{};  // what this objective alone cannot exceed
};

struct Optimum {
    enum class Status : std::uint8_t { optimal, feasible, infeasible, limit };
    Status status = Status::limit;
    std::string sequence{};             // the start where there is no answer
    std::optional<double> objective{};  // nothing where there is no answer
    std::optional<double> bound{};      // no answer is worth more; nothing where infeasible, or time ran out before one
    std::optional<double> gap{};        // (bound − objective) / |objective|; nothing without either
    std::vector<BoundedScore> objectives{};
    std::vector<Change> changes{};                                // against the start
    std::vector<std::string> conflict{};                          // ids; without any one of them there is an answer
    std::vector<std::pair<std::string, Violation>> violations{};  // of the conflict, by id: see below
    std::vector<Text> warnings{};
};

/// optimal, feasible, infeasible or limit.
std::string_view name_of(Optimum::Status status);

/// Branch and bound over an automaton of all patterns by position; windows of GC by Lagrange multipliers and exact
/// counting; repeats and hairpins as cuts that are added when they are broken. Every answer is judged again by
/// `evaluate`. Of a conflict it says where the start breaks it; without a start, where a sequence that keeps all the
/// others breaks each. The same seed gives the same answer for any number of threads; where the time runs out, what it
/// found.
///
/// Reference  Condon, Thachuk 2012, doi:10.1089/cmb.2012.0137, for recoding as a shortest path
/// Errors     bad_input  an expression without limit on a circle, a codon objective where the amino acid is open,
///                       patterns that need too many states; cancelled
Result<Optimum> optimise(const Problem& problem, const OptimiseOptions& options, const Context& context);

}  // namespace leaven::dna
