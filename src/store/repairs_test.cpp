#include "store/repairs.hpp"

#include <algorithm>

#include "store/name_index.hpp"
#include "store/order_list.hpp"
#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

using domain::DataState;
using Fields = std::vector<std::string>;

class RepairsTest : public StoreTest {
protected:
    static constexpr const char* kId = "402-0000000-0000001";

    static domain::AmazonOrder make(Duration later = {}) {
        domain::AmazonOrder order = make_order(kId);
        order.updated_at += later;
        return order;
    }
    // Somebody whose address names neither a place nor a country.
    static domain::PersonalData placeless() {
        domain::PersonalData person = make_person();
        person.recipient->city.clear();
        person.recipient->country.clear();
        return person;
    }
    static domain::Address repaired() {
        return {.name = "Bruno Verdi", .line1 = "Corso Francia 9", .city = "Milano", .country = "IT"};
    }

    OrderId mirror(const domain::PersonalData& person) {
        upsert(incoming(make(), "v1", person));
        return order_of(kId).id;
    }
    void repair(const domain::Address& address = repaired()) {
        const OrderRecord order = order_of(kId);
        write([&](db::Transaction& tx) { save_repair(tx, vault, order, Pii(address), kNow); });
    }
    Result<Pii<domain::Address>> repair_in(Vault& opened) {
        const OrderId id = order_of(kId).id;
        return read([&](db::Reader& tx) { return read_repair(tx, opened, id); });
    }
    Fields missing() { return order_of(kId).address_missing; }
    Fields missing_in_facts() {
        CommonFacts common;
        const OrderId id = order_of(kId).id;
        return must(read([&](db::Reader& tx) { return gather_facts(tx, id, kNow, common); }))
            .facts.address_missing;
    }
    std::size_t found_by(const std::string& name) {
        const OrderFilter filter{.buyer_words = blind_words(vault, name)};
        return read([&](db::Reader& tx) { return list_orders(tx, filter, std::nullopt, 9); }).orders.size();
    }
    int times_in_history(const std::string& code) {
        const OrderId id = order_of(kId).id;
        const auto entries = read([&](db::Reader& tx) { return list_history(tx, id); });
        return static_cast<int>(std::ranges::count_if(
            entries, [&](const HistoryEntry& entry) { return entry.note.code == code; }));
    }
    // Another process, after the key store did something: this one remembers the keys it made.
    Vault reopen() { return {test_key(1), must(open_key_store(directory.url("keys.db"), kNow)), rng}; }
    void change_keys(const std::string& sql) {
        must(db::open(directory.url("keys.db")))->write([&](db::Transaction& tx) { tx.execute(sql); });
    }
    UpsertOutcome upsert_with(Vault& opened, const IncomingOrder& order) {
        const DataKeyId key = opened.create_keys(1, kNow).front();
        return write([&](db::Transaction& tx) {
            return upsert_order(tx, opened, identity(kId), account, store, order, key, kNow);
        });
    }
};

// ---- What is missing

TEST_F(RepairsTest, a_granted_address_is_looked_at_when_it_is_stored) {
    mirror(make_person());
    EXPECT_EQ(missing(), Fields{});
    upsert(incoming(make(minutes(1)), "v2", placeless()));
    EXPECT_EQ(missing(), (Fields{"city", "country"}));
    EXPECT_EQ(missing_in_facts(), (Fields{"city", "country"}));
    upsert(incoming(make(minutes(2)), "v3"));
    EXPECT_EQ(missing(), Fields{}) << "Amazon mended it";
}

TEST_F(RepairsTest, what_amazon_withholds_is_not_missing) {
    domain::AmazonOrder order = make();
    order.recipient_state = DataState::withheld;
    domain::PersonalData person = placeless();
    person.recipient->name.clear();
    person.recipient->line1.clear();
    upsert(incoming(order, "v1", person));
    EXPECT_EQ(missing(), Fields{});
}

TEST_F(RepairsTest, an_address_that_amazon_no_longer_shows_is_judged_as_it_was_granted) {
    mirror(placeless());
    domain::AmazonOrder order = make(minutes(1));
    order.recipient_state = DataState::withheld;
    upsert(incoming(order, "v2", {}));
    EXPECT_EQ(missing(), (Fields{"city", "country"}));
}

// ---- Repairs

TEST_F(RepairsTest, a_repaired_address_is_sealed_and_opens) {
    mirror(placeless());
    EXPECT_EQ(repair_in(vault).error().code, "not_repaired");
    EXPECT_EQ(order_of(kId).address_repaired_at, std::nullopt);
    repair();
    EXPECT_EQ(must(repair_in(vault)), Pii(repaired()));
    EXPECT_EQ(order_of(kId).address_repaired_at, kNow);
    EXPECT_EQ(missing_in_facts(), Fields{});
    const auto bytes = read([](db::Reader& tx) {
        return tx.one("SELECT sealed_repair FROM amazon_order_documents")->get<db::Blob>(0);
    });
    EXPECT_FALSE(std::string(bytes.begin(), bytes.end()).contains("Bruno"));
}

