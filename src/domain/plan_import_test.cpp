// plan() before there is a commerce order: rows of the order's life up to its creation, import off, what is
// never imported, and the blocks.
#include <gtest/gtest.h>

#include "domain/plan_fixture.hpp"

namespace fairway::domain {
namespace {

FactsBuilder pending() { return FactsBuilder().line(2).status(AmazonStatus::pending); }

// ---- Order placed

TEST(PlanWaiting, a_pending_order_waits_and_reserves_its_units) {
    FactsBuilder facts = pending();
    const Plan plan = facts.plan();
    EXPECT_EQ(the<ReserveStock>(plan).reservation, (Reservation{1, seller_sku(1), product_sku(1), 2}));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.stock_reserved"});
    EXPECT_FALSE(has<CreateOrder>(plan));
    EXPECT_FALSE(has<SetImportState>(plan)) << "it is waiting from the start";
}

TEST(PlanWaiting, a_pending_order_that_has_its_reservation_needs_nothing) {
    EXPECT_TRUE(pending().reserved(1, 2).plan().empty());
}

TEST(PlanWaiting, a_multipack_reserves_product_units) {
    FactsBuilder facts = pending();
    facts.multipack(1, 6);
    EXPECT_EQ(the<ReserveStock>(facts.plan()).reservation.quantity, 12);
}

TEST(PlanWaiting, a_store_may_ignore_pending_orders) {
    FactsBuilder facts = pending();
    facts->settings.pending_orders = PendingOrders::ignore;
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanWaiting, a_reservation_goes_when_the_store_begins_to_ignore_pending_orders) {
    FactsBuilder facts = pending().reserved(1, 2);
    facts->settings.pending_orders = PendingOrders::ignore;
    EXPECT_EQ(the<ReleaseStock>(facts.plan()).line, 1);
}

TEST(PlanWaiting, units_are_reserved_whole_or_not_at_all_and_every_sync_tries_again) {
    FactsBuilder facts = pending();
    facts.stock(1, 1);
    const Plan plan = facts.plan();
    EXPECT_FALSE(has<ReserveStock>(plan));
    EXPECT_TRUE(the<SetLookAgain>(plan).look_again);
    facts->look_again = true;
    EXPECT_TRUE(facts.plan().empty());
    facts.stock(1, 2);
    EXPECT_TRUE(has<ReserveStock>(facts.plan()));
    EXPECT_FALSE(the<SetLookAgain>(facts.plan()).look_again);
}

TEST(PlanWaiting, two_lines_of_one_product_do_not_reserve_more_than_there_is) {
    FactsBuilder facts = pending().line(2);
    facts.resolved(2).product_sku = product_sku(1);
    facts.stock(1, 3).stock(2, 3);
    EXPECT_EQ(all_of<ReserveStock>(facts.plan()).size(), 1u);
}

TEST(PlanWaiting, what_an_order_has_reserved_already_is_not_free_for_its_other_lines) {
    FactsBuilder facts = pending().line(2);
    facts.resolved(2).product_sku = product_sku(1);
    facts.stock(1, 3).stock(2, 3).reserved(1, 2);
    EXPECT_FALSE(has<ReserveStock>(facts.plan()));
}

TEST(PlanWaiting, a_pending_order_without_its_product_waits_unblocked) {
    FactsBuilder facts = pending();
    facts.no_product(1);
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanWaiting, units_cancelled_while_pending_are_not_reserved) {
    FactsBuilder facts = pending().reserved(1, 2).cancelled(1, 1);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<ReleaseStock>(plan).line, 1);
    EXPECT_EQ(the<ReserveStock>(plan).reservation.quantity, 1);
    EXPECT_LT(position_of<ReleaseStock>(plan), position_of<ReserveStock>(plan));
}

class PlanNotImportable : public testing::TestWithParam<AmazonStatus> {};
TEST_P(PlanNotImportable, waits_and_reserves_nothing) {
    EXPECT_TRUE(FactsBuilder().line(1).status(GetParam()).plan().empty());
}
INSTANTIATE_TEST_SUITE_P(Statuses, PlanNotImportable,
                         testing::Values(AmazonStatus::pending_availability, AmazonStatus::unfulfillable,
                                         AmazonStatus::unknown));

TEST(PlanWaiting, an_order_that_is_pending_again_is_no_longer_blocked) {
    FactsBuilder facts = pending().reserved(1, 2);
    facts->import_state = ImportState::blocked;
    facts->block = Block{BlockReason::money_mismatch, 1, {}, {}, {}};
    const Plan plan = facts.plan();
    EXPECT_TRUE(has<ClearBlock>(plan));
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::waiting);
}

