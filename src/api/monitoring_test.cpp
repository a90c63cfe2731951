#include "api/api_fixture.hpp"
#include "store/instance.hpp"

namespace fairway::api {
namespace {

using MonitoringTest = ApiTest;

TEST_F(MonitoringTest, metrics_say_what_waits_is_blocked_and_is_to_be_shipped) {
    import("402-0000000-0000001");
    mirror(make_order("402-0000000-0000002", "GHOST"));
    const Asked metrics = ask(With{.token = "viewer"}, "GET", "/metrics");
    EXPECT_EQ(metrics.status, 200);
    const std::string text(metrics.body.as_string());
    for (const char* line :
         {"fairway_orders_blocked{store=\"Amazon.it\"} 1\n",
          "fairway_orders_to_ship{store=\"Amazon.it\"} 1\n",
          "fairway_orders_waiting{store=\"Amazon.it\"} 0\n", "fairway_account_paused{account=\"Main\"} 0\n",
          "fairway_orders_dirty 0\n", "fairway_attention_open 0\n", "fairway_quarantined 0\n",
          "# TYPE fairway_commands gauge\n"})
        EXPECT_NE(text.find(line), std::string::npos) << line << " is not in\n" << text;
    EXPECT_EQ(text.find("Rossi"), std::string::npos);
}

TEST_F(MonitoringTest, metrics_count_what_waits_for_a_person_and_what_could_not_be_read) {
    import("402-0000000-0000001");
    const OrderId order = order_of("402-0000000-0000001").id;
    const auto key = vault.create_keys(1, kNow).front();
    write([&](db::Transaction& tx) {
        store::open_attention(tx, order, {"cancelled_in_shop", "units 1:1", {}}, kNow);
        store::open_attention(tx, order, {"cancelled_in_shop", "units 1:2", {}}, kNow);
        store::keep_aside(tx, vault, account, std::nullopt, {ErrorKind::corrupt, "wrong_type", "odd"},
                          Pii<std::string>("{}"), key, kNow);
    });
    ask("POST", "/api/v1/attention/at_1/close");
    const std::string text(ask(With{.token = "viewer"}, "GET", "/metrics").body.as_string());
    EXPECT_NE(text.find("fairway_attention_open 1\n"), std::string::npos) << text;
    EXPECT_NE(text.find("fairway_quarantined 1\n"), std::string::npos) << text;
}

TEST_F(MonitoringTest, metrics_need_a_token) {
    EXPECT_EQ(ask(With{.token = ""}, "GET", "/metrics").status, 401);
}

TEST_F(MonitoringTest, a_closed_attention_item_is_gone_and_is_not_brought_up_again) {
    import("402-0000000-0000001");
    const OrderId order = order_of("402-0000000-0000001").id;
    const auto open_item = [&](const std::string& cause) {
        return write([&](db::Transaction& tx) {
            return store::open_attention(tx, order, {"cancelled_in_shop", cause, {}}, kNow);
        });
    };
    ASSERT_TRUE(open_item("units 1:1"));
    const std::string id = get("/api/v1/attention").text("items[0].id");
    const Asked closed = ask("POST", "/api/v1/attention/" + id + "/close");
    EXPECT_EQ(closed.status, 200);
    EXPECT_EQ(closed.text("amazon_order_id"), "402-0000000-0000001");
    EXPECT_EQ(get("/api/v1/attention").count(), 0U);
    EXPECT_FALSE(open_item("units 1:1"));
    EXPECT_EQ(ask("POST", "/api/v1/attention/" + id + "/close").code(), "attention_missing");
}

TEST_F(MonitoringTest, read_only_mode_is_seen_everywhere_and_the_service_stays_ready) {
    EXPECT_EQ(get("/api/v1/system").text("read_only"), "null");
    write([](db::Transaction& tx) {
        tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 0)");
        store::set_read_only(tx, true, kNow);
    });
    EXPECT_EQ(get("/api/v1/system").text("read_only.reason"), "requested");
    EXPECT_EQ(get("/api/v1/system").text("read_only.since"), "2026-11-23T08:00:00.000Z");
    const Asked messages = get("/api/v1/messages");
    EXPECT_EQ(messages.text("items[0].code"), "read_only");
    EXPECT_EQ(messages.text("items[0].params.reason"), "requested");
    EXPECT_NE(messages.text("items[0].text").find("fairway read-only off"), std::string::npos);
    const std::string text(ask(With{.token = "viewer"}, "GET", "/metrics").body.as_string());
    EXPECT_NE(text.find("fairway_read_only 1\n"), std::string::npos) << text;
    EXPECT_EQ(get("/readyz").status, 200);
}

TEST_F(MonitoringTest, every_reason_of_read_only_mode_has_its_text_and_stands_in_the_contract) {
    const json::Array& reasons =
        contract().schemas().at("ReadOnly").at("properties").at("reason").at("enum").as_array();
    EXPECT_EQ(reasons.size(), 5U);
    write(
        [](db::Transaction& tx) { tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 0)"); });
    for (const json::Value& reason : reasons) {
        write([&](db::Transaction& tx) {
            tx.execute("UPDATE instance SET read_only_reason = $1, read_only_since = $2",
                       std::string_view(reason.as_string()), kNow);
        });
        EXPECT_TRUE(get("/api/v1/messages").text("items[0].text").starts_with("Read-only mode: ")) << reason;
    }
}

}  // namespace
}  // namespace fairway::api
