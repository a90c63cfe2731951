#include "amazon/tokens.hpp"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/loop.hpp"
#include "net/run_blocking.hpp"

namespace fairway::amazon {
namespace {

namespace asio = boost::asio;

// The first call is never answered, the later ones are at once.
class StuckOnceClient final : public net::HttpClient {
public:
    Task<Result<net::Response>> send(net::ClientRequest) override {
        if (calls++ == 0) {
            asio::steady_timer never(co_await asio::this_coro::executor,
                                     asio::steady_timer::time_point::max());
            co_await never.async_wait(asio::use_awaitable);
        }
        co_return net::Response{.body = R"({"access_token":"Atza|1","expires_in":3600})"};
    }
    int calls = 0;
};

Task<void> ask(TokenCache& tokens, Account account, int& answered) {
    const auto token = co_await tokens.token(std::move(account));
    if (token) ++answered;
}

Task<void> stop_soon(net::Loop& loop) {
    for (int i = 0; i < 10; ++i) co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    loop.stop();
}

TEST(TokenCache, a_renewal_that_was_dropped_with_its_loop_holds_nobody_up) {
    StuckOnceClient http;
    const ManualClock clock{*parse_rfc3339("2026-11-23T08:00:00Z")};
    TokenCache tokens(http, clock, Logger::none());
    const Account account{.id = AccountId{7}, .lwa_url = "https://lwa.test"};
    int answered = 0;
    {
        net::Loop loop;
        for (int i = 0; i < 3; ++i) loop.spawn(ask(tokens, account, answered), nullptr);
        loop.spawn(stop_soon(loop), nullptr);
        loop.run();
        ASSERT_EQ(http.calls, 1);
        ASSERT_EQ(answered, 0);
    }
    const auto token = net::run_blocking(tokens.token(account));
    ASSERT_TRUE(token);
    EXPECT_EQ(http.calls, 2);
}

}  // namespace
}  // namespace fairway::amazon
