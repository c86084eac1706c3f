#include <algorithm>
#include <set>

#include <fmt/core.h>

#include <leaven/core/join.hpp>
#include <leaven/core/suggest.hpp>
#include <leaven/dna/plan.hpp>

namespace leaven::dna {
namespace {

constexpr std::size_t most_targets = 10'000;

std::string_view trimmed(std::string_view word) {
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
    while (!word.empty() && blank(word.front())) word.remove_prefix(1);
    while (!word.empty() && blank(word.back())) word.remove_suffix(1);
    return word;
}

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
    std::vector<std::string_view> words;
    for (;;) {
        const auto end = text.find_first_of(at);
        words.push_back(trimmed(text.substr(0, end)));
        if (end == std::string_view::npos) return words;
        text.remove_prefix(end + 1);
    }
}

using Places = std::vector<std::vector<std::size_t>>;

Result<Places> read_places(std::string_view list, const std::vector<std::string>& parts) {
    Places places;
    for (const auto place : split(list, ";")) {
        places.emplace_back();
        for (const auto word : split(place, ",")) {
            if (word.empty())
                return bad_input({"a place of \"{}\" names no part", "“{}”中有一个位置没有部件"}, list)
                    .at("targets")
                    .advise({"write A,B;C;D,E", "请写成 A,B;C;D,E"});
            const auto found = std::find(parts.begin(), parts.end(), word);
            if (found == parts.end())
                return not_found({"there is no part \"{}\"", "没有部件“{}”"}, word)
                    .at("targets")
                    .advise({"parts: {}", "部件：{}"},
                            join(nearest(word, parts).empty() ? parts : nearest(word, parts), ", "));
            places.back().push_back(static_cast<std::size_t>(found - parts.begin()));
        }
    }
    return places;
}

/// The combination of this number; the last place turns fastest.
PlanTarget combination(const Places& places, std::size_t number, std::string_view name,
                       const std::vector<std::string>& parts) {
    PlanTarget target;
    target.parts.resize(places.size());
    for (auto place = places.size(); place-- > 0;) {
        target.parts[place] = places[place][number % places[place].size()];
        number /= places[place].size();
    }
    std::vector<std::string> words;
    words.emplace_back(name.empty() ? "construct" : name);
    for (std::size_t place = 0; place < places.size(); ++place)
        if (places[place].size() > 1) words.push_back(parts[target.parts[place]]);
    target.name = join(words, "_");
    return target;
}

}  // namespace

Result<std::vector<PlanTarget>> read_targets(std::string_view text, const std::vector<std::string>& parts) {
    std::vector<PlanTarget> targets;
    for (auto list : split(text, "\n|")) {
        if (list.empty()) continue;
        const auto sign = list.find('=');
        const auto name = sign == std::string_view::npos ? std::string_view() : trimmed(list.substr(0, sign));
        if (sign != std::string_view::npos) list.remove_prefix(sign + 1);
        const auto places = read_places(list, parts);
        if (!places) return pass(places);
        std::size_t count = 1;
        for (const auto& place : *places) count = std::min(count * place.size(), most_targets + 1);
        if (targets.size() + count > most_targets)
            return bad_input({"more than {} constructs", "超过 {} 个构建体"}, most_targets)
                .at("targets")
                .advise({"plan them in several runs", "请分批规划"});
        for (std::size_t i = 0; i < count; ++i) targets.push_back(combination(*places, i, name, parts));
    }
    if (targets.empty())
        return bad_input({"no construct is named", "没有给出任何构建体"})
            .at("targets")
            .advise({"write A,B;C;D,E", "请写成 A,B;C;D,E"});
    std::set<std::string> taken(parts.begin(), parts.end());
    for (auto& target : targets) {  // names are names
        const auto base = target.name;
        for (std::size_t number = 2; !taken.insert(target.name).second; ++number)
            target.name = fmt::format("{}.{}", base, number);
    }
    return targets;
}

}  // namespace leaven::dna
