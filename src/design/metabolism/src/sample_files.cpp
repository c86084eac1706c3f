// Samples as a table, and as histograms.
#include <algorithm>

#include <fmt/core.h>

#include <leaven/metabolism/sample.hpp>

#include "pack.hpp"
#include "plot.hpp"

namespace leaven::metabolism {
namespace {

std::string table_of(const SampleTable& samples) {
    std::string out;
    for (std::size_t r = 0; r < samples.reactions.size(); ++r) {
        if (r > 0) out += '\t';
        out += samples.reactions[r];
    }
    out += '\n';
    for (std::size_t i = 0; i < samples.values.size(); ++i) {
        for (std::size_t r = 0; r < samples.reactions.size(); ++r) {
            if (r > 0) out += '\t';
            out += fmt::format("{}", samples.flux(i, r));
        }
        out += '\n';
    }
    return out;
}

constexpr int columns = 3;
constexpr double cell_width = 320;
constexpr double cell_height = 200;

/// Shares of the samples in equal steps.
std::string histogram(const SampleResult& result, std::int32_t reaction, std::size_t place) {
    constexpr std::size_t steps = 30;
    std::vector<double> values;
    for (std::size_t i = 0; i < result.samples.values.size(); ++i)
        values.push_back(result.samples.flux(i, static_cast<std::size_t>(reaction)));
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
    const double from = *least;
    const double width = (*greatest - from) / static_cast<double>(steps);
    std::vector<double> share(steps, 0);
    for (const double v : values) {
        const auto step = width > 0 ? static_cast<std::size_t>((v - from) / width) : 0;
        share[std::min(step, steps - 1)] += 100 / static_cast<double>(values.size());
    }
    const double left = static_cast<double>(place % columns) * cell_width + 48;
    const auto line = place / columns;
    const double top = static_cast<double>(line) * cell_height + 60;
    PlotArea area({left, top, cell_width - 80, cell_height - 80}, {from, *greatest},
                  {0, *std::max_element(share.begin(), share.end())}, 3, 2);
    area.axes("", "");
    area.heading(result.samples.reactions[static_cast<std::size_t>(reaction)]);
    for (std::size_t i = 0; i < steps; ++i)
        if (share[i] > 0)
            area.bar({from + static_cast<double>(i) * width, from + static_cast<double>(i + 1) * width}, share[i],
                     "c0");
    return area.svg();
}

}  // namespace

Result<std::string> SampleResult::file(std::string_view ending, Lang lang) const {
    if (!solved() || samples.values.empty())
        return infeasible({"there are no samples", "没有样本"})
            .at("model")
            .advise({"see the status of the result", "请查看结果的状态"});
    if (ending == ".tsv.gz") return pack(table_of(samples));
    std::string body = fmt::format("<text class=\"axis\" x=\"24\" y=\"24\">{}</text>\n",
                                   Doc{"Share of the samples in %, over the flux in mmol/gDW/h",
                                       "样本所占百分比（纵轴，%），通量 mmol/gDW/h（横轴）"}
                                       .in(lang));
    for (std::size_t i = 0; i < shown.size(); ++i) body += histogram(*this, shown[i], i);
    const auto lines = std::max<std::size_t>(1, (shown.size() + columns - 1) / columns);
    return plot_document(40 + static_cast<double>(lines) * cell_height, body, {"Sampled fluxes", "抽样通量"}, lang);
}

std::vector<Text> SampleResult::headline() const {
    if (!solved()) return {};
    std::vector<Text> lines{text({"{} samples of a space of {} dimensions, {} steps apart; {} outside",
                                  "在 {1} 维空间中抽取 {0} 个样本，间隔 {2} 步；越界 {3} 个"},
                                 samples.values.size(), dimensions, thinning, invalid)};
    if (!rhat_max) return lines;
    constexpr double agreed = 1.01;
    lines.push_back(*rhat_max <= agreed
                        ? text({"the chains agree: R-hat at most {:.3f}, effective size at least {:.0f}",
                                "各链一致：R-hat 不超过 {:.3f}，有效样本量至少 {:.0f}"},
                               *rhat_max, *ess_min)
                        : text({"the chains do not agree yet: R-hat up to {:.3f}, effective size from {:.0f}; raise "
                                "--thinning or --count",
                                "各链尚不一致：R-hat 达 {:.3f}，有效样本量低至 {:.0f}；请增大 --thinning 或 --count"},
                               *rhat_max, *ess_min));
    return lines;
}

}  // namespace leaven::metabolism
