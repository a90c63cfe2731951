#include "net/server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <mutex>
#include <set>
#include <thread>

#include "net/address.hpp"

namespace fairway::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using Parser = http::request_parser<http::string_body>;
constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

// How long a connection that we end is still read, so that the last answer is not lost to a reset.
constexpr seconds kLinger{2};
constexpr milliseconds kDelayStep{50};
constexpr milliseconds kAcceptPause{100};
// At most so often the log says that somebody has too many connections.
constexpr minutes kTooManyNoted{1};

// A refusal in plain text; BeastServer::refusal_of gives it the form that the owner wants.
Response text_response(int status, std::string_view text) {
    return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string(text)};
}

bool can_be_sent(const Response& response) {
    const auto clean = [](std::string_view text) {
        return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
    };
    return response.status >= 200 && response.status <= 599 &&
           std::ranges::all_of(response.headers, [&clean](const auto& header) {
               return !header.first.empty() && clean(header.first) && clean(header.second);
           });
}

// What Beast's parser found wrong, as an answer; nullopt if the connection itself is gone and nobody listens.
std::optional<Response> answer_to(error_code error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
        return text_response(431, "The request's header is too large.");
    if (error == http::error::body_limit) return text_response(413, "The request's body is too large.");
    if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
    if (error.category() != http::make_error_code(http::error::bad_method).category()) return std::nullopt;
    return text_response(400, "Malformed request: " + error.message() + ".");
}

// What Beast lets pass and we do not: anything that two servers on the way could read in two ways.
std::optional<Response> refuse_head(const Parser& parser) {
    const auto& head = parser.get();
    const bool http_1_1 = head.version() == 11;
    const auto count = [&head](http::field field) { return head.count(field); };
    if (!http_1_1 && head.version() != 10) return text_response(505, "HTTP/1.1, please.");
    if (count(http::field::host) > 1 || (http_1_1 && count(http::field::host) == 0))
        return text_response(400, "Malformed request: one Host header is needed.");
    if (count(http::field::transfer_encoding) > 0) {
        if (!http_1_1 || count(http::field::content_length) > 0)
            return text_response(400, "Malformed request: Transfer-Encoding is not possible here.");
        if (!parser.chunked() || count(http::field::transfer_encoding) > 1 ||
            !beast::iequals(head[http::field::transfer_encoding], "chunked"))
            return text_response(501, "The only transfer encoding is chunked.");
    }
    // A list of equal lengths is one to some servers and an error to others.
    if (count(http::field::content_length) > 1 || head[http::field::content_length].contains(','))
        return text_response(400, "Malformed request: more than one Content-Length.");
    if (http_1_1 && count(http::field::expect) > 0 &&
        !beast::iequals(head[http::field::expect], "100-continue"))
        return text_response(417, "The only expectation is 100-continue.");
    return std::nullopt;
}

// Taken before the body is read: a chunked body may end in more fields, which are not part of the header.
Request request_of(const Parser& parser) {
    const auto& head = parser.get();
    Request request{.method = std::string(head.method_string()), .path = {}};
    for (const auto& field : head)
        request.headers.add(std::string(field.name_string()), std::string(field.value()));
    return request;
}

// The answer's form on the wire, apart from what the handler decides.
struct Wire {
    bool head_request = false;
    bool keep_alive = true;
    bool http_1_0 = false;
    bool streamed = false;  // ends with the connection, so it has no length
    bool chunked = false;   // streamed, and its end is told
    const Clock* clock = nullptr;
};

