// What a running operation is given besides its parameters: threads, seed, language, the wish to stop, progress.
//
// Units: seconds for times. Threads: a Context may be shared by the threads of one run.
// Contract: work over a second calls `stopped()` at least every 200 ms and reports progress; the answer
// does not depend on `threads`.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include <leaven/core/result.hpp>
#include <leaven/core/team.hpp>

namespace leaven {

/// One report of progress: `done` of `total` pieces of the named step.
struct Progress {
    Doc step;
    std::int64_t done = 0;
    std::int64_t total = 0;
};

class Context {
public:
    using Sink = std::function<void(const Progress&)>;

    int threads = 1;
    std::uint64_t seed = 0;
    Lang lang = Lang::en;        // in which pages that hold both languages open
    std::shared_ptr<Team> team;  // the ranks that share this run; none: it is alone

    Context();

    /// All ranks of a team know the answer; the first one tells it and writes the files.
    [[nodiscard]] bool speaks() const { return !team || team->rank() == 0; }

    /// Where progress goes; called from any thread, one call at a time.
    void on_progress(Sink sink);

    /// Reports progress; cheap, and silent where nobody listens.
    void report(const Progress& progress) const;

    /// Asks the run to stop. Safe in a signal handler.
    void stop() const noexcept { stop_->store(true, std::memory_order_relaxed); }

    [[nodiscard]] bool stopped() const noexcept { return stop_->load(std::memory_order_relaxed); }

    /// The flag behind `stopped()`, for code that cannot hold a Context.
    [[nodiscard]] const std::atomic<bool>& stop_flag() const noexcept { return *stop_; }

private:
    struct Listener;
    std::shared_ptr<std::atomic<bool>> stop_;
    std::shared_ptr<Listener> listener_;
};

}  // namespace leaven
