// Products, stock, listings, accounts, stores and sync over REST.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class SetupTest : public ApiTest {
protected:
    Asked put(const std::string& path, const std::string& body) { return ask("PUT", "/api/v1" + path, body); }
    Asked post(const std::string& path, const std::string& body = {}) {
        return ask("POST", "/api/v1" + path, body);
    }
    // Amazon's token service and its list of marketplaces.
    void let_amazon_answer(int token_status) {
        amazon_says = [token_status](const net::Request& request) -> Result<net::Response> {
            if (!request.path.ends_with("/token")) return net::Response{.body = R"({"payload":[]})"};
            if (token_status != 200)
                return net::Response{.status = token_status, .body = R"({"error":"invalid_client"})"};
            return net::Response{.body = R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
        };
    }
    Asked connect(const std::string& region = "eu") {
        return post("/accounts", R"({"name":"Second","region":")" + region +
                                     R"(","seller_id":"A2","client_id":"c","client_secret":"s-e-c",)"
                                     R"("refresh_token":"r-e-f"})");
    }
};

TEST_F(SetupTest, an_answer_of_amazon_that_cannot_be_read_stores_nothing_and_may_be_tried_again) {
    for (const bool token_too : {false, true}) {
        amazon_says = [token_too](const net::Request& request) -> Result<net::Response> {
            if (!token_too && request.path.ends_with("/token"))
                return net::Response{.body =
                                         R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
            return net::Response{.body = "<html>Service is away</html>"};
        };
        const Asked refused = connect();
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.code(), token_too ? "connect_failed" : "amazon_unavailable");
        EXPECT_EQ(rows_in("accounts"), 1) << "the one that was there before";
    }
}

TEST_F(SetupTest, skus_with_slashes_spaces_and_percent_signs_are_addresses) {
    const std::string sku = "A/1 %2F+é";
    const std::string part = percent_encode(sku);
    EXPECT_EQ(post("/products", R"({"sku":")" + sku + R"(","name":"Odd","quantity":3})").status, 201);
    EXPECT_EQ(get("/api/v1/products/" + part).text("sku"), sku);
    EXPECT_EQ(ask("PATCH", "/api/v1/products/" + part, R"({"enabled":false})").text("enabled"), "false");
    EXPECT_EQ(put("/stock/" + part, R"({"quantity":5})").number("quantity"), 5);
    const Asked listing = put("/listings/st_1/" + part, R"({"product_sku":")" + sku + R"(","units":2})");
    EXPECT_EQ(listing.text("seller_sku"), sku);
    EXPECT_EQ(listing.number("units"), 2);
}

TEST_F(SetupTest, a_product_is_added_once) {
    EXPECT_EQ(post("/products", R"({"sku":"A","name":"A"})").number("quantity"), 0);
    const Asked again = post("/products", R"({"sku":"A","name":"B"})");
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.code(), "product_exists");
    EXPECT_EQ(again.field(), "sku");
}

TEST_F(SetupTest, members_that_are_null_or_absent_leave_a_product_as_it_is) {
    post("/products", R"({"sku":"A","name":"Kettle","enabled":false})");
    const Asked asked = ask("PATCH", "/api/v1/products/A", R"({"name":null})");
    EXPECT_EQ(asked.text("name"), "Kettle");
    EXPECT_EQ(asked.text("enabled"), "false");
}

TEST_F(SetupTest, stock_is_kept_by_source) {
    add_product("A", 3);
    EXPECT_EQ(put("/stock/A", R"({"quantity":4,"source":"north"})").number("quantity"), 7);
    const Asked asked = get("/api/v1/stock/A");
    EXPECT_EQ(asked.text("sources[0].source"), "default");
    EXPECT_EQ(asked.number("sources[1].quantity"), 4);
}

TEST_F(SetupTest, a_match_is_removed_with_null) {
    add_product("A", 1);
    EXPECT_EQ(put("/listings/st_1/S", R"({"product_sku":"A"})").text("matched_by_hand"), "true");
    const Asked asked = put("/listings/st_1/S", R"({"product_sku":null})");
    EXPECT_EQ(asked.text("matched_by_hand"), "false");
    EXPECT_EQ(asked.text("product_sku"), "null");
}

TEST_F(SetupTest, a_store_is_added_to_an_account_by_its_name_and_is_active) {
    const Asked asked = post("/stores", R"({"account":"Main","marketplace":"DE","name":"Amazon.de"})");
    EXPECT_EQ(asked.status, 201);
    EXPECT_EQ(asked.text("id"), "st_2");
    EXPECT_EQ(asked.text("marketplace"), "DE");
    EXPECT_EQ(asked.text("active"), "true");
    EXPECT_EQ(asked.text("back_end"), "builtin");
    EXPECT_EQ(post("/stores", R"({"account":"Main","marketplace":"DE","name":"Other"})").code(),
              "store_exists");
}

TEST_F(SetupTest, a_store_is_found_by_its_name_and_its_id) {
    EXPECT_EQ(get("/api/v1/stores/Amazon.it").text("id"), "st_1");
    EXPECT_EQ(get("/api/v1/stores/st_1").text("name"), "Amazon.it");
}

