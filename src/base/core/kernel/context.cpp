#include <mutex>

#include <leaven/core/context.hpp>

namespace leaven {

struct Context::Listener {
    std::mutex mutex;
    Sink sink;
};

Context::Context() : stop_(std::make_shared<std::atomic<bool>>(false)), listener_(std::make_shared<Listener>()) {}

void Context::on_progress(Sink sink) { listener_->sink = std::move(sink); }

void Context::report(const Progress& progress) const {
    if (!listener_->sink) return;
    const std::scoped_lock lock(listener_->mutex);
    listener_->sink(progress);
}

}  // namespace leaven
