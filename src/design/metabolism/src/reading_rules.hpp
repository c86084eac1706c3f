// What every reader of models holds to, whatever the format.
#pragma once

#include <string>
#include <vector>

#include <leaven/metabolism/model.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

/// Where a metabolite is put whose file does not say.
inline constexpr const char* unknown_compartment = "unknown_compartment";

// Remarks that more than one reader makes.
Text bounds_missing(const Reaction& read_as);
Text no_objective();
Text compartment_missing(const std::string& metabolite);
Text unreadable_rule(const std::string& reaction, const Error& fault);

/// Elements, attributes and values that a file may hold: 80 times the largest models of one organism. What they are
/// unpacked into takes a few GiB at most; a file of a megabyte may be packed to hold a thousand times more.
inline constexpr std::size_t most_marks = 20'000'000;

/// The error beyond that.
Failure too_many_marks();

inline bool stopped(StopFlag stop) { return stop != nullptr && stop->load(std::memory_order_relaxed); }

/// Do the bounds leave any flux? Not where they cross, or where one is infinite the wrong way.
bool bounds_allow_flux(const Reaction& reaction);

/// The error where they do not.
Failure no_flux_allowed(const Reaction& reaction);

/// By reaction, the name of the last group of kind partonomy or classification that holds it; empty where none does.
std::vector<std::string> subsystems_of(const Model& model);

}  // namespace leaven::metabolism