TEST_F(SetupTest, a_store_is_deactivated_and_activated) {
    EXPECT_EQ(post("/stores/st_1/deactivate").text("active"), "false");
    EXPECT_EQ(post("/stores/st_1/activate").text("active"), "true");
}

TEST_F(SetupTest, a_deactivated_store_gives_back_what_its_pending_orders_reserved) {
    add_product("SKU-1", 5);
    domain::AmazonOrder pending = make_order("402-0000000-0000001");
    pending.status = domain::AmazonStatus::pending;
    mirror(pending);
    const auto reserved = [&] { return get("/api/v1/stock/SKU-1").number("reserved"); };
    ASSERT_EQ(reserved(), 2);
    post("/stores/st_1/deactivate");
    reconcile();
    EXPECT_EQ(reserved(), 0);
    post("/stores/st_1/activate");
    reconcile();
    EXPECT_EQ(reserved(), 2);
}

TEST_F(SetupTest, a_patch_changes_the_settings_it_names) {
    const Asked asked = ask("PATCH", "/api/v1/stores/st_1/settings",
                            R"({"imported_status":"New","quantity":{"buffer":2},"carriers":{"brt":"BRT"}})");
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("settings.imported_status"), "New");
    EXPECT_EQ(asked.number("settings.quantity.buffer"), 2);
    EXPECT_EQ(asked.number("settings.quantity.unmanaged"), 100);
    EXPECT_EQ(asked.text("settings.carriers.brt"), "BRT");
    EXPECT_EQ(asked.text("settings.import_orders"), "true");
    EXPECT_EQ(get("/api/v1/stores/st_1").at("settings"), asked.at("settings"));
}

TEST_F(SetupTest, an_account_is_stored_once_amazon_has_accepted_it) {
    let_amazon_answer(200);
    const Asked asked = connect();
    EXPECT_EQ(asked.status, 201);
    EXPECT_EQ(asked.text("id"), "ac_2");
    EXPECT_EQ(asked.text("spapi_url"), "https://sellingpartnerapi-eu.amazon.com");
    EXPECT_FALSE(json::serialize(asked.body).contains("s-e-c"));
    EXPECT_FALSE(json::serialize(asked.body).contains("r-e-f"));
    EXPECT_EQ(connect().code(), "account_exists");
}

TEST_F(SetupTest, credentials_that_amazon_refuses_are_a_bad_value_and_not_a_missing_sign_in) {
    let_amazon_answer(401);
    const Asked asked = connect();
    EXPECT_EQ(asked.status, 422);
    EXPECT_EQ(asked.code(), "amazon_credentials_refused");
    EXPECT_EQ(rows_in("accounts"), 1);
}

TEST_F(SetupTest, an_account_is_checked_before_amazon_is_asked) {
    const Asked asked = connect("moon");
    EXPECT_EQ(asked.code(), "region_unknown");
    EXPECT_EQ(asked.field(), "region");
}

TEST_F(SetupTest, when_amazon_cannot_be_reached_nothing_is_stored) {
    const Asked asked = connect();
    EXPECT_EQ(asked.status, 503);
    EXPECT_EQ(rows_in("accounts"), 1);
}

TEST_F(SetupTest, new_credentials_end_a_pause) {
    let_amazon_answer(200);
    write([&](db::Transaction& tx) { return store::pause_account(tx, account, "c", "t", kNow); });
    const Asked asked = ask("PATCH", "/api/v1/accounts/Main", R"({"client_secret":"new"})");
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("paused"), "false");
}

TEST_F(SetupTest, a_sync_is_started_for_one_store_or_for_all) {
    const Asked one = post("/sync-runs", R"({"store":"Amazon.it"})");
    EXPECT_EQ(one.status, 202);
    EXPECT_EQ(one.text("state"), "running");
    EXPECT_EQ(one.text("store"), "st_1");
    EXPECT_EQ(post("/sync-runs", R"({"store":null})").text("store"), "null");
    EXPECT_EQ(post("/sync-runs").status, 202);
    EXPECT_EQ(ticks, (std::vector<std::string>{"sy_1 st_1", "sy_2", "sy_3"}));
    EXPECT_EQ(get("/api/v1/sync-runs/sy_1").text("id"), "sy_1");
}

TEST_F(SetupTest, the_system_says_what_it_is_and_what_waits) {
    upsert(incoming(make_order("402-0000000-0000001")));
    const Asked asked = get("/api/v1/system");
    EXPECT_EQ(asked.text("version"), "0.1.0");
    EXPECT_EQ(asked.text("now"), "2026-11-23T08:00:00.000Z");
    EXPECT_EQ(asked.number("dirty_orders"), 1);
}

TEST_F(SetupTest, the_command_line_asks_the_same_interface_without_a_token) {
    const net::Response response =
        api.handle_local({.method = "POST", .path = "/api/v1/products", .body = R"({"sku":"A","name":"A"})"},
                         Api::PersonalData::hidden);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(get("/api/v1/audit").text("items[0].actor"), "cli");
}

}  // namespace
}  // namespace fairway::api
