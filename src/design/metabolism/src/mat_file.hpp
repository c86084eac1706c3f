// MATLAB's MAT-files of version 5, as plain data: what `save` writes unless it is told -v7.3.
//
// Read are numbers (full and sparse), texts, cells and structures; other kinds of arrays keep their name and size
// alone. Written are the same, compressed. Reference: MAT-File Format, The MathWorks, R2023b.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <leaven/core/result.hpp>
#include <leaven/metabolism/read.hpp>

namespace leaven::metabolism {

struct MatArray {
    enum class Kind { numbers, sparse, text, cells, structure, other };
    Kind kind = Kind::other;
    std::int64_t rows = 0;
    std::int64_t columns = 0;

    std::vector<double> numbers = {};       // column after column; of a sparse matrix its entries, column after column
    bool whole = false;                     // written as integers of 32 bits
    std::vector<std::int64_t> row_of = {};  // sparse: row of each entry
    std::vector<std::int64_t> starts = {};  // sparse: where each column begins, and the end
    std::string text = {};                  // UTF-8
    std::vector<MatArray> cells = {};
    std::vector<std::pair<std::string, MatArray>> fields = {};  // of a structure of one element

    [[nodiscard]] const MatArray* field(std::string_view name) const;
};

struct MatVariable {
    std::string name;
    MatArray value;
};

bool looks_like_mat(std::string_view bytes);

/// Errors  bad_input  damaged, cut short, of another version (the hint says how to save it again), nested beyond 32, or
///                    beyond the size of any model
Result<std::vector<MatVariable>> read_mat_file(std::string_view bytes, const std::string& name,
                                               StopFlag stop = nullptr);

/// One variable in a MAT-file; the same bytes for the same data.
std::string write_mat_file(const MatVariable& variable);

}  // namespace leaven::metabolism
