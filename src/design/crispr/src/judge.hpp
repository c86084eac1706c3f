// What a mode of design makes of each site near its target.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <leaven/crispr/design.hpp>
#include <leaven/crispr/sites.hpp>

namespace leaven::crispr {

/// A site near a target.
struct Sighting {
    SiteRef site{};
    SitePlace place{};
};

/// The protospacer on the forward strand.
seq::Interval protospacer_of(const Sighting& sighting, const Nuclease& nuclease);

struct Judgement {
    enum class Verdict : std::uint8_t { taken, rejected, elsewhere };  // elsewhere: not in what the target is about
    Verdict verdict = Verdict::taken;
    Text reason{};  // why it was rejected
    Rejection::Kind kind = Rejection::Kind::unfit;
    int tier = 0;      // lower comes first
    double first = 0;  // then this
    double penalty = 0;
    int group = 0;  // guides are chosen from the groups in turn
    std::optional<std::int64_t> offset{};
    std::optional<double> fraction{};
    std::vector<Text> reasons{};
    Outcome outcome{};

    static Judgement elsewhere() { return {.verdict = Verdict::elsewhere}; }
    static Judgement rejected(Text why, Rejection::Kind kind = Rejection::Kind::unfit) {
        return {.verdict = Verdict::rejected, .reason = std::move(why), .kind = kind};
    }
};

/// A site that may serve beside another one, and what its off-targets count for.
struct Companion {
    const Sighting* sighting = nullptr;
    double weight = 0;
};

class Judge {
public:
    Judge() = default;
    Judge(const Judge&) = delete;
    Judge& operator=(const Judge&) = delete;
    virtual ~Judge() = default;

    /// Where sites are looked for, on the forward strand; it may begin before 0 or end beyond the contig.
    [[nodiscard]] virtual seq::Interval stretch() const = 0;
    [[nodiscard]] virtual Judgement judge(const Sighting& sighting) const = 0;

    /// What is to be said of the target.
    [[nodiscard]] virtual std::vector<Text> warnings() const { return {}; }
    [[nodiscard]] virtual int groups() const { return 1; }

    /// What is to be said where there are guides, but none of this group; empty: nothing.
    [[nodiscard]] virtual Text lack_of(int) const { return {}; }

    /// Adds to an outcome what other sites of the stretch can do for it.
    virtual void complete(const Sighting&, std::span<const Companion>, Outcome&) const {}
};

/// A judge, or why the target cannot be served at all. Errors  bad_input, not_found
struct Appointed {
    std::unique_ptr<Judge> judge{};
    Text unserved{};
};
Result<Appointed> appoint_judge(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options);

Result<Appointed> appoint_base_editor(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options);
Result<Appointed> appoint_prime_editor(const GenomeFile& file, const TargetPlace& place, const DesignOptions& options);

/// A share as people read it: "23 %".
std::string percent(double share);

/// A position less another, the short way round on a circle (0: linear).
std::int64_t distance_between(std::int64_t from, std::int64_t to, std::int64_t circle);

}  // namespace leaven::crispr
