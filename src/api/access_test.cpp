// Who may come in, and to what.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

class AccessTest : public ApiTest {
protected:
    // The path of an operation with something in the place of every parameter; most of it does not exist.
    static std::string path_of(const Operation& operation) {
        std::string path;
        for (const std::string_view part : split(operation.pattern.substr(1), '/'))
            path += "/" + std::string(part.starts_with('{') ? "none" : part);
        return path;
    }
    Asked knock(const std::string& token, const Operation& operation) {
        return ask(With{.token = token}, operation.method, path_of(operation),
                   operation.method == "GET" ? "" : "{}");
    }
};

int rank(std::string_view role) {
    const auto known = store::parse_role(role);
    return known ? static_cast<int>(*known) : -1;
}

TEST_F(AccessTest, without_a_token_nothing_of_the_interface_is_shown) {
    for (const Operation& operation : contract().operations()) {
        if (operation.role().empty()) continue;
        const Asked asked = knock("", operation);
        EXPECT_EQ(asked.status, 401) << operation.method << " " << operation.pattern;
        EXPECT_EQ(asked.code(), "token_missing");
        EXPECT_NE(asked.headers.find("WWW-Authenticate"), nullptr);
    }
}

TEST_F(AccessTest, every_route_lets_in_its_role_and_those_above_it_only) {
    int refused = 0;
    for (const Operation& operation : contract().operations()) {
        if (operation.role().empty()) continue;
        for (const std::string role : {"viewer", "operator", "administrator"}) {
            const Asked asked = knock(role, operation);
            const bool may = rank(role) >= rank(operation.role());
            EXPECT_EQ(asked.status == 403, !may)
                << role << " " << operation.method << " " << operation.pattern;
            EXPECT_NE(asked.status, 401);
            if (asked.status != 403) continue;
            EXPECT_EQ(asked.code(), "role_too_low");
            ++refused;
        }
    }
    EXPECT_GT(refused, 20);
}

// But what is the viewer's own.
TEST_F(AccessTest, a_viewer_changes_nothing) {
    for (const Operation& operation : contract().operations())
        if (operation.method != "GET" && !is_of_browsers(operation))
            EXPECT_GT(rank(operation.role()), rank("viewer")) << operation.pattern;
}

TEST_F(AccessTest, an_unknown_token_is_refused) {
    const Asked asked = ask(With{.token = "fw_somebody"}, "GET", "/api/v1/stores");
    EXPECT_EQ(asked.status, 401);
    EXPECT_EQ(asked.code(), "token_unknown");
}

TEST_F(AccessTest, a_revoked_token_is_refused_from_then_on) {
    ASSERT_EQ(ask(With{.token = "viewer"}, "GET", "/api/v1/stores").status, 200);
    write([](db::Transaction& tx) { return store::revoke_token(tx, TokenId{1}, kNow); });
    const Asked asked = ask(With{.token = "viewer"}, "GET", "/api/v1/stores");
    EXPECT_EQ(asked.status, 401);
    EXPECT_EQ(asked.code(), "token_unknown");
}

TEST_F(AccessTest, the_name_of_the_scheme_is_read_in_any_case) {
    net::Request request{.method = "GET", .path = "/api/v1/stores"};
    request.headers.set("Authorization", "bearer " + tokens.at("viewer"));
    EXPECT_EQ(api.handle(request).status, 200);
    request.headers.set("Authorization", "Basic " + tokens.at("viewer"));
    EXPECT_EQ(api.handle(request).status, 401);
}

TEST_F(AccessTest, tokens_are_listed_without_their_secret) {
    const Asked asked = get("/api/v1/tokens");
    EXPECT_EQ(asked.each("name"), "viewer operator administrator seer");
    for (const auto& [name, secret] : tokens)
        EXPECT_FALSE(json::serialize(asked.body).contains(secret.substr(3))) << name;
}

