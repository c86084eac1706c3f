#include "run.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <leaven/metabolism/load.hpp>
#include <leaven/op/call_options.hpp>
#include <leaven/op/json.hpp>

namespace leaven::python {
namespace {

namespace py = pybind11;
using namespace std::chrono_literals;

Error bug(const std::string& what) {
    return failure(ErrorCode::bug, {"a fault of the program: {}", "程序缺陷：{}"}, what)
        .advise({"please report it with the call you made", "请附上所用调用反馈此问题"})
        .error;
}

/// What the worker tells the thread that waits for it.
struct Post {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Progress> news;
    bool ended = false;
    Result<Outcome> outcome = cancelled();
};

Result<Outcome> compute(const Operation& operation, Json parameters, const std::vector<HeldByName>& models, Lang lang,
                        Context& context) {
    const auto options = take_call_options(parameters);
    if (!options) return pass(options);
    options->apply(context, lang);
    std::vector<std::unique_ptr<metabolism::HeldModel>> held;
    for (const auto& one : models) held.push_back(std::make_unique<metabolism::HeldModel>(one.name, one.model));
    auto outcome = operation.compute(parameters, context);
    while (!held.empty()) held.pop_back();  // in the reverse order
    return outcome;
}

/// The worker thread: joined, whatever is raised meanwhile.
class Worker {
public:
    Worker(Context context, std::function<Result<Outcome>(Context&)> work)
        : context_(std::move(context)), thread_([this, work = std::move(work)] {
              auto outcome = guarded(work);
              const std::scoped_lock lock(post_.mutex);
              post_.outcome = std::move(outcome);
              post_.ended = true;
              post_.changed.notify_all();
          }) {}

    ~Worker() {
        context_.stop();
        const py::gil_scoped_release free;
        thread_.join();
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// True when it has ended; waits a little.
    bool ended() {
        const py::gil_scoped_release free;
        std::unique_lock lock(post_.mutex);
        return post_.changed.wait_for(lock, 20ms, [this] { return post_.ended; });
    }

    std::optional<Progress> news() {
        const std::scoped_lock lock(post_.mutex);
        return std::exchange(post_.news, std::nullopt);
    }

    Result<Outcome> take() {
        const std::scoped_lock lock(post_.mutex);
        return std::move(post_.outcome);
    }

private:
    Result<Outcome> guarded(const std::function<Result<Outcome>(Context&)>& work) {
        context_.on_progress([this](const Progress& report) {
            const std::scoped_lock lock(post_.mutex);
            post_.news = report;
        });
        try {
            return work(context_);
        } catch (const std::exception& fault) {
            return tl::unexpected(bug(fault.what()));
        }
    }

    Post post_;
    Context context_;
    std::thread thread_;
};

}  // namespace

Result<Outcome> run(const Operation& operation, const std::string& parameters, const std::vector<HeldByName>& models,
                    const py::object& progress, Lang lang) {
    auto json = parse_json(parameters);
    Context context;
    Worker worker(context, [&](Context& its) { return compute(operation, std::move(json), models, lang, its); });
    while (!worker.ended()) {
        if (PyErr_CheckSignals() != 0) {
            context.stop();
            throw py::error_already_set();
        }
        const auto news = worker.news();
        if (!news || progress.is_none()) continue;
        const auto answer = progress(std::string(news->step.en), std::string(news->step.zh), news->done, news->total);
        if (answer.is(py::bool_(false))) context.stop();
    }
    return worker.take();
}

}  // namespace leaven::python
