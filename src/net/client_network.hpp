#pragma once
// Where a request comes from, for counting what strangers do.
#include <optional>
#include <string>

#include "net/address.hpp"
#include "net/http.hpp"

namespace fairway::net {

enum class Proxy {
    none,
    trusted,  // adds the client's address as the last one of X-Forwarded-For
};

// nullopt: behind a proxy that tells no address. Without one, what is no address is told as it is.
std::optional<std::string> client_network(const Request& request, Proxy proxy,
                                          Network network = Network::line);

}  // namespace fairway::net
