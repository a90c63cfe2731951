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

TEST(Origin, an_address_of_ipv4_counts_as_itself) {
    EXPECT_EQ(origin_of("192.0.2.1"), "192.0.2.1");
    EXPECT_NE(origin_of("192.0.2.1"), origin_of("192.0.2.2"));
}

TEST(Origin, addresses_of_ipv6_count_by_their_network) {
    EXPECT_EQ(origin_of("2001:db8:1:2::1"), origin_of("2001:db8:1:2:ffff::7"));
    EXPECT_NE(origin_of("2001:db8:1:2::1"), origin_of("2001:db8:1:3::1"));
}

}  // namespace
}  // namespace fairway::net