// ---- Payment verified

TEST(PlanImport, payment_verified_makes_the_commerce_order) {
    FactsBuilder facts = FactsBuilder().line(2).line(1);
    facts->settings.imported_status = "Amazon paid";
    const Plan plan = facts.plan();
    const CreateOrder create = the<CreateOrder>(plan);
    EXPECT_EQ(create.cause, "create");
    EXPECT_EQ(create.status_label, "Amazon paid");
    ASSERT_EQ(create.lines.size(), 2u);
    EXPECT_EQ(create.lines[0].product_sku, product_sku(1));
    EXPECT_EQ(create.lines[0].quantity, 2);
    EXPECT_EQ(create.lines[0].stock_to_take, 2);
    EXPECT_EQ(create.lines[0].stock_may_be_short, 0);
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::imported);
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.imported"});
}

TEST(PlanImport, a_multipack_takes_product_units_and_is_ordered_in_amazon_units) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts.multipack(1, 6);
    const NewCommerceLine line = the<CreateOrder>(facts.plan()).lines.at(0);
    EXPECT_EQ(line.quantity, 2);
    EXPECT_EQ(line.units, 6);
    EXPECT_EQ(line.stock_to_take, 12);
}

TEST(PlanImport, the_reservation_is_released_before_the_order_takes_its_stock) {
    const Plan plan = FactsBuilder().line(2).reserved(1, 2).plan();
    EXPECT_LT(position_of<ReleaseStock>(plan), position_of<CreateOrder>(plan));
}

TEST(PlanImport, a_creation_that_was_asked_for_is_not_asked_for_again) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->intents = {{"create_order", "create"}};
    EXPECT_TRUE(facts.plan().empty());
    facts->settings.import_orders = false;
    EXPECT_TRUE(facts.plan().empty()) << "a creation already placed finishes";
}

TEST(PlanImport, an_order_shipped_in_seller_central_is_created_although_its_stock_is_short) {
    FactsBuilder facts = FactsBuilder().line(2).status(AmazonStatus::shipped).fulfilled(1, 2);
    facts.stock(1, 0);
    const NewCommerceLine line = the<CreateOrder>(facts.plan()).lines.at(0);
    EXPECT_EQ(line.stock_to_take, 2);
    EXPECT_EQ(line.stock_may_be_short, 2);
}

TEST(PlanImport, of_a_part_shipped_order_only_the_open_units_must_be_there) {
    FactsBuilder facts = FactsBuilder().line(3).status(AmazonStatus::partially_shipped).fulfilled(1, 1);
    facts.stock(1, 2);
    const NewCommerceLine line = the<CreateOrder>(facts.plan()).lines.at(0);
    EXPECT_EQ(line.stock_to_take, 3);
    EXPECT_EQ(line.stock_may_be_short, 1);
    facts.stock(1, 1);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::out_of_stock);
}

TEST(PlanImport, units_cancelled_before_the_creation_are_neither_owed_nor_taken) {
    FactsBuilder facts = FactsBuilder().line(3).cancelled(1, 1);
    facts.stock(1, 2);
    const NewCommerceLine line = the<CreateOrder>(facts.plan()).lines.at(0);
    EXPECT_EQ(line.quantity, 3);
    EXPECT_EQ(line.cancelled, 1);
    EXPECT_EQ(line.stock_to_take, 2);
}

TEST(PlanImport, a_wholly_cancelled_line_needs_no_product) {
    FactsBuilder facts = FactsBuilder().line(1).line(1).cancelled(2, 1);
    facts.no_product(2);
    const NewCommerceLine line = the<CreateOrder>(facts.plan()).lines.at(1);
    EXPECT_EQ(line.cancelled, 1);
    EXPECT_EQ(line.stock_to_take, 0);
    EXPECT_EQ(line.product_sku, ProductSku(seller_sku(2).str()));
}

