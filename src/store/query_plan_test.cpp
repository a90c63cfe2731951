// How the rows of each statement are found: by the index that the statement names, never by reading a table
// that grows with the orders.
#include <gmock/gmock.h>

#include "store/access.hpp"
#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/communication_errors.hpp"
#include "store/order_list.hpp"
#include "store/products.hpp"
#include "store/sales.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

// Passes everything on, and asks SQLite how it finds the rows of each statement.
class Explaining final : public db::Transaction {
public:
    explicit Explaining(db::Transaction& tx) : tx_(tx) {}
    std::vector<db::Row> run(std::string_view sql, std::span<const db::Argument> arguments) override {
        explain(sql, arguments);
        return tx_.run(sql, arguments);
    }
    std::int64_t change(std::string_view sql, std::span<const db::Argument> arguments) override {
        explain(sql, arguments);
        return tx_.change(sql, arguments);
    }
    void script(const std::string& sql) override { tx_.script(sql); }
    void after_commit(std::function<void()> action) override { tx_.after_commit(std::move(action)); }
    const std::string& plan() const { return plan_; }

private:
    void explain(std::string_view sql, std::span<const db::Argument> arguments) {
        for (const db::Row& row : tx_.run("EXPLAIN QUERY PLAN " + std::string(sql), arguments))
            plan_ += row.get<std::string>(3) + "\n";
    }

    db::Transaction& tx_;
    std::string plan_{};
};

// The plans are SQLite's; PostgreSQL chooses by statistics that a test's few rows do not make.
class QueryPlanTest : public StoreTest {
protected:
    void SetUp() override {
        if (db->engine() != db::Engine::sqlite) GTEST_SKIP() << "the plans of SQLite";
    }
    template <class Function>
    std::string plan_of(Function function) {
        return write([&](db::Transaction& tx) {
            Explaining explaining(tx);
            function(explaining);
            return explaining.plan();
        });
    }
    // Without subqueries that have a bound.
    static std::string without_bounded(std::string plan) {
        for (const std::string bounded : {"SCAN counted\n", "SCAN ids\n"})
            for (auto at = plan.find(bounded); at != std::string::npos; at = plan.find(bounded))
                plan.erase(at, bounded.size());
        return plan;
    }
    // Each part stands in the plan, and nothing is read from end to end.
    static void expect_finds(const std::string& plan, const std::vector<std::string>& parts) {
        for (const std::string& part : parts)
            EXPECT_NE(plan.find(part), std::string::npos) << part << "\n" << plan;
        EXPECT_EQ(plan.find("SCAN "), std::string::npos) << plan;
        EXPECT_EQ(plan.find("AUTOMATIC"), std::string::npos) << plan;
    }
};

TEST_F(QueryPlanTest, a_product_finds_the_orders_that_hang_on_it) {
    expect_finds(
        plan_of([](db::Transaction& tx) { mark_dirty_by_product(tx, ProductSku("A")); }),
        {"amazon_orders_by_block_product (block_product_sku=?)",
         "amazon_orders_by_block_seller (block_seller_sku=?)", "reservations_by_product (product_sku=?)",
         "amazon_orders_waiting (fulfilled_by=?)", "SEARCH l USING PRIMARY KEY (order_id=?)"});
}

// Before each sweep: the table of lost keys is small, the orders are many.
TEST_F(QueryPlanTest, lost_keys_find_their_orders_and_no_other) {
    const std::string plan =
        plan_of([](db::Transaction& tx) { list_orders_without_key(tx, AccountId{1}, kNow, 10); });
    EXPECT_THAT(plan, testing::StartsWith("SCAN k\nSEARCH o USING INTEGER PRIMARY KEY (rowid=?)\n"
                                          "SEARCH s USING INTEGER PRIMARY KEY (rowid=?)\n"));
}

