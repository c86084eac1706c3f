// Loops over independent pieces of work, on the threads of the Context.
//
// The pieces are cut into chunks whose bounds depend on the input alone, never on the number of threads:
// state that is carried along a chunk (a warm basis, a random stream) therefore gives the same answer for
// any number of threads. Chunks start in order; which thread takes one is left open.
//
// Where the context has a team, chunk i belongs to rank i modulo the ranks, in every loop: state that a chunk keeps
// from one loop to the next stays with its rank.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/core/packed.hpp>

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

/// What the chunks of one rank found, as bytes for the others.
struct Sharing {
    std::function<std::string(Chunk)> pack;
    std::function<void(Chunk, std::string_view)> unpack;
};

/// The same, divided among the ranks of the context's team: each rank works on its own chunks, packs what they found,
/// and unpacks the other ranks' chunks. Without a team nothing is packed.
///
/// Errors  that of the first chunk that failed on any rank, on every rank
Status for_each_chunk(const Context& context, Doc step, std::int64_t count, std::int64_t size,
                      const std::function<Status(Chunk, int)>& work, const Sharing& sharing);

/// Sharing of plain values, one for each piece.
template <class T>
Sharing share_values(std::vector<T>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    return {[&values](Chunk chunk) {
                return std::string(reinterpret_cast<const char*>(values.data() + chunk.begin),
                                   static_cast<std::size_t>(chunk.end - chunk.begin) * sizeof(T));
            },
            [&values](Chunk chunk, std::string_view bytes) {
                if (!bytes.empty())
                    std::memcpy(static_cast<void*>(values.data() + chunk.begin), bytes.data(), bytes.size());
            }};
}

/// The same for values of any kind that is packed (packed.hpp).
template <class T>
Sharing share_packed(std::vector<T>& values) {
    return {[&values](Chunk chunk) {
                Packer packer;
                for (auto i = chunk.begin; i < chunk.end; ++i) packer.add(values[static_cast<std::size_t>(i)]);
                return packer.take();
            },
            [&values](Chunk chunk, std::string_view bytes) {
                Unpacker unpacker(bytes);
                for (auto i = chunk.begin; i < chunk.end; ++i) unpacker.read(values[static_cast<std::size_t>(i)]);
            }};
}

}  // namespace leaven
