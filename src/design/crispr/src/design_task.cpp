#include "design_task.hpp"

#include <algorithm>
#include <tuple>

#include <leaven/core/join.hpp>

namespace leaven::crispr {
namespace {

std::optional<std::size_t> next_of(const Task& task, const std::vector<Candidate>& left, const std::vector<bool>& taken,
                                   int group, bool apart) {
    constexpr std::int64_t least = 20;  // bases between cuts
    const auto cut_of = [&](std::size_t i) { return task.sightings[left[i].sighting].place.cut; };
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (taken[i] || left[i].judgement.group != group) continue;
        bool fits = true;
        for (std::size_t k = 0; apart && fits && k < left.size(); ++k)
            fits = !taken[k] || std::abs(cut_of(k) - cut_of(i)) >= least;
        if (fits) return i;
    }
    return std::nullopt;
}

}  // namespace

void Rejections::add(const Text& reason, Rejection::Kind kind, const std::string& guide) {
    auto found = std::find_if(list_.begin(), list_.end(), [&](const Rejection& one) { return one.reason == reason; });
    if (found == list_.end()) found = list_.insert(list_.end(), Rejection{.kind = kind, .reason = reason});
    ++found->guides;
    if (found->examples.size() < shown_examples) found->examples.push_back(guide);
}

void sort(std::vector<Candidate>& candidates) {
    const auto key = [](const Candidate& one) {
        return std::tuple(one.judgement.tier, one.judgement.first, one.judgement.penalty, one.sighting);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const Candidate& a, const Candidate& b) { return key(a) < key(b); });
}

std::vector<std::size_t> choose(const Task& task, const std::vector<Candidate>& left, const DesignOptions& options) {
    const auto wanted = static_cast<std::size_t>(options.per_target);
    const auto groups = task.judge->groups();
    std::vector<std::size_t> chosen;
    std::vector<bool> taken(left.size(), false);
    for (const bool apart : {true, false})
        for (bool found = true; found && chosen.size() < wanted;) {
            found = false;
            for (int group = 0; group < groups && chosen.size() < wanted; ++group) {
                const auto next = next_of(task, left, taken, group, apart && options.mode == Mode::knockout);
                if (!next) continue;
                taken[*next] = found = true;
                chosen.push_back(*next);
            }
        }
    if (groups == 1) std::sort(chosen.begin(), chosen.end());
    return chosen;
}

Status check_options(const DesignOptions& options) {
    const bool takes_edit = options.mode == Mode::base_edit || options.mode == Mode::prime;
    if (!takes_edit && options.edit.kind != CodingEdit::Kind::none)
        return bad_input({"this mode takes no edit", "此模式不接受编辑参数"})
            .at("edit")
            .advise({"use --mode base_edit or --mode prime", "请使用 --mode base_edit 或 --mode prime"});
    if (options.deletion && options.mode != Mode::knockout)
        return bad_input({"only a knockout has the ends of a deletion", "只有敲除模式才有缺失两端"})
            .at("deletion")
            .advise({"use --mode knockout", "请使用 --mode knockout"});
    if (options.min_cfd > 0 && !options.nuclease.scored)
        return bad_input({"CFD is not defined for this nuclease or length", "此核酸酶或长度没有 CFD 定义"})
            .at("min_cfd")
            .advise({"leave it out", "请去掉该参数"});
    return {};
}

std::string DesignedGuide::off_targets() const {
    auto counts = by_mismatch;
    if (!counts.empty()) counts.front() -= own;
    return join(counts, "-");
}

}  // namespace leaven::crispr