TEST_F(QueryPlanTest, a_listing_finds_the_orders_that_name_it) {
    expect_finds(plan_of([&](db::Transaction& tx) { mark_dirty_by_listing(tx, store, SellerSku("A")); }),
                 {"amazon_order_lines_by_seller_sku (seller_sku=?)", "INTEGER PRIMARY KEY (rowid=?)"});
}

TEST_F(QueryPlanTest, a_sync_finds_the_orders_to_look_at_again) {
    expect_finds(plan_of([&](db::Transaction& tx) { mark_look_again_dirty(tx, store); }),
                 {"amazon_orders_look_again (store_id=?)"});
}

TEST_F(QueryPlanTest, dirty_orders_are_found_by_their_own_index) {
    for (const std::optional<StoreId> of : {std::optional<StoreId>(), std::optional(store)}) {
        const std::string plan = plan_of([&](db::Transaction& tx) { list_dirty(tx, OrderId{3}, 10, of); });
        expect_finds(plan, {"amazon_orders_dirty (id>?)"});
        EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
    }
}

TEST_F(QueryPlanTest, an_order_is_found_by_its_amazon_order_id) {
    expect_finds(plan_of([](db::Transaction& tx) { find_order(tx, AmazonOrderId("402-1")); }),
                 {"amazon_orders_by_amazon_order_id (amazon_order_id=?)"});
    expect_finds(plan_of([&](db::Transaction& tx) { find_order(tx, store, AmazonOrderId("402-1")); }),
                 {"amazon_orders_by_amazon_order_id (amazon_order_id=?)"});
    expect_finds(plan_of([](db::Transaction& tx) { find_known(tx, identity("402-1")); }),
                 {"(amazon_order_id=? AND seller_id=? AND region=?)"});
}

TEST_F(QueryPlanTest, the_facts_of_an_order_are_found_without_reading_a_table) {
    const OrderId id = clean_order(make_order("402-1"));
    CommonFacts common;
    const std::string plan = plan_of([&](db::Transaction& tx) { must(gather_facts(tx, id, kNow, common)); });
    expect_finds(plan, {"sqlite_autoindex_commands_1 (order_id=?)", "SEARCH intents USING PRIMARY KEY",
                        "sqlite_autoindex_attention_1 (order_id=?)"});
}

TEST_F(QueryPlanTest, a_commerce_order_is_found_with_all_that_belongs_to_it) {
    const OrderId order = clean_order(make_order("402-1"));
    const domain::Currency eur = domain::Currency::of("EUR");
    const CommerceOrderId id = write([&](db::Transaction& tx) {
        const CommerceOrderId made = insert_commerce_order(
            tx, {.store_id = store, .order_id = order, .currency = eur, .other = domain::zero(eur)}, kNow);
        insert_shipment(tx, made, {.packages = {{.shipped_at = kNow}}}, kNow);
        insert_credit_memo(tx, made, {.parts = domain::Parts::zero(eur), .adjustment = domain::zero(eur)},
                           kNow);
        return made;
    });
    expect_finds(plan_of([&](db::Transaction& tx) { must(find_commerce_order(tx, id)); }),
                 {"invoices_of_order", "shipments_of_order", "shipment_packages_of_shipment",
                  "SEARCH shipment_package_items USING PRIMARY KEY", "credit_memos_of_order",
                  "SEARCH credit_memo_lines USING PRIMARY KEY", "comments_of_order"});
    expect_finds(plan_of([&](db::Transaction& tx) { must(find_commerce_order_of(tx, order)); }),
                 {"(order_id=?)"});
}

TEST_F(QueryPlanTest, the_commerce_order_of_an_amazon_order_is_listed_by_it) {
    const std::string plan = plan_of([](db::Transaction& tx) {
        list_commerce_orders(tx, {.amazon_order_id = AmazonOrderId("402-1")},
                             CommerceOrderCursor{kNow, "", {9}}, 50);
    });
    expect_finds(plan, {"amazon_orders_by_amazon_order_id (amazon_order_id=?)",
                        "sqlite_autoindex_commerce_orders_2 (order_id=?"});
}

