#include "assembly_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/op/show.hpp>

#include "picture.hpp"

namespace leaven::dna {
namespace {

using seq::Strand;

constexpr std::size_t most_lanes = 24;
constexpr double left = 60;
constexpr double track = 920;
constexpr double width = 1000;
constexpr double band = 22;
constexpr double gel_height = 300;
constexpr double lane_width = 34;
constexpr double letter = 6.8;  // of the small font, on average

constexpr std::string_view style =
    "<style>.assembly{font-family:system-ui,'Noto Sans CJK SC',sans-serif;font-size:12px}.assembly .ground{fill:#fff}"
    ".assembly .ink{fill:#1a1a1a}.assembly .soft{fill:#555}.assembly .good{fill:#00664B}.assembly "
    ".line{stroke:#777;fill:none}"
    ".assembly .a{fill:#cfe3f5;stroke:#0b5cad}.assembly .b{fill:#fbe3c2;stroke:#8A5A00}.assembly "
    ".joint{stroke:#1a1a1a;stroke-width:2}"
    ".assembly .gel{fill:#f1f3f6;stroke:#777}.assembly .dna{fill:#1d2430}"
    "@media (prefers-color-scheme:dark){.assembly .ground{fill:#12161d}.assembly .ink{fill:#f0f0f0}.assembly "
    ".soft{fill:#b5b5b5}"
    ".assembly .good{fill:#4FD0A5}.assembly .line{stroke:#999}.assembly .a{fill:#1d3f60;stroke:#7cb7ff}"
    ".assembly .b{fill:#57431c;stroke:#F2B93B}.assembly .joint{stroke:#f0f0f0}.assembly .gel{fill:#0a0d12;stroke:#999}"
    ".assembly .dna{fill:#e8ecf2}}</style>\n";

class Drawing {
public:
    explicit Drawing(Lang lang) : lang_(lang) {}

    std::string draw(const std::vector<DrawnMolecule>& molecules, std::size_t count,
                     const std::vector<GelLane>& lanes) {
        const auto shown = std::min(molecules.size(), most_molecules);
        for (std::size_t i = 0; i < shown; ++i) draw_molecule(molecules[i]);
        if (shown < count)
            add_text(left, y_ += 22, "soft",
                     fmt::format(fmt::runtime(word({"{} more are in the table", "另有 {} 个见表"})), count - shown));
        if (!lanes.empty()) draw_gel(lanes);
        const auto title = word({"Assembly: parts, joints and a gel", "组装图：部件、接合处与凝胶"});
        return framed_picture("assembly", {width, y_ + 20}, title, style, body_);
    }

private:
    [[nodiscard]] std::string_view word(Doc doc) const { return doc.in(lang_); }
    void add_text(double at, double y, std::string_view colour, std::string_view words, std::string_view more = {}) {
        body_ += picture_text(at, y, colour, words, more);
    }

    void draw_molecule(const DrawnMolecule& molecule) {
        y_ += 28;
        body_ += fmt::format(
            "<text class=\"ink\" x=\"{0}\" y=\"{1:.1f}\"><tspan font-size=\"14\" font-weight=\"600\">{2}</tspan>"
            "<tspan class=\"{3}\" dx=\"14\">{4}</tspan></text>\n",
            left, y_, escape_markup(molecule.name), molecule.wanted ? "good" : "soft",
            escape_markup(molecule.about.in(lang_)));
        y_ += 6;
        if (!molecule.rows.empty()) name_narrow(molecule, molecule.rows.front());
        const auto top = y_;
        for (const auto& row : molecule.rows) draw_row(molecule, row);
        draw_joints(molecule, top);
        if (molecule.circular) close_circle(top);
        y_ += 12;
    }

    [[nodiscard]] static double x(const DrawnMolecule& molecule, std::int64_t at) {
        return left + track * static_cast<double>(at) / static_cast<double>(std::max<std::int64_t>(1, molecule.length));
    }

