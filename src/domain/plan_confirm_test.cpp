// What Amazon is told of shipments, what is read back, and the status the grid shows.
#include <gtest/gtest.h>

#include "domain/plan_fixture.hpp"

namespace fairway::domain {
namespace {

FactsBuilder imported(std::int64_t ordered) { return FactsBuilder().line(ordered).imported(); }

TEST(PlanConfirm, a_saved_shipment_is_confirmed_at_once) {
    FactsBuilder facts = imported(3).shipped(5, 1, 2);
    const QueueConfirmation queued = the<QueueConfirmation>(facts.plan());
    EXPECT_EQ(queued.package_id, 5);
    EXPECT_EQ(queued.reference_id, "1001");
    EXPECT_EQ(queued.items, (std::vector<LineQuantity>{{1, 2}}));
    EXPECT_EQ(queued.deadline, facts->order.ship_by);
}

TEST(PlanConfirm, a_shipment_of_the_shop_is_confirmed_as_well) {
    EXPECT_TRUE(has<QueueConfirmation>(imported(2).shipped(1, 1, 2, Origin::backend).plan()));
}

TEST(PlanConfirm, what_came_from_amazon_is_not_sent_back) {
    EXPECT_FALSE(has<QueueConfirmation>(imported(2).shipped(1, 1, 2, Origin::amazon).plan()));
    EXPECT_FALSE(has<QueueConfirmation>(imported(2).shipped(1, 1, 2, Origin::fairway).plan()));
}

TEST(PlanConfirm, each_package_has_a_confirmation_and_a_reference_of_its_own) {
    FactsBuilder facts = imported(3).shipped(1, 1, 2).shipped(2, 1, 1);
    const auto queued = all_of<QueueConfirmation>(facts.plan());
    ASSERT_EQ(queued.size(), 2u);
    EXPECT_EQ(queued[0].reference_id, "1001");
    EXPECT_EQ(queued[1].reference_id, "1002");
}

class PlanConfirmOnce : public testing::TestWithParam<CommandState> {};
TEST_P(PlanConfirmOnce, a_package_that_has_a_command_gets_no_other) {
    EXPECT_FALSE(has<QueueConfirmation>(imported(3).shipped(1, 1, 2).command(1, GetParam()).plan()));
}
INSTANTIATE_TEST_SUITE_P(States, PlanConfirmOnce,
                         testing::Values(CommandState::queued, CommandState::sending, CommandState::accepted,
                                         CommandState::verified, CommandState::unknown,
                                         CommandState::rejected));

TEST(PlanConfirm, units_that_amazon_knows_are_not_confirmed) {
    FactsBuilder facts = imported(2).shipped(1, 1, 1).fulfilled(1, 1).status(AmazonStatus::partially_shipped);
    EXPECT_FALSE(has<QueueConfirmation>(facts.plan()));
}

TEST(PlanConfirm, units_that_amazon_no_longer_expects_are_not_confirmed) {
    FactsBuilder facts = FactsBuilder().line(1).line(1).imported().shipped(1, 1, 1).cancelled(1, 1);
    EXPECT_FALSE(has<QueueConfirmation>(facts.plan()));
}

class PlanConfirmedByLabel : public testing::TestWithParam<const char*> {};
TEST_P(PlanConfirmedByLabel, is_never_confirmed_by_hand) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2);
    facts->order.programs = {"AMAZON_BUSINESS", GetParam()};
    EXPECT_FALSE(has<QueueConfirmation>(facts.plan()));
    EXPECT_TRUE(the<SetLookAgain>(facts.plan()).look_again) << "it waits for Amazon to count the units";
}
INSTANTIATE_TEST_SUITE_P(Programs, PlanConfirmedByLabel,
                         testing::Values("PRIME", "FBM_SHIP_PLUS", "AMAZON_EASY_SHIP"));

TEST(PlanConfirm, an_order_of_another_program_is_confirmed) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2);
    facts->order.programs = {"AMAZON_BUSINESS", "PREMIUM"};
    EXPECT_TRUE(has<QueueConfirmation>(facts.plan()));
}

TEST(PlanConfirm, an_order_fulfilled_by_amazon_is_never_confirmed) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2);
    facts->order.fulfilled_by = FulfilledBy::amazon;
    EXPECT_FALSE(has<QueueConfirmation>(facts.plan()));
}

