#include "elimination.hpp"

#include <algorithm>
#include <cmath>

#include "sparse_vector.hpp"

namespace leaven::lp {
namespace {

constexpr double smallest_pivot = 1e-11;
constexpr double share_of_largest = 0.1;  // below, a pivot is held to be too small for its column
constexpr int lines_searched = 4;

template <class T>
void erase_unordered(std::vector<T>& list, std::size_t at) {
    list[at] = list.back();
    list.pop_back();
}

}  // namespace

void Elimination::Buckets::reset(int lines) {
    first.assign(lines + 1, -1);
    next.assign(lines, -1);
    before.assign(lines, -1);
    count.assign(lines, -1);
}

void Elimination::Buckets::add(int line, int entries) {
    count[line] = entries;
    before[line] = -1;
    next[line] = first[entries];
    if (next[line] >= 0) before[next[line]] = line;
    first[entries] = line;
}

void Elimination::Buckets::remove(int line) {
    if (count[line] < 0) return;
    if (before[line] >= 0)
        next[before[line]] = next[line];
    else
        first[count[line]] = next[line];
    if (next[line] >= 0) before[next[line]] = before[line];
    count[line] = -1;
}

void Elimination::run(const SparseMatrix& matrix, const std::vector<int>& head) {
    start(matrix, head);
    peel(matrix, head);
    if (static_cast<int>(pivots.size()) == rows_) return;
    gather_rest(matrix, head);
    for (auto pivot = choose(); pivot.row >= 0; pivot = choose()) eliminate(pivot);
}

void Elimination::start(const SparseMatrix& matrix, const std::vector<int>& head) {
    rows_ = matrix.rows;
    pivots.clear();
    upper.clear();
    lower.clear();
    lower_entries.clear();
    row_done_.assign(rows_, 0);
    column_done_.assign(rows_, 0);
    row_count_.assign(rows_, 0);
    column_count_.assign(rows_, 0);
    for (int c = 0; c < rows_; ++c) {
        if (head[c] < matrix.columns) continue;
        const int row = head[c] - matrix.columns;
        row_done_[row] = column_done_[c] = 1;
        pivots.push_back({row, c, -1.0, 0, 0});
    }
    for (int c = 0; c < rows_; ++c) {
        if (column_done_[c]) continue;
        for (int k = matrix.starts[head[c]]; k < matrix.starts[head[c] + 1]; ++k) {
            if (row_done_[matrix.indices[k]]) continue;
            ++column_count_[c];
            ++row_count_[matrix.indices[k]];
        }
    }
    row_starts_.assign(rows_ + 1, 0);
    for (int i = 0; i < rows_; ++i) row_starts_[i + 1] = row_starts_[i] + row_count_[i];
    row_columns_.resize(row_starts_[rows_]);
    for (int c = 0; c < rows_; ++c) {
        if (column_done_[c]) continue;
        for (int k = matrix.starts[head[c]]; k < matrix.starts[head[c] + 1]; ++k)
            if (!row_done_[matrix.indices[k]]) row_columns_[row_starts_[matrix.indices[k]]++] = c;
    }
    for (int i = rows_; i > 0; --i) row_starts_[i] = row_starts_[i - 1];
    row_starts_[0] = 0;
}

void Elimination::peel(const SparseMatrix& matrix, const std::vector<int>& head) {
    single_rows_.clear();
    single_columns_.clear();
    for (int i = 0; i < rows_; ++i) {
        if (row_count_[i] == 1 && !row_done_[i]) single_rows_.push_back(i);
        if (column_count_[i] == 1 && !column_done_[i]) single_columns_.push_back(i);
    }
    while (!single_columns_.empty() || !single_rows_.empty()) {
        const bool by_column = !single_columns_.empty();
        auto& queue = by_column ? single_columns_ : single_rows_;
        const int line = queue.back();
        queue.pop_back();
        if (by_column) {
            if (column_done_[line] || column_count_[line] != 1) continue;
            int k = matrix.starts[head[line]];
            while (row_done_[matrix.indices[k]]) ++k;
            pivot_single(matrix, head[line], matrix.indices[k], line);
        } else {
            if (row_done_[line] || row_count_[line] != 1) continue;
            int k = row_starts_[line];
            while (column_done_[row_columns_[k]]) ++k;
            pivot_single(matrix, head[row_columns_[k]], line, row_columns_[k]);
        }
    }
}

void Elimination::pivot_single(const SparseMatrix& matrix, int variable, int row, int column) {
    double value = 0;
    for (int k = matrix.starts[variable]; k < matrix.starts[variable + 1]; ++k)
        if (matrix.indices[k] == row) value = matrix.values[k];
    if (std::abs(value) < smallest_pivot) return;

    const int upper_begin = static_cast<int>(upper.size());
    const int lower_begin = static_cast<int>(lower_entries.size());
    for (int k = matrix.starts[variable]; k < matrix.starts[variable + 1]; ++k) {
        const int i = matrix.indices[k];
        if (i == row) continue;
        if (row_done_[i]) {
            upper.push_back({i, matrix.values[k]});
        } else {
            lower_entries.push_back({i, matrix.values[k] / value});
            if (--row_count_[i] == 1) single_rows_.push_back(i);
        }
    }
    const int lower_end = static_cast<int>(lower_entries.size());
    if (lower_end > lower_begin) lower.push_back({row, lower_begin, lower_end});
    row_done_[row] = column_done_[column] = 1;
    pivots.push_back({row, column, value, upper_begin, static_cast<int>(upper.size())});
    for (int k = row_starts_[row]; k < row_starts_[row + 1]; ++k) {
        const int c = row_columns_[k];
        if (!column_done_[c] && --column_count_[c] == 1) single_columns_.push_back(c);
    }
}

void Elimination::gather_rest(const SparseMatrix& matrix, const std::vector<int>& head) {
    active_.resize(rows_);
    above_.resize(rows_);
    pattern_.resize(rows_);
    slot_.assign(rows_, 0);
    rest_.clear();
    row_buckets_.reset(rows_);
    column_buckets_.reset(rows_);
    for (int i = 0; i < rows_; ++i) pattern_[i].clear();
    for (int c = 0; c < rows_; ++c) {
        if (column_done_[c]) continue;
        rest_.push_back(c);
        active_[c].clear();
        above_[c].clear();
        for (int k = matrix.starts[head[c]]; k < matrix.starts[head[c] + 1]; ++k) {
            const int i = matrix.indices[k];
            (row_done_[i] ? above_ : active_)[c].push_back({i, matrix.values[k]});
            if (!row_done_[i]) pattern_[i].push_back(c);
        }
        column_buckets_.add(c, static_cast<int>(active_[c].size()));
    }
    for (int i = 0; i < rows_; ++i)
        if (!row_done_[i]) row_buckets_.add(i, static_cast<int>(pattern_[i].size()));
}

double Elimination::largest(int column) const {
    double most = 0;
    for (const auto& entry : active_[column]) most = std::max(most, std::abs(entry.value));
    return most;
}

void Elimination::try_column(int column, Candidate& best) const {
    const double least = std::max(smallest_pivot, share_of_largest * largest(column));
    const long others = static_cast<long>(active_[column].size()) - 1;
    for (const auto& entry : active_[column]) {
        if (std::abs(entry.value) < least) continue;
        const long merit = others * (static_cast<long>(pattern_[entry.at].size()) - 1);
        if (best.row < 0 || merit < best.merit || (merit == best.merit && std::abs(entry.value) > std::abs(best.value)))
            best = {entry.at, column, entry.value, merit};
    }
}

void Elimination::try_row(int row, Candidate& best) const {
    const long others = static_cast<long>(pattern_[row].size()) - 1;
    for (const int column : pattern_[row]) {
        const long merit = others * (static_cast<long>(active_[column].size()) - 1);
        if (best.row >= 0 && merit >= best.merit) continue;
        const auto entry = std::find_if(active_[column].begin(), active_[column].end(),
                                        [&](const Entry& candidate) { return candidate.at == row; });
        if (std::abs(entry->value) < std::max(smallest_pivot, share_of_largest * largest(column))) continue;
        best = {row, column, entry->value, merit};
    }
}

Elimination::Candidate Elimination::choose() const {
    Candidate best;
    int searched = 0;
    for (int count = 1; count <= rows_; ++count) {
        for (int c = column_buckets_.first[count]; c >= 0; c = column_buckets_.next[c]) {
            try_column(c, best);
            if (best.row >= 0 && (++searched >= lines_searched || best.merit <= long{count - 1} * (count - 1)))
                return best;
        }
        for (int r = row_buckets_.first[count]; r >= 0; r = row_buckets_.next[r]) {
            try_row(r, best);
            if (best.row >= 0 && (++searched >= lines_searched || best.merit <= long{count} * (count - 1))) return best;
        }
    }
    return best;
}

void Elimination::eliminate(const Candidate& pivot) {
    row_buckets_.remove(pivot.row);
    column_buckets_.remove(pivot.column);
    row_done_[pivot.row] = column_done_[pivot.column] = 1;

    Eta eta{pivot.row, static_cast<int>(lower_entries.size()), 0};
    for (const auto& entry : active_[pivot.column]) {
        if (entry.at == pivot.row) continue;
        lower_entries.push_back({entry.at, entry.value / pivot.value});
        auto& pattern = pattern_[entry.at];
        erase_unordered(pattern, std::find(pattern.begin(), pattern.end(), pivot.column) - pattern.begin());
    }
    eta.end = static_cast<int>(lower_entries.size());
    if (eta.end > eta.begin) lower.push_back(eta);

    for (const int column : pattern_[pivot.row])
        if (column != pivot.column) subtract(column, pivot.row, eta);
    for (int k = eta.begin; k < eta.end; ++k) {
        const int i = lower_entries[k].at;
        row_buckets_.remove(i);
        row_buckets_.add(i, static_cast<int>(pattern_[i].size()));
    }

    const int begin = static_cast<int>(upper.size());
    upper.insert(upper.end(), above_[pivot.column].begin(), above_[pivot.column].end());
    pivots.push_back({pivot.row, pivot.column, pivot.value, begin, static_cast<int>(upper.size())});
}

/// Takes the pivot row out of a column: its entry goes above, its multiples come off the other rows.
void Elimination::subtract(int column, int row, const Eta& eta) {
    auto& entries = active_[column];
    const auto own = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.at == row; });
    const double factor = own->value;
    above_[column].push_back(*own);
    erase_unordered(entries, own - entries.begin());

    for (std::size_t k = 0; k < entries.size(); ++k) slot_[entries[k].at] = static_cast<int>(k) + 1;
    const std::size_t before = entries.size();
    for (int k = eta.begin; k < eta.end; ++k) {
        const auto [i, multiple] = lower_entries[k];
        if (slot_[i] > 0) {
            entries[slot_[i] - 1].value -= multiple * factor;
        } else {
            entries.push_back({i, -multiple * factor});
            pattern_[i].push_back(column);
        }
    }
    for (std::size_t k = 0; k < before; ++k) slot_[entries[k].at] = 0;
    for (std::size_t k = entries.size(); k-- > 0;) {
        if (std::abs(entries[k].value) > negligible) continue;
        auto& pattern = pattern_[entries[k].at];
        erase_unordered(pattern, std::find(pattern.begin(), pattern.end(), column) - pattern.begin());
        row_buckets_.remove(entries[k].at);
        row_buckets_.add(entries[k].at, static_cast<int>(pattern.size()));
        erase_unordered(entries, k);
    }
    column_buckets_.remove(column);
    column_buckets_.add(column, static_cast<int>(entries.size()));
}

}  // namespace leaven::lp
