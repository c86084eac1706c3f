// The team of an MPI run: `mpirun -n 4 leaven …`, or Slurm.
//
// MPI is loaded when a launcher started this process as one of several ranks, and not otherwise: a single run neither
// needs it installed nor waits for it.
#pragma once

#include <memory>

#include <leaven/core/result.hpp>
#include <leaven/core/team.hpp>

namespace leaven::cli {

/// None where this process is alone.
///
/// Errors  bad_input  started by a launcher, and this build has no MPI
Result<std::shared_ptr<Team>> join_team();

}  // namespace leaven::cli
