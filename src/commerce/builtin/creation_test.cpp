// What the creation of a commerce order writes, and what it takes from the stock.
#include "commerce/builtin/builtin_fixture.hpp"

namespace fairway::commerce {
namespace {

using domain::CommerceStatus;

class CreationTest : public BuiltinTest {
protected:
    std::vector<std::string> comments(CommerceOrderId id) {
        std::vector<std::string> codes;
        for (const store::CommentRecord& each : get(id).comments) codes.push_back(each.note.code);
        return codes;
    }
    // All parts different, and a tip on the order.
    static domain::AmazonOrder order_of_all_parts() {
        domain::AmazonOrder order = make_order("402-1");
        const domain::Parts first{eur(5990), eur(1080), eur(490), eur(300), eur(250), eur(70)};
        const domain::Parts second{eur(1001), eur(181), eur(0), eur(1), eur(0), eur(0)};
        order.lines = {make_line(1, 3, first), make_line(2, 1, second)};
        order.order_other = eur(150);
        order.total = first.total() + second.total() + eur(150);
        return order;
    }
};

TEST_F(CreationTest, the_order_has_the_lines_of_the_amazon_order) {
    const CommerceOrderId id = create_with_stock({2, 1});
    const store::CommerceOrderRecord order = get(id);
    EXPECT_EQ(order.status, CommerceStatus::processing);
    EXPECT_EQ(order.amazon_order_id, AmazonOrderId("402-1"));
    EXPECT_EQ(order.store_id, store);
    ASSERT_EQ(order.lines.size(), 2u);
    EXPECT_EQ(order.lines[0].quantities,
              (domain::CommerceLine{.line = 1, .product_sku = ProductSku("SKU-1"), .quantity_ordered = 2}));
    EXPECT_EQ(order.lines[1].quantities,
              (domain::CommerceLine{.line = 2, .product_sku = ProductSku("SKU-2"), .quantity_ordered = 1}));
    EXPECT_EQ(order.lines[0].order_item_id, OrderItemId("item-1"));
    EXPECT_EQ(order.lines[0].seller_sku, SellerSku("SKU-1"));
    EXPECT_EQ(order.lines[0].title, "Kettle");
}

TEST_F(CreationTest, each_part_of_the_money_is_amazons_to_the_cent) {
    add_product("SKU-1", 10);
    add_product("SKU-2", 10);
    const domain::AmazonOrder amazon = order_of_all_parts();
    const store::CommerceOrderRecord order = get(create(amazon));
    EXPECT_EQ(order.lines[0].parts, amazon.lines[0].proceeds);
    EXPECT_EQ(order.lines[1].parts, amazon.lines[1].proceeds);
    EXPECT_EQ(order.totals(),
              (domain::Parts{eur(6991), eur(1261), eur(490), eur(301), eur(250), eur(70 + 150)}));
    EXPECT_EQ(order.totals().total(), amazon.total);
}

TEST_F(CreationTest, the_invoice_has_the_parts_of_the_order) {
    add_product("SKU-1", 10);
    add_product("SKU-2", 10);
    const store::CommerceOrderRecord order = get(create(order_of_all_parts()));
    ASSERT_EQ(order.invoices.size(), 1u);
    EXPECT_TRUE(order.invoiced);
    EXPECT_EQ(order.invoices[0].parts, order.totals());
}

TEST_F(CreationTest, an_order_in_yen_stays_in_yen) {
    const domain::Currency yen = domain::Currency::of("JPY");
    domain::AmazonOrder amazon = make_order("402-1");
    domain::Parts parts = domain::Parts::zero(yen);
    parts.item = {5980, yen};
    amazon.lines = {make_line(1, 1, parts)};
    amazon.total = parts.total();
    add_product("SKU-1", 1);
    const store::CommerceOrderRecord order = get(create(amazon));
    EXPECT_EQ(order.currency, yen);
    EXPECT_EQ(order.totals().total(), (domain::Money{5980, yen}));
}

TEST_F(CreationTest, numbers_of_orders_and_invoices_count_from_one) {
    add_product("SKU-1", 10);
    std::vector<std::string> numbers;
    for (const char* id : {"402-1", "402-2"}) {
        const store::CommerceOrderRecord order = get(create(make_lines(id, {1})));
        numbers.push_back(order.number);
        numbers.push_back(order.invoices.at(0).number);
    }
    EXPECT_EQ(numbers, (std::vector<std::string>{"000000001", "000000001", "000000002", "000000002"}));
}

TEST_F(CreationTest, the_custom_status_is_shown_while_the_order_is_processing) {
    add_product("SKU-1", 10);
    const domain::AmazonOrder amazon = make_lines("402-1", {1});
    domain::CreateOrder intent = creation_of(amazon);
    intent.status_label = "Amazon, to pack";
    const CommerceOrderId id = create(amazon, intent);
    EXPECT_EQ(get(id).status_text(), "Amazon, to pack");
    must(ship_now(id, {{package("T1")}}));
    EXPECT_EQ(get(id).status_text(), "Shipped");
}

TEST_F(CreationTest, the_stock_is_taken_and_the_movement_names_the_line) {
    const CommerceOrderId id = create_with_stock({2, 1});
    EXPECT_EQ(stock_of("SKU-1"), "default=8");
    EXPECT_EQ(stock_of("SKU-2"), "default=9");
    const auto rows = read([&](db::Reader& tx) {
        return tx.query(
            "SELECT product_sku, source, quantity, reason, line FROM stock_movements "
            "WHERE commerce_order_id = $1 ORDER BY id",
            id);
    });
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].get<std::string>(0), "SKU-1");
    EXPECT_EQ(rows[0].get<std::string>(1), "default");
    EXPECT_EQ(rows[0].get<int>(2), -2);
    EXPECT_EQ(rows[0].get<std::string>(3), "order");
    EXPECT_EQ(rows[1].get<int>(4), 2);
}

