#include <algorithm>
#include <map>

#include <leaven/dna/bases.hpp>
#include <leaven/dna/digest.hpp>
#include <leaven/seq/sequence.hpp>

#include "error_rates.hpp"
#include "pileup.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t around = 10;  // bases by which errors move a long insertion
constexpr std::int64_t judged_strand = 10;

class Caller {
public:
    Caller(const seq::Record& design, const Pileup& pileup, const CallOptions& options)
        : design_(design), pileup_(pileup), options_(options), rates_(design, pileup), n_(design.length) {}

    std::vector<Variant> call() {
        call_substitutions();
        call_deletions();
        call_short_insertions();
        call_long_insertions();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Variant& a, const Variant& b) { return a.position < b.position; });
        return std::move(found_);
    }

private:
    [[nodiscard]] std::int64_t turned(std::int64_t position) const { return (position % n_ + n_) % n_; }
    [[nodiscard]] const BaseCounts& at(std::int64_t position) const {
        return pileup_.bases[static_cast<std::size_t>(turned(position))];
    }
    [[nodiscard]] char letter(std::int64_t position) const {
        return design_.sequence.letters[static_cast<std::size_t>(turned(position))];
    }
    [[nodiscard]] bool deep(std::int64_t depth) const {
        return depth >= (options_.finished ? 1 : std::max<std::int64_t>(1, options_.min_depth));
    }

    [[nodiscard]] bool stands(std::int64_t count, std::int64_t depth, double rate) const {
        if (!deep(depth) || static_cast<double>(count) < options_.mixed * static_cast<double>(depth) || count == 0)
            return false;
        return options_.finished || chance_of(count, depth, rate) * static_cast<double>(n_) <= 0.01;
    }

    /// Errors of the machine often come on one strand alone.
    [[nodiscard]] bool on_both_strands(std::array<std::int64_t, 2> counts, const BaseCounts& bases) const {
        for (const std::size_t strand : {0U, 1U})
            if (bases.strand_depth(0) >= judged_strand && bases.strand_depth(1) >= judged_strand &&
                static_cast<double>(counts[strand]) < options_.mixed / 4 * bases.strand_depth(strand))
                return false;
        return true;
    }
    [[nodiscard]] bool called(const BaseCounts& bases, std::size_t what, double rate) const {
        return stands(bases.count(what), bases.depth(), rate) &&
               on_both_strands({bases.of[0][what], bases.of[1][what]}, bases);
    }

    void call_substitutions() {
        for (std::int64_t p = 0; p < n_; ++p) {
            const auto& bases = at(p);
            const auto meant = seq::bases_of(letter(p));  // of N all
            const auto first = found_.size();
            std::int64_t kept = 0;
            for (int base = 0; base < 4; ++base) {
                const auto what = static_cast<std::size_t>(base);
                if ((meant & (1U << what)) != 0) {
                    kept += bases.count(what);
                    continue;
                }
                if (!called(bases, what, rates_.substitution())) continue;
                const auto share = static_cast<double>(bases.count(what)) / bases.depth();
                found_.push_back({.position = p,
                                  .ref = std::string(1, letter(p)),
                                  .alt = std::string(1, base_letter(base)),
                                  .fraction = share,
                                  .depth = bases.depth()});
            }
            const bool others =
                found_.size() > first + 1 || static_cast<double>(kept) >= options_.mixed * bases.depth();
            for (auto i = first; i < found_.size(); ++i) found_[i].fixed = !others;
        }
    }

    [[nodiscard]] bool deleted(std::int64_t position) const {
        return called(at(position), BaseCounts::deleted, rates_.deletion(run_at(design_, position)));
    }

    void call_deletions() {
        std::vector<bool> gone(static_cast<std::size_t>(n_));
        for (std::int64_t p = 0; p < n_; ++p) gone[static_cast<std::size_t>(p)] = deleted(p);
        const auto is_gone = [&](std::int64_t p) {
            return static_cast<bool>(gone[static_cast<std::size_t>(turned(p))]);
        };
        for (std::int64_t p = 0; p < n_; ++p) {
            const bool begins = is_gone(p) && ((p == 0 && !design_.circular()) || !is_gone(p - 1));
            if (!begins) continue;
            auto end = p + 1;
            const auto last = design_.circular() ? p + n_ : n_;
            while (end < last && is_gone(end)) ++end;
            add_deletion(p, end);
        }
    }

    [[nodiscard]] double share_deleted(std::int64_t position) const {
        return static_cast<double>(at(position).count(BaseCounts::deleted)) / at(position).depth();
    }

    void add_deletion(std::int64_t start, std::int64_t end) {
        std::vector<double> shares;
        for (auto p = start; p < end; ++p) shares.push_back(share_deleted(p));
        const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
        std::nth_element(shares.begin(), middle, shares.end());
        const auto share = *middle;
        // Errors beside a long one move its ends in some reads.
        while (share_deleted(start) * 2 < share) ++start;
        while (share_deleted(end - 1) * 2 < share) --end;
        const auto depth = at(start).depth();
        while ((design_.circular() ? end - start < n_ : start > 0) && letter(start - 1) == letter(end - 1) &&
               start > -n_)
            --start, --end;
        found_.push_back({.position = turned(start),
                          .ref = letters_of(design_, {start, end}),
                          .fraction = share,
                          .depth = depth,
                          .fixed = 1 - share < options_.mixed});
    }

    /// Reads that go over the joint before a base.
    [[nodiscard]] std::int64_t depth_before(std::int64_t position) const {
        if (!design_.circular() && (position <= 0 || position >= n_)) return at(position <= 0 ? 0 : n_ - 1).depth();
        return pileup_.joints[static_cast<std::size_t>(turned(position))];
    }

    void add_insertion(std::int64_t position, std::string letters, std::int64_t count) {
        const auto depth = std::max(depth_before(position), count);
        const auto share = static_cast<double>(count) / static_cast<double>(depth);
        std::int64_t moved = 0;
        while (moved < n_ && (design_.circular() || position > 0) && letters.back() == letter(position - 1)) {
            std::rotate(letters.begin(), letters.end() - 1, letters.end());
            --position, ++moved;
        }
        found_.push_back({.position = turned(position),
                          .alt = std::move(letters),
                          .fraction = share,
                          .depth = depth,
                          .fixed = 1 - share < options_.mixed});
    }

    void call_short_insertions() {
        std::map<std::pair<std::int64_t, std::string>, std::array<std::int64_t, 2>> counts;
        for (const auto& one : pileup_.insertions)
            if (one.letters.size() < 3) ++counts[{one.position, one.letters}][one.strand];
        for (const auto& [key, count] : counts) {
            const auto& [position, letters] = key;
            const auto rate = rates_.insertion(run_at(design_, position));
            const auto sum = count[0] + count[1];
            if (stands(sum, depth_before(position), rate) && on_both_strands(count, at(position)))
                add_insertion(position, letters, sum);
        }
    }

    /// Long insertions are told with errors, and at joints nearby: those of one window are one.
    void call_long_insertions() {
        std::map<std::int64_t, std::vector<const Insertion*>> left;
        for (const auto& one : pileup_.insertions)
            if (one.letters.size() >= 3) left[one.position].push_back(&one);
        std::vector<std::pair<std::size_t, std::int64_t>> order;
        for (const auto& [position, list] : left) order.emplace_back(window(left, position).size(), position);
        std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [size, position] : order) {
            const auto events = window(left, position);
            const auto rate = (2 * around + 1) * rates_.long_insertion();
            if (events.empty() || !stands(static_cast<std::int64_t>(events.size()), depth_before(position), rate))
                continue;
            for (const auto* one : events) left.erase(one->position);
            add_long(events);
        }
    }

    [[nodiscard]] std::vector<const Insertion*> window(
        const std::map<std::int64_t, std::vector<const Insertion*>>& events, std::int64_t position) const {
        std::vector<const Insertion*> list;
        for (auto p = position - around; p <= position + around; ++p) {
            if (!design_.circular() && (p < 0 || p > n_)) continue;
            const auto found = events.find(design_.circular() ? turned(p) : p);
            if (found != events.end()) list.insert(list.end(), found->second.begin(), found->second.end());
        }
        return list;
    }

    void add_long(std::vector<const Insertion*> events) {
        std::sort(events.begin(), events.end(),
                  [](const Insertion* a, const Insertion* b) { return a->letters.size() < b->letters.size(); });
        const auto median = static_cast<double>(events[events.size() / 2]->letters.size());
        std::erase_if(events, [&](const Insertion* one) {
            const auto size = static_cast<double>(one->letters.size());
            return size < 0.6 * median || size > 1.6 * median;
        });
        std::map<std::int64_t, std::vector<std::string>> joints;
        for (const auto* one : events) joints[one->position].push_back(one->letters);
        const auto usual = std::max_element(joints.begin(), joints.end(), [](const auto& a, const auto& b) {
            return a.second.size() < b.second.size();
        });
        const auto count = static_cast<std::int64_t>(events.size());
        if (static_cast<double>(count) < options_.mixed * static_cast<double>(depth_before(usual->first))) return;
        PairAligner aligner;
        add_insertion(usual->first, consensus_of(usual->second, aligner), count);
    }

    const seq::Record& design_;
    const Pileup& pileup_;
    const CallOptions& options_;
    ErrorRates rates_;
    std::int64_t n_;
    std::vector<Variant> found_{};
};

}  // namespace

std::vector<Variant> call_variants(const seq::Record& design, const Pileup& pileup, const CallOptions& options) {
    return Caller(design, pileup, options).call();
}

}  // namespace leaven::dna
