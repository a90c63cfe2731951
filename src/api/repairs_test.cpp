// What people mend of blocked orders over REST: who may, what is refused, what is shown and recorded.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

constexpr const char* kId = "402-0000000-0000001";
const std::string kAddress = "/shipping-address";
const std::string kPlace = R"({"city":"Milano","country":"it"})";

class RepairTest : public ApiTest {
protected:
    static domain::PersonalData placeless() {
        domain::PersonalData person = make_person();
        person.recipient->city.clear();
        person.recipient->country.clear();
        return person;
    }
    // An order of a product that is there, whose address names neither a place nor a country.
    void block_by_address() {
        add_product("SKU-1", 100);
        upsert(incoming(make_order(kId), "v1", placeless()));
        reconcile();
        ASSERT_EQ(order().text("block.reason"), "address_invalid");
    }
    // An order whose one line charges 59.90, with another total.
    void block_by_money(std::optional<std::int64_t> total_minor = 7000) {
        add_product("SKU-1", 100);
        domain::AmazonOrder order = make_order(kId);
        order.total.reset();
        if (total_minor) order.total = domain::Money{*total_minor, domain::Currency::of("EUR")};
        mirror(order);
    }
    Asked order() { return get(path_of(kId)); }
    Asked repair(const std::string& body, const With& with = {}) {
        return ask(with, "PATCH", path_of(kId) + kAddress, body);
    }
    Asked anyway(const std::string& body = {}, const With& with = {}) {
        return ask(with, "POST", path_of(kId) + "/import-anyway", body);
    }
    static void expect_refused(const Asked& asked, int status, const std::string& code,
                               const std::string& field = "null") {
        EXPECT_EQ(asked.status, status);
        EXPECT_EQ(asked.code(), code);
        EXPECT_EQ(asked.field(), field);
    }
    std::string last_audit(const std::string& member) {
        return get("/api/v1/audit?limit=1").text("items[0]." + member);
    }
    std::int64_t times_in_history(const std::string& code) {
        std::int64_t times = 0;
        const Asked history = get(path_of(kId) + "/history");
        for (const json::Value& entry : history.at("items").as_array())
            if (entry.at("code").as_string() == code) ++times;
        return times;
    }
};

// ---- The address

TEST_F(RepairTest, a_repair_imports_the_order_and_answers_without_personal_data) {
    block_by_address();
    const Asked asked = repair(kPlace);
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("import_state"), "imported");
    EXPECT_EQ(asked.text("recipient.repaired"), "true");
    for (const char* personal : {"Milano", "Rossi", "Via Roma"})
        EXPECT_FALSE(json::serialize(asked.body).contains(personal)) << personal;
}

TEST_F(RepairTest, who_may_see_it_sees_the_repaired_address_and_amazons_beside_it) {
    block_by_address();
    EXPECT_EQ(order().text("recipient.repaired"), "false");
    EXPECT_TRUE(order().at("recipient.on_amazon").is_null());
    repair(kPlace);
    for (const std::string& path : {path_of(kId), std::string("/api/v1/commerce-orders/co_1")}) {
        const Asked asked = get(path);
        EXPECT_EQ(asked.text("recipient.city"), "Milano");
        EXPECT_EQ(asked.text("recipient.country"), "IT");
        EXPECT_EQ(asked.text("recipient.name"), "Ada Rossi") << "what is left out stays";
        EXPECT_EQ(asked.text("recipient.repaired"), "true");
        EXPECT_EQ(asked.text("recipient.on_amazon.line1"), "Via Roma 1");
        EXPECT_TRUE(asked.at("recipient.on_amazon.city").is_null());
        EXPECT_EQ(last_audit("action"), "view_personal_data") << path;
    }
    const Asked blind = ask(With{.token = "administrator"}, "GET", path_of(kId));
    EXPECT_EQ(blind.text("recipient.repaired"), "true");
    EXPECT_FALSE(json::serialize(blind.body).contains("Milano"));
    EXPECT_FALSE(json::serialize(blind.body).contains("Rossi"));
}