TEST_F(CreationTest, a_multipack_takes_its_units_of_stock_for_each_unit_ordered) {
    add_product("SKU-1", 20);
    const domain::AmazonOrder amazon = make_lines("402-1", {3});
    create(amazon, creation_of(amazon, 6));
    EXPECT_EQ(stock_of("SKU-1"), "default=2");
}

TEST_F(CreationTest, stock_is_taken_of_the_default_source_first_then_by_name) {
    add_product("SKU-1", 2);
    set_stock("SKU-1", "west", 5);
    set_stock("SKU-1", "east", 1);
    create(make_lines("402-1", {4}));
    EXPECT_EQ(stock_of("SKU-1"), "default=0 east=0 west=4");
}

TEST_F(CreationTest, units_that_were_never_owed_take_no_stock) {
    add_product("SKU-1", 10);
    const domain::AmazonOrder amazon = make_lines("402-1", {3});
    domain::CreateOrder intent = creation_of(amazon);
    intent.lines[0].cancelled = 2;
    intent.lines[0].stock_to_take = 1;
    const CommerceOrderId id = create(amazon, intent);
    EXPECT_EQ(stock_of("SKU-1"), "default=9");
    EXPECT_EQ(get(id).lines[0].quantities.open(), 1);
}

TEST_F(CreationTest, of_two_orders_for_the_last_piece_one_is_created_and_the_other_leaves_nothing) {
    add_product("SKU-1", 1);
    const domain::AmazonOrder first = make_lines("402-1", {1});
    const domain::AmazonOrder second = make_lines("402-2", {1});
    clean_order(first);
    clean_order(second);
    EXPECT_TRUE(try_create(first, creation_of(first)));
    const std::string before = dump();
    EXPECT_FALSE(try_create(second, creation_of(second)));
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(stock_of("SKU-1"), "default=0");
}

TEST_F(CreationTest, pieces_that_another_order_has_reserved_are_not_taken) {
    add_product("SKU-1", 1);
    const domain::AmazonOrder waiting = make_lines("402-1", {1});
    const domain::AmazonOrder amazon = make_lines("402-2", {1});
    const OrderId waits = clean_order(waiting);
    clean_order(amazon);
    write([&](db::Transaction& tx) {
        return store::reserve_stock(tx, waits, {1, SellerSku("SKU-1"), ProductSku("SKU-1"), 1}, kNow);
    });
    EXPECT_FALSE(try_create(amazon, creation_of(amazon)));
}

TEST_F(CreationTest, two_lines_of_one_product_need_the_pieces_of_both) {
    add_product("SKU-1", 3);
    domain::AmazonOrder amazon = make_lines("402-1", {2, 2});
    amazon.lines[1].seller_sku = SellerSku("SKU-1");
    clean_order(amazon);
    EXPECT_FALSE(try_create(amazon, creation_of(amazon)));
    set_stock("SKU-1", "default", 4);
    EXPECT_TRUE(try_create(amazon, creation_of(amazon)));
}

