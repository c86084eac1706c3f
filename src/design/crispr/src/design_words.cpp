#include <map>

#include <fmt/core.h>

#include "found.hpp"

namespace leaven::crispr {
namespace {

Text nearest_site(const Hit& hit, const GenomeFile& file, const DesignOptions& options) {
    const auto pam = static_cast<std::int64_t>(options.nuclease.pam.size());
    const auto* gene = file.genes.at(hit.contig, {hit.pam_start, hit.pam_start + std::max<std::int64_t>(1, pam)});
    const auto where = gene == nullptr ? Text{"between genes", "基因之间"} : text({"in {}", " {} 内"}, gene->name);
    const int mismatches = hit.mismatches;
    if (mismatches == 1)
        return text({"nearest other site: 1 mismatch, {0}", "最近的其他位点有 1 个错配，位于{1}"}, where.en, where.zh);
    return text({"nearest other site: {2} mismatches, {0}", "最近的其他位点有 {2} 个错配，位于{1}"}, where.en, where.zh,
                mismatches);
}

}  // namespace

void add_reasons(const Found& found, std::size_t copies, const GenomeFile& file, const DesignOptions& options,
                 DesignedGuide& guide) {
    auto& reasons = guide.reasons;
    if (copies > 1) reasons.push_back(text({"hits all {} copies", "命中全部 {} 个拷贝"}, copies));
    if (!found.nearest)
        reasons.push_back(
            text({"no other site with up to {} mismatches", "在 {} 个错配之内没有其他位点"}, options.mismatches));
    else
        reasons.push_back(nearest_site(*found.nearest, file, options));
    const std::map<std::string_view, Doc> words{
        {"tttt", {"TTTT may end its transcription", "TTTT 可能使其转录提前终止"}},
        {"homopolymer", {"five bases alike in a row", "连续五个相同碱基"}},
        {"low_gc", {"less than 20 % G and C", "GC 低于 20 %"}},
        {"high_gc", {"more than 80 % G and C", "GC 高于 80 %"}},
        {"cloning_site", {"the enzyme of the vector cuts it", "载体所用的酶会切断它"}}};
    for (const auto& flag : guide.flags)
        if (const auto word = words.find(flag); word != words.end())
            reasons.push_back({std::string(word->second.en), std::string(word->second.zh)});
    if (guide.self_fold_kcal && *guide.self_fold_kcal < folds_below_kcal)
        reasons.push_back(
            text({"folds on itself or its scaffold: {:.1f} kcal/mol", "自身或与骨架形成结构：{:.1f} kcal/mol"},
                 *guide.self_fold_kcal));
}

Text why_none(const std::vector<Rejection>& rejected) {
    std::map<Rejection::Kind, std::int64_t> counts;
    const Rejection* most = nullptr;
    for (const auto& one : rejected) {
        counts[one.kind] += one.guides;
        if (one.kind != Rejection::Kind::outside && (most == nullptr || one.guides > most->guides)) most = &one;
    }
    if (most == nullptr) return {"no PAM in the window", "窗口内没有 PAM"};
    if (counts[Rejection::Kind::unfit] == 0)
        return text(
            {"all repeats: each of {} guides has its site elsewhere too; to hit every copy, join their names with "
             "\"+\"",
             "全为重复：{} 个向导在别处都有相同位点；若要命中所有拷贝，请用“+”连接其名称"},
            counts[Rejection::Kind::repeat]);
    const auto all = counts[Rejection::Kind::unfit] + counts[Rejection::Kind::repeat];
    return {fmt::format("none of {} guides fits; {} of them: {}", all, most->guides, most->reason.en),
            fmt::format("{} 个向导均不适用，其中 {} 个：{}", all, most->guides, most->reason.zh)};
}

}  // namespace leaven::crispr