    /// Words at places of a line, those that would overlap on further lines: the middle of each and its line.
    struct Words {
        std::vector<std::pair<double, std::size_t>> at{};
        std::size_t lines = 0;
    };
    static Words place_words(const std::vector<std::pair<double, std::string>>& words) {
        Words placed;
        std::vector<double> free;  // of each line: where the last words end
        for (const auto& [place, text] : words) {
            const auto half = letter * display_width(text) / 2 + 4;
            const auto middle = std::clamp(place, left + half, std::max(left + half, left + track - half));
            std::size_t line = 0;
            while (line < free.size() && free[line] > middle - half) ++line;
            if (line == free.size()) free.push_back(0);
            free[line] = middle + half;
            placed.at.emplace_back(middle, line);
        }
        placed.lines = free.size();
        return placed;
    }

    static bool is_wide(const DrawnMolecule& molecule, const DrawnPart& part) {
        const auto end = std::min(part.at.end, molecule.length);
        return letter * display_width(part.name) + 10 < x(molecule, end) - x(molecule, part.at.start);
    }

    /// Names of parts that are too narrow for them stand above.
    void name_narrow(const DrawnMolecule& molecule, const DrawnRow& row) {
        std::vector<std::pair<double, std::string>> names;
        for (const auto& part : row.parts)
            if (!is_wide(molecule, part))
                names.emplace_back(
                    (x(molecule, part.at.start) + x(molecule, std::min(part.at.end, molecule.length))) / 2, part.name);
        const auto placed = place_words(names);
        const auto bottom = y_ + 13 * static_cast<double>(placed.lines);
        for (std::size_t i = 0; i < names.size(); ++i)
            add_text(placed.at[i].first, bottom - 1 - 13 * static_cast<double>(placed.at[i].second), "soft",
                     names[i].second, " text-anchor=\"middle\" font-size=\"11\"");
        y_ = bottom + 3;
    }

    void draw_row(const DrawnMolecule& molecule, const DrawnRow& row) {
        add_text(left - 18, y_ + band / 2 + 4, "soft", row.title.in(lang_), " text-anchor=\"end\"");
        for (std::size_t k = 0; k < row.parts.size(); ++k) {
            const auto& part = row.parts[k];
            const auto* kind = k % 2 == 0 ? "a" : "b";
            draw_part(molecule, part.at.start, std::min(part.at.end, molecule.length), part, kind);
            if (part.at.end > molecule.length) draw_part(molecule, 0, part.at.end - molecule.length, part, kind);
        }
        y_ += band + 4;
    }

    void draw_part(const DrawnMolecule& molecule, std::int64_t start, std::int64_t end, const DrawnPart& part,
                   std::string_view kind) {
        const auto from = x(molecule, start);
        const auto to = std::max(from + 1.5, x(molecule, end));
        const auto head = std::min(9.0, (to - from) / 2);
        const bool forward = part.strand == Strand::forward;
        const auto tail = forward ? from : to;
        const auto tip = forward ? to : from;
        const auto neck = forward ? to - head : from + head;
        body_ += fmt::format(
            "<path class=\"{0}\" d=\"M{1:.1f} {2:.1f}H{3:.1f}L{4:.1f} {5:.1f}L{3:.1f} "
            "{6:.1f}H{1:.1f}Z\"><title>{7}</title></path>\n",
            kind, tail, y_, neck, tip, y_ + band / 2, y_ + band, escape_markup(part.name));
        if (letter * display_width(part.name) + 10 < to - from)
            add_text((from + to) / 2, y_ + band / 2 + 4, "ink", part.name, " text-anchor=\"middle\"");
    }

    /// A tick at each joint, its words below.
    void draw_joints(const DrawnMolecule& molecule, double top) {
        const auto bottom = y_ + 2;
        std::vector<std::pair<double, std::string>> words;
        for (const auto& joint : molecule.joints) {
            words.emplace_back(x(molecule, joint.at), joint.words);
            body_ +=
                fmt::format("<path class=\"joint\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>", words.back().first, top - 2, bottom);
        }
        const auto placed = place_words(words);
        for (std::size_t i = 0; i < words.size(); ++i)
            add_text(placed.at[i].first, bottom + 13 + 14 * static_cast<double>(placed.at[i].second), "soft",
                     words[i].second, " text-anchor=\"middle\"");
        y_ = bottom + 14 * static_cast<double>(placed.lines);
    }

