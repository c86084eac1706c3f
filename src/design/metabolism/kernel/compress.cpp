#include "compress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <optional>

#include "rational.hpp"

namespace leaven::metabolism {
namespace {

struct Entry {
    std::int32_t row;
    Rational value;
};

/// Reactions whose fluxes are fixed multiples of one unknown, measured in the flux of the first of them.
struct Bundle {
    std::vector<Entry> entries;  // by row; the rows that tie the bundle together have none
    double lower = 0;
    double upper = 0;
    std::int32_t lower_by = 0;
    std::int32_t upper_by = 0;
    Part part{};
    std::int32_t size = 1;
    bool active = false;
    bool exact = true;  // false: a coefficient fits no fraction, so that only its sign is used
};

/// Works through the rows that say something, until none does.
class Compressor {
public:
    Compressor(const Network& network, double tolerance);
    Compression run();

private:
    void load_column(std::int32_t reaction);
    void count(std::int32_t bundle, int sign);
    void enqueue(std::int32_t row);
    void visit(std::int32_t row);
    const std::vector<std::int32_t>& touching(std::int32_t row);
    void stop(std::int32_t row, const std::vector<std::int32_t>& bundles);
    void stop_bundle(std::int32_t bundle);
    bool tie(std::int32_t row, std::int32_t first, std::int32_t second);
    bool scale_members(const Bundle& bundle, const Rational& ratio);
    void narrow(Bundle& kept, const Bundle& gone, const Rational& ratio) const;
    void add_columns();
    void add_column(const Bundle& bundle);

    [[nodiscard]] const Entry* entry(std::int32_t bundle, std::int32_t row) const;