TEST_F(RepairTest, the_trail_names_the_fields_and_never_their_values) {
    block_by_address();
    repair(R"({"city":" Milano ","country":"IT","name":"Ada Rossi","line2":""})");
    EXPECT_EQ(last_audit("action"), "repair shipping address: city,country");
    EXPECT_EQ(last_audit("object"), "amazon-orders/" + std::string(kId));
    EXPECT_EQ(last_audit("actor"), "token:tk_4 (seer)");
    const Asked history = get(path_of(kId) + "/history");
    EXPECT_TRUE(json::serialize(history.body).contains("The shipping address was repaired: city, country"));
    EXPECT_FALSE(json::serialize(history.body).contains("Milano"));
    EXPECT_EQ(times_in_history("history.address_repaired"), 1);
}

TEST_F(RepairTest, the_reason_is_read_in_both_languages) {
    block_by_address();
    EXPECT_EQ(order().text("block.detail"), "the shipping address lacks: city, country");
    EXPECT_EQ(order().text("block.fix.kind"), "order");
    EXPECT_TRUE(order().at("block.amounts").is_null());
    EXPECT_EQ(ask(With{.language = "it"}, "GET", path_of(kId)).text("note"),
              "Impossibile creare l'ordine di vendita: nell'indirizzo di spedizione manca: città, paese");
}

TEST_F(RepairTest, a_field_that_cannot_be_is_refused_by_its_name_and_without_its_value) {
    block_by_address();
    struct Case {
        std::string body, code, field;
    };
    const std::vector<Case> cases{
        {R"({"city":"Milano"})", "address_incomplete", "country"},
        {R"({"city":"Milano","country":"Q9"})", "address_incomplete", "country"},
        {R"({"city":"Milano","country":"Qqq"})", "too_long", "country"},
        {R"({"name":"","city":"Milano","country":"IT"})", "address_incomplete", "name"},
        {R"({"line1":"   ","city":"Milano","country":"IT"})", "address_incomplete", "line1"},
        {R"({"city":")" + std::string(201, 'Q') + R"(","country":"IT"})", "too_long", "city"},
        {R"({"postal_code":")" + std::string(21, 'Q') + R"("})", "too_long", "postal_code"},
        {R"({"phone":")" + std::string(51, 'Q') + R"("})", "too_long", "phone"},
        {R"({"city":"Qq\nQq","country":"IT"})", "text_invalid", "city"},
        {R"({"email":"Qq"})", "unknown_member", "email"},
    };
    for (const Case& each : cases) {
        const Asked asked = repair(each.body);
        expect_refused(asked, 422, each.code, each.field);
        EXPECT_FALSE(asked.text("detail").contains("Q")) << each.body;
    }
    EXPECT_EQ(order().text("import_state"), "blocked");
    EXPECT_EQ(times_in_history("history.address_repaired"), 0);
}

TEST_F(RepairTest, a_repair_that_changes_nothing_is_a_mistake) {
    mirror(make_order(kId));
    expect_refused(repair("{}"), 422, "nothing_changed");
    expect_refused(repair(R"({"city":"Torino","phone":null})"), 422, "nothing_changed");
}

TEST_F(RepairTest, a_refusal_that_tells_of_the_address_is_noted) {
    mirror(make_order(kId));
    const auto refusals = [&] { return get("/api/v1/audit?action=refuse+repair"); };
    repair(R"({"email":"Qq"})");
    EXPECT_EQ(refusals().count(), 0u) << "nothing was compared";
    repair(R"({"city":"Torino"})");
    EXPECT_EQ(refusals().each("object"), "amazon-orders/" + std::string(kId));
    EXPECT_EQ(refusals().each("actor"), "token:tk_4 (seer)");
    repair(R"({"city":"Milano"})");
    EXPECT_EQ(refusals().count(), 1u);
}

