#include <cstring>

#include <leaven/core/parallel.hpp>
#include <leaven/policy/screen.hpp>

#include "screen_condition.hpp"
#include "standing.hpp"

namespace leaven::policy {
namespace {

constexpr std::array others{Scope::project, Scope::contract};

const std::optional<std::vector<Subject>>& subjects_of(const Profile& profile, Scope scope) {
    return scope == Scope::project ? profile.projects : profile.contracts;
}

/// Of how many subjects a verdict is given: of one even where there is none.
std::size_t number_of(const Profile& profile, Scope scope) {
    if (scope == Scope::applicant) return 1;
    const auto& list = subjects_of(profile, scope);
    return list ? std::max<std::size_t>(list->size(), 1) : 1;
}

/// Turns rows of bits into columns.  Reference  Warren 2013, Hacker's Delight, § 7-3.
void transpose(std::array<std::uint64_t, 64>& rows) {
    std::uint64_t mask = 0x00000000FFFFFFFF;
    for (std::size_t half = 32; half != 0; half >>= 1U, mask ^= mask << half)
        for (std::size_t i = 0; i < rows.size(); i = ((i | half) + 1) & ~half) {
            const auto swap = ((rows[i] >> half) ^ rows[i | half]) & mask;
            rows[i] ^= swap << half;
            rows[i | half] ^= swap;
        }
}

using Eight = std::array<std::uint8_t, 8>;

/// Each bit of a byte as a byte.
constexpr std::array<Eight, 256> spread = [] {
    std::array<Eight, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte)
        for (std::size_t bit = 0; bit < 8; ++bit) table[byte][bit] = static_cast<std::uint8_t>(byte >> bit & 1);
    return table;
}();

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
    std::vector<Cell> nothing;           // what is known of a subject that is not there
    std::array<std::size_t, 3> count{};  // rules of each scope

    /// Standing and region.
    [[nodiscard]] Truth place(const Ground& ground, const Profile& profile) const {
        const auto standing =
            truth_of(profile.issued.empty() ? ground.standing : standing_of(*ground.document, &profile, on));
        return both(standing, region_of(*ground.document, profile));
    }
};

Screen::Screen(const RuleSet& rules, Date on) {
    auto ready = std::make_unique<Ready>();
    ready->on = on;
    ready->nothing.resize(rules.facts.facts().size());
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
        ++ready->count[index_of(measure.subject)];
    }
    ready_ = std::move(ready);
}

Screen::Screen(Screen&&) noexcept = default;
Screen::~Screen() = default;

/// Writes the verdicts of profiles, a sheet of lanes at a time: a lane is an applicant with its first project and
/// contract, or with its second, and so on.
class Screen::Sheet {
public:
    Sheet(const Ready& ready, std::span<const Profile> profiles, Verdicts::Block& block)
        : ready_(ready), profiles_(profiles), block_(block), places_(ready.documents.size()) {}

    void fill() {
        block_.first.push_back(0);
        for (const auto& profile : profiles_) {
            fetch(profile);
            std::size_t size = 0;
            for (std::size_t scope = 0; scope < 3; ++scope)
                size += ready_.count[scope] * number_of(profile, static_cast<Scope>(scope));
            block_.first.push_back(block_.first.back() + size);
        }
        block_.truths.resize(block_.first.back());
        for (std::size_t i = 0; i < profiles_.size(); ++i) {
            const auto& profile = profiles_[i];
            const auto most = std::max(number_of(profile, Scope::project), number_of(profile, Scope::contract));
            for (std::size_t subject = 0; subject < most; ++subject) add(profile, {i, subject, most == 1});
        }
        judge();
    }

private:
    struct Lane {
        std::size_t profile = 0;
        std::size_t subject = 0;  // number of the project and the contract
        bool alone = true;        // of its profile
    };

    void add(const Profile& profile, Lane lane) {
        if (lanes_.count == screen_lanes) judge();
        const auto at = lanes_.count++;
        who_[at] = lane;
        lanes_.cells[index_of(Scope::applicant)][at] = profile.applicant.cells.data();
        for (const auto scope : others) {
            const auto& list = subjects_of(profile, scope);
            const bool there = list && lane.subject < list->size();
            take(scope, at, there ? (*list)[lane.subject].cells.data() : ready_.nothing.data());
            exists_[index_of(scope)].set(at, there ? Truth::yes : list ? Truth::no : Truth::unknown);
        }
        exists_.front().set(at, Truth::yes);
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (!ready_.documents[i].never) places_[i].set(at, ready_.place(ready_.documents[i], profile));
    }

