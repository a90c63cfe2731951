#include "net/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

#include "base/text.hpp"

namespace fairway::net {

namespace asio = boost::asio;
using boost::system::error_code;

Result<ListenAddress> parse_listen_address(const std::string& listen) {
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
    return ListenAddress{address.to_string(), static_cast<std::uint16_t>(*port)};
}

std::string ListenAddress::str() const {
    return (host.contains(':') ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string origin_of(const std::string& address) {
    error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error || !parsed.is_v6()) return address;
    auto bytes = parsed.to_v6().to_bytes();
    constexpr auto kNetworkBytes = 8;
    std::fill(bytes.begin() + kNetworkBytes, bytes.end(), std::uint8_t{0});
    return asio::ip::make_address_v6(bytes).to_string();
}

}  // namespace fairway::net
