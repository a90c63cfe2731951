#include "store/orders.hpp"

#include "db/inspect_test.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using domain::AmazonStatus;
using domain::DataState;

class OrdersTest : public StoreTest {
protected:
    static domain::AmazonOrder later(domain::AmazonOrder order, Duration by = minutes(1)) {
        order.updated_at += by;
        return order;
    }
    std::vector<std::string> history(const std::string& id) {
        std::vector<std::string> codes;
        for (const HistoryEntry& entry :
             read([&](db::Reader& tx) { return list_history(tx, find_order(tx, AmazonOrderId(id))->id); }))
            codes.push_back(entry.note.code);
        return codes;
    }
    Result<Pii<domain::PersonalData>> personal(const std::string& id) {
        return read(
            [&](db::Reader& tx) { return read_personal(tx, vault, find_order(tx, AmazonOrderId(id))->id); });
    }
    Result<Pii<std::string>> document(const std::string& id) {
        return read(
            [&](db::Reader& tx) { return read_document(tx, vault, find_order(tx, AmazonOrderId(id))->id); });
    }
    // The whole content of the tables that a read of Amazon writes.
    std::string snapshot() {
        return read([](db::Reader& tx) {
            std::string text;
            const auto shown = [](const std::string& column) { return db::quoted(column); };
            for (const std::string& sql :
                 {"SELECT id || '|' || changed_at || '|' || dirty || '|' || " + shown("content_hash") +
                      " || '|' || updated_at FROM amazon_orders ORDER BY id",
                  "SELECT " + shown("sealed_document") + " || " + shown("sealed_personal") +
                      " FROM amazon_order_documents ORDER BY order_id",
                  std::string("SELECT order_id || '|' || line || '|' || quantity_ordered || title FROM "
                              "amazon_order_lines ORDER BY order_id, line"),
                  std::string("SELECT id || code FROM order_history ORDER BY id")})
                for (const db::Row& row : tx.query(sql)) text += row.get<std::string>(0) + "\n";
            return text;
        });
    }
    static domain::AmazonOrder full_order() {
        domain::AmazonOrder order = make_order("402-1");
        order.programs = {"PRIME", "PREMIUM"};
        order.ship_by = kNow + hours(30);
        order.order_other = domain::Money{150, domain::Currency::of("EUR")};
        order.packages = {{.reference_id = "1",
                           .carrier = "BRT",
                           .service = "Express",
                           .tracking = "T1",
                           .status = "IN_TRANSIT",
                           .shipped_at = kNow,
                           .items = {{OrderItemId("402-1-1"), 2}}},
                          {.reference_id = "2"}};
        return order;
    }
};

TEST_F(OrdersTest, a_new_order_is_mirrored_as_it_was_read) {
    EXPECT_EQ(upsert(incoming(full_order())), UpsertOutcome::created);
    const OrderRecord record = order_of("402-1");
    EXPECT_EQ(record.order, full_order());
    EXPECT_EQ(record.status, AmazonStatus::unshipped);
    EXPECT_EQ(record.import_state, domain::ImportState::waiting);
    EXPECT_EQ(record.dirty, 1);
    EXPECT_EQ(record.changed_at, kNow);
    EXPECT_EQ(record.store_id, store);
    EXPECT_EQ(record.account_id, account);
    EXPECT_EQ(record.seller_id, SellerId("A1SELLER"));
    EXPECT_EQ(record.content_hash, crypto::sha256("v1"));
    EXPECT_FALSE(record.block || record.note || record.look_again);
    EXPECT_EQ(history("402-1"), std::vector<std::string>{"history.order_seen"});
}

TEST_F(OrdersTest, an_order_without_money_is_mirrored_without_money) {
    domain::AmazonOrder order = make_order("402-1");
    order.status = AmazonStatus::pending;
    order.total.reset();
    order.lines[0].proceeds.reset();
    order.lines[0].proceeds_total.reset();
    upsert(incoming(order));
    EXPECT_EQ(order_of("402-1").order, order);
}

TEST_F(OrdersTest, the_same_read_again_writes_nothing) {
    upsert(incoming(make_order("402-1")));
    const std::string before = snapshot();
    EXPECT_EQ(upsert(incoming(make_order("402-1")), kNow + hours(1)), UpsertOutcome::unchanged);
    EXPECT_EQ(snapshot(), before);
}