TEST_F(QueryPlanTest, the_commerce_orders_of_a_status_are_listed_by_their_index) {
    const auto plan = plan_of([&](db::Transaction& tx) {
        list_commerce_orders(tx, {.status = domain::CommerceStatus::processing},
                             CommerceOrderCursor{kNow, "", {9}}, 50);
    });
    expect_finds(plan, {"commerce_orders_by_status (status=? AND "});
    EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
}

TEST_F(QueryPlanTest, commerce_orders_are_listed_by_time_and_by_number_without_sorting_them) {
    const auto plan = [&](const CommerceOrderFilter& filter) {
        return plan_of([&](db::Transaction& tx) {
            list_commerce_orders(tx, filter, CommerceOrderCursor{kNow, "000000012", {9}}, 50);
        });
    };
    const std::string by_time = plan({.created_from = kNow, .created_to = kNow});
    expect_finds(by_time, {"commerce_orders_by_creation"});
    const std::string by_number =
        plan({.status = domain::CommerceStatus::complete, .store = store, .sort = CommerceOrderSort::number});
    expect_finds(by_number, {"sqlite_autoindex_commerce_orders_1 (number<?)"});
    for (const std::string& each : {by_time, by_number})
        EXPECT_EQ(each.find("FOR ORDER BY"), std::string::npos) << each;
}

TEST_F(QueryPlanTest, a_search_of_commerce_orders_reads_only_what_it_finds) {
    expect_finds(plan_of([&](db::Transaction& tx) {
                     list_commerce_orders(tx, {.store = store, .q = "402"}, std::nullopt, 50);
                 }),
                 {"sqlite_autoindex_commerce_orders_1 (number>? AND number<?)",
                  "amazon_orders_by_amazon_order_id (amazon_order_id>? AND amazon_order_id<?)"});
}

TEST_F(QueryPlanTest, orders_are_counted_by_the_index_that_finds_them) {
    const auto plan = [&](const OrderFilter& filter) {
        return without_bounded(plan_of([&](db::Transaction& tx) { count_matching(tx, filter); }));
    };
    expect_finds(plan({.store = store}), {"COVERING INDEX amazon_orders_of_store (store_id=?)"});
    expect_finds(plan({.purchased_from = kNow}),
                 {"COVERING INDEX amazon_orders_by_purchase (purchased_at>?)"});
    expect_finds(plan({.store = store, .import_state = {domain::ImportState::blocked}}),
                 {"INDEX amazon_orders_by_state (<expr>=?)"});
    expect_finds(plan({.q = "402"}),
                 {"amazon_orders_by_amazon_order_id (amazon_order_id>? AND amazon_order_id<?)",
                  "amazon_order_lines_by_seller_sku (seller_sku>? AND seller_sku<?)"});
    expect_finds(plan({.buyer_words = {crypto::sha256("rossi")}}),
                 {"order_names USING PRIMARY KEY (word=?)"});
}

TEST_F(QueryPlanTest, blocked_orders_are_found_by_their_own_index) {
    expect_finds(without_bounded(plan_of([&](db::Transaction& tx) {
                     list_blocked(tx, {.store = store, .purchased_from = kNow});
                 })),
                 {"amazon_orders_by_state (<expr>=? AND purchased_at>?)"});
}

