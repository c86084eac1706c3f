#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/crispr/library.hpp>

#include "interference.hpp"
#include "judge.hpp"

namespace leaven::crispr {
namespace {

constexpr std::int64_t operon_gap = 70;  // bases between genes of one operon
constexpr std::size_t longest_operon = 30;

/// Other genes that a cut goes through.
std::vector<std::string> genes_beside(const GenomeFile& file, const TargetPlace& place, std::int64_t cut) {
    std::vector<std::string> names;
    const auto circle = circle_of(file.genome, place.region.contig);
    for (const auto* other : file.genes.over(place.region.contig, {cut - 1, cut + 1}))
        if (place.gene == nullptr || !same_gene(*other, *place.gene, circle)) names.push_back(other->name);
    return names;
}

/// The gene that follows in the same operon, as far as distance and strand tell.
const Gene* next_in_operon(const GenomeFile& file, const Gene& gene) {
    const auto circle = circle_of(file.genome, gene.contig);
    const bool forward = gene.strand == seq::Strand::forward;
    const seq::Interval ahead = forward ? seq::Interval{gene.at.end - operon_gap, gene.at.end + operon_gap + 1}
                                        : seq::Interval{gene.at.start - operon_gap - 1, gene.at.start + operon_gap};
    const Gene* next = nullptr;
    std::int64_t nearest = operon_gap + 1;
    for (const auto* other : file.genes.over(gene.contig, ahead)) {
        if (other->strand != gene.strand || same_gene(*other, gene, circle) || other->type != "CDS") continue;
        const auto gap = forward ? distance_between(gene.at.end, other->at.start, circle)
                                 : distance_between(other->at.end, gene.at.start, circle);
        const auto later = forward ? distance_between(gene.at.start, other->at.start, circle)
                                   : distance_between(other->at.end, gene.at.end, circle);
        if (gap > operon_gap || later <= 0 || gap >= nearest) continue;
        nearest = gap;
        next = other;
    }
    return next;
}

std::vector<std::string> downstream_of(const GenomeFile& file, const Gene& gene) {
    std::vector<std::string> names;
    for (const auto* at = next_in_operon(file, gene); at != nullptr && names.size() < longest_operon;
         at = next_in_operon(file, *at))
        names.push_back(at->name);
    return names;
}

class PositionJudge : public Judge {
public:
    PositionJudge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options, Window window)
        : file_(file),
          place_(place),
          options_(options),
          window_(window),
          circle_(circle_of(file.genome, place.region.contig)) {}

    [[nodiscard]] seq::Interval stretch() const override {
        const auto reach = static_cast<std::int64_t>(std::ceil(std::max(0.0, -window_.from)));
        auto margin = reach + 2 * longest_spacer + 32;
        if (place_.gene != nullptr && place_.gene->transcription_start)
            margin += std::abs(distance_between(place_.gene->at.start, *place_.gene->transcription_start, circle_));
        return {place_.region.at.start - margin, place_.region.at.end + margin};
    }

protected:
    [[nodiscard]] std::int64_t length() const {
        return place_.gene != nullptr ? place_.gene->coding_length() : place_.region.at.length();
    }

    /// Bases of the target before a cut; those of `upstream` bases before it are less than 0.
    [[nodiscard]] std::optional<std::int64_t> offset_of(std::int64_t cut, std::int64_t upstream) const {
        if (place_.gene != nullptr) return coding_offset(*place_.gene, cut, circle_, upstream);
        for (const auto turn : turns_of(circle_)) {
            const auto at = cut + turn;
            if (at >= place_.region.at.start && at <= place_.region.at.end) return at - place_.region.at.start;
        }
        return std::nullopt;
    }

    [[nodiscard]] double share(std::int64_t offset) const {
        return static_cast<double>(offset) / static_cast<double>(std::max<std::int64_t>(1, length()));
    }

    const GenomeFile& file_;
    TargetPlace place_;
    const DesignOptions& options_;
    Window window_;
    std::int64_t circle_;
};

class KnockoutJudge final : public PositionJudge {
public:
    using PositionJudge::PositionJudge;

    [[nodiscard]] int groups() const override { return options_.deletion ? 2 : 1; }

    [[nodiscard]] Text lack_of(int group) const override {
        if (!options_.deletion) return {};
        return group == 0 ? Text{"no guide cuts the 5' end: without it nothing is deleted",
                                 "没有切在 5' 端的向导：缺少这一切口便不会产生缺失"}
                          : Text{"no guide cuts the 3' end: without it nothing is deleted",
                                 "没有切在 3' 端的向导：缺少这一切口便不会产生缺失"};
    }