TEST_F(OrdersTest, an_older_version_never_overwrites_a_newer_one) {
    upsert(incoming(later(make_order("402-1")), "v2"));
    const std::string before = snapshot();
    EXPECT_EQ(upsert(incoming(make_order("402-1"), "v1"), kNow + hours(1)), UpsertOutcome::older);
    EXPECT_EQ(snapshot(), before);
}

TEST_F(OrdersTest, at_equal_times_another_content_wins) {
    upsert(incoming(make_order("402-1"), "v1"));
    domain::AmazonOrder other = make_order("402-1");
    other.lines[0].title = "Kettle, red";
    EXPECT_EQ(upsert(incoming(other, "v1b"), kNow + hours(1)), UpsertOutcome::changed);
    EXPECT_EQ(order_of("402-1").order.lines[0].title, "Kettle, red");
    EXPECT_EQ(order_of("402-1").changed_at, kNow + hours(1));
    EXPECT_EQ(upsert(incoming(other, "v1b")), UpsertOutcome::unchanged);
}

TEST_F(OrdersTest, a_newer_version_replaces_what_was_read) {
    upsert(incoming(full_order(), "v1"));
    domain::AmazonOrder newer = later(full_order());
    newer.status = AmazonStatus::partially_shipped;
    newer.status_text = "PARTIALLY_SHIPPED";
    newer.lines[0].quantity_fulfilled = 1;
    newer.lines[0].quantity_unfulfilled = 1;
    newer.packages = {{.reference_id = "1001", .tracking = "T9"}};
    EXPECT_EQ(upsert(incoming(newer, "v2")), UpsertOutcome::changed);
    EXPECT_EQ(order_of("402-1").order, newer);
    EXPECT_EQ(rows_in("amazon_orders"), 1);
    EXPECT_EQ(history("402-1"), (std::vector<std::string>{"history.order_seen", "history.status_changed"}));
    EXPECT_EQ(must(document("402-1")), Pii<std::string>("{\"v\":\"v2\"}"));
}

TEST_F(OrdersTest, every_change_makes_the_order_dirtier) {
    const OrderId id = clean_order(make_order("402-1"));
    upsert(incoming(later(make_order("402-1")), "v2"));
    EXPECT_EQ(dirty_orders(), std::vector{id});
    upsert(incoming(later(make_order("402-1"), minutes(2)), "v3"));
    EXPECT_EQ(order_of("402-1").dirty, 2);
}

TEST_F(OrdersTest, units_ordered_never_fall_and_lines_keep_their_numbers) {
    domain::AmazonOrder first = make_order("402-1");
    first.lines.push_back(first.lines[0]);
    first.lines[1].line = 2;
    first.lines[1].order_item_id = OrderItemId("402-1-2");
    upsert(incoming(first, "v1"));
    domain::AmazonOrder second = later(first);
    second.lines.erase(second.lines.begin());
    second.lines[0].line = 1;
    second.lines[0].quantity_ordered = 1;
    second.lines.push_back(first.lines[0]);
    second.lines[1].order_item_id = OrderItemId("402-1-3");
    upsert(incoming(second, "v2"));
    const auto lines = order_of("402-1").order.lines;
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0].order_item_id, OrderItemId("402-1-1"));
    EXPECT_EQ(lines[1].order_item_id, OrderItemId("402-1-2"));
    EXPECT_EQ(lines[1].quantity_ordered, 2);
    EXPECT_EQ(lines[2].order_item_id, OrderItemId("402-1-3"));
}

TEST_F(OrdersTest, money_once_shown_stays_when_amazon_blanks_it) {
    upsert(incoming(make_order("402-1"), "v1"));
    domain::AmazonOrder blank = later(make_order("402-1"));
    blank.status = AmazonStatus::canceled;
    blank.total.reset();
    blank.lines[0].proceeds.reset();
    blank.lines[0].proceeds_total.reset();
    upsert(incoming(blank, "v2"));
    EXPECT_EQ(order_of("402-1").order.total, make_order("402-1").total);
    EXPECT_EQ(order_of("402-1").order.lines[0].proceeds, make_order("402-1").lines[0].proceeds);
}

