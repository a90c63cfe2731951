#include "net/run_all.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>

namespace fairway::net {

namespace asio = boost::asio;

namespace {

// Lives until the last worker is done. All on one executor, so nothing is locked.
struct Crew {
    explicit Crew(const asio::any_io_executor& executor)
        : done(executor, asio::steady_timer::time_point::max()) {}
    std::vector<Task<void>> tasks;
    std::size_t next = 0;
    int working = 0;
    std::exception_ptr failure;
    asio::steady_timer done;  // cancelled when the last worker ends
};

Task<void> work(std::shared_ptr<Crew> crew) {
    while (crew->next < crew->tasks.size()) {
        Task<void> task = std::move(crew->tasks[crew->next++]);
        try {
            co_await std::move(task);
        } catch (...) {
            if (!crew->failure) crew->failure = std::current_exception();
        }
    }
    if (--crew->working == 0) crew->done.cancel();
}

}  // namespace

Task<void> run_all(std::vector<Task<void>> tasks, int at_once) {
    const auto executor = co_await asio::this_coro::executor;
    auto crew = std::make_shared<Crew>(executor);
    crew->tasks = std::move(tasks);
    crew->working =
        static_cast<int>(std::min<std::size_t>(crew->tasks.size(), static_cast<std::size_t>(at_once)));
    if (crew->working == 0) co_return;
    for (int i = crew->working; i > 0; --i) asio::co_spawn(executor, work(crew), [](std::exception_ptr) {});
    while (crew->working > 0) {
        boost::system::error_code cancelled;
        co_await crew->done.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    }
    if (crew->failure) std::rethrow_exception(crew->failure);
}

}  // namespace fairway::net
