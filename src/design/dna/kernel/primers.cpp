#include <algorithm>
#include <cmath>
#include <optional>
#include <tuple>

#include <leaven/dna/primers.hpp>
#include <leaven/seq/sequence.hpp>

#include "primer_candidates.hpp"

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

constexpr std::size_t last_look = 512;         // candidates of a side
constexpr std::int64_t long_search = 200'000;  // bases from which on few rounds with many candidates are quicker
constexpr double most_tm_difference_c = 5;
constexpr double base_penalty = 0.002;  // of the product
constexpr std::int64_t alike = 3;
constexpr std::int64_t longest_read = 600;  // bases of a target that one read of Sanger tells well
constexpr std::int64_t unread = 50;         // bases after a primer that are not told
constexpr std::int64_t reading_room = 150;
constexpr std::int64_t check_distance = 30;
constexpr std::int64_t longest_tail = 200;

/// A stretch of the target that one pair serves, with where its two primers may lie.
struct Stretched {
    std::int64_t number = 1;
    PrimerRoom left{};
    PrimerRoom right{};
    Interval product{};  // least and greatest length, without tails
};

Failure wrong(Doc message, const char* where, Doc hint) { return bad_input(message).at(where).advise(hint); }

Status check_limits(const PrimerOptions& options) {
    if (options.shortest < 1 || options.longest < options.shortest || options.longest > 60)
        return wrong({"primer lengths must rise from 1 to 60", "引物长度须在 1 至 60 之间且由小到大"}, "length",
                     {"give the shortest and the longest, such as 18,30", "请给出最短与最长值，如 18,30"});
    if (options.anneal_min < static_cast<std::int64_t>(SiteFinder::locked) || options.anneal_min > options.shortest ||
        options.mismatches < 0 || options.mismatches >= options.anneal_min)
        return wrong({"anneal_min must lie between 3 and the shortest primer, and above mismatches",
                      "anneal_min 须在 3 与最短引物长度之间，且大于 mismatches"},
                     "anneal_min", {"lower anneal_min or lengthen the primers", "请降低 anneal_min 或加长引物"});
    if (!(options.tm_min_c <= options.tm_c && options.tm_c <= options.tm_max_c))
        return wrong({"tm must lie between tm_min and tm_max", "tm 须在 tm_min 与 tm_max 之间"}, "tm",
                     {"such as tm 60 with 57 and 63", "例如 tm 60、tm_min 57、tm_max 63"});
    if (!(options.gc_min <= options.gc_max))
        return wrong({"gc_min is above gc_max", "gc_min 大于 gc_max"}, "gc_min", {"exchange the two", "请交换二者"});
    if (options.product_max > 0 && options.product_min > options.product_max)
        return wrong({"product_min is above product_max", "product_min 大于 product_max"}, "product_min",
                     {"exchange the two", "请交换二者"});
    for (const auto* tail : {&options.tail_forward, &options.tail_reverse})
        if (static_cast<std::int64_t>(tail->size()) > longest_tail ||
            tail->find_first_not_of("ACGT") != std::string::npos)
            return wrong(
                {"a tail must be at most 200 bases A, C, G, T", "尾部须为不超过 200 个 A、C、G、T 碱基"},
                tail == &options.tail_forward ? "tail_forward" : "tail_reverse",
                {"write the bases that precede the annealing part, 5' to 3'", "请按 5' 到 3' 写出退火区之前的碱基"});
    return {};
}

Status check_target(const seq::Record& record, Interval at) {
    const auto n = record.length;
    const bool lies = at.start >= 0 && at.start < n && !at.empty() && at.length() <= n;
    if (lies && (record.circular() || at.end <= n)) return {};
    return bad_input({"the target {}..{} does not lie on a molecule of {} bases", "目标 {}..{} 不在长度为 {} 的分子上"},
                     at.start + 1, at.end, n)
        .at("target")
        .advise({"give a place on the molecule; over the origin only where it is circular",
                 "请给出分子上的位置；仅环形分子可跨越原点"});
}