TEST_F(QueryPlanTest, what_a_store_has_sold_and_owes_is_told_by_small_tables_and_indexes) {
    std::string plan = plan_of([&](db::Transaction& tx) {
        list_sales(tx, store, domain::Currency::of("EUR"), 20'000, 30);
        sum_sales(tx, store, domain::Currency::of("EUR"));
        count_orders(tx, store);
        summarize_store(tx, store, kNow);
    });
    // The index of the open items alone, from end to end: they are few.
    const std::string open_items = "SCAN a USING INDEX attention_open";
    const std::size_t at = plan.find(open_items);
    ASSERT_NE(at, std::string::npos) << plan;
    plan.erase(at, open_items.size());
    expect_finds(plan, {"sales_days USING PRIMARY KEY (store_id=? AND day>? AND day<?)",
                        "COVERING INDEX amazon_orders_to_ship (store_id=?)"});
}

TEST_F(QueryPlanTest, communication_errors_are_listed_by_account) {
    expect_finds(plan_of([&](db::Transaction& tx) {
                     list_communication_errors(tx, account, CommunicationErrorId{9}, 50);
                 }),
                 {"communication_errors_of_account (account_id=? AND id<?)"});
}

TEST_F(QueryPlanTest, the_commerce_orders_of_a_store_are_listed_by_their_index) {
    const std::string plan = plan_of([&](db::Transaction& tx) {
        list_commerce_orders(tx, {.store = store}, CommerceOrderCursor{kNow, "", {9}}, 50);
    });
    expect_finds(plan, {"commerce_orders_of_store (store_id=? AND created_at<?)"});
    EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
}

TEST_F(QueryPlanTest, the_pieces_of_a_line_are_found_by_their_movements) {
    expect_finds(
        plan_of([](db::Transaction& tx) { return_stock(tx, CommerceOrderId{1}, 1, 1, "cancel", kNow); }),
        {"stock_movements_of_order (commerce_order_id=? AND line=?)"});
}

TEST_F(QueryPlanTest, the_next_command_is_found_by_its_deadline) {
    const std::string plan =
        plan_of([&](db::Transaction& tx) { lease_next_command(tx, account, kNow, minutes(2)); });
    expect_finds(
        plan, {"commands_due (account_id=? AND deadline>?)", "commands_due (account_id=? AND deadline=?)"});
    EXPECT_EQ(plan.find("FOR ORDER BY"), std::string::npos) << plan;
}

TEST_F(QueryPlanTest, the_audit_is_searched_by_its_indexes) {
    const auto plan = [&](const AuditFilter& filter) {
        return plan_of([&](db::Transaction& tx) { list_audit(tx, filter, 9, 50); });
    };
    expect_finds(plan({.actor = "a"}), {"audit_by_actor (actor=? AND id<?)"});
    expect_finds(plan({.action = "a"}),
                 {"audit_by_action (action=? AND id<?)", "audit_by_action (action>? AND action<?)"});
    expect_finds(plan({.object = "a"}), {"audit_by_object (object=? AND id<?)"});
}

// Under the lock of the writer, for whoever knocks: no more is read than what was written meanwhile.
TEST_F(QueryPlanTest, what_was_written_lately_is_all_that_is_compared) {
    const std::string plan = plan_of([](db::Transaction& tx) {
        write_audit_once(tx, "actor", "action", "object", kNow - hours(1), kNow);
    });
    expect_finds(plan, {"=? AND id>?)", "audit_by_time (at<?)"});
}

TEST_F(QueryPlanTest, a_stores_waiting_orders_are_found_by_their_index) {
    const std::string plan = plan_of([&](db::Transaction& tx) { set_store_active(tx, store, false); });
    expect_finds(plan, {"amazon_orders_waiting (fulfilled_by=? AND store_id=?)"});
}

TEST_F(QueryPlanTest, commands_are_listed_by_order_and_by_state) {
    expect_finds(
        plan_of([](db::Transaction& tx) {
            list_commands(tx, {.amazon_order_id = AmazonOrderId("402-1")}, CommandId{9}, 50);
        }),
        {"amazon_orders_by_amazon_order_id (amazon_order_id=?)", "sqlite_autoindex_commands_1 (order_id=?)"});
    expect_finds(plan_of([](db::Transaction& tx) {
                     list_commands(tx, {.state = domain::CommandState::rejected}, CommandId{9}, 50);
                 }),
                 {"commands_by_state (state=? AND id<?)"});
    expect_finds(plan_of([](db::Transaction& tx) { list_accounts_with_due_commands(tx, kNow); }),
                 {"commands_by_state (state=?)"});
}

}  // namespace
}  // namespace fairway::store
