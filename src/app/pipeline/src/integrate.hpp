// The pathway on the chromosome: what of a construct goes there, as an edit with its donor and its check.
#pragma once

#include <leaven/crispr/design.hpp>
#include <leaven/dna/genome_edit.hpp>
#include <leaven/pipeline/dossier.hpp>
#include <leaven/pipeline/project.hpp>

namespace leaven::pipeline {

/// Does a place lie within another, be it by a turn of the circle?
bool within(seq::Interval place, seq::Interval whole, const seq::Record& record);

/// Is `[build] integrate` a place, with constructs to go there by a method that carries them? Asked before the work is
/// begun. Errors  bad_input  it is not
Status check_integration(const Project& project);

/// Is there such a place on the chromosome? Errors  not_found, bad_input  as dna::place_edit
Status check_place(const Project& project, std::span<const seq::Record> chromosome);

/// "cassette-1.gb": the file of the first construct's cassette.
std::string cassette_file(std::size_t construct);

/// The stretch of a construct that is not backbone, over the origin where it lies there.
///
/// Errors  bad_input  no backbone, nothing else, or several stretches of it
Result<seq::Interval> cassette_of(const ConstructRow& construct);

/// What an integration starts from: the chromosome, the deletions that are planned on it, the constructs.
struct Workpiece {
    std::span<const seq::Record> chromosome;
    const crispr::CloningScheme& scheme;            // of guides
    const std::vector<dna::GenomeEdit>& deletions;  // as the rows of the build part
    const std::vector<seq::Record>& constructs;     // as those of its assembly
};

/// Plans the way of each construct's cassette into the chromosome: rows of edits, guides where the method cuts, files.
/// A deletion all of whose bases the cassette takes the place of is no edit of its own any more. What cannot be
/// planned beside the deletions is a note.
///
/// Errors  as check_place and cassette_of;  bad_input  no room for the arms; cancelled
Status fill_integration(const Project& project, const Workpiece& workpiece, Context& context, DossierFiles& files);

/// Do the primers make the donor from the construct and the chromosome, does the edited chromosome hold what comes in
/// once, and do the check primers give the lengths of both genotypes and nothing else?
///
/// Errors  cancelled
Result<bool> integration_holds(const dna::GenomeEdit& edit, const dna::EditDesign& design, const seq::Record& construct,
                               std::span<const seq::Record> chromosome, const Context& context);

/// Bases of the chromosome that what comes in has as well.
struct SharedBases {
    std::size_t record = 0;
    seq::Interval at{};
};

/// The longest stretch of at least 40 bases, on either strand, beside the place that the edit takes; none where there
/// is none. Cost: O(n) in the chromosome.
std::optional<SharedBases> longest_shared(const dna::GenomeEdit& edit, std::span<const seq::Record> chromosome);

}  // namespace leaven::pipeline
