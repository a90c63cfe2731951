#include <algorithm>

#include "store/commands.hpp"
#include "store/commerce_orders.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

class OrderFactsTest : public StoreTest {
protected:
    GatheredFacts gather(OrderId id) {
        CommonFacts common{.tick_started = kNow + minutes(30)};
        return must(read([&](db::Reader& tx) { return gather_facts(tx, id, kNow + hours(1), common); }));
    }
    void add_product(const std::string& sku, std::int64_t quantity) {
        ASSERT_TRUE(write([&](db::Transaction& tx) {
            return insert_product(tx, ProductSku(sku), "Product " + sku, true, quantity, kNow);
        }));
    }
    CommerceOrderId add_commerce_order(OrderId id) {
        const OrderRecord record = must(read([&](db::Reader& tx) { return find_order(tx, id); }));
        const domain::Currency eur = domain::Currency::of("EUR");
        CommerceOrderRecord commerce{.store_id = record.store_id,
                                     .order_id = id,
                                     .amazon_order_id = record.order.id,
                                     .status = domain::CommerceStatus::processing,
                                     .currency = eur,
                                     .other = domain::zero(eur),
                                     .invoiced = true};
        for (const domain::OrderLine& line : record.order.lines)
            commerce.lines.push_back({.quantities = {.line = line.line,
                                                     .product_sku = ProductSku(line.seller_sku.str()),
                                                     .quantity_ordered = line.quantity_ordered},
                                      .order_item_id = line.order_item_id,
                                      .seller_sku = line.seller_sku,
                                      .title = line.title,
                                      .parts = *line.proceeds});
        return write([&](db::Transaction& tx) { return insert_commerce_order(tx, commerce, kNow); });
    }
    void block(OrderId id, const domain::Block& block) {
        write([&](db::Transaction& tx) {
            set_block(tx, id, block, kNow);
            set_import_state(tx, id, domain::ImportState::blocked, kNow);
        });
    }
    void clean_all() {
        write([](db::Transaction& tx) { tx.execute("UPDATE amazon_orders SET dirty = 0"); });
    }
    std::vector<OrderId> dirty_after_product(const std::string& sku) {
        clean_all();
        write([&](db::Transaction& tx) { mark_dirty_by_product(tx, ProductSku(sku)); });
        return dirty_orders();
    }
};

TEST_F(OrderFactsTest, an_order_that_is_not_there_has_no_facts) {
    CommonFacts common;
    EXPECT_FALSE(
        read([&](db::Reader& tx) { return gather_facts(tx, OrderId{5}, kNow, common); }).has_value());
}

TEST_F(OrderFactsTest, the_facts_are_those_of_order_and_store) {
    upsert(incoming(make_order("402-1")));
    const OrderId id = order_of("402-1").id;
    write([&](db::Transaction& tx) {
        set_look_again(tx, id, true);
        update_store_settings(tx, *find_store(tx, store), {.look_back_days = 9}, kNow);
    });
    const GatheredFacts gathered = gather(id);
    EXPECT_EQ(gathered.facts.order, make_order("402-1"));
    EXPECT_EQ(gathered.facts.import_state, domain::ImportState::waiting);
    EXPECT_TRUE(gathered.facts.look_again);
    EXPECT_FALSE(gathered.facts.block || gathered.facts.commerce);
    EXPECT_EQ(gathered.facts.settings.look_back_days, 9);
    EXPECT_EQ(gathered.facts.import_switches.size(), 1u);
    EXPECT_EQ(gathered.facts.import_from, kNow);
    EXPECT_EQ(gathered.facts.now, kNow + hours(1));
    EXPECT_EQ(gathered.facts.tick_started, kNow + minutes(30));
    EXPECT_EQ(gathered.record.dirty, order_of("402-1").dirty);
}

TEST_F(OrderFactsTest, every_line_is_resolved_while_there_is_no_commerce_order) {
    add_product("SKU-1", 7);
    const OrderId id = clean_order(make_order("402-1"));
    const auto resolved = gather(id).facts.resolved;
    ASSERT_EQ(resolved.size(), 1u);
    EXPECT_EQ(resolved[0].line, 1);
    EXPECT_EQ(resolved[0].product_sku, ProductSku("SKU-1"));
    EXPECT_EQ(resolved[0].salable, 7);
}

TEST_F(OrderFactsTest, reservations_are_facts) {
    add_product("SKU-1", 7);
    const OrderId id = clean_order(make_order("402-1"));
    const domain::Reservation reservation{1, SellerSku("SKU-1"), ProductSku("SKU-1"), 2};
    write([&](db::Transaction& tx) { reserve_stock(tx, id, reservation, kNow); });
    EXPECT_EQ(gather(id).facts.reservations, std::vector{reservation});
}

