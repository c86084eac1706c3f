#include <algorithm>
#include <atomic>
#include <cstring>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include <leaven/core/packed.hpp>
#include <leaven/core/parallel.hpp>

namespace leaven {
namespace {

/// The failure of the earliest chunk, kept while others are still running.
class FirstFailure {
public:
    void offer(std::int64_t chunk, Error error) {
        const std::scoped_lock lock(mutex_);
        if (chunk >= chunk_) return;
        chunk_ = chunk;
        error_ = std::move(error);
        failed_ = true;
    }
    void offer(std::exception_ptr thrown) {
        const std::scoped_lock lock(mutex_);
        if (!thrown_) thrown_ = std::move(thrown);
        failed_ = true;
    }
    [[nodiscard]] bool failed() const { return failed_; }

    /// Where none failed, but the run was stopped: before every chunk.
    [[nodiscard]] std::int64_t chunk() const { return error_ ? chunk_ : -1; }

    Status outcome() {
        if (thrown_) std::rethrow_exception(thrown_);
        if (error_) return tl::unexpected(*std::move(error_));
        return {};
    }

private:
    std::mutex mutex_;
    std::atomic<bool> failed_ = false;
    std::int64_t chunk_ = std::numeric_limits<std::int64_t>::max();
    std::optional<Error> error_;
    std::exception_ptr thrown_;
};

/// Runs the chunks of one rank on the threads; `failed_chunk` is where the error came from.
class ChunkLoop {
public:
    ChunkLoop(const Context& context, Doc step, std::int64_t count, std::int64_t size, int rank, int ranks)
        : context_(context), step_(step), count_(count), size_(size), rank_(rank), ranks_(ranks) {}

    [[nodiscard]] std::int64_t chunks() const { return (count_ + size_ - 1) / size_; }
    [[nodiscard]] Chunk chunk(std::int64_t index) const {
        return {index, index * size_, std::min(count_, (index + 1) * size_)};
    }

    Status run(const std::function<Status(Chunk, int)>& work) {
        const auto mine = (chunks() - rank_ + ranks_ - 1) / ranks_;
        const int threads = static_cast<int>(std::clamp<std::int64_t>(mine, 1, std::max(1, context_.threads)));
        std::vector<std::jthread> others;
        for (int thread = 1; thread < threads; ++thread) others.emplace_back([&, thread] { work_on(work, thread); });
        work_on(work, 0);
        others.clear();
        if (context_.stopped()) return cancelled();
        return failure_.outcome();
    }

    [[nodiscard]] std::int64_t failed_chunk() const { return failure_.chunk(); }

private:
    void work_on(const std::function<Status(Chunk, int)>& work, int thread) {
        while (!failure_.failed() && !context_.stopped()) {
            const std::int64_t index = rank_ + ranks_ * next_.fetch_add(1);
            if (index >= chunks()) return;
            const auto now = chunk(index);
            try {
                if (auto status = work(now, thread); !status) failure_.offer(index, std::move(status.error()));
            } catch (...) {
                failure_.offer(std::current_exception());
            }
            const std::int64_t so_far = done_.fetch_add(now.end - now.begin) + now.end - now.begin;
            if (step_.complete()) context_.report({step_, std::min(count_, so_far * ranks_), count_});
        }
    }

    const Context& context_;
    Doc step_;
    std::int64_t count_;
    std::int64_t size_;
    int rank_;
    int ranks_;
    std::atomic<std::int64_t> next_ = 0;
    std::atomic<std::int64_t> done_ = 0;
    FirstFailure failure_;
};

constexpr std::int64_t no_failure = std::numeric_limits<std::int64_t>::max();

Packer describe_failure(const Status& status, std::int64_t chunk) {
    Packer message;
    if (status) return message.add(no_failure);
    const auto& error = status.error();
    return message.add(chunk)
        .add(static_cast<std::int64_t>(error.code))
        .add(error.message.en)
        .add(error.message.zh)
        .add(error.where)
        .add(error.hint.en)
        .add(error.hint.zh);
}

Error read_error(Unpacker& reader) {
    Error error;
    error.code = static_cast<ErrorCode>(reader.next<std::int64_t>());
    for (auto* text : {&error.message.en, &error.message.zh, &error.where, &error.hint.en, &error.hint.zh})
        *text = reader.read_text();
    return error;
}

/// Every rank comes to the same end: that of the first chunk that failed.
Status agree(const std::vector<std::string>& messages, std::vector<Unpacker>& readers) {
    std::int64_t first = no_failure;
    Status status;
    for (const auto& message : messages) {
        Unpacker reader(message);
        const auto chunk = reader.next<std::int64_t>();
        if (chunk != no_failure) {
            auto error = read_error(reader);
            if (chunk < first) status = tl::unexpected(std::move(error));
            first = std::min(first, chunk);
        }
        readers.push_back(reader);
    }
    return status;
}

}  // namespace

Status for_each_chunk(const Context& context, Doc step, std::int64_t count, std::int64_t size,
                      const std::function<Status(Chunk, int)>& work) {
    if (count <= 0) return {};
    return ChunkLoop(context, step, count, size, 0, 1).run(work);
}

Status for_each_chunk(const Context& context, Doc step, std::int64_t count, std::int64_t size,
                      const std::function<Status(Chunk, int)>& work, const Sharing& sharing) {
    if (count <= 0) return {};
    const int ranks = context.team ? context.team->size() : 1;
    if (ranks == 1) return for_each_chunk(context, step, count, size, work);
    const int rank = context.team->rank();
    ChunkLoop loop(context, step, count, size, rank, ranks);
    const auto own = loop.run(work);
    auto message = describe_failure(own, loop.failed_chunk());
    if (own)
        for (std::int64_t index = rank; index < loop.chunks(); index += ranks)
            message.add(sharing.pack(loop.chunk(index)));

    const auto messages = context.team->exchange(message.bytes());
    std::vector<Unpacker> readers;
    if (auto status = agree(messages, readers); !status) return status;
    for (std::int64_t index = 0; index < loop.chunks(); ++index) {
        if (index % ranks == rank) continue;
        sharing.unpack(loop.chunk(index), readers[static_cast<std::size_t>(index % ranks)].read_text());
    }
    return {};
}

}  // namespace leaven
