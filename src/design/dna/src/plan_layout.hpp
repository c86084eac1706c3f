// All the ways to put one construct together by one method: joints, pieces between them, and how each piece is made.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <leaven/dna/plan.hpp>

namespace leaven::dna {

/// Something to order: an oligo, or a fragment from one vendor. Ordered once, used by any number of pieces.
struct PlanItem {
    std::string letters{};
    double price = 0;
    double days = 0;
    std::optional<SynthesisOffer> offer{};  // of a fragment
};

/// How a piece is made.
struct PlanWay {
    enum class Kind : std::uint8_t { pcr, synthesise, anneal };
    Kind kind = Kind::pcr;
    std::vector<std::size_t> items{};
    std::size_t part = 0;  // the template of a PCR
    double ready_days = 0;
};

/// The bases that the pieces on both sides of a joint have.
struct PlanNode {
    std::size_t joint = 0;
    seq::Interval window{};  // on the circle; it may begin before 0
    std::string letters{};
};

/// A piece from one joint to a later one.
struct PlanArc {
    std::size_t from = 0;  // nodes
    std::size_t to = 0;
    bool over_start = false;  // it holds the first segment: a round trip has one such piece
    std::vector<std::size_t> parts{};
    std::string letters{};  // as it goes into the reaction
    std::vector<PlanWay> ways{};
};

struct PlanLayout {
    std::size_t target = 0;
    Method method = Method::gibson;
    std::optional<seq::Enzyme> enzyme{};
    std::int64_t most_pieces = 0;
    std::vector<PlanNode> nodes{};
    std::vector<PlanArc> arcs{};
};

/// Lays constructs out, with one list of items for all of them.
class PlanWorkshop {
public:
    PlanWorkshop(std::span<const seq::Record> parts, const PlanOptions& options, const Context& context)
        : parts_(parts), options_(options), context_(context) {}

    /// None where the method cannot make it; `problem` then says why. Errors  cancelled
    Result<std::optional<PlanLayout>> lay_out(const PlanTarget& target, Method method, Text& problem);

    [[nodiscard]] const std::vector<PlanItem>& items() const { return items_; }
    [[nodiscard]] std::string letters_of(const PlanTarget& target) const;

private:
    struct Segment {
        std::size_t part = 0;
        std::int64_t start = 0;  // in the construct
        std::int64_t end = 0;
        bool template_of_its_own = true;
    };
    struct Draft;  // of one layout

    std::vector<Segment> segments_of(const PlanTarget& target) const;
    Result<std::optional<seq::Enzyme>> enzyme_for(const std::string& circle) const;
    static std::optional<std::size_t> template_of(const Draft& draft, seq::Interval at, std::size_t joint,
                                                  std::size_t joints);
    bool may_be_made(const Draft& draft, seq::Interval at, std::size_t joint, std::size_t joints) const;
    Status add_arcs(Draft& draft, std::size_t from);
    Status add_ways(const Draft& draft, const PlanArc& arc, seq::Interval at, std::size_t joint, std::size_t joints,
                    std::vector<PlanWay>& ways);
    Status add_pcr(const Draft& draft, const PlanArc& arc, seq::Interval at, std::size_t joint, std::size_t joints,
                   std::vector<PlanWay>& ways);
    std::size_t oligo(const std::string& letters);
    std::size_t fragment(const std::string& letters, const SynthesisOffer& offer);
    using Ends = std::optional<std::pair<std::int64_t, std::int64_t>>;  // bases that the primers anneal to
    Result<Ends> ends_of(std::size_t part);

    std::span<const seq::Record> parts_;
    const PlanOptions& options_;
    const Context& context_;
    std::vector<PlanItem> items_{};
    std::map<std::pair<std::string, std::string>, std::size_t> known_{};  // letters and vendor
    std::map<std::size_t, Ends> ends_{};
};

}  // namespace leaven::dna
