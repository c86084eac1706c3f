// What the best design asks of the bench.
#pragma once

#include <leaven/pipeline/dossier.hpp>

namespace leaven::pipeline {

/// Edits and guides for the knock-outs of the best design, guides that turn genes down, genes of the pathway written
/// for the host. A gene that the chromosome or the proteins lack is a note.
///
/// Errors  not_found, bad_input  the chromosome, the proteins, a table, a method that the chromosome does not allow;
///         cancelled
Status fill_build(const Project& project, Context& context, Dossier& dossier);

/// The genes of the inserted reactions, written for the host. Errors  as fill_build
Result<std::vector<PlannedGene>> plan_genes(const Project& project, std::vector<metabolism::NoteInfo>& notes,
                                            Context& context);

}  // namespace leaven::pipeline
