// What the screens ask of lists that are not of Amazon orders: products, listings, commerce orders, errors of
// communication, and the database itself.
#include <algorithm>

#include "store/access.hpp"
#include "store/commerce_orders.hpp"
#include "store/communication_errors.hpp"
#include "store/products.hpp"
#include "store/store_fixture.hpp"
#include "store/system.hpp"

namespace fairway::store {
namespace {

using Strings = std::vector<std::string>;

class ScreensTest : public StoreTest {
protected:
    void add_product(const std::string& sku, const std::string& name, bool enabled = true) {
        must(write([&](db::Transaction& tx) -> Result<int> {
            TRY(insert_product(tx, ProductSku(sku), name, enabled, 1, kNow));
            return 0;
        }));
    }
    Strings products(const ProductFilter& filter, const std::string& after = "", int limit = 50) {
        Strings skus;
        for (const ProductRecord& each :
             read([&](db::Reader& tx) { return list_products(tx, filter, ProductSku(after), limit); }))
            skus.push_back(each.sku.str());
        return skus;
    }
    Strings listings(const ListingFilter& filter) {
        Strings skus;
        for (const ListingRecord& each :
             read([&](db::Reader& tx) { return list_listings(tx, filter, {}, {}, 50); }))
            skus.push_back(each.seller_sku.str());
        return skus;
    }
    CommerceOrderId add_commerce(const std::string& id, const std::string& number, UtcTime created_at) {
        const OrderId order = clean_order(make_order(id));
        const domain::Currency eur = domain::Currency::of("EUR");
        return write([&](db::Transaction& tx) {
            return insert_commerce_order(tx,
                                         {.number = number,
                                          .store_id = store,
                                          .order_id = order,
                                          .currency = eur,
                                          .other = domain::zero(eur)},
                                         created_at);
        });
    }
    // Every page, of that size.
    Strings walk(const CommerceOrderFilter& filter, int limit = 2) {
        Strings numbers;
        std::optional<CommerceOrderCursor> after;
        for (int pages = 0; pages < 20; ++pages) {
            const auto page =
                read([&](db::Reader& tx) { return list_commerce_orders(tx, filter, after, limit); });
            for (const CommerceOrderRecord& each : page) numbers.push_back(each.number);
            if (page.size() < static_cast<std::size_t>(limit)) return numbers;
            after = {page.back().created_at, page.back().number, page.back().id};
        }
        ADD_FAILURE() << "the list does not end";
        return numbers;
    }
    CommunicationErrorId add_error(UtcTime at, AccountId of) {
        return write([&](db::Transaction& tx) {
            return insert_communication_error(tx, {.account_id = of,
                                                   .operation = "getOrder",
                                                   .code = "timeout",
                                                   .first_at = at,
                                                   .last_at = at});
        });
    }
    std::size_t count_errors(std::optional<AccountId> of = std::nullopt) {
        return read([&](db::Reader& tx) { return list_communication_errors(tx, of, std::nullopt, 50); })
            .size();
    }
};

TEST_F(ScreensTest, products_are_found_by_a_part_of_sku_or_name_in_any_case) {
    add_product("KET-1", "Red kettle");
    add_product("MUG-1", "Mug for ketTLES", false);
    add_product("MUG-2", "Città");
    EXPECT_EQ(products({.q = "kettle"}), (Strings{"KET-1", "MUG-1"}));
    EXPECT_EQ(products({.q = "g-"}), (Strings{"MUG-1", "MUG-2"}));
    EXPECT_EQ(products({.q = "à"}), Strings{"MUG-2"});
    EXPECT_EQ(products({.q = "%"}), Strings{});
    EXPECT_EQ(products({.q = "kettle", .enabled = true}), Strings{"KET-1"});
    EXPECT_EQ(products({.enabled = false}), Strings{"MUG-1"});
    EXPECT_EQ(products({.q = "mug"}, "MUG-1", 1), Strings{"MUG-2"});
}

TEST_F(ScreensTest, listings_are_found_by_what_they_say_and_by_their_product) {
    add_product("KETTLE", "Kettle");
    write([&](db::Transaction& tx) {
        note_listing(tx, store, SellerSku("A-1"), Asin("B000000001"), "Red Kettle", kNow);
        note_listing(tx, store, SellerSku("B-1"), Asin("B000000002"), "Mug", kNow);
        must(match_listing(tx, store, SellerSku("B-1"), ProductSku("KETTLE"), 1, kNow)
                 ? Result<int>(0)
                 : Result<int>(fail(ErrorKind::internal, "", "")));
    });
    EXPECT_EQ(listings({.q = "kettle"}), (Strings{"A-1", "B-1"}));
    EXPECT_EQ(listings({.q = "b000000002"}), Strings{"B-1"});
    EXPECT_EQ(listings({.state = ListingState::unmatched, .q = "-1"}), Strings{"A-1"});
    EXPECT_EQ(listings({.q = "nothing"}), Strings{});
}

TEST_F(ScreensTest, the_listings_of_a_deleted_store_are_not_shown) {
    write([&](db::Transaction& tx) {
        note_listing(tx, store, SellerSku("A-1"), Asin("B1"), "Kettle", kNow);
        tx.execute("UPDATE stores SET deleted_at = 1");
    });
    EXPECT_EQ(listings({}), Strings{});
}

TEST_F(ScreensTest, commerce_orders_are_sorted_by_time_or_number_both_ways_in_pages) {
    // Numbers of another order than times, and two of one moment.
    add_commerce("402-1", "000000003", kNow);
    add_commerce("402-2", "000000001", kNow + hours(1));
    add_commerce("402-3", "000000002", kNow + hours(1));
    add_commerce("402-4", "402-9", kNow - hours(1));
    add_commerce("402-5", "000000005", kNow + hours(2));
    const Strings by_time{"000000005", "000000002", "000000001", "000000003", "402-9"};
    const Strings by_number{"000000001", "000000002", "000000003", "000000005", "402-9"};
    for (const int limit : {1, 2, 3, 9}) {
        EXPECT_EQ(walk({}, limit), by_time);
        EXPECT_EQ(walk({.ascending = true}, limit), Strings(by_time.rbegin(), by_time.rend()));
        EXPECT_EQ(walk({.sort = CommerceOrderSort::number, .ascending = true}, limit), by_number);
        EXPECT_EQ(walk({.store = store, .q = "000", .sort = CommerceOrderSort::number}, limit),
                  (Strings{"000000005", "000000003", "000000002", "000000001"}));
    }
}

TEST_F(ScreensTest, commerce_orders_are_found_by_number_amazon_order_and_time) {
    add_commerce("402-1", "000000012", kNow);
    add_commerce("403-1", "000000122", kNow + hours(1));
    EXPECT_EQ(walk({.q = "12"}), Strings{"000000012"});
    EXPECT_EQ(walk({.q = "0000001"}), Strings{"000000122"});
    EXPECT_EQ(walk({.q = "403-"}), Strings{"000000122"});
    EXPECT_EQ(walk({.created_from = kNow + hours(1)}), Strings{"000000122"});
    EXPECT_EQ(walk({.created_to = kNow + hours(1)}), Strings{"000000012"});
    EXPECT_EQ(walk({.status = domain::CommerceStatus::complete, .sort = CommerceOrderSort::number}),
              Strings{});
}

TEST_F(ScreensTest, errors_of_communication_are_newest_first_and_of_one_account_if_asked) {
    const auto first = add_error(kNow, account);
    const auto second = add_error(kNow, account);
    const auto listed =
        read([&](db::Reader& tx) { return list_communication_errors(tx, account, std::nullopt, 50); });
    ASSERT_EQ(listed.size(), 2U);
    EXPECT_EQ(listed[0].id, second);
    EXPECT_EQ(listed[1].id, first);
    EXPECT_EQ(count_errors(AccountId{9}), 0U);
    EXPECT_EQ(read([&](db::Reader& tx) { return list_communication_errors(tx, {}, second, 50); }).size(), 1U);
}

TEST_F(ScreensTest, an_error_that_comes_again_is_shown_as_it_came_last) {
    const auto id = add_error(kNow, account);
    write([&](db::Transaction& tx) {
        update_communication_error(
            tx, {.id = id, .text = "late", .request_id = "r-2", .times = 7, .last_at = kNow + hours(1)});
    });
    const auto row = read([&](db::Reader& tx) { return list_communication_errors(tx, {}, {}, 50); }).at(0);
    EXPECT_EQ(row.times, 7);
    EXPECT_EQ(row.text, "late");
    EXPECT_EQ(row.request_id, "r-2");
    EXPECT_EQ(row.first_at, kNow);
    EXPECT_EQ(row.last_at, kNow + hours(1));
}

TEST_F(ScreensTest, errors_of_communication_are_kept_for_thirty_days_and_ten_thousand_rows) {
    add_error(kNow, account);
    add_error(kNow + days(1), account);
    add_error(kNow + days(30), account);
    EXPECT_EQ(count_errors(), 3U);
    add_error(kNow + days(30) + Duration(1), account);
    EXPECT_EQ(count_errors(), 3U);
    // As if so many had been written: the next one has the id 10,003.
    write([](db::Transaction& tx) {
        tx.execute("UPDATE communication_errors SET id = 10002 WHERE id = 4");
        tx.execute("UPDATE communication_errors SET last_at = last_at + 86400000000000 WHERE id > 0");
    });
    if (db->engine() == db::Engine::postgresql)
        write([](db::Transaction& tx) {
            tx.script("ALTER TABLE communication_errors ALTER COLUMN id RESTART WITH 10003");
        });
    add_error(kNow + days(30), account);
    EXPECT_EQ(count_errors(), 2U) << "ids up to 3 are ten thousand behind";
}

TEST_F(ScreensTest, the_database_tells_its_size_and_its_schema) {
    const DatabaseFacts facts = read([&](db::Reader& tx) { return read_database_facts(tx, db->engine()); });
    EXPECT_GT(facts.size_bytes, 100'000);
    EXPECT_EQ(facts.schema, static_cast<int>(migrations_for(db->engine()).size()));
}

TEST_F(ScreensTest, the_last_backup_is_the_newest) {
    EXPECT_EQ(read(find_last_backup), std::nullopt);
    write([](db::Transaction& tx) { note_backup(tx, kNow); });
    write([](db::Transaction& tx) { note_backup(tx, kNow + hours(1)); });
    EXPECT_EQ(read(find_last_backup), kNow + hours(1));
}

TEST_F(ScreensTest, the_last_run_of_a_store_is_one_that_read_it_and_has_ended) {
    const auto last = [&](UtcTime since) {
        const auto run = read([&](db::Reader& tx) { return find_last_run(tx, store, since); });
        return run ? run->id.str() : "";
    };
    EXPECT_EQ(last(kNow), "");
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    write([&](db::Transaction& tx) {
        finish_run(tx, start_run(tx, std::nullopt, kNow), std::nullopt, kNow);
        finish_run(tx, start_run(tx, store, kNow + hours(1)), std::nullopt, kNow);
        finish_run(tx, start_run(tx, other, kNow + hours(2)), std::nullopt, kNow);
        start_run(tx, store, kNow + hours(3));
    });
    EXPECT_EQ(last(kNow), "sy_2");
    EXPECT_EQ(last(kNow + hours(2)), "") << "before the store was added";
}

}  // namespace
}  // namespace fairway::store
