#include "ranges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <memory>
#include <string>

#include <leaven/core/parallel.hpp>

namespace leaven::metabolism {
namespace {

constexpr std::size_t lane_count = 16;
constexpr std::size_t turn = 4;  // columns that a lane takes between two exchanges

/// The least values (side 0) or the greatest (side 1), and which of them are settled.
struct Side {
    std::vector<std::optional<double>> value;
    std::vector<char> settled;
};

struct Finding {
    std::size_t side;
    std::size_t place;  // in the list of wanted columns
    std::optional<double> value;
};

/// One solver, and what it found in the present round.
struct Lane {
    std::unique_ptr<lp::Solver> solver;
    std::int32_t aimed_at = -1;  // the column that the objective is
    std::vector<Finding> findings;
    std::array<std::vector<char>, 2> settled;
    std::int64_t lps = 0;
};

class RangeFinder {
public:
    RangeFinder(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                const Context& context)
        : study_(study), base_(solver), wanted_(wanted), context_(context), lanes_(lane_count) {
        for (auto& side : sides_)
            side = {std::vector<std::optional<double>>(wanted.size()), std::vector<char>(wanted.size(), 0)};
    }

    Result<Ranges> run(const std::vector<std::vector<double>>& known) {
        Lane outside;
        for (auto& settled : outside.settled) settled.assign(wanted_.size(), 0);
        for (const auto& x : known) witness(outside, x);
        adopt(outside);
        Ranges out;
        for (std::size_t side = 0; side < 2; ++side)
            if (auto status = settle(side); !status) return pass(status);
        for (std::size_t i = 0; i < wanted_.size(); ++i)
            out.columns.push_back({sides_[0].value[i], sides_[1].value[i]});
        for (const auto& lane : lanes_) out.lps += lane.lps;
        out.witnessed = 2 * static_cast<std::int64_t>(wanted_.size()) - out.lps;
        return out;
    }

private:
    Status settle(std::size_t side) {
        const auto total = static_cast<std::int64_t>(wanted_.size());
        for (;;) {
            std::vector<std::size_t> pending;
            for (std::size_t i = 0; i < wanted_.size(); ++i)
                if (!sides_[side].settled[i]) pending.push_back(i);
            const auto done = total * static_cast<std::int64_t>(side + 1) - static_cast<std::int64_t>(pending.size());
            context_.report({{"flux ranges", "通量范围"}, done, 2 * total});
            if (pending.empty()) return {};
            if (auto status = play_round(side, pending); !status) return status;
        }
    }

    /// Neighbours in the model share a lane while there are many; the last ones are spread over all lanes.
    Status play_round(std::size_t side, const std::vector<std::size_t>& pending) {
        const auto count = std::min(pending.size(), lane_count * turn);
        const auto share = (count + lane_count - 1) / lane_count;
        const auto chunks = static_cast<std::int64_t>((count + share - 1) / share);
        const auto work = [&](Chunk chunk, int) {
            const auto index = static_cast<std::size_t>(chunk.index);
            return play(lanes_[index], side,
                        std::span(pending).subspan(index * share, std::min(share, count - index * share)));
        };
        const Sharing sharing{
            [&](Chunk chunk) { return pack(lanes_[static_cast<std::size_t>(chunk.index)]); },
            [&](Chunk chunk, std::string_view bytes) { unpack(lanes_[static_cast<std::size_t>(chunk.index)], bytes); }};
        auto status = for_each_chunk(context_, {}, chunks, 1, work, sharing);
        if (!status) return status;
        for (auto& lane : lanes_) adopt(lane);
        return {};
    }

    /// What other ranks need to know of a lane: its count, and what it found in this round.
    static std::string pack(const Lane& lane) {
        std::string bytes(reinterpret_cast<const char*>(&lane.lps), sizeof lane.lps);
        return bytes.append(reinterpret_cast<const char*>(lane.findings.data()),
                            lane.findings.size() * sizeof(Finding));
    }
    static void unpack(Lane& lane, std::string_view bytes) {
        std::memcpy(&lane.lps, bytes.data(), sizeof lane.lps);
        bytes.remove_prefix(sizeof lane.lps);
        lane.findings.resize(bytes.size() / sizeof(Finding));
        std::memcpy(static_cast<void*>(lane.findings.data()), bytes.data(), bytes.size());
    }

    /// What a lane found becomes known to all; where two found the same, the first lane's value stands.
    void adopt(Lane& lane) {
        for (const auto& finding : lane.findings) {
            auto& side = sides_[finding.side];
            if (side.settled[finding.place]) continue;
            side.settled[finding.place] = 1;
            side.value[finding.place] = finding.value;
        }
        lane.findings.clear();
    }

    Status play(Lane& lane, std::size_t side, std::span<const std::size_t> places) {
        if (!lane.solver) {
            lane.solver = std::make_unique<lp::Solver>(base_);
            const std::vector<double> nothing(base_.problem().objective.size(), 0);
            lane.solver->set_objective(nothing, lp::Sense::minimize);
        }
        for (std::size_t s = 0; s < 2; ++s) lane.settled[s] = sides_[s].settled;
        lane.solver->set_sense(side == 0 ? lp::Sense::minimize : lp::Sense::maximize);
        for (const auto place : places) {
            if (lane.settled[side][place]) continue;
            if (auto status = solve(lane, side, place); !status) return status;
        }
        return {};
    }

    Status solve(Lane& lane, std::size_t side, std::size_t place) {
        const auto column = wanted_[place];
        if (lane.aimed_at >= 0) lane.solver->set_objective_coefficient(lane.aimed_at, 0);
        lane.solver->set_objective_coefficient(column, 1);
        lane.aimed_at = column;
        const auto solution = solve_checked(study_, *lane.solver);
        if (!solution) return pass(solution);
        ++lane.lps;
        lane.settled[side][place] = 1;
        if (solution->status != lp::SolveStatus::optimal) {
            lane.findings.push_back({side, place, std::nullopt});
            return {};
        }
        const auto& problem = base_.problem();
        const double value = std::clamp(solution->x[column], problem.lower[column], problem.upper[column]);
        lane.findings.push_back({side, place, std::fabs(value) <= study_.tolerance ? 0 : value});
        witness(lane, solution->x);
        return {};
    }

    /// Where `x` stands at a bound, no program can do better.
    void witness(Lane& lane, const std::vector<double>& x) const {
        const auto& problem = base_.problem();
        for (std::size_t side = 0; side < 2; ++side) {
            const auto& bounds = side == 0 ? problem.lower : problem.upper;
            for (std::size_t place = 0; place < wanted_.size(); ++place) {
                const double bound = bounds[wanted_[place]];
                if (lane.settled[side][place] || std::isinf(bound)) continue;
                if (std::fabs(x[wanted_[place]] - bound) > study_.tolerance * std::max(1.0, std::fabs(bound))) continue;
                lane.settled[side][place] = 1;
                lane.findings.push_back({side, place, bound});
            }
        }
    }

    const Study& study_;
    const lp::Solver& base_;
    const std::vector<std::int32_t>& wanted_;
    const Context& context_;
    std::array<Side, 2> sides_;
    std::vector<Lane> lanes_;
};

}  // namespace

Result<Ranges> find_ranges(const Study& study, const lp::Solver& solver, const std::vector<std::int32_t>& wanted,
                           const std::vector<std::vector<double>>& known, const Context& context) {
    return RangeFinder(study, solver, wanted, context).run(known);
}

}  // namespace leaven::metabolism
