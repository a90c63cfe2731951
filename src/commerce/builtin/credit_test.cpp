// Credit memos: those of people, and those for units that Amazon cancelled.
#include <limits>

#include "commerce/builtin/builtin_fixture.hpp"

namespace fairway::commerce {
namespace {

using domain::CommerceStatus;

// Three units at 10.00 and two at 10.00, 1.00 shipping each: 55.00.
class CreditTest : public BuiltinTest {
protected:
    std::string refused(const CreditRequest& request) {
        return refusal([&] { return credit_now(order, request); });
    }
    store::CreditMemoRecord credited(const CreditRequest& request) {
        must(credit_now(order, request));
        return get(order).credit_memos.back();
    }
    void withdraw(const std::vector<domain::LineQuantity>& lines, bool credit = true) {
        apply(make_lines("402-1", {3, 2}), domain::WithdrawUnits{"cancelled", credit, lines});
    }

    CommerceOrderId order = create_with_stock({3, 2});
};

TEST_F(CreditTest, units_are_credited_with_their_share_of_every_part) {
    const store::CreditMemoRecord memo = credited({.lines = {{1, 2}}});
    EXPECT_EQ(memo.number, "000000001");
    EXPECT_EQ(memo.origin, domain::Origin::operator_);
    EXPECT_EQ(memo.lines, (std::vector<domain::LineQuantity>{{1, 2}}));
    EXPECT_EQ(memo.parts.item, eur(2000));
    EXPECT_EQ(memo.parts.shipping, eur(200));
    EXPECT_EQ(memo.adjustment, eur(0));
    EXPECT_EQ(memo.total(), eur(2200));
}

TEST_F(CreditTest, a_line_named_twice_is_credited_once_with_the_sum) {
    EXPECT_EQ(credited({.lines = {{1, 1}, {1, 1}}}).lines, (std::vector<domain::LineQuantity>{{1, 2}}));
}

TEST_F(CreditTest, shipping_alone_is_credited) {
    const store::CreditMemoRecord memo = credited({.shipping = eur(500)});
    EXPECT_EQ(memo.total(), eur(500));
    EXPECT_EQ(memo.parts.shipping, eur(500));
    EXPECT_EQ(stock_of("SKU-1"), "default=7");
    EXPECT_EQ(get(order).status, CommerceStatus::processing);
}

TEST_F(CreditTest, an_amount_alone_is_credited) {
    const store::CreditMemoRecord memo = credited({.adjustment = eur(123)});
    EXPECT_EQ(memo.adjustment, eur(123));
    EXPECT_EQ(memo.parts, domain::Parts::zero(kEur));
    EXPECT_EQ(get(order).lines[0].quantities.quantity_refunded, 0);
}

TEST_F(CreditTest, shipping_named_by_a_person_replaces_the_share) {
    EXPECT_EQ(credited({.lines = {{1, 1}}, .shipping = eur(0)}).total(), eur(1000));
}

TEST_F(CreditTest, units_come_back_to_stock) {
    credited({.lines = {{1, 2}}});
    EXPECT_EQ(stock_of("SKU-1"), "default=9");
}

TEST_F(CreditTest, units_that_are_lost_do_not_come_back_to_stock) {
    const store::CreditMemoRecord memo = credited({.lines = {{1, 2}}, .return_to_stock = false});
    EXPECT_FALSE(memo.return_to_stock);
    EXPECT_EQ(stock_of("SKU-1"), "default=7");
}

TEST_F(CreditTest, a_credit_makes_the_amazon_order_dirty) {
    ASSERT_TRUE(dirty_orders().empty());
    credited({.adjustment = eur(1)});
    EXPECT_EQ(dirty_orders(), std::vector{get(order).order_id});
}

TEST_F(CreditTest, unshipped_units_that_are_credited_are_withdrawn) {
    credited({.lines = {{1, 2}}});
    const domain::CommerceLine line = get(order).lines[0].quantities;
    EXPECT_EQ(line.quantity_refunded, 2);
    EXPECT_EQ(line.quantity_withdrawn, 2);
    EXPECT_EQ(line.open(), 1);
}

TEST_F(CreditTest, shipped_units_are_credited_before_open_ones) {
    must(ship_now(order, {{package("T1", {{1, 1}})}}));
    credited({.lines = {{1, 1}}});
    EXPECT_EQ(get(order).lines[0].quantities.quantity_withdrawn, 0);
    EXPECT_EQ(get(order).lines[0].quantities.open(), 2);
    credited({.lines = {{1, 1}}});
    EXPECT_EQ(get(order).lines[0].quantities.quantity_withdrawn, 1);
    EXPECT_EQ(get(order).lines[0].quantities.open(), 1);
}

TEST_F(CreditTest, an_order_is_closed_when_every_unit_is_credited) {
    credited({.lines = {{1, 3}}});
    EXPECT_EQ(get(order).status, CommerceStatus::processing);
    credited({.lines = {{2, 2}}});
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
}

TEST_F(CreditTest, a_complete_order_is_closed_when_every_unit_is_credited) {
    must(ship_now(order, {{package("T1")}}));
    apply(make_lines("402-1", {3, 2}), domain::CompleteOrder{"complete"});
    credited({.lines = {{1, 3}}});
    EXPECT_EQ(get(order).status, CommerceStatus::complete);
    credited({.lines = {{2, 2}}});
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
}

TEST_F(CreditTest, what_is_left_shipped_makes_the_order_shipped) {
    must(ship_now(order, {{package("T1", {{1, 3}})}}));
    credited({.lines = {{2, 2}}});
    EXPECT_EQ(get(order).status, CommerceStatus::shipped);
}

TEST_F(CreditTest, more_units_than_were_charged_are_refused) {
    EXPECT_EQ(refused({.lines = {{1, 4}}}), "invalid quantity_exceeds_creditable");
    EXPECT_EQ(refused({.lines = {{1, 2}, {1, 2}}}), "invalid quantity_exceeds_creditable");
    credited({.lines = {{1, 2}}});
    EXPECT_EQ(refused({.lines = {{1, 2}}}), "invalid quantity_exceeds_creditable");
}

TEST_F(CreditTest, enormous_quantities_are_refused_whatever_they_add_up_to) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(refused({.lines = {{1, 1}, {1, kMost}}}), "invalid quantity_exceeds_creditable");
}

TEST_F(CreditTest, a_line_the_order_does_not_have_is_refused) {
    EXPECT_EQ(refused({.lines = {{3, 1}}}), "invalid unknown_line");
}

TEST_F(CreditTest, a_quantity_is_at_least_one) {
    EXPECT_EQ(refused({.lines = {{1, 0}}}), "invalid quantity_not_positive");
    EXPECT_EQ(refused({.lines = {{1, -1}}}), "invalid quantity_not_positive");
}

TEST_F(CreditTest, more_shipping_than_was_charged_is_refused) {
    EXPECT_EQ(refused({.shipping = eur(501)}), "invalid amount_exceeds_creditable");
    credited({.shipping = eur(400)});
    EXPECT_EQ(refused({.shipping = eur(101)}), "invalid amount_exceeds_creditable");
}

TEST_F(CreditTest, more_than_the_order_cost_is_refused) {
    EXPECT_EQ(refused({.adjustment = eur(5501)}), "invalid amount_exceeds_creditable");
    EXPECT_EQ(refused({.lines = {{1, 3}, {2, 2}}, .adjustment = eur(1)}),
              "invalid amount_exceeds_creditable");
}

TEST_F(CreditTest, amounts_are_not_negative_and_in_the_orders_currency) {
    EXPECT_EQ(refused({.adjustment = eur(-1)}), "invalid amount_invalid");
    EXPECT_EQ(refused({.shipping = domain::Money{1, domain::Currency::of("USD")}}), "invalid amount_invalid");
}

TEST_F(CreditTest, a_memo_of_nothing_is_refused) {
    EXPECT_EQ(refused({}), "invalid nothing_to_credit");
    EXPECT_EQ(refused({.shipping = eur(0), .adjustment = eur(0)}), "invalid nothing_to_credit");
}

TEST_F(CreditTest, an_order_without_an_invoice_is_not_credited) {
    domain::AmazonOrder replacement = make_lines("402-2", {1});
    replacement.replacement = true;
    order = create(replacement);
    EXPECT_EQ(refused({.lines = {{1, 1}}}), "conflict not_invoiced");
}

TEST_F(CreditTest, an_order_that_is_only_viewed_is_not_credited) {
    write([&](db::Transaction& tx) {
        store::set_import_state(tx, store::find_commerce_order(tx, order)->order_id,
                                domain::ImportState::view_only, kNow);
    });
    EXPECT_EQ(refused({.lines = {{1, 1}}}), "conflict view_only");
}

TEST_F(CreditTest, shipping_credited_beforehand_is_not_credited_again_with_the_units) {
    credited({.shipping = eur(500)});
    EXPECT_EQ(credited({.lines = {{1, 3}, {2, 2}}}).total(), eur(5000));
}

TEST_F(CreditTest, an_amount_credited_beforehand_is_taken_off_the_last_units) {
    credited({.adjustment = eur(700)});
    const store::CreditMemoRecord memo = credited({.lines = {{1, 3}, {2, 2}}});
    EXPECT_EQ(memo.adjustment, eur(-700));
    EXPECT_EQ(memo.total(), eur(4800));
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
}

TEST_F(CreditTest, what_was_charged_on_the_order_is_credited_with_its_last_unit) {
    domain::AmazonOrder with_tip = make_lines("402-2", {2});
    with_tip.order_other = eur(150);
    with_tip.total = *with_tip.total + eur(150);
    order = create(with_tip);
    EXPECT_EQ(credited({.lines = {{1, 1}}}).parts.other, eur(0));
    EXPECT_EQ(credited({.lines = {{1, 1}}}).parts.other, eur(150));
}

TEST_F(CreditTest, units_cancelled_on_amazon_are_credited_as_amazons_and_their_stock_returns) {
    withdraw({{1, 2}});
    const store::CreditMemoRecord memo = get(order).credit_memos.at(0);
    EXPECT_EQ(memo.origin, domain::Origin::amazon);
    EXPECT_EQ(memo.total(), eur(2200));
    EXPECT_EQ(stock_of("SKU-1"), "default=9");
    EXPECT_EQ(get(order).lines[0].quantities.open(), 1);
    EXPECT_EQ(get(order).status, CommerceStatus::processing);
}

TEST_F(CreditTest, an_order_cancelled_on_amazon_is_credited_to_the_cent_and_closed) {
    withdraw({{1, 3}, {2, 2}});
    EXPECT_EQ(get(order).credit_memos.at(0).total(), get(order).totals().total());
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
    EXPECT_EQ(stock_of("SKU-1"), "default=10");
    EXPECT_EQ(stock_of("SKU-2"), "default=10");
}

TEST_F(CreditTest, a_cancellation_on_amazon_credits_no_more_than_is_left) {
    credited({.shipping = eur(500)});
    credited({.adjustment = eur(1000)});
    withdraw({{1, 3}, {2, 2}});
    EXPECT_EQ(get(order).credit_memos.back().total(), eur(5500 - 1500));
    EXPECT_EQ(get(order).status, CommerceStatus::closed);
}

TEST_F(CreditTest, a_cancellation_on_amazon_before_the_invoice_only_cancels) {
    domain::AmazonOrder replacement = make_lines("402-2", {2});
    replacement.replacement = true;
    order = create(replacement);
    apply(replacement, domain::WithdrawUnits{"cancelled", false, {{1, 1}}});
    EXPECT_EQ(get(order).status, CommerceStatus::processing);
    apply(replacement, domain::WithdrawUnits{"cancelled again", false, {{1, 1}}});
    EXPECT_EQ(get(order).status, CommerceStatus::canceled);
    EXPECT_TRUE(get(order).credit_memos.empty());
    EXPECT_EQ(stock_of("SKU-1"), "default=7");
}

TEST_F(CreditTest, stock_returns_to_the_sources_it_came_from) {
    add_product("SKU-9", 1);
    set_stock("SKU-9", "north", 2);
    domain::AmazonOrder amazon = make_lines("402-9", {3});
    amazon.lines[0].seller_sku = SellerSku("SKU-9");
    order = create(amazon);
    ASSERT_EQ(stock_of("SKU-9"), "default=0 north=0");
    credited({.lines = {{1, 2}}});
    EXPECT_EQ(stock_of("SKU-9"), "default=1 north=1");
    credited({.lines = {{1, 1}}});
    EXPECT_EQ(stock_of("SKU-9"), "default=1 north=2");
}

TEST_F(CreditTest, a_multipack_returns_its_units_of_stock) {
    add_product("SKU-9", 12);
    domain::AmazonOrder amazon = make_lines("402-9", {2});
    amazon.lines[0].seller_sku = SellerSku("SKU-9");
    order = create(amazon, creation_of(amazon, 6));
    credited({.lines = {{1, 1}}});
    EXPECT_EQ(stock_of("SKU-9"), "default=6");
}

TEST_F(CreditTest, what_was_never_taken_does_not_come_back) {
    add_product("SKU-9", 1);
    domain::AmazonOrder amazon = make_lines("402-9", {3});
    amazon.lines[0].seller_sku = SellerSku("SKU-9");
    domain::CreateOrder short_of_two = creation_of(amazon);
    short_of_two.lines[0].stock_may_be_short = 3;
    order = create(amazon, short_of_two);
    credited({.lines = {{1, 3}}});
    EXPECT_EQ(stock_of("SKU-9"), "default=1");
}

TEST_F(CreditTest, orders_that_wait_for_the_product_look_at_what_came_back) {
    domain::AmazonOrder waiting = make_order("402-7", "SKU-1");
    const OrderId waits = clean_order(waiting);
    credited({.lines = {{1, 1}}});
    EXPECT_EQ(dirty_orders(), (std::vector{get(order).order_id, waits}));
}

}  // namespace
}  // namespace fairway::commerce