TEST_F(AccessTest, the_audit_says_what_was_given_and_changed) {
    const auto done = [&](const std::string& method, const std::string& path, const std::string& body) {
        EXPECT_LT(ask(method, "/api/v1" + path, body).status, 300) << path;
        const Asked audit = get("/api/v1/audit?limit=1");
        return audit.text("items[0].action") + " | " + audit.text("items[0].object");
    };
    EXPECT_EQ(done("POST", "/users", R"({"name":"anna","role":"operator","buyer_data":true})"),
              "create user: operator, buyer data | users/us_1");
    EXPECT_EQ(done("PATCH", "/users/anna", R"({"role":"viewer","buyer_data":false,"disabled":true})"),
              "change user: role operator to viewer, buyer data off, disabled | users/us_1");
    EXPECT_EQ(done("PATCH", "/users/anna", R"({"role":"viewer","disabled":false})"),
              "change user: enabled | users/us_1");
    EXPECT_EQ(done("POST", "/tokens", R"({"name":"laptop","role":"viewer"})"),
              "create token: viewer | tokens/tk_5");
    EXPECT_EQ(
        done("PATCH", "/stores/st_1/settings", R"({"look_back_days":3,"quantity":{"buffer":2}})"),
        "change settings: look_back_days=3, "
        R"(quantity={"out_of_stock_threshold":0,"maximum":null,"unmanaged":100,"buffer":2} | stores/st_1)");
    EXPECT_EQ(done("PATCH", "/stores/st_1/settings", R"({"look_back_days":3})"),
              "change settings | stores/st_1");
}

// As the screens filter: by what was done, whatever else is said of it.
TEST_F(AccessTest, the_audit_is_found_by_the_words_before_the_colon) {
    ask("POST", "/api/v1/users", R"({"name":"anna","role":"operator"})");
    ask("PATCH", "/api/v1/users/anna", R"({"role":"viewer"})");
    ask("PATCH", "/api/v1/users/anna", R"({"role":"viewer"})");
    EXPECT_EQ(get("/api/v1/audit?action=create+user").each("object"), "users/us_1");
    EXPECT_EQ(get("/api/v1/audit?action=change+user").count(), 2u) << "with and without a change";
    const Asked first = get("/api/v1/audit?action=change+user&limit=1");
    EXPECT_EQ(first.each("action"), "change user");
    EXPECT_EQ(get("/api/v1/audit?action=change+user&limit=1&after=" + first.text("next")).each("action"),
              "change user: role operator to viewer");
    EXPECT_EQ(get("/api/v1/audit?action=change").count(), 0u) << "half of the words are others";
}

TEST_F(AccessTest, the_use_of_a_token_is_remembered) {
    ask(With{.token = "viewer"}, "GET", "/api/v1/stores");
    EXPECT_EQ(get("/api/v1/tokens").text("items[0].last_used_at"), "2026-11-23T08:00:00.000Z");
}

TEST_F(AccessTest, an_address_that_does_not_exist_is_not_found_and_one_with_another_method_says_which) {
    EXPECT_EQ(get("/api/v1/nothing").code(), "path_unknown");
    const Asked asked = ask("DELETE", "/api/v1/stores");
    EXPECT_EQ(asked.status, 405);
    EXPECT_EQ(asked.number("status"), 405);
    EXPECT_EQ(asked.code(), "method_not_allowed");
    EXPECT_EQ(*asked.headers.find("Allow"), "GET, HEAD, POST");
}

