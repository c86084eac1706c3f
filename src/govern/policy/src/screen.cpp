#include <leaven/policy/screen.hpp>

#include "screen_condition.hpp"
#include "standing.hpp"

namespace leaven::policy {
namespace {

/// The words of a few subjects of one scope, in one piece of memory.
class Asked {
public:
    Asked(const ScreenConditions& conditions, Scope scope)
        : conditions_(conditions),
          scope_(scope),
          numbers_(conditions.words(static_cast<std::size_t>(scope))),
          all_(numbers_ + conditions.words(3 + static_cast<std::size_t>(scope))) {}

    /// The first subject is one of whom nothing is known.
    void start(std::size_t subjects) { words_.assign((subjects + 1) * all_, {}); }
    void ask(std::size_t subject, const Known& known) {
        auto* first = words_.data() + (subject + 1) * all_;
        conditions_.ask(scope_, known, first, first + numbers_);
    }
    void point(ScreenWords& words, std::size_t subject_and_one) const {
        const auto* first = words_.data() + subject_and_one * all_;
        words[static_cast<std::size_t>(scope_)] = first;
        words[3 + static_cast<std::size_t>(scope_)] = first + numbers_;
    }

private:
    const ScreenConditions& conditions_;
    Scope scope_;
    std::size_t numbers_;
    std::size_t all_;
    std::vector<ScreenWord> words_;
};

}  // namespace

struct Screen::Ready {
    struct Ground {
        const Document* document;
        Standing standing;  // where the profile says nothing of it
        ScreenFormula scope;
    };
    struct Rule {
        std::size_t document;
        Scope subject;
        ScreenFormula when;
    };

    Date on;
    ScreenConditions conditions;
    std::vector<Ground> documents;
    std::vector<Rule> rules;

    [[nodiscard]] std::vector<Truth> places(const Profile& profile, const ScreenWords& words) const;
};

Screen::Screen(const RuleSet& rules, Date on) {
    auto ready = std::make_unique<Ready>();
    ready->on = on;
    for (const auto& document : rules.documents)
        ready->documents.push_back(
            {&document, standing_of(document, nullptr, on), ready->conditions.formula(document.scope)});
    for (const auto& measure : rules.measures)
        ready->rules.push_back({measure.document_at, measure.subject, ready->conditions.formula(measure.when)});
    ready_ = std::move(ready);
}

Screen::Screen(Screen&&) noexcept = default;
Screen::~Screen() = default;

/// Standing, region and scope of each document.
std::vector<Truth> Screen::Ready::places(const Profile& profile, const ScreenWords& words) const {
    std::vector<Truth> found;
    found.reserve(documents.size());
    for (const auto& one : documents) {
        const auto standing =
            truth_of(profile.issued.empty() ? one.standing : standing_of(*one.document, &profile, on));
        found.push_back(standing == Truth::no
                            ? Truth::no
                            : both(standing, both(region_of(*one.document, profile), one.scope.truth(words))));
    }
    return found;
}

std::vector<Truth> Screen::verdicts(const Profile& profile) const {
    const auto& ready = *ready_;
    std::array<Asked, 3> asked{Asked(ready.conditions, Scope::applicant), Asked(ready.conditions, Scope::project),
                               Asked(ready.conditions, Scope::contract)};
    const Known applicant{profile.applicant.cells.data(), nullptr, nullptr};
    asked[0].start(1);
    asked[0].ask(0, applicant);
    const std::array<const std::optional<std::vector<Subject>>*, 3> lists{nullptr, &profile.projects,
                                                                          &profile.contracts};
    for (const auto scope : {Scope::project, Scope::contract}) {
        const auto at = static_cast<std::size_t>(scope);
        const auto& list = *lists[at];
        asked[at].start(list ? list->size() : 0);
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            auto known = applicant;
            known[at] = (*list)[i].cells.data();
            asked[at].ask(i, known);
        }
    }
    ScreenWords words{};
    asked[0].point(words, 1);
    asked[1].point(words, 0);
    asked[2].point(words, 0);
    const auto places = ready.places(profile, words);
    std::vector<Truth> all;
    all.reserve(ready.rules.size());
    for (const auto& rule : ready.rules) {
        const auto place = places[rule.document];
        const auto judge = [&](Truth most) {
            return place == Truth::no ? Truth::no : both(both(place, most), rule.when.truth(words));
        };
        const auto at = static_cast<std::size_t>(rule.subject);
        if (rule.subject == Scope::applicant) {
            all.push_back(judge(Truth::yes));
            continue;
        }
        const auto& list = *lists[at];
        asked[at].point(words, 0);
        if (!list || list->empty()) all.push_back(judge(list ? Truth::no : Truth::unknown));
        for (std::size_t i = 0; list && i < list->size(); ++i) {
            asked[at].point(words, i + 1);
            all.push_back(judge(Truth::yes));
        }
    }
    return all;
}

}  // namespace leaven::policy