std::string render_head(const Response& response, const Wire& wire) {
    const auto status = http::int_to_status(static_cast<unsigned>(response.status));
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
    if (status != http::status::unknown) head += std::string_view(http::obsolete_reason(status));
    const auto add = [&head](std::string_view name, std::string_view value) {
        head.append("\r\n").append(name).append(": ").append(value);
    };
    // The framing is ours alone.
    constexpr std::string_view kOurs[] = {"content-length", "transfer-encoding", "connection", "keep-alive"};
    for (const auto& [name, value] : response.headers)
        if (std::ranges::find(kOurs, to_lower_ascii(name)) == std::end(kOurs)) add(name, value);
    if (wire.clock && !response.headers.find("Date")) add("Date", format_http_date(wire.clock->now()));
    if (!response.headers.find("Server")) add("Server", "Fairway");
    if (response.status != 204 && response.status != 304 && !wire.streamed)
        add("Content-Length", std::to_string(response.body.size()));
    if (wire.chunked) add("Transfer-Encoding", "chunked");
    if (!wire.keep_alive) add("Connection", "close");
    if (wire.keep_alive && wire.http_1_0) add("Connection", "keep-alive");
    return head.append("\r\n\r\n");
}

// One more of something, while it lives.
class Counted {
public:
    explicit Counted(int& count) : count_(count) { ++count_; }
    ~Counted() { --count_; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

private:
    int& count_;
};

// The next part of a streamed body, or how it ends.
struct Piece {
    std::string text{};
    enum class Then { more, end, broken } then = Then::more;

    std::string framed(bool chunked) const {
        constexpr std::string_view kLastChunk = "0\r\n\r\n";
        if (!chunked) return text;
        if (text.empty()) return std::string(then == Then::end ? kLastChunk : "");
        std::array<char, 16> size{};
        const auto hex = std::to_chars(size.data(), size.data() + size.size(), text.size(), 16);
        return std::string(size.data(), hex.ptr) + "\r\n" + text + "\r\n";
    }
};

class BeastServer;

// One accepted connection. Lives as long as the coroutine that serves it; known to the server for stop().
struct Connection {
    Connection(BeastServer& owner, tcp::socket socket);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    BeastServer& server;
    beast::tcp_stream stream;
    std::string remote_address;
    std::string origin;      // who it counts as
    bool answering = false;  // from the whole request to its written answer: stop() waits for it
};

class BeastServer final : public Server {
public:
    BeastServer(ServerOptions options, ServerHandler handler, Logger& log);
    ~BeastServer() override { stop(); }
    Status open();
    void stop() override;
    std::string address() const override { return address_; }

private:
    friend struct Connection;

    Status open_tls();
    Task<void> accept_connections();
    Task<void> pause(Duration real_time);
    bool has_too_many(const std::string& origin);
    void serve(std::shared_ptr<Connection> connection);
    Task<void> serve_connection(std::shared_ptr<Connection> connection);
    template <class Stream>
    Task<void> serve_requests(Stream& stream, Connection& connection);
    template <class Stream>
    Task<bool> serve_request(Stream& stream, Connection& connection, beast::flat_buffer& buffer);
    template <class Stream>
    Task<std::optional<Response>> read_request(Stream& stream, Connection& connection,
                                               beast::flat_buffer& buffer, Parser& parser, Request& request);
    template <class Stream>
    Task<bool> write_response(Stream& stream, Connection& connection, Response response, Wire wire);
    template <class Stream>
    Task<void> write_stream(Stream& stream, Connection& connection, std::shared_ptr<BodyStream> body,
                            bool chunked);
    template <class Stream>
    Task<void> hold(Stream& stream, Connection& connection);
    template <class Stream>
    Task<void> read_until_closed(Stream& stream, Connection& connection);
    Task<void> delay(Duration real_time);
    Task<Response> handle(Request request);
    Task<Piece> next_piece(std::shared_ptr<BodyStream> body);
    Response call_handler(Request request);
    Response refusal_of(Response plain) const;

    const ServerOptions options_;
    const ServerHandler handler_;
    Logger& log_;
    std::string address_;