    [[nodiscard]] Judgement judge(const Sighting& sighting) const override {
        const auto offset = offset_of(sighting.place.cut, 0);
        if (!offset) return Judgement::elsewhere();
        const double fraction = share(*offset);
        const bool right = options_.deletion && fraction > 0.5;
        const double into = right ? 1 - fraction : fraction;
        if (into < window_.from || into > window_.to)
            return Judgement::rejected(
                options_.deletion
                    ? text({"the cut lies more than {} from either end", "切点距两端均超过 {}"}, percent(window_.to))
                    : text({"the cut lies outside {} to {} of the target", "切点不在目标的 {} 至 {} 之间"},
                           percent(window_.from), percent(window_.to)),
                Rejection::Kind::outside);
        Judgement judgement{.penalty = 0.3 * into, .group = right ? 1 : 0, .offset = offset, .fraction = fraction};
        describe(judgement, genes_beside(file_, place_, sighting.place.cut), right);
        return judgement;
    }

private:
    void describe(Judgement& judgement, const std::vector<std::string>& beside, bool right) const {
        judgement.reasons.push_back(
            text({"cuts at {} of the target", "在目标的 {} 处切断"}, percent(*judgement.fraction)));
        if (!beside.empty() && place_.gene != nullptr) {
            judgement.tier += 2;
            judgement.reasons.push_back(text({"cuts through {} as well", "同时切断 {}"}, join(beside, ", ")));
        }
        if (options_.deletion)
            judgement.outcome.what =
                right ? text({"3' end of a deletion", "缺失的 3' 端"}) : text({"5' end of a deletion", "缺失的 5' 端"});
        else if (place_.gene != nullptr && place_.gene->type == "CDS")
            judgement.outcome.what =
                text({"double-strand break after {} of {} codons", "在 {1} 个密码子中第 {0} 个之后产生双链断裂"},
                     *judgement.offset / 3, length() / 3);
        else
            judgement.outcome.what =
                text({"double-strand break after {} of {} bases", "在 {1} 个碱基中第 {0} 个之后产生双链断裂"},
                     *judgement.offset, length());
    }
};

class InterferenceJudge final : public PositionJudge {
public:
    InterferenceJudge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options, Window window)
        : PositionJudge(file, place, options, window), polar_(downstream_of(file, *place.gene)) {}

    [[nodiscard]] std::vector<Text> warnings() const override {
        std::vector<Text> warnings;
        if (options_.nuclease.pam_first) warnings.push_back(template_strand_note());
        if (!polar_.empty())
            warnings.push_back(text({"genes downstream, likely of the same operon, are repressed too: {}",
                                     "下游基因可能属于同一操纵子，也会被抑制：{}"},
                                    join(polar_, ", ")));
        return warnings;
    }

    [[nodiscard]] Judgement judge(const Sighting& sighting) const override {
        const auto upstream = static_cast<std::int64_t>(std::max(0.0, -window_.from));
        const auto offset = offset_of(sighting.place.cut, upstream);
        if (!offset) return Judgement::elsewhere();
        const auto bases = static_cast<double>(*offset);
        if (bases < window_.from || bases > window_.to)
            return Judgement::rejected(
                text({"the site lies outside {} to {} bases from the start", "位点不在距起点 {} 至 {} 个碱基之间"},
                     window_.from, window_.to),
                Rejection::Kind::outside);
        const bool blocks = strand_of(sighting.site.reverse) == blocking_strand(place_.gene->strand, options_.nuclease);
        if (*offset >= 0 && !blocks) return Judgement::rejected(wrong_strand(), Rejection::Kind::outside);
        Judgement judgement{
            .tier = blocks ? 0 : 4, .first = std::abs(bases), .offset = offset, .fraction = share(*offset)};
        judgement.reasons.push_back(where(*offset));
        judgement.outcome.what = *offset < 0 ? text({"blocks the beginning of transcription", "阻断转录起始"})
                                             : text({"blocks transcription", "阻断转录延伸"});
        judgement.outcome.polar = polar_;
        return judgement;
    }

private:
    [[nodiscard]] Text wrong_strand() const {
        if (options_.nuclease.pam_first)
            return {"inside the gene on the strand opposite to it: it would bind the non-template strand",
                    "位于基因内部且在其对链上：会结合非模板链"};
        return {"inside the gene on its own strand: it would bind the template strand",
                "位于基因内部且与基因同链：会结合模板链"};
    }

    [[nodiscard]] Text where(std::int64_t offset) const {
        if (offset < 0) return text({"{} bases before the start", "起点之前 {} 个碱基"}, -offset);
        if (options_.nuclease.pam_first)
            return text({"binds the template strand, {} bases after the start", "结合模板链，起点之后 {} 个碱基"},
                        offset);
        return text({"binds the non-template strand, {} bases after the start", "结合非模板链，起点之后 {} 个碱基"},
                    offset);
    }

