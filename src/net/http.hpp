#pragma once
// HTTP as data: what the client sends and the server answers, without sockets.
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/task.hpp"
#include "base/text.hpp"

namespace fairway::net {

// Names compare without regard to case; order is kept; a name may repeat.
class Headers {
public:
    using Pairs = std::vector<std::pair<std::string, std::string>>;

    Headers() = default;
    Headers(std::initializer_list<Pairs::value_type> pairs) : pairs_(pairs) {}
    void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
    void set(std::string_view name, std::string value);
    // The first value, or nullptr.
    const std::string* find(std::string_view name) const;
    std::size_t count(std::string_view name) const;
    auto begin() const { return pairs_.begin(); }
    auto end() const { return pairs_.end(); }

private:
    Pairs pairs_;
};

// What our client sends.
struct ClientRequest {
    std::string method = "GET";
    std::string url;  // absolute, already percent-encoded
    Headers headers{};
    std::string body{};
    Duration timeout = seconds(30);  // whole call, real time
};

// How an answer reaches the client. All but `whole` are faults that the sandbox plays; the connection ends
// after them.
enum class Delivery {
    whole,
    cut,        // the connection is closed without an answer
    truncated,  // the head and half of the body, then the connection is closed
    held,       // no answer; the connection stays open until the client gives up
};

// A body that is made while it is sent: the server asks for the next piece until there is no more, the client
// has left or the server stops.
class BodyStream {
public:
    virtual ~BodyStream() = default;
    // On a handler's thread, one call after the other. Empty: nothing to say now; nullopt: the end. A stream
    // that throws is broken off.
    virtual std::optional<std::string> next() = 0;
    // false: without an end, such as events; asked at the server's pace. true: a file, made as fast as the
    // client takes it and never silent; the client sees whether it got the whole (if it speaks HTTP/1.1).
    virtual bool has_end() const { return false; }
};

struct Response {
    int status = 200;
    Headers headers{};
    std::string body{};
    Delivery delivery = Delivery::whole;
    std::shared_ptr<BodyStream> stream{};  // follows the body; the connection ends with it
    Duration delay{};  // real time that passes before it is sent: another fault the sandbox plays
};

// What our server was asked.
struct Request {
    std::string method;
    std::string path;    // as sent, still percent-encoded, without the query
    QueryPairs query{};  // decoded
    Headers headers{};
    std::string body{};
    std::string remote_address{};       // "127.0.0.1"
    std::vector<std::string> params{};  // filled by the Router: the {names} of the pattern, decoded, in order
    std::string route{};  // filled by the Router: the pattern that matched, "/api/v1/stores/{store}"

    // The first value, or nullptr.
    const std::string* query_value(std::string_view name) const;
};

// Splits a request target ("/a%2Fb?x=1+2", or the same with scheme and host in front) into path and query.
// Malformed: no path, control characters in the path (encoded ones too), a query that does not decode to
// text.
Status set_target(Request& request, std::string_view target);

// Thread-safe. One call, no redirects, no retries. Fails with timeout (no whole answer in time: the effect
// may have happened), unavailable (the connection failed; Error::code "connect_failed" only if nothing was
// sent, else "connection_lost"), too_large, or invalid (a URL or header that cannot be sent).
class HttpClient {
public:
    virtual ~HttpClient() = default;
    virtual Task<Result<Response>> send(ClientRequest request) = 0;
};

}  // namespace fairway::net
