#include "net/address.hpp"

#include <gtest/gtest.h>

namespace fairway::net {
namespace {

TEST(ListenAddress, is_an_address_and_a_port) {
    for (const char* text : {"127.0.0.1:8400", "[::1]:0", "0.0.0.0:65535"})
        EXPECT_EQ(parse_listen_address(text).value().str(), text);
    for (const char* text : {"", "8400", "localhost:8400", "::1:8400", "[127.0.0.1]:1", "127.0.0.1:65536"})
        EXPECT_EQ(parse_listen_address(text).error().code, "bad_address") << text;
}

TEST(Network, an_address_of_ipv4_counts_as_itself) {
    EXPECT_EQ(network_of("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(network_of("192.0.2.1", Network::block), "192.0.2.1");
    EXPECT_EQ(network_of("::ffff:192.0.2.1"), "192.0.2.1");
}

TEST(Network, addresses_of_ipv6_count_by_their_network) {
    EXPECT_EQ(network_of("2001:db8:1:2::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("2001:DB8:1:2:ffff::7"), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of("2001:db8:1:ffff::1", Network::block), "2001:db8:1::/48");
    EXPECT_EQ(network_of("fe80::1%2"), "fe80::/64");
}

TEST(Network, what_is_no_address_has_none) {
    for (const char* text : {"", "unknown", "192.0.2", "192.0.2.1:80", "[::1]", "::/64"})
        EXPECT_EQ(network_of(text), std::nullopt) << text;
}

}  // namespace
}  // namespace fairway::net