// One mutation of each kind that succeeds, in an order in which it does.
struct Mutation {
    std::string method, path, body;
};
std::vector<Mutation> one_of_every_mutation(const std::string& order, const std::string& commerce) {
    return {
        {"POST", order + "/retry", ""},
        // One whose money does not add up.
        {"PATCH", "/api/v1/amazon-orders/st_1/402-0000000-0000004/shipping-address", R"({"line2":"B"})"},
        {"POST", "/api/v1/amazon-orders/st_1/402-0000000-0000004/import-anyway", ""},
        {"POST", "/api/v1/amazon-orders/retry", ""},
        {"POST", commerce + "/comments", R"({"text":"a"})"},
        {"POST", commerce + "/hold", ""},
        {"POST", commerce + "/unhold", ""},
        {"POST", commerce + "/shipments", R"({"packages":[{"carrier":"DHL","tracking":"1"}]})"},
        {"POST", commerce + "/credit-memos", R"({"lines":[{"line":1,"quantity":1}]})"},
        // Replacements, which are not invoiced by themselves.
        {"POST", "/api/v1/commerce-orders/co_2/invoices", ""},
        {"POST", "/api/v1/commerce-orders/co_3/cancel", ""},
        {"POST", "/api/v1/commands/cm_1/replay", ""},
        {"POST", "/api/v1/attention/at_1/close", ""},
        {"POST", "/api/v1/products", R"({"sku":"A","name":"A"})"},
        {"PATCH", "/api/v1/products/A", R"({"name":"B"})"},
        {"PUT", "/api/v1/stock/A", R"({"quantity":1})"},
        {"PUT", "/api/v1/listings/st_1/S", R"({"product_sku":"A"})"},
        {"POST", "/api/v1/accounts",
         R"({"name":"Second","region":"eu","seller_id":"A2","client_id":"c","client_secret":"s",)"
         R"("refresh_token":"r"})"},
        {"PATCH", "/api/v1/accounts/Main", R"({"client_secret":"new"})"},
        {"POST", "/api/v1/stores", R"({"account":"Main","marketplace":"DE","name":"Amazon.de"})"},
        {"PATCH", "/api/v1/stores/st_1/settings", R"({"look_back_days":1})"},
        {"POST", "/api/v1/stores/st_1/deactivate", ""},
        {"POST", "/api/v1/stores/st_1/activate", ""},
        {"PATCH", "/api/v1/stores/Amazon.de", R"({"name":"Germany"})"},
        {"POST", "/api/v1/stores/Germany/deactivate", ""},
        {"DELETE", "/api/v1/stores/Germany", ""},
        {"POST", "/api/v1/quarantine/qu_1/retry", ""},
        {"POST", "/api/v1/system/read-only", R"({"read_only":true})"},
        {"POST", "/api/v1/sync-runs", ""},
        {"POST", "/api/v1/users", R"({"name":"anna","role":"viewer"})"},
        {"PATCH", "/api/v1/users/anna", R"({"role":"operator"})"},
        {"POST", "/api/v1/users/anna/invitation", ""},
        {"POST", "/api/v1/users/anna/unlock", ""},
        {"DELETE", "/api/v1/users/anna/sessions", ""},
        {"POST", "/api/v1/tokens", R"({"name":"laptop","role":"viewer"})"},
        {"DELETE", "/api/v1/tokens/tk_1", ""},
    };
}

class MutationTest : public AccessTest {
protected:
    MutationTest() {
        commerce = "/api/v1/commerce-orders/" + import("402-0000000-0000001");
        for (const char* id : {"402-0000000-0000002", "402-0000000-0000003"}) {
            domain::AmazonOrder replacement = make_order(id);
            replacement.replacement = true;
            mirror(replacement);
        }
        domain::AmazonOrder contradicting = make_order("402-0000000-0000004");
        contradicting.total = domain::Money{7000, domain::Currency::of("EUR")};
        mirror(contradicting);
        const OrderId order = order_of("402-0000000-0000001").id;
        const auto key = vault.create_keys(1, kNow).front();
        write([&](db::Transaction& tx) {
            tx.execute("INSERT INTO instance (one, id, epoch) VALUES (1, 'i', 0)");
            store::open_attention(tx, order, {"cancelled_in_shop", "units 1:1", {}}, kNow);
            store::keep_aside(tx, vault, account, AmazonOrderId("402-1"),
                              {ErrorKind::corrupt, "wrong_type", "odd"}, Pii<std::string>("{}"), key, kNow);
        });
        amazon_says = [](const net::Request& request) -> Result<net::Response> {
            if (!request.path.ends_with("/token")) return net::Response{.body = R"({"payload":[]})"};
            return net::Response{.body = R"({"access_token":"t","token_type":"bearer","expires_in":3600})"};
        };
    }
    std::string commerce{};
};

TEST_F(MutationTest, every_mutation_leaves_its_actor_in_the_audit) {
    std::set<const Operation*> missing;
    for (const Operation& operation : contract().operations())
        if (operation.method != "GET" && !is_of_browsers(operation)) missing.insert(&operation);
    for (const auto& [method, path, body] :
         one_of_every_mutation(ApiTest::path_of("402-0000000-0000001"), commerce)) {
        if (path.ends_with("/replay"))
            write([](db::Transaction& tx) {
                store::set_command_state(tx, CommandId{1}, domain::CommandState::rejected, "no", kNow);
            });
        const std::int64_t before = rows_in("audit");
        EXPECT_LT(ask(method, path, body).status, 300) << path;
        EXPECT_EQ(rows_in("audit"), before + 1) << path;
        EXPECT_EQ(get("/api/v1/audit?limit=1").text("items[0].actor"), "token:tk_4 (seer)");
        missing.erase(contract().find_operation(method, path));
    }
    for (const Operation* each : missing)
        ADD_FAILURE() << each->method << " " << each->pattern << " is not tried";
}

}  // namespace
}  // namespace fairway::api