TEST_F(OrderFactsTest, with_a_commerce_order_nothing_is_resolved_any_more) {
    const OrderId id = clean_order(make_order("402-1"));
    const CommerceOrderId commerce = add_commerce_order(id);
    const auto facts = gather(id).facts;
    ASSERT_TRUE(facts.commerce.has_value());
    EXPECT_EQ(facts.commerce->id, commerce);
    EXPECT_EQ(facts.commerce->status, domain::CommerceStatus::processing);
    EXPECT_TRUE(facts.resolved.empty());
}

TEST_F(OrderFactsTest, commands_in_any_state_are_facts) {
    const OrderId id = clean_order(make_order("402-1"));
    const CommerceOrderId commerce = add_commerce_order(id);
    write([&](db::Transaction& tx) {
        insert_shipment(tx, commerce, {.packages = {{.carrier = "BRT", .tracking = "T", .shipped_at = kNow}}},
                        kNow);
        const auto package = tx.one("SELECT id FROM shipment_packages")->get<std::int64_t>(0);
        insert_confirmation(tx, id, {.package_id = package, .reference_id = "1001", .items = {{1, 2}}}, kNow);
        set_command_state(tx, CommandId{1}, domain::CommandState::accepted, std::nullopt, kNow + minutes(1));
    });
    const auto commands = gather(id).facts.commands;
    ASSERT_EQ(commands.size(), 1u);
    EXPECT_EQ(commands[0].state, domain::CommandState::accepted);
    EXPECT_EQ(commands[0].cause, "1001");
    EXPECT_EQ(commands[0].accepted_at, kNow + minutes(1));
    EXPECT_EQ(commands[0].items, (std::vector<domain::LineQuantity>{{1, 2}}));
}

TEST_F(OrderFactsTest, facts_that_are_refreshed_are_those_that_would_be_gathered) {
    add_product("SKU-1", 7);
    const OrderId first = clean_order(make_order("402-1"));
    const OrderId second = clean_order(make_order("402-2"));
    const domain::Block blocked{.reason = domain::BlockReason::product_missing,
                                .line = 1,
                                .seller_sku = SellerSku("SKU-1"),
                                .params = {{"seller_sku", "SKU-1"}}};
    write([&](db::Transaction& tx) {
        insert_intent(tx, first, "record_shipment", "shipped 1:2", kNow);
        reserve_stock(tx, first, {1, SellerSku("SKU-1"), ProductSku("SKU-1"), 2}, kNow);
    });
    const CommerceOrderId commerce = add_commerce_order(second);
    write([&](db::Transaction& tx) {
        CommonFacts common;
        auto gathered = gather_facts(tx, std::array{first, second}, kNow, common);
        resolve_lines(tx, gathered[0]);
        release_reservation(tx, first, 1, kNow);
        open_attention(tx, first, {"cancelled_in_shop", "units 1:2", {}}, kNow);
        set_block(tx, first, blocked, kNow);
        set_import_state(tx, first, domain::ImportState::blocked, kNow + minutes(1));
        set_look_again(tx, first, true);
        mark_dirty(tx, first);
        set_commerce_status(tx, commerce, domain::CommerceStatus::complete, std::nullopt, kNow);
        write_note(tx, second, {"note.imported", {}}, kNow + minutes(2));
        refresh_facts(tx, gathered, kNow + hours(1));

        const auto anew = gather_facts(tx, std::array{first, second}, kNow + hours(1), common);
        for (std::size_t i = 0; i < anew.size(); ++i) {
            const auto& [record, facts] = gathered[i];
            EXPECT_EQ(record.dirty, anew[i].record.dirty);
            EXPECT_EQ(record.note, anew[i].record.note);
            EXPECT_EQ(record.changed_at, anew[i].record.changed_at);
            EXPECT_EQ(facts.order, anew[i].facts.order);
            EXPECT_EQ(facts.import_state, anew[i].facts.import_state);
            EXPECT_EQ(facts.block, anew[i].facts.block);
            EXPECT_EQ(facts.look_again, anew[i].facts.look_again);
            EXPECT_EQ(facts.intents.size(), anew[i].facts.intents.size());
            EXPECT_EQ(facts.attention, anew[i].facts.attention);
            EXPECT_EQ(facts.reservations, anew[i].facts.reservations);
            EXPECT_TRUE(facts.resolved.empty());
            EXPECT_EQ(facts.now, kNow + hours(1));
        }
        EXPECT_EQ(gathered[0].facts.block, blocked);
        EXPECT_EQ(gathered[1].facts.commerce->status, domain::CommerceStatus::complete);
    });
}

