// Paths near the bound, walked with exact counts of GC.
//
// Two paths to one node are one where every window still open would count the same: then the worse is dropped.
#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

#include "relaxation.hpp"

namespace leaven::dna {
namespace {

constexpr std::size_t most_groups = 4;
constexpr std::int64_t memory = 256;  // bases that a label remembers
constexpr std::size_t most_labels = 6'000'000;
constexpr double never = -std::numeric_limits<double>::infinity();

using Bits = std::array<std::uint64_t, memory / 64>;

void push(Bits& bits, std::uint64_t bit) {
    for (auto& word : bits) {
        const auto out = word >> 63U;
        word = word << 1U | bit;
        bit = out;
    }
}

/// Bits `from` … `to` - 1, counted from the newest.
Bits range(std::int64_t from, std::int64_t to) {
    Bits out{};
    for (auto i = std::max<std::int64_t>(from, 0); i < std::min(to, memory); ++i)
        out[static_cast<std::size_t>(i / 64)] |= std::uint64_t{1} << static_cast<unsigned>(i % 64);
    return out;
}

std::int32_t count_in(const Bits& bits, const Bits& mask) {
    std::int32_t count = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) count += std::popcount(bits[i] & mask[i]);
    return count;
}

struct Key {
    std::int32_t node = 0;
    std::array<std::int32_t, most_groups> counts{};
    Bits bits{};
    bool operator==(const Key&) const = default;
};

struct KeyHash {
    std::size_t operator()(const Key& key) const {
        auto hash = static_cast<std::uint64_t>(key.node) * 0x9E3779B97F4A7C15U;
        for (const auto count : key.counts) hash = (hash ^ static_cast<std::uint64_t>(count)) * 0xC2B2AE3D27D4EB4FU;
        for (const auto word : key.bits) hash = (hash ^ word ^ hash >> 31U) * 0x165667B19E3779F9U;
        return hash ^ hash >> 29U;
    }
};

struct Label {
    std::int32_t node = 0;
    std::int32_t trace = -1;  // in the arena
    double worth = 0;
    double priced = 0;
    std::array<std::int32_t, most_groups> counts{};
    Bits bits{};
};

/// What a group of windows asks for at one layer.
struct Duty {
    std::int64_t oldest = -1;  // layer where the oldest open critical window starts; -1: none is open
    std::int64_t newest = -1;
    std::int64_t least_left = 0;  // G and C that are still to come within the oldest, at least and at most
    std::int64_t most_left = 0;
    Bits leaving{};       // bits that the count loses on the way from the layer before
    bool begins = false;  // the count starts at this layer
    bool counts = false;  // this layer is counted
};

class Walker {
public:
    Walker(const Lattice& lattice, const Prices& worth, const Prices& priced, double constant, const GcWindows& windows,
           double floor)
        : lattice_(lattice),
          worth_(worth),
          priced_(priced),
          windows_(windows),
          floor_(floor - constant - 1e-9 * std::max(1.0, std::abs(floor == never ? 1.0 : floor))),
          potentials_(potentials(lattice, priced)) {}

    Walk run(std::size_t widest, const Clock& clock) {
        Walk out;
        if (windows_.groups().size() > most_groups) return out;
        for (const auto& group : windows_.groups())
            if (group.window > memory) return out;
        see_free_layers();
        for (const auto& group : windows_.groups()) plan(group);
        std::vector<Label> labels{Label{}};
        if (potentials_.after[0] < floor_) labels.clear();
        bool complete = true;
        const auto n = lattice_.layers();
        for (std::int64_t layer = 0; layer < n; ++layer) {
            if (clock.out() || arena_.size() > most_labels) return out;
            labels = advance(labels, layer);
            if (labels.size() > widest) {
                complete = false;
                thin(labels, widest);
            }
        }
        return finish(labels, complete);
    }

private:
    struct Trace {
        std::int32_t parent;
        std::uint8_t base;
    };

    [[nodiscard]] bool near_enough(const Lattice::Arc& arc, std::int64_t layer, double before) const {
        return before + priced_.of(lattice_.position(layer), arc.ending) +
                   potentials_.after[static_cast<std::size_t>(arc.to)] >=
               floor_;
    }