TEST_F(OrdersTest, a_status_our_shipments_advanced_stays_until_the_plan_looks) {
    upsert(incoming(make_order("402-1"), "v1"));
    write([&](db::Transaction& tx) { set_status(tx, OrderId{1}, AmazonStatus::shipped, kNow); });
    upsert(incoming(later(make_order("402-1")), "v2"));
    EXPECT_EQ(order_of("402-1").status, AmazonStatus::shipped);
    domain::AmazonOrder cancelled = later(make_order("402-1"), minutes(2));
    cancelled.status = AmazonStatus::canceled;
    upsert(incoming(cancelled, "v3"));
    EXPECT_EQ(order_of("402-1").status, AmazonStatus::canceled);
}

TEST_F(OrdersTest, a_status_that_nobody_advanced_follows_amazon) {
    domain::AmazonOrder pending = make_order("402-1");
    pending.status = AmazonStatus::pending;
    upsert(incoming(pending, "v1"));
    upsert(incoming(later(make_order("402-1")), "v2"));
    EXPECT_EQ(order_of("402-1").status, AmazonStatus::unshipped);
}

TEST_F(OrdersTest, a_status_nobody_knows_is_told_in_amazons_words) {
    domain::AmazonOrder order = make_order("402-1");
    order.status = AmazonStatus::unknown;
    order.status_text = "TELEPORTED";
    upsert(incoming(order));
    const auto entries = read([](db::Reader& tx) { return list_history(tx, OrderId{1}); });
    EXPECT_EQ(entries[0].note.params, (domain::TextParams{{"status", "TELEPORTED"}}));
}

TEST_F(OrdersTest, personal_data_comes_back_as_it_was_read) {
    upsert(incoming(make_order("402-1")));
    EXPECT_EQ(must(personal("402-1")), Pii(make_person()));
}

TEST_F(OrdersTest, absent_personal_data_comes_back_absent) {
    upsert(incoming(make_order("402-1"), "v1", {}));
    EXPECT_EQ(must(personal("402-1")), Pii(domain::PersonalData{}));
}

TEST_F(OrdersTest, a_name_stands_nowhere_in_the_database_file) {
    domain::AmazonOrder order = make_order("402-1");
    IncomingOrder read_order = incoming(order);
    read_order.document = Pii<std::string>(R"({"name":"Ada Rossi"})");
    upsert(read_order);
    const auto sealed = read([](db::Reader& tx) {
        const auto row = tx.one("SELECT sealed_document, sealed_personal FROM amazon_order_documents");
        const auto a = row->get<db::Blob>(0);
        const auto b = row->get<db::Blob>(1);
        return std::string(a.begin(), a.end()) + std::string(b.begin(), b.end());
    });
    EXPECT_EQ(sealed.find("Ada"), std::string::npos);
}

TEST_F(OrdersTest, personal_data_that_amazon_withdraws_stays) {
    upsert(incoming(make_order("402-1"), "v1"));
    domain::AmazonOrder withdrawn = later(make_order("402-1"));
    withdrawn.recipient_state = DataState::withheld;
    withdrawn.buyer_state = DataState::withheld;
    upsert(incoming(withdrawn, "v2", {}));
    EXPECT_EQ(must(personal("402-1")), Pii(make_person()));
    EXPECT_EQ(order_of("402-1").order.recipient_state, DataState::granted);
    EXPECT_EQ(order_of("402-1").order.buyer_state, DataState::granted);
}

TEST_F(OrdersTest, recipient_and_buyer_are_kept_apart_from_each_other) {
    upsert(incoming(make_order("402-1"), "v1"));
    domain::AmazonOrder withdrawn = later(make_order("402-1"));
    withdrawn.recipient_state = DataState::withheld;
    domain::PersonalData fresh{.buyer = domain::Buyer{.name = "Ada Bianchi"}};
    upsert(incoming(withdrawn, "v2", fresh));
    const domain::PersonalData kept = must(personal("402-1")).reveal();
    EXPECT_EQ(kept.recipient, make_person().recipient);
    EXPECT_EQ(kept.buyer, fresh.buyer);
}

