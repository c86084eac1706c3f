// From parts on the shelf to constructs: which pieces are made and how, what constructs share, and what is ordered.
//
//     const auto targets = read_targets("pA,pB;rbs;gene;term;vector", names);
//     const auto plan = plan_constructs(parts, *targets, options, context);
//
// A construct is a circle of parts in the given order, base by base. It is cut at joints between parts; what lies
// between two cuts is a piece, made by PCR from the longest part in it (the rest stands in the tails of the primers),
// by synthesis, or by annealing two oligos; a part on the shelf of 150 bases or more is not synthesised again. At each
// joint the bases that both pieces have lie before it, behind it or across it, so that constructs that differ on one
// side of a joint share the piece on the other.
//
// Units   USD, days. Threads: a pure function; the answer does not depend on the threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/dna/assembly.hpp>
#include <leaven/dna/overhangs.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

struct PlanTarget {
    std::string name{};
    std::vector<std::size_t> parts{};  // by index, in order round the circle
};

/// "A,B;C;D,E": places parted by ";", alternatives by ","; every combination is a target, called "construct" and by its
/// alternatives. Several such lists stand on lines of their own, or between "|"; "name=" before one names its targets.
/// A name that is taken, by a part or another target, gets a number.
///
/// Errors  bad_input  an empty place, more than 10,000 targets;  not_found  no such part, with the nearest names
Result<std::vector<PlanTarget>> read_targets(std::string_view text, const std::vector<std::string>& parts);

struct SynthesisOffer {
    std::string rules{};  // whose
    double price = 0;
    double days = 0;
};

struct SynthesisVerdict {
    bool kept = true;
    std::string culprit{};  // letters that alone break the rules, in whatever fragment; empty: the fragment as a whole
};

/// Who makes double-stranded fragments.
struct Synthesis {
    std::function<std::vector<SynthesisOffer>(std::int64_t length)> offers{};
    std::function<Result<SynthesisVerdict>(const std::string& letters, const std::string& rules,
                                           const Context& context)>
        keeps{};
};

inline constexpr std::int64_t cheap_oligo = 60;  // bases of the longest oligo at the price of primers

struct PlanOptions {
    std::vector<Method> methods{Method::golden_gate, Method::gibson};  // those, and yeast
    std::vector<seq::Enzyme>
        enzymes{};  // of golden_gate: the first that does not cut the construct; four-base overhangs
    const Ligation* ligation = nullptr;  // of their overhangs
    double min_fidelity = 0.9;           // of a set of overhangs, where there is a table
    Synthesis synthesis{};               // none: nothing is synthesised
    std::set<std::size_t> missing{};     // parts that are not on the shelf
    double primer_price = 0.15;          // a base of an oligo of up to `cheap_oligo` bases
    double long_oligo_price = 0.45;      // and of a longer one, up to 200
    bool fast = false;                   // least days, and of those plans the cheapest; else the cheapest
};

// What a step takes, in days: oligos and fragments to arrive, the rest at the bench.
inline constexpr double primer_days = 2;
inline constexpr double long_oligo_days = 4;
inline constexpr double pcr_days = 1;
inline constexpr double assembly_days = 1;
inline constexpr double transformation_days = 2;  // to a plasmid in hand

struct PlannedOligo {
    std::string name{};
    std::string letters{};
    double price = 0;
};
struct PlannedFragment {
    std::string name{};
    std::string letters{};
    SynthesisOffer offer{};
};
struct PlannedStep {
    std::string id{};
    std::string kind{};  // use, pcr, synthesise, digest, anneal, assemble, transform
    std::vector<std::string> inputs{};
    std::vector<std::string> outputs{};
};
/// A stretch of a construct; `end` is beyond its length over the origin.
struct PlannedStretch {
    std::string name{};
    seq::Interval at{};
};
struct PlannedConstruct {
    std::string name{};
    Method method = Method::gibson;
    std::string enzyme{};   // of golden_gate
    bool verified = false;  // `assemble` makes it of its pieces, and no other circle of them all
    std::optional<double> fidelity{};
    std::vector<std::string> pieces{};
    std::vector<PlannedStretch> parts{};        // round the circle
    std::vector<PlannedStretch> stretches{};    // of the pieces: both that meet at a joint have its bases
    std::vector<std::int64_t> piece_lengths{};  // as they go into the reaction
    std::vector<PlannedStretch> joints{};       // behind each piece, by its bases
    seq::Record record{};                       // with the features of its parts
};

struct Plan {
    std::vector<PlannedConstruct> constructs{};
    std::vector<PlannedStep> steps{};
    std::vector<PlannedOligo> oligos{};
    std::vector<PlannedFragment> fragments{};
    double cost = 0;
    double days = 0;
    double bound = 0;  // no plan costs less; of a fast one: takes fewer days
    double gap = 0;    // relative
    Proof proof = Proof::infeasible;
    std::vector<Text> problems{};  // why there is none
};

/// The cheapest plan, or the fastest.
///
/// Method  a mixed-integer program: a round trip over joints for each construct, an order for each oligo and fragment
///         that any of them uses. Pieces are then made in simulation (PCR, synthesis rules, assembly); what fails is
///         forbidden and the program solved again, so that its bound stays true.
/// Ensures every construct of a plan is verified
/// Errors  bad_input  a part shorter than four bases or with uncertain letters, a method that is not planned; those of
///         `keeps`; cancelled
Result<Plan> plan_constructs(std::span<const seq::Record> parts, std::span<const PlanTarget> targets,
                             const PlanOptions& options, const Context& context);

}  // namespace leaven::dna
