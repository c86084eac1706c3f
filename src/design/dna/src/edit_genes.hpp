// Genes of a record as edits name them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <leaven/seq/record.hpp>

namespace leaven::dna {

struct EditGene {
    std::string name{};                 // gene, else locus tag, else label
    std::vector<std::string> others{};  // what else it is called
    bool coding = false;
    bool whole = true;  // neither end is said to lie outside
    seq::Interval at{};
    seq::Strand strand = seq::Strand::forward;
    std::vector<seq::Piece> pieces{};  // in reading order
    std::int64_t genetic_code = 11;
};

/// Genes that code, those of RNA, and those of which nothing more is said.
std::vector<EditGene> genes_of(const seq::Record& record);

/// `place` moved by a turn of the circle where only so it meets `other`.
seq::Interval beside(seq::Interval place, seq::Interval other, const seq::Record& record);

inline bool meet(seq::Interval a, seq::Interval b) { return a.start < b.end && b.start < a.end; }

/// The gene with the bases before it that a ribosome binds.
seq::Interval with_binding_site(const EditGene& gene);

}  // namespace leaven::dna