TEST_F(CreationTest, what_was_shipped_already_takes_what_there_is_and_notes_the_shortfall) {
    add_product("SKU-1", 2);
    const domain::AmazonOrder amazon = make_lines("402-1", {5});
    domain::CreateOrder intent = creation_of(amazon);
    intent.lines[0].stock_may_be_short = 5;
    const CommerceOrderId id = create(amazon, intent);
    EXPECT_EQ(stock_of("SKU-1"), "default=0");
    const auto said = get(id).comments;
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said[0].note,
              (domain::Note{"commerce.shortfall", {{"quantity", "3"}, {"product_sku", "SKU-1"}}}));
}

TEST_F(CreationTest, open_units_take_their_pieces_before_those_shipped_already) {
    add_product("SKU-1", 2);
    domain::AmazonOrder amazon = make_lines("402-1", {2, 2});
    amazon.lines[1].seller_sku = SellerSku("SKU-1");
    domain::CreateOrder intent = creation_of(amazon);
    intent.lines[0].stock_may_be_short = 2;
    const CommerceOrderId id = create(amazon, intent);
    const auto row = read([&](db::Reader& tx) {
        return tx.one("SELECT line, quantity FROM stock_movements WHERE commerce_order_id = $1", id);
    });
    EXPECT_EQ(row->get<int>(0), 2);
    EXPECT_EQ(row->get<int>(1), -2);
}

TEST_F(CreationTest, the_history_says_what_was_done) {
    EXPECT_EQ(comments(create_with_stock({1})),
              (std::vector<std::string>{"commerce.created", "commerce.invoiced"}));
}

TEST_F(CreationTest, a_replacement_is_not_invoiced) {
    add_product("SKU-1", 1);
    domain::AmazonOrder amazon = make_lines("402-1", {1});
    amazon.replacement = true;
    const store::CommerceOrderRecord order = get(create(amazon));
    EXPECT_FALSE(order.invoiced);
    EXPECT_TRUE(order.invoices.empty());
}

TEST_F(CreationTest, a_shipment_on_amazon_is_recorded_as_amazons) {
    const CommerceOrderId id = create_with_stock({2});
    const domain::ShippedPackage shipped{.amazon_reference = "7",
                                         .carrier = "BRT",
                                         .tracking = "T9",
                                         .shipped_at = kNow - hours(2),
                                         .items = {{1, 2}}};
    EXPECT_EQ(apply(make_lines("402-1", {2}), domain::RecordShipment{"shipped 1:2", {shipped}}),
              Applied::done);
    const store::CommerceOrderRecord order = get(id);
    EXPECT_EQ(order.status, CommerceStatus::shipped);
    ASSERT_EQ(order.shipments.size(), 1u);
    EXPECT_EQ(order.shipments[0].shipment.origin, domain::Origin::amazon);
    const domain::CommercePackage& package = order.shipments[0].shipment.packages.at(0);
    EXPECT_EQ(package.amazon_reference, "7");
    EXPECT_EQ(package.shipped_at, kNow - hours(2));
    EXPECT_EQ(order.lines[0].quantities.quantity_shipped, 2);
}

TEST_F(CreationTest, a_shipment_on_amazon_does_not_release_a_hold) {
    const CommerceOrderId id = create_with_stock({1});
    must_be_done(hold_now(id));
    apply(make_lines("402-1", {1}), domain::RecordShipment{"shipped 1:1", {{.items = {{1, 1}}}}});
    EXPECT_EQ(get(id).status, CommerceStatus::on_hold);
    must_be_done(act(id, [](db::Transaction& tx, const store::CommerceOrderRecord& order) {
        return unhold(tx, order, kNow);
    }));
    EXPECT_EQ(get(id).status, CommerceStatus::shipped);
}

TEST_F(CreationTest, a_completed_order_is_complete) {
    const CommerceOrderId id = create_with_stock({1});
    must(ship_now(id, {{package("T1")}}));
    apply(make_lines("402-1", {1}), domain::CompleteOrder{"complete"});
    EXPECT_EQ(get(id).status, CommerceStatus::complete);
}

}  // namespace
}  // namespace fairway::commerce