TEST(PlanImport, a_wholly_cancelled_line_without_money_does_not_block_the_rest) {
    FactsBuilder facts = FactsBuilder().line(1).line(1).cancelled(2, 1);
    facts.amazon_line(2).proceeds.reset();
    facts.amazon_line(2).proceeds_total.reset();
    facts->order.total = eur(1000);
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

TEST(PlanImport, an_order_of_which_nothing_is_owed_waits_for_its_end) {
    FactsBuilder facts = FactsBuilder().line(2).reserved(1, 2).cancelled(1, 2);
    const Plan plan = facts.plan();
    EXPECT_FALSE(has<CreateOrder>(plan));
    EXPECT_TRUE(has<ReleaseStock>(plan));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.nothing_owed"});
}

TEST(PlanImport, an_order_whose_lines_are_not_known_waits_for_them_and_is_told_nothing) {
    const Plan plan = FactsBuilder().plan();
    EXPECT_FALSE(has<CreateOrder>(plan));
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{});
}

// ---- Blocks

TEST(PlanBlock, a_missing_product_blocks_with_its_seller_sku) {
    FactsBuilder facts = FactsBuilder().line(1);
    facts.no_product(1);
    const Plan plan = facts.plan();
    const Block block = the<SetBlock>(plan).block;
    EXPECT_EQ(block,
              (Block{BlockReason::product_missing, 1, seller_sku(1), {}, {{"seller_sku", "SELLER-1"}}}));
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::blocked);
    EXPECT_TRUE(the<SetLookAgain>(plan).look_again) << "every sync tries again";
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.blocked.product_missing"});
}

TEST(PlanBlock, a_disabled_product_blocks_with_its_product_sku) {
    FactsBuilder facts = FactsBuilder().line(1);
    facts.disabled_product(1);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block, (Block{BlockReason::product_disabled,
                                                        1,
                                                        seller_sku(1),
                                                        product_sku(1),
                                                        {{"product_sku", "PRODUCT-1"}}}));
}

TEST(PlanBlock, too_little_stock_blocks_and_says_how_much_is_needed) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts.stock(1, 1);
    const Block block = the<SetBlock>(facts.plan()).block;
    EXPECT_EQ(block.reason, BlockReason::out_of_stock);
    EXPECT_EQ(block.product_sku, product_sku(1));
    EXPECT_EQ(block.params, (TextParams{{"product_sku", "PRODUCT-1"}, {"needed", "2"}, {"available", "1"}}));
}

TEST(PlanBlock, what_others_have_reserved_beyond_the_stock_reads_as_none_available) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts.stock(1, -3);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.params.at("available"), "0");
}

TEST(PlanBlock, the_stock_of_one_product_is_shared_by_all_lines_of_the_order) {
    FactsBuilder facts = FactsBuilder().line(2).line(2);
    facts.resolved(2).product_sku = product_sku(1);
    facts.stock(1, 3).stock(2, 3);
    const Block block = the<SetBlock>(facts.plan()).block;
    EXPECT_EQ(block.reason, BlockReason::out_of_stock);
    EXPECT_EQ(block.params.at("needed"), "4");
}

TEST(PlanBlock, a_multipack_needs_all_its_product_units) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts.multipack(1, 6).stock(1, 11);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.params.at("needed"), "12");
}

TEST(PlanBlock, one_line_that_cannot_be_imported_blocks_the_whole_order) {
    FactsBuilder facts = FactsBuilder().line(1).line(1);
    facts.no_product(2);
    EXPECT_FALSE(has<CreateOrder>(facts.plan()));
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.line, 2);
}

TEST(PlanBlock, amounts_that_do_not_add_up_block_with_both_sides) {
    FactsBuilder facts = FactsBuilder().line(1);
    facts->order.total = eur(1234);
    const Block block = the<SetBlock>(facts.plan()).block;
    EXPECT_EQ(block.reason, BlockReason::money_mismatch);
    EXPECT_EQ(block.params, (TextParams{{"parts", "10.00"}, {"stated", "12.34"}, {"currency", "EUR"}}));
}

TEST(PlanBlock, an_order_without_money_is_no_gift) {
    FactsBuilder facts = FactsBuilder().line(1);
    facts.amazon_line(1).proceeds.reset();
    facts.amazon_line(1).proceeds_total.reset();
    facts->order.total.reset();
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::money_mismatch);
}

