#include "domain/mismatch.hpp"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "domain/plan_fixture.hpp"

namespace fairway::domain {
namespace {

// Lines that charge 10.00, and a total that says something else.
FactsBuilder contradicting(int lines = 1) {
    FactsBuilder facts;
    for (int line = 1; line <= lines; ++line) facts.line(1);
    facts->order.total = eur(1234);
    return facts;
}

void lose_money(OrderLine& line) {
    line.proceeds.reset();
    line.proceeds_total.reset();
}

// ---- What is shown, and what can be charged

TEST(Mismatch, money_that_adds_up_is_no_block) {
    EXPECT_EQ(find_money_block(FactsBuilder().line(2).facts().order), std::nullopt);
}

TEST(Mismatch, a_line_without_money_names_the_total_that_is_known) {
    FactsBuilder facts = FactsBuilder().line(1);
    lose_money(facts.amazon_line(1));
    facts->order.total = eur(0);
    const Block block = find_money_block(facts->order).value_or(Block{});
    EXPECT_EQ(block.line, 1);
    EXPECT_EQ(block.params, (TextParams{{"parts", "-"}, {"stated", "0.00"}, {"currency", "EUR"}}));
}

TEST(CanBeCharged, parts_that_miss_the_total_can) {
    EXPECT_TRUE(can_be_charged(contradicting().facts().order));
    EXPECT_EQ(charged_total(contradicting(2).facts().order), eur(2000));
}

TEST(CanBeCharged, what_belongs_to_no_line_is_charged_too) {
    FactsBuilder facts = contradicting();
    facts->order.order_other = eur(150);
    EXPECT_EQ(charged_total(facts->order), eur(1150));
}

TEST(CanBeCharged, a_line_whose_price_is_still_to_come_cannot) {
    FactsBuilder facts = contradicting(2);
    lose_money(facts.amazon_line(2));
    EXPECT_FALSE(can_be_charged(facts->order));
    facts->order.total.reset();
    EXPECT_FALSE(can_be_charged(facts->order)) << "no total says that the line costs nothing";
}

TEST(CanBeCharged, a_line_that_the_total_does_without_costs_nothing) {
    FactsBuilder facts = contradicting(2);
    lose_money(facts.amazon_line(2));
    facts->order.total = eur(1000);
    EXPECT_TRUE(can_be_charged(facts->order));
    EXPECT_EQ(charged_total(facts->order), eur(1000));
}

TEST(CanBeCharged, a_cancelled_line_needs_no_price) {
    FactsBuilder facts = contradicting(2);
    lose_money(facts.amazon_line(2));
    facts.cancelled(2, 1);
    EXPECT_TRUE(can_be_charged(facts->order));
}

TEST(CanBeCharged, two_currencies_cannot_be_added_up) {
    FactsBuilder facts = contradicting();
    facts->order.total = Money{1234, Currency::of("GBP")};
    EXPECT_FALSE(can_be_charged(facts->order));
    facts->order.total.reset();
    facts->order.order_other = Money{1, Currency::of("GBP")};
    EXPECT_FALSE(can_be_charged(facts->order));
}

// ---- What a decision is about

FactsBuilder decided(FactsBuilder facts) {
    facts->decisions.push_back({std::string(kImportAnyway), amounts_of(facts->order)});
    return facts;
}

TEST(ImportAnyway, a_decision_creates_the_order_and_says_which_amount_was_taken) {
    const Plan plan = decided(contradicting()).plan();
    EXPECT_TRUE(has<CreateOrder>(plan));
    EXPECT_FALSE(has<SetBlock>(plan));
    const Note note = the<WriteNote>(plan).note;
    EXPECT_EQ(note.code, "note.imported_anyway");
    EXPECT_EQ(note.params, (TextParams{{"amount", "10.00"}, {"stated", "12.34"}, {"currency", "EUR"}}));
}

TEST(ImportAnyway, without_a_decision_nothing_is_created) {
    EXPECT_FALSE(has<CreateOrder>(contradicting().plan()));
    FactsBuilder facts = contradicting();
    facts->decisions.push_back({"another_kind", amounts_of(facts->order)});
    EXPECT_FALSE(has<CreateOrder>(facts.plan()));
}

TEST(ImportAnyway, an_order_whose_money_adds_up_by_now_is_simply_imported) {
    FactsBuilder facts = decided(contradicting());
    facts->order.total = eur(1000);
    EXPECT_EQ(notes_of(facts.plan()), std::vector<std::string>{"note.imported"});
}

TEST(ImportAnyway, a_decision_mends_no_other_block) {
    FactsBuilder facts = decided(contradicting());
    facts.no_product(1);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::product_missing);
}

TEST(ImportAnyway, a_decision_gives_nothing_away_whose_price_is_unknown) {
    FactsBuilder facts = contradicting(2);
    lose_money(facts.amazon_line(2));
    EXPECT_FALSE(has<CreateOrder>(decided(facts).plan()));
    facts->order.total = eur(1000);
    EXPECT_TRUE(has<CreateOrder>(decided(facts).plan()));
}

// Every amount that Amazon shows of an order.
std::vector<Money*> all_amounts(AmazonOrder& order) {
    std::vector<Money*> all;
    for (OrderLine& line : order.lines) {
        for (Money Parts::* part : {&Parts::item, &Parts::tax, &Parts::shipping, &Parts::discount,
                                    &Parts::gift_wrap, &Parts::other})
            all.push_back(&(line.proceeds.value().*part));
        all.push_back(&line.proceeds_total.value());
    }
    all.push_back(&order.total.value());
    all.push_back(&order.order_other.value());
    return all;
}

RC_GTEST_PROP(ImportAnywayProperty, a_decision_holds_for_the_amounts_it_was_about_and_for_no_others, ()) {
    FactsBuilder facts = contradicting(*rc::gen::inRange(1, 4));
    facts->order.order_other = eur(*rc::gen::inRange<std::int64_t>(0, 500));
    facts = decided(facts);
    RC_ASSERT(has<CreateOrder>(facts.plan()));
    const auto amounts = all_amounts(facts->order);
    Money& changed = *amounts[*rc::gen::inRange<std::size_t>(0, amounts.size())];
    const Money before = changed;
    changed.minor += *rc::gen::inRange<std::int64_t>(1, 300);
    RC_ASSERT(has<SetBlock>(facts.plan()));
    RC_ASSERT(!has<CreateOrder>(facts.plan()));
    changed = before;
    RC_ASSERT(has<CreateOrder>(facts.plan()));
}

}  // namespace
}  // namespace fairway::domain
