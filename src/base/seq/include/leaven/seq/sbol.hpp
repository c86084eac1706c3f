// SBOL: components with sequences and features, between a graph of triples and records.
//
// Format  SBOL 3.1.0, sbolstandard.org; SBOL 2.3 is brought to the SBOL3 model.
#pragma once

#include <string>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/seq/graph.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::seq {

/// Does the graph speak SBOL2 (or SBOL3)?
bool is_sbol2(const Graph& graph);
bool is_sbol3(const Graph& graph);

/// An SBOL2 graph in the terms of SBOL3: ComponentDefinition to Component, SequenceAnnotation to SequenceFeature or to
/// the location of a SubComponent, Range, Cut, GenericLocation, Sequence, Collection, ModuleDefinition to Component.
/// Triples of other vocabularies are kept.
Graph upgraded_sbol2(const Graph& graph);

/// Every Component as a record, sorted by its IRI: one without a Sequence has no letters; Sequences that no Component
/// names are records too.
///
/// Errors  bad_input  a Sequence holds letters that do not fit its encoding; a position lies outside
Result<std::vector<Record>> records_of(const Graph& graph, const std::string& name, std::vector<Warning>& warnings);

/// Records as SBOL3: Component, Sequence, SequenceFeature with Range or Cut, roles of the Sequence Ontology. Qualifiers
/// become triples of the vocabulary http://www.ncbi.nlm.nih.gov/genbank#.
Graph graph_of(const std::vector<Record>& records, const std::string& prefix = "https://example.org");

}  // namespace leaven::seq