TEST_F(OrdersTest, personal_data_that_is_granted_later_is_taken) {
    domain::AmazonOrder withheld = make_order("402-1");
    withheld.recipient_state = DataState::withheld;
    withheld.buyer_state = DataState::withheld;
    upsert(incoming(withheld, "v1", {}));
    upsert(incoming(later(make_order("402-1")), "v2"));
    EXPECT_EQ(must(personal("402-1")), Pii(make_person()));
    EXPECT_EQ(order_of("402-1").order.recipient_state, DataState::granted);
}

class ErasedOrderTest : public OrdersTest {
protected:
    ErasedOrderTest() {
        upsert(incoming(make_order("402-1"), "v1"));
        must(db::open(directory.url("keys.db")))->write([](db::Transaction& tx) {
            tx.execute("UPDATE data_keys SET wrapped = NULL");
        });
    }
    // As another process: nothing is cached.
    UpsertOutcome upsert_later(DataKeyId key) {
        return write([&](db::Transaction& tx) {
            return upsert_order(tx, fresh, identity("402-1"), account, store,
                                incoming(later(make_order("402-1")), "v2"), key, kNow);
        });
    }
    Result<Pii<domain::PersonalData>> personal_now() {
        return read([&](db::Reader& tx) { return read_personal(tx, fresh, OrderId{1}); });
    }
    Vault fresh{test_key(1), must(open_key_store(directory.url("keys.db"), kNow)), rng};
};

TEST_F(ErasedOrderTest, what_was_erased_cannot_be_read) {
    ASSERT_FALSE(personal_now().has_value());
    EXPECT_EQ(personal_now().error().kind, ErrorKind::not_found);
    EXPECT_EQ(personal_now().error().code, "key_destroyed");
}

TEST_F(ErasedOrderTest, a_later_read_still_updates_the_mirror) {
    EXPECT_EQ(upsert_later(order_of("402-1").key_id), UpsertOutcome::changed);
    EXPECT_EQ(order_of("402-1").order.updated_at, kNow + minutes(1));
    EXPECT_FALSE(personal_now().has_value());
}

TEST_F(ErasedOrderTest, a_new_key_takes_the_data_of_a_later_read) {
    const DataKeyId key = fresh.create_keys(1, kNow).front();
    EXPECT_EQ(upsert_later(key), UpsertOutcome::changed);
    EXPECT_EQ(order_of("402-1").key_id, key);
    EXPECT_EQ(must(personal_now()), Pii(make_person()));
}

TEST_F(OrdersTest, the_listings_an_order_names_appear) {
    upsert(incoming(make_order("402-1", "SKU-9")));
    const auto listing =
        must(read([&](db::Reader& tx) { return find_listing(tx, store, SellerSku("SKU-9")); }));
    EXPECT_EQ(listing.title, "Kettle");
    EXPECT_EQ(listing.asin, Asin("B000000001"));
}

TEST_F(OrdersTest, a_line_without_a_seller_sku_names_no_listing) {
    upsert(incoming(make_order("402-1", "")));
    EXPECT_EQ(rows_in("listings"), 0);
}

TEST_F(OrdersTest, the_version_and_the_key_of_an_order_are_known) {
    EXPECT_FALSE(read([](db::Reader& tx) { return find_known(tx, identity("402-1")); }).has_value());
    upsert(incoming(make_order("402-1")));
    const KnownOrder known = must(read([](db::Reader& tx) { return find_known(tx, identity("402-1")); }));
    const OrderRecord record = order_of("402-1");
    EXPECT_EQ(known.id, record.id);
    EXPECT_EQ(known.updated_at, kNow);
    EXPECT_EQ(known.content_hash, record.content_hash);
    EXPECT_EQ(known.key_id, record.key_id);
}

