// A dense array that knows where it is not zero.
#pragma once

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

    /// Lists what is not zero, and makes zero what is as good as.
    void list() {
        index.clear();
        const int size = static_cast<int>(value.size());
        for (int i = 0; i < size; ++i) {
            if (value[i] == 0) continue;
            if (value[i] > negligible || value[i] < -negligible)
                index.push_back(i);
            else
                value[i] = 0;
        }
    }
};

}  // namespace leaven::lp