    std::vector<std::string> polar_;
};

class ActivationJudge final : public PositionJudge {
public:
    using PositionJudge::PositionJudge;

    [[nodiscard]] std::vector<Text> warnings() const override {
        if (place_.gene->transcription_start) return {};
        return {{"counted from the start of the coding sequence: the annotation gives no start of transcription",
                 "注释未给出转录起点，故从编码序列起点算起"}};
    }

    [[nodiscard]] Judgement judge(const Sighting& sighting) const override {
        const auto offset = from_start(sighting.place.cut);
        const auto bases = static_cast<double>(offset);
        if (bases < window_.from - 100 || bases > window_.to + 100) return Judgement::elsewhere();
        if (bases < window_.from || bases > window_.to)
            return Judgement::rejected(
                text({"the site lies outside {} to {} bases from the start", "位点不在距起点 {} 至 {} 个碱基之间"},
                     window_.from, window_.to),
                Rejection::Kind::outside);
        const double middle = (window_.from + window_.to) / 2;
        const double width = std::max(1.0, window_.to - window_.from);
        Judgement judgement{.penalty = std::abs(bases - middle) / width, .offset = offset, .fraction = share(offset)};
        judgement.reasons.push_back(text({"{} bases before the start", "起点之前 {} 个碱基"}, -offset));
        if (const auto beside = genes_beside(file_, place_, sighting.place.cut); !beside.empty()) {
            judgement.tier = 2;
            judgement.reasons.push_back(
                text({"lies in {}, which it may repress", "位于 {} 内，可能抑制该基因"}, join(beside, ", ")));
        }
        judgement.outcome.what = text({"brings an activator before the start", "把激活因子带到起点上游"});
        return judgement;
    }

private:
    [[nodiscard]] std::int64_t from_start(std::int64_t cut) const {
        const auto& gene = *place_.gene;
        const auto& first = gene.pieces.front();
        const bool forward = gene.strand == seq::Strand::forward;
        const auto start = gene.transcription_start.value_or(forward ? first.at.start : first.at.end);
        return forward ? distance_between(start, cut, circle_) : distance_between(cut, start, circle_);
    }
};

Window default_window(const TargetPlace& place, const DesignOptions& options) {
    switch (options.mode) {
        case Mode::interference:
            return {-60, 1e9};
        case Mode::activation:
            return options.host == Host::yeast ? Window{-400, -50} : Window{-100, -60};
        default:
            if (options.deletion) return {0, 0.2};
            return place.gene != nullptr ? Window{0.05, 0.65} : Window{0, 1};
    }
}

Failure no_window(const Window& window, const std::string& allowed) {
    return bad_input({"the window {}..{} is not possible here", "此处不能用窗口 {}..{}"}, window.from, window.to)
        .at("window")
        .advise({"give {}", "应为 {}"}, allowed);
}

}  // namespace

seq::Interval protospacer_of(const Sighting& sighting, const Nuclease& nuclease) {
    const auto& at = sighting.place.at;
    const bool at_start = sighting.site.reverse == nuclease.pam_first;
    return at_start ? seq::Interval{at.start, at.start + nuclease.spacer}
                    : seq::Interval{at.end - nuclease.spacer, at.end};
}

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

std::int64_t distance_between(std::int64_t from, std::int64_t to, std::int64_t circle) {
    const auto straight = to - from;
    if (circle == 0) return straight;
    auto turned = ((straight % circle) + circle) % circle;
    if (turned > circle / 2) turned -= circle;
    return turned;
}

Result<Appointed> appoint_judge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options) {
    if (options.mode == Mode::base_edit) return appoint_base_editor(file, place, options);
    if (options.mode == Mode::prime) return appoint_prime_editor(file, place, options);
    const auto window = options.window.value_or(default_window(place, options));
    if (options.mode == Mode::knockout) {
        if (window.from < 0 || window.to > 1 || window.from >= window.to) return no_window(window, "0.05..0.65");
        return Appointed{.judge = std::make_unique<KnockoutJudge>(file, place, options, window)};
    }
    if (window.from >= window.to || window.from < -10'000)
        return no_window(window, options.mode == Mode::activation ? "-100..-60" : "-60..300");
    if (place.gene == nullptr)
        return Appointed{
            .unserved = {"this mode needs a gene: a place has no direction", "此模式需要基因：区间没有方向"}};
    if (options.mode == Mode::interference)
        return Appointed{.judge = std::make_unique<InterferenceJudge>(file, place, options, window)};
    return Appointed{.judge = std::make_unique<ActivationJudge>(file, place, options, window)};
}

}  // namespace leaven::crispr