TEST_F(RepairsTest, no_later_read_touches_the_repair_and_each_keeps_its_own) {
    const OrderId id = mirror(placeless());
    repair();
    domain::PersonalData moved = placeless();
    moved.recipient->line1 = "Via Po 2";
    upsert(incoming(make(minutes(1)), "v2", moved));
    EXPECT_EQ(must(repair_in(vault)), Pii(repaired()));
    EXPECT_EQ(missing_in_facts(), Fields{});
    const auto personal = read([&](db::Reader& tx) { return read_personal(tx, vault, id); });
    EXPECT_EQ(must(personal).reveal().recipient, moved.recipient);
}

TEST_F(RepairsTest, a_second_repair_replaces_the_first) {
    mirror(placeless());
    repair();
    domain::Address other = repaired();
    other.city = "Roma";
    repair(other);
    EXPECT_EQ(must(repair_in(vault)), Pii(other));
}

TEST_F(RepairsTest, an_order_is_found_by_the_repaired_name_and_by_its_buyer) {
    mirror(placeless());
    repair();
    for (const bool read_again : {false, true}) {
        if (read_again) {
            domain::PersonalData person = placeless();
            person.recipient->name = "Carla Gialli";
            upsert(incoming(make(minutes(1)), "v2", person));
        }
        EXPECT_EQ(found_by("Verdi"), 1U);
        EXPECT_EQ(found_by("Rossi"), 1U) << "the buyer";
        EXPECT_EQ(found_by("Carla"), 0U) << "whom Amazon names is not whom it goes to";
    }
}

TEST_F(RepairsTest, with_the_orders_key_the_repair_is_gone) {
    mirror(placeless());
    repair();
    change_keys("UPDATE data_keys SET wrapped = NULL");
    Vault fresh = reopen();
    EXPECT_EQ(repair_in(fresh).error().code, "key_destroyed");
}

TEST_F(RepairsTest, a_repair_whose_key_was_lost_gives_way_to_amazons_address) {
    const OrderId id = mirror(placeless());
    repair();
    const std::int64_t dirty = order_of(kId).dirty;
    write([&](db::Transaction& tx) { clear_dirty(tx, id, dirty); });
    change_keys("DELETE FROM data_keys");
    write([&](db::Transaction& tx) {
        tx.execute("INSERT INTO orders_without_key (order_id) VALUES ($1)", id);
    });
    Vault fresh = reopen();
    EXPECT_EQ(upsert_with(fresh, incoming(make(), "v1", placeless())), UpsertOutcome::unchanged);
    EXPECT_EQ(order_of(kId).address_repaired_at, std::nullopt);
    EXPECT_EQ(missing_in_facts(), (Fields{"city", "country"}));
    EXPECT_EQ(repair_in(fresh).error().code, "not_repaired");
    EXPECT_EQ(times_in_history("history.repair_lost"), 1);
    EXPECT_EQ(dirty_orders(), std::vector{id}) << "it may have to be blocked again";
    EXPECT_EQ(found_by("Verdi"), 0U);
}

TEST_F(RepairsTest, the_same_holds_when_the_order_has_changed_meanwhile) {
    mirror(placeless());
    repair();
    change_keys("DELETE FROM data_keys");
    Vault fresh = reopen();
    EXPECT_EQ(upsert_with(fresh, incoming(make(minutes(1)), "v2", placeless())), UpsertOutcome::changed);
    EXPECT_EQ(order_of(kId).address_repaired_at, std::nullopt);
    EXPECT_EQ(missing(), (Fields{"city", "country"}));
    EXPECT_EQ(times_in_history("history.repair_lost"), 1);
}

// ---- Decisions

TEST_F(RepairsTest, decisions_are_facts_of_their_own_order) {
    const OrderId id = mirror(make_person());
    const OrderId other = clean_order(make_order("402-0000000-0000002"));
    write([&](db::Transaction& tx) {
        insert_decision(tx, id, "import_anyway", "total: 1.00 EUR", kNow);
        insert_decision(tx, id, "import_anyway", "total: 2.00 EUR", kNow);
    });
    CommonFacts common;
    const auto gathered = read([&](db::Reader& tx) {
        const std::vector<OrderId> ids{id, other};
        return gather_facts(tx, ids, kNow, common);
    });
    EXPECT_EQ(gathered.at(0).facts.decisions,
              (std::vector<domain::DecisionFacts>{{"import_anyway", "total: 1.00 EUR"},
                                                  {"import_anyway", "total: 2.00 EUR"}}));
    EXPECT_TRUE(gathered.at(1).facts.decisions.empty());
}

}  // namespace
}  // namespace fairway::store
