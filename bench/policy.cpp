// What bench/policy.py measures of Leaven.
//
//     policy_bench pack FILE      one line an instance: count, values, then pairs that cross; prints seconds and total
//     policy_bench match COUNT    random profiles as lines of facts, then the verdicts, then the CPU seconds for all,
//     best of ten
#include <algorithm>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <limits>
#include <random>
#include <sstream>

#include <fmt/format.h>

#include <leaven/policy/packing.hpp>
#include <leaven/policy/screen.hpp>

namespace {

using namespace leaven;
using namespace leaven::policy;

double seconds_since(std::chrono::steady_clock::time_point began) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

void pack_all(const std::string& path) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        PackingProblem problem;
        std::size_t count = 0;
        words >> count;
        problem.items.resize(count);
        for (auto& item : problem.items) words >> item.value;
        for (std::size_t a = 0, b = 0; words >> a >> b;) problem.crossing.emplace_back(a, b);
        const auto began = std::chrono::steady_clock::now();
        const auto best = pack(problem, Context());
        fmt::print("{} {}\n", seconds_since(began), best ? best->score.total : -1);
    }
}

Profile random_profile(const RuleSet& rules, std::mt19937_64& draw) {
    const auto& facts = rules.facts.facts();
    Profile profile;
    profile.region = "beijing/changping";
    profile.applicant.cells.resize(facts.size());
    Subject project{"P1", std::vector<Cell>(facts.size())};
    Subject contract{"C1", std::vector<Cell>(facts.size())};
    for (std::size_t slot = 0; slot < facts.size(); ++slot) {
        const auto& fact = facts[slot];
        Cell cell{0, true};
        if (fact.type == FactType::boolean) cell.value = static_cast<std::int64_t>(draw() % 2);
        if (fact.type == FactType::choice) cell.value = static_cast<std::int64_t>(draw() % fact.choices.size());
        if (fact.type == FactType::set)
            cell.value = static_cast<std::int64_t>(draw() % (std::uint64_t{1} << fact.choices.size()));
        if (fact.type == FactType::money) cell.value = static_cast<std::int64_t>(draw() % 300'000'000);
        auto& cells = fact.scope() == Scope::applicant ? profile.applicant.cells
                      : fact.scope() == Scope::project ? project.cells
                                                       : contract.cells;
        cells[slot] = cell;
    }
    profile.projects = {project};
    profile.contracts = {contract};
    return profile;
}

void match_all(std::size_t count) {
    const auto rules = load_rules({}).value();
    std::mt19937_64 draw(1);
    std::vector<Profile> profiles;
    for (std::size_t i = 0; i < count; ++i) profiles.push_back(random_profile(rules, draw));
    const auto on = date_of(2025, 6, 1);
    const Screen screen(rules, on);
    Verdicts found;
    const Context context;  // one thread, as the peer
    constexpr int rounds = 10;
    auto seconds = std::numeric_limits<double>::infinity();
    for (int round = 0; round < rounds; ++round) {
        const auto began = std::clock();
        found = screen.verdicts(profiles, context).value();
        seconds = std::min(seconds, static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
    }
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t slot = 0; slot < rules.facts.facts().size(); ++slot) {
            const auto& fact = rules.facts.facts()[slot];
            const auto& cells = fact.scope() == Scope::applicant ? profiles[i].applicant.cells
                                : fact.scope() == Scope::project ? profiles[i].projects->front().cells
                                                                 : profiles[i].contracts->front().cells;
            fmt::print("{}={}\t", fact.name, cells[slot].value);
        }
        for (const auto truth : found.of(i)) fmt::print("{}", static_cast<int>(truth));
        fmt::print("\n");
    }
    fmt::print("{}\n", seconds);
}

}  // namespace

int main(int count, char** words) {
    if (count == 3 && std::string(words[1]) == "pack") return pack_all(words[2]), 0;
    if (count == 3 && std::string(words[1]) == "match") return match_all(std::stoul(words[2])), 0;
    return 2;
}
