#include "design_track.hpp"

#include <algorithm>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>

#include "judge.hpp"

namespace leaven::crispr {
namespace {

constexpr double width = 1000;
constexpr double gene_top = 70;
constexpr double gene_height = 22;
constexpr double axis_y = 165;

class Track {
public:
    Track(const TargetGuides& target, const HeldDesign& held, Lang lang) : target_(target), held_(held), lang_(lang) {
        const auto& place = target.target.places.front();
        contig_ = place.region.contig;
        circle_ = circle_of(held.file.genome, contig_);
        anchor_ = place.region.at.start;
        first_ = 0;
        last_ = place.region.at.length();
        for (const auto& guide : target.guides) {
            if (guide.contig != contig_) continue;
            first_ = std::min(first_, along(guide.at.start));
            last_ = std::max(last_, along(guide.at.start) + guide.at.length());
        }
        const auto margin = std::max<std::int64_t>(30, (last_ - first_) / 12);
        first_ -= margin;
        last_ += margin;
    }

    [[nodiscard]] std::string draw() const {
        const auto title = text({"Guides along {}", "{} 上的向导"}, target_.target.name);
        std::string svg = fmt::format(
            "<svg class=\"track\" viewBox=\"0 0 {:.0f} 195\" role=\"img\" aria-label=\"{}\">\n<title>{}</title>\n",
            width, escape_markup(title.in(lang_)), escape_markup(title.in(lang_)));
        svg += genes();
        for (std::size_t i = 0; i < target_.guides.size(); ++i) svg += tick(i);
        return svg + axis() + "</svg>\n";
    }

private:
    /// Bases from the start of the target.
    [[nodiscard]] std::int64_t along(std::int64_t position) const {
        return distance_between(anchor_, position, circle_);
    }

    [[nodiscard]] double x(std::int64_t bases) const {
        return 10 + (width - 20) * static_cast<double>(bases - first_) / static_cast<double>(last_ - first_);
    }

    [[nodiscard]] std::string genes() const {
        std::string svg;
        for (const auto* gene : held_.file.genes.over(contig_, {anchor_ + first_, anchor_ + last_})) {
            const auto start = along(gene->at.start);
            const double left = std::max(x(start), 0.0);
            const double right = std::min(x(start + gene->at.length()), width);
            if (right - left < 1) continue;
            const bool forward = gene->strand == seq::Strand::forward;
            const bool ends_here = forward ? x(start + gene->at.length()) <= width : x(start) >= 0;
            const double tip = ends_here ? std::min(12.0, (right - left) / 2) : 0;
            const double middle = gene_top + gene_height / 2;
            const double bottom = gene_top + gene_height;
            const bool own = std::any_of(target_.target.places.begin(), target_.target.places.end(),
                                         [&](const TargetPlace& place) { return place.gene == gene; });
            const auto points =
                forward ? fmt::format("{0:.1f},{2:.1f} {3:.1f},{2:.1f} {1:.1f},{4:.1f} {3:.1f},{5:.1f} {0:.1f},{5:.1f}",
                                      left, right, gene_top, right - tip, middle, bottom)
                        : fmt::format("{1:.1f},{2:.1f} {3:.1f},{2:.1f} {0:.1f},{4:.1f} {3:.1f},{5:.1f} {1:.1f},{5:.1f}",
                                      left, right, gene_top, left + tip, middle, bottom);
            svg += fmt::format("<polygon class=\"{}\" points=\"{}\"/>\n", own ? "own" : "other", points);
            const auto room = static_cast<double>(gene->name.size()) * 8.5 + 10;
            if (right - left > room)
                svg += fmt::format("<text class=\"gene\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", (left + right) / 2,
                                   middle + 5, escape_markup(gene->name));
        }
        return svg;
    }

    /// Above the gene for the forward strand, below for the other; those that crowd stand on other levels.
    [[nodiscard]] std::string tick(std::size_t index) const {
        const auto& guide = target_.guides[index];
        if (guide.contig != contig_) return {};
        const double at = x(along(guide.cut));
        int level = 0;
        for (std::size_t i = 0; i < index; ++i) {
            const auto& other = target_.guides[i];
            if (other.reverse == guide.reverse && std::abs(x(along(other.cut)) - at) < 16) ++level;
        }
        level %= 3;
        const double near = guide.reverse ? gene_top + gene_height + 2 : gene_top - 2;
        const double far = guide.reverse ? near + 8 + 16 * level : near - 12 - 16 * level;
        const double label = guide.reverse ? far + 13 : far - 4;
        return fmt::format(
            "<line class=\"tick\" x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{6:.1f}\" y2=\"{2:.1f}\"/>"
            "<text class=\"rank\" x=\"{6:.1f}\" y=\"{3:.1f}\">{4}{5}</text>\n",
            at, near, far, label, index + 1, guide.reverse ? "−" : "+", at + 16 * level);
    }

    [[nodiscard]] std::string axis() const {
        std::int64_t step = 1;
        for (const auto next :
             {2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10'000, 20'000, 50'000, 100'000, 200'000})
            if (last_ - first_ > 8 * step) step = next;
        while (last_ - first_ > 8 * step) step *= 2;
        std::string svg =
            fmt::format("<line class=\"axis\" x1=\"10\" y1=\"{0}\" x2=\"{1}\" y2=\"{0}\"/>\n", axis_y, width - 10);
        const auto length = held_.file.genome.contigs()[contig_].length;
        const auto begin = anchor_ + first_;
        for (auto at = (begin / step + (begin > 0 ? 1 : 0)) * step; at <= anchor_ + last_; at += step) {
            const double place = x(at - anchor_);
            if (place < 30 || place > width - 30) continue;  // the label would be cut
            const auto shown = circle_ > 0 ? ((at % length) + length) % length : at;
            if (circle_ == 0 && (at < 0 || at > length)) continue;
            svg += fmt::format(
                "<line class=\"axis\" x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\"/><text class=\"scale\" "
                "x=\"{0:.1f}\" y=\"{3}\">{4}</text>\n",
                place, axis_y, axis_y + 5, axis_y + 20, shown);
        }
        return svg;
    }

    const TargetGuides& target_;
    const HeldDesign& held_;
    Lang lang_;
    std::size_t contig_ = 0;
    std::int64_t circle_ = 0;
    std::int64_t anchor_ = 0;
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
};

}  // namespace

std::string draw_track(const TargetGuides& target, const HeldDesign& held, Lang lang) {
    return Track(target, held, lang).draw();
}

}  // namespace leaven::crispr
