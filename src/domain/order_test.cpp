#include "domain/order.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

namespace fairway::domain {
namespace {

const Currency kEur = Currency::of("EUR");
Money eur(std::int64_t cents) { return {cents, kEur}; }

Parts any_parts() {
    const auto amount = [] { return eur(*rc::gen::inRange<std::int64_t>(-100'000, 100'000)); };
    return {amount(), amount(), amount(), amount(), amount(), amount()};
}

OrderLine line_of(int number, std::int64_t ordered, std::int64_t fulfilled, std::int64_t unfulfilled) {
    Parts parts = Parts::zero(kEur);
    parts.item = eur(1000) * ordered;
    return {.line = number,
            .order_item_id = OrderItemId("item-" + std::to_string(number)),
            .seller_sku = SellerSku("SKU"),
            .quantity_ordered = ordered,
            .quantity_fulfilled = fulfilled,
            .quantity_unfulfilled = unfulfilled,
            .proceeds = parts,
            .proceeds_total = parts.total()};
}

AmazonOrder order_of(std::vector<OrderLine> lines) {
    AmazonOrder order{.status = AmazonStatus::unshipped, .lines = std::move(lines)};
    Money total = eur(0);
    for (const OrderLine& line : order.lines)
        if (line.proceeds) total = total + line.proceeds->total();
    order.total = total;
    return order;
}

// ---- Parts

TEST(Parts, the_total_is_what_is_charged_less_the_discount) {
    const Parts parts{eur(1000), eur(220), eur(490), eur(100), eur(50), eur(7)};
    EXPECT_EQ(parts.total(), eur(1000 + 220 + 490 + 50 + 7 - 100));
}

RC_GTEST_PROP(ShareOfUnits, any_split_of_the_units_adds_up_to_the_line, ()) {
    const Parts line = any_parts();
    const auto units = *rc::gen::inRange<std::int64_t>(1, 30);
    Parts sum = Parts::zero(kEur);
    for (std::int64_t before = 0; before < units;) {
        const auto step = *rc::gen::inRange<std::int64_t>(1, units - before + 1);
        sum = sum + share_of_units(line, before, step, units);
        before += step;
    }
    RC_ASSERT(sum == line);
}

RC_GTEST_PROP(ShareOfUnits, every_unit_carries_the_same_but_for_a_cent, ()) {
    const Parts line = any_parts();
    const auto units = *rc::gen::inRange<std::int64_t>(1, 30);
    for (std::int64_t unit = 0; unit < units; ++unit) {
        const Money share = share_of_units(line, unit, 1, units).item;
        RC_ASSERT(std::abs(share.minor * units - line.item.minor) < units);
    }
}

TEST(ShareOfUnits, no_units_carry_nothing) {
    const Parts line{eur(1000), eur(220), eur(490), eur(100), eur(50), eur(7)};
    EXPECT_EQ(share_of_units(line, 2, 0, 3), Parts::zero(kEur));
}

TEST(ShareOfUnitsDeathTest, a_share_is_of_units_the_line_has) {
    EXPECT_DEATH(share_of_units(Parts::zero(kEur), 2, 2, 3), "units the line has");
}

// ---- Cancelled units

TEST(CancelledUnits, are_what_is_neither_fulfilled_nor_expected) {
    const AmazonOrder order = order_of({line_of(1, 5, 2, 1)});
    EXPECT_EQ(cancelled_units(order, order.lines[0]), 2);
}

TEST(CancelledUnits, of_a_cancelled_order_are_all_that_were_not_shipped) {
    AmazonOrder order = order_of({line_of(1, 5, 2, 3)});
    EXPECT_EQ(cancelled_units(order, order.lines[0]), 0);
    order.status = AmazonStatus::canceled;
    EXPECT_EQ(cancelled_units(order, order.lines[0]), 3);
}

TEST(CancelledUnits, are_never_negative) {
    const AmazonOrder order = order_of({line_of(1, 1, 2, 3)});
    EXPECT_EQ(cancelled_units(order, order.lines[0]), 0);
}

// ---- May be confirmed

TEST(MayBeConfirmed, not_where_buying_the_label_confirms) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    EXPECT_TRUE(may_be_confirmed(order));
    for (const char* program : {"PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"}) {
        order.programs = {"PREMIUM", program};
        EXPECT_FALSE(may_be_confirmed(order)) << program;
    }
    order.programs = {"AMAZON_BUSINESS", "PREMIUM"};
    EXPECT_TRUE(may_be_confirmed(order));
}

TEST(MayBeConfirmed, not_what_amazon_fulfils) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    order.fulfilled_by = FulfilledBy::amazon;
    EXPECT_FALSE(may_be_confirmed(order));
}

