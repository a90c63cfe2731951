#include "net/memory_client.hpp"

#include <gtest/gtest.h>

#include "net/run_blocking.hpp"

namespace fairway::net {
namespace {

TEST(MemoryClient, shows_the_handler_what_a_server_would_see) {
    Request seen;
    MemoryClient client([&seen](const ClientRequest& sent, const Request& request) -> Result<Response> {
        seen = request;
        return Response{201, {}, sent.url};
    });
    const auto response = run_blocking(client.send({.method = "POST",
                                                    .url = "https://api.test:443/orders/a%2Fb?x=1%202",
                                                    .headers = {{"A", "b"}},
                                                    .body = "hi"}));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, "https://api.test:443/orders/a%2Fb?x=1%202");
    EXPECT_EQ(seen.method, "POST");
    EXPECT_EQ(seen.path, "/orders/a%2Fb");
    EXPECT_EQ(*seen.query_value("x"), "1 2");
    EXPECT_EQ(*seen.headers.find("Host"), "api.test:443");
    EXPECT_EQ(*seen.headers.find("a"), "b");
    EXPECT_EQ(seen.body, "hi");
}

TEST(MemoryClient, passes_on_a_failure_that_the_handler_plays) {
    MemoryClient client([](const ClientRequest&, const Request&) -> Result<Response> {
        return fail(ErrorKind::timeout, "timeout", "no answer");
    });
    EXPECT_EQ(run_blocking(client.send({.url = "http://api.test/"})).error().kind, ErrorKind::timeout);
}

TEST(MemoryClient, an_answer_that_is_cut_is_a_lost_connection) {
    for (const Delivery delivery : {Delivery::cut, Delivery::truncated}) {
        MemoryClient client([delivery](const ClientRequest&, const Request&) -> Result<Response> {
            return Response{.body = "half", .delivery = delivery};
        });
        EXPECT_EQ(run_blocking(client.send({.url = "http://api.test/"})).error().code, "connection_lost");
    }
}

TEST(MemoryClient, refuses_what_is_not_an_http_address) {
    MemoryClient client([](const ClientRequest&, const Request&) -> Result<Response> { return Response{}; });
    EXPECT_EQ(run_blocking(client.send({.url = "/orders"})).error().code, "bad_url");
}

}  // namespace
TEST(MemoryClient, an_answer_that_never_comes_or_comes_too_late_is_a_timeout) {
    for (const Response& answer : {Response{.delivery = Delivery::held}, Response{.delay = seconds(2)}}) {
        MemoryClient client([&](const ClientRequest&, const Request&) { return answer; });
        const auto response = run_blocking(client.send({.url = "http://api.test/", .timeout = seconds(2)}));
        ASSERT_FALSE(response.has_value());
        EXPECT_EQ(response.error().kind, ErrorKind::timeout);
    }
}

}  // namespace fairway::net
