#include "factor.hpp"

#include <cmath>

namespace leaven::lp {
namespace {

constexpr int spare_room = 4;  // entries a row of U can gain before it has to move

}  // namespace

Factor::Factor(int rows)
    : rows_(rows), pivot_(rows), inverse_pivot_(rows), place_in_order_(rows), column_(rows), row_(rows) {
    ahead_.resize(static_cast<std::size_t>(rows));
    touched_.resize(static_cast<std::size_t>(rows));
}

std::vector<int> Factor::build(const SparseMatrix& matrix, std::vector<int>& head, Elimination& elimination) {
    elimination.run(matrix, head);
    auto pivots = elimination.pivots;
    std::vector<int> replaced;
    if (static_cast<int>(pivots.size()) < rows_) {
        std::vector<char> row_used(rows_), column_used(rows_);
        for (const auto& pivot : pivots) row_used[pivot.row] = column_used[pivot.column] = 1;
        int c = 0;
        for (int i = 0; i < rows_; ++i) {
            if (row_used[i]) continue;
            while (column_used[c]) ++c;
            replaced.push_back(head[c]);
            head[c] = matrix.columns + i;
            pivots.push_back({i, c++, -1.0, 0, 0});
        }
    }
    std::vector<int> by_position(rows_);
    for (const auto& pivot : pivots) by_position[pivot.row] = head[pivot.column];
    head = std::move(by_position);
    store_lower(pivots, elimination);
    store_upper(pivots, elimination);
    return replaced;
}

void Factor::store_lower(const std::vector<Pivot>& pivots, const Elimination& elimination) {
    lower_ = elimination.lower;
    lower_entries_ = elimination.lower_entries;
    std::vector<int> count(rows_);
    for (const auto& entry : lower_entries_) ++count[entry.at];
    lower_rows_.clear();
    lower_row_entries_.resize(lower_entries_.size());
    std::vector<int> next(rows_);
    int begin = 0;
    for (std::size_t k = pivots.size(); k-- > 0;) {
        const int i = pivots[k].row;
        if (count[i] == 0) continue;
        lower_rows_.push_back({i, begin, begin + count[i]});
        next[i] = begin;
        begin += count[i];
    }
    for (const auto& eta : lower_)
        for (int k = eta.begin; k < eta.end; ++k)
            lower_row_entries_[next[lower_entries_[k].at]++] = {eta.row, lower_entries_[k].value};
}

void Factor::store_upper(const std::vector<Pivot>& pivots, const Elimination& elimination) {
    row_etas_.clear();
    row_eta_entries_.clear();
    order_.clear();
    columns_ = elimination.upper;
    built_entries_ = columns_.size();

    for (auto& span : row_) span = {};
    for (const auto& entry : columns_) ++row_[entry.at].end;
    int begin = 0;
    for (auto& span : row_) {
        const int count = span.end;
        span = {begin, begin, begin + count + spare_room};
        begin = span.room;
    }
    row_entries_.resize(begin);
    for (const auto& pivot : pivots) {
        place_in_order_[pivot.row] = static_cast<int>(order_.size());
        order_.push_back(pivot.row);
        pivot_[pivot.row] = pivot.value;
        inverse_pivot_[pivot.row] = 1 / pivot.value;
        column_[pivot.row] = {pivot.begin, pivot.end, pivot.end};
        for (int k = pivot.begin; k < pivot.end; ++k)
            row_entries_[row_[columns_[k].at].end++] = {pivot.row, columns_[k].value};
    }
}

void Factor::solve(SparseVector& v, std::vector<Entry>* spike) const {
    auto& x = v.value;
    for (const auto& eta : lower_) take_from<false>(x, eta, lower_entries_);
    for (const auto& eta : row_etas_) {
        double sum = 0;
        for (int k = eta.begin; k < eta.end; ++k) sum += row_eta_entries_[k].value * x[row_eta_entries_[k].at];
        x[eta.row] -= sum;
    }
    const bool sparse = is_sparse(last_solved_);
    if (spike != nullptr) spike->clear();
    if (sparse || spike != nullptr)
        v.for_each_nonzero([&](int p) {
            if (sparse) ahead_.set(place_in_order_[p]);
            if (spike != nullptr && std::abs(x[p]) > negligible) spike->push_back({p, x[p]});
        });
    v.index.clear();
    if (sparse)
        ahead_.descend([&](int place) { solve_column<true>(v, order_[place]); });
    else
        for (std::size_t place = order_.size(); place-- > 0;)
            if (const int p = order_[place]; p >= 0 && x[p] != 0) solve_column<false>(v, p);
    last_solved_ = v.index.size();
}

/// The step back of U at position p, whose value is then final.
template <bool sparse>
void Factor::solve_column(SparseVector& v, int p) const {
    auto& x = v.value;
    if (std::abs(x[p]) <= negligible) {
        x[p] = 0;
        return;
    }
    const double t = x[p] * inverse_pivot_[p];
    x[p] = t;
    v.index.push_back(p);
    for (int k = column_[p].begin; k < column_[p].end; ++k) {
        const auto& [at, value] = columns_[k];
        x[at] -= value * t;
        if constexpr (sparse) ahead_.set(place_in_order_[at]);
    }
}

void Factor::solve_transposed(SparseVector& v, int start, std::vector<Entry>* partial) const {
    if (is_sparse(last_transposed_))
        solve_transposed<true>(v, start, partial);
    else
        solve_transposed<false>(v, start, partial);
    last_transposed_ = v.index.size();
}

template <bool sparse>
void Factor::solve_transposed(SparseVector& v, int start, std::vector<Entry>* partial) const {
    auto& x = v.value;
    if constexpr (sparse) {
        if (start >= 0)
            ahead_.set(place_in_order_[start]);
        else
            v.for_each_nonzero([&](int p) { ahead_.set(place_in_order_[p]); });
        ahead_.ascend([&](int place) { solve_row<true>(x, order_[place], partial); });
    } else {
        for (std::size_t place = start < 0 ? 0 : place_in_order_[start]; place < order_.size(); ++place)
            if (const int p = order_[place]; p >= 0 && x[p] != 0) solve_row<false>(x, p, partial);
    }
    for (std::size_t e = row_etas_.size(); e-- > 0;) take_from<sparse>(x, row_etas_[e], row_eta_entries_);
    for (const auto& row : lower_rows_) take_from<sparse>(x, row, lower_row_entries_);
    v.index.clear();
    const auto list = [&](int p) {
        if (std::abs(x[p]) > negligible)
            v.index.push_back(p);
        else
            x[p] = 0;
    };
    if constexpr (sparse)
        touched_.ascend(list);
    else
        v.for_each_nonzero(list);
}

template <bool sparse>
void Factor::solve_row(std::vector<double>& x, int p, std::vector<Entry>* partial) const {
    if (std::abs(x[p]) <= negligible) {
        x[p] = 0;
        return;
    }
    const double t = x[p] * inverse_pivot_[p];
    x[p] = t;
    if constexpr (sparse) touched_.set(p);
    if (partial != nullptr) partial->push_back({p, t});
    for (int k = row_[p].begin; k < row_[p].end; ++k) {
        const auto& [at, value] = row_entries_[k];
        x[at] -= value * t;
        if constexpr (sparse) ahead_.set(place_in_order_[at]);
    }
}

/// Multiples of the entry in the row of `eta` go from others.
template <bool sparse>
void Factor::take_from(std::vector<double>& x, const Eta& eta, const std::vector<Entry>& entries) const {
    const double t = x[eta.row];
    if (t == 0) return;
    for (int k = eta.begin; k < eta.end; ++k) {
        x[entries[k].at] -= entries[k].value * t;
        if constexpr (sparse) touched_.set(entries[k].at);
    }
}

void Factor::exchange(int position, const std::vector<Entry>& spike, const std::vector<Entry>& partial, double pivot) {
    remove_row(position);
    remove_column(position);

    auto& column = column_[position];
    column.begin = static_cast<int>(columns_.size());
    for (const auto& [row, value] : spike) {
        if (row == position) continue;
        columns_.push_back({row, value});
        add_to_row(row, {position, value});
    }
    column.end = column.room = static_cast<int>(columns_.size());

    Eta eta{position, static_cast<int>(row_eta_entries_.size()), 0};
    for (const auto& entry : partial)
        if (entry.at != position) row_eta_entries_.push_back({entry.at, -entry.value * pivot_[position]});
    eta.end = static_cast<int>(row_eta_entries_.size());
    row_etas_.push_back(eta);

    pivot_[position] *= pivot;
    inverse_pivot_[position] = 1 / pivot_[position];
    order_[place_in_order_[position]] = -1;
    place_in_order_[position] = static_cast<int>(order_.size());
    order_.push_back(position);
    ahead_.resize(order_.size());
}

void Factor::remove_row(int position) {
    auto& row = row_[position];
    for (int k = row.begin; k < row.end; ++k) {
        auto& column = column_[row_entries_[k].at];
        int at = column.begin;
        while (columns_[at].at != position) ++at;
        columns_[at] = columns_[--column.end];
    }
    row.end = row.begin;
}

void Factor::remove_column(int position) {
    const auto& column = column_[position];
    for (int k = column.begin; k < column.end; ++k) {
        auto& row = row_[columns_[k].at];
        int at = row.begin;
        while (row_entries_[at].at != position) ++at;
        row_entries_[at] = row_entries_[--row.end];
    }
}

void Factor::add_to_row(int row, Entry entry) {
    auto& span = row_[row];
    if (span.end == span.room) {
        const int count = span.end - span.begin;
        const int begin = static_cast<int>(row_entries_.size());
        row_entries_.resize(begin + 2 * count + spare_room);
        for (int k = 0; k < count; ++k) row_entries_[begin + k] = row_entries_[span.begin + k];
        span = {begin, begin + count, static_cast<int>(row_entries_.size())};
    }
    row_entries_[span.end++] = entry;
}

}  // namespace leaven::lp
