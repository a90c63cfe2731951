// plan() for an order that has its commerce order: shipped elsewhere, cancelled, completed.
#include <gtest/gtest.h>

#include "domain/plan_fixture.hpp"

namespace fairway::domain {
namespace {

FactsBuilder imported(std::int64_t ordered) { return FactsBuilder().line(ordered).imported(); }

// As if the plan's items had been opened.
void remember_attention(FactsBuilder& facts) {
    for (const OpenAttention& each : all_of<OpenAttention>(facts.plan()))
        facts->attention.push_back({each.kind, each.cause});
}

TEST(PlanImported, an_order_that_waits_to_be_shipped_needs_nothing) {
    EXPECT_TRUE(imported(2).plan().empty());
}

TEST(PlanImported, a_left_over_block_and_reservation_go) {
    FactsBuilder facts = imported(2).reserved(1, 2);
    facts->block = Block{BlockReason::refused, 0, {}, {}, {}};
    EXPECT_TRUE(has<ClearBlock>(facts.plan()));
    EXPECT_EQ(the<ReleaseStock>(facts.plan()).line, 1);
}

// ---- Shipped in Seller Central

TEST(PlanShippedElsewhere, amazons_packages_are_recorded) {
    FactsBuilder facts = imported(3)
                             .status(AmazonStatus::shipped)
                             .fulfilled(1, 3)
                             .amazon_package("A", 1, 1)
                             .amazon_package("B", 1, 2);
    const Plan plan = facts.plan();
    const RecordShipment record = the<RecordShipment>(plan);
    ASSERT_EQ(record.packages.size(), 2u);
    EXPECT_EQ(record.packages[0].amazon_reference, "A");
    EXPECT_EQ(record.packages[0].carrier, "DHL");
    EXPECT_EQ(record.packages[0].tracking, "TA");
    EXPECT_EQ(record.packages[0].items, (std::vector<LineQuantity>{{1, 1}}));
    EXPECT_EQ(record.packages[1].items, (std::vector<LineQuantity>{{1, 2}}));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.shipped_on_amazon"});
    EXPECT_FALSE(has<CompleteOrder>(plan)) << "one step at a time";
}

TEST(PlanShippedElsewhere, units_that_amazon_shows_in_no_package_are_recorded_as_well) {
    FactsBuilder facts = imported(3).status(AmazonStatus::shipped).fulfilled(1, 3).amazon_package("A", 1, 1);
    const RecordShipment record = the<RecordShipment>(facts.plan());
    ASSERT_EQ(record.packages.size(), 2u);
    EXPECT_EQ(record.packages[1].amazon_reference, "");
    EXPECT_EQ(record.packages[1].items, (std::vector<LineQuantity>{{1, 2}}));
}

TEST(PlanShippedElsewhere, what_was_recorded_is_not_recorded_again) {
    FactsBuilder facts =
        imported(3).status(AmazonStatus::partially_shipped).fulfilled(1, 1).amazon_package("A", 1, 1);
    facts.shipped(1, 1, 1, Origin::amazon);
    facts->commerce->shipments[0].packages[0].amazon_reference = "A";
    EXPECT_FALSE(has<RecordShipment>(facts.plan()));
    facts.fulfilled(1, 1).amazon_package("B", 1, 1);
    const RecordShipment record = the<RecordShipment>(facts.plan());
    ASSERT_EQ(record.packages.size(), 1u);
    EXPECT_EQ(record.packages[0].amazon_reference, "B");
}

TEST(PlanShippedElsewhere, a_record_that_was_asked_for_is_not_asked_for_again) {
    FactsBuilder facts = imported(2).status(AmazonStatus::shipped).fulfilled(1, 2);
    facts->intents.push_back({"record_shipment", the<RecordShipment>(facts.plan()).cause});
    EXPECT_FALSE(has<RecordShipment>(facts.plan()));
}

TEST(PlanShippedElsewhere, more_units_are_another_cause) {
    FactsBuilder facts = imported(3).status(AmazonStatus::partially_shipped).fulfilled(1, 1);
    const std::string first = the<RecordShipment>(facts.plan()).cause;
    facts.fulfilled(1, 1);
    EXPECT_NE(the<RecordShipment>(facts.plan()).cause, first);
}

TEST(PlanShippedElsewhere, our_own_confirmed_package_is_not_recorded_as_amazons) {
    FactsBuilder facts =
        imported(2).status(AmazonStatus::shipped).fulfilled(1, 2).amazon_package("1001", 1, 2);
    facts.shipped(1, 1, 2).command(1, CommandState::verified);
    EXPECT_FALSE(has<RecordShipment>(facts.plan()));
}

TEST(PlanShippedElsewhere, units_shipped_elsewhere_are_not_taken_from_our_own_package) {
    FactsBuilder facts = imported(2).status(AmazonStatus::shipped).fulfilled(1, 2);
    facts.amazon_package("1001", 1, 1).amazon_package("B", 1, 1);
    facts.shipped(1, 1, 1).command(1, CommandState::verified);
    const RecordShipment record = the<RecordShipment>(facts.plan());
    ASSERT_EQ(record.packages.size(), 1u);
    EXPECT_EQ(record.packages[0].amazon_reference, "B");
}

TEST(PlanShippedElsewhere, units_cancelled_here_and_shipped_there_are_for_a_person) {
    FactsBuilder facts = imported(2).status(AmazonStatus::shipped).fulfilled(1, 2);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 2;
    facts->commerce->status = CommerceStatus::closed;
    const Plan plan = facts.plan();
    EXPECT_EQ(the<OpenAttention>(plan).kind, "shipped_after_cancel");
    EXPECT_FALSE(has<RecordShipment>(plan));
    remember_attention(facts);
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

TEST(PlanShippedElsewhere, more_units_cancelled_here_and_shipped_there_are_brought_up_again) {
    FactsBuilder facts = imported(2).status(AmazonStatus::partially_shipped).fulfilled(1, 1);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 2;
    facts->commerce->status = CommerceStatus::closed;
    remember_attention(facts);
    facts.status(AmazonStatus::shipped).fulfilled(1, 1);
    EXPECT_EQ(the<OpenAttention>(facts.plan()).kind, "shipped_after_cancel");
}

TEST(PlanShippedElsewhere, amazon_shows_shipped_with_fewer_units) {
    FactsBuilder facts = imported(3).status(AmazonStatus::shipped).fulfilled(1, 2).cancelled(1, 1);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<RecordShipment>(plan).packages.at(0).items, (std::vector<LineQuantity>{{1, 2}}));
    EXPECT_EQ(the<WithdrawUnits>(plan).lines, (std::vector<LineQuantity>{{1, 1}}));
    EXPECT_FALSE(has<OpenAttention>(plan));
}

// ---- Cancelled after creation

TEST(PlanCancelledOnAmazon, nothing_shipped_everything_is_credited) {
    FactsBuilder facts = FactsBuilder().line(2).line(1).imported().status(AmazonStatus::canceled);
    const Plan plan = facts.plan();
    const WithdrawUnits withdraw = the<WithdrawUnits>(plan);
    EXPECT_TRUE(withdraw.credit);
    EXPECT_EQ(withdraw.lines, (std::vector<LineQuantity>{{1, 2}, {2, 1}}));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.cancelled_on_amazon"});
    EXPECT_FALSE(has<OpenAttention>(plan));
}

TEST(PlanCancelledOnAmazon, units_of_an_order_without_invoice_are_cancelled_instead) {
    FactsBuilder facts = imported(2).status(AmazonStatus::canceled);
    facts->commerce->invoiced = false;
    EXPECT_FALSE(the<WithdrawUnits>(facts.plan()).credit);
}

TEST(PlanCancelledOnAmazon, a_withdrawal_that_was_asked_for_is_not_asked_for_again) {
    FactsBuilder facts = imported(2).status(AmazonStatus::canceled);
    facts->intents.push_back({"withdraw_units", the<WithdrawUnits>(facts.plan()).cause});
    EXPECT_FALSE(has<WithdrawUnits>(facts.plan()));
}

TEST(PlanCancelledOnAmazon, some_units_cancelled_the_rest_lives) {
    FactsBuilder facts = imported(3).cancelled(1, 1);
    EXPECT_EQ(the<WithdrawUnits>(facts.plan()).lines, (std::vector<LineQuantity>{{1, 1}}));
    EXPECT_FALSE(has<SetImportState>(facts.plan()));
}

TEST(PlanCancelledOnAmazon, units_cancelled_later_are_another_cause) {
    FactsBuilder facts = imported(3).cancelled(1, 1);
    const std::string first = the<WithdrawUnits>(facts.plan()).cause;
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 1;
    EXPECT_FALSE(has<WithdrawUnits>(facts.plan()));
    facts.cancelled(1, 1);
    EXPECT_EQ(the<WithdrawUnits>(facts.plan()).lines, (std::vector<LineQuantity>{{1, 1}}));
    EXPECT_NE(the<WithdrawUnits>(facts.plan()).cause, first);
}

TEST(PlanCancelledOnAmazon, units_cancelled_before_the_creation_are_not_credited) {
    FactsBuilder facts = FactsBuilder().line(3).cancelled(1, 1).imported();
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanCancelledOnAmazon, units_that_left_the_house_get_no_memo_and_go_to_a_person) {
    FactsBuilder facts = imported(3).shipped(1, 1, 2).command(1, CommandState::queued);
    facts.status(AmazonStatus::canceled);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<WithdrawUnits>(plan).lines, (std::vector<LineQuantity>{{1, 1}})) << "only the open unit";
    EXPECT_EQ(the<OpenAttention>(plan).kind, "cancelled_after_shipping");
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::cancelled);
    remember_attention(facts);
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

TEST(PlanCancelledOnAmazon, units_cancelled_after_shipping_later_on_are_brought_up_again) {
    FactsBuilder facts = imported(3).shipped(1, 1, 3).command(1, CommandState::rejected).cancelled(1, 1);
    remember_attention(facts);
    facts.cancelled(1, 1);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<OpenAttention>(plan).kind, "cancelled_after_shipping");
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.cancelled_after_shipping"});
    remember_attention(facts);
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

TEST(PlanCancelledOnAmazon, the_open_rest_withdrawn_is_no_new_cause_for_what_was_shipped) {
    FactsBuilder facts = imported(3).shipped(1, 1, 2).command(1, CommandState::rejected);
    facts.status(AmazonStatus::canceled);
    remember_attention(facts);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 1;
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

TEST(PlanCancelledOnAmazon, an_order_cancelled_after_shipping_is_not_completed_and_not_looked_at_again) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, CommandState::rejected);
    facts.status(AmazonStatus::canceled);
    remember_attention(facts);
    facts->look_again = true;
    const Plan plan = facts.plan();
    EXPECT_FALSE(has<CompleteOrder>(plan));
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::cancelled);
    EXPECT_FALSE(the<SetLookAgain>(plan).look_again);
}

