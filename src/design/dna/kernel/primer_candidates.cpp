#include "primer_candidates.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/core/parallel.hpp>
#include <leaven/dna/digest.hpp>
#include <leaven/seq/sequence.hpp>

namespace leaven::dna {
namespace {

using seq::Interval;
using seq::Strand;

constexpr std::int64_t longest_other_product = 4000;
constexpr std::int64_t likeness_around = 100;  // bases on each side that tell the template in the background
constexpr std::size_t most_places = 2000;      // that are kept of one candidate
constexpr double usual_length = 20;

std::size_t longest_run(std::string_view letters) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        run = i > 0 && letters[i] == letters[i - 1] ? run + 1 : 1;
        longest = std::max(longest, run);
    }
    return longest;
}

double plain_penalty(const Candidate& one, const PrimerOptions& options) {
    double sum = std::abs(one.tm_c - options.tm_c);
    sum += 0.1 * std::abs(static_cast<double>(one.annealing.size()) - usual_length);
    if (one.annealing.back() != 'G' && one.annealing.back() != 'C') sum += 0.5;
    const auto run = longest_run(one.annealing);
    return run > 4 ? sum + 0.5 * static_cast<double>(run - 4) : sum;
}

/// The reason for which it is left out; null where it is kept.
const char* fault_of(Candidate& one, const PrimerOptions& options, const OligoModel& model) {
    const auto melting = model.melting(one.annealing);
    if (!melting) return "ambiguous_base";
    one.tm_c = melting->tm_c;
    one.gc = seq::gc_share(one.annealing);
    if (one.gc < options.gc_min) return "gc_below_min";
    if (one.gc > options.gc_max) return "gc_above_max";
    if (one.tm_c < options.tm_min_c) return "tm_below_min";
    if (one.tm_c > options.tm_max_c) return "tm_above_max";
    one.penalty = plain_penalty(one, options);
    return nullptr;
}

}  // namespace

Result<std::vector<Candidate>> candidates_in(const seq::Record& record, const PrimerRoom& room,
                                             const PrimerOptions& options, const OligoModel& model, Rejected& rejected,
                                             const Context& context) {
    std::vector<Candidate> kept;
    const bool forward = room.strand == Strand::forward;
    std::int64_t seen = 0;
    for (auto five = room.five.start; five <= room.five.end; ++five) {
        if (context.stopped()) return cancelled();
        for (auto size = options.shortest; size <= options.longest; ++size) {
            const auto three = forward ? five + size : five - size;
            if (three < room.three.start || three > room.three.end) continue;
            ++seen;
            Candidate one{.at = {std::min(five, three), std::max(five, three)}, .strand = room.strand};
            one.annealing = letters_of(record, one.at);
            if (!forward) one.annealing = seq::reverse_complement(one.annealing);
            if (const auto* fault = fault_of(one, options, model); fault != nullptr)
                ++rejected[fault];
            else
                kept.push_back(std::move(one));
        }
    }
    if (seen == 0) ++rejected["no_room"];
    std::stable_sort(kept.begin(), kept.end(),
                     [](const Candidate& a, const Candidate& b) { return a.penalty < b.penalty; });
    return kept;
}

namespace {

/// Is the template around a candidate's word the same as the background around a site?
class Likeness {
public:
    Likeness(const seq::Record& record, const Candidate& one, std::int64_t word) {
        const bool forward = one.strand == Strand::forward;
        Interval at = forward ? Interval{one.at.end - word, one.at.end} : Interval{one.at.start, one.at.start + word};
        before_ = after_ = likeness_around;
        if (!record.circular()) {
            before_ = std::min(before_, at.start);
            after_ = std::min(after_, record.length - at.end);
        }
        letters_ = letters_of(record, {at.start - before_, at.end + after_});
        if (forward) return;
        letters_ = seq::reverse_complement(letters_);
        std::swap(before_, after_);
    }

