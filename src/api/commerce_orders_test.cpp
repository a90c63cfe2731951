// What people do with commerce orders, over REST.
#include "api/api_fixture.hpp"

namespace fairway::api {
namespace {

constexpr const char* kId = "402-0000000-0000001";

class CommerceOrdersTest : public ApiTest {
protected:
    Asked post(const std::string& action, const std::string& body = {}) {
        return ask("POST", "/api/v1/commerce-orders/co_1/" + action, body);
    }
    Asked ship(const std::string& tracking, const std::string& items) {
        return post("shipments", R"({"packages":[{"carrier":"DHL","service":"","tracking":")" + tracking +
                                     R"(","shipped_at":"2026-11-23T08:00:00Z","items":[)" + items + "]}]}");
    }
    void expect(const Asked& asked, int status, const std::string& code, const std::string& field) {
        EXPECT_EQ(asked.status, status);
        EXPECT_EQ(asked.code(), code);
        EXPECT_EQ(asked.field(), field);
    }
};

TEST_F(CommerceOrdersTest, a_shipment_shows_on_both_orders_and_is_confirmed_by_a_command) {
    import(kId);
    const Asked shipped = ship("JD01", R"({"line":1,"quantity":2})");
    EXPECT_EQ(shipped.status, 201);
    EXPECT_EQ(shipped.text("status"), "Shipped");
    EXPECT_EQ(shipped.text("shipments[0].origin"), "operator");
    EXPECT_EQ(shipped.text("shipments[0].packages[0].tracking"), "JD01");
    EXPECT_EQ(shipped.number("shipments[0].packages[0].items[0].quantity"), 2);
    const Asked order = get(path_of(kId));
    EXPECT_EQ(order.text("status"), "Shipped");
    EXPECT_EQ(order.text("amazon_status"), "Unshipped");
    EXPECT_EQ(order.text("commands[0]"), "cm_1");
    const Asked command = get("/api/v1/commands/cm_1");
    EXPECT_EQ(command.text("state"), "queued");
    EXPECT_EQ(command.text("cause"), "1001");
    EXPECT_EQ(command.text("amazon_order_id"), kId);
}

TEST_F(CommerceOrdersTest, a_part_of_the_units_may_be_shipped) {
    import(kId);
    EXPECT_EQ(ship("JD01", R"({"line":1,"quantity":1})").number("lines[0].quantity_shipped"), 1);
    EXPECT_EQ(get(path_of(kId)).text("status"), "PartiallyShipped");
}

TEST_F(CommerceOrdersTest, a_package_without_items_holds_everything_open) {
    import(kId);
    const Asked asked = post("shipments", R"({"packages":[{"carrier":"DHL","tracking":"1"}]})");
    EXPECT_EQ(asked.number("lines[0].quantity_shipped"), 2);
}

TEST_F(CommerceOrdersTest, items_that_are_null_are_everything_open_and_an_empty_list_is_a_mistake) {
    import(kId);
    expect(ship("JD01", ""), 422, "items_missing", "packages[0].items");
    const std::string first = R"({"carrier":"DHL","tracking":"1","items":[{"line":1,"quantity":1}]})";
    expect(
        post("shipments", R"({"packages":[)" + first + R"(,{"carrier":"DHL","tracking":"2","items":[]}]})"),
        422, "items_missing", "packages[1].items");
    EXPECT_EQ(rows_in("shipments"), 0);
    const Asked asked = post("shipments", R"({"packages":[{"carrier":"DHL","tracking":"1","items":null}]})");
    EXPECT_EQ(asked.number("lines[0].quantity_shipped"), 2);
}

TEST_F(CommerceOrdersTest, more_units_than_are_open_are_refused) {
    import(kId);
    expect(ship("JD01", R"({"line":1,"quantity":3})"), 422, "quantity_exceeds_open",
           "packages[0].items[0].quantity");
    EXPECT_EQ(rows_in("shipments"), 0);
}