TEST_F(RepairTest, who_may_not_see_the_address_cannot_guess_it) {
    mirror(make_order(kId));
    const With blind{.token = "operator"};
    for (const char* guess : {"Torino", "Napoli"}) {
        const Asked asked = repair(R"({"city":")" + std::string(guess) + R"("})", blind);
        EXPECT_EQ(asked.status, 200) << guess;
        EXPECT_EQ(last_audit("action"), "repair shipping address: city") << guess;
        EXPECT_EQ(last_audit("actor"), "token:tk_2 (operator)");
    }
    EXPECT_EQ(times_in_history("history.address_repaired"), 2);
    repair(R"({"name":"Ada Rossi","line2":"","city":"Napoli"})", blind);
    EXPECT_EQ(last_audit("action"), "repair shipping address: name,line2,city");
}

TEST_F(RepairTest, an_address_that_is_complete_may_be_corrected_as_long_as_the_order_waits) {
    mirror(make_order(kId));
    EXPECT_EQ(repair(R"({"line1":"Via Roma 10"})").status, 200);
    EXPECT_EQ(order().text("recipient.line1"), "Via Roma 10");
    EXPECT_EQ(repair(R"({"line2":"Scala B"})").status, 200);
    EXPECT_EQ(order().text("recipient.line1"), "Via Roma 10") << "the earlier repair stays";
    EXPECT_EQ(order().text("recipient.on_amazon.line1"), "Via Roma 1");
}

TEST_F(RepairTest, an_address_that_decides_nothing_any_more_is_not_repaired) {
    add_product("SKU-1", 100);
    domain::AmazonOrder order = make_order(kId);
    order.fulfilled_by = domain::FulfilledBy::amazon;
    mirror(order);
    expect_refused(repair(kPlace), 409, "fulfilled_by_amazon");
    order.fulfilled_by = domain::FulfilledBy::merchant;
    order.status = domain::AmazonStatus::canceled;
    order.updated_at += minutes(1);
    mirror(order);
    expect_refused(repair(kPlace), 409, "order_cancelled");
    set_import(false);
    order.status = domain::AmazonStatus::unshipped;
    order.updated_at += minutes(1);
    mirror(order);
    expect_refused(repair(kPlace), 409, "view_only");
    set_import(true);
    reconcile();
    expect_refused(repair(kPlace), 409, "already_imported");
}

TEST_F(RepairTest, an_order_whose_data_was_erased_takes_no_personal_data) {
    block_by_address();
    must(db::open(directory.url("keys.db")))->write([](db::Transaction& tx) {
        tx.execute("UPDATE data_keys SET wrapped = NULL");
    });
    store::Vault fresh(store::test_key(1), must(store::open_key_store(directory.url("keys.db"), kNow)), rng);
    sync::Context other{mortal, fresh, amazon, builtin, clock, Logger::none()};
    Api restarted{{.sync = other, .ask_for_tick = {}, .public_url = "", .rng = rng}};
    net::Request request{.method = "PATCH", .path = path_of(kId) + kAddress, .body = kPlace};
    request.headers.set("Authorization", "Bearer " + tokens["seer"]);
    const net::Response response = restarted.handle(std::move(request));
    EXPECT_EQ(response.status, 409);
    EXPECT_TRUE(response.body.contains("key_destroyed"));
}

TEST_F(RepairTest, an_order_is_found_by_its_repaired_name) {
    mirror(make_order(kId));
    repair(R"({"name":"Bruno Verdi"})");
    EXPECT_EQ(get("/api/v1/amazon-orders?buyer=verdi").count(), 1U);
}

TEST_F(RepairTest, a_viewer_mends_nothing) {
    block_by_address();
    expect_refused(repair(kPlace, With{.token = "viewer"}), 403, "role_too_low");
    expect_refused(anyway("", With{.token = "viewer"}), 403, "role_too_low");
    EXPECT_EQ(order().text("import_state"), "blocked");
}

