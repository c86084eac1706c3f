// A dense array that knows where it is not zero.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace leaven::lp {

inline constexpr double negligible = 1e-14;  // an entry as good as zero

struct SparseVector {
    std::vector<double> value;
    std::vector<int> index;  // of what is not zero, once its writer has listed it

    explicit SparseVector(int size) : value(size) { index.reserve(size); }

    void clear() {
        for (const int i : index) value[i] = 0;
        index.clear();
    }

    void set(int i, double entry) {
        value[i] = entry;
        index.push_back(i);
    }

    /// Visits every place that is not zero, whether listed or not.
    template <class Visit>
    void for_each_nonzero(Visit&& visit) const {
        constexpr int together = 4;  // most are zero
        const int size = static_cast<int>(value.size());
        int i = 0;
        for (; i + together <= size; i += together) {
            const double* x = value.data() + i;
            if (((bits(x[0]) | bits(x[1]) | bits(x[2]) | bits(x[3])) << 1U) == 0) continue;
            for (int k = i; k < i + together; ++k)
                if (value[k] != 0) visit(k);
        }
        for (; i < size; ++i)
            if (value[i] != 0) visit(i);
    }

private:
    static std::uint64_t bits(double x) { return std::bit_cast<std::uint64_t>(x); }
};

}  // namespace leaven::lp
