#include "net/address.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v6.hpp>

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

std::optional<std::string> network_of(const std::string& address, Network network) {
    error_code error;
    const auto parsed = asio::ip::make_address(address, error);
    if (error) return std::nullopt;
    if (parsed.is_v4()) return parsed.to_string();
    const auto v6 = parsed.to_v6();
    if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
    // By its bytes alone: through which interface it is reached says nothing of whose it is.
    const asio::ip::address_v6 bare(v6.to_bytes());
    return asio::ip::make_network_v6(bare, static_cast<unsigned short>(network)).canonical().to_string();
}

}  // namespace fairway::net
