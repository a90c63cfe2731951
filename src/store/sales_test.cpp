// What a store has sold, kept by triggers: whatever happens to an order, its day says what the orders say.
#include "store/sales.hpp"

#include "store/store_fixture.hpp"

namespace fairway::store {
namespace {

const domain::Currency kEur = domain::Currency::of("EUR");

class SalesTest : public StoreTest {
protected:
    static domain::AmazonOrder order(const std::string& id, std::optional<std::int64_t> minor,
                                     UtcTime purchased_at = kNow) {
        domain::AmazonOrder order = make_order(id);
        order.total.reset();
        if (minor) order.total = domain::Money{*minor, kEur};
        order.purchased_at = purchased_at;
        return order;
    }
    // The same order, later.
    void change(domain::AmazonOrder order, domain::AmazonStatus status, std::optional<std::int64_t> minor) {
        order.status = status;
        order.total.reset();
        if (minor) order.total = domain::Money{*minor, kEur};
        order.updated_at = order_of(order.id.str()).order.updated_at + seconds(1);
        upsert(incoming(order, "changed " + format_rfc3339(order.updated_at)));
    }
    Sales sum(StoreId of) {
        return read([&](db::Reader& tx) { return sum_sales(tx, of, kEur); });
    }
    void expect_sum(std::int64_t orders, std::int64_t cancelled, std::int64_t minor) {
        const Sales sales = sum(store);
        EXPECT_EQ(sales.orders, orders);
        EXPECT_EQ(sales.cancelled, cancelled);
        EXPECT_EQ(sales.total.minor, minor);
    }
    // What the orders themselves say, added up anew.
    std::vector<std::string> days_of(const std::string& sql) {
        std::vector<std::string> days;
        for (const db::Row& row : read([&](db::Reader& tx) { return tx.query(sql); })) {
            std::string day = row.get<std::string>(2);
            for (const std::size_t column : {0UL, 1UL, 3UL, 4UL, 5UL})
                day += " " + std::to_string(row.get<std::int64_t>(column));
            days.push_back(day);
        }
        return days;
    }
};

TEST_F(SalesTest, an_order_counts_from_when_it_is_seen_and_its_total_from_when_it_is_shown) {
    upsert(incoming(order("402-1", std::nullopt)));
    expect_sum(1, 0, 0);
    change(order("402-1", std::nullopt), domain::AmazonStatus::unshipped, 5990);
    expect_sum(1, 0, 5990);
    change(order("402-1", 5990), domain::AmazonStatus::shipped, 6100);
    expect_sum(1, 0, 6100);
}

TEST_F(SalesTest, a_cancelled_order_is_none) {
    upsert(incoming(order("402-1", 5990)));
    upsert(incoming(order("402-2", 1000)));
    change(order("402-1", 5990), domain::AmazonStatus::canceled, 5990);
    expect_sum(1, 1, 1000);
    EXPECT_EQ(read([&](db::Reader& tx) { return count_orders(tx, store); }), 2);
}

TEST_F(SalesTest, what_the_plan_makes_of_a_status_counts_too) {
    upsert(incoming(order("402-1", 5990)));
    write([&](db::Transaction& tx) { set_status(tx, OrderId{1}, domain::AmazonStatus::canceled, kNow); });
    expect_sum(0, 1, 0);
    write([&](db::Transaction& tx) { set_status(tx, OrderId{1}, domain::AmazonStatus::shipped, kNow); });
    expect_sum(1, 0, 5990);
}

TEST_F(SalesTest, days_are_those_of_utc_and_those_without_sales_are_there) {
    const UtcTime midnight = begin_of_day(day_of(kNow));
    upsert(incoming(order("402-1", 100, midnight - Duration(1))));
    upsert(incoming(order("402-2", 200, midnight)));
    upsert(incoming(order("402-3", 300, midnight + hours(24) - Duration(1))));
    upsert(incoming(order("402-4", 400, midnight - hours(24 * 3))));
    const auto days = read([&](db::Reader& tx) { return list_sales(tx, store, kEur, day_of(kNow), 3); });
    ASSERT_EQ(days.size(), 3U);
    EXPECT_EQ(days[0].orders, 0);
    EXPECT_EQ(days[1].total.minor, 100);
    EXPECT_EQ(days[2].total.minor, 500);
    EXPECT_EQ(days[2].orders, 2);
    EXPECT_EQ(days[2].day, day_of(kNow));
}

TEST_F(SalesTest, amounts_of_another_currency_are_not_added_up_with_the_stores_own) {
    domain::AmazonOrder foreign = order("402-1", 5990);
    foreign.total = domain::Money{700, domain::Currency::of("SEK")};
    upsert(incoming(foreign));
    expect_sum(1, 0, 0);
    const auto today = read([&](db::Reader& tx) { return list_sales(tx, store, kEur, day_of(kNow), 1); });
    EXPECT_EQ(today.at(0).orders, 1);
    EXPECT_EQ(today.at(0).total.minor, 0);
}

TEST_F(SalesTest, a_store_has_its_own) {
    const StoreId other = add_store("Amazon.fr", "A13V1IB3VIYZZH");
    upsert_into(other, incoming(order("402-1", 5990)));
    expect_sum(0, 0, 0);
    EXPECT_EQ(sum(other).total.minor, 5990);
    EXPECT_EQ(read([](db::Reader& tx) { return count_orders(tx); }), 1);
}

// Also what no function of ours does: a row that is changed by hand.
TEST_F(SalesTest, whatever_statement_changes_orders_the_days_are_what_the_orders_say) {
    add_store("Amazon.fr", "A13V1IB3VIYZZH");
    for (int i = 0; i < 12; ++i)
        upsert(incoming(order("402-" + std::to_string(i), i % 4 == 0 ? std::nullopt : std::optional(i * 100),
                              kNow - hours(i * 10))));
    for (const char* sql : {"UPDATE amazon_orders SET status = 'Canceled' WHERE id IN (2, 3, 4)",
                            "UPDATE amazon_orders SET status = 'Shipped' WHERE id IN (3, 5)",
                            "UPDATE amazon_orders SET store_id = 2 WHERE id IN (3, 4, 6)",
                            "UPDATE amazon_orders SET purchased_at = purchased_at - 86400000000 WHERE id > 8",
                            "UPDATE amazon_orders SET total_minor = NULL, currency = NULL WHERE id = 7",
                            "UPDATE amazon_orders SET total_minor = 1, currency = 'EUR' WHERE id IN (1, 5)"})
        write([&](db::Transaction& tx) { tx.execute(sql); });
    const auto kept = days_of(
        "SELECT store_id, day, currency, orders, cancelled, total_minor FROM sales_days "
        "WHERE orders + cancelled > 0 ORDER BY store_id, day, currency");
    const auto anew = days_of(
        "SELECT store_id, day, currency, SUM(one), SUM(1 - one), CAST(SUM(one * minor) AS BIGINT) FROM "
        "(SELECT store_id, purchased_at / 86400000000 AS day, COALESCE(currency, '') AS currency, "
        "CASE WHEN status = 'Canceled' THEN 0 ELSE 1 END AS one, COALESCE(total_minor, 0) AS minor "
        "FROM amazon_orders) AS each GROUP BY store_id, day, currency ORDER BY store_id, day, currency");
    EXPECT_GT(kept.size(), 5U);
    EXPECT_EQ(kept, anew);
}

}  // namespace
}  // namespace fairway::store
