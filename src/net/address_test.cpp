#include "net/address.hpp"

#include <gtest/gtest.h>

namespace fairway::net {
namespace {

std::string origin(const char* address) {
    return origin_of(as_it_came(boost::asio::ip::make_address(address)));
}

TEST(Origin, an_address_of_ipv4_counts_as_itself) {
    EXPECT_EQ(origin("192.0.2.1"), "192.0.2.1");
    EXPECT_EQ(origin("::ffff:192.0.2.1"), "192.0.2.1");
    EXPECT_NE(origin("192.0.2.1"), origin("192.0.2.2"));
}

TEST(Origin, addresses_of_ipv6_count_by_their_network) {
    EXPECT_EQ(origin("2001:db8:1:2::1"), origin("2001:db8:1:2:ffff::7"));
    EXPECT_NE(origin("2001:db8:1:2::1"), origin("2001:db8:1:3::1"));
}

}  // namespace
}  // namespace fairway::net
