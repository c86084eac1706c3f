// Which strand a nuclease without cuts must bind to stop transcription.
//
// Either enzyme holds up the polymerase that meets its PAM first. dCas9, with the PAM behind the protospacer, does so
// on the non-template strand: Qi et al. 2013, doi:10.1016/j.cell.2013.02.022. dCas12a, with the PAM before it, does so
// on the template strand: Zhang et al. 2017, doi:10.1038/celldisc.2017.18 (lacZ and malT of E. coli).
#pragma once

#include <leaven/core/text.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/seq/interval.hpp>

namespace leaven::crispr {

/// The strand of the protospacers inside a gene whose guides stop its transcription.
inline seq::Strand blocking_strand(seq::Strand gene, const Nuclease& nuclease) {
    if (nuclease.pam_first) return gene;
    return gene == seq::Strand::forward ? seq::Strand::reverse : seq::Strand::forward;
}

/// What is to be said where `nuclease.pam_first`.
inline Text template_strand_note() {
    return {
        "a nuclease with its PAM before the protospacer, as dCas12a, stops transcription from the template strand "
        "(doi:10.1038/celldisc.2017.18): guides inside the gene are on its own strand",
        "PAM 位于原间隔序列 5' 侧的核酸酶（如 dCas12a）须结合模板链才能阻断转录延伸"
        "（doi:10.1038/celldisc.2017.18）：基因内部的向导取自基因同链"};
}

}  // namespace leaven::crispr
