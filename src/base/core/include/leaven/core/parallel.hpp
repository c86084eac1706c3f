// Loops over independent pieces of work, on the threads of the Context.
//
// The pieces are cut into chunks whose bounds depend on the input alone, never on the number of threads:
// state that is carried along a chunk (a warm basis, a random stream) therefore gives the same answer for
// any number of threads. Chunks start in order; which thread takes one is left open.
#pragma once

#include <cstdint>
#include <functional>

#include <leaven/core/context.hpp>

namespace leaven {

/// A half-open range of pieces.
struct Chunk {
    std::int64_t index;  // 0-based number of the chunk
    std::int64_t begin;
    std::int64_t end;
};

/// Calls `work(chunk, thread)` once for each chunk of `size` pieces out of `count`; `thread` is 0 … threads-1.
///
/// Reports `step` after every chunk, or nothing where it is empty: for rounds within a larger step. An exception in
/// `work` is thrown again here. Errors  the error of the first chunk, in order, that failed; `cancelled` where the
/// context was stopped
Status for_each_chunk(const Context& context, Doc step, std::int64_t count, std::int64_t size,
                      const std::function<Status(Chunk, int)>& work);

}  // namespace leaven