TEST(PlanCancelledOnAmazon, the_import_state_follows_once_the_commerce_order_is_closed) {
    FactsBuilder facts = imported(2).status(AmazonStatus::canceled);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 2;
    facts->commerce->status = CommerceStatus::closed;
    EXPECT_EQ(the<SetImportState>(facts.plan()).state, ImportState::cancelled);
    facts->commerce->status = CommerceStatus::canceled;
    EXPECT_EQ(the<SetImportState>(facts.plan()).state, ImportState::cancelled);
}

// ---- Cancelled or credited in the shop

TEST(PlanCancelledInShop, unshipped_units_credited_here_are_for_a_person_and_nothing_is_sent) {
    FactsBuilder facts = imported(2);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 1;
    const Plan plan = facts.plan();
    EXPECT_EQ(the<OpenAttention>(plan).kind, "cancelled_in_shop");
    EXPECT_EQ(plan.effects.size(), 1u);
    remember_attention(facts);
    EXPECT_TRUE(facts.plan().empty()) << "Fairway does not do again what a person undid";
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 2;
    EXPECT_EQ(the<OpenAttention>(facts.plan()).kind, "cancelled_in_shop") << "another unit, another cause";
}

TEST(PlanCancelledInShop, what_amazon_cancels_of_it_afterwards_is_not_brought_up_again) {
    FactsBuilder facts = imported(3);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 2;
    remember_attention(facts);
    facts.cancelled(1, 1);
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

TEST(PlanCancelledInShop, what_amazon_cancels_afterwards_is_not_credited_twice) {
    FactsBuilder facts = imported(2).cancelled(1, 1);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 1;
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanCancelledInShop, credited_units_that_were_shipped_are_no_cancellation) {
    FactsBuilder facts = imported(2).shipped(1, 1, 1).command(1, CommandState::accepted);
    facts.commerce_line(1).quantity_refunded = 1;
    EXPECT_FALSE(has<OpenAttention>(facts.plan()));
}

// ---- Completion

FactsBuilder shipped_here(CommandState state) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, state);
    facts->look_again = true;
    return facts;
}

