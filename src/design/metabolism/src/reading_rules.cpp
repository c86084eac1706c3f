#include "reading_rules.hpp"

#include <limits>

namespace leaven::metabolism {

Text bounds_missing(const Reaction& read_as) {
    return text({"not all bounds of reaction {} are given: read as {} to {}", "反应 {} 的界限不全：读作 {} 至 {}"},
                read_as.id, read_as.lower, read_as.upper);
}

Text no_objective() { return text({"the model has no objective", "模型没有目标函数"}); }

Text compartment_missing(const std::string& metabolite) {
    return text({"metabolite {} has no compartment: put into \"{}\"", "代谢物 {} 没有区室：归入 “{}”"}, metabolite,
                unknown_compartment);
}

Failure too_many_marks() {
    return bad_input({"the file holds more than {} elements and values", "文件中的元素与值超过 {} 个"}, most_marks)
        .advise({"check that this is a model", "请确认这是模型文件"});
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
