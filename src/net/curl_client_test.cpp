#include "net/curl_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <thread>

#include "net/certificate_test.hpp"
#include "net/raw_socket_test.hpp"
#include "net/run_blocking.hpp"
#include "net/server.hpp"

namespace fairway::net {
namespace {

using testing::HasSubstr;
using testing::Not;

std::unique_ptr<Server> started(ServerHandler handler, ServerOptions options = {}) {
    auto server = Server::start(std::move(options), std::move(handler), Logger::none());
    EXPECT_TRUE(server) << server.error().message;
    return *std::move(server);
}

std::string http(const Server& server) { return "http://" + server.address(); }

Result<Response> ask(HttpClient& client, ClientRequest request) {
    return run_blocking(client.send(std::move(request)));
}

Result<Response> ask(ClientRequest request, CurlOptions options = {}) {
    return ask(*make_curl_client(std::move(options)), std::move(request));
}

std::future<Result<Response>> ask_aside(HttpClient& client, ClientRequest request) {
    return std::async(std::launch::async, [&client, request] { return ask(client, request); });
}

TEST(CurlClient, sends_the_whole_request_and_reads_the_whole_answer) {
    Request seen;
    const auto server = started([&seen](const Request& request) {
        seen = request;
        return Response{201, {{"X-One", "1"}, {"X-Two", "a: b"}}, "made"};
    });
    const auto response = ask({.method = "PATCH",
                               .url = http(*server) + "/a%2Fb?q=1%202",
                               .headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}},
                               .body = "{}"});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, "made");
    EXPECT_EQ(*response->headers.find("x-two"), "a: b");
    EXPECT_EQ(seen.method, "PATCH");
    EXPECT_EQ(seen.path, "/a%2Fb");
    EXPECT_EQ(*seen.query_value("q"), "1 2");
    EXPECT_EQ(seen.body, "{}");
    EXPECT_EQ(*seen.headers.find("content-type"), "application/json");
    EXPECT_EQ(*seen.headers.find("x-empty"), "");
    EXPECT_THAT(*seen.headers.find("user-agent"), HasSubstr("Fairway"));
}

TEST(CurlClient, sends_every_method_with_and_without_a_body) {
    const auto server = started([](const Request& request) {
        const std::string* type = request.headers.find("Content-Type");
        return Response{.body = request.method + "[" + request.body + "]" + (type ? *type : "")};
    });
    const auto client = make_curl_client({});
    for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        EXPECT_EQ(ask(*client, {.method = method, .url = http(*server)})->body, method + "[]");
        EXPECT_EQ(ask(*client, {.method = method, .url = http(*server), .body = "x"})->body, method + "[x]");
    }
    const auto head = ask(*client, {.method = "HEAD", .url = http(*server)});
    EXPECT_EQ(head->body, "");
    EXPECT_EQ(*head->headers.find("Content-Length"), "6");
}

TEST(CurlClient, does_not_wait_before_a_large_body) {
    const auto server = started([](const Request& request) {
        return Response{request.headers.find("Expect") ? 400 : 200, {}, std::to_string(request.body.size())};
    });
    const auto response = ask({.method = "POST", .url = http(*server), .body = std::string(3'000'000, 'x')});
    EXPECT_EQ(response->body, "3000000");
    EXPECT_EQ(response->status, 200);
}

TEST(CurlClient, does_not_follow_redirects) {
    const auto server = started([](const Request&) { return Response{302, {{"Location", "/elsewhere"}}}; });
    EXPECT_EQ(ask({.url = http(*server)})->status, 302);
}

TEST(CurlClient, keeps_a_connection_for_the_next_call) {
    RawListener listener;
    const auto client = make_curl_client({});
    auto first = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    EXPECT_EQ(first.get()->body, "1");
    auto second = ask_aside(*client, {.url = listener.url()});
    socket.read_until("\r\n\r\n");
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
    EXPECT_EQ(second.get()->body, "2");
}

TEST(CurlClient, never_sends_twice_when_a_kept_connection_dies) {
    for (const char* method : {"GET", "POST"}) {
        RawListener listener;
        const auto client = make_curl_client({});
        auto first = ask_aside(*client, {.url = listener.url()});
        RawSocket socket = listener.accept();
        socket.read_until("\r\n\r\n");
        socket.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        EXPECT_EQ(first.get()->status, 200);
        auto second = ask_aside(*client, {.method = method, .url = listener.url(), .timeout = seconds(5)});
        socket.read_until("\r\n\r\n");
        socket.close();
        EXPECT_EQ(second.get().error().code, "connection_lost") << method;
    }
}

