// Is a clone what was designed? Reads against a design, circle or line, and a verdict for the whole and each feature.
//
//     const DesignCheck check(*record);
//     const auto sample = check.verify(*read_sample("clone7.fastq.gz"), {}, context);
//     sample->verdict;
//
// Positions are 0-based on the forward strand of the design. Threads: a check may be shared; the answer does not depend
// on the threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/seq/record.hpp>

namespace leaven::dna {

/// What one file holds: reads of one clone.
struct SampleReads {
    std::string name{};                // of the file, without endings
    std::vector<std::string> reads{};  // upper case; N where a base is not told
    bool finished = false;             // contigs or a trace: one is evidence enough
};

/// FASTQ (gz) reads, FASTA contigs, or an AB1 trace, whose ends of poor quality are left out and whose bases below
/// quality 20 are not told.
///
/// Errors  not_found  no such file;  bad_input  not one of these formats, damaged, or without a read
Result<SampleReads> read_sample(const std::filesystem::path& path);
Result<SampleReads> read_sample(std::string bytes, const std::string& name);

enum class CloneVerdict : std::uint8_t {
    correct,
    silent,      // only synonymous changes
    minor,       // only changes outside features, or those and synonymous ones
    wrong,       // a change that the reads agree on; any such change where the design has no features
    mixed,       // reads disagree: two alleles or more above the threshold
    incomplete,  // depth below the least somewhere
    absent,      // the reads are not this design
};
std::string_view name_of(CloneVerdict verdict);

struct VerifyOptions {
    std::int64_t min_depth = 5;  // of reads; contigs and traces count from one on
    double mixed = 0.2;          // share of reads from which on an allele counts
    double min_identity = 0.8;   // of a read that is used
};

struct Variant {
    std::int64_t position = 0;  // of the first base of `ref`, or before which `alt` is inserted
    std::string ref{};
    std::string alt{};
    double fraction = 0;  // of the reads there
    std::int64_t depth = 0;
    std::string feature{};  // the one it changes most of; empty between features
    std::string effect{};   // synonymous, missense, nonsense, frameshift, inframe, deletion, insertion, noncoding,
                            // intergenic
    bool fixed = true;      // no other allele is above the threshold
};

struct FeatureState {
    std::string label{};
    std::string type{};
    CloneVerdict verdict = CloneVerdict::correct;
    std::int64_t depth_min = 0;
};

struct VerifiedSample {
    std::string name{};
    CloneVerdict verdict = CloneVerdict::correct;
    std::int64_t reads = 0;
    std::int64_t used = 0;
    double depth_mean = 0;
    std::int64_t depth_min = 0;
    double identity = 0;  // mean of the used reads; 0 where there are none
    std::vector<Variant> variants{};
    std::vector<FeatureState> features{};
    std::vector<std::int32_t> depth{};  // of each base
};

class DesignIndex;

class DesignCheck {
public:
    /// Requires  a record with its whole sequence
    explicit DesignCheck(seq::Record design);
    ~DesignCheck();
    DesignCheck(DesignCheck&&) noexcept;
    DesignCheck& operator=(DesignCheck&&) noexcept;

    /// A read is used where at least half of it lies on the design with `min_identity`. A sample is absent where less
    /// than the share `mixed` of its bases is in such reads. An allele is called where its share is at least `mixed`,
    /// both strands have it, and errors of its kind at the rate of this sample would give as many reads in less than
    /// one of a hundred samples (finished sequences are taken at their word). Insertions and deletions stand as far
    /// left as the design allows.
    ///
    /// Errors  cancelled
    [[nodiscard]] Result<VerifiedSample> verify(const SampleReads& sample, const VerifyOptions& options,
                                                const Context& context) const;

    [[nodiscard]] const seq::Record& design() const { return *design_; }

private:
    std::unique_ptr<const seq::Record> design_;
    std::unique_ptr<const DesignIndex> index_;
};

}  // namespace leaven::dna
