#pragma once
// Where a request comes from, for counting what strangers do.
#include <string>

#include "net/http.hpp"

namespace fairway::net {

enum class Proxy {
    none,
    trusted,  // adds the client's address as the last one of X-Forwarded-For
};

// "203.0.113.4", and of IPv6 the first 64 bits, "2001:db8:1:2::/64": who has one address there has them all.
// What is no address is told as the connection's own.
std::string client_network(const Request& request, Proxy proxy);

}  // namespace fairway::net
