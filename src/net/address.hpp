#pragma once
// Addresses as texts: where a server listens, and as whom its clients count.
#include <cstdint>
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

// Who counts as one client: whoever has an address of IPv6 has all of its /64.
std::string origin_of(const std::string& address);

}  // namespace fairway::net
