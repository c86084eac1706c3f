// Building lattices.
#include <algorithm>

#include "goals.hpp"
#include "lattice.hpp"

namespace leaven::dna {
namespace {

constexpr std::size_t most_arcs = std::size_t{1} << 25U;

/// A pattern that starts or stops being looked for, or being allowed to go on, at a position.
struct Event {
    std::int64_t at;
    int pattern;
    bool begins;  // it is about where matches may begin, else about where they may be
    bool on;
    auto operator<=>(const Event&) const = default;
};

}  // namespace

struct Weaver::Draft {
    struct Arc {
        std::int32_t from;
        std::int32_t to;
        Codon ending;
    };
    std::vector<std::int32_t> layer{};
    std::vector<std::pair<std::int32_t, std::int32_t>> nodes{};  // state, counter
    std::vector<Arc> arcs{};                                     // by layer, by node
};

Weaver::Weaver(const Model& model)
    : model_(model),
      watches_(model.watches),
      left_(static_cast<std::int64_t>(model.problem->left_flank.size())),
      right_(static_cast<std::int64_t>(model.problem->right_flank.size())) {
    counters_.emplace_back(model.required.size(), 0);
    counter_numbers_[counters_.front()] = 0;
    for (const auto& watch : watches_) patterns_.push_back(automaton_.add(watch.expression, watch.required));
    for (const auto& watch : watches_) {
        const auto longest = longest_match(watch.expression);
        longest_ = std::max(longest_, longest);
        longest_known_ = longest_known_ && longest >= 0;
    }
    set_contexts({});
    if (model.circular) choose_cut();
}

void Weaver::forbid_everywhere(const std::string& word) {
    Watch watch{.expression = expression_of(word), .everywhere = model_.circular};
    const auto k = static_cast<std::int64_t>(word.size());
    watch.starts = {0, model_.circular ? model_.length : model_.length - k + 1};
    patterns_.push_back(automaton_.add(watch.expression, -1));
    watches_.push_back(std::move(watch));
    longest_ = std::max(longest_, k);
}

int Weaver::pattern_of(const std::string& word) {
    const auto [place, made] = word_patterns_.try_emplace(word, -1);
    if (made) place->second = automaton_.add(expression_of(word), -1);
    return place->second;
}

void Weaver::set_contexts(const Restriction& restriction) {
    const auto n = model_.length;
    std::vector<Event> events;
    std::vector<int> beginning;
    std::vector<int> ended;
    const auto span = [&](seq::Interval at, int pattern, bool begins, bool on) {
        if (model_.circular) at = {at.start % n, at.start % n + at.length()};
        events.push_back({at.start, pattern, begins, on});
        events.push_back({std::min(at.end, model_.circular ? n : at.end), pattern, begins, !on});
        if (model_.circular && at.end > n) {
            events.push_back({0, pattern, begins, on});
            events.push_back({at.end - n, pattern, begins, !on});
        }
    };
    for (std::size_t i = 0; i < watches_.size(); ++i) {
        if (watches_[i].everywhere) {
            beginning.push_back(patterns_[i]);
            continue;
        }
        span(watches_[i].starts, patterns_[i], true, true);
        if (watches_[i].within.empty()) continue;
        ended.push_back(patterns_[i]);
        span(watches_[i].within, patterns_[i], false, false);
    }
    for (const auto& word : restriction.words) span({word.position, word.position + 1}, word.pattern, true, true);
    std::sort(events.begin(), events.end());
    contexts_.clear();
    std::size_t next = 0;
    int current = -1;
    for (auto p = -left_; p < n + right_; ++p) {
        // A pattern may be switched on more than once at a position: it is counted.
        for (; next < events.size() && events[next].at <= p; ++next) {
            auto& list = events[next].begins ? beginning : ended;
            const auto found = std::find(list.begin(), list.end(), events[next].pattern);
            if (events[next].on)
                list.push_back(events[next].pattern);
            else if (found != list.end())
                list.erase(found);
            current = -1;
        }
        if (current < 0) {
            auto starts = beginning;
            auto stops = ended;
            for (auto* list : {&starts, &stops}) {
                std::sort(list->begin(), list->end());
                list->erase(std::unique(list->begin(), list->end()), list->end());
            }
            current = automaton_.context(starts, stops);
        }
        contexts_.push_back(current);
    }
}

std::int32_t Weaver::after_left_flank() {
    auto state = automaton_.fresh(0);
    for (std::int64_t i = 0; i < left_; ++i) {
        const int base = base_index(model_.problem->left_flank[static_cast<std::size_t>(i)]);
        state =
            base < 0 ? automaton_.fresh(0) : automaton_.pass_by(state, contexts_[static_cast<std::size_t>(i)], base);
    }
    return state;
}

bool Weaver::passes_right_flank(std::int32_t state) {
    for (std::int64_t i = 0; i < right_; ++i) {
        const int base = base_index(model_.problem->right_flank[static_cast<std::size_t>(i)]);
        if (base < 0) return true;
        state = automaton_.step(state, contexts_[static_cast<std::size_t>(left_ + model_.length + i)], base).to;
        if (state == Automaton::dead) return false;
    }
    return true;
}

std::int32_t Weaver::count(std::int32_t counter, std::int32_t hits) {
    if (hits == 0) return counter;
    auto counts = counters_[static_cast<std::size_t>(counter)];
    for (const auto required : automaton_.hits(hits)) {
        auto& met = counts[static_cast<std::size_t>(required)];
        met = std::min(met + 1, model_.required[static_cast<std::size_t>(required)]);
    }
    const auto [place, made] = counter_numbers_.try_emplace(counts, static_cast<std::int32_t>(counters_.size()));
    if (made) counters_.push_back(counts);
    return place->second;
}

bool Weaver::meets_requirements(std::int32_t counter) const {
    return counters_[static_cast<std::size_t>(counter)] == model_.required;
}

Status Weaver::grow(Draft& draft, const std::vector<std::uint64_t>& allowed) {
    std::vector<std::vector<std::int32_t>> seen;  // by counter, by state: the newest node
    const auto node_of = [&](std::int32_t state, std::int32_t counter, std::int32_t first) {
        if (static_cast<std::size_t>(counter) >= seen.size()) seen.resize(counters_.size());
        auto& row = seen[static_cast<std::size_t>(counter)];
        if (static_cast<std::size_t>(state) >= row.size()) row.resize(automaton_.size(), -1);
        auto& newest = row[static_cast<std::size_t>(state)];
        if (newest < first) {
            newest = static_cast<std::int32_t>(draft.nodes.size());
            draft.nodes.emplace_back(state, counter);
        }
        return newest;
    };
    for (std::int64_t i = 0; i < model_.length; ++i) {
        const auto p = static_cast<std::size_t>((cut_ + i) % model_.length);
        const auto context = contexts_[static_cast<std::size_t>(left_) + p];
        const auto begin = draft.layer.back();
        const auto end = static_cast<std::int32_t>(draft.nodes.size());
        draft.layer.push_back(end);
        for (auto node = begin; node < end; ++node) {
            const auto [state, counter] = draft.nodes[static_cast<std::size_t>(node)];
            const auto four = static_cast<unsigned>(automaton_.last_two(state)) * 4;
            for (unsigned base = 0; base < 4; ++base) {
                if ((allowed[p] >> (four + base) & 1U) == 0) continue;
                const auto step = automaton_.step(state, context, static_cast<int>(base));
                if (step.to == Automaton::dead) continue;
                draft.arcs.push_back(
                    {node, node_of(step.to, count(counter, step.hits), end), static_cast<Codon>(four + base)});
            }
        }
        if (draft.arcs.size() > most_arcs)
            return bad_input({"the patterns need more than {} transitions", "这些模式需要超过 {} 个转移"}, most_arcs)
                .at("constraints")
                .advise({"use fewer or shorter patterns", "请减少或缩短模式"});
    }
    draft.layer.push_back(static_cast<std::int32_t>(draft.nodes.size()));
    return {};
}

/// The states after one more position, from any of these.
std::vector<std::int32_t> Weaver::next_states(const std::vector<std::int32_t>& from, std::int64_t position,
                                              std::uint64_t allowed) {
    std::vector<std::int32_t> next;
    for (const auto state : from)
        for (unsigned base = 0; base < 4; ++base) {
            const auto four = static_cast<unsigned>(automaton_.last_two(state)) * 4;
            if ((allowed >> (four + base) & 1U) == 0) continue;
            const auto to =
                automaton_.step(state, contexts_[static_cast<std::size_t>(position)], static_cast<int>(base)).to;
            if (to != Automaton::dead) next.push_back(to);
        }
    std::sort(next.begin(), next.end());
    next.erase(std::unique(next.begin(), next.end()), next.end());
    return next;
}

std::vector<std::int32_t> Weaver::any_state() {
    std::vector<std::int32_t> states;
    for (int pair = 0; pair < 16; ++pair) states.push_back(automaton_.fresh(pair));
    return states;
}

/// A circle is cut where the fewest states are possible: each of them is a problem of its own.
void Weaver::choose_cut() {
    std::size_t fewest = 0;
    auto states = any_state();
    for (std::int64_t i = 0; i < model_.length + longest_; ++i) {
        const auto p = i % model_.length;
        states = next_states(states, p, model_.allowed[static_cast<std::size_t>(p)]);
        if (i + 1 < longest_ || (fewest != 0 && states.size() >= fewest)) continue;
        fewest = states.size();
        cut_ = (i + 1) % model_.length;
        if (states.empty()) return;
    }
}

std::vector<std::int32_t> Weaver::closings(Restriction& restriction) {
    if (!model_.circular) return {0};
    const auto allowed = prepare(restriction);
    auto states = any_state();
    for (auto i = -longest_; i < 0; ++i) {
        const auto p = ((cut_ + i) % model_.length + model_.length) % model_.length;
        states = next_states(states, p, allowed[static_cast<std::size_t>(p)]);
    }
    return states;
}

/// Numbers the words, sets the contexts; the trinucleotides that are left.
std::vector<std::uint64_t> Weaver::prepare(Restriction& restriction) {
    for (auto& word : restriction.words) {
        if (word.pattern < 0) word.pattern = pattern_of(word.word);
        longest_ = std::max(longest_, static_cast<std::int64_t>(word.word.size()));
    }
    set_contexts(restriction);
    auto allowed = model_.allowed;
    for (const auto& [position, bases] : restriction.bases) restrict_base(allowed, position, bases);
    return allowed;
}

Result<Lattice> Weaver::weave(Restriction& restriction) {
    const auto allowed = prepare(restriction);
    Draft draft;
    const auto start = model_.circular ? restriction.closing : after_left_flank();
    draft.layer.push_back(0);
    draft.nodes.emplace_back(start, 0);
    if (auto status = grow(draft, allowed); !status) return pass(status);
    // From the end back: what leads nowhere goes.
    std::vector<std::int32_t> kept(draft.nodes.size(), -1);
    const auto last = draft.layer[static_cast<std::size_t>(model_.length)];
    for (auto node = last; node < static_cast<std::int32_t>(draft.nodes.size()); ++node) {
        const auto [state, counter] = draft.nodes[static_cast<std::size_t>(node)];
        const bool closes = model_.circular ? state == start : passes_right_flank(state);
        if (closes && meets_requirements(counter)) kept[static_cast<std::size_t>(node)] = 0;
    }
    for (auto arc = draft.arcs.rbegin(); arc != draft.arcs.rend(); ++arc)
        if (kept[static_cast<std::size_t>(arc->to)] == 0) kept[static_cast<std::size_t>(arc->from)] = 0;
    Lattice lattice;
    lattice.cut_ = cut_;
    std::int32_t number = 0;
    std::size_t layer = 0;
    for (std::size_t node = 0; node <= draft.nodes.size(); ++node) {
        while (layer < draft.layer.size() && draft.layer[layer] == static_cast<std::int32_t>(node)) {
            lattice.layer_.push_back(number);
            ++layer;
        }
        if (node < draft.nodes.size() && kept[node] == 0) kept[node] = number++;
    }
    lattice.arc_begin_.assign(static_cast<std::size_t>(number) + 1, 0);
    if (kept[0] < 0) return Lattice();
    for (const auto& arc : draft.arcs) {
        const auto from = kept[static_cast<std::size_t>(arc.from)];
        const auto to = kept[static_cast<std::size_t>(arc.to)];
        if (from < 0 || to < 0) continue;
        lattice.arcs_.push_back({to, arc.ending});
        ++lattice.arc_begin_[static_cast<std::size_t>(from) + 1];
    }
    for (std::size_t i = 1; i < lattice.arc_begin_.size(); ++i) lattice.arc_begin_[i] += lattice.arc_begin_[i - 1];
    return lattice;
}

bool Weaver::accepts(std::string_view letters, std::int64_t changed) {
    // Far enough before the change that the state is that of the letters alone; as far after it.
    const auto n = model_.length;
    const bool bounded = longest_known_ && model_.required.empty();
    const auto reach = longest_ + 3;
    const auto around = !bounded || 2 * reach >= n;
    auto from = around ? (model_.circular ? -longest_ : 0) : changed - reach;
    const auto to = around ? n : changed + reach;
    if (!model_.circular) from = std::max<std::int64_t>(from, 0);
    auto state = from == 0 && !model_.circular ? after_left_flank() : automaton_.fresh(0);
    std::int32_t counter = 0;
    for (auto i = from; i < (model_.circular ? to : std::min(to, n)); ++i) {
        const auto p = ((i % n) + n) % n;
        const auto t = ending_at(letters, p);
        // Before the first base of a line any base may be thought.
        std::uint64_t alike = std::uint64_t{1} << t;
        if (!model_.circular && i == 1) alike = std::uint64_t{0x0001000100010001} << (t & 15U);
        if (!model_.circular && i == 0) alike = std::uint64_t{0x1111111111111111} << (t & 3U);
        if ((model_.allowed[static_cast<std::size_t>(p)] & alike) == 0) return false;
        const auto step = automaton_.step(state, contexts_[static_cast<std::size_t>(left_ + p)], t & 3);
        if (step.to == Automaton::dead) return false;
        state = step.to;
        if (i >= 0) counter = count(counter, step.hits);
    }
    if (around && !meets_requirements(counter)) return false;
    return model_.circular || to < n || passes_right_flank(state);
}

}  // namespace leaven::dna
