// A design as its operation tells it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <leaven/crispr/design.hpp>

#include "site_row.hpp"

namespace leaven::crispr {

/// A site that a chosen guide may bind besides its target.
struct OffTargetRow {
    SiteRow at{};
    std::int64_t mismatches = 0;
    std::optional<double> cfd{};
    std::optional<std::string> gene{};

    static void describe(auto& p, auto&& v) {
        SiteRow::describe(p.at, v);
        v(p.mismatches, {.name = "mismatches", .doc = {"mismatches", "错配数"}, .unit = "1"});
        v(p.cfd, {.name = "cfd", .doc = {"CFD", "CFD"}, .unit = "1"});
        v(p.gene, {.name = "gene", .doc = {"gene", "基因"}});
    }
};

struct DesignRow {
    std::int64_t rank = 1;
    std::string sequence{};
    std::string pam{};
    std::string contig{};
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string strand{};
    std::int64_t cut = 0;
    std::optional<double> fraction{};
    std::optional<double> on_target{};
    std::optional<double> mit{};
    std::optional<double> cfd{};
    std::vector<std::int64_t> by_mismatch{};
    std::string off_targets{};
    std::optional<double> self_fold{};
    std::vector<std::string> flags{};
    std::vector<Text> reasons{};
    Outcome outcome{};

    static void describe(auto& p, auto&& v) {
        v(p.rank, {.name = "rank", .doc = {"rank", "名次"}, .unit = "1"});
        v(p.sequence, {.name = "sequence", .doc = {"guide", "向导"}});
        v(p.pam, {.name = "pam", .doc = {"PAM", "PAM"}});
        v(p.contig, {.name = "contig", .doc = {"contig", "序列"}});
        v(p.start, {.name = "start", .doc = {"start", "起点"}, .unit = "1"});
        v(p.end, {.name = "end", .doc = {"end", "终点"}, .unit = "1"});
        v(p.strand, {.name = "strand", .doc = {"strand", "链"}});
        v(p.cut, {.name = "cut", .doc = {"cut", "切点"}, .unit = "1"});
        v(p.fraction, {.name = "fraction", .doc = {"place in the gene", "在基因中的位置"}, .unit = "1"});
        v(p.on_target, {.name = "on_target", .doc = {"on-target score", "在靶评分"}, .unit = "1"});
        v(p.mit, {.name = "mit", .doc = {"MIT score", "MIT 评分"}, .unit = "1"});
        v(p.cfd, {.name = "cfd", .doc = {"CFD score", "CFD 评分"}, .unit = "1"});
        v(p.by_mismatch, {.name = "by_mismatch", .doc = {"hits by mismatches", "按错配数的命中"}});
        v(p.off_targets, {.name = "off_targets", .doc = {"off-targets", "脱靶"}});
        v(p.self_fold, {.name = "self_fold", .doc = {"fold on the scaffold", "与骨架的折叠"}, .unit = "kcal/mol"});
        v(p.flags, {.name = "flags", .doc = {"flags", "标记"}});
        v(p.reasons, {.name = "reasons", .doc = {"reasons", "理由"}});
        v(p.outcome, {.name = "outcome", .doc = {"outcome", "结果"}});
    }
};

/// All that the texts and the page are made of.
struct HeldDesign {
    GenomeFile file{};
    DesignOptions options{};
    std::vector<TargetGuides> targets{};
    std::vector<OffTargetRow> off_targets{};
    std::vector<const Gene*> hit_genes{};  // of the off-targets; nullptr: between genes

    [[nodiscard]] DesignRow row_of(const TargetGuides& target, std::size_t guide) const;
};

/// The place of a guide on its target: a share of it, or bases from its start.
std::string position_of(const DesignedGuide& guide, Mode mode);

/// "NC_000913.3, minus strand, beta-galactosidase"
Text about(const TargetGuides& target, const GenomeFile& file);

/// The design for people, line by line.
std::vector<Text> lines_of(const HeldDesign& held);

/// One self-contained page.
std::string page_of(const HeldDesign& held, Doc title, Lang lang);

}  // namespace leaven::crispr