TEST_F(OrdersTest, the_same_order_id_of_two_sellers_is_two_orders) {
    const AccountId other = must(write([&](db::Transaction& tx) {
        return insert_account(tx, vault, {.name = "Other", .seller_id = SellerId("A2"), .created_at = kNow},
                              {});
    }));
    const StoreId other_store = must(write([&](db::Transaction& tx) {
        return insert_store(tx, {.account_id = other, .marketplace = MarketplaceId("M"), .name = "Other"},
                            kNow);
    }));
    upsert(incoming(make_order("402-1")));
    const DataKeyId key = vault.create_keys(1, kNow).front();
    write([&](db::Transaction& tx) {
        return upsert_order(tx, vault, {domain::Region::eu, SellerId("A2"), AmazonOrderId("402-1")}, other,
                            other_store, incoming(make_order("402-1")), key, kNow);
    });
    EXPECT_EQ(rows_in("amazon_orders"), 2);
    EXPECT_EQ(order_of("402-1").store_id, store);
    const auto theirs =
        must(read([&](db::Reader& tx) { return find_order(tx, other_store, AmazonOrderId("402-1")); }));
    EXPECT_EQ(theirs.seller_id, SellerId("A2"));
}

TEST_F(OrdersTest, an_order_that_is_not_there_is_not_found) {
    EXPECT_FALSE(read([](db::Reader& tx) { return find_order(tx, OrderId{7}); }).has_value());
    EXPECT_FALSE(read([](db::Reader& tx) { return find_order(tx, AmazonOrderId("402-7")); }).has_value());
    const auto missing = read([&](db::Reader& tx) { return read_personal(tx, vault, OrderId{7}); });
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, "order_missing");
}

class QuarantineTest : public StoreTest {
protected:
    void keep(const std::string& document, UtcTime now) {
        const DataKeyId key = vault.create_keys(1, now).front();
        const Error error{
            ErrorKind::invalid, "number_expected", "expected a number", "orderItems[0].quantity", {}};
        write([&](db::Transaction& tx) {
            keep_aside(tx, vault, account, AmazonOrderId("402-1"), error, Pii(document), key, now);
        });
    }
    std::vector<QuarantineRecord> list(QuarantineId after = {}, int limit = 10) {
        return read([&](db::Reader& tx) { return list_quarantine(tx, after, limit); });
    }
};

TEST_F(QuarantineTest, what_cannot_be_read_is_kept_with_its_error) {
    keep(R"({"name":"Ada"})", kNow);
    ASSERT_EQ(list().size(), 1u);
    EXPECT_EQ(list()[0].error_code, "number_expected");
    EXPECT_EQ(list()[0].error_field, "orderItems[0].quantity");
    EXPECT_EQ(list()[0].amazon_order_id, AmazonOrderId("402-1"));
    const auto sealed = read(
        [](db::Reader& tx) { return tx.one("SELECT sealed_document FROM quarantine")->get<db::Blob>(0); });
    EXPECT_EQ(std::string(sealed.begin(), sealed.end()).find("Ada"), std::string::npos);
}

TEST_F(QuarantineTest, the_same_document_again_is_counted) {
    keep("{}", kNow);
    keep("{}", kNow + hours(1));
    ASSERT_EQ(list().size(), 1u);
    EXPECT_EQ(list()[0].times_seen, 2);
    EXPECT_EQ(list()[0].first_seen_at, kNow);
    EXPECT_EQ(list()[0].last_seen_at, kNow + hours(1));
}

TEST_F(QuarantineTest, pages_go_on_after_the_last_id) {
    keep("1", kNow);
    keep("2", kNow);
    const auto first = list({}, 1);
    ASSERT_EQ(first.size(), 1u);
    const auto rest = list(first[0].id, 10);
    ASSERT_EQ(rest.size(), 1u);
    EXPECT_NE(rest[0].id, first[0].id);
}

TEST_F(QuarantineTest, unknown_members_are_counted) {
    write([](db::Transaction& tx) { count_unknown_members(tx, {"a", "b", "a"}, kNow); });
    write([](db::Transaction& tx) { count_unknown_members(tx, {"a"}, kNow + hours(1)); });
    const auto row = read([](db::Reader& tx) {
        return tx.one("SELECT times_seen, first_seen_at, last_seen_at FROM unknown_members WHERE path = 'a'");
    });
    EXPECT_EQ(row->get<int>(0), 3);
    EXPECT_EQ(row->get<UtcTime>(1), kNow);
    EXPECT_EQ(row->get<UtcTime>(2), kNow + hours(1));
}

}  // namespace
}  // namespace fairway::store