class Designer {
public:
    Designer(const seq::Record& record, const PrimerTarget& target, const PrimerOptions& options,
             std::span<const seq::Record> background, const OligoModel& model, const Context& context)
        : record_(record), target_(target), options_(options), context_(context), around_{record,     background,
                                                                                          options,    model,
                                                                                          tail(true), tail(false)} {
        std::int64_t bases = record.length;
        for (const auto& other : background) bases += other.length;
        if (bases > long_search) first_look_ = last_look / 4, growth_ = 4;
    }

    Result<PrimerDesign> design() {
        for (const auto& part : parts())
            if (auto status = serve(part); !status) return pass(status);
        return std::move(design_);
    }

private:
    [[nodiscard]] std::string_view tail(bool left) const {
        return left == (target_.strand == Strand::forward) ? options_.tail_forward : options_.tail_reverse;
    }
    [[nodiscard]] std::int64_t tails() const {
        return static_cast<std::int64_t>(options_.tail_forward.size() + options_.tail_reverse.size());
    }
    /// The bases that primers for `at` can lie on: of a circle one turn.
    [[nodiscard]] Interval reach(Interval at) const {
        if (!record_.circular()) return {0, record_.length};
        return {at.end - record_.length, at.start + record_.length};
    }

    [[nodiscard]] std::vector<Stretched> parts() const {
        if (options_.mode != PrimerMode::sequence) return {around(target_.at)};
        std::vector<Stretched> list;
        const auto count = (target_.at.length() + longest_read - 1) / longest_read;
        for (std::int64_t i = 0; i < count; ++i) {
            const Interval at{target_.at.start + target_.at.length() * i / count,
                              target_.at.start + target_.at.length() * (i + 1) / count};
            const auto place = target_.strand == Strand::forward ? i + 1 : count - i;
            list.push_back(reading(at, place));
        }
        if (target_.strand == Strand::reverse) std::reverse(list.begin(), list.end());
        return list;
    }

    [[nodiscard]] Stretched around(Interval at) const {
        const bool check = options_.mode == PrimerMode::check;
        const auto away = check ? check_distance : 0;
        const auto more = check ? 1000 : 500;
        const auto longest = options_.product_max > 0 ? options_.product_max - tails()
                             : options_.exact         ? at.length()
                                                      : at.length() + more;
        const auto room = reach(at);
        const Interval within{std::max(room.start, at.end - longest), std::min(room.end, at.start + longest)};
        Stretched part{
            1,
            {Strand::forward, {within.start, at.start - away}, {room.start, check ? at.start - away : room.end}},
            {Strand::reverse, {at.end + away, within.end}, {check ? at.end + away : room.start, room.end}},
            {options_.product_min - tails(), longest}};
        if (options_.exact) {
            part.left.five = {at.start, at.start};
            part.right.five = {at.end, at.end};
        }
        return part;
    }

    [[nodiscard]] Stretched reading(Interval at, std::int64_t number) const {
        const auto room = reach(at);
        const Interval before{at.start - unread - reading_room, at.start - unread};
        const Interval after{at.end + unread, at.end + unread + reading_room};
        return {number,
                {Strand::forward, {std::max(room.start, before.start - options_.longest), before.end}, before},
                {Strand::reverse, {after.start, std::min(room.end, after.end + options_.longest)}, after},
                {0, std::numeric_limits<std::int64_t>::max()}};
    }

    Status serve(const Stretched& part) {
        const auto& model = around_.model;
        if (options_.mode != PrimerMode::sequence && part.product.end < target_.at.length())
            ++design_.rejected["target_longer_than_product_max"];
        auto left = candidates_in(record_, part.left, options_, model, design_.rejected, context_);
        if (!left) return pass(left);
        auto right = candidates_in(record_, part.right, options_, model, design_.rejected, context_);
        if (!right) return pass(right);
        left_ = *std::move(left);
        right_ = *std::move(right);
        std::size_t seen = 0;
        for (auto look = first_look_;; look *= growth_) {
            std::vector<Candidate*> batch;
            for (auto* side : {&left_, &right_})
                for (auto i = seen; i < std::min(look, side->size()); ++i) batch.push_back(&(*side)[i]);
            if (auto status = look_at(batch, around_, context_); !status) return status;
            seen = look;
            Rejected rejected;
            auto chosen = best_pairs(part, look, rejected);
            if (!chosen) return pass(chosen);
            const bool all = look >= left_.size() && look >= right_.size();
            const bool enough = static_cast<std::int64_t>(chosen->size()) >= options_.pairs &&
                                (chosen->empty() || chosen->back().penalty <= bound_beyond(part, look));
            if (!all && !enough && look < last_look) continue;
            if (!all && !enough) ++rejected["more_than_512_candidates"];
            for (const auto& [reason, count] : rejected) design_.rejected[reason] += count;
            for (auto& pair : *chosen) design_.pairs.push_back(std::move(pair));
            return {};
        }
    }

