#include "net/loop.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <vector>

#include "base/check.hpp"
#include "net/run_blocking.hpp"

namespace fairway::net {

namespace asio = boost::asio;

struct Loop::State {
    asio::io_context io;
    asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(io);
};

Loop::Loop() : state_(std::make_unique<State>()) {}

Loop::~Loop() { stop(); }

void Loop::spawn(Task<void> task, std::function<void(std::exception_ptr)> on_exit) {
    asio::co_spawn(state_->io, std::move(task), [on_exit = std::move(on_exit)](std::exception_ptr error) {
        if (on_exit) on_exit(error);
        else if (error) std::rethrow_exception(error);
    });
}

void Loop::run() { state_->io.run(); }

void Loop::run_ready() {
    state_->io.restart();
    state_->io.poll();
}

void Loop::stop() { state_->io.stop(); }

Task<void> Loop::sleep(Duration real_time) {
    asio::steady_timer timer(state_->io, real_time);
    co_await timer.async_wait(asio::use_awaitable);
}

// The timer never fires: cancelling it is the signal.
struct Gate::State {
    explicit State(asio::io_context& io) : closed(io, asio::steady_timer::time_point::max()) {}
    asio::steady_timer closed;
};

Gate::Gate(Loop& loop) : state_(std::make_unique<State>(loop.state().io)) {}
Gate::~Gate() = default;

Task<void> Gate::pass() {
    boost::system::error_code opened;
    co_await state_->closed.async_wait(asio::redirect_error(asio::use_awaitable, opened));
}

void Gate::open() { state_->closed.cancel(); }

namespace {

// Contexts are kept for the next run and never destroyed while the program runs: a thread that posts the last
// answer may still be inside post() when the run that it wakes has already ended.
class SpareContexts {
public:
    std::unique_ptr<asio::io_context> take() {
        const std::lock_guard lock(mutex_);
        if (spare_.empty()) return std::make_unique<asio::io_context>();
        auto context = std::move(spare_.back());
        spare_.pop_back();
        return context;
    }
    void put_back(std::unique_ptr<asio::io_context> context) {
        context->restart();
        const std::lock_guard lock(mutex_);
        spare_.push_back(std::move(context));
    }

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<asio::io_context>> spare_;
};

SpareContexts& spare_contexts() {
    static SpareContexts contexts;
    return contexts;
}

}  // namespace

void run_to_end(Task<void> task) {
    auto context = spare_contexts().take();
    bool done = false;
    std::exception_ptr error;
    asio::co_spawn(*context, std::move(task), [&done, &error](std::exception_ptr thrown) {
        done = true;
        error = std::move(thrown);
    });
    context->run();
    CHECK(done, "a task keeps its loop busy until it ends");
    spare_contexts().put_back(std::move(context));
    if (error) std::rethrow_exception(error);
}

}  // namespace fairway::net
