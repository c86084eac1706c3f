#include <algorithm>
#include <array>
#include <vector>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/crispr/nuclease.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::crispr {
namespace {

/// Cuts of Cas12a: 18 bases from the PAM on the strand of the protospacer, 23 on the other (Zetsche et al. 2015,
/// doi:10.1016/j.cell.2015.09.038). Of AacCas12b: 17 and 24 (Yang et al. 2016, doi:10.1016/j.cell.2016.11.053).
const std::array<Nuclease, 12>& built_in() {
    static const std::array<Nuclease, 12> all{{
        {"SpCas9", "NGG", false, 20, 3, 3, true},
        {"SpCas9-NG", "NG", false, 20, 3, 3, false},
        {"SpRY", "NRN", false, 20, 3, 3, false},
        {"SaCas9", "NNGRRT", false, 21, 3, 3, false},
        {"SaCas9-KKH", "NNNRRT", false, 21, 3, 3, false},
        {"St1Cas9", "NNAGAAW", false, 20, 3, 3, false},
        {"NmCas9", "NNNNGATT", false, 24, 3, 3, false},
        {"CjCas9", "NNNNRYAC", false, 22, 3, 3, false},
        {"AsCas12a", "TTTV", true, 23, 18, 23, false},
        {"LbCas12a", "TTTV", true, 23, 18, 23, false},
        {"FnCas12a", "TTN", true, 21, 18, 23, false},
        {"AacCas12b", "TTN", true, 20, 17, 24, false},
    }};
    return all;
}

Result<Nuclease> named(const std::string& name) {
    std::vector<std::string> names;
    for (const auto& one : built_in()) {
        if (edit_distance(one.name, name) == 0) return one;
        names.push_back(one.name);
    }
    return not_found({"there is no nuclease \"{}\"", "没有核酸酶“{}”"}, name)
        .at("nuclease")
        .advise({"give one of {}, or a PAM with --pam", "可选 {}，或用 --pam 给出 PAM"}, join(names, ", "));
}

Status check_pam(const std::string& pam) {
    for (const char c : pam)
        if (!seq::is_nucleotide(c))
            return bad_input({"\"{}\" in the PAM {} is no IUPAC letter", "PAM {1} 中的“{0}”不是 IUPAC 字母"}, c, pam)
                .at("pam")
                .advise({"use A C G T R Y S W K M B D H V N", "请用 A C G T R Y S W K M B D H V N"});
    if (pam.size() > longest_pam)
        return bad_input({"a PAM has at most {} letters, this one {}", "PAM 最多 {} 个字母，此处有 {} 个"}, longest_pam,
                         pam.size())
            .at("pam")
            .advise({"shorten it", "请缩短"});
    return {};
}

/// Which the scores were measured with: the wild type's NGG and NAG.
bool cut_by_spcas9(const std::string& pam) { return pam == "NGG" || pam == "NAG" || pam == "NRG"; }

}  // namespace

std::span<const Nuclease> nucleases() { return built_in(); }

Result<Nuclease> choose_nuclease(const NucleaseChoice& choice) {
    auto chosen = named(choice.name);
    if (!chosen) return pass(chosen);
    chosen->spacer = choice.spacer.value_or(chosen->spacer);
    std::string pam = choice.pam.value_or(chosen->pam);
    if (auto status = check_pam(pam); !status) return pass(status);
    for (auto& c : pam) c = seq::letter_of(seq::bases_of(c));
    const bool first = choice.pam_side.empty() ? chosen->pam_first : choice.pam_side == "5";
    const bool same = pam == chosen->pam && first == chosen->pam_first;
    if (first != chosen->pam_first) {
        chosen->cut = first ? 18 : 3;
        chosen->cut_other = first ? 23 : 3;
    }
    chosen->scored = chosen->scored && !first && chosen->spacer == 20 && cut_by_spcas9(pam);
    if (!same) chosen->name.clear();
    chosen->pam = std::move(pam);
    chosen->pam_first = first;
    return chosen;
}

}  // namespace leaven::crispr
