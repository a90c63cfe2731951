#include "net/client_network.hpp"

namespace fairway::net {

namespace {

// Some proxies add the port: "203.0.113.4:5678", "[2001:db8::1]:5678".
std::string_view without_port(std::string_view address) {
    if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
    const std::size_t colon = address.find(':');
    const bool is_port = colon != std::string_view::npos && address.find(':', colon + 1) == address.npos;
    return is_port ? address.substr(0, colon) : address;
}

// The last one: those before it are what the client itself says.
std::string_view last_forwarded(const Request& request) {
    std::string_view last;
    for (const auto& [name, value] : request.headers)
        if (to_lower_ascii(name) == "x-forwarded-for") last = split(value, ',').back();
    return last;
}

}  // namespace

std::optional<std::string> client_network(const Request& request, Proxy proxy, Network network) {
    if (proxy == Proxy::trusted)
        return network_of(std::string(without_port(trim(last_forwarded(request)))), network);
    return network_of(request.remote_address, network).value_or(request.remote_address);
}

}  // namespace fairway::net