    // The I/O thread's. The context goes first at destruction: coroutines it still holds refer to the rest.
    std::set<Connection*> connections_;
    int streams_ = 0;  // without an end
    int files_ = 0;    // streams with an end
    bool stopping_ = false;
    std::chrono::steady_clock::time_point quiet_until_{};  // about too many connections
    asio::thread_pool pool_;
    asio::ssl::context tls_{asio::ssl::context::tls_server};
    asio::io_context io_{1};
    asio::executor_work_guard<asio::io_context::executor_type> work_ = asio::make_work_guard(io_);
    tcp::acceptor acceptor_{io_};
    asio::steady_timer slot_free_{io_};  // cancelled when a connection ends

    std::mutex stop_mutex_;
    std::thread thread_;
};

Connection::Connection(BeastServer& owner, tcp::socket socket) : server(owner), stream(std::move(socket)) {
    error_code ignored;
    const auto remote = stream.socket().remote_endpoint(ignored).address();
    const bool mapped = remote.is_v6() && remote.to_v6().is_v4_mapped();
    remote_address = mapped ? asio::ip::make_address_v4(asio::ip::v4_mapped, remote.to_v6()).to_string()
                            : remote.to_string();
    origin = network_of(remote_address).value_or(remote_address);
    stream.socket().set_option(tcp::no_delay(true), ignored);
    server.connections_.insert(this);
}

Connection::~Connection() {
    server.connections_.erase(this);
    server.slot_free_.cancel();
}

BeastServer::BeastServer(ServerOptions options, ServerHandler handler, Logger& log)
    : options_(std::move(options)),
      handler_(std::move(handler)),
      log_(log),
      pool_(static_cast<std::size_t>(std::max(options_.handler_threads, 1))) {}

Status BeastServer::open() {
    TRY(open_tls());
    const ListenAddress listen = TRY(parse_listen_address(options_.listen));
    const tcp::endpoint endpoint(asio::ip::make_address(listen.host), listen.port);
    error_code error;
    const auto step = [&error](auto&& act) {
        if (!error) act();
    };
    acceptor_.open(endpoint.protocol(), error);
    step([&] { acceptor_.set_option(tcp::acceptor::reuse_address(true), error); });
    step([&] { acceptor_.bind(endpoint, error); });
    step([&] { acceptor_.listen(asio::socket_base::max_listen_connections, error); });
    if (error)
        return fail(ErrorKind::unavailable, "cannot_listen",
                    "cannot listen on " + options_.listen + ": " + error.message(), "listen");
    address_ = ListenAddress{listen.host, acceptor_.local_endpoint().port()}.str();
    asio::co_spawn(io_, accept_connections(), [this](std::exception_ptr failure) {
        if (failure) log_.error("http.accept_ended");
    });
    thread_ = std::thread([this] { io_.run(); });
    return {};
}

Status BeastServer::open_tls() {
    if (options_.tls_certificate_file.empty() && options_.tls_key_file.empty()) return {};
    const auto refuse = [](const std::string& file, const error_code& error, const char* field) {
        return fail(ErrorKind::invalid, "bad_tls_file", "cannot use \"" + file + "\": " + error.message(),
                    field);
    };
    error_code error;
    tls_.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression,
                     error);
    if (!error) tls_.use_certificate_chain_file(options_.tls_certificate_file, error);
    if (error) return refuse(options_.tls_certificate_file, error, "tls_certificate");
    tls_.use_private_key_file(options_.tls_key_file, asio::ssl::context::pem, error);
    if (error) return refuse(options_.tls_key_file, error, "tls_key");
    return {};
}

void BeastServer::stop() {
    const std::lock_guard lock(stop_mutex_);
    if (!thread_.joinable()) return;
    asio::post(io_, [this] {
        stopping_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        slot_free_.cancel();
        for (Connection* connection : connections_)
            if (!connection->answering) connection->stream.close();
        work_.reset();
    });
    thread_.join();
    pool_.join();
}

