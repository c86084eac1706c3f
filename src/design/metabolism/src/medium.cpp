#include "medium.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <fmt/core.h>

#include <leaven/core/file.hpp>

#include "number.hpp"
#include "substrate.hpp"

namespace leaven::metabolism {
namespace {

struct Uptake {
    std::string exchange;
    std::string rate;
    std::string where;
};

Result<std::vector<Uptake>> read_medium_file(const std::string& path) {
    auto bytes = read_file(path);
    if (!bytes) return pass(bytes);
    std::vector<Uptake> uptakes;
    std::istringstream lines(*bytes);
    std::string line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
        const auto content = trimmed(std::string_view(line).substr(0, line.find('#')));
        if (content.empty()) continue;
        const auto gap = content.find_first_of("\t ,;=");
        const auto where = fmt::format("{}, line {}", path, number);
        if (gap == std::string_view::npos)
            return bad_input({"no uptake beside {}", "{} 后面没有摄取速率"}, content).at(where);
        const auto rate = trimmed(content.substr(gap + 1));
        if (uptakes.empty() && number == 1 && !read_number(rate)) continue;  // a heading
        uptakes.push_back({std::string(content.substr(0, gap)), std::string(rate), where});
    }
    return uptakes;
}

Result<std::vector<Uptake>> read_entries(const std::vector<std::string>& entries) {
    std::vector<Uptake> uptakes;
    for (const auto& entry : entries) {
        const auto equals = entry.rfind('=');
        if (equals == std::string::npos) {
            auto more = read_medium_file(entry);
            if (!more) return pass(more);
            uptakes.insert(uptakes.end(), more->begin(), more->end());
            continue;
        }
        uptakes.push_back({std::string(trimmed(entry.substr(0, equals))),
                           std::string(trimmed(entry.substr(equals + 1))), "medium: " + entry});
    }
    return uptakes;
}

void set_uptake(const Model& model, Reaction& exchange, double rate) {
    if (uptake_direction(model, exchange) < 0) {
        exchange.lower = 0.0 - rate;
        exchange.upper = std::max(exchange.upper, exchange.lower);
    } else {
        exchange.upper = rate;
        exchange.lower = std::min(exchange.lower, exchange.upper);
    }
}

Status open(Model& model, const ModelIndex& index, const std::vector<BoundaryKind>& kinds, const Uptake& uptake) {
    const auto reaction = find_reaction(model, index, uptake.exchange);
    if (!reaction) return pass(reaction);
    if (kinds[*reaction] == BoundaryKind::none)
        return bad_input({"{} takes nothing up: it is no exchange", "{} 不是交换反应，不能摄取"}, uptake.exchange)
            .at(uptake.where)
            .advise({"name the reaction with one side, such as EX_glc__D_e", "请写单侧的反应，例如 EX_glc__D_e"});
    const auto rate = read_number(uptake.rate);
    if (!rate || *rate < 0)
        return bad_input({"\"{}\" is no uptake of {}", "“{}”不是 {} 的摄取速率"}, uptake.rate, uptake.exchange)
            .at(uptake.where)
            .advise({"give the greatest uptake as a number that is not negative", "摄取上限写成非负数"});
    set_uptake(model, model.reactions[*reaction], *rate);
    return {};
}

}  // namespace

Status apply_medium(Model& model, const ModelIndex& index, const std::vector<std::string>& entries) {
    if (entries.empty()) return {};
    const auto uptakes = read_entries(entries);
    if (!uptakes) return pass(uptakes);
    const auto kinds = boundary_kinds(model);
    for (std::size_t r = 0; r < model.reactions.size(); ++r)
        if (kinds[r] == BoundaryKind::exchange) set_uptake(model, model.reactions[r], 0);
    for (const auto& uptake : *uptakes)
        if (auto status = open(model, index, kinds, uptake); !status) return status;
    return {};
}

}  // namespace leaven::metabolism