TEST_F(OrderFactsTest, what_was_asked_before_is_a_fact) {
    const OrderId id = clean_order(make_order("402-1"));
    write([&](db::Transaction& tx) {
        EXPECT_TRUE(insert_intent(tx, id, "record_shipment", "shipped 1:2", kNow));
        EXPECT_TRUE(open_attention(tx, id, {"cancelled_in_shop", "units 1:2", {{"a", "b"}}}, kNow));
    });
    const auto facts = gather(id).facts;
    ASSERT_EQ(facts.intents.size(), 1u);
    EXPECT_EQ(facts.intents[0].kind, "record_shipment");
    EXPECT_EQ(facts.intents[0].cause, "shipped 1:2");
    EXPECT_EQ(facts.attention, (std::vector<domain::AttentionFacts>{{"cancelled_in_shop", "units 1:2"}}));
}

TEST_F(OrderFactsTest, facts_read_together_belong_each_to_its_order) {
    add_product("SKU-1", 7);
    const OrderId plain = clean_order(make_order("402-1"));
    const OrderId reserving = clean_order(make_order("402-2"));
    const OrderId imported = clean_order(make_order("402-3"));
    const CommerceOrderId commerce = add_commerce_order(imported);
    write([&](db::Transaction& tx) {
        reserve_stock(tx, reserving, {1, SellerSku("SKU-1"), ProductSku("SKU-1"), 2}, kNow);
        open_attention(tx, reserving, {"cancelled_in_shop", "", {}}, kNow);
        insert_intent(tx, imported, "create_order", "create", kNow);
        insert_shipment(tx, commerce, {.packages = {{.shipped_at = kNow}}}, kNow);
    });
    CommonFacts common;
    const std::vector<OrderId> ids{imported, plain, reserving};
    const auto all = read([&](db::Reader& tx) { return gather_facts(tx, ids, kNow, common); });
    ASSERT_EQ(all.size(), 3u);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const OrderId id = std::vector{plain, reserving, imported}[i];
        EXPECT_EQ(all[i].record.id, id);
        const domain::OrderFacts alone = gather(id).facts;
        EXPECT_EQ(all[i].facts.order, alone.order);
        EXPECT_EQ(all[i].facts.reservations, alone.reservations);
        EXPECT_EQ(all[i].facts.attention, alone.attention);
        EXPECT_EQ(all[i].facts.intents.size(), id == imported ? 1u : 0u);
        EXPECT_EQ(all[i].facts.reservations.size(), id == reserving ? 1u : 0u);
        ASSERT_EQ(all[i].facts.commerce.has_value(), id == imported);
    }
    EXPECT_EQ(all[2].facts.commerce->id, commerce);
    EXPECT_EQ(all[2].facts.commerce->shipments.size(), 1u);
}

TEST_F(OrderFactsTest, attention_that_was_closed_is_still_a_fact) {
    const OrderId id = clean_order(make_order("402-1"));
    write([&](db::Transaction& tx) {
        open_attention(tx, id, {"cancelled_in_shop", "", {}}, kNow);
        tx.execute("UPDATE attention SET closed_at = $1", kNow);
    });
    EXPECT_EQ(gather(id).facts.attention.size(), 1u);
}

TEST_F(OrderFactsTest, an_intent_is_asked_once_per_cause) {
    const OrderId id = clean_order(make_order("402-1"));
    const auto ask = [&](const std::string& cause) {
        return write([&](db::Transaction& tx) { return insert_intent(tx, id, "create_order", cause, kNow); });
    };
    EXPECT_TRUE(ask("create"));
    EXPECT_FALSE(ask("create"));
    EXPECT_TRUE(ask("again"));
}

TEST_F(OrderFactsTest, attention_is_opened_once_per_kind_and_cause) {
    const OrderId id = clean_order(make_order("402-1"));
    const auto open = [&](const std::string& kind, const std::string& cause) {
        return write([&](db::Transaction& tx) { return open_attention(tx, id, {kind, cause, {}}, kNow); });
    };
    EXPECT_TRUE(open("a", "1:1"));
    EXPECT_FALSE(open("a", "1:1"));
    EXPECT_TRUE(open("b", "1:1"));
    EXPECT_TRUE(open("a", "1:2"));
}

