#pragma once
// What a store has sold, by UTC days of purchase. The table is kept by triggers of the database
// (migrations/*/0005_screens.sql), so it is what the orders say at any moment; nobody here writes it.
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"
#include "domain/money.hpp"

namespace fairway::store {

// Days since 1970-01-01.
std::int64_t day_of(UtcTime time);
UtcTime begin_of_day(std::int64_t day);

struct SalesDay {
    std::int64_t day = 0;
    std::int64_t orders = 0;  // without cancelled ones; those without a total, too
    domain::Money total{};    // of those whose total is in the currency that was asked for
};
// `days` days that end with `last`, those without sales too, the oldest first.
std::vector<SalesDay> list_sales(db::Reader& tx, StoreId store, domain::Currency currency, std::int64_t last,
                                 int days);

struct Sales {
    std::int64_t orders = 0;
    std::int64_t cancelled = 0;
    domain::Money total{};
};
// Of all time. Reads a row for each day.
Sales sum_sales(db::Reader& tx, StoreId store, domain::Currency currency);

// All orders that were ever mirrored, of one store or of all.
std::int64_t count_orders(db::Reader& tx, std::optional<StoreId> store = std::nullopt);

}  // namespace fairway::store
