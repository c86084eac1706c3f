// Rules on melting temperature and on structure.
#include <algorithm>

#include <leaven/dna/fold.hpp>
#include <leaven/dna/oligo.hpp>

#include "violations.hpp"

namespace leaven::dna {
namespace {

constexpr double heat_slack = 1e-9;

/// A strand that folds, and where its bases lie.
struct Strand {
    std::string letters{};
    std::vector<std::pair<std::int64_t, seq::Strand>> bases{};
};

seq::Interval span_of(const Strand& strand, std::size_t from, std::size_t count) {
    const auto first = strand.bases[from].first;
    const auto length = static_cast<std::int64_t>(count);
    if (strand.bases[from].second == seq::Strand::forward) return {first, first + length};
    return {first - length + 1, first + 1};
}

class Folds {
public:
    Folds(const Judged& molecule, const Folding& rule, Folder& folder)
        : molecule_(molecule), rule_(rule), folder_(folder) {}

    /// Every window of a strand, or all of it; windows one after the other are one violation.
    Status add(const Strand& strand, bool around) {
        const auto n = strand.letters.size();
        const auto window = rule_.window == 0 ? n : static_cast<std::size_t>(rule_.window);
        if (window > n) return {};
        const auto joined = around ? strand.letters + strand.letters.substr(0, window - 1) : strand.letters;
        for (std::size_t i = 0; i + window <= joined.size(); ++i) {
            const auto energy = folder_.least_energy(joined.substr(i, window), molecule_.context);
            if (!energy) return pass(energy);
            if (*energy < rule_.least_kcal - heat_slack)
                add(span_of(strand, i, window), strand.bases[i].second, *energy);
        }
        return {};
    }

    void add(seq::Interval at, seq::Strand strand, double energy) {
        if (!out_.empty() && out_.back().strand == strand && out_.back().at.end + 1 == at.end) {
            out_.back().at.end = at.end;
            least_ = std::min(least_, energy);
        } else if (!out_.empty() && out_.back().strand == strand && out_.back().at.start - 1 == at.start) {
            out_.back().at.start = at.start;
            least_ = std::min(least_, energy);
        } else {
            out_.push_back({at, strand, {}});
            least_ = energy;
        }
        out_.back().message = text({"folds to {:.2f} kcal/mol, allowed {:.2f}", "折叠至 {:.2f} kcal/mol，允许 {:.2f}"},
                                   least_, rule_.least_kcal);
    }

    std::vector<Violation> take() { return std::move(out_); }

private:
    const Judged& molecule_;
    const Folding& rule_;
    Folder& folder_;
    std::vector<Violation> out_{};
    double least_ = 0;  // of the last violation
};

Strand strand_of(const Judged& molecule, const Place& place) {
    return {read_place(molecule.letters, place), positions_of(place, molecule.problem.length)};
}

}  // namespace

Violations violations(const Judged& molecule, const Place& place, const MeltingRange& rule) {
    const auto& at = place.pieces.front().at;
    const auto model = OligoModel::at({});
    if (!model) return pass(model);
    const auto letters = read_place(molecule.letters, place);
    if (seq::count_ambiguous(letters) > 0)
        return std::vector<Violation>{{at, seq::Strand::forward,
                                       text({"the bases are not all certain: it is not known where they melt",
                                             "含不确定碱基，无法计算解链温度"})}};
    const auto melting = model->melting(letters);
    if (!melting) return pass(melting);
    const double tm = melting->tm_c;
    if (tm >= rule.min_c.value_or(tm) - heat_slack && tm <= rule.max_c.value_or(tm) + heat_slack)
        return std::vector<Violation>{};
    return std::vector<Violation>{
        {at, seq::Strand::forward,
         tm < rule.min_c.value_or(tm)
             ? text({"melts at {:.2f} °C, at least {:.2f} is wanted", "在 {:.2f} °C 解链，要求不低于 {:.2f}"}, tm,
                    *rule.min_c)
             : text({"melts at {:.2f} °C, at most {:.2f} is wanted", "在 {:.2f} °C 解链，要求不高于 {:.2f}"}, tm,
                    *rule.max_c)}};
}

Violations violations(const Judged& molecule, const Place& place, const Folding& rule) {
    Folder folder(*rule.model);
    Folds folds(molecule, rule, folder);
    if (rule.window == 0) {
        const auto strand = strand_of(molecule, place);
        const auto energy = folder.least_energy(strand.letters, molecule.context);
        if (!energy) return pass(energy);
        if (*energy < rule.least_kcal - heat_slack)
            folds.add(place.pieces.front().at, place.pieces.front().strand, *energy);
        return folds.take();
    }
    for (const auto& piece : place.pieces) {
        const Place part{.pieces = {piece}, .whole = place.whole};
        if (auto status = folds.add(strand_of(molecule, part), molecule.problem.circular() && place.whole); !status)
            return pass(status);
    }
    return folds.take();
}

}  // namespace leaven::dna
