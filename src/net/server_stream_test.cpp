// Bodies that are made while they are sent: with an end, such as files, and without, such as events.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "net/server_fixture_test.hpp"

namespace fairway::net {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// Counts to a number and then ends, or has nothing more to say.
class Counting final : public BodyStream {
public:
    Counting(int last, bool ends) : last_(last), ends_(ends) {}
    std::optional<std::string> next() override {
        if (at_ < last_) return std::to_string(++at_) + " ";
        return ends_ ? std::nullopt : std::optional<std::string>("");
    }

private:
    int last_;
    bool ends_;
    int at_ = 0;
};

ServerHandler counting(int last, bool ends) {
    return [=](const Request&) {
        return Response{.body = "go: ", .stream = std::make_shared<Counting>(last, ends)};
    };
}

TEST(ServerStream, sends_piece_after_piece_and_closes_at_the_end) {
    const std::string answer = converse(kAsk, counting(3, true), {.stream_pace = milliseconds(1)});
    EXPECT_THAT(answer, EndsWith("\r\n\r\ngo: 1 2 3 "));
    EXPECT_THAT(answer, Not(HasSubstr("Content-Length")));
    EXPECT_THAT(answer, HasSubstr("Connection: close\r\n"));
}

// A file: so many pieces as fast as they are taken, and then its end, or a failure.
class File final : public BodyStream {
public:
    explicit File(int last, bool fails = false) : last_(last), fails_(fails) {}
    std::optional<std::string> next() override {
        if (at_ < last_) return "piece " + std::to_string(++at_) + "\n";
        if (fails_) throw std::runtime_error("the disk is gone");
        return std::nullopt;
    }
    bool has_end() const override { return true; }

private:
    int last_;
    bool fails_;
    int at_ = 0;
};

TEST(ServerStream, a_file_is_sent_in_chunks_without_a_pause_and_its_end_is_told) {
    const auto handler = [](const Request&) { return Response{.stream = std::make_shared<File>(2)}; };
    const std::string answer = converse(kAsk, handler, {.stream_pace = hours(1)});
    EXPECT_THAT(answer, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(answer, EndsWith("\r\n\r\n8\r\npiece 1\n\r\n8\r\npiece 2\n\r\n0\r\n\r\n"));
}

TEST(ServerStream, a_file_that_fails_in_the_middle_does_not_look_whole) {
    const auto handler = [](const Request&) { return Response{.stream = std::make_shared<File>(1, true)}; };
    const std::string answer = converse(kAsk, handler, {.stream_pace = hours(1)});
    EXPECT_THAT(answer, EndsWith("8\r\npiece 1\n\r\n"));
}

TEST(ServerStream, an_old_client_gets_a_file_without_chunks) {
    const auto handler = [](const Request&) { return Response{.stream = std::make_shared<File>(2)}; };
    const std::string answer = converse("GET / HTTP/1.0\r\n\r\n", handler, {.stream_pace = hours(1)});
    EXPECT_THAT(answer, EndsWith("\r\n\r\npiece 1\npiece 2\n"));
    EXPECT_THAT(answer, Not(HasSubstr("chunked")));
}

TEST(ServerStream, a_stop_ends_a_stream_that_is_silent) {
    const auto server = started({.stream_pace = milliseconds(5)}, counting(1, false));
    RawSocket socket(server->address());
    socket.send(kAsk).read_until("go: 1 ");
    server->stop();
    EXPECT_EQ(socket.read_all(), "");
}

TEST(ServerStream, one_too_many_is_refused_and_room_is_free_again_when_another_ends) {
    const auto server =
        started({.stream_pace = milliseconds(1), .streams_max = 1}, counting(1'000'000, true));
    RawSocket first(server->address());
    first.send(kAsk).read_until("go: 1 ");
    EXPECT_THAT(RawSocket(server->address()).send(kLast).read_all(), StartsWith("HTTP/1.1 503 "));
    first.close();
    std::string answer;
    for (int i = 0; i < 10'000 && !answer.starts_with("HTTP/1.1 200"); ++i)
        answer = RawSocket(server->address()).send(kLast).read_until("\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
}

TEST(ServerStream, files_and_streams_do_not_take_each_others_place) {
    const auto handler = [](const Request& request) -> Response {
        if (request.path == "/file") return {.stream = std::make_shared<File>(1'000'000'000)};
        return {.stream = std::make_shared<Counting>(1, false)};
    };
    const auto server = started({.stream_pace = milliseconds(1), .streams_max = 1, .files_max = 1}, handler);
    constexpr std::string_view kFile = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";
    RawSocket stream(server->address());
    EXPECT_THAT(stream.send(kAsk).read_until("\r\n\r\n1 "), StartsWith("HTTP/1.1 200 "));
    RawSocket file(server->address());
    EXPECT_THAT(file.send(kFile).read_until("piece 1\n"), StartsWith("HTTP/1.1 200 "));
    EXPECT_THAT(RawSocket(server->address()).send(kFile).read_until("\r\n"), StartsWith("HTTP/1.1 503 "));
    EXPECT_THAT(RawSocket(server->address()).send(kAsk).read_until("\r\n"), StartsWith("HTTP/1.1 503 "));
}

}  // namespace
}  // namespace fairway::net
