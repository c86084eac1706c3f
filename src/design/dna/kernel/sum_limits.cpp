#include "sum_limits.hpp"

#include <algorithm>
#include <cmath>

#include <leaven/dna/oligo.hpp>

#include "hybridisation.hpp"

namespace leaven::dna {
namespace {

constexpr double sum_slack = 1e-3;  // cal/mol: what rounding may take off a sum
constexpr int most_rounds = 40;

/// Can the bases of a stretch be their own reverse complement?
bool may_be_symmetric(const Model& model, const std::vector<std::int64_t>& positions) {
    if (positions.size() % 2 != 0) return false;
    std::vector<unsigned> bases;
    for (const auto p : positions) {
        bases.push_back(0);
        for (unsigned t = 0; t < codon_count; ++t)
            if ((model.allowed[static_cast<std::size_t>(p)] >> t & 1U) != 0) bases.back() |= 1U << (t & 3U);
    }
    for (std::size_t i = 0; i < bases.size() / 2; ++i) {
        bool pair = false;
        for (unsigned base = 0; base < 4; ++base)
            pair = pair || ((bases[i] >> base & 1U) != 0 && (bases[bases.size() - 1 - i] >> (3 - base) & 1U) != 0);
        if (!pair) return false;
    }
    return true;
}

/// The limit that a temperature is from below (`sign` 1) or from above (-1).
SumLimit limit_at(const Model& model, const std::vector<std::int64_t>& positions, double temperature_k, double sign) {
    const auto& set = oligo_tables()->sets[static_cast<std::size_t>(OligoConditions{}.table)];
    const auto oligo = *OligoModel::at({});
    const auto worth = [&](Heat heat) { return sign * (temperature_k * heat.ds - 1000 * heat.dh); };
    SumLimit limit{.positions = positions};
    for (std::size_t i = 0; i < positions.size(); ++i) {
        auto& row = limit.worth.emplace_back();
        for (int pair = 0; pair < 16; ++pair) {
            const int base = pair & 3;
            Heat heat = i == 0 ? Heat{} : set.stack[OligoTables::index(pair >> 2, base)];
            if (i == 0 || i + 1 == positions.size()) heat += base % 3 == 0 ? set.end_at : set.end_gc;
            if ((i == 0 && base == 3) || (i + 1 == positions.size() && base == 0)) heat += set.start_t;
            row[static_cast<std::size_t>(pair)] = worth(heat);
        }
    }
    double fixed = -std::numeric_limits<double>::infinity();
    for (const bool symmetric : {false, true}) {
        if (symmetric && !may_be_symmetric(model, positions)) continue;
        Heat rest = set.init;
        if (symmetric) rest += set.symmetry;
        rest.ds += oligo.entropy_of_salt() * static_cast<double>(positions.size() - 1);
        rest.ds += oligo.entropy_of_strands(symmetric);
        fixed = std::max({fixed, worth(rest + set.one_gc), worth(rest + set.all_at)});
    }
    limit.least = -fixed - sum_slack;
    return limit;
}

void add_prices(const SumLimit& limit, double factor, Prices& prices) {
    for (std::size_t i = 0; i < limit.positions.size(); ++i)
        for (unsigned t = 0; t < codon_count; ++t)
            prices.ending[static_cast<std::size_t>(limit.positions[i]) * codon_count + t] +=
                factor * limit.worth[i][t & 15U];
}

double sum_of(const SumLimit& limit, std::string_view letters) {
    double sum = 0;
    int last = 0;
    for (std::size_t i = 0; i < limit.positions.size(); ++i) {
        const int base = base_index(letters[static_cast<std::size_t>(limit.positions[i])]);
        sum += limit.worth[i][OligoTables::index(last, base)];
        last = base;
    }
    return sum;
}

/// The path of the greatest sum.
Path greatest(const Lattice& lattice, const SumLimit& limit) {
    const auto n = static_cast<std::size_t>(lattice.layers());
    Prices alone{std::vector<double>(n * codon_count, 0.0), std::vector<double>(n, 0.0)};
    add_prices(limit, 1, alone);
    return best_path(lattice, alone);
}

/// A path as a line: its worth at a multiplier of zero, and how that grows with the multiplier.
struct Line {
    double worth = 0;
    double slope = 0;
};

double price_sum(const Lattice& lattice, const SumLimit& limit, Prices& prices) {
    const auto line_at = [&](double factor) {
        auto priced = prices;
        add_prices(limit, factor, priced);
        const auto path = best_path(lattice, priced);
        const double sum = sum_of(limit, path.letters);
        return Line{path.worth - factor * sum, sum - limit.least};
    };
    auto falling = line_at(0);
    if (falling.slope >= 0) return 0;
    const auto top = greatest(lattice, limit);
    const auto n = lattice.layers();
    Line rising{0, top.worth - limit.least};
    for (std::int64_t layer = 0, last = 0; layer < n + 2; ++layer) {
        const auto p = lattice.position(layer % n);
        const auto t = (last << 2 | base_index(top.letters[static_cast<std::size_t>(p)])) & 63;
        if (layer >= 2) rising.worth += prices.of(p, static_cast<Codon>(t));
        last = t;
    }
    double factor = 0;
    for (int round = 0; round < most_rounds && rising.slope > 0; ++round) {
        factor = (falling.worth - rising.worth) / (rising.slope - falling.slope);
        const auto met = line_at(factor);
        if (met.worth + factor * met.slope <= falling.worth + factor * falling.slope + 1e-9) break;
        (met.slope < 0 ? falling : rising) = met;
    }
    factor = std::max(0.0, factor) * (1 + 1e-7);  // of the two that meet there, the one that keeps the limit
    add_prices(limit, factor, prices);
    return -factor * limit.least;
}

}  // namespace

void add_sum_limits(Model& model, const Place& place, const MeltingRange& rule) {
    std::vector<std::int64_t> positions;
    const auto at = place.pieces.front().at;
    for (auto p = at.start; p < at.end; ++p) positions.push_back(p % model.length);
    constexpr double zero_celsius = 273.15;
    if (rule.min_c) model.sums.push_back(limit_at(model, positions, *rule.min_c + zero_celsius, 1));
    if (rule.max_c) model.sums.push_back(limit_at(model, positions, *rule.max_c + zero_celsius, -1));
}

bool can_keep(const Lattice& lattice, const SumLimit& limit) { return greatest(lattice, limit).worth >= limit.least; }

double price_sums(const Lattice& lattice, const std::vector<SumLimit>& limits, Prices& prices) {
    double constant = 0;
    for (const auto& limit : limits) constant += price_sum(lattice, limit, prices);
    return constant;
}

}  // namespace leaven::dna
