// Ranges of whole numbers as a person types them: "20..40", or "20" for one number.
#pragma once

#include <cstdint>
#include <string>

#include <leaven/core/result.hpp>

namespace leaven::dna {

struct WholeRange {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

/// Errors  bad_input  not a range, or not within `allowed`; `where` is the parameter
Result<WholeRange> range_typed(const std::string& typed, const char* where, WholeRange allowed);

}  // namespace leaven::dna
