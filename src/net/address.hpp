#pragma once
// Addresses as texts: where a server listens, and as whom its clients count.
#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"

namespace fairway::net {

struct ListenAddress {
    std::string host{};  // an IP address, of IPv6 without brackets
    std::uint16_t port = 0;
    std::string str() const;  // "127.0.0.1:8400", "[::1]:8400"
};
// Names are not looked up. invalid "bad_address".
Result<ListenAddress> parse_listen_address(const std::string& listen);

// Who counts as one. Of IPv4 it is an address; whoever has one of IPv6 has all of its /64, and gets a whole
// /48 for the asking.
enum class Network : unsigned short { line = 64, block = 48 };

// "203.0.113.4", also of "::ffff:203.0.113.4"; of IPv6 "2001:db8:1:2::/64". nullopt: no address.
std::optional<std::string> network_of(const std::string& address, Network network = Network::line);

}  // namespace fairway::net