    /// Which layers may have a G or C, and which another base, on paths near enough to the bound.
    void see_free_layers() {
        const auto n = static_cast<std::size_t>(lattice_.layers());
        least_.assign(n + 1, 0);
        most_.assign(n + 1, 0);
        free_.assign(n, false);
        for (std::size_t layer = 0; layer < n; ++layer) {
            bool weak = false;
            bool strong = false;
            const auto l = static_cast<std::int64_t>(layer);
            for (auto node = lattice_.first_node(l); node < lattice_.first_node(l + 1); ++node)
                for (const auto& arc : lattice_.arcs(node)) {
                    if (!near_enough(arc, l, potentials_.before[static_cast<std::size_t>(node)])) continue;
                    const bool gc = (arc.ending & 3) == 1 || (arc.ending & 3) == 2;
                    (gc ? strong : weak) = true;
                }
            free_[layer] = weak && strong;
            least_[layer + 1] = least_[layer] + (strong && !weak ? 1 : 0);
            most_[layer + 1] = most_[layer] + (strong ? 1 : 0);
        }
    }

    void plan(const GcLimits& group) {
        const auto n = lattice_.layers();
        plans_.emplace_back(static_cast<std::size_t>(n));
        auto& duties = plans_.back();
        if (group.window == 0) {
            std::int64_t least_left = 0;
            std::int64_t most_left = 0;
            for (const auto& piece : group.pieces)
                for (auto p = piece.start; p < piece.end; ++p)
                    duties[static_cast<std::size_t>(lattice_.layer_of(p))].counts = true;
            for (auto layer = static_cast<std::size_t>(n); layer-- > 0;) {
                auto& duty = duties[layer];
                duty.oldest = 0;
                duty.newest = 0;
                duty.least_left = least_left;
                duty.most_left = most_left;
                if (!duty.counts) continue;
                least_left += least_[layer + 1] - least_[layer];
                most_left += most_[layer + 1] - most_[layer];
            }
            return;
        }
        std::vector<std::int64_t> starts;
        for (const auto& piece : group.pieces)
            for (auto p = piece.start; p < (group.around ? piece.end : piece.end - group.window + 1); ++p) {
                const auto start = lattice_.layer_of(p);
                if (start + group.window > n) {
                    over_cut_ = true;  // judged at the end
                    continue;
                }
                const auto s = static_cast<std::size_t>(start);
                const auto e = static_cast<std::size_t>(start + group.window);
                if (most_[e] - most_[s] > group.most || least_[e] - least_[s] < group.least) starts.push_back(start);
            }
        std::sort(starts.begin(), starts.end());
        plan_windows(starts, group.window, duties);
    }

    void plan_windows(const std::vector<std::int64_t>& starts, std::int64_t window, std::vector<Duty>& duties) {
        std::size_t oldest = 0;
        std::size_t newest = 0;  // one past
        for (std::int64_t layer = 0; layer < lattice_.layers(); ++layer) {
            while (oldest < starts.size() && starts[oldest] + window <= layer) ++oldest;
            newest = std::max(newest, oldest);
            while (newest < starts.size() && starts[newest] <= layer) ++newest;
            if (oldest >= newest) continue;
            auto& duty = duties[static_cast<std::size_t>(layer)];
            duty.oldest = starts[oldest];
            duty.newest = starts[newest - 1];
            duty.counts = true;
            const auto next = static_cast<std::size_t>(layer + 1);
            const auto end = static_cast<std::size_t>(duty.oldest + window);
            duty.least_left = least_[end] - least_[next];
            duty.most_left = most_[end] - most_[next];
            const auto before = layer == 0 ? std::int64_t{-1} : duties[static_cast<std::size_t>(layer - 1)].oldest;
            duty.begins = before < 0 || duty.oldest == layer;
            if (!duty.begins && duty.oldest != before) duty.leaving = range(layer - duty.oldest, layer - before);
        }
    }

    /// The bits that tell labels of a layer apart.
    [[nodiscard]] Bits mask_at(std::int64_t layer) const {
        Bits mask{};
        for (std::size_t g = 0; g < plans_.size(); ++g) {
            if (windows_.groups()[g].window == 0) continue;
            const auto& duty = plans_[g][static_cast<std::size_t>(layer)];
            if (duty.oldest < 0) continue;
            for (auto l = duty.oldest; l < duty.newest; ++l)
                if (free_[static_cast<std::size_t>(l)]) {
                    const auto i = layer - l;
                    mask[static_cast<std::size_t>(i / 64)] |= std::uint64_t{1} << static_cast<unsigned>(i % 64);
                }
        }
        return mask;
    }

