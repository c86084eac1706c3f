// The matrix of a basis as L U, kept up to date while its columns are exchanged one at a time.
//
// A position of the basis is named by the row on which its column pivots, so solutions need no permutation.
// Columns are numbered as in the simplex: those of the matrix, then one with the single entry -1 for each row.
//
// References  Suhl & Suhl 1990, doi:10.1287/ijoc.2.4.325 (factorisation); Forrest & Tomlin 1972,
//             doi:10.1007/BF01584548 (exchange).
// Threads: a value, copied by copying its arrays.
#pragma once

#include <vector>

#include <leaven/lp/problem.hpp>

#include "elimination.hpp"
#include "marks.hpp"
#include "sparse_vector.hpp"

namespace leaven::lp {

class Factor {
public:
    explicit Factor(int rows);

    /// Factorises the columns named in `head` and puts each at the position of its pivot.
    ///
    /// Columns that depend on others are replaced by those of rows left over; the result lists what was replaced.
    std::vector<int> build(const SparseMatrix& matrix, std::vector<int>& head, Elimination& elimination);

    /// B x = v in place, and lists what is not zero. `spike`, where given, keeps what exchange() needs of the entering
    /// column.
    void solve(SparseVector& v, std::vector<Entry>* spike = nullptr) const;

    /// B' y = v in place. `start` is the only position where v is not zero, or -1; `partial` is for exchange().
    void solve_transposed(SparseVector& v, int start = -1, std::vector<Entry>* partial = nullptr) const;

    /// The column of `spike` enters at `position`; `partial` from the unit vector of that position, `pivot` the entry
    /// of B^-1 a there.
    void exchange(int position, const std::vector<Entry>& spike, const std::vector<Entry>& partial, double pivot);

    [[nodiscard]] int exchanges() const { return static_cast<int>(row_etas_.size()); }

    /// Entries written since build(), relative to those of then: a measure of what solves now cost.
    [[nodiscard]] bool has_grown() const { return columns_.size() > 3 * built_entries_ + 1000; }

private:
    struct Span {
        int begin = 0;
        int end = 0;
        int room = 0;  // end of what is reserved
    };

    void store_lower(const std::vector<Pivot>& pivots, const Elimination& elimination);
    void store_upper(const std::vector<Pivot>& pivots, const Elimination& elimination);

    // `sparse`: the few positions that are not zero are marked and looked up, instead of looking at all. The numbers
    // are the same.
    [[nodiscard]] bool is_sparse(std::size_t nonzeros) const { return nonzeros * 8 < order_.size(); }
    template <bool sparse>
    void solve_column(SparseVector& v, int p) const;
    template <bool sparse>
    void solve_transposed(SparseVector& v, int start, std::vector<Entry>* partial) const;
    template <bool sparse>
    void solve_row(std::vector<double>& x, int p, std::vector<Entry>* partial) const;
    template <bool sparse>
    void take_from(std::vector<double>& x, const Eta& eta, const std::vector<Entry>& entries) const;
    void remove_row(int position);
    void remove_column(int position);
    void add_to_row(int row, Entry entry);

    int rows_;
    std::size_t built_entries_ = 0;

    // L: what each pivot takes from other rows, in order, only pivots that take anything; and the same by rows, in
    // reverse order, for the transposed.
    std::vector<Eta> lower_;
    std::vector<Entry> lower_entries_;
    std::vector<Eta> lower_rows_;
    std::vector<Entry> lower_row_entries_;

    // Rows of U that exchanges removed, as combinations of others.
    std::vector<Eta> row_etas_;
    std::vector<Entry> row_eta_entries_;

    // U by columns and by rows, each named by its position; -1 in the order where an exchange moved one to the end.
    std::vector<double> pivot_, inverse_pivot_;
    std::vector<int> order_;
    std::vector<int> place_in_order_;
    std::vector<Span> column_;
    std::vector<Entry> columns_;
    std::vector<Span> row_;
    std::vector<Entry> row_entries_;

    // Scratch of a solve, clear between two: what may not be zero, by place in the order, and by position.
    mutable Marks ahead_;
    mutable Marks touched_;
    mutable std::size_t last_solved_ = 0;  // what was not zero in the last result: the next is thought to be like it
    mutable std::size_t last_transposed_ = 0;
};

}  // namespace leaven::lp