TEST(PlanCompletion, a_confirmation_accepted_before_the_tick_began_completes_the_order) {
    const Plan plan = shipped_here(CommandState::accepted).plan();
    EXPECT_EQ(the<CompleteOrder>(plan).cause, "complete");
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.completed"});
}

TEST(PlanCompletion, a_confirmation_accepted_within_the_tick_waits_for_the_next_one) {
    FactsBuilder facts = shipped_here(CommandState::accepted);
    facts->commands[0].accepted_at = kTickStarted;
    EXPECT_TRUE(facts.plan().empty());
    facts->look_again = false;
    EXPECT_TRUE(the<SetLookAgain>(facts.plan()).look_again);
}

class PlanNotAccepted : public testing::TestWithParam<CommandState> {};
TEST_P(PlanNotAccepted, the_order_stays_shipped) { EXPECT_TRUE(shipped_here(GetParam()).plan().empty()); }
INSTANTIATE_TEST_SUITE_P(States, PlanNotAccepted,
                         testing::Values(CommandState::queued, CommandState::sending, CommandState::unknown,
                                         CommandState::rejected));

TEST(PlanCompletion, one_unconfirmed_package_keeps_the_order_shipped) {
    FactsBuilder facts = imported(3).shipped(1, 1, 2).command(1, CommandState::verified, "1001");
    facts.shipped(2, 1, 1).command(2, CommandState::rejected, "1002");
    facts.fulfilled(1, 2).status(AmazonStatus::partially_shipped);
    EXPECT_FALSE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, an_order_shipped_in_seller_central_is_completed) {
    FactsBuilder facts =
        imported(2).status(AmazonStatus::shipped).fulfilled(1, 2).shipped(1, 1, 2, Origin::amazon);
    EXPECT_TRUE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, a_package_taken_over_from_amazon_does_not_wait_for_our_own) {
    FactsBuilder facts = imported(2).status(AmazonStatus::partially_shipped).fulfilled(1, 1);
    facts.shipped(1, 1, 1, Origin::amazon).shipped(2, 1, 1).command(2, CommandState::accepted);
    EXPECT_TRUE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, an_order_confirmed_by_its_label_is_completed_once_amazon_counts_it) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2);
    facts->order.programs = {"PRIME"};
    EXPECT_FALSE(has<CompleteOrder>(facts.plan()));
    facts.fulfilled(1, 2).status(AmazonStatus::shipped);
    EXPECT_TRUE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, the_rest_of_a_partly_cancelled_order_is_completed) {
    FactsBuilder facts = imported(3).status(AmazonStatus::shipped).fulfilled(1, 2).cancelled(1, 1);
    facts.commerce_line(1).quantity_refunded = facts.commerce_line(1).quantity_withdrawn = 1;
    facts.shipped(1, 1, 2).command(1, CommandState::verified);
    EXPECT_TRUE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, it_is_asked_for_once) {
    FactsBuilder facts = shipped_here(CommandState::accepted);
    facts->intents.push_back({"complete_order", "complete"});
    EXPECT_FALSE(has<CompleteOrder>(facts.plan()));
}

TEST(PlanCompletion, a_complete_order_is_left_alone) {
    FactsBuilder facts =
        imported(2).status(AmazonStatus::shipped).fulfilled(1, 2).shipped(1, 1, 2, Origin::amazon);
    facts->commerce->status = CommerceStatus::complete;
    EXPECT_EQ(the<SetImportState>(facts.plan()).state, ImportState::completed);
    facts->import_state = ImportState::completed;
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanCompletion, an_order_on_hold_is_not_completed) {
    FactsBuilder facts = shipped_here(CommandState::accepted);
    facts->commerce->status = CommerceStatus::on_hold;
    EXPECT_FALSE(has<CompleteOrder>(facts.plan()));
}

}  // namespace
}  // namespace fairway::domain
