#include "net/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>

#include "net/certificate_test.hpp"
#include "net/server_fixture_test.hpp"

namespace fairway::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

TEST(Server, hands_the_request_to_the_handler_and_its_answer_back) {
    const std::string answer = converse(
        "POST /a%20b?x=1&y=%26 HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nContent-Length: 4\r\n"
        "Connection: close\r\n\r\nbody");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nContent-Length: 34\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nServer: Fairway\r\n"));
    EXPECT_THAT(answer, HasSubstr("\r\nConnection: close\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\nPOST /a%20b x=1 y=& X-One:1 [body]"));
}

TEST(Server, tells_who_asks) {
    const auto who = [](const Request& request) { return Response{.body = request.remote_address}; };
    EXPECT_THAT(converse(kLast, who), EndsWith("\r\n\r\n127.0.0.1"));
}

TEST(Server, answers_pipelined_requests_in_order_on_one_connection) {
    const std::string answers = converse(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
        "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\ntwo" +
        std::string(kLast));
    EXPECT_EQ(answers_in(answers), 3u);
    EXPECT_LT(answers.find("GET /1 []"), answers.find("POST /2 [two]"));
    EXPECT_LT(answers.find("POST /2 [two]"), answers.find("GET /last []"));
}

TEST(Server, head_gets_the_length_but_not_the_body) {
    const std::string answers = converse("HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\n" + std::string(kLast));
    EXPECT_THAT(answers, HasSubstr("Content-Length: 10\r\n\r\nHTTP/1.1 200"));
}

TEST(Server, an_empty_answer_has_no_length) {
    const std::string answer = converse(kLast, [](const Request&) { return Response{204}; });
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 204 No Content\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
}

TEST(Server, puts_chunks_together_and_keeps_trailers_out_of_the_header) {
    const std::string answers = converse(
        "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Late: 1\r\n\r\n" +
        std::string(kLast));
    EXPECT_THAT(answers, HasSubstr("POST /c [abcde]"));
    EXPECT_EQ(answers_in(answers), 2u);
}

