// What our HTTP client makes of an answer: status lines, heads, lengths, chunks, trailers. The input is what
// a server sends before it closes the connection.
#include <thread>

#include "base/text.hpp"
#include "fuzz.hpp"
#include "net/curl_client.hpp"
#include "net/raw_socket_test.hpp"
#include "net/run_blocking.hpp"

namespace fairway::fuzz {

namespace {

constexpr std::size_t kBodyMax = 4'096;

void check_answer(const net::Response& response) {
    CHECK(response.status >= 100 && response.status <= 999, "an answer has a status");
    CHECK(response.body.size() <= kBodyMax, "the limit of a body holds");
    for (const auto& [name, value] : response.headers) {
        CHECK(trim(value) == value, "a value is without the spaces around it");
        CHECK(!name.contains('\n') && !value.contains('\n'), "a field is on one line");
    }
}

void check_failure(const Error& error) {
    check_error(error);
    CHECK(error.kind == ErrorKind::unavailable || error.kind == ErrorKind::too_large ||
              error.kind == ErrorKind::timeout,
          "an answer that cannot be read is one of the failures that callers know");
    CHECK(error.code != "connect_failed", "the request was sent: it may have had its effect");
}

}  // namespace

void fuzz_one(std::string_view input) {
    static const auto client = net::make_curl_client({.body_bytes_max = kBodyMax});
    // One for all inputs: each would take a port of its own out of use for a minute.
    static net::RawListener listener;
    std::thread server([&] {
        net::RawSocket socket = listener.accept();
        socket.read_until("\r\n\r\n");
        socket.send(input);
        socket.finish();
    });
    const auto response =
        net::run_blocking(client->send({.method = "GET", .url = listener.url(), .timeout = seconds(5)}));
    server.join();
    if (response) check_answer(*response);
    else check_failure(response.error());
}

}  // namespace fairway::fuzz