TEST(PlanBlock, a_replacement_is_created_at_zero) {
    FactsBuilder facts = FactsBuilder().line(1);
    facts.amazon_line(1).proceeds.reset();
    facts.amazon_line(1).proceeds_total.reset();
    facts->order.total.reset();
    facts->order.replacement = true;
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
    facts->order.total = eur(0);
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

// A blocked order as its first plan left it.
FactsBuilder blocked_by_stock() {
    FactsBuilder facts = FactsBuilder().line(2);
    facts.stock(1, 1);
    facts->block = the<SetBlock>(facts.plan()).block;
    facts->import_state = ImportState::blocked;
    facts->look_again = true;
    return facts;
}

TEST(PlanBlock, a_block_that_stands_is_not_set_again) { EXPECT_TRUE(blocked_by_stock().plan().empty()); }

TEST(PlanBlock, a_block_that_changed_is_told_anew) {
    FactsBuilder facts = blocked_by_stock();
    facts.disabled_product(1);
    EXPECT_EQ(the<SetBlock>(facts.plan()).block.reason, BlockReason::product_disabled);
    EXPECT_FALSE(has<SetImportState>(facts.plan()));
}

TEST(PlanBlock, a_mended_order_is_created_and_its_block_is_gone) {
    FactsBuilder facts = blocked_by_stock();
    facts.stock(1, 2);
    const Plan plan = facts.plan();
    EXPECT_TRUE(has<ClearBlock>(plan));
    EXPECT_TRUE(has<CreateOrder>(plan));
    EXPECT_FALSE(the<SetLookAgain>(plan).look_again);
}

TEST(PlanBlock, a_blocked_order_keeps_what_it_reserved_while_pending) {
    FactsBuilder facts = FactsBuilder().line(2).reserved(1, 2);
    facts.disabled_product(1);
    EXPECT_FALSE(has<ReleaseStock>(facts.plan()));
}

TEST(PlanBlock, a_blocked_order_reserves_nothing_new) {
    FactsBuilder facts = FactsBuilder().line(2).line(2);
    facts.disabled_product(1);
    EXPECT_FALSE(has<ReserveStock>(facts.plan()));
}

TEST(PlanBlock, a_rematched_listing_moves_the_reservation_in_one_plan) {
    FactsBuilder facts = FactsBuilder().line(2).reserved(1, 2).line(1);
    facts.resolved(1).product_sku = ProductSku("OTHER");
    facts.no_product(2);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<ReleaseStock>(plan).line, 1);
    EXPECT_EQ(the<ReserveStock>(plan).reservation.product_sku, ProductSku("OTHER"));
    EXPECT_LT(position_of<ReleaseStock>(plan), position_of<ReserveStock>(plan));
}

// ---- Cancelled before creation

TEST(PlanCancelled, an_order_cancelled_before_creation_releases_its_reservation) {
    FactsBuilder facts = FactsBuilder().line(2).reserved(1, 2).status(AmazonStatus::canceled);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<ReleaseStock>(plan).line, 1);
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::cancelled);
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.cancelled"});
    EXPECT_FALSE(has<CreateOrder>(plan));
}

TEST(PlanCancelled, a_blocked_order_that_is_cancelled_is_no_longer_blocked) {
    FactsBuilder facts = blocked_by_stock();
    facts.status(AmazonStatus::canceled);
    EXPECT_TRUE(has<ClearBlock>(facts.plan()));
    EXPECT_FALSE(the<SetLookAgain>(facts.plan()).look_again);
}

TEST(PlanCancelled, a_cancelled_order_stays_so_when_import_is_switched_off) {
    FactsBuilder facts = FactsBuilder().line(2).status(AmazonStatus::canceled);
    facts->import_state = ImportState::cancelled;
    facts->settings.import_orders = false;
    EXPECT_TRUE(facts.plan().empty());
}

// ---- Import off

TEST(PlanImportOff, a_waiting_order_becomes_view_only_and_gives_its_reservation_back) {
    FactsBuilder facts = pending().reserved(1, 2);
    facts->settings.import_orders = false;
    const Plan plan = facts.plan();
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::view_only);
    EXPECT_EQ(the<ReleaseStock>(plan).line, 1);
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.view_only"});
}

TEST(PlanImportOff, a_blocked_order_becomes_view_only_and_its_block_is_gone) {
    FactsBuilder facts = blocked_by_stock();
    facts->settings.import_orders = false;
    const Plan plan = facts.plan();
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::view_only);
    EXPECT_TRUE(has<ClearBlock>(plan));
    EXPECT_FALSE(the<SetLookAgain>(plan).look_again);
}

