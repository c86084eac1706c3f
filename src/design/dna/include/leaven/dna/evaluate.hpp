// Does a molecule keep its constraints, and how good is it? Written plainly and apart from the optimiser, whose every
// answer it checks.
//
// Letters that stand for several bases match no pattern; they are no fault where a constraint allows all of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/dna/problem.hpp>

namespace leaven::dna {

struct Violation {
    seq::Interval at{};  // of the molecule; parts in the flanks are cut off
    seq::Strand strand = seq::Strand::forward;
    Text message{};
};

struct Verdict {
    std::string id{};
    std::string kind{};
    bool pass = true;
    std::vector<Violation> violations{};
};

struct Score {
    std::string id{};
    std::optional<double> value{};  // nothing where there is no codon to judge
};

struct Evaluation {
    bool pass = true;
    std::vector<Verdict> constraints{};  // in the order of the problem
    std::vector<Score> objectives{};
    double objective = 0;  // sum of weight times value
};

/// Requires  as many letters as the problem is long. Errors  cancelled
Result<Evaluation> evaluate(const Problem& problem, std::string_view letters, const Context& context);

}  // namespace leaven::dna