TEST(Server, asks_for_the_body_when_the_client_waits_to_be_asked) {
    const auto server = started({});
    RawSocket socket(server->address());
    socket.send(
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: "
        "close\r\n\r\n");
    EXPECT_EQ(socket.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    EXPECT_THAT(socket.send("hi").read_all(), EndsWith("POST / [hi]"));
}

TEST(Server, serves_http_1_0) {
    EXPECT_THAT(converse("GET /old HTTP/1.0\r\n\r\n"), EndsWith("GET /old []"));
    const std::string answers =
        converse("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + std::string(kLast));
    EXPECT_THAT(answers, HasSubstr("\r\nConnection: keep-alive\r\n"));
    EXPECT_EQ(answers_in(answers), 2u);
}

struct Malformed {
    const char* name;
    const char* text;
    int status;
};

class MalformedRequest : public testing::TestWithParam<Malformed> {};

TEST(Server, refuses_in_the_form_that_its_owner_wants) {
    ServerOptions options;
    options.refuse = [](int status, const std::string& text) {
        return Response{status, {{"Content-Type", "application/problem+json"}}, "<" + text + ">"};
    };
    const std::string unreadable =
        converse("nonsense\r\n\r\n", [](const Request&) { return Response{}; }, options);
    EXPECT_THAT(unreadable, StartsWith("HTTP/1.1 400 "));
    EXPECT_THAT(unreadable, HasSubstr("application/problem+json"));
    EXPECT_THAT(unreadable, HasSubstr("<Malformed request: "));
    const std::string failed = converse(
        std::string(kLast), [](const Request&) -> Response { throw std::runtime_error("no"); }, options);
    EXPECT_THAT(failed, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(failed, HasSubstr("<The request failed; the log says why.>"));
}

TEST_P(MalformedRequest, is_refused_in_words_and_ends_the_connection) {
    bool handled = false;
    const auto handler = [&handled](const Request&) {
        handled = true;
        return Response{};
    };
    const std::string answer = converse(GetParam().text + std::string(kLast), handler);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(GetParam().status) + " "));
    EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain"));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
    EXPECT_EQ(answers_in(answer), 1u);
    EXPECT_FALSE(handled);
}

INSTANTIATE_TEST_SUITE_P(
    Server, MalformedRequest,
    testing::Values(
        Malformed{"no_http", "hello\r\n\r\n", 400}, Malformed{"tls_hello", "\x16\x03\x01\x02\r\n\r\n", 400},
        Malformed{"no_version", "GET /\r\nHost: a\r\n\r\n", 400},
        Malformed{"unknown_version", "GET / HTTP/3.0\r\nHost: a\r\n\r\n", 400},
        Malformed{"no_host", "GET / HTTP/1.1\r\n\r\n", 400},
        Malformed{"two_hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Malformed{"space_before_colon", "GET / HTTP/1.1\r\nHost: a\r\nX-A : 1\r\n\r\n", 400},
        Malformed{"header_without_colon", "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400},
        Malformed{"length_and_chunks",
                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "0\r\n\r\n",
                  400},
        Malformed{"chunks_and_length",
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
                  "0\r\n\r\n",
                  400},
        Malformed{"unknown_encoding_and_length",
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: x\r\nContent-Length: 3\r\n\r\nabc", 400},
        Malformed{"list_of_lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc", 400},
        Malformed{"two_lengths",
                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400},
        Malformed{"one_length_twice",
                  "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
        Malformed{"negative_length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        Malformed{"unknown_encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        Malformed{"two_encodings",
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Malformed{"chunks_in_http_1_0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                  400},
        Malformed{"chunk_without_size",
                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400},
        Malformed{"unknown_expectation", "POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\n\r\n", 417},
        Malformed{"nul_in_path", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Malformed{"line_break_in_path", "GET /a%0d%0ab HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Malformed{"no_path", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Malformed{"broken_query", "GET /?a=%f HTTP/1.1\r\nHost: a\r\n\r\n", 400}),
    [](const auto& named) { return named.param.name; });

TEST(ServerLimits, a_header_over_the_limit_is_431) {
    const std::string request =
        "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + std::string(17000, 'x') + "\r\n\r\n";
    EXPECT_THAT(converse(request), StartsWith("HTTP/1.1 431 "));
}

TEST(ServerLimits, a_header_without_end_is_431) {
    EXPECT_THAT(converse("GET /" + std::string(200'000, 'x')), StartsWith("HTTP/1.1 431 "));
}

TEST(ServerLimits, a_header_under_the_limit_is_served) {
    const std::string request =
        "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Long: " + std::string(16000, 'x');
    EXPECT_THAT(converse(request + "\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST(ServerLimits, a_body_over_the_limit_is_413_without_a_reset_under_a_client_that_still_sends) {
    const auto server = started({.body_bytes_max = 999'999});
    RawSocket socket(server->address());
    socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" +
                std::string(1'000'000, 'x'));
    socket.finish();
    EXPECT_THAT(socket.read_all(), StartsWith("HTTP/1.1 413 "));
    EXPECT_FALSE(socket.was_reset());
}

TEST(ServerLimits, a_body_at_the_limit_is_served) {
    const std::string request =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\nConnection: close\r\n\r\n" +
        std::string(100'000, 'x');
    EXPECT_THAT(converse(request, echo, {.body_bytes_max = 100'000}), StartsWith("HTTP/1.1 200 "));
}

TEST(ServerLimits, a_body_in_chunks_over_the_limit_is_413) {
    const std::string request =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    EXPECT_THAT(converse(request, echo, {.body_bytes_max = 5}), StartsWith("HTTP/1.1 413 "));
}

TEST(ServerLimits, a_body_may_be_as_long_as_its_address_takes) {
    const ServerOptions options{.body_bytes_max = 6, .body_max = [](const Request& head) -> std::size_t {
                                    return head.path == "/long" ? 100 : 2;
                                }};
    const auto sent = [&](const std::string& path, const std::string& body) {
        return converse("POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + body, echo,
                        options)
            .substr(0, 12);
    };
    EXPECT_EQ(sent("/short", "Content-Length: 2\r\n\r\nab"), "HTTP/1.1 200");
    EXPECT_EQ(sent("/short", "Content-Length: 3\r\n\r\nabc"), "HTTP/1.1 413");
    EXPECT_EQ(sent("/short", "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"), "HTTP/1.1 413");
    const std::string chunks = "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
    EXPECT_EQ(sent("/short", chunks), "HTTP/1.1 413");
    EXPECT_EQ(sent("/long", chunks), "HTTP/1.1 200");
    EXPECT_EQ(sent("/long", "Content-Length: 7\r\n\r\nabcdefg"), "HTTP/1.1 413") << "more than anybody may";
}

TEST(ServerLimits, a_body_over_the_limit_is_not_asked_for) {
    const std::string request =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 6\r\n\r\n";
    EXPECT_THAT(converse(request, echo, {.body_bytes_max = 5}), StartsWith("HTTP/1.1 413 "));
}

TEST(ServerLimits, a_request_that_does_not_get_whole_ends_the_connection) {
    const ServerOptions options{.request_timeout = milliseconds(30)};
    EXPECT_EQ(converse("GET / HTTP/1.1\r\nHo", echo, options), "");
    EXPECT_EQ(converse("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab", echo, options), "");
}

TEST(ServerLimits, a_trickle_of_bytes_does_not_extend_the_request) {
    const auto server = started({.request_timeout = milliseconds(60)});
    RawSocket socket(server->address());
    socket.send("GET / HTTP/1.1\r\nX-A: ");
    int sent = 0;
    while (!socket.readable_within(10) && sent < 500) {
        socket.send("a");
        ++sent;
    }
    EXPECT_LT(sent, 500);
}

TEST(ServerLimits, a_silent_connection_ends) {
    const ServerOptions options{.idle_timeout = milliseconds(30)};
    EXPECT_EQ(converse("", echo, options), "");
    EXPECT_EQ(answers_in(converse("GET / HTTP/1.1\r\nHost: a\r\n\r\n", echo, options)), 1u);
}

TEST(ServerLimits, a_slow_handler_is_not_cut_off) {
    std::promise<void> go;
    const auto handler = [&go](const Request&) {
        go.get_future().wait_for(seconds(10));
        return Response{};
    };
    const auto server =
        started({.request_timeout = milliseconds(20), .idle_timeout = milliseconds(20)}, handler);
    RawSocket socket(server->address());
    socket.send(kLast);
    EXPECT_FALSE(socket.readable_within(100));
    go.set_value();
    EXPECT_THAT(socket.read_all(), StartsWith("HTTP/1.1 200 "));
}

TEST(ServerLimits, a_connection_too_many_waits_until_another_ends) {
    const auto server = started({.connections_max = 1});
    RawSocket first(server->address());
    first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read_until("[]");
    RawSocket second(server->address());
    second.send(kLast);
    EXPECT_FALSE(second.readable_within(50));
    first.close();
    EXPECT_THAT(second.read_all(), EndsWith("GET /last []"));
}

TEST(ServerLimits, an_address_with_too_many_connections_gets_no_more_until_one_ends) {
    std::string logged;
    ManualClock clock(from_micros(0));
    Logger log(
        clock, LogLevel::warning,
        [](std::string_view line, void* to) { *static_cast<std::string*>(to) += line; }, &logged);
    const auto server = started({.connections_per_origin_max = 1}, echo, log);
    RawSocket first(server->address());
    first.send(kAsk).read_until("[]");
    for (int i = 0; i < 2; ++i) EXPECT_EQ(RawSocket(server->address()).send(kLast).read_all(), "");
    first.close();
    std::string answer;
    for (int i = 0; i < 10'000 && answer.empty(); ++i)
        answer = RawSocket(server->address()).send(kLast).read_all();
    EXPECT_THAT(answer, EndsWith("GET /last []"));
    server->stop();
    const std::size_t said = logged.find("http.too_many_of_origin");
    ASSERT_NE(said, std::string::npos) << logged;
    EXPECT_EQ(logged.find("http.too_many_of_origin", said + 1), std::string::npos) << "once a minute";
    EXPECT_THAT(logged, Not(HasSubstr("127.0.0.1")));
}

TEST(ServerLimits, a_body_may_have_ten_megabytes_unless_told_otherwise) {
    const auto asked_for = [](const std::string& length) {
        const auto server = started({});
        RawSocket socket(server->address());
        socket.send("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + length +
                    "\r\n\r\n");
        return socket.read_until("\r\n\r\n");
    };
    EXPECT_THAT(asked_for("10485760"), StartsWith("HTTP/1.1 100 "));
    EXPECT_THAT(asked_for("10485761"), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(asked_for("18446744073709551615"), StartsWith("HTTP/1.1 413 "));
    EXPECT_THAT(asked_for("18446744073709551616"), StartsWith("HTTP/1.1 400 "));
}

TEST(ServerLimits, trailers_without_end_are_refused) {
    std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n";
    for (int i = 0; i < 200; ++i) request += "X-Late: " + std::string(1000, 'x') + "\r\n";
    bool handled = false;
    const auto handler = [&handled](const Request&) {
        handled = true;
        return Response{};
    };
    EXPECT_THAT(converse(request, handler), StartsWith("HTTP/1.1 400 "));
    EXPECT_FALSE(handled);
}

TEST(ServerTls, a_client_that_speaks_no_tls_gets_no_answer) {
    const TestCertificate certificate;
    bool handled = false;
    const auto handler = [&handled](const Request&) {
        handled = true;
        return Response{};
    };
    const ServerOptions options{.tls_certificate_file = certificate.certificate_file(),
                                .tls_key_file = certificate.key_file()};
    EXPECT_THAT(converse(kLast, handler, options), Not(HasSubstr("HTTP/1.1")));
    EXPECT_FALSE(handled);
}

TEST(ServerTls, a_handshake_that_does_not_end_ends_the_connection) {
    const TestCertificate certificate;
    const ServerOptions options{.request_timeout = milliseconds(30),
                                .tls_certificate_file = certificate.certificate_file(),
                                .tls_key_file = certificate.key_file()};
    EXPECT_EQ(converse("\x16\x03\x01", echo, options), "");
}

TEST(Server, handles_requests_side_by_side) {
    constexpr int kAtOnce = 4;
    std::mutex mutex;
    std::condition_variable all_here;
    int here = 0;
    const auto handler = [&](const Request&) {
        std::unique_lock lock(mutex);
        if (++here == kAtOnce) all_here.notify_all();
        return Response{all_here.wait_for(lock, seconds(10), [&] { return here == kAtOnce; }) ? 200 : 500};
    };
    const auto server = started({.handler_threads = kAtOnce}, handler);
    std::vector<RawSocket> sockets;
    for (int i = 0; i < kAtOnce; ++i) sockets.emplace_back(server->address()).send(kLast);
    for (RawSocket& socket : sockets) EXPECT_THAT(socket.read_all(), StartsWith("HTTP/1.1 200 "));
}

TEST(Server, what_a_handler_throws_is_logged_and_never_shown) {
    std::string logged;
    ManualClock clock(from_micros(0));
    Logger log(
        clock, LogLevel::debug,
        [](std::string_view line, void* to) { *static_cast<std::string*>(to) += line; }, &logged);
    const auto server =
        started({}, [](const Request&) -> Response { throw std::runtime_error("disk is full"); }, log);
    const std::string answer = RawSocket(server->address()).send(kLast).read_all();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
    EXPECT_THAT(answer, HasSubstr("The request failed"));
    EXPECT_THAT(answer, Not(HasSubstr("disk")));
    EXPECT_THAT(logged, HasSubstr("http.handler_failed"));
    EXPECT_THAT(logged, HasSubstr("disk is full"));
}

TEST(Server, a_header_that_would_split_the_answer_is_a_failure) {
    const auto handler = [](const Request&) { return Response{200, {{"Location", "/a\r\nSet-Cookie: b"}}}; };
    const std::string answer = converse(kLast, handler);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 500 "));
    EXPECT_THAT(answer, Not(HasSubstr("Set-Cookie")));
}

TEST(Server, the_framing_is_not_the_handlers) {
    const auto handler = [](const Request&) {
        return Response{
            200, {{"content-length", "9"}, {"Transfer-Encoding", "chunked"}, {"X-Kept", "1"}}, "abc"};
    };
    const std::string answer = converse(kLast, handler);
    EXPECT_THAT(answer, HasSubstr("Content-Length: 3\r\n"));
    EXPECT_THAT(answer, Not(HasSubstr("content-length: 9")));
    EXPECT_THAT(answer, Not(HasSubstr("chunked")));
    EXPECT_THAT(answer, HasSubstr("X-Kept: 1"));
}

TEST(Server, dates_its_answers_by_the_clock_it_was_given) {
    const ManualClock clock(*parse_rfc3339("2026-11-23T08:00:00Z"));
    EXPECT_THAT(converse(kLast, echo, {.clock = &clock}),
                HasSubstr("\r\nDate: Mon, 23 Nov 2026 08:00:00 GMT\r\n"));
    EXPECT_THAT(converse(kLast), Not(HasSubstr("\r\nDate:")));
}

TEST(Server, leaves_date_and_server_to_a_handler_that_sets_them) {
    const ManualClock clock(from_micros(0));
    const auto handler = [](const Request&) {
        return Response{200, {{"date", "today"}, {"server", "other"}}};
    };
    const std::string answer = converse(kLast, handler, {.clock = &clock});
    EXPECT_THAT(answer, HasSubstr("date: today"));
    EXPECT_THAT(answer, Not(HasSubstr("1970")));
    EXPECT_THAT(answer, Not(HasSubstr("Fairway")));
}

TEST(Server, plays_a_cut_and_a_truncated_answer) {
    const auto plays = [](Delivery delivery) {
        return [delivery](const Request&) { return Response{.body = "12345678", .delivery = delivery}; };
    };
    EXPECT_EQ(converse("GET / HTTP/1.1\r\nHost: a\r\n\r\n", plays(Delivery::cut)), "");
    const std::string half = converse("GET / HTTP/1.1\r\nHost: a\r\n\r\n", plays(Delivery::truncated));
    EXPECT_THAT(half, HasSubstr("Content-Length: 8\r\n"));
    EXPECT_THAT(half, EndsWith("\r\n\r\n1234"));
}

TEST(Server, holds_an_answer_back_until_the_client_leaves_or_a_stop) {
    std::atomic<int> asked = 0;
    const auto server = started({}, [&](const Request&) {
        ++asked;
        return Response{.body = "never", .delivery = Delivery::held};
    });
    RawSocket waiting(server->address());
    waiting.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    while (asked == 0) std::this_thread::yield();
    server->stop();
    EXPECT_EQ(waiting.read_all(), "");
}

TEST(Server, a_delayed_answer_comes_and_a_stop_does_not_wait_for_it) {
    const auto server = started({}, [](const Request& request) {
        const bool soon = request.path == "/soon";
        return Response{.body = "late", .delay = soon ? Duration(milliseconds(1)) : hours(1)};
    });
    RawSocket soon(server->address());
    soon.send("GET /soon HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(soon.read_all(), EndsWith("late"));
    RawSocket late(server->address());
    late.send("GET /late HTTP/1.1\r\nHost: a\r\n\r\n");
    server->stop();
}

TEST(ServerStop, waits_for_the_answer_of_a_request_being_handled) {
    std::promise<void> entered, go;
    const auto server = started({}, [&](const Request&) {
        entered.set_value();
        go.get_future().wait_for(seconds(10));
        return Response{.body = "whole"};
    });
    RawSocket socket(server->address());
    socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    entered.get_future().wait();
    auto stopped = std::async(std::launch::async, [&server] { server->stop(); });
    EXPECT_EQ(stopped.wait_for(milliseconds(20)), std::future_status::timeout);
    go.set_value();
    EXPECT_THAT(socket.read_all(), EndsWith("\r\n\r\nwhole"));
    stopped.get();
}

TEST(ServerStop, ends_idle_connections_and_listens_no_more) {
    const auto server = started({});
    RawSocket socket(server->address());
    socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read_until("[]");
    server->stop();
    EXPECT_EQ(socket.read_all(), "");
    EXPECT_THROW(RawSocket{server->address()}, std::runtime_error);
    server->stop();
}

TEST(ServerStop, does_not_wait_for_the_rest_of_a_request) {
    const auto server = started({});
    RawSocket socket(server->address());
    socket.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n").read_until("[]");
    socket.send("POST /2 HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    socket.read_until("100 Continue\r\n\r\n");
    server->stop();
    EXPECT_EQ(socket.read_all(), "");
}

TEST(ServerStart, a_busy_port_is_an_error) {
    const auto server = started({});
    const auto second = Server::start({.listen = server->address()}, echo, Logger::none());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "cannot_listen");
}

TEST(ServerStart, refuses_what_is_not_an_address_and_a_port) {
    for (const char* listen :
         {"", "8400", "localhost:8400", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80"})
        EXPECT_EQ(Server::start({.listen = listen}, echo, Logger::none()).error().code, "bad_address")
            << listen;
}

TEST(ServerStart, refuses_tls_files_that_it_cannot_use) {
    const auto server = Server::start(
        {.tls_certificate_file = "/nonexistent", .tls_key_file = "/nonexistent"}, echo, Logger::none());
    EXPECT_EQ(server.error().field, "tls_certificate");
    const auto without = Server::start({.tls_key_file = "/nonexistent"}, echo, Logger::none());
    EXPECT_EQ(without.error().field, "tls_certificate");
}

}  // namespace
}  // namespace fairway::net
