#pragma once
// The HTTP/1.1 server: Beast on one thread for sockets, handlers on a small pool of threads, limits on
// everything.
#include <functional>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "net/http.hpp"

namespace fairway::net {

struct ServerOptions {
    std::string listen = "127.0.0.1:0";  // ADDRESS:PORT; port 0 takes a free one
    int handler_threads = 4;
    std::size_t header_bytes_max = 16 * 1024;
    std::size_t body_bytes_max = 10 * 1024 * 1024;
    int connections_max = 512;           // more wait in the kernel's queue
    int connections_per_origin_max = 0;  // of one address, or one /64 of IPv6; more are closed. 0: as many
    Duration request_timeout = seconds(30);  // from the first byte to the whole request
    Duration idle_timeout = seconds(60);     // between requests, and for taking an answer
    Duration stream_pace = seconds(1);       // how often a body without an end is asked for more
    int streams_max = 100;                   // bodies without an end at once; one more is refused with 503
    int files_max = 40;                      // bodies with an end that are made while they are sent; the same
    // How long this request's body may be, as soon as its head is there: before that, nothing is known of who
    // sends it. On the thread for sockets. Default: body_bytes_max.
    std::function<std::size_t(const Request& head)> body_max{};
    std::string tls_certificate_file{};  // PEM; both or none
    std::string tls_key_file{};
    // "Server" and, where there is a clock, "Date" are added to each answer unless the handler set them.
    const Clock* clock = nullptr;
    // How the server itself refuses: a request that it cannot read (400, 413, 417, 431, 501, 505), a handler
    // that failed (500), one stream too many (503). Default: the text as plain text.
    std::function<Response(int status, const std::string& text)> refuse{};
};

// Answers every request, in any order, on several threads at once. Whatever it throws becomes a logged 500.
// The request is the handler's own: a router fills in params without copying the body.
using ServerHandler = std::function<Response(Request)>;

class Server {
public:
    // Binds at once, so that a busy port is an error here. The server runs until stop() or destruction; both
    // wait for the requests being handled and must not be called by a handler.
    static Result<std::unique_ptr<Server>> start(ServerOptions options, ServerHandler handler, Logger& log);
    virtual ~Server() = default;
    virtual void stop() = 0;
    virtual std::string address() const = 0;  // "127.0.0.1:8400", with the real port
};

}  // namespace fairway::net