    /// No pair with a candidate that has not been looked at has a lesser penalty. Unseen ones are sorted by theirs.
    [[nodiscard]] double bound_beyond(const Stretched& part, std::size_t look) const {
        const auto product = part.right.five.start - part.left.five.end;
        const auto least = [&](const std::vector<Candidate>& side) {
            double best = INFINITY;
            for (std::size_t i = 0; i < std::min(look + 1, side.size()); ++i) best = std::min(best, side[i].penalty);
            return best;
        };
        double bound = INFINITY;
        if (look < left_.size()) bound = left_[look].penalty + least(right_);
        if (look < right_.size()) bound = std::min(bound, right_[look].penalty + least(left_));
        return bound + base_penalty * static_cast<double>(std::max(product, part.product.start));
    }

    /// A pair by its candidates, with its penalty but for the dimer.
    struct Sketch {
        double penalty = 0;
        std::size_t left = 0;
        std::size_t right = 0;
    };

    [[nodiscard]] const char* fault_of(const Stretched& part, const Candidate& left, const Candidate& right) const {
        if (left.at.end > right.at.start) return "primers_overlap";
        const auto length = right.at.end - left.at.start;
        if (record_.circular() && length > record_.length) return "longer_than_the_circle";
        if (length < part.product.start) return "product_below_min";
        if (length > part.product.end) return "product_above_max";
        return std::abs(left.tm_c - right.tm_c) > most_tm_difference_c ? "tm_differs" : nullptr;
    }

    std::vector<Sketch> sketches(const Stretched& part, std::size_t look, Rejected& rejected) const {
        std::vector<Sketch> list;
        for (const auto* side : {&left_, &right_})
            for (std::size_t i = 0; i < std::min(look, side->size()); ++i)
                if (!(*side)[i].usable) ++rejected["primes_elsewhere"];
        for (std::size_t i = 0; i < std::min(look, left_.size()); ++i)
            for (std::size_t j = 0; j < std::min(look, right_.size()); ++j) {
                if (!left_[i].usable || !right_[j].usable) continue;
                if (const auto* fault = fault_of(part, left_[i], right_[j]); fault != nullptr) {
                    ++rejected[fault];
                    continue;
                }
                const auto length = static_cast<double>(right_[j].at.end - left_[i].at.start);
                list.push_back({left_[i].penalty + right_[j].penalty + std::abs(left_[i].tm_c - right_[j].tm_c) +
                                    base_penalty * length,
                                i, j});
            }
        std::sort(list.begin(), list.end(), [](const Sketch& a, const Sketch& b) {
            return std::tie(a.penalty, a.left, a.right) < std::tie(b.penalty, b.left, b.right);
        });
        return list;
    }