class PlanConfirmClosed : public testing::TestWithParam<AmazonStatus> {};
TEST_P(PlanConfirmClosed, nothing_is_confirmed) {
    EXPECT_FALSE(has<QueueConfirmation>(imported(2).shipped(1, 1, 2).status(GetParam()).plan()));
}
INSTANTIATE_TEST_SUITE_P(Statuses, PlanConfirmClosed,
                         testing::Values(AmazonStatus::pending_availability, AmazonStatus::pending,
                                         AmazonStatus::shipped, AmazonStatus::canceled,
                                         AmazonStatus::unfulfillable, AmazonStatus::unknown));

// ---- Package references

TEST(PackageReference, the_lowest_number_from_1001_that_nobody_uses) {
    FactsBuilder facts = FactsBuilder().line(9);
    EXPECT_EQ(next_package_reference(facts->order, facts->commands), "1001");
    facts.amazon_package("1001", 1, 1).amazon_package("1003", 1, 1);
    EXPECT_EQ(next_package_reference(facts->order, facts->commands), "1002");
    facts.command(1, CommandState::rejected, "1002");
    EXPECT_EQ(next_package_reference(facts->order, facts->commands), "1004");
}

TEST(PackageReference, a_reference_that_is_no_number_is_in_nobodys_way) {
    FactsBuilder facts = FactsBuilder().line(9).amazon_package("PKG-1001", 1, 1).amazon_package("1", 1, 1);
    EXPECT_EQ(next_package_reference(facts->order, facts->commands), "1001");
}

// ---- Units beyond Amazon

TEST(UnitsBeyondAmazon, are_what_commerce_has_shipped_and_amazon_does_not_count) {
    FactsBuilder facts = imported(5).shipped(1, 1, 3).fulfilled(1, 1);
    EXPECT_EQ(units_beyond_amazon(facts->order, *facts->commerce, {{1, 3}}),
              (std::vector<LineQuantity>{{1, 2}}));
    EXPECT_EQ(units_beyond_amazon(facts->order, *facts->commerce, {{1, 1}}),
              (std::vector<LineQuantity>{{1, 1}}))
        << "no more than the package holds";
}

TEST(UnitsBeyondAmazon, are_no_more_than_amazon_expects) {
    FactsBuilder facts = imported(3).shipped(1, 1, 3).cancelled(1, 1);
    EXPECT_EQ(units_beyond_amazon(facts->order, *facts->commerce, {{1, 3}}),
              (std::vector<LineQuantity>{{1, 2}}));
    facts.status(AmazonStatus::canceled);
    EXPECT_TRUE(units_beyond_amazon(facts->order, *facts->commerce, {{1, 3}}).empty());
}

TEST(UnitsBeyondAmazon, of_a_line_that_is_unknown_are_none) {
    FactsBuilder facts = imported(3).shipped(1, 1, 3);
    EXPECT_TRUE(units_beyond_amazon(facts->order, *facts->commerce, {{2, 1}}).empty());
}

// ---- Read back

TEST(PlanVerify, a_package_that_amazon_shows_under_our_reference_is_verified) {
    for (const CommandState state : {CommandState::accepted, CommandState::unknown}) {
        FactsBuilder facts = imported(3).shipped(1, 1, 2).command(1, state).amazon_package("1001", 1, 2);
        EXPECT_EQ(the<VerifyCommand>(facts.plan()).code, "command.verified");
    }
}

TEST(PlanVerify, units_that_amazon_counts_verify_what_was_sent) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, CommandState::accepted).fulfilled(1, 2);
    facts.status(AmazonStatus::shipped);
    EXPECT_EQ(the<VerifyCommand>(facts.plan()).code, "command.verified");
}

TEST(PlanVerify, what_somebody_else_has_confirmed_is_not_sent) {
    for (const CommandState state : {CommandState::queued, CommandState::rejected}) {
        FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, state).fulfilled(1, 2);
        facts.status(AmazonStatus::shipped);
        EXPECT_EQ(the<VerifyCommand>(facts.plan()).code, "command.already_on_amazon");
    }
}

