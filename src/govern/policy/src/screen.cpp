#include <leaven/core/parallel.hpp>
#include <leaven/policy/screen.hpp>

#include "screen_condition.hpp"
#include "standing.hpp"

namespace leaven::policy {
namespace {

/// A list that needs no memory of its own while it is short.
template <class T, std::size_t most>
class Short {
public:
    explicit Short(std::size_t size) {
        if (size > most) long_.resize(size);
    }
    T* data() { return long_.empty() ? short_.data() : long_.data(); }

private:
    std::array<T, most> short_{};
    std::vector<T> long_;
};

const std::optional<std::vector<Subject>>* subjects_of(const Profile& profile, Scope scope) {
    return scope == Scope::project ? &profile.projects : &profile.contracts;
}

/// The subjects of a scope that rules are asked of.
struct Subjects {
    const ScreenWord* first = nullptr;
    std::size_t count = 0;
    Truth most = Truth::yes;  // what a verdict can be at most: no where there is no such subject
};
using Judged = std::array<Subjects, 3>;

}  // namespace

struct Screen::Ready {
    struct Ground {
        const Document* document;
        Standing standing;  // where the profile says nothing of it
        bool never;         // not in force, whatever a profile says
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

    std::array<std::size_t, 3> numbers{};  // words of comparisons with numbers, of each scope
    std::array<std::size_t, 3> all{};      // and of all comparisons
    std::array<std::size_t, 3> count{};    // rules

    /// Profiles lie apart in memory: asked for early, what is compared is there when it is needed.
    void fetch(const Profile& profile) const {
        conditions.fetch(Scope::applicant, profile.applicant.cells);
        for (const auto scope : {Scope::project, Scope::contract})
            if (const auto& list = *subjects_of(profile, scope))
                for (const auto& one : *list) conditions.fetch(scope, one.cells);
    }
    [[nodiscard]] std::size_t words(Scope scope) const { return all[static_cast<std::size_t>(scope)]; }
    void point(ScreenWords& words, Scope scope, const ScreenWord* first) const {
        const auto at = static_cast<std::size_t>(scope);
        words[at] = first;
        words[3 + at] = first + numbers[at];
    }
    void ask(Scope scope, const Known& known, ScreenWord* first) const {
        conditions.ask(scope, known, first, first + numbers[static_cast<std::size_t>(scope)]);
    }
    /// Standing, region and scope of a document.
    [[nodiscard]] Truth place(const Ground& ground, const Profile& profile, const ScreenWords& words) const;
    [[nodiscard]] std::vector<Truth> judge(const Truth* places, ScreenWords words, const Judged& judged) const;
};

Screen::Screen(const RuleSet& rules, Date on) {
    auto ready = std::make_unique<Ready>();
    ready->on = on;
    for (const auto& document : rules.documents) {
        const auto standing = standing_of(document, nullptr, on);
        const bool never = truth_of(standing) == Truth::no;
        ready->documents.push_back(
            {&document, standing, never, never ? ScreenFormula() : ready->conditions.formula(document.scope)});
    }
    for (const auto& measure : rules.measures) {
        const bool never = ready->documents[measure.document_at].never;
        ready->rules.push_back(
            {measure.document_at, measure.subject, never ? ScreenFormula() : ready->conditions.formula(measure.when)});
    }
    for (std::size_t at = 0; at < ready->all.size(); ++at) {
        ready->numbers[at] = ready->conditions.words(at);
        ready->all[at] = ready->numbers[at] + ready->conditions.words(3 + at);
    }
    for (const auto& rule : ready->rules) ++ready->count[static_cast<std::size_t>(rule.subject)];
    ready_ = std::move(ready);
}

Screen::Screen(Screen&&) noexcept = default;
Screen::~Screen() = default;

Truth Screen::Ready::place(const Ground& ground, const Profile& profile, const ScreenWords& words) const {
    if (ground.never) return Truth::no;
    const auto standing =
        truth_of(profile.issued.empty() ? ground.standing : standing_of(*ground.document, &profile, on));
    const auto known = both(standing, region_of(*ground.document, profile));
    return known == Truth::no ? known : both(known, ground.scope.truth(words));
}

std::vector<Truth> Screen::verdicts(const Profile& profile) const {
    const auto& ready = *ready_;
    std::size_t needed = ready.words(Scope::applicant);
    for (const auto scope : {Scope::project, Scope::contract}) {
        const auto& list = *subjects_of(profile, scope);
        needed += ready.words(scope) * (1 + (list ? list->size() : 0));
    }
    constexpr std::size_t few = 32;
    Short<ScreenWord, few> memory(needed);
    Short<Truth, few> places(ready.documents.size());

    const Known applicant{profile.applicant.cells.data(), nullptr, nullptr};
    auto* next = memory.data();
    Judged judged;
    ScreenWords words{};
    ready.ask(Scope::applicant, applicant, next);
    judged[0] = {next, 1, Truth::yes};
    next += ready.words(Scope::applicant);
    for (const auto scope : {Scope::project, Scope::contract}) {
        const auto at = static_cast<std::size_t>(scope);
        const auto& list = *subjects_of(profile, scope);
        const bool some = list && !list->empty();
        judged[at] = {next, some ? list->size() : 1, some ? Truth::yes : list ? Truth::no : Truth::unknown};
        ready.point(words, scope, next);
        if (!some) next += ready.words(scope);  // of a subject of whom nothing is known
        for (std::size_t i = 0; some && i < list->size(); ++i) {
            auto known = applicant;
            known[at] = (*list)[i].cells.data();
            ready.ask(scope, known, next);
            next += ready.words(scope);
        }
    }
    ready.point(words, Scope::applicant, judged[0].first);
    for (std::size_t i = 0; i < ready.documents.size(); ++i)
        places.data()[i] = ready.place(ready.documents[i], profile, words);
    return ready.judge(places.data(), words, judged);
}

Result<std::vector<std::vector<Truth>>> Screen::verdicts(std::span<const Profile> profiles,
                                                         const Context& context) const {
    constexpr std::int64_t together = 64;
    std::vector<std::vector<Truth>> all(profiles.size());
    const auto status = for_each_chunk(context, {}, std::ssize(profiles), together, [&](Chunk chunk, int) {
        for (auto i = chunk.begin; i < chunk.end; ++i) {
            if (i + 1 < std::ssize(profiles)) ready_->fetch(profiles[static_cast<std::size_t>(i + 1)]);
            all[static_cast<std::size_t>(i)] = verdicts(profiles[static_cast<std::size_t>(i)]);
        }
        return Status();
    });
    if (!status) return pass(status);
    return all;
}

/// The verdict of each rule and subject.
std::vector<Truth> Screen::Ready::judge(const Truth* places, ScreenWords words, const Judged& judged) const {
    std::size_t size = 0;
    for (std::size_t at = 0; at < judged.size(); ++at) size += count[at] * judged[at].count;
    std::vector<Truth> verdicts(size);
    auto* out = verdicts.data();
    for (const auto& rule : rules) {
        const auto at = static_cast<std::size_t>(rule.subject);
        const auto [first, subjects, most] = judged[at];
        const auto place = both(places[rule.document], most);
        if (place == Truth::no) {  // as the list is filled already
            out += subjects;
            continue;
        }
        for (std::size_t i = 0; i < subjects; ++i) {
            words[at] = first + i * all[at];
            words[3 + at] = words[at] + numbers[at];
            *out++ = both(place, rule.when.truth(words));
        }
    }
    return verdicts;
}

}  // namespace leaven::policy