    const Network& network_;
    Compression out_;
    std::vector<Bundle> bundles_;
    std::vector<Rational> relative_;
    std::vector<std::vector<std::int32_t>> touched_by_;  // of each row: bundles, some of them no longer there
    std::vector<std::int32_t> touching_;                 // of each row: how many are there
    std::vector<std::int32_t> makers_, users_;           // of these, how many can add to the row, or take from it
    std::deque<std::int32_t> queue_;
    std::vector<bool> queued_, gone_;  // of each row
    std::vector<int> rows_;            // of the column that is added
    std::vector<double> values_;
};

double slack(double tolerance, double bound) { return tolerance * std::max(1.0, std::fabs(bound)); }

Compressor::Compressor(const Network& network, double tolerance) : network_(network) {
    const auto reactions = static_cast<std::size_t>(network.problem.matrix.columns);
    const auto rows = static_cast<std::size_t>(network.problem.matrix.rows);
    out_.tolerance = tolerance;
    out_.next.assign(reactions, -1);
    bundles_.resize(reactions);
    relative_.assign(reactions, Rational(1));
    touched_by_.resize(rows);
    touching_.assign(rows, 0);
    makers_.assign(rows, 0);
    users_.assign(rows, 0);
    queued_.assign(rows, false);
    gone_.assign(rows, false);
    std::vector<std::size_t> entries(rows);
    for (const int row : network.problem.matrix.indices) ++entries[row];
    for (std::size_t row = 0; row < rows; ++row) touched_by_[row].reserve(entries[row]);
}

void Compressor::load_column(std::int32_t reaction) {
    const auto& problem = network_.problem;
    auto& bundle = bundles_[reaction];
    bundle.lower = problem.lower[reaction];
    bundle.upper = problem.upper[reaction];
    bundle.lower_by = bundle.upper_by = reaction;
    bundle.part = {reaction, reaction};
    if (bundle.lower > bundle.upper + slack(out_.tolerance, bundle.upper)) out_.infeasible = true;
    if (bundle.lower == 0 && bundle.upper == 0) return;
    bundle.active = true;
    bundle.entries.reserve(problem.matrix.starts[reaction + 1] - problem.matrix.starts[reaction]);
    for (int k = problem.matrix.starts[reaction]; k < problem.matrix.starts[reaction + 1]; ++k) {
        const double value = problem.matrix.values[k];
        const auto exact = Rational::from_decimal(value);
        if (!exact) bundle.exact = false;
        bundle.entries.push_back({problem.matrix.indices[k], exact.value_or(Rational(value < 0 ? -1 : 1))});
        touched_by_[problem.matrix.indices[k]].push_back(reaction);
    }
}

/// Adds a bundle to the counts of its rows (sign 1) or takes it out (sign -1).
void Compressor::count(std::int32_t id, int sign) {
    const auto& bundle = bundles_[id];
    const int forward = bundle.upper > 0 ? sign : 0;
    const int backward = bundle.lower < 0 ? sign : 0;
    for (const auto& at : bundle.entries) {
        touching_[at.row] += sign;
        makers_[at.row] += at.value.negative() ? backward : forward;
        users_[at.row] += at.value.negative() ? forward : backward;
        enqueue(at.row);
    }
}

void Compressor::enqueue(std::int32_t row) {
    if (queued_[row] || gone_[row]) return;
    if (touching_[row] > 2 && makers_[row] > 0 && users_[row] > 0) return;
    queued_[row] = true;
    queue_.push_back(row);
}

Compression Compressor::run() {
    for (std::int32_t r = 0; r < network_.problem.matrix.columns; ++r) load_column(r);
    for (std::int32_t r = 0; r < network_.problem.matrix.columns; ++r)
        if (bundles_[r].active) count(r, 1);
    while (!queue_.empty() && !out_.infeasible) {
        const auto row = queue_.front();
        queue_.pop_front();
        queued_[row] = false;
        visit(row);
    }
    if (!out_.infeasible) add_columns();
    return std::move(out_);
}

void Compressor::visit(std::int32_t row) {
    const auto& bundles = touching(row);
    if (bundles.empty()) {
        gone_[row] = true;
    } else if (bundles.size() == 1 || makers_[row] == 0 || users_[row] == 0) {
        stop(row, bundles);
    } else if (bundles.size() == 2 && bundles_[bundles[0]].exact && bundles_[bundles[1]].exact) {
        const bool first_is_larger = bundles_[bundles[0]].size >= bundles_[bundles[1]].size;
        tie(row, bundles[first_is_larger ? 0 : 1], bundles[first_is_larger ? 1 : 0]);
    }
}

const Entry* Compressor::entry(std::int32_t bundle, std::int32_t row) const {
    const auto& entries = bundles_[bundle].entries;
    const auto at = std::lower_bound(entries.begin(), entries.end(), row,
                                     [](const Entry& e, std::int32_t wanted) { return e.row < wanted; });
    return at != entries.end() && at->row == row ? &*at : nullptr;
}

/// What the row touches now, by number; holds until the next tie.
const std::vector<std::int32_t>& Compressor::touching(std::int32_t row) {
    auto& bundles = touched_by_[row];
    std::sort(bundles.begin(), bundles.end());
    bundles.erase(std::unique(bundles.begin(), bundles.end()), bundles.end());
    std::erase_if(bundles, [&](std::int32_t b) { return !bundles_[b].active || entry(b, row) == nullptr; });
    return bundles;
}

/// The row allows its bundles no flux: takes them and itself out.
void Compressor::stop(std::int32_t row, const std::vector<std::int32_t>& bundles) {
    using Kind = Elimination::Kind;
    const auto kind = bundles.size() == 1 ? Kind::stops_one : users_[row] == 0 ? Kind::stops_makers : Kind::stops_users;
    Elimination step{kind, row, {}};
    gone_[row] = true;
    step.parts.reserve(bundles.size());
    for (const auto id : bundles) {
        step.parts.push_back(bundles_[id].part);
        stop_bundle(id);
    }
    out_.eliminations.push_back(std::move(step));
}

void Compressor::stop_bundle(std::int32_t id) {
    auto& bundle = bundles_[id];
    if (bundle.lower > out_.tolerance || bundle.upper < -out_.tolerance) out_.infeasible = true;
    count(id, -1);
    bundle.active = false;
}

/// Multiplies the fluxes of a bundle's reactions, measured in its own unknown, by `ratio`; false where one does not
/// fit.
bool Compressor::scale_members(const Bundle& bundle, const Rational& ratio) {
    std::vector<Rational> scaled;
    scaled.reserve(static_cast<std::size_t>(bundle.size));
    for (auto r = bundle.part.first; r >= 0; r = out_.next[r]) {
        const auto value = relative_[r].times(ratio);
        if (!value) return false;
        scaled.push_back(*value);
    }
    auto value = scaled.begin();
    for (auto r = bundle.part.first; r >= 0; r = out_.next[r]) relative_[r] = *value++;
    return true;
}

/// The bounds of `kept` cut down to what those of `gone` = ratio * kept allow.
void Compressor::narrow(Bundle& kept, const Bundle& gone, const Rational& ratio) const {
    const double scale = ratio.value();
    double lower = gone.lower / scale;
    double upper = gone.upper / scale;
    auto lower_by = gone.lower_by;
    auto upper_by = gone.upper_by;
    if (scale < 0) {
        std::swap(lower, upper);
        std::swap(lower_by, upper_by);
    }
    if (lower > kept.lower) {
        kept.lower = lower;
        kept.lower_by = lower_by;
    }
    if (upper < kept.upper) {
        kept.upper = upper;
        kept.upper_by = upper_by;
    }
}

/// kept + ratio * gone; nothing where a fraction does not fit.
std::optional<std::vector<Entry>> joined(const std::vector<Entry>& kept, const std::vector<Entry>& gone,
                                         const Rational& ratio) {
    std::vector<Entry> out;
    out.reserve(kept.size() + gone.size());
    auto at = kept.begin();
    for (const auto& other : gone) {
        while (at != kept.end() && at->row < other.row) out.push_back(*at++);
        auto value = other.value.times(ratio);
        if (value && at != kept.end() && at->row == other.row) value = value->plus((at++)->value);
        if (!value) return std::nullopt;
        if (!value->zero()) out.push_back({other.row, *value});
    }
    out.insert(out.end(), at, kept.end());
    return out;
}

/// Makes one bundle of the two that the row touches; false where a fraction does not fit, and then the row stays.
bool Compressor::tie(std::int32_t row, std::int32_t kept_id, std::int32_t gone_id) {
    auto& kept = bundles_[kept_id];
    auto& gone = bundles_[gone_id];
    const auto ratio = entry(kept_id, row)->value.negated().over(entry(gone_id, row)->value);
    if (!ratio) return false;
    auto entries = joined(kept.entries, gone.entries, *ratio);
    if (!entries || !scale_members(gone, *ratio)) return false;

    out_.eliminations.push_back({Elimination::Kind::ties, row, {kept.part, gone.part}});
    gone_[row] = true;
    count(kept_id, -1);
    count(gone_id, -1);
    gone.active = false;
    narrow(kept, gone, *ratio);
    for (const auto& at : gone.entries) touched_by_[at.row].push_back(kept_id);
    kept.entries = std::move(*entries);
    out_.next[kept.part.last] = gone.part.first;
    kept.part.last = gone.part.last;
    kept.size += gone.size;
    count(kept_id, 1);

    if (kept.lower > kept.upper + slack(out_.tolerance, kept.upper)) out_.infeasible = true;
    if (kept.lower == 0 && kept.upper == 0) {
        out_.eliminations.push_back({Elimination::Kind::bounds_meet, -1, {kept.part}});
        stop_bundle(kept_id);
    }
    return true;
}

void Compressor::add_columns() {
    const auto reactions = bundles_.size();
    out_.column.assign(reactions, -1);
    out_.factor.assign(reactions, 0);
    std::vector<std::int32_t> new_row(gone_.size(), -1);
    for (std::size_t row = 0; row < gone_.size(); ++row) {
        if (touching_[row] == 0) continue;
        new_row[row] = static_cast<std::int32_t>(out_.row.size());
        out_.row.push_back(static_cast<std::int32_t>(row));
    }
    auto& problem = out_.problem;
    problem.matrix.rows = static_cast<int>(out_.row.size());
    problem.row_lower.assign(out_.row.size(), 0);
    problem.row_upper = problem.row_lower;
    for (auto* list : {&out_.lower_by, &out_.upper_by}) list->reserve(reactions);
    out_.relative.reserve(reactions);
    for (auto& bundle : bundles_) {
        out_.relative.push_back(relative_[out_.relative.size()].value());
        out_.lower_by.push_back(bundle.lower_by);
        out_.upper_by.push_back(bundle.upper_by);
        if (!bundle.active) continue;
        for (auto& at : bundle.entries) at.row = new_row[at.row];
    }
    for (const auto& bundle : bundles_)
        if (bundle.active) add_column(bundle);
    problem.objective = compress_objective(out_, network_.problem.objective);
    problem.sense = network_.problem.sense;
}

/// The power of two that brings the geometric mean of least and greatest coefficient near 1.
double scale_of(const std::vector<double>& values) {
    if (values.empty()) return 1;
    const auto by_size = [](double a, double b) { return std::fabs(a) < std::fabs(b); };
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end(), by_size);
    const double middle = (std::log2(std::fabs(*least)) + std::log2(std::fabs(*greatest))) / 2;
    return std::exp2(-std::round(middle));
}

void Compressor::add_column(const Bundle& bundle) {
    auto& problem = out_.problem;
    const auto& original = network_.problem.matrix;
    const auto column = static_cast<std::int32_t>(out_.members.size());
    rows_.clear();
    values_.clear();
    for (const auto& at : bundle.entries) {
        rows_.push_back(at.row);
        values_.push_back(at.value.value());
    }
    if (!bundle.exact) {
        const auto begin = original.values.begin() + original.starts[bundle.part.first];
        values_.assign(begin, begin + static_cast<std::ptrdiff_t>(rows_.size()));
    }
    const double scale = scale_of(values_);
    for (auto& value : values_) value *= scale;
    problem.matrix.add_column(rows_, values_);

    auto& members = out_.members.emplace_back();
    members.reserve(static_cast<std::size_t>(bundle.size));
    for (auto r = bundle.part.first; r >= 0; r = out_.next[r]) {
        members.push_back(r);
        out_.column[r] = column;
        out_.factor[r] = out_.relative[r] * scale;
    }
    const auto [lower, upper] = column_bounds(out_, column, network_.problem.lower, network_.problem.upper);
    problem.lower.push_back(lower);
    problem.upper.push_back(upper);
}

}  // namespace

