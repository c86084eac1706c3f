#include <algorithm>
#include <atomic>
#include <exception>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

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

}  // namespace

Status for_each_chunk(const Context& context, Doc step, std::int64_t count, std::int64_t size,
                      const std::function<Status(Chunk, int)>& work) {
    if (count <= 0) return {};
    const std::int64_t chunks = (count + size - 1) / size;
    std::atomic<std::int64_t> next = 0;
    std::atomic<std::int64_t> done = 0;
    FirstFailure failure;

    const auto run = [&](int thread) {
        while (!failure.failed() && !context.stopped()) {
            const std::int64_t index = next.fetch_add(1);
            if (index >= chunks) return;
            const Chunk chunk{index, index * size, std::min(count, (index + 1) * size)};
            try {
                if (auto status = work(chunk, thread); !status) failure.offer(index, std::move(status.error()));
            } catch (...) {
                failure.offer(std::current_exception());
            }
            const std::int64_t so_far = done.fetch_add(chunk.end - chunk.begin) + chunk.end - chunk.begin;
            if (step.complete()) context.report({step, so_far, count});
        }
    };

    const int threads = static_cast<int>(std::min<std::int64_t>(std::max(1, context.threads), chunks));
    std::vector<std::jthread> others;
    for (int thread = 1; thread < threads; ++thread) others.emplace_back(run, thread);
    run(0);
    others.clear();

    if (context.stopped()) return cancelled();
    return failure.outcome();
}

}  // namespace leaven