Task<void> BeastServer::pause(Duration real_time) {
    slot_free_.expires_after(real_time);
    co_await slot_free_.async_wait(kNoThrow);
}

Task<void> BeastServer::accept_connections() {
    while (!stopping_) {
        if (connections_.size() >= static_cast<std::size_t>(options_.connections_max)) {
            co_await pause(hours(1));
            continue;
        }
        auto [error, socket] = co_await acceptor_.async_accept(kNoThrow);
        if (stopping_) break;
        if (error) {
            // Most likely no file descriptors are left; they come back when connections end.
            log_.warning("http.accept_failed", {{"error", error.message()}});
            co_await pause(kAcceptPause);
            continue;
        }
        auto connection = std::make_shared<Connection>(*this, std::move(socket));
        if (!has_too_many(connection->origin)) serve(std::move(connection));
    }
}

// Whose they are is not said: the log holds no addresses.
bool BeastServer::has_too_many(const std::string& origin) {
    const int most = options_.connections_per_origin_max;
    if (most == 0 || std::ranges::count(connections_, origin, &Connection::origin) <= most) return false;
    const auto now = std::chrono::steady_clock::now();
    if (now < quiet_until_) return true;
    quiet_until_ = now + kTooManyNoted;
    log_.warning("http.too_many_of_origin", {{"connections", most}});
    return true;
}

void BeastServer::serve(std::shared_ptr<Connection> connection) {
    asio::co_spawn(io_, serve_connection(std::move(connection)), [this](std::exception_ptr failure) {
        if (!failure) return;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            log_.error("http.connection_failed", {{"error", error.what()}});
        }
    });
}

Task<void> BeastServer::serve_connection(std::shared_ptr<Connection> connection) {
    if (options_.tls_certificate_file.empty()) {
        co_await serve_requests(connection->stream, *connection);
        co_return;
    }
    asio::ssl::stream<beast::tcp_stream&> tls(connection->stream, tls_);
    connection->stream.expires_after(options_.request_timeout);
    const auto [error] = co_await tls.async_handshake(asio::ssl::stream_base::server, kNoThrow);
    if (!error) co_await serve_requests(tls, *connection);
}

template <class Stream>
Task<void> BeastServer::serve_requests(Stream& stream, Connection& connection) {
    // Room for a header and for one read of the body behind it.
    beast::flat_buffer buffer(options_.header_bytes_max + 64 * 1024);
    while (!stopping_) {
        if (buffer.size() == 0) {
            connection.stream.expires_after(options_.idle_timeout);
            const auto [error, size] = co_await stream.async_read_some(buffer.prepare(4096), kNoThrow);
            if (error) co_return;
            buffer.commit(size);
        }
        if (!co_await serve_request(stream, connection, buffer)) co_return;
    }
}

// One request and its answer. False: the connection is over.
template <class Stream>
Task<bool> BeastServer::serve_request(Stream& stream, Connection& connection, beast::flat_buffer& buffer) {
    connection.stream.expires_after(options_.request_timeout);
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.header_bytes_max));
    parser.body_limit(options_.body_bytes_max);
    Request request;
    Wire wire{.clock = options_.clock};
    auto refusal = co_await read_request(stream, connection, buffer, parser, request);
    if (refusal) {
        wire.keep_alive = false;
        if (refusal->status != 0 &&
            co_await write_response(stream, connection, refusal_of(*std::move(refusal)), wire))
            co_await read_until_closed(stream, connection);
        co_return false;
    }
    connection.answering = true;
    wire.head_request = request.method == "HEAD";
    wire.http_1_0 = parser.get().version() == 10;
    const bool keep_alive = parser.keep_alive();
    Response response = co_await handle(std::move(request));
    if (response.delay > Duration::zero()) co_await delay(response.delay);
    const bool is_file = response.stream && response.stream->has_end();
    int& open = is_file ? files_ : streams_;
    if (response.stream && open >= (is_file ? options_.files_max : options_.streams_max))
        response = refusal_of(text_response(503, "Too many streams are open."));
    // From here on, so that those whose heads are being written count, too.
    std::optional<Counted> counted;
    if (response.stream) counted.emplace(open);
    const std::shared_ptr<BodyStream> body = wire.head_request ? nullptr : std::move(response.stream);
    const bool held = response.delivery == Delivery::held;
    wire.streamed = body != nullptr;
    wire.chunked = wire.streamed && body->has_end() && !wire.http_1_0;
    wire.keep_alive = keep_alive && !stopping_ && !wire.streamed;
    const bool written = co_await write_response(stream, connection, std::move(response), wire);
    connection.answering = false;
    if (held && !stopping_) co_await hold(stream, connection);
    if (written && wire.streamed) co_await write_stream(stream, connection, body, wire.chunked);
    if (written && !wire.keep_alive && !stopping_) co_await read_until_closed(stream, connection);
    co_return written&& wire.keep_alive;
}

