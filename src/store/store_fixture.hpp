#pragma once
// For the store's tests: a database in a directory of its own with the schema, a vault, one account and one
// store.
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/rng.hpp"
#include "db/scratch_test.hpp"
#include "migrations/migrations.hpp"
#include "store/accounts.hpp"
#include "store/orders.hpp"
#include "store/stores.hpp"
#include "store/vault.hpp"

namespace fairway::store {

inline const UtcTime kNow = from_micros(1'795'420'800'000'000);  // 2026-11-23T08:00:00Z

template <class T>
T must(Result<T> result) {
    CHECK(result.has_value(), result.has_value() ? "" : result.error().message.c_str());
    return *std::move(result);
}

// The value of what may be missing, for values the test knows to be there.
template <class T>
T must(std::optional<T> value) {
    CHECK(value.has_value(), "the test knows that it is there");
    return *std::move(value);
}

inline crypto::Key test_key(std::uint64_t seed) {
    SeededRng rng(seed);
    return crypto::Key::random(rng);
}

class StoreTest : public testing::Test {
protected:
    StoreTest() {
        CHECK(db::migrate(*db, migrations_for(db->engine()), kNow).has_value(), "the schema is applied");
        account = must(db->write([&](db::Transaction& tx) {
            return insert_account(
                tx, vault,
                {.name = "Main",
                 .seller_id = SellerId("A1SELLER"),
                 .client_id = "client",
                 .spapi_url = "https://sp",
                 .lwa_url = "https://lwa",
                 .created_at = kNow},
                {.client_secret = Pii<std::string>("secret"), .refresh_token = Pii<std::string>("token")});
        }));
        store = add_store("Amazon.it", "APJ6JRA9NG5V4");
    }

    StoreId add_store(const std::string& name, const std::string& marketplace) {
        return must(db->write([&](db::Transaction& tx) {
            return insert_store(
                tx, {.account_id = account, .marketplace = MarketplaceId(marketplace), .name = name}, kNow);
        }));
    }

    template <class Function>
    auto read(Function&& function) {
        return db->read(std::forward<Function>(function));
    }
    template <class Function>
    auto write(Function&& function) {
        return db->write(std::forward<Function>(function));
    }

    // An Unshipped order with one line of two units, 59.90 EUR.
    static domain::AmazonOrder make_order(const std::string& id, const std::string& sku = "SKU-1") {
        const domain::Currency eur = domain::Currency::of("EUR");
        domain::Parts parts = domain::Parts::zero(eur);
        parts.item = {5990, eur};
        domain::OrderLine line{.line = 1,
                               .order_item_id = OrderItemId(id + "-1"),
                               .seller_sku = SellerSku(sku),
                               .asin = Asin("B000000001"),
                               .title = "Kettle",
                               .quantity_ordered = 2,
                               .quantity_unfulfilled = 2,
                               .proceeds = parts,
                               .proceeds_total = parts.total()};
        return {.id = AmazonOrderId(id),
                .marketplace = MarketplaceId("APJ6JRA9NG5V4"),
                .status = domain::AmazonStatus::unshipped,
                .status_text = "UNSHIPPED",
                .purchased_at = kNow,
                .updated_at = kNow,
                .total = parts.total(),
                .lines = {line},
                .recipient_state = domain::DataState::granted,
                .buyer_state = domain::DataState::granted};
    }

    static domain::PersonalData make_person() {
        domain::Address address;
        address.name = "Ada Rossi";
        address.line1 = "Via Roma 1";
        address.city = "Torino";
        address.country = "IT";
        return {.recipient = address,
                .buyer = domain::Buyer{.name = "Ada Rossi", .email = "ada@example.com"},
                .gift_messages = {{1, "Auguri"}}};
    }

    static IncomingOrder incoming(const domain::AmazonOrder& order, const std::string& content = "v1",
                                  const domain::PersonalData& person = make_person()) {
        return {.order = order,
                .personal = Pii(person),
                .document = Pii("{\"v\":\"" + content + "\"}"),
                .content_hash = crypto::sha256(content)};
    }

    static OrderIdentity identity(const std::string& id) {
        return {domain::Region::eu, SellerId("A1SELLER"), AmazonOrderId(id)};
    }

    UpsertOutcome upsert(const IncomingOrder& order, UtcTime now = kNow) {
        return upsert_into(store, order, now);
    }
    UpsertOutcome upsert_into(StoreId into, const IncomingOrder& order, UtcTime now = kNow) {
        const DataKeyId key = vault.create_keys(1, now).front();
        return write([&](db::Transaction& tx) {
            return upsert_order(tx, vault, identity(order.order.id.str()), account, into, order, key, now);
        });
    }

    OrderRecord order_of(const std::string& id) {
        return must(read([&](db::Reader& tx) { return find_order(tx, AmazonOrderId(id)); }));
    }
    // A mirrored order that no plan has to look at.
    OrderId clean_order(const domain::AmazonOrder& order) { return clean_order(order, store); }
    OrderId clean_order(const domain::AmazonOrder& order, StoreId into) {
        upsert_into(into, incoming(order));
        const OrderRecord record = order_of(order.id.str());
        write([&](db::Transaction& tx) { clear_dirty(tx, record.id, record.dirty); });
        return record.id;
    }
    std::vector<OrderId> dirty_orders() {
        return read([](db::Reader& tx) { return list_dirty(tx, OrderId{}, 1000, std::nullopt); });
    }
    std::int64_t rows_in(const std::string& table) {
        return read(
            [&](db::Reader& tx) { return tx.one("SELECT COUNT(*) FROM " + table)->get<std::int64_t>(0); });
    }

    db::Scratch directory{};
    SystemRng rng{};
    std::unique_ptr<db::Database> db = must(db::open(directory.url("fairway.db")));
    Vault vault{test_key(1), must(open_key_store(directory.url("keys.db"), kNow)), rng};
    AccountId account{};
    StoreId store{};
};

}  // namespace fairway::store
