// What the best design asks of the bench.
#pragma once

#include <leaven/dna/genome_edit.hpp>
#include <leaven/pipeline/dossier.hpp>

namespace leaven::pipeline {

/// Edits and guides for the knock-outs of the best design, guides that turn genes down, genes of the pathway written
/// for the host, constructs of them, their way into the chromosome and what is ordered. What cannot be done is a note.
///
/// Errors  not_found, bad_input  the chromosome, the proteins, a part, a table, a method that the chromosome does not
///         allow; cancelled
Status fill_build(const Project& project, Context& context, DossierFiles& files);

/// The genes of the inserted reactions, written for the host. Errors  as fill_build
Result<std::vector<PlannedGene>> plan_genes(const Project& project, Dossier& dossier, Context& context);

/// A sum without what floating point adds to it.
double money(double sum);

/// How the chromosome is changed, with arms that suit a deletion.
dna::EditOptions edit_options(const BuildSection& section);

/// A row of an edit whose oligos are called by `name`.
PlannedEdit planned_edit(const dna::GenomeEdit& edit, const dna::EditDesign& design, const seq::Record& record,
                         const std::string& name);

/// As a shell takes it for one word.
std::string shell_word(std::string_view text);

/// Records as GenBank writes them. Errors  as seq::write_document
Result<std::string> genbank_text(std::vector<seq::Record> records);

}  // namespace leaven::pipeline
