#include <algorithm>
#include <cmath>

#include <fmt/core.h>

#include <leaven/op/json.hpp>

#include "construct.hpp"
#include "dossier.hpp"

namespace leaven::report {
namespace {

/// Units are pixels at the usual size.
struct Strip {
    std::string_view classes;
    double width;
    double longest;  // sign of a gene
};
constexpr Strip strips[] = {{"plot construct wide", 820, 300}, {"plot construct narrow", 330, 300}};

constexpr double row_height = 104;
constexpr double base_line = 54;
constexpr double label_line = 90;
constexpr double letter = 7.6;  // width, generously
constexpr double margin = 12;
constexpr double bases_a_unit = 14;  // of a gene
constexpr std::int64_t near = 40;    // a joint this near to the end of a part is drawn there

struct Cell {
    std::string name;
    std::string role;
    std::int64_t start = 0;
    std::int64_t end = 0;
    double x = 0;
    double width = 0;
    std::size_t row = 0;
};

double width_of(const Cell& cell, const Strip& strip) {
    const double label = letter * static_cast<double>(cell.name.size()) + 14;
    const double sign = cell.role == "cds"        ? static_cast<double>(cell.end - cell.start) / bases_a_unit
                        : cell.role == "backbone" ? 110
                                                  : 40;
    return std::clamp(std::max(label, sign), 46.0,
                      std::max(46.0, std::min(std::max(strip.longest, label), strip.width - 2 * margin)));
}

std::vector<Cell> laid_out(const Json& construct, const Strip& strip) {
    std::vector<Cell> cells;
    double x = margin;
    std::size_t row = 0;
    for (const auto& place : items(construct, "parts")) {
        Cell cell{words(place, "name"), words(place, "role"), count(place, "start").value_or(0),
                  count(place, "end").value_or(0)};
        cell.width = width_of(cell, strip);
        if (x + cell.width > strip.width - margin && x > margin) {
            x = margin;
            ++row;
        }
        cell.x = x;
        cell.row = row;
        x += cell.width;
        cells.push_back(std::move(cell));
    }
    return cells;
}

Html sign_of(const Cell& cell) {
    const double middle = cell.x + cell.width / 2;
    const double left = cell.x + 4;
    const double right = cell.x + cell.width - 4;
    if (cell.role == "promoter")
        return fmt::format(
            "<path class=\"sign\" d=\"M{0:.1f} 0V-26H{1:.1f}\"/><path class=\"tip\" d=\"M{1:.1f} -32l9 6l-9 6z\"/>",
            middle - 10, middle + 6);
    if (cell.role == "rbs")
        return fmt::format("<path class=\"solid\" d=\"M{:.1f} 0a10 10 0 0 1 20 0z\"/>", middle - 10);
    if (cell.role == "terminator")
        return fmt::format("<path class=\"sign\" d=\"M{0:.1f} 0V-22M{1:.1f} -22H{2:.1f}\"/>", middle, middle - 11,
                           middle + 11);
    if (cell.role == "cds")
        return fmt::format("<path class=\"gene\" d=\"M{0:.1f} -13H{1:.1f}L{2:.1f} 0L{1:.1f} 13H{0:.1f}z\"/>", left,
                           std::max(left, right - 14), right);
    if (cell.role == "operator")
        return fmt::format("<rect class=\"solid\" x=\"{:.1f}\" y=\"-8\" width=\"16\" height=\"16\"/>", middle - 8);
    return fmt::format("<rect class=\"{}\" x=\"{:.1f}\" y=\"-9\" width=\"{:.1f}\" height=\"18\" rx=\"{}\"/>",
                       cell.role == "backbone" ? "vector" : "solid", left, std::max(1.0, right - left),
                       cell.role == "backbone" ? 9 : 2);
}

Html drawn(const std::vector<Cell>& cells) {
    Html out;
    for (const auto& cell : cells) {
        out += fmt::format("<g transform=\"translate(0 {:.1f})\">",
                           static_cast<double>(cell.row) * row_height + base_line);
        out += fmt::format("<line class=\"strand\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"0\" y2=\"0\"/>{}", cell.x,
                           cell.x + cell.width, sign_of(cell));
        out += fmt::format("<text class=\"part {}\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text></g>\n",
                           cell.role == "cds" ? "gene-name" : "", cell.x + cell.width / 2, label_line - base_line,
                           plain(cell.name));
    }
    return out;
}

/// Where a joint is drawn: at the nearer end of a short part, within a long one.
double place_of(const Cell& cell, std::int64_t position) {
    const auto from_start = position - cell.start;
    const auto from_end = cell.end - position;
    if (std::min(from_start, from_end) <= near || cell.role != "cds")
        return from_start <= from_end ? cell.x : cell.x + cell.width;
    return cell.x + cell.width * static_cast<double>(from_start) / static_cast<double>(cell.end - cell.start);
}

Html joints(const Json& construct, const std::vector<Cell>& cells) {
    Html out;
    std::size_t number = 0;
    for (const auto& joint : items(construct, "joints")) {
        ++number;
        const auto position = count(joint, "position").value_or(-1);
        for (const auto& cell : cells) {
            if (position < cell.start || position >= cell.end) continue;
            const double x = place_of(cell, position);
            const double top = static_cast<double>(cell.row) * row_height;
            out += fmt::format("<line class=\"joint\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>", x,
                               top + 18, top + base_line + 18);
            out +=
                fmt::format("<text class=\"joint-number\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x, top + 14, number);
        }
    }
    return out;
}

}  // namespace

Html construct_picture(const Json& construct, std::string_view label_id) {
    Html out;
    for (const auto& strip : strips) {
        const auto cells = laid_out(construct, strip);
        if (cells.empty()) return {};
        out += fmt::format(
            "<svg class=\"{}\" viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-labelledby=\"{}\">\n{}{}</svg>\n",
            strip.classes, strip.width, row_height * static_cast<double>(cells.back().row + 1), label_id, drawn(cells),
            joints(construct, cells));
    }
    return out;
}

}  // namespace leaven::report
