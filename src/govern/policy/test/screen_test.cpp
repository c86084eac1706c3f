// Screening many profiles gives the verdicts that judging one by one gives.
#include <random>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <leaven/policy/screen.hpp>

namespace leaven::policy {
namespace {

using Draw = std::mt19937_64;

Cell random_cell(const Fact& fact, Draw& draw) {
    if (draw() % 3 == 0) return {};
    const auto below = [&](std::uint64_t n) { return static_cast<std::int64_t>(draw() % n); };
    switch (fact.type) {
        case FactType::boolean:
            return {below(2), true};
        case FactType::choice:
            return {below(fact.choices.size()), true};
        case FactType::set:
            return {below(std::uint64_t{1} << fact.choices.size()), true};
        case FactType::money:
        case FactType::integer:
            return {below(4) * 50'000'000, true};
        case FactType::text:
            break;
    }
    return {-1, true};
}

Profile random_profile(const FactTable& facts, Draw& draw) {
    const auto subject = [&](std::string id) {
        Subject made{std::move(id), {}};
        for (const auto& fact : facts.facts()) made.cells.push_back(random_cell(fact, draw));
        return made;
    };
    Profile profile;
    constexpr std::array regions{"beijing/changping", "beijing/haidian", "beijing", "tianjin/binhai",
                                 "shanghai/baoshan"};
    if (const auto region = draw() % 6; region < regions.size()) profile.region = regions[region];
    profile.applicant = subject("");
    for (auto* list : {&profile.projects, &profile.contracts}) {
        if (draw() % 4 == 0) continue;
        list->emplace();
        for (auto count = draw() % 4; count > 0; --count) (*list)->push_back(subject(fmt::format("P{}", count)));
    }
    if (draw() % 3 == 0) profile.issued["cp-synbio"] = date_of(2025, 1, 1);
    return profile;
}

std::vector<Truth> judged_alone(const RuleSet& rules, const Profile& profile, Date on) {
    std::vector<Truth> verdicts;
    for (const auto& fit : fits(rules, profile, on)) verdicts.push_back(fit.verdict);
    return verdicts;
}

std::vector<Truth> copy_of(std::span<const Truth> verdicts) { return {verdicts.begin(), verdicts.end()}; }

void expect_same(const RuleSet& rules, std::span<const Profile> profiles, Date on) {
    const auto found = Screen(rules, on).verdicts(profiles, Context());
    ASSERT_TRUE(found);
    for (std::size_t i = 0; i < profiles.size(); ++i)
        EXPECT_EQ(copy_of(found->of(i)), judged_alone(rules, profiles[i], on)) << i;
}

TEST(Screen, agrees_with_the_verdicts_of_each_profile) {
    const auto rules = load_rules({});
    ASSERT_TRUE(rules);
    Draw draw(20261121);
    for (int year = 2024; year < 2028; ++year) {
        std::vector<Profile> profiles;
        for (int i = 0; i < 150; ++i) profiles.push_back(random_profile(rules->facts, draw));
        expect_same(*rules, profiles, date_of(year, 10, 1));
    }
}

TEST(Screen, a_profile_with_more_subjects_than_a_word_has_bits) {
    const auto rules = load_rules({});
    ASSERT_TRUE(rules);
    Draw draw(5);
    std::vector<Profile> profiles;
    for (int i = 0; i < 3; ++i) profiles.push_back(random_profile(rules->facts, draw));
    auto& projects = profiles[1].projects.emplace();
    for (int i = 0; i < 150; ++i) projects.push_back(random_profile(rules->facts, draw).applicant);
    expect_same(*rules, profiles, date_of(2025, 6, 1));
    expect_same(*rules, {}, date_of(2025, 6, 1));
}

TEST(Screen, many_profiles_on_any_number_of_threads) {
    const auto rules = load_rules({});
    ASSERT_TRUE(rules);
    Draw draw(3);
    std::vector<Profile> profiles;
    for (int i = 0; i < 300; ++i) profiles.push_back(random_profile(rules->facts, draw));
    const Screen screen(*rules, date_of(2025, 6, 1));
    for (const int threads : {1, 3}) {
        Context context;
        context.threads = threads;
        const auto found = screen.verdicts(profiles, context).value();
        for (std::size_t i = 0; i < profiles.size(); ++i)
            EXPECT_EQ(copy_of(found.of(i)), judged_alone(*rules, profiles[i], date_of(2025, 6, 1)));
    }
    Context stopped;
    stopped.stop();
    EXPECT_FALSE(screen.verdicts(profiles, stopped));
}

/// A condition with every sign, over facts of the applicant and of a project.
std::string random_condition(Draw& draw, int depth) {
    constexpr std::array leaves{"applicant.a",
                                "applicant.a == false",
                                "applicant.size == \"small\"",
                                "applicant.size != \"micro\"",
                                "applicant.size in [\"micro\", \"medium\"]",
                                "applicant.income < 1亿元",
                                "applicant.income <= 1亿元",
                                "applicant.income > 5000万元",
                                "applicant.income >= 5000万元",
                                "applicant.income < project.cost",
                                "project.cost <= applicant.income",
                                "applicant.income > project.cost",
                                "project.cost >= applicant.income",
                                "project.cost == applicant.income",
                                "project.cost != applicant.income",
                                "project.tags has \"x\"",
                                "project.tags has \"y\""};
    const auto inner = [&] { return random_condition(draw, depth - 1); };
    if (depth == 0 || draw() % 4 == 0) return leaves[draw() % leaves.size()];
    if (draw() % 3 == 0) return "not (" + inner() + ")";
    return "(" + inner() + (draw() % 2 == 0 ? " and " : " or ") + inner() + ")";
}

TEST(Screen, agrees_on_random_conditions) {
    FactTable facts;
    facts.add({"applicant.a", FactType::boolean, {}, {}});
    facts.add({"applicant.size", FactType::choice, {"micro", "small", "medium"}, {}});
    facts.add({"applicant.income", FactType::money, {}, {}});
    facts.add({"project.cost", FactType::money, {}, {}});
    facts.add({"project.tags", FactType::set, {"x", "y", "z"}, {}});
    Draw draw(7);
    for (int round = 0; round < 40; ++round) {
        RuleSet rules;
        rules.facts = facts;
        Document document;
        document.id = "d";
        document.region = "beijing";
        document.legal_status = "issued";
        document.issued = date_of(2024, 1, 1);
        rules.documents.push_back(document);
        constexpr std::array scopes{Scope::applicant, Scope::project};
        for (int i = 0; i < 80; ++i) {  // more comparisons of a kind than one word holds
            Measure measure;
            measure.id = fmt::format("d/{}", i);
            measure.subject = Scope::project;
            auto text = random_condition(draw, 4);
            if (draw() % 2 == 0) text += fmt::format(" or applicant.income == {}万元", i * 100);
            const auto condition = parse_condition(text, rules.facts, scopes);
            ASSERT_TRUE(condition) << text;
            measure.when = *condition;
            rules.measures.push_back(measure);
        }
        std::vector<Profile> profiles;
        for (int one = 0; one < 20; ++one) profiles.push_back(random_profile(facts, draw));
        expect_same(rules, profiles, date_of(2025, 1, 1));
    }
}

}  // namespace
}  // namespace leaven::policy