// ---- Money mismatch

TEST(MoneyMismatch, none_when_the_lines_add_up_to_the_total) {
    EXPECT_FALSE(find_money_mismatch(order_of({line_of(1, 2, 0, 2), line_of(2, 1, 0, 1)})));
}

TEST(MoneyMismatch, what_is_charged_on_the_order_counts) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    order.order_other = eur(200);
    ASSERT_TRUE(find_money_mismatch(order));
    order.total = eur(1200);
    EXPECT_FALSE(find_money_mismatch(order));
}

TEST(MoneyMismatch, the_order_shows_both_sides) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    order.total = eur(1001);
    const auto mismatch = find_money_mismatch(order);
    ASSERT_TRUE(mismatch);
    EXPECT_EQ(mismatch->parts, eur(1000));
    EXPECT_EQ(mismatch->stated, eur(1001));
    EXPECT_EQ(mismatch->line, 0);
}

TEST(MoneyMismatch, a_line_whose_parts_differ_from_its_total_is_named) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1), line_of(2, 1, 0, 1)});
    order.lines[1].proceeds_total = eur(999);
    const auto mismatch = find_money_mismatch(order);
    ASSERT_TRUE(mismatch);
    EXPECT_EQ(mismatch->line, 2);
    EXPECT_EQ(mismatch->parts, eur(1000));
    EXPECT_EQ(mismatch->stated, eur(999));
}

TEST(MoneyMismatch, a_line_without_money_in_an_order_with_a_total_is_named) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1), line_of(2, 1, 0, 1)});
    order.lines[1].proceeds.reset();
    order.lines[1].proceeds_total.reset();
    ASSERT_TRUE(find_money_mismatch(order));
    EXPECT_EQ(find_money_mismatch(order)->line, 2);
}

TEST(MoneyMismatch, another_currency_does_not_add_up) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    order.total = Money{1000, Currency::of("USD")};
    EXPECT_TRUE(find_money_mismatch(order));
}

TEST(MoneyMismatch, a_wholly_cancelled_line_may_be_in_the_total_or_not) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1), line_of(2, 3, 0, 0)});
    EXPECT_FALSE(find_money_mismatch(order)) << "Amazon still counts it";
    order.total = eur(1000);
    EXPECT_FALSE(find_money_mismatch(order)) << "Amazon no longer counts it";
    order.total = eur(2000);
    EXPECT_TRUE(find_money_mismatch(order));
}

TEST(MoneyMismatch, a_wholly_cancelled_line_needs_no_money) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1), line_of(2, 3, 0, 0)});
    order.lines[1].proceeds.reset();
    order.lines[1].proceeds_total.reset();
    order.total = eur(1000);
    EXPECT_FALSE(find_money_mismatch(order));
}

TEST(MoneyMismatch, nothing_to_compare_adds_up) {
    AmazonOrder order = order_of({line_of(1, 1, 0, 1)});
    order.total.reset();
    EXPECT_FALSE(find_money_mismatch(order));
    order.lines[0].proceeds.reset();
    order.lines[0].proceeds_total.reset();
    EXPECT_FALSE(find_money_mismatch(order));
    order.total = eur(0);
    EXPECT_FALSE(find_money_mismatch(order)) << "a replacement";
}

// ---- Merge

TEST(Merge, quantities_ordered_never_fall) {
    const AmazonOrder known = order_of({line_of(1, 3, 0, 3)});
    const AmazonOrder merged = merge(known, order_of({line_of(1, 1, 0, 1)}));
    EXPECT_EQ(merged.lines.at(0).quantity_ordered, 3);
    EXPECT_EQ(merged.lines.at(0).quantity_unfulfilled, 1);
    EXPECT_EQ(cancelled_units(merged, merged.lines.at(0)), 2);
    EXPECT_EQ(merge(merged, order_of({line_of(1, 4, 0, 4)})).lines.at(0).quantity_ordered, 4);
}

