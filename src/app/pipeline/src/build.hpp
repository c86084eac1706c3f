// What the best design asks of the bench.
#pragma once

#include <leaven/pipeline/dossier.hpp>

namespace leaven::pipeline {

/// Edits and guides for the knock-outs of the best design, guides that turn genes down, genes of the pathway written
/// for the host, constructs of them and what is ordered. What cannot be done is a note.
///
/// Errors  not_found, bad_input  the chromosome, the proteins, a part, a table, a method that the chromosome does not
///         allow; cancelled
Status fill_build(const Project& project, Context& context, DossierFiles& files);

/// The genes of the inserted reactions, written for the host. Errors  as fill_build
Result<std::vector<PlannedGene>> plan_genes(const Project& project, Dossier& dossier, Context& context);

/// The oligos of edits and guides, with their prices.
std::vector<OrderedOligo> oligos_of(const BuildPart& part, const BuildSection& section);

/// A sum without what floating point adds to it.
double money(double sum);

OrderedOligo priced(PlannedOligo oligo, const BuildSection& section);

}  // namespace leaven::pipeline