TEST_F(OrderFactsTest, a_deactivated_store_reserves_for_no_pending_order) {
    const OrderId id = clean_order(make_order("402-1"));
    using domain::PendingOrders;
    EXPECT_EQ(gather(id).facts.settings.pending_orders, PendingOrders::reserve);
    write([&](db::Transaction& tx) { set_store_active(tx, store, false); });
    EXPECT_EQ(gather(id).facts.settings.pending_orders, PendingOrders::ignore);
    write([&](db::Transaction& tx) { set_store_active(tx, store, true); });
    EXPECT_EQ(gather(id).facts.settings.pending_orders, PendingOrders::reserve);
}

TEST_F(OrderFactsTest, dirty_is_cleared_only_if_nothing_came_since) {
    upsert(incoming(make_order("402-1")));
    const OrderRecord seen = order_of("402-1");
    write([&](db::Transaction& tx) { mark_dirty(tx, seen.id); });
    EXPECT_FALSE(write([&](db::Transaction& tx) { return clear_dirty(tx, seen.id, seen.dirty); }));
    EXPECT_EQ(dirty_orders(), std::vector{seen.id});
    EXPECT_TRUE(write([&](db::Transaction& tx) { return clear_dirty(tx, seen.id, seen.dirty + 1); }));
    EXPECT_TRUE(dirty_orders().empty());
}

TEST_F(OrderFactsTest, dirty_orders_come_in_pages_and_by_store) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    for (const char* id : {"402-1", "402-2", "402-3"}) upsert(incoming(make_order(id)));
    upsert_into(other, incoming(make_order("402-4")));
    clean_order(make_order("402-5"));
    const auto page = [&](OrderId after, int limit, std::optional<StoreId> of) {
        return read([&](db::Reader& tx) { return list_dirty(tx, after, limit, of); });
    };
    EXPECT_EQ(page({}, 2, std::nullopt), (std::vector<OrderId>{{1}, {2}}));
    EXPECT_EQ(page({2}, 9, std::nullopt), (std::vector<OrderId>{{3}, {4}}));
    EXPECT_EQ(page({}, 9, other), (std::vector<OrderId>{{4}}));
    EXPECT_EQ(read([](db::Reader& tx) { return count_dirty(tx); }), 4);
}

TEST_F(OrderFactsTest, a_block_is_set_shown_and_cleared) {
    const OrderId id = clean_order(make_order("402-1"));
    const domain::Block missing{
        domain::BlockReason::product_missing, 1, SellerSku("SKU-1"), {}, {{"seller_sku", "SKU-\"1\""}}};
    write([&](db::Transaction& tx) { set_block(tx, id, missing, kNow + minutes(1)); });
    EXPECT_EQ(order_of("402-1").block, missing);
    EXPECT_EQ(gather(id).facts.block, missing);
    EXPECT_EQ(order_of("402-1").changed_at, kNow + minutes(1));
    write([&](db::Transaction& tx) { set_block(tx, id, std::nullopt, kNow + minutes(2)); });
    EXPECT_FALSE(order_of("402-1").block.has_value());
    EXPECT_EQ(order_of("402-1").changed_at, kNow + minutes(2));
}

TEST_F(OrderFactsTest, states_change_with_their_time) {
    const OrderId id = clean_order(make_order("402-1"));
    write([&](db::Transaction& tx) {
        set_import_state(tx, id, domain::ImportState::imported, kNow + minutes(1));
        set_status(tx, id, domain::AmazonStatus::shipped, kNow + minutes(2));
        set_look_again(tx, id, true);
    });
    const OrderRecord record = order_of("402-1");
    EXPECT_EQ(record.import_state, domain::ImportState::imported);
    EXPECT_EQ(record.status, domain::AmazonStatus::shipped);
    EXPECT_EQ(record.order.status, domain::AmazonStatus::unshipped);
    EXPECT_TRUE(record.look_again);
    EXPECT_EQ(record.changed_at, kNow + minutes(2));
}

TEST_F(OrderFactsTest, a_note_stands_on_the_row_and_in_the_history) {
    const OrderId id = clean_order(make_order("402-1"));
    const domain::Note note{"note.imported", {{"number", "12"}}};
    write([&](db::Transaction& tx) {
        write_note(tx, id, note, kNow + minutes(1));
        write_history(tx, id, {"history.order_updated", {}}, kNow + minutes(2));
    });
    EXPECT_EQ(order_of("402-1").note, note);
    const auto entries = read([&](db::Reader& tx) { return list_history(tx, id); });
    ASSERT_EQ(entries.size(), 3u);
    EXPECT_EQ(entries[1].note, note);
    EXPECT_EQ(entries[1].at, kNow + minutes(1));
    EXPECT_EQ(entries[2].note.code, "history.order_updated");
}