TEST(PlanVerify, a_command_under_way_is_left_to_its_answer) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, CommandState::sending).fulfilled(1, 2);
    facts.status(AmazonStatus::shipped);
    EXPECT_FALSE(has<VerifyCommand>(facts.plan()));
}

TEST(PlanVerify, another_package_does_not_verify_ours) {
    FactsBuilder facts = imported(3).shipped(1, 1, 2).command(1, CommandState::accepted);
    facts.fulfilled(1, 1).amazon_package("SC1", 1, 1).status(AmazonStatus::partially_shipped);
    EXPECT_FALSE(has<VerifyCommand>(facts.plan()));
}

// ---- Another tool's package under our number

// Ours is 2 of 5 units with tracking "OURS"; theirs stands under the same number.
FactsBuilder with_foreign_package(CommandState state, const std::string& tracking = "T1001") {
    FactsBuilder facts = imported(5).shipped(1, 1, 2).command(1, state);
    facts->commerce->shipments[0].packages[0].tracking = "OURS";
    facts.fulfilled(1, 1).amazon_package("1001", 1, 1).status(AmazonStatus::partially_shipped);
    facts->order.packages[0].tracking = tracking;
    return facts;
}

class PlanRenumber : public testing::TestWithParam<CommandState> {};
TEST_P(PlanRenumber, a_command_that_amazon_never_accepted_takes_the_next_number) {
    const Plan plan = with_foreign_package(GetParam()).plan();
    EXPECT_EQ(the<RenumberCommand>(plan).reference_id, "1002");
    EXPECT_FALSE(has<VerifyCommand>(plan)) << "their package says nothing of ours";
}
INSTANTIATE_TEST_SUITE_P(States, PlanRenumber, testing::Values(CommandState::queued, CommandState::unknown));

class PlanKeepNumber : public testing::TestWithParam<CommandState> {};
TEST_P(PlanKeepNumber, a_command_that_is_under_way_or_ended_keeps_its_number) {
    EXPECT_FALSE(has<RenumberCommand>(with_foreign_package(GetParam()).plan()));
}
INSTANTIATE_TEST_SUITE_P(States, PlanKeepNumber,
                         testing::Values(CommandState::sending, CommandState::accepted,
                                         CommandState::verified, CommandState::rejected));

TEST(PlanRenumber, the_same_tracking_in_another_spelling_is_ours) {
    FactsBuilder facts = with_foreign_package(CommandState::unknown, " ou-rs ");
    EXPECT_FALSE(has<RenumberCommand>(facts.plan()));
    EXPECT_EQ(the<VerifyCommand>(facts.plan()).code, "command.verified");
}

TEST(PlanRenumber, without_tracking_the_units_tell) {
    EXPECT_TRUE(has<RenumberCommand>(with_foreign_package(CommandState::unknown, "").plan()));
    FactsBuilder same = with_foreign_package(CommandState::unknown, "");
    same->order.packages[0].items[0].quantity = 2;
    EXPECT_FALSE(has<RenumberCommand>(same.plan()));
    EXPECT_TRUE(has<VerifyCommand>(same.plan()));
}

TEST(PlanRenumber, what_amazon_accepted_is_ours_though_its_tracking_was_edited_there) {
    FactsBuilder facts = with_foreign_package(CommandState::accepted, "EDITED");
    EXPECT_TRUE(has<VerifyCommand>(facts.plan()));
}

TEST(PlanRenumber, numbers_given_in_one_plan_differ) {
    FactsBuilder facts = with_foreign_package(CommandState::queued);
    facts.shipped(2, 1, 1);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<RenumberCommand>(plan).reference_id, "1002");
    EXPECT_EQ(the<QueueConfirmation>(plan).reference_id, "1003");
}

TEST(PlanRenumber, their_package_is_recorded_with_its_tracking) {
    // Units of a line of which nothing was shipped here.
    FactsBuilder facts = FactsBuilder().line(1).line(1).imported().shipped(1, 1, 1);
    facts->commerce->shipments[0].packages[0].tracking = "OURS";
    facts.command(1, CommandState::queued).fulfilled(2, 1).amazon_package("1001", 2, 1);
    facts.status(AmazonStatus::partially_shipped);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<RenumberCommand>(plan).reference_id, "1002");
    const RecordShipment record = the<RecordShipment>(plan);
    ASSERT_EQ(record.packages.size(), 1u);
    EXPECT_EQ(record.packages[0].amazon_reference, "1001");
    EXPECT_EQ(record.packages[0].tracking, "T1001");
}