// Nothing when the request is whole, else the answer that refuses it; status 0 if nobody is there to read
// one.
template <class Stream>
Task<std::optional<Response>> BeastServer::read_request(Stream& stream, Connection& connection,
                                                        beast::flat_buffer& buffer, Parser& parser,
                                                        Request& request) {
    const Response gone{.status = 0};
    const auto [head_error, head_size] = co_await http::async_read_header(stream, buffer, parser, kNoThrow);
    if (head_error) co_return answer_to(head_error).value_or(gone);
    if (auto refusal = refuse_head(parser)) co_return refusal;
    request = request_of(parser);
    request.remote_address = connection.remote_address;
    const auto target = parser.get().target();
    if (const Status read = set_target(request, {target.data(), target.size()}); !read)
        co_return text_response(400, "Malformed request: " + read.error().message + ".");
    if (options_.body_max) {
        const std::uint64_t most = std::min(options_.body_max(request), options_.body_bytes_max);
        if (parser.content_length().value_or(0) > most)
            co_return text_response(413, "The request's body is too large.");
        parser.body_limit(most);
    }
    if (request.headers.find("Expect") && parser.get().version() == 11 && !parser.is_done() &&
        buffer.size() == 0) {
        constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, size] = co_await asio::async_write(stream, asio::buffer(kContinue), kNoThrow);
        if (error) co_return gone;
    }
    const auto [body_error, body_size] = co_await http::async_read(stream, buffer, parser, kNoThrow);
    if (body_error == http::error::buffer_overflow)
        co_return text_response(400, "Malformed request: a chunk's header is too large.");
    if (body_error) co_return answer_to(body_error).value_or(gone);
    request.body = std::move(parser.get().body());
    co_return std::nullopt;
}

// False: the answer was not written whole, by an error or because a fault is played.
template <class Stream>
Task<bool> BeastServer::write_response(Stream& stream, Connection& connection, Response response, Wire wire) {
    if (response.delivery == Delivery::cut || response.delivery == Delivery::held) co_return false;
    const std::string head = render_head(response, wire);
    const bool truncated = response.delivery == Delivery::truncated;
    const bool bodyless = wire.head_request || response.status == 204 || response.status == 304;
    const std::size_t size = bodyless ? 0 : truncated ? response.body.size() / 2 : response.body.size();
    connection.stream.expires_after(options_.idle_timeout);
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head),
                                                  asio::buffer(response.body.data(), size)};
    const auto [error, written] = co_await asio::async_write(stream, parts, kNoThrow);
    co_return !error && !truncated;
}

// In steps, so that a stop need not wait for the end.
Task<void> BeastServer::delay(Duration real_time) {
    asio::steady_timer timer(io_);
    for (Duration left = real_time; left > Duration::zero() && !stopping_; left -= kDelayStep) {
        timer.expires_after(std::min<Duration>(left, kDelayStep));
        co_await timer.async_wait(kNoThrow);
    }
}

