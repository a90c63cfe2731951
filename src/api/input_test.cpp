// What is refused, with the place named, and that nothing happens then.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

struct Case {
    std::string method, path, body;
    int status;
    std::string code, field;
};

class InputTest : public ApiTest {
protected:
    void expect_refused(const std::vector<Case>& cases) {
        for (const Case& each : cases) {
            const Asked asked = ask(each.method, "/api/v1" + each.path, each.body);
            const std::string what = each.method + " " + each.path + " " + each.body.substr(0, 200);
            EXPECT_EQ(asked.status, each.status) << what;
            EXPECT_EQ(asked.code(), each.code) << what;
            EXPECT_EQ(asked.field(), each.field) << what;
        }
    }
};

TEST_F(InputTest, a_body_must_be_json_of_the_right_shape) {
    expect_refused({
        {"POST", "/products", "", 400, "json_malformed", "null"},
        {"POST", "/products", "{", 400, "json_malformed", "null"},
        {"POST", "/products", R"({"sku":"A","sku":"B","name":"A"})", 400, "json_malformed", "null"},
        {"POST", "/products", "[]", 422, "wrong_type", "null"},
        {"POST", "/products", R"({"sku":1,"name":"A"})", 422, "wrong_type", "sku"},
        {"POST", "/products", R"({"sku":"A"})", 422, "missing", "name"},
        {"POST", "/products", R"({"sku":"A","name":null})", 422, "wrong_type", "name"},
        {"POST", "/products", R"({"sku":"A","name":"A","price":1})", 422, "unknown_member", "price"},
        {"POST", "/products", R"({"sku":"A","name":"A","enabled":"yes"})", 422, "wrong_type", "enabled"},
        {"POST", "/products", R"({"sku":"A","name":"A","quantity":1.5})", 422, "wrong_type", "quantity"},
        {"POST", "/products", R"({"sku":"A","name":"A","quantity":-1})", 422, "quantity_invalid", "quantity"},
        {"POST", "/products", R"({"sku":" A","name":"A"})", 422, "text_invalid", "sku"},
        {"POST", "/products", R"({"sku":"A","name":")" + std::string(501, 'x') + R"("})", 422, "too_long",
         "name"},
        {"POST", "/products", R"({"sku":"A","name":")" + std::string(5'000, 'x') + R"("})", 422, "too_long",
         "name"},
    });
    EXPECT_EQ(rows_in("products"), 0);
}

TEST_F(InputTest, what_a_body_names_must_exist) {
    expect_refused({
        {"PUT", "/listings/st_1/S", R"({"product_sku":"none"})", 422, "product_missing", "product_sku"},
        {"PUT", "/listings/st_1/S", R"({"product_sku":null,"units":0})", 422, "units_invalid", "units"},
        {"POST", "/stores", R"({"account":"none","marketplace":"IT","name":"S"})", 422, "account_missing",
         "account"},
        {"POST", "/stores", R"({"account":"Main","marketplace":"XX","name":"S"})", 422, "marketplace_unknown",
         "marketplace"},
        {"POST", "/stores", R"({"account":"Main","marketplace":"US","name":"S"})", 422,
         "marketplace_other_region", "marketplace"},
        {"POST", "/stores", R"({"account":"Main","marketplace":"DE","name":"S","back_end":"x"})", 422,
         "back_end_unknown", "back_end"},
        {"POST", "/stores", R"({"account":"Main","marketplace":"DE","name":""})", 422, "name_invalid",
         "name"},
        {"POST", "/sync-runs", R"({"store":"none"})", 422, "store_missing", "store"},
    });
}