TEST_F(OrderFactsTest, parameters_survive_being_written) {
    const domain::TextParams params{{"a", "\"quoted\" {}"}, {"è", "ü\n"}};
    EXPECT_EQ(decode_params(encode_params(params)), params);
    EXPECT_TRUE(decode_params(encode_params({})).empty());
}

TEST_F(OrderFactsTest, look_again_comes_back_at_every_sync) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    const OrderId ours = clean_order(make_order("402-1"));
    const OrderId theirs = clean_order(make_order("402-2"), other);
    clean_order(make_order("402-3"));
    write([&](db::Transaction& tx) {
        set_look_again(tx, ours, true);
        set_look_again(tx, theirs, true);
        mark_look_again_dirty(tx, other);
    });
    EXPECT_EQ(dirty_orders(), std::vector{theirs});
    write([](db::Transaction& tx) { mark_look_again_dirty(tx, std::nullopt); });
    EXPECT_EQ(dirty_orders(), (std::vector{ours, theirs}));
    EXPECT_EQ(order_of("402-2").dirty, 2);
}

TEST_F(OrderFactsTest, a_product_marks_the_orders_that_are_blocked_on_it) {
    const OrderId by_product = clean_order(make_order("402-1", "S-1"));
    const OrderId by_seller_sku = clean_order(make_order("402-2", "P-1"));
    const OrderId elsewhere = clean_order(make_order("402-3", "S-3"));
    block(by_product, {domain::BlockReason::out_of_stock, 1, SellerSku("S-1"), ProductSku("P-1"), {}});
    block(by_seller_sku, {domain::BlockReason::product_missing, 1, SellerSku("P-1"), {}, {}});
    block(elsewhere, {domain::BlockReason::product_missing, 1, SellerSku("S-3"), {}, {}});
    EXPECT_EQ(dirty_after_product("P-1"), (std::vector{by_product, by_seller_sku}));
}

TEST_F(OrderFactsTest, a_product_marks_the_orders_that_reserve_it) {
    add_product("P-1", 9);
    const OrderId id = clean_order(make_order("402-1", "S-1"));
    clean_order(make_order("402-2", "S-2"));
    write([&](db::Transaction& tx) {
        reserve_stock(tx, id, {1, SellerSku("S-1"), ProductSku("P-1"), 2}, kNow);
    });
    EXPECT_EQ(dirty_after_product("P-1"), std::vector{id});
}

TEST_F(OrderFactsTest, a_product_marks_the_waiting_orders_whose_lines_resolve_to_it) {
    add_product("P-1", 9);
    const OrderId by_name = clean_order(make_order("402-1", "P-1"));
    const OrderId by_match = clean_order(make_order("402-2", "S-2"));
    clean_order(make_order("402-3", "S-3"));
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    clean_order(make_order("402-4", "S-2"), other);
    ASSERT_TRUE(write([&](db::Transaction& tx) {
        return match_listing(tx, store, SellerSku("S-2"), ProductSku("P-1"), 1, kNow);
    }));
    EXPECT_EQ(dirty_after_product("P-1"), (std::vector{by_name, by_match}));
}

TEST_F(OrderFactsTest, a_product_marks_no_order_that_has_its_commerce_order) {
    const OrderId imported = clean_order(make_order("402-1", "P-1"));
    block(imported, {domain::BlockReason::out_of_stock, 1, SellerSku("P-1"), ProductSku("P-1"), {}});
    add_commerce_order(imported);
    EXPECT_TRUE(dirty_after_product("P-1").empty());
}

TEST_F(OrderFactsTest, a_listing_marks_the_orders_of_its_store_without_a_commerce_order) {
    const OrderId waiting = clean_order(make_order("402-1", "S-1"));
    const OrderId blocked = clean_order(make_order("402-2", "S-1"));
    block(blocked, {domain::BlockReason::product_missing, 1, SellerSku("S-1"), {}, {}});
    const OrderId imported = clean_order(make_order("402-3", "S-1"));
    add_commerce_order(imported);
    clean_order(make_order("402-4", "S-2"));
    clean_order(make_order("402-5", "S-1"), add_store("Amazon.fr", "A13V1IB3VIYZZH"));
    clean_all();
    write([&](db::Transaction& tx) { mark_dirty_by_listing(tx, store, SellerSku("S-1")); });
    EXPECT_EQ(dirty_orders(), (std::vector{waiting, blocked}));
}

}  // namespace
}  // namespace fairway::store
