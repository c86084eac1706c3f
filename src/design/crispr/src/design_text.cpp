#include <algorithm>

#include <fmt/core.h>

#include <leaven/op/show.hpp>
#include <leaven/seq/sequence.hpp>

#include "design_rows.hpp"

namespace leaven::crispr {
namespace {

/// Lines of text with their columns one under another.
class Lines {
public:
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    [[nodiscard]] std::vector<std::string> take() const {
        std::vector<int> widths(rows_.front().size(), 0);
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
        std::vector<std::string> lines;
        for (const auto& row : rows_) {
            std::string line;
            for (std::size_t i = 0; i < row.size(); ++i)
                line += "  " + row[i] + std::string(static_cast<std::size_t>(widths[i] - display_width(row[i])), ' ');
            line.erase(line.find_last_not_of(' ') + 1);
            lines.push_back(std::move(line));
        }
        return lines;
    }

private:
    std::vector<std::vector<std::string>> rows_{};
};

std::string score(std::optional<double> value, int digits) {
    return value ? fmt::format("{:.{}f}", *value, digits) : "–";
}

std::string joined_in(const std::vector<Text>& texts, Lang lang) {
    std::string out;
    for (const auto& one : texts) out += (out.empty() ? "" : lang == Lang::zh ? "；" : "; ") + one.in(lang);
    return out;
}

std::vector<std::string> ranked(const TargetGuides& target, const DesignOptions& options, Lang lang) {
    Lines lines;
    const auto word = [&](Doc doc) { return std::string(doc.in(lang)); };
    const bool scored = options.nuclease.scored;
    std::vector<std::string> head{"#",
                                  word({"guide", "向导"}),
                                  "PAM",
                                  word({"strand", "链"}),
                                  word({"position", "位置"}),
                                  word({"cut", "切点"}),
                                  word({"off-targets", "脱靶"})};
    if (scored) head.insert(head.end(), {"CFD", "MIT", word({"on-target", "在靶"})});
    head.push_back(word({"why", "理由"}));
    lines.add(std::move(head));
    for (std::size_t i = 0; i < target.guides.size(); ++i) {
        const auto& guide = target.guides[i];
        std::vector<std::string> row{fmt::format("{}", i + 1),
                                     guide.sequence,
                                     guide.pam,
                                     seq::name_of(strand_of(guide.reverse)),
                                     position_of(guide, options.mode),
                                     fmt::format("{}", guide.cut),
                                     guide.off_targets()};
        if (scored) row.insert(row.end(), {score(guide.cfd, 0), score(guide.mit, 0), score(guide.on_target, 2)});
        row.push_back(joined_in(guide.reasons, lang));
        lines.add(std::move(row));
    }
    return lines.take();
}

/// What is to be said of the outcome beyond the ranked line.
std::vector<Text> outcome_lines(const DesignedGuide& guide, std::size_t rank) {
    std::vector<Text> lines;
    const auto& outcome = guide.outcome;
    if (outcome.protein_before && outcome.protein_after)
        lines.push_back(text({"  {}: protein {} -> {}", "  {}：蛋白质 {} -> {}"}, rank, *outcome.protein_before,
                             *outcome.protein_after));
    if (!outcome.prime) return lines;
    const auto& prime = *outcome.prime;
    lines.push_back(
        text({"  {}: template {}, primer binding site {} ({:.0f} °C)", "  {}：模板 {}，引物结合位点 {}（{:.0f} °C）"},
             rank, prime.template_bases, prime.pbs, prime.pbs_tm_c));
    if (!prime.variant_change.empty())
        lines.push_back(text({"  {}: with {} the extension is {}", "  {}：含 {} 的延伸序列为 {}"}, rank,
                             prime.variant_change, prime.variant_extension));
    if (!prime.nicking_guide.empty())
        lines.push_back(text({"  {}: nicking guide {} {}, {} bases away", "  {}：切口向导 {} {}，相距 {} 个碱基"}, rank,
                             prime.nicking_guide, prime.nicking_pam, prime.nicking_distance));
    return lines;
}

void add_target(const TargetGuides& target, const DesignOptions& options, std::vector<Text>& lines) {
    if (!target.unserved.empty())
        lines.push_back(text({"  no guide: {0}", "  没有向导：{1}"}, target.unserved.en, target.unserved.zh));
    if (!target.guides.empty()) {
        const auto en = ranked(target, options, Lang::en);
        const auto zh = ranked(target, options, Lang::zh);
        for (std::size_t i = 0; i < en.size(); ++i) lines.push_back({en[i], zh[i]});
    }
    for (std::size_t i = 0; i < target.guides.size(); ++i)
        for (auto& line : outcome_lines(target.guides[i], i + 1)) lines.push_back(std::move(line));
    for (const auto& warning : target.warnings)
        lines.push_back(text({"  note: {0}", "  注意：{1}"}, warning.en, warning.zh));
    for (const auto& one : target.rejected)
        lines.push_back(text({"  rejected {2}: {0}", "  舍弃 {2} 个：{1}"}, one.reason.en, one.reason.zh, one.guides));
}

}  // namespace

DesignRow HeldDesign::row_of(const TargetGuides& target, std::size_t guide) const {
    const auto& one = target.guides[guide];
    return {.rank = static_cast<std::int64_t>(guide) + 1,
            .sequence = one.sequence,
            .pam = one.pam,
            .contig = file.genome.contigs()[one.contig].name,
            .start = one.at.start,
            .end = one.at.end,
            .strand = seq::name_of(strand_of(one.reverse)),
            .cut = one.cut,
            .fraction = one.fraction,
            .on_target = one.on_target,
            .mit = one.mit,
            .cfd = one.cfd,
            .by_mismatch = one.by_mismatch,
            .off_targets = one.off_targets(),
            .self_fold = one.self_fold_kcal,
            .flags = one.flags,
            .reasons = one.reasons,
            .outcome = one.outcome};
}

std::string position_of(const DesignedGuide& guide, Mode mode) {
    const bool bases = mode == Mode::interference || mode == Mode::activation;
    if (bases && guide.offset) return fmt::format("{:+}", *guide.offset);
    return guide.fraction ? fmt::format("{:.1f} %", 100 * *guide.fraction) : "–";
}

Text about(const TargetGuides& target, const GenomeFile& file) {
    const auto& place = target.target.places.front();
    const auto& contig = file.genome.contigs()[place.region.contig].name;
    const auto more = target.target.places.size() - 1;
    if (place.gene == nullptr) return text({"{}, {} bases", "{}，{} 个碱基"}, contig, place.region.at.length());
    const bool forward = place.strand == seq::Strand::forward;
    auto out = text({"{0}, {1} strand", "{0}，{2}链"}, contig, forward ? "plus" : "minus", forward ? "正" : "负");
    if (!place.gene->product.empty()) {
        out.en += ", " + place.gene->product;
        out.zh += "，" + place.gene->product;
    }
    if (more == 0) return out;
    const auto rest = text({", and {} copies more", "，另有 {} 个拷贝"}, more);
    return {out.en + rest.en, out.zh + rest.zh};
}

std::vector<Text> lines_of(const HeldDesign& held) {
    std::vector<Text> lines;
    for (const auto& target : held.targets) {
        if (!lines.empty()) lines.push_back({" ", " "});
        const auto where = about(target, held.file);
        lines.push_back(text({"{0}: {1}", "{0}：{2}"}, target.target.name, where.en, where.zh));
        add_target(target, held.options, lines);
    }
    return lines;
}

}  // namespace leaven::crispr