    /// Counts the new base; false where a window can no longer hold.
    bool count(Label& label, std::int64_t layer, bool gc) const {
        for (std::size_t g = 0; g < plans_.size(); ++g) {
            const auto& group = windows_.groups()[g];
            const auto& duty = plans_[g][static_cast<std::size_t>(layer)];
            auto& counted = label.counts[g];
            if (group.window > 0) {
                if (duty.oldest < 0) {
                    counted = 0;
                    continue;
                }
                counted = duty.begins ? 0 : counted - count_in(label.bits, duty.leaving);
            }
            if (duty.counts && gc) ++counted;
            if (counted + duty.most_left < group.least || counted + duty.least_left > group.most) return false;
        }
        return true;
    }

    std::vector<Label> advance(const std::vector<Label>& labels, std::int64_t layer) {
        std::vector<Label> next;
        std::unordered_map<Key, std::size_t, KeyHash> places;
        const auto mask = mask_at(layer);
        const auto position = lattice_.position(layer);
        for (const auto& label : labels)
            for (const auto& arc : lattice_.arcs(label.node)) {
                if (!near_enough(arc, layer, label.priced)) continue;
                const bool gc = (arc.ending & 3) == 1 || (arc.ending & 3) == 2;
                auto made = label;
                if (!count(made, layer, gc)) continue;
                made.node = arc.to;
                push(made.bits, gc ? 1 : 0);
                made.worth += worth_.of(position, arc.ending);
                made.priced += priced_.of(position, arc.ending);
                Key key{.node = arc.to, .counts = made.counts, .bits = made.bits};
                for (std::size_t i = 0; i < key.bits.size(); ++i) key.bits[i] &= mask[i];
                const auto [place, first] = places.try_emplace(key, next.size());
                if (!first && next[place->second].worth >= made.worth) continue;
                made.trace = static_cast<std::int32_t>(arena_.size());
                arena_.push_back({label.trace, static_cast<std::uint8_t>(arc.ending & 3)});
                if (first)
                    next.push_back(made);
                else
                    next[place->second] = made;
            }
        return next;
    }

    void thin(std::vector<Label>& labels, std::size_t widest) const {
        const auto promise = [&](const Label& label) {
            return label.priced + potentials_.after[static_cast<std::size_t>(label.node)];
        };
        std::stable_sort(labels.begin(), labels.end(),
                         [&](const Label& a, const Label& b) { return promise(a) > promise(b); });
        labels.resize(widest);
    }

    Walk finish(std::vector<Label>& labels, bool complete) {
        Walk out{.complete = complete};
        std::stable_sort(labels.begin(), labels.end(),
                         [](const Label& a, const Label& b) { return a.worth > b.worth; });
        for (const auto& label : labels) {
            Path path{label.worth, std::string(static_cast<std::size_t>(lattice_.layers()), 'A')};
            auto trace = label.trace;
            for (auto layer = lattice_.layers(); layer-- > 0;) {
                const auto& step = arena_[static_cast<std::size_t>(trace)];
                path.letters[static_cast<std::size_t>(lattice_.position(layer))] = base_letter(step.base);
                trace = step.parent;
            }
            if (!over_cut_ || windows_.hold(path.letters)) {
                out.best = std::move(path);
                return out;
            }
            out.complete = false;  // a path that was merged into this one might have held
        }
        return out;
    }

    const Lattice& lattice_;
    const Prices& worth_;
    const Prices& priced_;
    GcWindows windows_;
    double floor_;
    Potentials potentials_;
    std::vector<std::int64_t> least_;
    std::vector<std::int64_t> most_;
    std::vector<bool> free_;
    std::vector<std::vector<Duty>> plans_;
    std::vector<Trace> arena_;
    bool over_cut_ = false;
};

}  // namespace

Walk walk(const Lattice& lattice, const Prices& worth, const Prices& priced, double constant, const GcWindows& windows,
          double floor, std::size_t widest, const Clock& clock) {
    return Walker(lattice, worth, priced, constant, windows, floor).run(widest, clock);
}

}  // namespace leaven::dna
