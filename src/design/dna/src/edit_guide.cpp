#include "edit_guide.hpp"

#include <algorithm>
#include <tuple>

#include "edit_site.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t reach = 50;  // bases beside the edit in which guides are looked for

/// Does a place of `letters` still read as the guide's target: its PAM, and a protospacer with at most one mismatch?
bool holds_target(const std::string& letters, const Guide& guide) {
    const auto size = guide.letters.size() + guide.pam_pattern.size();
    for (std::size_t i = 0; i + size <= letters.size(); ++i) {
        const auto spacer = letters.substr(i, guide.letters.size());
        const auto pam = letters.substr(i + guide.letters.size(), guide.pam_pattern.size());
        bool fits = true;
        for (std::size_t k = 0; k < pam.size(); ++k)
            fits = fits && (seq::bases_of(pam[k]) & seq::bases_of(guide.pam_pattern[k])) != 0;
        std::size_t wrong = 0;
        for (std::size_t k = 0; k < spacer.size(); ++k) wrong += spacer[k] == guide.letters[k] ? 0 : 1;
        if (fits && wrong <= 1) return true;
    }
    return false;
}

}  // namespace

Status add_guide(std::span<const seq::Record> genome, const GenomeEdit& edit, const GuideFinder& find,
                 EditDesign& design, const Context& context) {
    const auto& record = genome[edit.record];
    if (!find)
        return bad_input({"there is no finder of guides here", "此处没有可用的向导搜索"})
            .at("method")
            .advise({"use another method", "请使用其他方法"});
    const EditSite site(record, edit);
    const auto left = std::min(reach, site.room_before());
    const auto right = std::min(reach, site.room_after());
    auto place = site.place_before(left);
    place.end = place.start + left + edit.at.length() + right;
    const auto guides = find(genome, edit.record, place, context);
    if (!guides) return pass(guides);
    const auto edited = site.edited(std::min(2 * reach, site.room_before()), std::min(2 * reach, site.room_after()));
    const auto other = seq::reverse_complement(edited);
    const auto beside = [&](std::int64_t cut) {  // on a circle the turn that is nearest the edit
        if (!record.circular()) return cut;
        if (cut < edit.at.start - reach) return cut + record.length;
        return cut > edit.at.end + reach ? cut - record.length : cut;
    };
    const auto rank = [&](const Guide& guide) {
        const bool stays = holds_target(edited, guide) || holds_target(other, guide);
        const auto cut = beside(guide.cut);
        const auto away = std::max({edit.at.start - cut, cut - edit.at.end, std::int64_t{0}});
        return std::tuple(stays, guide.off_targets > 0, away > 10, guide.flags.size(), guide.off_targets, away,
                          guide.at, guide.letters);
    };
    const auto best = std::min_element(guides->begin(), guides->end(),
                                       [&](const Guide& a, const Guide& b) { return rank(a) < rank(b); });
    const auto add_note = [&](const char* code, Doc words) { design.notes.push_back({code, edit.gene, text(words)}); };
    if (best == guides->end()) {
        add_note("no_guide", {"no guide cuts near the edit", "编辑位点附近没有可用的向导"});
        return {};
    }
    design.guide = *best;
    if (std::get<0>(rank(*best)))
        add_note("recut", {"the edited genome still holds the site of the guide: change its PAM silently as well",
                           "编辑后的基因组仍含向导位点：请同时对 PAM 引入同义突变"});
    if (best->off_targets > 0)
        add_note("off_target", {"the guide has other targets in this genome", "该向导在此基因组中另有靶点"});
    return {};
}

}  // namespace leaven::dna
