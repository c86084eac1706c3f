#include "plan_layout.hpp"

#include <algorithm>

#include <leaven/seq/pattern.hpp>

#include "fixed_ends.hpp"
#include "order_sequence.hpp"

namespace leaven::dna {
namespace {

constexpr std::int64_t longest_primer = 100;
constexpr std::int64_t longest_annealed = 150;  // two oligos that pair over their whole length
constexpr std::int64_t longest_chunk = 1'200;   // of a part that has to be synthesised
constexpr std::int64_t shortest_template = 40;
constexpr std::int64_t worth_amplifying = 150;  // a part on the shelf of this length is not bought again

std::int64_t overlap_of(Method method) {
    switch (method) {
        case Method::golden_gate:
            return 4;
        case Method::yeast:
            return 40;
        default:
            return 24;
    }
}

std::int64_t most_pieces_of(Method method) {
    switch (method) {
        case Method::golden_gate:
            return 20;
        case Method::yeast:
            return 10;
        default:
            return 6;
    }
}

}  // namespace

/// One layout as it grows.
struct PlanWorkshop::Draft {
    const PlanTarget& target;
    std::vector<Segment> segments;
    std::string circle{};
    std::string before{};  // flanks of every piece
    std::string after{};
    PlanLayout layout{};

    [[nodiscard]] std::int64_t length() const { return static_cast<std::int64_t>(circle.size()); }
    [[nodiscard]] std::size_t joints() const { return segments.size(); }
    /// Where joint `k` lies; joints of the next round lie beyond the length.
    [[nodiscard]] std::int64_t joint_at(std::size_t k) const {
        return segments[k % joints()].start + static_cast<std::int64_t>(k / joints()) * length();
    }
    /// Letters round the circle, of any length.
    [[nodiscard]] std::string letters(seq::Interval at) const {
        std::string out;
        for (auto i = at.start; i < at.end;) {
            const auto place = ((i % length()) + length()) % length();
            const auto count = std::min(at.end - i, length() - place);
            out.append(circle, static_cast<std::size_t>(place), static_cast<std::size_t>(count));
            i += count;
        }
        return out;
    }
};

std::string PlanWorkshop::letters_of(const PlanTarget& target) const {
    std::string letters;
    for (const auto part : target.parts) letters += parts_[part].sequence.letters;
    return letters;
}

std::vector<PlanWorkshop::Segment> PlanWorkshop::segments_of(const PlanTarget& target) const {
    std::vector<Segment> segments;
    std::int64_t start = 0;
    for (const auto part : target.parts) {
        const auto length = parts_[part].length;
        const bool missing = options_.missing.contains(part);
        const auto chunks = missing ? (length + longest_chunk - 1) / longest_chunk : 1;
        for (std::int64_t k = 0; k < chunks; ++k)
            segments.push_back({part, start + length * k / chunks, start + length * (k + 1) / chunks, !missing});
        start += length;
    }
    return segments;
}

Result<std::optional<seq::Enzyme>> PlanWorkshop::enzyme_for(const std::string& circle) const {
    for (const auto& enzyme : options_.enzymes) {
        const auto sites =
            seq::find_word({circle, {}, seq::Alphabet::dna}, seq::Topology::circular, enzyme.site, {}, context_);
        if (!sites) return pass(sites);
        if (sites->empty()) return std::optional(enzyme);
    }
    return std::optional<seq::Enzyme>();
}

std::size_t PlanWorkshop::oligo(const std::string& letters) {
    const auto [known, is_new] = known_.emplace(std::pair(letters, std::string()), items_.size());
    if (!is_new) return known->second;
    const auto length = static_cast<std::int64_t>(letters.size());
    const bool cheap = length <= cheap_oligo;
    items_.push_back({letters,
                      static_cast<double>(length) * (cheap ? options_.primer_price : options_.long_oligo_price),
                      cheap ? primer_days : long_oligo_days,
                      {}});
    return known->second;
}

std::size_t PlanWorkshop::fragment(const std::string& letters, const SynthesisOffer& offer) {
    const auto [known, is_new] = known_.emplace(std::pair(letters, offer.rules), items_.size());
    if (is_new) items_.push_back({letters, offer.price, offer.days, offer});
    return known->second;
}

Result<PlanWorkshop::Ends> PlanWorkshop::ends_of(std::size_t part) {
    if (const auto known = ends_.find(part); known != ends_.end()) return known->second;
    Ends ends;
    if (parts_[part].length >= shortest_template) {
        const auto pair = primers_of_ends(parts_[part].sequence.letters, {}, {}, context_);
        if (!pair) return pass(pair);
        if (*pair) ends = {(*pair)->forward.at.length(), (*pair)->reverse.at.length()};
    }
    ends_[part] = ends;
    return ends;
}

/// The segment that a PCR of a piece would start from, the longest on the shelf; none where primers do not reach over
/// what lies beside it.
std::optional<std::size_t> PlanWorkshop::template_of(const Draft& draft, seq::Interval at, std::size_t joint,
                                                     std::size_t joints) {
    std::optional<std::size_t> best;
    const auto size = [&](std::size_t k) {
        const auto& segment = draft.segments[k % draft.joints()];
        return segment.end - segment.start;
    };
    for (auto k = joint; k < joint + joints; ++k)
        if (draft.segments[k % draft.joints()].template_of_its_own && (!best || size(k) > size(*best))) best = k;
    if (!best) return best;
    const auto left = draft.joint_at(*best) - at.start;
    const auto right = at.end - draft.joint_at(*best + 1);
    return std::max(left, right) > longest_primer ? std::nullopt : best;
}

/// Whether there may be a way to make a piece: asked before its letters are written down, for most have none.
bool PlanWorkshop::may_be_made(const Draft& draft, seq::Interval at, std::size_t joint, std::size_t joints) const {
    const auto length = at.length() + static_cast<std::int64_t>(draft.before.size() + draft.after.size());
    if (length <= longest_annealed || template_of(draft, at, joint, joints)) return true;
    return options_.synthesis.offers && !options_.synthesis.offers(length).empty();
}

Status PlanWorkshop::add_pcr(const Draft& draft, const PlanArc& arc, seq::Interval at, std::size_t joint,
                             std::size_t joints, std::vector<PlanWay>& ways) {
    const auto best = template_of(draft, at, joint, joints);
    if (!best) return {};
    const auto left = draft.joint_at(*best) - at.start;
    const auto right = at.end - draft.joint_at(*best + 1);
    const auto part = draft.segments[*best % draft.joints()].part;
    const auto ends = ends_of(part);
    if (!ends) return pass(ends);
    if (!*ends) return {};
    const auto forward = static_cast<std::int64_t>(draft.before.size()) + left + (*ends)->first;
    const auto reverse = static_cast<std::int64_t>(draft.after.size()) + right + (*ends)->second;
    if (std::max(forward, reverse) > longest_primer) return {};
    PlanWay way{.kind = PlanWay::Kind::pcr, .part = part};
    way.items.push_back(oligo(arc.letters.substr(0, static_cast<std::size_t>(forward))));
    way.items.push_back(
        oligo(seq::reverse_complement(arc.letters.substr(arc.letters.size() - static_cast<std::size_t>(reverse)))));
    way.ready_days = std::max(items_[way.items[0]].days, items_[way.items[1]].days) + pcr_days;
    ways.push_back(std::move(way));
    return {};
}

Status PlanWorkshop::add_ways(const Draft& draft, const PlanArc& arc, seq::Interval at, std::size_t joint,
                              std::size_t joints, std::vector<PlanWay>& ways) {
    if (auto status = add_pcr(draft, arc, at, joint, joints, ways); !status) return status;
    const auto length = static_cast<std::int64_t>(arc.letters.size());
    const bool amplified = std::any_of(arc.parts.begin(), arc.parts.end(), [&](std::size_t part) {
        return !options_.missing.contains(part) && parts_[part].length >= worth_amplifying;
    });
    if (options_.synthesis.offers && !amplified)
        for (const auto& offer : options_.synthesis.offers(length)) {
            const auto item = fragment(arc.letters, offer);
            ways.push_back({PlanWay::Kind::synthesise, {item}, 0, offer.days});
        }
    if (length <= longest_annealed) {
        const auto top = oligo(arc.letters);
        const auto bottom = oligo(seq::reverse_complement(arc.letters));
        ways.push_back({PlanWay::Kind::anneal, {top, bottom}, 0, items_[top].days});
    }
    return {};
}

Status PlanWorkshop::add_arcs(Draft& draft, std::size_t from) {
    auto& layout = draft.layout;
    const auto start = layout.nodes[from];
    const auto joints = draft.joints();
    for (auto last = start.joint + 1; last <= start.joint + joints; ++last) {
        if (context_.stopped()) return cancelled();
        for (std::size_t to = 0; to < layout.nodes.size(); ++to) {
            const auto& node = layout.nodes[to];
            const bool round = last == start.joint + joints;  // one piece that closes on itself
            if (node.joint != last % joints || (round && to != from)) continue;
            const auto turn = draft.joint_at(last) - draft.joint_at(node.joint);
            const seq::Interval at{start.window.start, node.window.end + turn};
            if (node.window.start + turn < start.window.end) continue;
            if (!may_be_made(draft, at, start.joint, last - start.joint)) continue;
            PlanArc arc{.from = from, .to = to, .over_start = start.joint == 0 || last > joints};
            for (auto k = start.joint; k < last; ++k) arc.parts.push_back(draft.segments[k % joints].part);
            arc.letters = draft.before + draft.letters(at) + draft.after;
            if (auto status = add_ways(draft, arc, at, start.joint, last - start.joint, arc.ways); !status)
                return status;
            if (arc.ways.empty()) continue;
            layout.arcs.push_back(std::move(arc));
        }
    }
    return {};
}

Result<std::optional<PlanLayout>> PlanWorkshop::lay_out(const PlanTarget& target, Method method, Text& problem) {
    Draft draft{.target = target, .segments = segments_of(target), .circle = letters_of(target)};
    draft.layout.method = method;
    draft.layout.most_pieces = most_pieces_of(method);
    const bool golden_gate = method == Method::golden_gate;
    if (golden_gate) {
        const auto enzyme = enzyme_for(draft.circle);
        if (!enzyme) return pass(enzyme);
        if (!*enzyme) {
            problem = text({"{}: every enzyme of golden_gate cuts inside it", "{}：golden_gate 的每种酶都会切入其内部"},
                           target.name);
            return std::optional<PlanLayout>();
        }
        draft.layout.enzyme = **enzyme;
        const OrderFlanks flanks({**enzyme}, {}, {});
        draft.before = flanks.before(1, false);
        draft.after = flanks.after(1, false);
    }
    const auto overlap = overlap_of(method);
    for (std::size_t joint = 0; joint < draft.joints(); ++joint)
        for (const auto back :
             golden_gate ? std::vector<std::int64_t>{0, overlap} : std::vector<std::int64_t>{0, overlap / 2, overlap}) {
            const auto start = draft.joint_at(joint) - back;
            PlanNode node{joint, {start, start + overlap}, draft.letters({start, start + overlap})};
            const auto kind = golden_gate ? joint_of(node.letters) : std::optional<Joint>(Joint{0});
            if (golden_gate && (!kind || is_palindrome(*kind))) continue;
            draft.layout.nodes.push_back(std::move(node));
        }
    for (std::size_t from = 0; from < draft.layout.nodes.size(); ++from) {
        if (context_.stopped()) return cancelled();
        if (auto status = add_arcs(draft, from); !status) return pass(status);
    }
    return std::optional(std::move(draft.layout));
}

}  // namespace leaven::dna