TEST_F(InputTest, what_an_address_names_must_exist) {
    expect_refused({
        {"GET", "/stores/none", "", 404, "store_missing", "store"},
        {"GET", "/stores/none/dashboard", "", 404, "store_missing", "store"},
        {"PATCH", "/stores/none/settings", "{}", 404, "store_missing", "store"},
        {"GET", "/amazon-orders/none/402-1", "", 404, "store_missing", "store"},
        {"GET", "/amazon-orders/st_1/402-1", "", 404, "order_missing", "amazon_order_id"},
        {"GET", "/amazon-orders/st_1/402-1/history", "", 404, "order_missing", "amazon_order_id"},
        {"GET", "/commerce-orders/co_9", "", 404, "commerce_order_missing", "id"},
        {"POST", "/commerce-orders/co_9/hold", "", 404, "commerce_order_missing", "id"},
        {"GET", "/products/none", "", 404, "product_missing", "sku"},
        {"PATCH", "/products/none", "{}", 404, "product_missing", "sku"},
        {"GET", "/stock/none", "", 404, "product_missing", "sku"},
        {"PUT", "/stock/none", R"({"quantity":1})", 404, "product_missing", "sku"},
        {"PUT", "/listings/none/S", "{}", 404, "store_missing", "store"},
        {"PATCH", "/accounts/none", "{}", 404, "account_missing", "account"},
        {"GET", "/commands/cm_9", "", 404, "command_missing", "id"},
        {"POST", "/commands/cm_9/replay", "", 404, "command_missing", "id"},
        {"GET", "/sync-runs/sy_9", "", 404, "sync_run_missing", "id"},
    });
}

TEST_F(InputTest, settings_are_refused_with_the_one_that_is_wrong) {
    const std::string path = "/stores/st_1/settings";
    expect_refused({
        {"PATCH", path, "[]", 422, "setting_invalid", "null"},
        {"PATCH", path, R"({"colour":"red"})", 422, "setting_unknown", "colour"},
        {"PATCH", path, R"({"look_back_days":731})", 422, "setting_invalid", "look_back_days"},
        {"PATCH", path, R"({"quantity":{"buffer":-1}})", 422, "setting_invalid", "quantity.buffer"},
        {"PATCH", path, R"({"import_orders":false,"sync_interval_s":1})", 422, "setting_invalid",
         "sync_interval_s"},
    });
    EXPECT_EQ(get("/api/v1/stores/st_1").text("settings.import_orders"), "true");
}

TEST_F(InputTest, filters_are_refused_with_the_one_that_is_wrong) {
    expect_refused({
        {"GET", "/amazon-orders?colour=red", "", 422, "filter_unknown", "colour"},
        {"GET", "/amazon-orders?q=a&q=b", "", 422, "filter_repeated", "q"},
        {"GET", "/amazon-orders?store=none", "", 422, "filter_invalid", "store"},
        {"GET", "/amazon-orders?status=Unshipped,Sent", "", 422, "filter_invalid", "status"},
        {"GET", "/amazon-orders?import_state=new", "", 422, "filter_invalid", "import_state"},
        {"GET", "/amazon-orders?fulfilled_by=merchant,amazon", "", 422, "filter_invalid", "fulfilled_by"},
        {"GET", "/amazon-orders?purchased_from=yesterday", "", 422, "filter_invalid", "purchased_from"},
        {"GET", "/amazon-orders?purchased_to=2026-11-23", "", 422, "filter_invalid", "purchased_to"},
        {"GET", "/amazon-orders?total_min=ten", "", 422, "filter_invalid", "total_min"},
        {"GET", "/amazon-orders?total_max=1e3", "", 422, "filter_invalid", "total_max"},
        {"GET", "/amazon-orders?sort=total", "", 422, "filter_invalid", "sort"},
        {"GET", "/amazon-orders?q=" + std::string(201, 'x'), "", 422, "filter_invalid", "q"},
        {"GET", "/commerce-orders?status=Sent", "", 422, "filter_invalid", "status"},
        {"GET", "/commerce-orders?store=none", "", 422, "filter_invalid", "store"},
        {"GET", "/listings?state=odd", "", 422, "filter_invalid", "state"},
        {"GET", "/listings?store=none", "", 422, "filter_invalid", "store"},
        {"GET", "/commands?state=odd", "", 422, "filter_invalid", "state"},
    });
}