TEST_F(CommerceOrdersTest, quantities_whose_sum_would_overflow_are_refused) {
    import(kId);
    expect(ship("JD01", R"({"line":1,"quantity":9223372036854775807},{"line":1,"quantity":1})"), 422,
           "out_of_range", "packages[0].items[0].quantity");
    expect(post("credit-memos", R"({"lines":[{"line":1,"quantity":1},{"line":1,"quantity":1000000001}]})"),
           422, "out_of_range", "lines[1].quantity");
}

TEST_F(CommerceOrdersTest, lines_and_texts_of_a_package_are_checked) {
    import(kId);
    expect(ship("JD01", R"({"line":7,"quantity":1})"), 422, "unknown_line", "packages[0].items[0].line");
    expect(ship("JD01", R"({"line":1,"quantity":0})"), 422, "quantity_not_positive",
           "packages[0].items[0].quantity");
    expect(ship("", R"({"line":1,"quantity":1})"), 422, "tracking_missing", "packages[0].tracking");
    expect(ship(std::string(101, 'x'), R"({"line":1,"quantity":1})"), 422, "too_long",
           "packages[0].tracking");
    expect(post("shipments", R"({"packages":[]})"), 422, "packages_missing", "packages");
    expect(post("shipments", R"({"packages":[{"carrier":"DHL"}]})"), 422, "missing", "packages[0].tracking");
    expect(post("shipments", R"({"packages":[{"carrier":"DHL","tracking":"1","weight":1}]})"), 422,
           "unknown_member", "packages[0].weight");
    expect(post("shipments",
                R"({"packages":[{"carrier":"DHL","tracking":"1","shipped_at":"2026-11-24T08:00:00Z"}]})"),
           422, "shipped_at_invalid", "packages[0].shipped_at");
}

TEST_F(CommerceOrdersTest, the_same_package_again_is_a_conflict) {
    import(kId);
    ASSERT_EQ(ship("JD01", R"({"line":1,"quantity":1})").status, 201);
    expect(ship("JD01", R"({"line":1,"quantity":1})"), 409, "duplicate_shipment", "null");
    EXPECT_EQ(get("/api/v1/commerce-orders/co_1").number("lines[0].quantity_shipped"), 1);
}

TEST_F(CommerceOrdersTest, an_order_on_hold_is_not_shipped) {
    import(kId);
    EXPECT_EQ(post("hold").text("status"), "On Hold");
    expect(ship("JD01", R"({"line":1,"quantity":1})"), 409, "on_hold", "null");
    EXPECT_EQ(post("unhold").text("status"), "Processing");
    EXPECT_EQ(ship("JD01", R"({"line":1,"quantity":1})").status, 201);
}

TEST_F(CommerceOrdersTest, a_view_only_order_cannot_be_shipped_cancelled_or_refunded) {
    set_import(false);
    mirror(make_order(kId));
    const std::string base = std::string("/api/v1/commerce-orders/") + kId;
    for (const auto& [action, body] :
         {std::pair{"shipments", R"({"packages":[{"carrier":"DHL","tracking":"1"}]})"},
          std::pair{"cancel", ""}, std::pair{"credit-memos", R"({"lines":[{"line":1,"quantity":1}]})"}})
        expect(ask("POST", base + "/" + action, body), 409, "view_only", "id");
    EXPECT_EQ(get(base).status, 404);
}

TEST_F(CommerceOrdersTest, an_invoiced_order_is_neither_invoiced_again_nor_cancelled) {
    import(kId);
    expect(post("invoices"), 409, "already_invoiced", "null");
    expect(post("cancel"), 409, "already_invoiced", "null");
}

TEST_F(CommerceOrdersTest, a_credit_memo_credits_lines_and_closes_the_order_with_the_last) {
    import(kId);
    const Asked one = post("credit-memos", R"({"lines":[{"line":1,"quantity":1}]})");
    EXPECT_EQ(one.status, 201);
    EXPECT_EQ(one.text("credit_memos[0].grand_total.amount"), "29.95");
    EXPECT_EQ(one.text("credit_memos[0].origin"), "operator");
    expect(post("credit-memos", R"({"lines":[{"line":1,"quantity":2}]})"), 422, "quantity_exceeds_creditable",
           "lines[0].quantity");
    EXPECT_EQ(
        post("credit-memos", R"({"lines":[{"line":1,"quantity":1}],"return_to_stock":false})").text("status"),
        "Closed");
    EXPECT_EQ(get("/api/v1/stock/SKU-1").number("quantity"), 99);
}

