// From genes and parts on the shelf to constructs and orders.
#pragma once

#include <leaven/dna/plan.hpp>
#include <leaven/dna/vendors.hpp>
#include <leaven/pipeline/dossier.hpp>

namespace leaven::pipeline {

/// Plans the constructs that `[build] construct` asks for, into the dossier's build part and the files beside it, and
/// returns their molecules. What cannot be planned is a note. Errors  as fill_build
Result<std::vector<seq::Record>> fill_assembly(const Project& project, Context& context, DossierFiles& files);

/// What a construct is written with: a part of the files, a gene of the pathway, a designed binding site.
struct Element {
    std::string name;
    std::string role;
};

/// The parts that constructs are planned from.
struct Shelf {
    std::vector<seq::Record> parts;
    std::vector<std::size_t> element_of;  // of each part; a gene in fragments has several parts
    std::vector<Element> elements;
    std::set<std::size_t> missing;  // parts that must be made
    std::vector<DesignedSite> sites;
    std::string targets;        // as `dna plan` reads it
    std::vector<Text> lacking;  // genes that have no sequence: nothing is planned
    std::vector<InputPart> inputs;
};

/// Where a gene that is longer than some vendor makes may be cut, so that every fragment is made; none: it is made in
/// one piece, or no cuts were found. Without `ligation` the cuts are for methods by homology.
///
/// Errors  cancelled
Result<std::vector<std::int64_t>> cut_gene(const std::string& letters, const std::vector<dna::Vendor>& vendors,
                                           const dna::Ligation* ligation, const Context& context);

/// Genes, parts of the files and designed sites, as the text of `[build] construct` names them. Cuts genes: their
/// fragments are written into `genes`.
///
/// Errors  not_found  a part that no file holds;  bad_input  the text, a part whose files differ; cancelled
Result<Shelf> stock_shelf(const Project& project, std::vector<PlannedGene>& genes,
                          const std::vector<dna::Vendor>& vendors, const dna::Ligation* ligation,
                          const Context& context);

/// The coding sequence of a gene that lies there.
seq::Feature coding_feature(const PlannedGene& gene, seq::Interval at);

/// What the order list and the steps of a plan give, made again from them alone; for each construct.
struct Remade {
    bool verified = false;  // the construct, and no other molecule of all pieces
    std::vector<ConstructJoint> joints;
};
Result<std::vector<Remade>> remake(const dna::Plan& plan, const Shelf& shelf, const dna::PlanOptions& options,
                                   const Context& context);

}  // namespace leaven::pipeline