    /// What a profile holds lies apart in memory: asked for early, it is there when it is looked at.
    void fetch(const Profile& profile) const {
        ready_.conditions.fetch(Scope::applicant, profile.applicant.cells.data());
        for (const auto scope : others)
            if (const auto& list = subjects_of(profile, scope)) __builtin_prefetch(list->data());
    }

    void take(Scope scope, std::size_t lane, const Cell* cells) {
        lanes_.cells[index_of(scope)][lane] = cells;
        ready_.conditions.fetch(scope, cells);
    }

    /// The verdicts of the lanes so far.
    void judge() {
        ready_.conditions.ask(lanes_, answers_);
        for (std::size_t i = 0; i < places_.size(); ++i)
            if (!ready_.documents[i].never) places_[i] &= ScreenConditions::truth(ready_.documents[i].scope, answers_);
        const auto& rules = ready_.rules;
        constexpr std::size_t width = 64;
        words_.resize((rules.size() + width - 1) / width * screen_lanes);
        for (std::size_t from = 0; from < rules.size(); from += width) {
            std::array<std::uint64_t, width> holds{};
            std::array<std::uint64_t, width> possible{};
            for (std::size_t i = from; i < std::min(from + width, rules.size()); ++i) {
                if (ready_.documents[rules[i].document].never) continue;
                auto plane = places_[rules[i].document];
                plane &= exists_[index_of(rules[i].subject)];
                plane &= ScreenConditions::truth(rules[i].when, answers_);
                holds[i - from] = plane.holds;
                possible[i - from] = ~plane.fails;
            }
            transpose(holds);
            transpose(possible);
            for (std::size_t lane = 0; lane < lanes_.count; ++lane)
                words_[from / width * screen_lanes + lane] = {holds[lane], possible[lane]};
        }
        for (std::size_t lane = 0; lane < lanes_.count; ++lane) write(lane);
        lanes_.count = 0;
        exists_ = {};
        std::fill(places_.begin(), places_.end(), ScreenPlane());
    }

    /// no is 0, unknown 1, yes 2: the sum of what holds and what may hold.
    void write(std::size_t lane) {
        static_assert(sizeof(Truth) == 1);
        const auto& who = who_[lane];
        const auto rules = ready_.rules.size();
        auto* out = block_.truths.data() + block_.first[who.profile];
        row_.resize((rules + 7) / 8 * 8);
        for (std::size_t i = 0; i < rules; i += 8) {
            const auto& word = words_[i / 64 * screen_lanes + lane];
            const auto& holds = spread[word.holds >> i % 64 & 0xFF];
            const auto& possible = spread[word.possible >> i % 64 & 0xFF];
            Eight sum{};
            for (std::size_t k = 0; k < sum.size(); ++k) sum[k] = static_cast<std::uint8_t>(holds[k] + possible[k]);
            std::memcpy(row_.data() + i, sum.data(), sum.size());
        }
        if (who.alone) return void(std::memcpy(out, row_.data(), rules));
        for (std::size_t i = 0; i < rules; ++i) {
            const auto count = number_of(profiles_[who.profile], ready_.rules[i].subject);
            if (who.subject < count) out[who.subject] = static_cast<Truth>(row_[i]);
            out += count;
        }
    }

    struct Word {
        std::uint64_t holds = 0;
        std::uint64_t possible = 0;
    };

    const Ready& ready_;
    std::span<const Profile> profiles_;
    Verdicts::Block& block_;
    ScreenLanes lanes_;
    std::array<Lane, screen_lanes> who_;
    std::array<ScreenPlane, 3> exists_;
    std::vector<ScreenPlane> places_;  // of each document
    ScreenConditions::Answers answers_;
    std::vector<Word> words_;  // of 64 rules and a lane
    std::vector<std::uint8_t> row_;
};

Result<Verdicts> Screen::verdicts(std::span<const Profile> profiles, const Context& context) const {
    Verdicts all;
    constexpr auto together = static_cast<std::size_t>(Verdicts::together);
    all.blocks_.resize((profiles.size() + together - 1) / together);
    const auto status = for_each_chunk(context, {}, std::ssize(profiles), Verdicts::together, [&](Chunk chunk, int) {
        const auto some =
            profiles.subspan(static_cast<std::size_t>(chunk.begin), static_cast<std::size_t>(chunk.end - chunk.begin));
        Sheet(*ready_, some, all.blocks_[static_cast<std::size_t>(chunk.index)]).fill();
        return Status();
    });
    if (!status) return pass(status);
    return all;
}

}  // namespace leaven::policy
