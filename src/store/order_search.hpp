#pragma once
// Which orders the list shows, and in what sequence: their ids. However many orders there are and however few
// of them a filter finds, a page is found by reading a bounded number of rows wherever that is possible:
//   1. A condition that an index knows to hold for few orders: those are read and sorted.
//   2. Else an index that has the sequence of the sort is walked from the cursor on, for some rows.
//   Conditions
//      that hold for many orders fill a page soon.
//   3. Else the orders that fit lie far from the cursor, or far from each other. The walk goes on, each time
//      four times as far, as long as it is not clearly dearer than what is left: to read and sort the orders
//      of the condition that holds for the fewest, however many they are.
#include <cstdint>
#include <limits>
#include <vector>

#include "db/db.hpp"
#include "store/order_list.hpp"

namespace fairway::store {

struct SearchBounds {
    std::int64_t few = 2'000;           // orders that are read and sorted without more ado
    std::int64_t walked = 3'000;        // rows of the first walk
    std::int64_t walked_most = 48'000;  // rows of the last one
    std::int64_t many = 200'000;        // what is counted to find out which condition holds for the fewest
};

std::vector<OrderId> find_orders(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after,
                                 int limit, const SearchBounds& bounds = {});

// What orders are sorted by, as an expression over amazon_orders.
std::string sort_expression(OrderSort sort);
// Where an order without a ship-by date sorts: after all others. The same number stands in the index.
inline constexpr std::int64_t kNoShipBy = std::numeric_limits<std::int64_t>::max();

}  // namespace fairway::store
