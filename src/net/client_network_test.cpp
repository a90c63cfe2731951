#include "net/client_network.hpp"

#include <gtest/gtest.h>

namespace fairway::net {
namespace {

std::optional<std::string> told_by_proxy(const std::string& forwarded) {
    return client_network({.method = "GET",
                           .path = "/",
                           .headers = {{"X-Forwarded-For", forwarded}},
                           .remote_address = "127.0.0.1"},
                          Proxy::trusted);
}

TEST(ClientNetwork, what_the_client_says_of_itself_does_not_count) {
    const Request request{.method = "GET",
                          .path = "/",
                          .headers = {{"X-Forwarded-For", "198.51.100.1"}},
                          .remote_address = "203.0.113.4"};
    EXPECT_EQ(client_network(request, Proxy::none), "203.0.113.4");
    EXPECT_EQ(told_by_proxy("198.51.100.1, 203.0.113.4"), "203.0.113.4");
}

TEST(ClientNetwork, of_several_headers_the_last_one_is_the_proxys) {
    Request request{.method = "GET", .path = "/", .remote_address = "127.0.0.1"};
    request.headers.add("X-Forwarded-For", "198.51.100.1");
    request.headers.add("x-forwarded-for", "203.0.113.4");
    EXPECT_EQ(client_network(request, Proxy::trusted), "203.0.113.4");
}

TEST(ClientNetwork, of_ipv6_the_network_counts) {
    EXPECT_EQ(told_by_proxy("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(told_by_proxy("2001:db8:1:2:ffff::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(told_by_proxy("::ffff:203.0.113.4"), "203.0.113.4");
}

TEST(ClientNetwork, a_port_does_not_make_another_place) {
    EXPECT_EQ(told_by_proxy("203.0.113.4:5678"), "203.0.113.4");
    EXPECT_EQ(told_by_proxy("[2001:db8:1:2::1]:5678"), "2001:db8:1:2::/64");
}

TEST(ClientNetwork, a_proxy_that_tells_no_address_is_not_taken_for_its_client) {
    for (const char* odd : {"", "unknown", "[", "[]", ",", ":", "203.0.113.4,"})
        EXPECT_EQ(told_by_proxy(odd), std::nullopt) << odd;
    const Request request{.method = "GET", .path = "/", .remote_address = "127.0.0.1"};
    EXPECT_EQ(client_network(request, Proxy::trusted), std::nullopt);
    EXPECT_EQ(client_network(request, Proxy::none), "127.0.0.1");
}

}  // namespace
}  // namespace fairway::net
