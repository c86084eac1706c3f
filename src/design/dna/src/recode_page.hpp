// The page of a recoding: the verdict, the molecule before and after, its rules and its sequence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <leaven/dna/optimise.hpp>

namespace leaven::dna {

/// What `evaluate` and `optimise` show. A molecule that is not there is empty, and its judgement nothing.
struct Recoding {
    std::vector<Text> verdict{};
    Problem problem{};
    std::string before{};
    std::string after{};
    std::optional<Evaluation> before_judged{};
    std::optional<Evaluation> after_judged{};
    std::vector<BoundedScore> bounds{};
    std::vector<std::string> conflict{};                          // ids
    std::vector<std::pair<std::string, Violation>> violations{};  // of the conflict
};

/// Self-contained; the same input gives the same bytes.
std::string page_of(const Recoding& recoding, Doc title, Lang lang);

}  // namespace leaven::dna