TEST(CurlClient, what_an_interim_answer_says_is_not_part_of_the_answer) {
    RawListener listener;
    const auto client = make_curl_client({});
    auto asked = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    socket.send("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    const auto response = asked.get();
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->headers.find("Link"), nullptr);
}

TEST(CurlClient, trailers_are_not_part_of_the_header) {
    RawListener listener;
    const auto client = make_curl_client({});
    auto asked = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    socket.send(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Early: 1\r\n\r\n"
        "2\r\nhi\r\n0\r\nX-Late: 1\r\n\r\n");
    const auto response = asked.get();
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body, "hi");
    EXPECT_NE(response->headers.find("X-Early"), nullptr);
    EXPECT_EQ(response->headers.find("X-Late"), nullptr);
}

TEST(CurlClient, asks_the_proxy_it_was_given) {
    RawListener proxy;
    const auto client = make_curl_client({.proxy = proxy.url()});
    auto asked = ask_aside(*client, {.url = "http://api.test/orders"});
    RawSocket socket = proxy.accept();
    EXPECT_THAT(socket.read_until("\r\n\r\n"), testing::StartsWith("GET http://api.test/orders HTTP/1.1"));
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    EXPECT_EQ(asked.get()->body, "1");
}

std::string nobody_listens() { return RawListener().url(); }

