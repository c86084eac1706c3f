#include <algorithm>
#include <charconv>
#include <cmath>

#include <leaven/core/file.hpp>
#include <leaven/data/catalogue.hpp>
#include <leaven/metabolism/fba.hpp>
#include <leaven/metabolism/flux_map.hpp>
#include <leaven/metabolism/load.hpp>

namespace leaven::metabolism {
namespace {

std::vector<std::string_view> cells_of(std::string_view line) {
    const char separator = line.find('\t') != std::string_view::npos ? '\t' : ',';
    std::vector<std::string_view> cells;
    for (;;) {
        const auto end = line.find(separator);
        auto cell = line.substr(0, end);
        while (!cell.empty() && (cell.front() == ' ' || cell.front() == '"')) cell.remove_prefix(1);
        while (!cell.empty() && (cell.back() == ' ' || cell.back() == '"' || cell.back() == '\r'))
            cell.remove_suffix(1);
        cells.push_back(cell);
        if (end == std::string_view::npos) return cells;
        line.remove_prefix(end + 1);
    }
}

std::optional<double> number_in(std::string_view cell) {
    double value = 0;
    const auto [end, code] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
    if (code != std::errc() || end != cell.data() + cell.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

struct FluxColumns {
    std::size_t reaction = 0;
    std::size_t flux = 1;
};

/// The columns that a header names; the first two where the line is no header.
FluxColumns columns_of(const std::vector<std::string_view>& header) {
    const auto reaction = std::find(header.begin(), header.end(), "reaction");
    const auto flux = std::find(header.begin(), header.end(), "flux");
    if (reaction == header.end() || flux == header.end()) return {};
    return {static_cast<std::size_t>(reaction - header.begin()), static_cast<std::size_t>(flux - header.begin())};
}

Result<std::vector<NamedFlux>> parsimonious(const FluxMapParams& params, Context& context, FluxMapResult& result) {
    FbaParams question;
    static_cast<Scenario&>(question) = params;
    question.method = "pfba";
    const auto answer = fba(question, context);
    if (!answer) return pass(answer);
    static_cast<Verdict&>(result) = *answer;
    std::vector<NamedFlux> fluxes;
    for (const auto& row : answer->fluxes) fluxes.push_back({row.reaction, row.flux});
    return fluxes;
}

}  // namespace

Result<std::vector<NamedFlux>> read_fluxes(const std::string& path) {
    const auto bytes = read_file(path, std::uintmax_t{256} << 20);
    if (!bytes) return pass(bytes);
    std::vector<NamedFlux> fluxes;
    FluxColumns columns;
    std::string_view rest = *bytes;
    for (int line = 1; !rest.empty(); ++line) {
        const auto end = rest.find('\n');
        const auto cells = cells_of(rest.substr(0, end));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        if (cells.size() == 1 && cells[0].empty()) continue;
        if (line == 1) columns = columns_of(cells);
        const bool long_enough = cells.size() > std::max(columns.reaction, columns.flux);
        const auto value = long_enough ? number_in(cells[columns.flux]) : std::nullopt;
        if (!value && line == 1) continue;
        if (!value)
            return bad_input({"there is no flux on this line", "此行没有通量"})
                .at(fmt::format("{}, line {}", path, line))
                .advise({"write a reaction and a number, with a tab between", "请写反应与数值，以制表符分隔"});
        fluxes.push_back({std::string(cells[columns.reaction]), *value});
    }
    return fluxes;
}

Result<FluxMapResult> flux_map(const FluxMapParams& params, Context& context) {
    const auto path = data::resolve(params.map);
    if (!path) return pass(path);
    const auto bytes = read_file(*path);
    if (!bytes) return pass(bytes);
    const auto map = read_escher_map(*bytes, path->filename().string());
    if (!map) return pass(map);
    FluxMapResult result;
    const auto fluxes = params.fluxes.empty() ? parsimonious(params, context, result) : read_fluxes(params.fluxes);
    if (!fluxes) return pass(fluxes);
    if (!result.solved()) return result;
    std::optional<std::vector<NamedFlux>> second;
    if (!params.compare.empty()) {
        auto read = read_fluxes(params.compare);
        if (!read) return pass(read);
        second = *std::move(read);
    }
    const auto draw = [&](Lang lang) {
        if (second)
            return draw_comparison(*map, *fluxes, *second, {.lang = lang, .title = {"Changes of flux", "通量变化"}});
        return draw_map(*map, *fluxes, {.lang = lang});
    };
    auto english = draw(Lang::en);
    if (english.drawn == 0)
        return bad_input(
                   second ? Doc{"not one reaction of the map has a flux in both", "图上没有任何反应在两份表中都有通量"}
                          : Doc{"not one reaction of the map has a flux", "图上没有任何反应具有通量"})
            .at("map")
            .advise({"the map must use the identifiers of the model", "图中须使用模型的标识符"});
    result.drawn = english.drawn;
    result.missing = std::move(english.missing);
    result.svg_en = std::move(english.svg);
    result.svg_zh = draw(Lang::zh).svg;
    return result;
}

}  // namespace leaven::metabolism
