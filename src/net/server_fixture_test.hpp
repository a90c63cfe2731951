#pragma once
// For the tests of the server: one that says back what it was asked, and talks with it by hand.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "net/raw_socket_test.hpp"
#include "net/server.hpp"

namespace fairway::net {

// Says back what it was asked; headers whose name begins with "x-" included.
inline Response echo(const Request& request) {
    std::string text = request.method + " " + request.path;
    for (const auto& [name, value] : request.query) text += " " + name + "=" + value;
    for (const auto& [name, value] : request.headers)
        if (to_lower_ascii(name).starts_with("x-")) text += " " + name + ":" + value;
    return {.body = text + " [" + request.body + "]"};
}

inline std::unique_ptr<Server> started(ServerOptions options, ServerHandler handler = echo,
                                       Logger& log = Logger::none()) {
    auto server = Server::start(std::move(options), std::move(handler), log);
    EXPECT_TRUE(server) << server.error().message;
    return *std::move(server);
}

// Sends the text to a fresh server and reads until the server closes.
inline std::string converse(std::string_view text, ServerHandler handler = echo, ServerOptions options = {}) {
    const auto server = started(std::move(options), std::move(handler));
    return RawSocket(server->address()).send(text).read_all();
}

inline std::size_t answers_in(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find("HTTP/1.1 ", at)) != std::string_view::npos; ++at) ++count;
    return count;
}

inline constexpr std::string_view kAsk = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
inline constexpr std::string_view kLast = "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

}  // namespace fairway::net
