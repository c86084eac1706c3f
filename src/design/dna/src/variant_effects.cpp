#include "variant_effects.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include <leaven/seq/extract.hpp>

namespace leaven::dna {
namespace {

using seq::Interval;

constexpr std::size_t longest_small = 50;  // bases of an insertion or deletion that is none of structure

/// A feature that says something of its bases: not the whole record, and with a place of its own here.
bool counts(const seq::Record& design, const seq::Feature& feature) {
    if (feature.type == "source") return false;
    const auto pieces = seq::pieces_of(feature.location, design.length, design.topology);
    return std::any_of(pieces.begin(), pieces.end(), [&](const seq::Piece& piece) {
        return piece.remote.empty() && !piece.at.empty() && piece.at.start < design.length;
    });
}

/// Bases of the feature that the variant changes; an insertion changes one where it stands between two of them.
std::int64_t changed_bases(const seq::Record& design, const seq::Feature& feature, const Variant& variant) {
    std::int64_t sum = 0;
    const auto size = static_cast<std::int64_t>(variant.ref.size());
    for (const auto& piece : seq::pieces_of(feature.location, design.length, design.topology)) {
        if (!piece.remote.empty()) continue;
        for (const auto turn : {-design.length, std::int64_t{0}, design.length}) {
            if (turn != 0 && !design.circular()) continue;
            const Interval at{variant.position + turn, variant.position + turn + size};
            if (size == 0)
                sum += at.start > piece.at.start && at.start < piece.at.end ? 1 : 0;
            else
                sum += std::max<std::int64_t>(0, std::min(at.end, piece.at.end) - std::max(at.start, piece.at.start));
        }
    }
    return std::min(sum, std::max<std::int64_t>(size, 1));
}

/// Coding sequences say most of a base, genes that stand for them least.
int rank_of(const seq::Feature& feature) { return feature.type == "CDS" ? 0 : feature.type == "gene" ? 2 : 1; }

const seq::Feature* feature_of(const seq::Record& design, const Variant& variant) {
    const seq::Feature* best = nullptr;
    std::tuple<std::int64_t, int, std::int64_t> best_key;
    for (const auto& feature : design.features) {
        if (!counts(design, feature)) continue;
        const auto changed = changed_bases(design, feature, variant);
        if (changed == 0) continue;
        const auto extent = seq::extent_of(feature.location, design.length, design.topology);
        const std::tuple key(-changed, rank_of(feature), extent.length());
        if (best == nullptr || key < best_key) best = &feature, best_key = key;
    }
    return best;
}

bool is_substitution(const Variant& variant) { return variant.ref.size() == 1 && variant.alt.size() == 1; }

/// The design with a substitution and the fixed ones within a codon of it.
seq::Record changed_design(const seq::Record& design, const std::vector<Variant>& variants, const Variant& variant) {
    seq::Record changed;
    changed.topology = design.topology;
    auto sequence = design.sequence;
    const auto put = [&](const Variant& one) { sequence.letters[static_cast<std::size_t>(one.position)] = one.alt[0]; };
    for (const auto& other : variants) {
        const auto apart = std::abs(other.position - variant.position);
        const bool near = std::min(apart, design.circular() ? design.length - apart : apart) <= 2;
        if (is_substitution(other) && other.fixed && near && apart != 0) put(other);
    }
    put(variant);
    changed.set_sequence(std::move(sequence));
    return changed;
}

const char* coding_effect(const seq::Record& design, const std::vector<Variant>& variants, const Variant& variant,
                          const seq::Feature& feature) {
    if (!seq::lies_within(feature.location, design.length, design.topology)) return "noncoding";  // not all is here
    const auto before = seq::translate_feature(design, feature, 0);
    const auto after = seq::translate_feature(changed_design(design, variants, variant), feature, 0);
    if (!before || !after) return "noncoding";  // a genetic code that does not exist
    if (before->protein == after->protein) return "synonymous";
    const auto shared = std::min(before->protein.size(), after->protein.size());
    for (std::size_t i = 0; i < shared; ++i)
        if (before->protein[i] != after->protein[i]) return after->protein[i] == '*' ? "nonsense" : "missense";
    return after->protein.size() < before->protein.size() ? "nonsense" : "missense";
}

const char* effect_of(const seq::Record& design, const std::vector<Variant>& variants, const Variant& variant,
                      const seq::Feature* feature) {
    if (variant.ref.size() > longest_small) return "deletion";
    if (variant.alt.size() > longest_small) return "insertion";
    if (feature == nullptr) return "intergenic";
    if (feature->type != "CDS") return "noncoding";
    if (is_substitution(variant)) return coding_effect(design, variants, variant, *feature);
    const auto bases =
        variant.ref.empty() ? static_cast<std::int64_t>(variant.alt.size()) : changed_bases(design, *feature, variant);
    return bases % 3 == 0 ? "inframe" : "frameshift";
}

}  // namespace

void annotate(const seq::Record& design, std::vector<Variant>& variants) {
    for (auto& variant : variants) {
        const auto* feature = feature_of(design, variant);
        variant.feature = feature == nullptr ? "" : feature->label();
        variant.effect = effect_of(design, variants, variant, feature);
        for (const auto& other : design.features) {  // a base may be read in two frames
            if (variant.effect != "synonymous") break;
            if (other.type != "CDS" || changed_bases(design, other, variant) == 0) continue;
            const std::string effect = effect_of(design, variants, variant, &other);
            if (effect == "synonymous") continue;
            variant.effect = effect;
            variant.feature = other.label();
        }
    }
}

namespace {

/// From good to bad.
int badness(CloneVerdict verdict) {
    switch (verdict) {
        case CloneVerdict::correct:
            return 0;
        case CloneVerdict::silent:
            return 1;
        case CloneVerdict::minor:
            return 2;
        case CloneVerdict::incomplete:
            return 3;
        case CloneVerdict::mixed:
            return 4;
        case CloneVerdict::wrong:
            return 5;
        case CloneVerdict::absent:
            return 6;
    }
    return 6;
}

CloneVerdict worse(CloneVerdict a, CloneVerdict b) { return badness(a) >= badness(b) ? a : b; }

CloneVerdict verdict_of(const seq::Record& design, const Variant& variant) {
    if (!variant.fixed) return CloneVerdict::mixed;
    if (variant.effect == "synonymous") return CloneVerdict::silent;
    // Without any feature nothing can be said to be outside of them.
    const bool outside =
        variant.feature.empty() && std::any_of(design.features.begin(), design.features.end(),
                                               [&](const seq::Feature& feature) { return counts(design, feature); });
    return outside ? CloneVerdict::minor : CloneVerdict::wrong;
}

std::int64_t least_depth(const seq::Record& design, const seq::Feature& feature,
                         const std::vector<std::int32_t>& depth) {
    auto least = std::numeric_limits<std::int64_t>::max();
    for (const auto& piece : seq::pieces_of(feature.location, design.length, design.topology)) {
        if (!piece.remote.empty()) continue;
        const auto end = std::min(piece.at.end, piece.at.start + design.length);  // beyond a turn nothing is new
        for (auto p = piece.at.start; p < end; ++p)
            least = std::min<std::int64_t>(least, depth[static_cast<std::size_t>(p % design.length)]);
    }
    return least;
}

}  // namespace

std::vector<FeatureState> feature_states(const seq::Record& design, const std::vector<Variant>& variants,
                                         const std::vector<std::int32_t>& depth, std::int64_t min_depth) {
    std::vector<FeatureState> states;
    for (const auto& feature : design.features) {
        if (!counts(design, feature)) continue;
        FeatureState state{feature.label(), feature.type, CloneVerdict::correct, least_depth(design, feature, depth)};
        if (state.depth_min < min_depth) state.verdict = CloneVerdict::incomplete;
        for (const auto& variant : variants)
            if (changed_bases(design, feature, variant) > 0)
                state.verdict = worse(state.verdict, verdict_of(design, variant));
        states.push_back(std::move(state));
    }
    return states;
}

CloneVerdict verdict_of(const seq::Record& design, const std::vector<Variant>& variants, std::int64_t depth_min,
                        std::int64_t min_depth) {
    auto verdict = depth_min < min_depth ? CloneVerdict::incomplete : CloneVerdict::correct;
    for (const auto& variant : variants) verdict = worse(verdict, verdict_of(design, variant));
    return verdict;
}

}  // namespace leaven::dna
