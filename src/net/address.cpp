#include "net/address.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fairway::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Result<tcp::endpoint> parse_endpoint(const std::string& listen) {
    const auto refuse = [&listen] {
        return fail(ErrorKind::invalid, "bad_address", "\"" + listen + "\" is not ADDRESS:PORT", "listen");
    };
    const std::size_t colon = listen.rfind(':');
    if (colon == std::string::npos) return refuse();
    std::string host = listen.substr(0, colon);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    error_code error;
    const auto address = asio::ip::make_address(host, error);
    const auto port = parse_int(std::string_view(listen).substr(colon + 1));
    if (error || address.is_v6() != bracketed || !port || *port < 0 || *port > 65535) return refuse();
    return tcp::endpoint(address, static_cast<std::uint16_t>(*port));
}

std::string format_endpoint(const tcp::endpoint& endpoint) {
    const std::string host = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

asio::ip::address as_it_came(const asio::ip::address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

std::string origin_of(const asio::ip::address& address) {
    if (!address.is_v6()) return address.to_string();
    auto bytes = address.to_v6().to_bytes();
    constexpr auto kNetworkBytes = 8;
    std::fill(bytes.begin() + kNetworkBytes, bytes.end(), std::uint8_t{0});
    return asio::ip::make_address_v6(bytes).to_string();
}

}  // namespace fairway::net