TEST_F(RepairTest, the_same_request_again_gets_the_same_answer) {
    block_by_address();
    const Asked first = repair(kPlace, With{.key = "once"});
    const Asked again = repair(kPlace, With{.key = "once"});
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(json::serialize(again.body), json::serialize(first.body));
    EXPECT_EQ(times_in_history("history.address_repaired"), 1);
}

// ---- Money that does not add up

std::string shown(const std::string& stated) {
    return R"({"amounts":{"parts":{"amount":"59.90","currency":"EUR"},"stated":{"amount":")" + stated +
           R"(","currency":"EUR"}}})";
}

TEST_F(RepairTest, a_block_of_money_shows_both_figures) {
    block_by_money();
    const Asked asked = order();
    EXPECT_EQ(asked.text("block.reason"), "money_mismatch");
    EXPECT_EQ(asked.text("block.amounts.parts.amount"), "59.90");
    EXPECT_EQ(asked.text("block.amounts.stated.amount"), "70.00");
    EXPECT_EQ(asked.text("block.amounts.stated.currency"), "EUR");
}

TEST_F(RepairTest, an_order_is_imported_anyway_with_amazons_parts) {
    block_by_money();
    const Asked asked = anyway(shown("70.00"), With{.token = "operator"});
    EXPECT_EQ(asked.status, 200);
    EXPECT_EQ(asked.text("import_state"), "imported");
    EXPECT_EQ(asked.text("note"),
              "Commerce order created with Amazon's parts, 59.90 EUR in all, although "
              "70.00 EUR was stated");
    EXPECT_EQ(get("/api/v1/commerce-orders/co_1").text("totals.grand_total.amount"), "59.90");
    EXPECT_EQ(get("/api/v1/audit?action=import+order+anyway").each("object"),
              "amazon-orders/" + std::string(kId));
    EXPECT_EQ(times_in_history("history.import_anyway"), 1);
}

TEST_F(RepairTest, figures_that_nobody_was_shown_are_not_decided_about) {
    block_by_money();
    expect_refused(anyway(shown("70.01")), 409, "amounts_changed");
    EXPECT_EQ(anyway("{}").text("import_state"), "imported") << "left out, those of the block";
}

TEST_F(RepairTest, amounts_that_changed_since_the_block_was_set_are_not_decided_about) {
    block_by_money();
    domain::AmazonOrder order = make_order(kId);
    order.total = domain::Money{8000, domain::Currency::of("EUR")};
    order.updated_at += minutes(1);
    upsert(incoming(order, "v2"));
    expect_refused(anyway(), 409, "amounts_changed");
    expect_refused(anyway(shown("70.00")), 409, "amounts_changed");
    reconcile();
    EXPECT_EQ(anyway().text("import_state"), "imported");
}

TEST_F(RepairTest, what_is_not_blocked_by_its_money_is_not_imported_anyway) {
    mirror(make_order(kId));
    ASSERT_EQ(order().text("block.reason"), "product_missing");
    expect_refused(anyway(), 409, "not_blocked");
    expect_refused(ask("POST", path_of("402-0000000-0000009") + "/import-anyway"), 404, "order_missing",
                   "amazon_order_id");
}

TEST_F(RepairTest, a_line_whose_price_is_still_to_come_is_given_to_nobody) {
    add_product("SKU-1", 100);
    domain::AmazonOrder order = make_order(kId);
    order.total.reset();
    order.lines[0].proceeds.reset();
    order.lines[0].proceeds_total.reset();
    mirror(order);
    EXPECT_TRUE(get(path_of(kId)).at("block.amounts").is_null());
    expect_refused(anyway(), 409, "money_unknown");
    // Amazon's own total says that it costs nothing.
    order.total = domain::Money{0, domain::Currency::of("EUR")};
    order.updated_at += minutes(1);
    mirror(order);
    EXPECT_EQ(anyway().text("import_state"), "imported");
    EXPECT_EQ(get("/api/v1/commerce-orders/co_1").text("totals.grand_total.amount"), "0.00");
}

}  // namespace
}  // namespace fairway::api
