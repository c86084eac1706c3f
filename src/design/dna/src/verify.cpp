#include <algorithm>
#include <array>

#include <leaven/core/parallel.hpp>
#include <leaven/dna/verify.hpp>

#include "design_index.hpp"
#include "pileup.hpp"
#include "variant_effects.hpp"

namespace leaven::dna {

std::string_view name_of(CloneVerdict verdict) {
    constexpr std::array<std::string_view, 7> names{"correct", "silent",     "minor", "wrong",
                                                    "mixed",   "incomplete", "absent"};
    return names[static_cast<std::size_t>(verdict)];
}

DesignCheck::DesignCheck(seq::Record design)
    : design_(std::make_unique<const seq::Record>(std::move(design))),
      index_(std::make_unique<const DesignIndex>(*design_)) {}
DesignCheck::~DesignCheck() = default;
DesignCheck::DesignCheck(DesignCheck&&) noexcept = default;
DesignCheck& DesignCheck::operator=(DesignCheck&&) noexcept = default;

namespace {

/// A read that is not used has no columns.
struct Laid {
    ReadAlignment alignment{};
    double identity = 0;
};

Result<std::vector<Laid>> lay_all(const DesignIndex& index, const SampleReads& sample, double min_identity,
                                  const Context& context) {
    std::vector<Laid> laid(sample.reads.size());
    const auto work = [&](Chunk chunk, int) -> Status {
        PairAligner aligner;
        for (auto k = static_cast<std::size_t>(chunk.begin); k < static_cast<std::size_t>(chunk.end); ++k) {
            if (context.stopped()) return pass(Result<int>(cancelled()));
            auto alignment = lay_on(index, sample.reads[k], aligner, context);
            if (!alignment || alignment->laid * 2 < alignment->length) continue;
            const auto identity = alignment->identity();
            if (identity >= min_identity) laid[k] = {*std::move(alignment), identity};
        }
        return {};
    };
    if (auto status = for_each_chunk(context, {}, static_cast<std::int64_t>(laid.size()), 8, work); !status)
        return pass(status);
    return laid;
}

void add_depth(const Pileup& pileup, VerifiedSample& out) {
    std::int64_t sum = 0;
    for (const auto& bases : pileup.bases) {
        out.depth.push_back(bases.depth());
        sum += bases.depth();
    }
    if (out.depth.empty()) return;
    out.depth_min = *std::min_element(out.depth.begin(), out.depth.end());
    out.depth_mean = static_cast<double>(sum) / static_cast<double>(out.depth.size());
}

void absent_features(const seq::Record& design, VerifiedSample& out) {
    out.verdict = CloneVerdict::absent;
    out.variants.clear();
    out.features = feature_states(design, {}, out.depth, 0);
    for (auto& feature : out.features) feature.verdict = CloneVerdict::absent;
}

}  // namespace

Result<VerifiedSample> DesignCheck::verify(const SampleReads& sample, const VerifyOptions& options,
                                           const Context& context) const {
    const auto laid = lay_all(*index_, sample, options.min_identity, context);
    if (!laid) return pass(laid);
    VerifiedSample out{.name = sample.name, .reads = static_cast<std::int64_t>(sample.reads.size())};
    Pileup pileup(design_->length);
    std::size_t all_bases = 0;
    std::size_t used_bases = 0;
    for (std::size_t k = 0; k < laid->size(); ++k) {
        all_bases += sample.reads[k].size();
        const auto& one = (*laid)[k];
        if (one.alignment.columns.read.empty()) continue;
        used_bases += sample.reads[k].size();
        ++out.used;
        out.identity += one.identity;
        pileup.add(one.alignment);
    }
    if (out.used > 0) out.identity /= static_cast<double>(out.used);
    add_depth(pileup, out);
    if (out.used == 0 || static_cast<double>(used_bases) < options.mixed * static_cast<double>(all_bases)) {
        absent_features(*design_, out);
        return out;
    }
    if (context.stopped()) return cancelled();
    const auto min_depth = sample.finished ? std::min<std::int64_t>(1, options.min_depth) : options.min_depth;
    out.variants = call_variants(*design_, pileup, {options.mixed, min_depth, sample.finished});
    annotate(*design_, out.variants);
    out.features = feature_states(*design_, out.variants, out.depth, min_depth);
    out.verdict = verdict_of(*design_, out.variants, out.depth_min, min_depth);
    return out;
}

}  // namespace leaven::dna
