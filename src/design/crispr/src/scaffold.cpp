#include "scaffold.hpp"

#include <array>

namespace leaven::crispr {
namespace {

struct Known {
    std::string_view prefix;  // of the nuclease's name
    Scaffold scaffold;
};

/// SpCas9: Jinek et al. 2012, doi:10.1126/science.1225829, with the tail of Cong et al. 2013,
/// doi:10.1126/science.1231143; its repeat: Jiang et al. 2013, doi:10.1038/nbt.2508. SaCas9: Ran et al. 2015,
/// doi:10.1038/nature14299. Cas12a: Zetsche et al. 2015, doi:10.1016/j.cell.2015.09.038.
constexpr std::array<Known, 6> known{{
    {"SpCas9",
     {"GTTTTAGAGCTAGAAATAGCAAGTTAAAATAAGGCTAGTCCGTTATCAACTTGAAAAAGTGGCACCGAGTCGGTGC", false,
      "GTTTTAGAGCTATGCTGTTTTGAATGGTCCCAAAAC"}},
    {"SpRY", {"GTTTTAGAGCTAGAAATAGCAAGTTAAAATAAGGCTAGTCCGTTATCAACTTGAAAAAGTGGCACCGAGTCGGTGC", false, ""}},
    {"SaCas9", {"GTTTTAGTACTCTGGAAACAGAATCTACTAAAACAAGGCAAAATGCCGTGTTTATCTCGTCAACTTGTTGGCGAGA", false, ""}},
    {"AsCas12a", {"TAATTTCTACTCTTGTAGAT", true, "TAATTTCTACTCTTGTAGAT"}},
    {"LbCas12a", {"TAATTTCTACTAAGTGTAGAT", true, "TAATTTCTACTAAGTGTAGAT"}},
    {"FnCas12a", {"TAATTTCTACTGTTGTAGAT", true, "TAATTTCTACTGTTGTAGAT"}},
}};

}  // namespace

Scaffold scaffold_of(const Nuclease& nuclease) {
    for (const auto& one : known)
        if (std::string_view(nuclease.name).starts_with(one.prefix)) return one.scaffold;
    return {};
}

}  // namespace leaven::crispr