TEST_F(CommerceOrdersTest, amounts_of_a_credit_memo_are_checked) {
    import(kId);
    expect(post("credit-memos", "{}"), 422, "nothing_to_credit", "lines");
    expect(post("credit-memos", R"({"adjustment":{"amount":"1.005","currency":"EUR"}})"), 422,
           "amount_invalid", "adjustment.amount");
    expect(post("credit-memos", R"({"adjustment":{"amount":"1.00","currency":"euro"}})"), 422,
           "currency_invalid", "adjustment.currency");
    expect(post("credit-memos", R"({"adjustment":{"amount":"1.00","currency":"USD"}})"), 422,
           "amount_invalid", "adjustment");
    expect(post("credit-memos", R"({"adjustment":{"amount":"59.91","currency":"EUR"}})"), 422,
           "amount_exceeds_creditable", "adjustment");
    expect(post("credit-memos", R"({"shipping":{"amount":"0.01","currency":"EUR"}})"), 422,
           "amount_exceeds_creditable", "shipping");
    EXPECT_EQ(rows_in("credit_memos"), 0);
}

TEST_F(CommerceOrdersTest, a_comment_names_its_author) {
    import(kId);
    const Asked asked = post("comments", R"({"text":"call back"})");
    EXPECT_EQ(asked.status, 201);
    const json::Value& last = asked.at("comments").as_array().back();
    EXPECT_EQ(last.at("text").as_string(), "call back");
    EXPECT_EQ(last.at("author").as_string(), "token:tk_4 (seer)");
    expect(post("comments", R"({"text":" "})"), 422, "text_missing", "text");
    expect(post("comments", R"({"text":")" + std::string(2'001, 'x') + R"("})"), 422, "too_long", "text");
}

TEST_F(CommerceOrdersTest, comments_of_fairway_are_read_in_both_languages) {
    import(kId);
    const std::string path = "/api/v1/commerce-orders/co_1";
    EXPECT_EQ(get(path).text("comments[0].text"), std::string("Order created from Amazon order ") + kId);
    EXPECT_EQ(ask(With{.language = "it"}, "GET", path).text("comments[0].text"),
              std::string("Ordine creato dall'ordine Amazon ") + kId);
}

TEST_F(CommerceOrdersTest, money_is_shown_to_the_cent_with_its_currency) {
    import(kId);
    const Asked asked = get("/api/v1/commerce-orders/co_1");
    EXPECT_EQ(asked.text("totals.grand_total.amount"), "59.90");
    EXPECT_EQ(asked.text("totals.grand_total.currency"), "EUR");
    EXPECT_EQ(asked.text("lines[0].discount.amount"), "0.00");
    EXPECT_EQ(asked.text("invoices[0].grand_total.amount"), "59.90");
}

TEST_F(CommerceOrdersTest, a_rejected_command_is_sent_again_by_a_person_and_no_other_is) {
    import(kId);
    ship("JD01", R"({"line":1,"quantity":2})");
    expect(ask("POST", "/api/v1/commands/cm_1/replay"), 409, "command_not_rejected", "null");
    write([&](db::Transaction& tx) {
        store::set_command_state(tx, CommandId{1}, domain::CommandState::rejected, "invalid", kNow);
    });
    EXPECT_EQ(get("/api/v1/messages").each("code"), "commands_rejected");
    const Asked asked = ask("POST", "/api/v1/commands/cm_1/replay");
    EXPECT_EQ(asked.status, 202);
    EXPECT_EQ(asked.text("state"), "queued");
}

}  // namespace
}  // namespace fairway::api
