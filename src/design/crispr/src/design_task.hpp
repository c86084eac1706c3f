// One target on its way from sites to guides.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <leaven/crispr/design.hpp>

#include "judge.hpp"

namespace leaven::crispr {

inline constexpr std::size_t shown_examples = 3;

/// A site with what its target's judge says of it.
struct Candidate {
    std::size_t sighting = 0;  // of the target
    std::size_t guide = 0;     // number in the search
    Judgement judgement{};
    std::optional<double> fold_kcal{};
    std::vector<std::string> flags{};
};

/// One target on its way.
struct Task {
    std::unique_ptr<Judge> judge{};
    std::vector<Sighting> sightings{};
    std::vector<std::size_t> guides{};  // of the sightings, in the search
    std::vector<Candidate> candidates{};
    TargetGuides result{};
};

/// Counts what is rejected, by reason.
class Rejections {
public:
    explicit Rejections(std::vector<Rejection>& list) : list_(list) {}

    void add(const Text& reason, Rejection::Kind kind, const std::string& guide);

private:
    std::vector<Rejection>& list_;
};

/// Best first.
void sort(std::vector<Candidate>& candidates);

/// The best of each group in turn. Cuts of a knockout stand apart where there are enough: what spoils one site (a
/// structure, a protein on the DNA) spoils its neighbours too.
///
/// Requires  sorted
std::vector<std::size_t> choose(const Task& task, const std::vector<Candidate>& left, const DesignOptions& options);

/// Errors  bad_input  parameters that the mode or the nuclease has no use for
Status check_options(const DesignOptions& options);

}  // namespace leaven::crispr