TEST_F(InputTest, what_takes_no_body_refuses_one) {
    int checked = 0;
    for (const Operation& operation : contract().operations()) {
        if (operation.method == "GET" || operation.facts->contains("requestBody")) continue;
        if (operation.pattern == "/api/v1/session") continue;  // who signs out sends no body, and no token
        ++checked;
        std::string path;
        for (const std::string_view part : split(operation.pattern.substr(1), '/'))
            path += "/" + std::string(part.starts_with('{') ? "none" : part);
        const auto send = [&](const std::string& body) { return ask(operation.method, path, body); };
        EXPECT_EQ(api.body_max({.method = operation.method, .path = path}), 4'096U) << path;
        const Asked unknown = send(R"({"reason":"NoInventory"})");
        EXPECT_EQ(unknown.status, 422) << path;
        EXPECT_EQ(unknown.code(), "unknown_member") << path;
        EXPECT_EQ(unknown.field(), "reason") << path;
        EXPECT_EQ(send("[]").code(), "wrong_type") << path;
        const Asked broken = send("{");
        EXPECT_EQ(broken.status, 400) << path;
        EXPECT_EQ(broken.code(), "json_malformed") << path;
        // What is about no single thing finds its thing.
        const int done = operation.pattern.contains('{') ? 404 : 202;
        for (const char* nothing : {"", " \n", "{}"}) EXPECT_EQ(send(nothing).status, done) << path;
    }
    EXPECT_EQ(checked, 17);
}

TEST_F(InputTest, a_body_is_as_long_as_its_address_takes_before_anybody_is_known) {
    const auto most = [&](const std::string& method, const std::string& path) {
        return api.body_max({.method = method, .path = path});
    };
    for (const char* path : {"/api/v1/stores", "/api/v1/nothing", "/"}) EXPECT_EQ(most("GET", path), 0U);
    for (const char* path :
         {"/api/v1/session", "/api/v1/session/password", "/api/v1/invitations/accept", "/api/v1/nothing"})
        EXPECT_EQ(most("POST", path), 4'096U) << path;
    EXPECT_EQ(most("POST", "/api/v1/products"), 65'536U);
    EXPECT_EQ(most("PUT", "/api/v1/preferences"), 1'048'576U);
    EXPECT_EQ(most("POST", "/api/v1/commerce-orders/co_1/shipments"), 1'048'576U);
}

TEST_F(InputTest, without_memory_for_a_password_nobody_is_told_that_it_is_wrong) {
    Api poor{{.sync = context,
              .ask_for_tick = {},
              .public_url = "",
              .rng = rng,
              .password_cost = {.memory_bytes = std::uint64_t{1} << 43, .passes = 1}}};
    net::Request request{
        .method = "POST", .path = "/api/v1/session", .body = R"({"name":"anna","password":"secret"})"};
    request.headers.set("Content-Type", "application/json");
    const net::Response response = poor.handle(std::move(request));
    EXPECT_EQ(response.status, 503);
    EXPECT_TRUE(response.body.contains("out_of_memory")) << response.body;
    EXPECT_NE(response.headers.find("Retry-After"), nullptr);
}

TEST_F(InputTest, a_long_text_is_shown_cut_between_two_characters) {
    std::string sku = "x";
    for (int i = 0; i < 60; ++i) sku += "é";
    const Asked asked = get("/api/v1/products/" + percent_encode(sku));
    EXPECT_EQ(asked.status, 404);
    EXPECT_TRUE(is_valid_utf8(asked.text("detail")));
    EXPECT_TRUE(asked.text("detail").ends_with("é…\""));
}

TEST_F(InputTest, a_failure_inside_half_a_character_is_answered_in_readable_json) {
    std::string name = "x";
    for (int i = 0; i < 60; ++i) name += "é";
    const Asked asked =
        ask("POST", "/api/v1/stores", R"({"account":"Main","name":"S","marketplace":")" + name + R"("})");
    EXPECT_EQ(asked.code(), "marketplace_unknown");
    EXPECT_TRUE(is_valid_utf8(asked.text("detail")));
}

TEST_F(InputTest, a_problem_says_what_when_and_where) {
    const Asked asked = get("/api/v1/stores/none");
    EXPECT_EQ(*asked.headers.find("Content-Type"), "application/problem+json");
    EXPECT_EQ(asked.text("type"), "about:blank");
    EXPECT_EQ(asked.text("title"), "Not found");
    EXPECT_EQ(asked.number("status"), 404);
    EXPECT_EQ(asked.text("detail"), "there is no store \"none\"");
}

}  // namespace
}  // namespace fairway::api
