// Calls that run beside the thread that reads: started, cancelled, waited for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <leaven/core/context.hpp>
#include <leaven/op/json.hpp>

namespace leaven::mcp {

/// Takes the answer to one request, once; none where it is not to be answered.
using Reply = std::function<void(std::optional<Json> answer)>;

class Calls {
public:
    using Work = std::function<Json(Context& context)>;
    enum class Start { started, busy, in_use };

    explicit Calls(std::size_t most_waiting) : most_waiting_(most_waiting) {}
    ~Calls();  // stops what runs; what waits is not answered
    Calls(const Calls&) = delete;
    Calls& operator=(const Calls&) = delete;

    /// Runs `work` on a thread of its own, or when one is free. `reply` gets the answer unless the call is cancelled.
    Start start(const std::string& id, Work work, Reply reply);

    /// Asks a call to stop; nothing happens where it has ended or never was.
    void cancel(const std::string& id);
    void cancel_all();

    /// Waits until no call runs or waits; after `grace` they are cancelled.
    void finish(std::chrono::milliseconds grace);

private:
    struct Call {
        std::string id;
        Context context;
        Work work;
        Reply reply;
    };

    void run_calls();
    void run(Call& call);

    static constexpr std::size_t most_threads = 4;

    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::shared_ptr<Call>> open_;  // that run or wait, by id
    std::deque<std::shared_ptr<Call>> waiting_;
    std::size_t idle_ = 0;
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace leaven::mcp