    [[nodiscard]] bool with(const seq::Record& other, const PrimerSite& site) const {
        const bool forward = site.strand == Strand::forward;
        const Interval at{site.at.start - (forward ? before_ : after_), site.at.end + (forward ? after_ : before_)};
        if (!other.circular() && (at.start < 0 || at.end > other.length)) return false;
        if (at.length() > other.length) return false;
        const auto there = letters_of(other, at);
        return (forward ? there : seq::reverse_complement(there)) == letters_;
    }

private:
    std::int64_t before_ = 0;  // as the primer reads
    std::int64_t after_ = 0;
    std::string letters_{};
};

std::int64_t on_circle(std::int64_t position, std::int64_t length) { return (position % length + length) % length; }

bool is_own(const seq::Record& record, const Candidate& one, const PrimerSite& site) {
    if (site.strand != one.strand) return false;
    const bool forward = one.strand == Strand::forward;
    const auto apart = forward ? one.at.end - site.at.end : one.at.start - site.at.start;
    return record.circular() ? on_circle(apart, record.length) == 0 : apart == 0;
}

Status add_structures(Candidate& one, const Surroundings& around) {
    const auto tail = one.strand == Strand::forward ? around.left_tail : around.right_tail;
    const auto oligo = std::string(tail) + one.annealing;
    const auto hairpin = around.model.hairpin(oligo);
    if (!hairpin) return pass(hairpin);
    const auto dimer = around.model.dimer(oligo, oligo);
    if (!dimer) return pass(dimer);
    if (*hairpin) one.hairpin_dg_kcal = (*hairpin)->dg_kcal;
    if (*dimer) one.self_dimer_dg_kcal = (*dimer)->dg_kcal;
    one.penalty += std::max(0.0, -1 - one.hairpin_dg_kcal) + 0.5 * std::max(0.0, -5 - one.self_dimer_dg_kcal);
    return {};
}

}  // namespace

Status look_at(std::span<Candidate* const> candidates, const Surroundings& around, const Context& context) {
    const auto size = static_cast<std::size_t>(around.options.anneal_min);
    std::vector<std::string> words;
    for (const auto* one : candidates) words.push_back(one->annealing.substr(one->annealing.size() - size));
    const SiteFinder finder(words, around.options.mismatches);
    std::vector<Likeness> likeness;
    for (const auto* one : candidates)
        if (!around.background.empty()) likeness.emplace_back(around.record, *one, around.options.anneal_min);
    for (std::size_t molecule = 0; molecule <= around.background.size(); ++molecule) {
        const auto& record = molecule == 0 ? around.record : around.background[molecule - 1];
        const auto add = [&](const PrimerSite& site) {
            auto& one = *candidates[site.primer];
            const bool own = molecule == 0 ? is_own(record, one, site) : likeness[site.primer].with(record, site);
            one.off_targets += own ? 0 : 1;
            one.usable &= own || molecule > 0 || around.options.mode != PrimerMode::sequence;
            if (one.places.size() < most_places) one.places.push_back({molecule, site.at, site.strand, own});
        };
        if (auto status = finder.find(record, context, add); !status) return status;
    }
    const auto work = [&](Chunk chunk, int) -> Status {
        for (auto k = chunk.begin; k < chunk.end; ++k) {
            auto& one = *candidates[static_cast<std::size_t>(k)];
            one.penalty += static_cast<double>(std::min<std::int64_t>(one.off_targets, 10));
            if (auto status = add_structures(one, around); !status) return status;
        }
        return {};
    };
    return for_each_chunk(context, {}, static_cast<std::int64_t>(candidates.size()), 8, work);
}

bool amplify_elsewhere(const Candidate& left, const Candidate& right, const Surroundings& around) {
    for (const auto* first : {&left, &right})
        for (const auto& a : first->places) {
            if (a.strand != Strand::forward) continue;
            for (const auto* second : {&left, &right})
                for (const auto& b : second->places) {
                    if (b.molecule != a.molecule || b.strand != Strand::reverse) continue;
                    if (a.own && b.own && first != second) continue;
                    const auto& record = a.molecule == 0 ? around.record : around.background[a.molecule - 1];
                    const auto length = b.at.end - a.at.start;
                    const auto way = record.circular() ? on_circle(length, record.length) : length;
                    if (way >= a.at.length() && way <= longest_other_product) return true;
                }
        }
    return false;
}

}  // namespace leaven::dna