    /// Sketches in order: a pair is certain once no later sketch can have a lesser penalty.
    Result<std::vector<PrimerPair>> best_pairs(const Stretched& part, std::size_t look, Rejected& rejected) {
        std::vector<PrimerPair> chosen;
        std::vector<PrimerPair> waiting;  // a heap, least penalty first
        const auto later = [](const PrimerPair& a, const PrimerPair& b) { return a.penalty > b.penalty; };
        const auto full = [&] { return static_cast<std::int64_t>(chosen.size()) >= options_.pairs; };
        const auto release = [&](double below) {
            while (!waiting.empty() && waiting.front().penalty <= below && !full()) {
                std::pop_heap(waiting.begin(), waiting.end(), later);
                if (like_one_of(chosen, waiting.back()))
                    ++rejected["like_a_better_pair"];
                else
                    chosen.push_back(std::move(waiting.back()));
                waiting.pop_back();
            }
        };
        for (const auto& sketch : sketches(part, look, rejected)) {
            if (context_.stopped()) return cancelled();
            release(sketch.penalty);
            if (full()) break;
            const auto& left = left_[sketch.left];
            const auto& right = right_[sketch.right];
            if (amplify_elsewhere(left, right, around_)) {
                ++rejected["amplifies_elsewhere"];
                continue;
            }
            auto pair = pair_of(part, left, right, sketch.penalty);
            if (like_one_of(chosen, pair)) {
                ++rejected["like_a_better_pair"];
                continue;
            }
            if (auto status = add_dimer(pair); !status) return pass(status);
            waiting.push_back(std::move(pair));
            std::push_heap(waiting.begin(), waiting.end(), later);
        }
        release(INFINITY);
        return chosen;
    }

    [[nodiscard]] static std::int64_t three_prime(const DesignedPrimer& primer) {
        return primer.strand == Strand::forward ? primer.at.end : primer.at.start;
    }
    [[nodiscard]] bool like_one_of(const std::vector<PrimerPair>& chosen, const PrimerPair& pair) const {
        if (options_.exact) return false;
        const auto near = [&](const DesignedPrimer& a, const DesignedPrimer& b) {
            const auto apart = std::abs(three_prime(a) - three_prime(b));
            return std::min(apart, record_.circular() ? record_.length - apart : apart) <= alike;
        };
        return std::any_of(chosen.begin(), chosen.end(), [&](const PrimerPair& other) {
            return near(pair.forward, other.forward) && near(pair.reverse, other.reverse);
        });
    }

    [[nodiscard]] DesignedPrimer primer_of(const Candidate& one, std::string_view tail) const {
        auto at = one.at;
        const auto turn = (at.start % record_.length + record_.length) % record_.length - at.start;
        at = {at.start + turn, at.end + turn};
        return {std::string(tail) + one.annealing,
                one.annealing,
                at,
                one.strand,
                one.tm_c,
                one.gc,
                one.hairpin_dg_kcal,
                one.self_dimer_dg_kcal,
                one.off_targets};
    }

    [[nodiscard]] PrimerPair pair_of(const Stretched& part, const Candidate& left, const Candidate& right,
                                     double penalty) const {
        PrimerPair pair{primer_of(left, around_.left_tail), primer_of(right, around_.right_tail)};
        pair.part = part.number;
        pair.product_start = pair.forward.at.start;
        pair.product_length = right.at.end - left.at.start + tails();
        pair.tm_difference_c = std::abs(left.tm_c - right.tm_c);
        pair.penalty = penalty;
        if (target_.strand == Strand::reverse) std::swap(pair.forward, pair.reverse);
        return pair;
    }

    [[nodiscard]] Status add_dimer(PrimerPair& pair) const {
        const auto dimer = around_.model.dimer(pair.forward.letters, pair.reverse.letters);
        if (!dimer) return pass(dimer);
        if (*dimer) pair.dimer_dg_kcal = (*dimer)->dg_kcal;
        pair.penalty += 0.5 * std::max(0.0, -5 - pair.dimer_dg_kcal);
        return {};
    }

    const seq::Record& record_;
    PrimerTarget target_;
    const PrimerOptions& options_;
    const Context& context_;
    Surroundings around_;
    std::size_t first_look_ = 32;
    std::size_t growth_ = 2;
    std::vector<Candidate> left_{};
    std::vector<Candidate> right_{};
    PrimerDesign design_{};
};

}  // namespace

Result<PrimerDesign> design_primers(const seq::Record& record, const PrimerTarget& target, const PrimerOptions& options,
                                    std::span<const seq::Record> background, const Context& context) {
    if (auto status = check_limits(options); !status) return pass(status);
    if (auto status = check_target(record, target.at); !status) return pass(status);
    const auto model = OligoModel::at(options.conditions);
    if (!model) return pass(model);
    return Designer(record, target, options, background, *model, context).design();
}

}  // namespace leaven::dna