// Until the client leaves, or a stop closes the connection.
template <class Stream>
Task<void> BeastServer::hold(Stream& stream, Connection& connection) {
    connection.stream.expires_after(options_.idle_timeout);
    std::array<char, 512> ignored;
    while (true) {
        const auto [error, size] = co_await stream.async_read_some(asio::buffer(ignored), kNoThrow);
        if (error) co_return;
    }
}

template <class Stream>
Task<void> BeastServer::write_stream(Stream& stream, Connection& connection, std::shared_ptr<BodyStream> body,
                                     bool chunked) {
    asio::steady_timer pace(io_);
    while (!stopping_) {
        const Piece piece = co_await next_piece(body);
        if (piece.then == Piece::Then::broken || stopping_) co_return;
        if (const std::string framed = piece.framed(chunked); !framed.empty()) {
            connection.stream.expires_after(options_.idle_timeout);
            const auto [error, written] = co_await asio::async_write(stream, asio::buffer(framed), kNoThrow);
            if (error) co_return;
            connection.stream.expires_never();
        }
        if (piece.then == Piece::Then::end) co_return;
        if (body->has_end()) continue;
        pace.expires_after(options_.stream_pace);
        co_await pace.async_wait(kNoThrow);
    }
}

template <class Stream>
Task<void> BeastServer::read_until_closed(Stream& stream, Connection& connection) {
    connection.stream.expires_after(kLinger);
    if constexpr (!std::is_same_v<Stream, beast::tcp_stream>) {
        if (const auto [error] = co_await stream.async_shutdown(kNoThrow); error) co_return;
    }
    error_code ignored;
    connection.stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
    std::array<char, 4096> unwanted;
    while (true) {
        const auto [error, size] =
            co_await connection.stream.async_read_some(asio::buffer(unwanted), kNoThrow);
        if (error) co_return;
    }
}

Task<Response> BeastServer::handle(Request request) {
    const auto on_pool = [](BeastServer* server, Request asked) -> Task<Response> {
        co_return server->call_handler(std::move(asked));
    };
    co_return co_await asio::co_spawn(pool_, on_pool(this, std::move(request)), asio::use_awaitable);
}

// A stream that fails is over; the client comes back and asks for what it missed.
Task<Piece> BeastServer::next_piece(std::shared_ptr<BodyStream> body) {
    const auto on_pool = [](Logger& log, std::shared_ptr<BodyStream> asked) -> Task<Piece> {
        try {
            auto text = asked->next();
            if (!text) co_return Piece{.then = Piece::Then::end};
            co_return Piece{.text = *std::move(text)};
        } catch (const std::exception& error) {
            log.error("http.stream_failed", {{"error", error.what()}});
        }
        co_return Piece{.then = Piece::Then::broken};
    };
    co_return co_await asio::co_spawn(pool_, on_pool(log_, std::move(body)), asio::use_awaitable);
}

Response BeastServer::call_handler(Request request) {
    const std::string method = request.method;
    const std::string path = request.path;
    const auto log_failure = [&](const char* why) {
        log_.error("http.handler_failed", {{"method", method}, {"path", path}, {"error", why}});
    };
    try {
        Response response = handler_(std::move(request));
        if (can_be_sent(response)) return response;
        log_failure("the answer has a header or status that cannot be sent");
    } catch (const std::exception& error) {
        log_failure(error.what());
    } catch (...) {
        log_failure("unknown exception");
    }
    return refusal_of(text_response(500, "The request failed; the log says why."));
}

Response BeastServer::refusal_of(Response plain) const {
    return options_.refuse ? options_.refuse(plain.status, plain.body) : std::move(plain);
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, ServerHandler handler, Logger& log) {
    auto server = std::make_unique<BeastServer>(std::move(options), std::move(handler), log);
    TRY(server->open());
    return server;
}

}  // namespace fairway::net
