#include "net/pacer.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace fairway::net {

namespace asio = boost::asio;

Task<bool> Pacer::wait_until(const Clock& clock, UtcTime until) {
    constexpr Duration kStep = milliseconds(100);
    asio::steady_timer timer(co_await asio::this_coro::executor);
    while (clock.now() < until) {
        if (left_ <= Duration::zero()) co_return false;
        timer.expires_after(kStep);
        co_await timer.async_wait(asio::use_awaitable);
        left_ -= kStep;
    }
    co_return true;
}

}  // namespace fairway::net
