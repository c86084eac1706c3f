
#include "calls.hpp"

#include <leaven/op/json.hpp>

namespace leaven::mcp {

Calls::~Calls() {
    cancel_all();
    {
        const std::scoped_lock lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
}

Calls::Start Calls::start(const std::string& id, Work work, Reply reply) {
    const std::scoped_lock lock(mutex_);
    if (open_.contains(id)) return Start::in_use;
    if (open_.size() >= most_waiting_) return Start::busy;
    auto call = std::make_shared<Call>(Call{id, {}, std::move(work), std::move(reply)});
    open_[id] = call;
    waiting_.push_back(std::move(call));
    if (idle_ < waiting_.size() && threads_.size() < most_threads) threads_.emplace_back([this] { run_calls(); });
    changed_.notify_all();
    return Start::started;
}

void Calls::cancel(const std::string& id) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = open_.find(id); found != open_.end()) found->second->context.stop();
}

void Calls::cancel_all() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [id, call] : open_) call->context.stop();
}

void Calls::finish(std::chrono::milliseconds grace) {
    std::unique_lock lock(mutex_);
    const auto none_open = [this] { return open_.empty(); };
    if (changed_.wait_for(lock, grace, none_open)) return;
    for (const auto& [id, call] : open_) call->context.stop();
    changed_.wait(lock, none_open);
}

void Calls::run_calls() {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        changed_.wait(lock, [this] { return closing_ || !waiting_.empty(); });
        --idle_;
        if (waiting_.empty()) return;
        const auto call = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        run(*call);
        lock.lock();
        open_.erase(call->id);
        changed_.notify_all();
    }
}

/// A call that was told to stop is not answered, whatever it found.
void Calls::run(Call& call) {
    std::optional<Json> answer;
    if (!call.context.stopped()) answer = call.work(call.context);
    if (call.context.stopped()) answer.reset();
    call.reply(std::move(answer));
}

}  // namespace leaven::mcp
