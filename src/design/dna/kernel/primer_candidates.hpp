// Primers of one side of a target: every place and length that is allowed, and what is known of each.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/dna/primers.hpp>

#include "primer_sites.hpp"

namespace leaven::dna {

/// Positions go on beyond the origin of a circle, and may be below 0.
struct Candidate {
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
    std::string annealing{};
    double tm_c = 0;
    double gc = 0;
    double penalty = 0;  // of what is known so far: never more than it will be

    // Known once it has been looked at.
    double hairpin_dg_kcal = 0;
    double self_dimer_dg_kcal = 0;
    std::int64_t off_targets = 0;
    bool usable = true;

    struct Place {
        std::size_t molecule = 0;  // 0: the template
        seq::Interval at{};
        seq::Strand strand = seq::Strand::forward;
        bool own = false;  // where it is meant to anneal, be it in the background
    };
    std::vector<Place> places{};  // the first ones found
};

/// Where the two ends of a primer may lie.
struct PrimerRoom {
    seq::Strand strand = seq::Strand::forward;
    seq::Interval five{};   // of its 5' end: the joint before its first base, both bounds allowed
    seq::Interval three{};  // of its 3' end, likewise
};

using Rejected = std::map<std::string, std::int64_t>;

/// All candidates, least penalty first. Errors  cancelled
Result<std::vector<Candidate>> candidates_in(const seq::Record& record, const PrimerRoom& room,
                                             const PrimerOptions& options, const OligoModel& model, Rejected& rejected,
                                             const Context& context);

/// Molecules that primers are looked for on, and how.
struct Surroundings {
    const seq::Record& record;
    std::span<const seq::Record> background;
    const PrimerOptions& options;
    const OligoModel& model;
    std::string_view left_tail;   // of primers on the forward strand
    std::string_view right_tail;  // of the others
};

/// Hairpins, dimers and other places of candidates; their penalties grow accordingly.
Status look_at(std::span<Candidate* const> candidates, const Surroundings& around, const Context& context);

/// Do the two primers, or one of them with itself, amplify something besides what they are meant to?
bool amplify_elsewhere(const Candidate& left, const Candidate& right, const Surroundings& around);

}  // namespace leaven::dna
