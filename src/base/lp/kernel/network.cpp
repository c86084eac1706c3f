#include "network.hpp"

#include <cstdint>
#include <utility>

namespace leaven::lp {
namespace {

/// Numbers that look random, from Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195 (SplitMix).
double jitter_of(std::uint64_t number) {
    std::uint64_t z = (number + 1) * 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    z ^= z >> 31U;
    return 0.5 + 0.5 * static_cast<double>(z >> 11U) * 0x1.0p-53;
}

}  // namespace

Network::Network(SparseMatrix given) : matrix(std::move(given)), row_starts(matrix.rows + 1) {
    for (const int i : matrix.indices) ++row_starts[i + 1];
    for (int i = 0; i < matrix.rows; ++i) row_starts[i + 1] += row_starts[i];
    row_entries.resize(matrix.indices.size());
    auto next = row_starts;
    for (int j = 0; j < matrix.columns; ++j)
        for (int k = matrix.starts[j]; k < matrix.starts[j + 1]; ++k)
            row_entries[next[matrix.indices[k]]++] = {j, matrix.values[k]};
    for (int j = 0; j < variables(); ++j) jitter.push_back(jitter_of(static_cast<std::uint64_t>(j)));
}

void Network::add_column(int variable, double factor, SparseVector& v) const {
    if (variable >= matrix.columns) {
        v.value[variable - matrix.columns] -= factor;
        return;
    }
    for (int k = matrix.starts[variable]; k < matrix.starts[variable + 1]; ++k)
        v.value[matrix.indices[k]] += factor * matrix.values[k];
}

double Network::product(int variable, const std::vector<double>& y) const {
    if (variable >= matrix.columns) return -y[variable - matrix.columns];
    double sum = 0;
    for (int k = matrix.starts[variable]; k < matrix.starts[variable + 1]; ++k)
        sum += matrix.values[k] * y[matrix.indices[k]];
    return sum;
}

}  // namespace leaven::lp
