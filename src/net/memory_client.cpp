#include "net/memory_client.hpp"

namespace fairway::net {

namespace {

std::string host_of(std::string_view url) {
    const std::size_t host = url.find("//") + 2;
    return std::string(url.substr(host, url.find_first_of("/?", host) - host));
}

}  // namespace

Task<Result<Response>> MemoryClient::send(ClientRequest request) {
    if (!request.url.starts_with("http://") && !request.url.starts_with("https://"))
        co_return fail(ErrorKind::invalid, "bad_url", "not an http address");
    Request seen{.method = request.method, .path = {}};
    CO_TRY(set_target(seen, request.url));
    seen.headers = request.headers;
    if (!seen.headers.find("Host")) seen.headers.add("Host", host_of(request.url));
    seen.body = request.body;
    seen.remote_address = "127.0.0.1";
    Result<Response> response = handler_(request, seen);
    if (response && (response->delivery == Delivery::held || response->delay >= request.timeout))
        co_return fail(ErrorKind::timeout, "timeout", "no whole answer in time");
    if (response && response->delivery != Delivery::whole)
        co_return fail(ErrorKind::unavailable, "connection_lost",
                       "the connection ended before the answer did");
    if (response && request.method == "HEAD") response->body.clear();
    co_return response;
}

}  // namespace fairway::net
