#include "reading_rules.hpp"

#include <limits>

namespace leaven::metabolism {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool bounds_allow_flux(const Reaction& reaction) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return reaction.lower <= reaction.upper && reaction.lower < infinite && reaction.upper > -infinite;
}

Failure no_flux_allowed(const Reaction& reaction) {
    return bad_input({"the bounds {} to {} allow no flux", "界限 {} 至 {} 不允许任何通量"}, reaction.lower,
                     reaction.upper)
        .advise(
            {"give a lower bound that is a number not above the upper one", "请给出不大于上界的下界，且两者均为数"});
}

Text unreadable_rule(const std::string& reaction, const Error& fault) {
    return {fmt::format("the gene rule of {} cannot be read ({}: {}): it is kept as text and tied to no gene", reaction,
                        fault.where, fault.message.en),
            fmt::format("{} 的基因规则无法读取（{}：{}）：保留原文，不与任何基因关联", reaction, fault.where,
                        fault.message.zh)};
}

std::vector<std::string> subsystems_of(const Model& model) {
    std::vector<std::string> named(model.reactions.size());
    for (const auto& group : model.groups)
        if (group.kind == "partonomy" || group.kind == "classification")
            for (const auto reaction : group.reactions) named[static_cast<std::size_t>(reaction)] = group.name;
    return named;
}

}  // namespace leaven::metabolism