TEST(PlanImportOff, a_payable_order_is_not_created) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->settings.import_orders = false;
    facts->import_state = ImportState::view_only;
    EXPECT_TRUE(facts.plan().empty());
}

TEST(PlanImportOff, imported_orders_live_on) {
    FactsBuilder facts = FactsBuilder().line(2).imported().shipped(1, 1, 2);
    facts->settings.import_orders = false;
    EXPECT_TRUE(has<QueueConfirmation>(facts.plan()));
}

TEST(PlanImportOff, on_again_imports_what_was_placed_in_an_earlier_on_time) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->import_state = ImportState::view_only;
    facts->import_switches = {{kConnected, true}, {kPlaced + hours(1), false}, {kPlaced + hours(2), true}};
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

TEST(PlanImportOff, on_again_does_not_import_what_was_placed_in_an_off_time) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->import_state = ImportState::view_only;
    facts->import_switches = {{kConnected, true}, {kPlaced - hours(1), false}, {kPlaced + hours(2), true}};
    EXPECT_TRUE(facts.plan().empty());
}

// ---- What is never imported

TEST(PlanExcluded, an_order_placed_before_the_store_was_connected_is_excluded) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->order.purchased_at = kConnected - seconds(1);
    const Plan plan = facts.plan();
    EXPECT_EQ(the<SetImportState>(plan).state, ImportState::excluded);
    EXPECT_EQ(notes_of(plan), std::vector<std::string>{"note.excluded"});
    EXPECT_FALSE(has<CreateOrder>(plan));
}

TEST(PlanExcluded, an_order_placed_at_the_moment_of_connection_is_imported) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->order.purchased_at = kConnected;
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
}

TEST(PlanExcluded, it_is_excluded_whatever_the_settings_are) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->order.purchased_at = kConnected - days(1);
    facts->settings.import_orders = false;
    EXPECT_EQ(the<SetImportState>(facts.plan()).state, ImportState::excluded);
}

TEST(PlanExcluded, a_look_back_of_n_days_reaches_n_days_and_no_further) {
    FactsBuilder facts = FactsBuilder().line(2);
    facts->import_state = ImportState::excluded;
    facts->settings.look_back_days = 3;
    facts->order.purchased_at = kConnected - days(3);
    EXPECT_TRUE(has<CreateOrder>(facts.plan()));
    facts->order.purchased_at -= seconds(1);
    EXPECT_TRUE(facts.plan().empty());
}

// ---- Fulfilled by Amazon

class PlanFulfilledByAmazon : public testing::TestWithParam<AmazonStatus> {};
TEST_P(PlanFulfilledByAmazon, waits_unblocked_and_touches_no_stock) {
    FactsBuilder facts = FactsBuilder().line(2).status(GetParam());
    facts->order.fulfilled_by = FulfilledBy::amazon;
    facts->note = "note.fulfilled_by_amazon";
    EXPECT_TRUE(facts.plan().empty()) << "although the stock is there";
    facts.stock(1, 0).no_product(1);
    EXPECT_TRUE(facts.plan().empty());
}
TEST_P(PlanFulfilledByAmazon, says_once_why_it_waits) {
    FactsBuilder facts = FactsBuilder().line(2).status(GetParam());
    facts->order.fulfilled_by = FulfilledBy::amazon;
    facts->note = "note.view_only";
    const Plan plan = facts.plan();
    EXPECT_EQ(plan.effects.size(), 1u);
    EXPECT_EQ(the<WriteNote>(plan).note.code, "note.fulfilled_by_amazon");
}
INSTANTIATE_TEST_SUITE_P(Statuses, PlanFulfilledByAmazon,
                         testing::Values(AmazonStatus::pending, AmazonStatus::unshipped,
                                         AmazonStatus::partially_shipped, AmazonStatus::shipped));

TEST(PlanFulfilledByAmazonEnds, a_cancelled_one_is_cancelled) {
    FactsBuilder facts = FactsBuilder().line(2).status(AmazonStatus::canceled);
    facts->order.fulfilled_by = FulfilledBy::amazon;
    EXPECT_EQ(the<SetImportState>(facts.plan()).state, ImportState::cancelled);
}

}  // namespace
}  // namespace fairway::domain
