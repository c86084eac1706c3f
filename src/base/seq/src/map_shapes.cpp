#include "map_shapes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <fmt/core.h>

#include <leaven/core/markup.hpp>
#include <leaven/op/show.hpp>

namespace leaven::seq::map {
namespace {

struct Colour {
    std::string_view name;
    std::string_view light;
    std::string_view dark;
    std::string_view types;  // parted by blanks
};

// Okabe & Ito 2008, Color Universal Design; the dark ones are the same hues, lighter.
constexpr std::array<Colour, 7> colours{
    {{"coding", "#0072B2", "#4FA8DC", " CDS gene mRNA exon mat_peptide sig_peptide "},
     {"start", "#009E73", "#3CC79F",
      " promoter RBS -10_signal -35_signal TATA_signal enhancer regulatory operator 5'UTR "},
     {"stop", "#D55E00", "#FF8A3D", " terminator polyA_signal 3'UTR "},
     {"origin", "#E69F00", "#F2B93B", " rep_origin oriT LTR "},
     {"bind", "#CC79A7", "#E29BC2", " primer_bind protein_bind misc_binding "},
     {"rna", "#56B4E9", "#8CCBF0", " tRNA rRNA ncRNA tmRNA misc_RNA "},
     {"other", "#7A7A7A", "#A6A6A6", ""}}};

const std::string& name_of(const Record& record) { return record.name.empty() ? record.id : record.name; }

std::string style_sheet() {
    std::string out =
        "<style>.map{font-family:system-ui,'Noto Sans CJK SC',sans-serif;font-size:12px}.map .ground{fill:#fff}.map "
        ".ink{fill:#1a1a1a}"
        // Texts stand over the lines that lead to others.
        ".map text{paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}"
        ".map .soft{fill:#555}.map .line{stroke:#333;fill:none}.map .lead{stroke:#999;fill:none;stroke-width:.8}.map "
        ".edge{stroke:#fff;stroke-width:1}";
    std::string dark =
        ".map .ground{fill:#16181c}.map text{stroke:#16181c}.map .ink{fill:#f0f0f0}.map .soft{fill:#b5b5b5}.map "
        ".line{stroke:#ccc}.map "
        ".lead{stroke:#9a9a9a}.map .edge{stroke:#16181c}";
    for (const auto& colour : colours) {
        out += fmt::format(".map .{}{{fill:{}}}", colour.name, colour.light);
        dark += fmt::format(".map .{}{{fill:{}}}", colour.name, colour.dark);
    }
    return out + "@media (prefers-color-scheme:dark){" + dark + "}</style>\n";
}

}  // namespace

std::vector<Shape> shapes_of(const Record& record) {
    std::vector<Shape> shapes;
    const auto n = record.length;
    for (std::size_t i = 0; i < record.features.size(); ++i) {
        const auto& feature = record.features[i];
        auto pieces = pieces_of(feature.location, n, record.topology);
        std::erase_if(pieces, [&](const Piece& piece) {
            return !piece.remote.empty() || piece.at.empty() || piece.at.start >= n;
        });
        if (pieces.empty() || (feature.type == "source" && pieces.front().at.length() == n)) continue;
        shapes.push_back({i, std::move(pieces), extent_of(feature.location, n, record.topology)});
    }
    std::stable_sort(shapes.begin(), shapes.end(),
                     [](const Shape& a, const Shape& b) { return a.extent.length() > b.extent.length(); });
    std::vector<std::vector<Interval>> lanes;
    const auto gap = std::max<std::int64_t>(1, n / 400);
    const auto overlaps = [&](const Interval& a, const Interval& b) {
        for (const auto turn : {-n, std::int64_t{0}, n})
            if ((turn == 0 || record.circular()) && a.start + turn < b.end + gap && b.start < a.end + turn + gap)
                return true;
        return false;
    };
    for (auto& shape : shapes) {
        std::size_t lane = 0;
        while (lane < lanes.size() && std::any_of(lanes[lane].begin(), lanes[lane].end(),
                                                  [&](const Interval& at) { return overlaps(at, shape.extent); }))
            ++lane;
        if (lane == 60) lane = 59;  // what is piled deeper is drawn over
        if (lane == lanes.size()) lanes.emplace_back();
        lanes[lane].push_back(shape.extent);
        shape.lane = static_cast<int>(lane);
    }
    return shapes;
}

int lanes_of(const std::vector<Shape>& shapes) {
    int most = 0;
    for (const auto& shape : shapes) most = std::max(most, shape.lane + 1);
    return most;
}

std::string colour_class(std::string_view type) {
    const auto padded = " " + std::string(type) + " ";
    for (const auto& colour : colours)
        if (colour.types.find(padded) != std::string_view::npos) return std::string(colour.name);
    return "other";
}

std::string document_head(const Record& record, double width, double height, Doc layout, Lang lang) {
    const auto& name = name_of(record);
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 {:.0f} {:.0f}\" "
               "role=\"img\">\n<title>{}</title>\n",
               width, height, escape_markup(fmt::format("{}, {}, {}", name, size_text(record), layout.in(lang)))) +
           style_sheet() + fmt::format("<rect class=\"ground\" width=\"{:.0f}\" height=\"{:.0f}\"/>\n", width, height);
}

std::string feature_title(const Record& record, const Feature& feature) {
    return fmt::format("<title>{} {} {}</title>", escape_markup(feature.type), escape_markup(feature.label()),
                       escape_markup(record.text_of(feature.location)));
}

double scale_step(std::int64_t length) {
    const auto raw = static_cast<double>(length) / 10;
    const auto unit = std::pow(10, std::floor(std::log10(std::max(raw, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0})
        if (unit * factor >= raw) return unit * factor;
    return unit * 10;
}

std::string legend(const Record& record, const std::vector<Shape>& shapes, double x, double y) {
    std::map<std::string, std::string> types;
    for (const auto& shape : shapes) {
        const auto& type = record.features[shape.feature].type;
        auto& list = types[colour_class(type)];
        if ((", " + list + ", ").find(", " + type + ", ") == std::string::npos && list.size() < 60)
            list += (list.empty() ? "" : ", ") + type;
    }
    std::string out;
    for (const auto& [name, list] : types) {
        out += fmt::format(
            "<rect class=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"12\" height=\"10\"/><text class=\"soft\" "
            "x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
            name, x, y - 9, x + 18, y, escape_markup(list));
        y += 16;
    }
    return out;
}

std::string shortened(const std::string& label) { return clipped(label, 30); }

double text_width(const std::string& text) { return 0.62 * font_size * display_width(text); }

std::string size_text(const Record& record) {
    auto digits = std::to_string(record.length);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return digits + (record.sequence.alphabet == Alphabet::protein ? " aa" : " bp");
}

}  // namespace leaven::seq::map

namespace leaven::seq {

DrawnMap draw_map(const Record& record, const std::vector<Tick>& ticks, MapLayout layout, Lang lang) {
    return layout == MapLayout::circular ? map::draw_circular(record, ticks, lang)
                                         : map::draw_linear(record, ticks, lang);
}

}  // namespace leaven::seq