    /// Both ends are one.
    void close_circle(double top) {
        for (const auto& [x, away] : {std::pair(left, -1.0), std::pair(left + track, 1.0)})
            body_ += fmt::format("<path class=\"line\" d=\"M{0:.1f} {1:.1f}h{2}q{2} 0 {2} 6v10q0 6 {3} 6\"/>", x, top,
                                 6 * away, -6 * away);
    }

    /// How far down a band runs: the logarithm of its length, between 100 and 20,000 bases.
    [[nodiscard]] static double down(std::int64_t length) {
        constexpr double longest = 20'000;
        constexpr double shortest = 100;
        const auto size = std::clamp(static_cast<double>(length), shortest, longest);
        return 14 + (gel_height - 28) * std::log(longest / size) / std::log(longest / shortest);
    }

    void draw_gel(const std::vector<GelLane>& lanes) {
        constexpr std::array<std::int64_t, 11> ladder{10'000, 6'000, 4'000, 3'000, 2'000, 1'500,
                                                      1'000,  700,   500,   300,   200};
        const auto shown = std::min(lanes.size(), most_lanes);
        add_text(left, y_ += 34, "ink", word({"Gel", "凝胶"}), " font-size=\"14\" font-weight=\"600\"");
        add_text(left + 50, y_, "soft",
                 word({"by length; a circle runs as if it were cut once", "按长度；环状分子按单切线性化计"}));
        const auto top = y_ + 12;
        const auto begin = left + 52;
        body_ +=
            fmt::format("<rect class=\"gel\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" rx=\"4\"/>\n",
                        begin, top, lane_width * static_cast<double>(shown + 1), gel_height);
        for (const auto length : ladder) {
            add_band(begin, top + down(length), 1.5);
            add_text(begin - 6, top + down(length) + 4, "soft", std::to_string(length),
                     " text-anchor=\"end\" font-size=\"10\"");
        }
        for (std::size_t i = 0; i < shown; ++i) {
            const auto at = begin + lane_width * static_cast<double>(i + 1);
            for (const auto length : lanes[i].lengths) add_band(at, top + down(length), 3);
            add_text(at + lane_width / 2, top + gel_height + 14, "soft", std::to_string(i + 1),
                     " text-anchor=\"middle\"");
        }
        const auto key = top + gel_height + 36;
        const auto columns = 3.0;
        for (std::size_t i = 0; i < shown; ++i) {
            const auto column = static_cast<double>(i % 3);
            std::string lengths;
            for (const auto length : lanes[i].lengths)
                lengths += fmt::format("{}{}", lengths.empty() ? "" : ", ", length);
            const auto row = i / 3;
            add_text(left + track * column / columns, key + 16 * static_cast<double>(row), "soft",
                     fmt::format("{}  {}: {} bp", i + 1, clipped(lanes[i].name, 30), lengths));
        }
        const auto rows = (shown + 2) / 3;
        y_ = key + 16 * (static_cast<double>(rows) - 1);
        if (shown < lanes.size())
            add_text(left, y_ += 18, "soft",
                     fmt::format(fmt::runtime(word({"{} more lanes are not drawn", "另有 {} 条泳道未绘出"})),
                                 lanes.size() - shown));
    }

    void add_band(double lane, double y, double thick) {
        body_ += fmt::format("<rect class=\"dna\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" rx=\"1\"/>",
                             lane + 5, y - thick / 2, lane_width - 10, thick);
    }

    Lang lang_;
    double y_ = 0;
    std::string body_{};
};

}  // namespace

std::string draw_assemblies(const std::vector<DrawnMolecule>& molecules, std::size_t count,
                            const std::vector<GelLane>& lanes, Lang lang) {
    return Drawing(lang).draw(molecules, count, lanes);
}

}  // namespace leaven::dna
