#include "api/events.hpp"

#include "api/api_fixture.hpp"
#include "api/problem.hpp"

namespace fairway::api {
namespace {

class EventsTest : public ApiTest {
protected:
    std::shared_ptr<net::BodyStream> open(const std::string& last_event_id = "") {
        net::Request request{.method = "GET", .path = "/api/v1/events"};
        request.headers.set("Authorization", "Bearer " + tokens["viewer"]);
        if (!last_event_id.empty()) request.headers.set("Last-Event-ID", last_event_id);
        const net::Response response = api.handle(request);
        EXPECT_EQ(response.status, 200);
        EXPECT_EQ(*response.headers.find("Content-Type"), "text/event-stream");
        return response.stream;
    }
    // The id of the last event in the text.
    static std::string last_id(const std::string& text) {
        const std::size_t at = text.rfind("id: ") + 4;
        return text.substr(at, text.find('\n', at) - at);
    }
};

TEST_F(EventsTest, a_change_is_told_once_with_what_happened_and_no_personal_data) {
    const auto stream = open();
    EXPECT_EQ(*stream->next(), "retry: 3000\nid: 0-0-0\nevent: ready\ndata: {}\n\n");
    import("402-0000000-0000001");
    const std::string text = *stream->next();
    EXPECT_NE(text.find(R"(event: order
data: {"store":"st_1","amazon_order_id":"402-0000000-0000001","codes":["history.order_seen")"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find(R"("commerce_order":"co_1"})"), std::string::npos) << text;
    EXPECT_EQ(text.find("Rossi"), std::string::npos);
    EXPECT_EQ(*stream->next(), "");
}

TEST_F(EventsTest, what_was_missed_is_told_from_the_last_event_id_on) {
    const auto first = open();
    first->next();
    import("402-0000000-0000001");
    const std::string id = last_id(*first->next());
    import("402-0000000-0000002");
    const std::string missed = *open(id)->next();
    EXPECT_EQ(missed.find("402-0000000-0000001"), std::string::npos) << missed;
    EXPECT_NE(missed.find("402-0000000-0000002"), std::string::npos) << missed;
    EXPECT_EQ(missed, "retry: 3000\n" + *first->next());
}

TEST_F(EventsTest, a_client_that_cannot_go_on_is_told_to_read_anew) {
    import("402-0000000-0000001");
    for (const char* id : {"9999-0-0", "0-9999-0", "-1-0-0", "0-0-1", "0-0", "words"})
        EXPECT_NE(open(id)->next()->find("event: reset\n"), std::string::npos) << id;
}

TEST_F(EventsTest, a_restored_database_tells_its_clients_to_read_anew) {
    import("402-0000000-0000001");
    const auto stream = open();
    const std::string id = last_id(*stream->next());
    write(
        [](db::Transaction& tx) { tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 1)"); });
    EXPECT_NE(stream->next()->find("event: reset\n"), std::string::npos) << "a stream that goes on";
    EXPECT_NE(open(id)->next()->find("event: reset\n"), std::string::npos) << "a client that comes back";
    EXPECT_EQ(*stream->next(), "");
}

TEST_F(EventsTest, a_stream_that_falls_too_far_behind_is_told_to_read_anew) {
    import("402-0000000-0000001");
    const auto stream = open();
    stream->next();
    const OrderId order = order_of("402-0000000-0000001").id;
    write([&](db::Transaction& tx) {
        for (int i = 0; i <= 10'000; ++i) store::write_history(tx, order, {"note.imported", {}}, kNow);
    });
    EXPECT_NE(stream->next()->find("event: reset\n"), std::string::npos);
    EXPECT_EQ(*stream->next(), "");
}

TEST_F(EventsTest, nobody_has_more_than_eight_streams_and_the_newest_are_the_ones_that_live) {
    std::vector<std::shared_ptr<net::BodyStream>> streams;
    for (int i = 0; i < 8; ++i) streams.push_back(open());
    net::Request request{.method = "GET", .path = "/api/v1/events"};
    request.headers.set("Authorization", "Bearer " + tokens["operator"]);
    const auto other = api.handle(request).stream;
    for (const auto& each : streams) EXPECT_TRUE(each->next().has_value());
    streams.push_back(open());
    EXPECT_FALSE(streams.front()->next().has_value());
    streams.erase(streams.begin());
    for (const auto& each : streams) EXPECT_TRUE(each->next().has_value());
    EXPECT_TRUE(other->next().has_value());
    streams.pop_back();
    streams.push_back(open());
    for (const auto& each : streams) EXPECT_TRUE(each->next().has_value()) << "one had ended by itself";
}

TEST_F(EventsTest, a_silent_stream_says_something_every_fifteen_seconds) {
    const auto stream = open();
    stream->next();
    for (int second = 1; second < 15; ++second) EXPECT_EQ(*stream->next(), "") << second;
    EXPECT_EQ(*stream->next(), ": nothing new\n\n");
    EXPECT_EQ(*stream->next(), "");
}

TEST_F(EventsTest, a_revoked_token_ends_its_stream) {
    const auto stream = open();
    ASSERT_TRUE(stream->next().has_value());
    must(write([](db::Transaction& tx) { return store::revoke_token(tx, TokenId{1}, kNow); }));
    EXPECT_FALSE(stream->next().has_value());
}

TEST(ServerProblem, one_stream_too_many_is_no_unreadable_request) {
    const auto body = must(json::parse(server_problem(503, "Too many streams are open.").body));
    EXPECT_EQ(body.at("code").as_string(), "too_many_streams");
    EXPECT_EQ(body.at("status").as_int64(), 503);
}

TEST_F(EventsTest, a_stream_needs_a_token) {
    EXPECT_EQ(ask(With{.token = ""}, "GET", "/api/v1/events").status, 401);
}

}  // namespace
}  // namespace fairway::api
