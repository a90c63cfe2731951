#pragma once
// Addresses of connections as texts, and as whom they count. For the server alone: Asio is dear to include.
#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "base/result.hpp"

namespace fairway::net {

// "127.0.0.1:8400" or "[::1]:8400"; names are not looked up. invalid "bad_address".
Result<boost::asio::ip::tcp::endpoint> parse_endpoint(const std::string& listen);
std::string format_endpoint(const boost::asio::ip::tcp::endpoint& endpoint);

// "192.0.2.1", also where IPv6 carries it.
boost::asio::ip::address as_it_came(const boost::asio::ip::address& address);
// Who counts as one: whoever has an address of IPv6 has all of its /64.
std::string origin_of(const boost::asio::ip::address& address);

}  // namespace fairway::net
