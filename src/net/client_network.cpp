#include "net/client_network.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>

namespace fairway::net {

namespace {

// Some proxies add the port: "203.0.113.4:5678", "[2001:db8::1]:5678".
std::string_view without_port(std::string_view address) {
    if (address.starts_with('[')) return address.substr(1, address.find(']') - 1);
    const std::size_t colon = address.find(':');
    const bool is_port = colon != std::string_view::npos && address.find(':', colon + 1) == address.npos;
    return is_port ? address.substr(0, colon) : address;
}

std::string to_text(int family, const void* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    return inet_ntop(family, bytes, text.data(), text.size());
}

std::optional<std::string> network_of(std::string_view given) {
    constexpr std::size_t kMappedAt = 12;  // of ::ffff:203.0.113.4
    constexpr std::size_t kNetworkBytes = 8;
    const std::string address(without_port(trim(given)));
    in_addr v4{};
    if (inet_pton(AF_INET, address.c_str(), &v4) == 1) return to_text(AF_INET, &v4);
    in6_addr v6{};
    if (inet_pton(AF_INET6, address.c_str(), &v6) != 1) return std::nullopt;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) return to_text(AF_INET, &v6.s6_addr[kMappedAt]);
    std::fill(std::begin(v6.s6_addr) + kNetworkBytes, std::end(v6.s6_addr), 0);
    return to_text(AF_INET6, &v6) + "/64";
}

// The last one: those before it are what the client itself says.
std::string_view last_forwarded(const Request& request) {
    std::string_view last;
    for (const auto& [name, value] : request.headers)
        if (to_lower_ascii(name) == "x-forwarded-for") last = split(value, ',').back();
    return last;
}

}  // namespace

std::string client_network(const Request& request, Proxy proxy) {
    if (proxy == Proxy::trusted)
        if (auto network = network_of(last_forwarded(request))) return *std::move(network);
    return network_of(request.remote_address).value_or(request.remote_address);
}

}  // namespace fairway::net