Compression compress(const Network& network, double tolerance) { return Compressor(network, tolerance).run(); }

std::vector<double> expand(const Compression& compression, std::span<const double> w) {
    std::vector<double> flux(compression.column.size(), 0);
    for (std::size_t r = 0; r < flux.size(); ++r)
        if (compression.column[r] >= 0) flux[r] = compression.factor[r] * w[compression.column[r]];
    return flux;
}

std::vector<double> compress_objective(const Compression& compression, std::span<const double> coefficients) {
    std::vector<double> out(compression.members.size(), 0);
    for (std::size_t r = 0; r < coefficients.size(); ++r)
        if (coefficients[r] != 0 && compression.column[r] >= 0)
            out[compression.column[r]] += coefficients[r] * compression.factor[r];
    return out;
}

std::pair<double, double> column_bounds(const Compression& compression, std::int32_t column,
                                        std::span<const double> lower, std::span<const double> upper) {
    double least = -lp::infinity;
    double greatest = lp::infinity;
    for (const auto r : compression.members[column]) {
        const double scale = compression.factor[r];
        least = std::max(least, (scale > 0 ? lower[r] : upper[r]) / scale);
        greatest = std::min(greatest, (scale > 0 ? upper[r] : lower[r]) / scale);
    }
    if (least > greatest && least <= greatest + slack(compression.tolerance, greatest)) least = greatest;
    return {least, greatest};
}

}  // namespace leaven::metabolism