TEST(CurlClientFailure, a_refused_connection_had_no_effect) {
    const auto response = ask({.url = nobody_listens()});
    EXPECT_EQ(response.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(response.error().code, "connect_failed");
}

TEST(CurlClientFailure, a_connection_lost_after_sending_may_have_had_one) {
    for (const Delivery delivery : {Delivery::cut, Delivery::truncated}) {
        const auto server = started(
            [delivery](const Request&) { return Response{.body = "12345678", .delivery = delivery}; });
        const auto response = ask({.method = "POST", .url = http(*server), .body = "x"});
        EXPECT_EQ(response.error().kind, ErrorKind::unavailable);
        EXPECT_EQ(response.error().code, "connection_lost");
    }
}

// Curl calls the first a wrong protocol of the address, and the second an answer.
TEST(CurlClientFailure, an_answer_that_is_not_http_may_have_come_after_an_effect) {
    for (const char* answer : {"hello", "HTTP/2 0\r\n\r\n"}) {
        RawListener listener;
        const auto client = make_curl_client({});
        auto asked = ask_aside(*client, {.method = "POST", .url = listener.url(), .body = "x"});
        {
            RawSocket socket = listener.accept();
            socket.read_until("\r\n\r\nx");
            socket.send(answer);
        }
        const auto response = asked.get();
        ASSERT_FALSE(response) << answer;
        EXPECT_EQ(response.error().kind, ErrorKind::unavailable) << answer;
        EXPECT_EQ(response.error().code, "connection_lost") << answer;
    }
}

TEST(CurlClientFailure, no_answer_in_time_is_a_timeout) {
    RawListener silent;
    const auto response = ask({.url = silent.url(), .timeout = milliseconds(50)});
    EXPECT_EQ(response.error().kind, ErrorKind::timeout);
}

TEST(CurlClientFailure, half_an_answer_in_time_is_a_timeout) {
    RawListener listener;
    const auto client = make_curl_client({});
    auto asked = ask_aside(*client, {.url = listener.url(), .timeout = milliseconds(100)});
    RawSocket socket = listener.accept();
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
    EXPECT_EQ(asked.get().error().kind, ErrorKind::timeout);
}

TEST(CurlClientFailure, waiting_for_a_free_connection_counts_and_ends_before_any_effect) {
    RawListener listener;
    const auto client = make_curl_client({.connections_per_host_max = 1});
    auto first = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    const auto second = ask(*client, {.url = listener.url(), .timeout = milliseconds(50)});
    EXPECT_EQ(second.error().code, "connect_failed");
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(first.get()->status, 200);
}

TEST(CurlClient, a_call_that_waited_for_a_free_connection_gets_it) {
    RawListener listener;
    const auto client =
        make_curl_client({.connect_timeout = milliseconds(50), .connections_per_host_max = 1});
    auto first = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    auto second = ask_aside(*client, {.url = listener.url()});
    EXPECT_EQ(second.wait_for(milliseconds(150)), std::future_status::timeout);
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1");
    EXPECT_EQ(first.get()->body, "1");
    socket.read_until("\r\n\r\n");
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n2");
    EXPECT_EQ(second.get()->body, "2");
}

TEST(CurlClientFailure, an_answer_over_the_limit_is_too_large) {
    const auto server = started([](const Request&) { return Response{.body = std::string(1001, 'x')}; });
    EXPECT_EQ(ask({.url = http(*server)}, {.body_bytes_max = 1000}).error().kind, ErrorKind::too_large);
    EXPECT_TRUE(ask({.url = http(*server)}, {.body_bytes_max = 1001}));
}

TEST(CurlClientFailure, the_limit_for_an_answer_is_ten_megabytes_unless_told_otherwise) {
    constexpr std::size_t kLimit = 10 * 1024 * 1024;
    const auto server = started([](const Request& request) {
        return Response{.body = std::string(request.path == "/more" ? kLimit + 1 : kLimit, 'x')};
    });
    const auto client = make_curl_client({});
    const auto at_the_limit = ask(*client, {.url = http(*server)});
    ASSERT_TRUE(at_the_limit) << at_the_limit.error().message;
    EXPECT_EQ(at_the_limit->body.size(), kLimit);
    EXPECT_EQ(ask(*client, {.url = http(*server) + "/more"}).error().kind, ErrorKind::too_large);
}

TEST(CurlClientFailure, a_header_without_end_is_too_large) {
    RawListener listener;
    const auto client = make_curl_client({});
    auto asked = ask_aside(*client, {.url = listener.url(), .timeout = seconds(10)});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    socket.send("HTTP/1.1 200 OK\r\n");
    const std::string line = "X-More: " + std::string(1000, 'x') + "\r\n";
    for (int i = 0; i < 2000 && !socket.was_reset(); ++i) socket.send(line);
    EXPECT_EQ(asked.get().error().kind, ErrorKind::too_large);
}

TEST(CurlClientFailure, what_cannot_be_sent_is_invalid) {
    const std::string url = nobody_listens();
    EXPECT_EQ(ask({.url = "nonsense://x"}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(ask({.url = "file:///etc/hostname"}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(ask({.url = ""}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(ask({.url = url, .headers = {{"A", "b\r\nC: d"}}}).error().kind, ErrorKind::invalid);
    EXPECT_EQ(ask({.method = "GET /\r\n", .url = url}).error().kind, ErrorKind::invalid);
}

TEST(CurlClientTls, talks_to_a_server_it_can_verify) {
    const TestCertificate certificate;
    const auto server = started(
        [](const Request& request) { return Response{.body = request.body}; },
        {.tls_certificate_file = certificate.certificate_file(), .tls_key_file = certificate.key_file()});
    const auto client = make_curl_client({.ca_file = certificate.certificate_file()});
    const std::string body(200'000, 'x');
    for (int i = 0; i < 3; ++i) {
        const auto response =
            ask(*client, {.method = "POST", .url = "https://" + server->address(), .body = body});
        ASSERT_TRUE(response) << response.error().message;
        EXPECT_EQ(response->body, body);
    }
}

TEST(CurlClientTls, a_certificate_that_cannot_be_verified_ends_the_call_before_any_effect) {
    const TestCertificate certificate, other;
    std::atomic<int> handled = 0;
    const auto server = started(
        [&handled](const Request&) {
            ++handled;
            return Response{};
        },
        {.tls_certificate_file = certificate.certificate_file(), .tls_key_file = certificate.key_file()});
    const auto response = ask({.url = "https://" + server->address()}, {.ca_file = other.certificate_file()});
    EXPECT_EQ(response.error().code, "connect_failed");
    EXPECT_EQ(handled, 0);
}

TEST(CurlClientTls, a_certificate_for_another_name_ends_the_call_before_any_effect) {
    const TestCertificate certificate;
    std::atomic<int> handled = 0;
    const auto server = started(
        [&handled](const Request&) {
            ++handled;
            return Response{};
        },
        {.tls_certificate_file = certificate.certificate_file(), .tls_key_file = certificate.key_file()});
    const std::string address = server->address();
    const std::string other_name = "https://localhost" + address.substr(address.rfind(':'));
    const auto response = ask({.url = other_name}, {.ca_file = certificate.certificate_file()});
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, "connect_failed");
    EXPECT_EQ(handled, 0);
}

TEST(CurlClientTls, a_refusal_reaches_a_client_that_still_sends) {
    const TestCertificate certificate;
    const auto server = started([](const Request&) { return Response{}; },
                                {.body_bytes_max = 1000,
                                 .tls_certificate_file = certificate.certificate_file(),
                                 .tls_key_file = certificate.key_file()});
    const auto response =
        ask({.method = "POST", .url = "https://" + server->address(), .body = std::string(2000, 'x')},
            {.ca_file = certificate.certificate_file()});
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 413);
}

TEST(CurlClientTls, a_server_without_tls_is_a_failed_connection) {
    const auto server = started([](const Request&) { return Response{}; });
    EXPECT_EQ(ask({.url = "https://" + server->address()}).error().code, "connect_failed");
}

TEST(CurlClient, serves_many_callers_at_once) {
    const auto server = started([](const Request& request) { return Response{.body = request.path}; });
    const auto client = make_curl_client({});
    std::atomic<int> right = 0;
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < 8; ++caller)
        callers.emplace_back([&, caller] {
            for (int call = 0; call < 25; ++call) {
                const std::string path = "/" + std::to_string(caller) + "/" + std::to_string(call);
                const auto response = ask(*client, {.url = http(*server) + path});
                if (response && response->body == path) ++right;
            }
        });
    callers.clear();
    EXPECT_EQ(right, 200);
}

TEST(CurlClientShutdown, ends_a_call_in_flight_with_an_error) {
    RawListener listener;
    auto client = make_curl_client({});
    auto asked = ask_aside(*client, {.url = listener.url()});
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    client.reset();
    EXPECT_EQ(asked.get().error().code, "connection_lost");
    EXPECT_EQ(socket.read_all(), "");
}

TEST(CurlClientShutdown, a_stopped_loop_with_a_call_in_flight_is_dropped_after_the_client) {
    RawListener listener;
    Loop loop;
    bool resumed = false;
    auto client = make_curl_client({});
    const auto call = [](HttpClient& http_client, std::string url, bool& flag) -> Task<void> {
        std::ignore = co_await http_client.send({.url = std::move(url)});
        flag = true;
    };
    loop.spawn(call(*client, listener.url(), resumed), nullptr);
    std::jthread running([&loop] { loop.run(); });
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    loop.stop();
    running.join();
    client.reset();
    EXPECT_FALSE(resumed);
}

TEST(CurlClientShutdown, a_cancellation_may_come_when_the_client_is_gone) {
    RawListener listener;
    boost::asio::io_context io;
    boost::asio::cancellation_signal give_up;
    std::string code;
    auto client = make_curl_client({});
    boost::asio::co_spawn(io, client->send({.url = listener.url()}),
                          boost::asio::bind_cancellation_slot(
                              give_up.slot(), [&code](std::exception_ptr, Result<Response> answer) {
                                  code = answer ? "answered" : answer.error().code;
                              }));
    io.poll();
    RawSocket socket = listener.accept();
    socket.read_until("\r\n\r\n");
    client.reset();
    give_up.emit(boost::asio::cancellation_type::all);
    io.run();
    EXPECT_EQ(code, "connection_lost");
}

Task<bool> gives_up(HttpClient& client, Loop& loop, std::string url) {
    using namespace boost::asio::experimental::awaitable_operators;
    const auto first = co_await (client.send({.url = std::move(url)}) || loop.sleep(milliseconds(20)));
    co_return first.index() == 1;
}

TEST(CurlClient, a_cancelled_call_ends_at_once) {
    RawListener silent;
    Loop loop;
    const auto client = make_curl_client({});
    bool gave_up = false;
    const auto run = [](HttpClient& http_client, Loop& on, std::string url, bool& flag) -> Task<void> {
        flag = co_await gives_up(http_client, on, std::move(url));
    };
    const auto start = std::chrono::steady_clock::now();
    loop.spawn(run(*client, loop, silent.url(), gave_up), [&loop](std::exception_ptr) { loop.stop(); });
    loop.run();
    EXPECT_TRUE(gave_up);
    EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(10));
}

}  // namespace
}  // namespace fairway::net
