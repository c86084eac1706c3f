// Gaussian elimination of a sparse, nearly triangular matrix: which entry pivots when, and what is left of it.
//
// First rows and columns with a single entry left, which make no work; the rest by Markowitz' rule: of the entries
// within a factor of the largest in their column, the one in the emptiest row and column.
#pragma once

#include <vector>

#include <leaven/lp/problem.hpp>

namespace leaven::lp {

struct Entry {
    int at;
    double value;
};

/// A run of entries that belongs to one row.
struct Eta {
    int row;
    int begin;
    int end;
};

struct Pivot {
    int row;
    int column;  // number of the place in the list of columns
    double value;
    int begin, end;  // its part of `upper`: entries in rows that pivoted before
};

class Elimination {
public:
    /// Eliminates the columns of `head`; those beyond the matrix are -1 on one row each.
    void run(const SparseMatrix& matrix, const std::vector<int>& head);

    std::vector<Pivot> pivots;  // in order; fewer than rows where columns depend on each other
    std::vector<Entry> upper;
    std::vector<Eta> lower;  // multiples of the pivot row that other rows lose, in order
    std::vector<Entry> lower_entries;

private:
    /// Lists of lines (rows or columns) by their number of entries.
    struct Buckets {
        std::vector<int> first, next, before, count;

        void reset(int lines);
        void add(int line, int entries);
        void remove(int line);
    };

    struct Candidate {
        int row = -1;
        int column = -1;
        double value = 0;
        long merit = 0;
    };

    void start(const SparseMatrix& matrix, const std::vector<int>& head);
    void peel(const SparseMatrix& matrix, const std::vector<int>& head);
    void pivot_single(const SparseMatrix& matrix, int variable, int row, int column);
    void gather_rest(const SparseMatrix& matrix, const std::vector<int>& head);
    [[nodiscard]] Candidate choose() const;
    void try_column(int column, Candidate& best) const;
    void try_row(int row, Candidate& best) const;
    void eliminate(const Candidate& pivot);
    void subtract(int column, int row, const Eta& eta);
    [[nodiscard]] double largest(int column) const;

    int rows_ = 0;
    std::vector<char> row_done_, column_done_;
    std::vector<int> row_count_, column_count_;
    std::vector<int> row_starts_, row_columns_;      // where each row has entries, before elimination
    std::vector<int> single_rows_, single_columns_;  // still to be peeled

    // The rest after peeling.
    std::vector<std::vector<Entry>> active_;  // entries of each column in rows that have not pivoted
    std::vector<std::vector<Entry>> above_;   // and in rows that have
    std::vector<std::vector<int>> pattern_;   // columns with an entry in each row
    std::vector<int> rest_;
    Buckets row_buckets_, column_buckets_;
    std::vector<int> slot_;  // scratch: 1 + where a row stands in the column at hand
};

}  // namespace leaven::lp