TEST(Merge, lines_keep_their_numbers_whatever_amazons_order_is) {
    const AmazonOrder known = order_of({line_of(1, 1, 0, 1), line_of(2, 1, 0, 1)});
    OrderLine second = line_of(2, 1, 0, 1);
    second.line = 1;
    OrderLine third = line_of(3, 1, 0, 1);
    third.line = 2;
    const AmazonOrder merged = merge(known, order_of({second, third}));
    ASSERT_EQ(merged.lines.size(), 3u);
    for (int number = 1; number <= 3; ++number) {
        const OrderLine& line = merged.lines[static_cast<std::size_t>(number) - 1];
        EXPECT_EQ(line.line, number);
        EXPECT_EQ(line.order_item_id, OrderItemId("item-" + std::to_string(number)));
    }
}

TEST(Merge, a_line_that_is_gone_from_the_answer_stays) {
    const AmazonOrder known = order_of({line_of(1, 1, 0, 1), line_of(2, 2, 1, 1)});
    const AmazonOrder merged = merge(known, order_of({line_of(1, 1, 0, 1)}));
    ASSERT_EQ(merged.lines.size(), 2u);
    EXPECT_EQ(merged.lines[1], known.lines[1]);
}

TEST(Merge, money_once_shown_stays) {
    const AmazonOrder known = order_of({line_of(1, 1, 0, 1)});
    AmazonOrder read = known;
    read.lines[0].proceeds.reset();
    read.lines[0].proceeds_total.reset();
    read.total.reset();
    const AmazonOrder merged = merge(known, read);
    EXPECT_EQ(merged.lines[0].proceeds, known.lines[0].proceeds);
    EXPECT_EQ(merged.lines[0].proceeds_total, known.lines[0].proceeds_total);
    EXPECT_EQ(merged.total, known.total);
}

TEST(Merge, money_that_amazon_changes_is_taken_over) {
    const AmazonOrder known = order_of({line_of(1, 2, 0, 2)});
    AmazonOrder read = order_of({line_of(1, 1, 0, 1)});
    const AmazonOrder merged = merge(known, read);
    EXPECT_EQ(merged.lines[0].proceeds, read.lines[0].proceeds);
    EXPECT_EQ(merged.total, eur(1000));
    EXPECT_FALSE(find_money_mismatch(merged));
}

TEST(Merge, the_rest_is_what_the_later_read_says) {
    const AmazonOrder known = order_of({line_of(1, 1, 0, 1)});
    AmazonOrder read = order_of({line_of(1, 1, 1, 0)});
    read.status = AmazonStatus::shipped;
    read.packages = {{.reference_id = "1001"}};
    const AmazonOrder merged = merge(known, read);
    EXPECT_EQ(merged.status, AmazonStatus::shipped);
    EXPECT_EQ(merged.packages.size(), 1u);
    EXPECT_EQ(merged.lines[0].quantity_fulfilled, 1);
}

TEST(Merge, a_read_that_changes_nothing_changes_nothing) {
    const AmazonOrder known = order_of({line_of(1, 1, 0, 1), line_of(2, 2, 1, 1)});
    EXPECT_EQ(merge(known, known), known);
}

TEST(Merge, the_first_read_numbers_the_lines_from_1) {
    OrderLine first = line_of(1, 1, 0, 1);
    first.line = 0;
    EXPECT_EQ(merge({}, order_of({first})).lines.at(0).line, 1);
}

TEST(ChargedParts, a_wholly_cancelled_line_costs_nothing_unless_amazons_total_still_has_it) {
    const Currency eur = Currency::of("EUR");
    Parts parts = Parts::zero(eur);
    parts.item = {1000, eur};
    OrderLine live{.line = 1, .quantity_ordered = 1, .quantity_unfulfilled = 1, .proceeds = parts};
    OrderLine gone{.line = 2, .quantity_ordered = 1, .quantity_unfulfilled = 0, .proceeds = parts};
    AmazonOrder order{.status = AmazonStatus::unshipped, .total = Money{1000, eur}, .lines = {live, gone}};
    EXPECT_EQ(charged_parts(order, order.lines[0], eur), parts);
    EXPECT_EQ(charged_parts(order, order.lines[1], eur), Parts::zero(eur));
    order.total = Money{2000, eur};
    EXPECT_EQ(charged_parts(order, order.lines[1], eur), parts);
}

}  // namespace
}  // namespace fairway::domain