// ---- Cancelled while a confirmation is under way

class PlanRejectOnCancel : public testing::TestWithParam<CommandState> {};
TEST_P(PlanRejectOnCancel, the_command_ends_rejected) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, GetParam()).status(AmazonStatus::canceled);
    EXPECT_EQ(the<RejectCommand>(facts.plan()).code, "order_cancelled");
}
INSTANTIATE_TEST_SUITE_P(States, PlanRejectOnCancel,
                         testing::Values(CommandState::queued, CommandState::unknown,
                                         CommandState::accepted));

class PlanKeepOnCancel : public testing::TestWithParam<CommandState> {};
TEST_P(PlanKeepOnCancel, the_command_stays) {
    FactsBuilder facts = imported(2).shipped(1, 1, 2).command(1, GetParam()).status(AmazonStatus::canceled);
    EXPECT_FALSE(has<RejectCommand>(facts.plan()));
    EXPECT_FALSE(has<VerifyCommand>(facts.plan()));
}
INSTANTIATE_TEST_SUITE_P(States, PlanKeepOnCancel,
                         testing::Values(CommandState::sending, CommandState::verified,
                                         CommandState::rejected));

TEST(PlanReject, a_confirmation_whose_units_are_all_cancelled_ends_rejected) {
    FactsBuilder facts = FactsBuilder().line(1).line(1).imported().shipped(1, 1, 1);
    facts.command(1, CommandState::queued).cancelled(1, 1);
    EXPECT_EQ(the<RejectCommand>(facts.plan()).code, "units_cancelled");
}

TEST(PlanReject, a_confirmation_of_which_some_units_are_still_expected_stays) {
    FactsBuilder facts = imported(3).shipped(1, 1, 3).command(1, CommandState::queued).cancelled(1, 1);
    EXPECT_FALSE(has<RejectCommand>(facts.plan()));
    EXPECT_EQ(the<OpenAttention>(facts.plan()).kind, "cancelled_after_shipping");
}

// ---- The status that the grid shows

AmazonStatus shown(const FactsBuilder& builder) {
    const OrderFacts& facts = builder.facts();
    return shown_status(facts.order, facts.commerce, facts.commands);
}

TEST(ShownStatus, is_amazons_before_anything_is_shipped) {
    EXPECT_EQ(shown(FactsBuilder().line(2)), AmazonStatus::unshipped);
    EXPECT_EQ(shown(imported(2)), AmazonStatus::unshipped);
}

TEST(ShownStatus, is_advanced_by_our_own_shipments) {
    EXPECT_EQ(shown(imported(2).shipped(1, 1, 1)), AmazonStatus::partially_shipped);
    EXPECT_EQ(shown(imported(2).shipped(1, 1, 2)), AmazonStatus::shipped);
}

TEST(ShownStatus, a_rejected_confirmation_takes_it_back_to_amazons) {
    EXPECT_EQ(shown(imported(2).shipped(1, 1, 2).command(1, CommandState::rejected)),
              AmazonStatus::unshipped);
    FactsBuilder two = imported(2).shipped(1, 1, 1).command(1, CommandState::accepted, "1001");
    two.shipped(2, 1, 1).command(2, CommandState::rejected, "1002");
    EXPECT_EQ(shown(two), AmazonStatus::partially_shipped);
}

TEST(ShownStatus, cancelled_units_are_not_waited_for) {
    EXPECT_EQ(shown(imported(3).cancelled(1, 1).shipped(1, 1, 2)), AmazonStatus::shipped);
}

TEST(ShownStatus, canceled_from_amazon_always_shows) {
    EXPECT_EQ(shown(imported(2).shipped(1, 1, 2).status(AmazonStatus::canceled)), AmazonStatus::canceled);
}

TEST(ShownStatus, units_on_both_sides_count_once) {
    FactsBuilder facts = imported(3).fulfilled(1, 1).status(AmazonStatus::partially_shipped);
    EXPECT_EQ(shown(facts.shipped(1, 1, 2)), AmazonStatus::partially_shipped);
}

}  // namespace
}  // namespace fairway::domain
