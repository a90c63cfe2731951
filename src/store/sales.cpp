#include "store/sales.hpp"

#include "base/check.hpp"

namespace fairway::store {

namespace {

constexpr std::int64_t kDayMicros = 86'400'000'000;

}  // namespace

std::int64_t day_of(UtcTime time) { return to_micros(time) / kDayMicros; }
UtcTime begin_of_day(std::int64_t day) { return from_micros(day * kDayMicros); }

std::vector<SalesDay> list_sales(db::Reader& tx, StoreId store, domain::Currency currency, std::int64_t last,
                                 int days) {
    CHECK(days > 0, "a span has a day");
    const std::int64_t first = last - days + 1;
    std::vector<SalesDay> sales(static_cast<std::size_t>(days));
    for (int i = 0; i < days; ++i)
        sales[static_cast<std::size_t>(i)] = {.day = first + i, .total = domain::zero(currency)};
    // The primary key.
    for (const db::Row& row : tx.query("SELECT day, currency, orders, total_minor FROM sales_days "
                                       "WHERE store_id = $1 AND day >= $2 AND day <= $3",
                                       store, first, last)) {
        SalesDay& day = sales[static_cast<std::size_t>(row.get<std::int64_t>(0) - first)];
        day.orders += row.get<std::int64_t>(2);
        if (row.get<std::string>(1) == currency.str()) day.total.minor += row.get<std::int64_t>(3);
    }
    return sales;
}

Sales sum_sales(db::Reader& tx, StoreId store, domain::Currency currency) {
    // The primary key. Sums are cast because engines differ in the type they give them.
    const auto row = tx.one(
        "SELECT CAST(COALESCE(SUM(orders), 0) AS BIGINT), CAST(COALESCE(SUM(cancelled), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(CASE WHEN currency = $2 THEN total_minor ELSE 0 END), 0) AS BIGINT) "
        "FROM sales_days WHERE store_id = $1",
        store, currency.str());
    return {row->get<std::int64_t>(0), row->get<std::int64_t>(1), {row->get<std::int64_t>(2), currency}};
}

std::int64_t count_orders(db::Reader& tx, std::optional<StoreId> store) {
    // The primary key; for all stores the whole table, which has a row for each day of a store.
    const std::string sum = "SELECT CAST(COALESCE(SUM(orders + cancelled), 0) AS BIGINT) FROM sales_days";
    const auto row = store ? tx.one(sum + " WHERE store_id = $1", *store) : tx.one(sum);
    return row->get<std::int64_t>(0);
}

}  // namespace fairway::store
