// A store's figures, its name and its end over REST.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class StoreFiguresTest : public ApiTest {
protected:
    static std::string id(int number) { return "402-0000000-000000" + std::to_string(number); }
    void sell(int number, std::int64_t minor, Duration ago,
              domain::AmazonStatus status = domain::AmazonStatus::shipped) {
        domain::AmazonOrder order = make_order(id(number));
        order.total = domain::Money{minor, domain::Currency::of("EUR")};
        order.purchased_at = kNow - ago;
        order.status = status;
        upsert(incoming(order));
    }
    std::string code(const std::string& method, const std::string& path, const std::string& body = {}) {
        return ask(method, "/api/v1" + path, body).code();
    }
    void deactivate() { ASSERT_EQ(ask("POST", "/api/v1/stores/st_1/deactivate").status, 200); }
};

TEST_F(StoreFiguresTest, sales_are_of_the_last_thirty_days_and_of_the_thirty_before) {
    sell(1, 1'000, hours(1));
    sell(2, 2'000, days(29));
    sell(3, 4'000, days(30));
    sell(4, 8'000, days(59));
    sell(5, 16'000, days(60));
    sell(6, 32'000, hours(1), domain::AmazonStatus::canceled);
    const Asked store = get("/api/v1/stores/st_1");
    EXPECT_EQ(store.text("sales.gross_30d.amount"), "30.00");
    EXPECT_EQ(store.text("sales.gross_30d.currency"), "EUR");
    EXPECT_EQ(store.text("sales.previous_30d.amount"), "120.00");
    EXPECT_EQ(store.at("sales.days").as_array().size(), 30U);
    EXPECT_EQ(store.text("sales.days[0]"), "20.00");
    EXPECT_EQ(store.text("sales.days[28]"), "0.00");
    EXPECT_EQ(store.text("sales.days[29]"), "10.00");
    EXPECT_EQ(get("/api/v1/stores").at("items[0].sales"), store.at("sales"));
}

TEST_F(StoreFiguresTest, the_dashboard_has_revenue_by_day_and_sales_of_all_time) {
    sell(1, 1'000, hours(1));
    sell(2, 2'000, hours(2));
    sell(3, 4'000, days(400));
    sell(4, 8'000, hours(1), domain::AmazonStatus::canceled);
    const Asked dashboard = get("/api/v1/stores/st_1/dashboard");
    EXPECT_EQ(dashboard.at("revenue").as_array().size(), 30U);
    EXPECT_EQ(dashboard.text("revenue[0].day"), "2026-10-25");
    EXPECT_EQ(dashboard.text("revenue[29].day"), "2026-11-23");
    EXPECT_EQ(dashboard.text("revenue[29].total.amount"), "30.00");
    EXPECT_EQ(dashboard.number("revenue[29].orders"), 2);
    EXPECT_EQ(dashboard.text("lifetime_sales.amount"), "70.00");
    EXPECT_EQ(dashboard.number("lifetime_orders"), 3);
    EXPECT_EQ(dashboard.number("counts.orders"), 4);
}

TEST_F(StoreFiguresTest, a_store_says_what_needs_a_person) {
    import(id(1));
    domain::AmazonOrder late = make_order(id(2));
    late.ship_by = kNow - hours(1);
    mirror(late);
    domain::AmazonOrder soon = make_order(id(3));
    soon.ship_by = kNow + hours(5);
    mirror(soon);
    mirror(make_order(id(4), "GHOST"));
    const OrderId order = order_of(id(1)).id;
    write([&](db::Transaction& tx) {
        store::open_attention(tx, order, {"cancelled_in_shop", "units 1:1", {}}, kNow);
        store::pause_account(tx, account, "amazon_forbidden", "no role", kNow).value();
    });
    const Asked store = get("/api/v1/stores/st_1");
    EXPECT_EQ(store.number("needs.blocked"), 1);
    EXPECT_EQ(store.number("needs.to_ship"), 3);
    EXPECT_EQ(store.number("needs.overdue"), 1);
    EXPECT_EQ(store.number("needs.due_in_24h"), 1);
    EXPECT_EQ(store.number("needs.attention"), 1);
    EXPECT_EQ(store.text("account_paused"), "true");
    EXPECT_EQ(store.text("account_paused_reason"), "no role");
}

TEST_F(StoreFiguresTest, the_last_sync_is_one_that_has_ended) {
    EXPECT_EQ(get("/api/v1/stores/st_1").text("last_sync"), "null");
    write([](db::Transaction& tx) {
        store::finish_run(tx, store::start_run(tx, std::nullopt, kNow),
                          Error{ErrorKind::forbidden, "amazon_forbidden", "no role"}, kNow + seconds(9));
        store::start_run(tx, std::nullopt, kNow + minutes(5));
    });
    const Asked store = get("/api/v1/stores/st_1");
    EXPECT_EQ(store.text("last_sync.id"), "sy_1");
    EXPECT_EQ(store.text("last_sync.state"), "failed");
    EXPECT_EQ(store.text("last_sync.error"), "no role");
    deactivate();
    EXPECT_EQ(get("/api/v1/stores/st_1").text("last_sync"), "null");
}

TEST_F(StoreFiguresTest, a_store_is_renamed_by_its_name_or_id) {
    EXPECT_EQ(ask("PATCH", "/api/v1/stores/Amazon.it", R"({"name":"Italy"})").text("name"), "Italy");
    EXPECT_EQ(get("/api/v1/stores/Italy").text("id"), "st_1");
    add_store("Amazon.fr", "A13V1IB3VIYZZH");
    EXPECT_EQ(code("PATCH", "/stores/Italy", R"({"name":"Amazon.fr"})"), "store_exists");
    EXPECT_EQ(code("PATCH", "/stores/Italy", R"({"name":" x"})"), "name_invalid");
    EXPECT_EQ(code("PATCH", "/stores/Nowhere", R"({"name":"x"})"), "store_missing");
}

TEST_F(StoreFiguresTest, a_deleted_store_is_gone_and_its_orders_can_be_read) {
    import(id(1));
    EXPECT_EQ(code("DELETE", "/stores/st_1"), "store_active");
    deactivate();
    EXPECT_EQ(ask("DELETE", "/api/v1/stores/st_1").status, 200);
    EXPECT_EQ(get("/api/v1/stores").count(), 0U);
    for (const std::string path : {"", "/dashboard"})
        EXPECT_EQ(get("/api/v1/stores/st_1" + path).code(), "store_missing");
    EXPECT_EQ(code("POST", "/stores/st_1/activate"), "store_missing");
    EXPECT_EQ(code("POST", "/sync-runs", R"({"store":"st_1"})"), "store_missing");
    EXPECT_EQ(get(path_of(id(1))).text("store_name"), "Amazon.it");
    EXPECT_EQ(get("/api/v1/amazon-orders?store=st_1").count(), 1U);
    EXPECT_EQ(get("/api/v1/commerce-orders?store=st_1").count(), 1U);
}

TEST_F(StoreFiguresTest, a_deleted_store_is_added_again_from_now_on) {
    deactivate();
    ask("DELETE", "/api/v1/stores/st_1");
    clock.advance(days(3));
    const Asked again =
        ask("POST", "/api/v1/stores", R"({"account":"Main","marketplace":"IT","name":"Italy"})");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.text("id"), "st_1");
    EXPECT_EQ(again.text("import_from"), "2026-11-26T08:00:00.000Z");
    EXPECT_EQ(get("/api/v1/stores").each("name"), "Italy");
}

TEST_F(StoreFiguresTest, marketplaces_have_what_links_and_forms_need) {
    const Asked asked = get("/api/v1/marketplaces?limit=200");
    EXPECT_GT(asked.count(), 20U);
    int italy = 0;
    for (const json::Value& each : asked.at("items").as_array()) {
        if (each.at("marketplace").as_string() != "IT") continue;
        ++italy;
        EXPECT_EQ(each.at("id").as_string(), "APJ6JRA9NG5V4");
        EXPECT_EQ(each.at("name").as_string(), "Amazon.it");
        EXPECT_EQ(each.at("region").as_string(), "eu");
        EXPECT_EQ(each.at("currency").as_string(), "EUR");
        EXPECT_EQ(each.at("seller_central").as_string(),
                  domain::find_marketplace_by_country("IT")->seller_central);
    }
    EXPECT_EQ(italy, 1);
}

}  // namespace
}  // namespace fairway::api
