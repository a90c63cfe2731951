#pragma once
// The filters of Amazon orders, as the list, its summary and what is done to all that they find read them.
#include "api/call.hpp"
#include "store/order_list.hpp"

namespace fairway::api {

// others: the query's further names that the route understands. Filters that are unknown, repeated or
// senseless are refused; buyer needs a caller who may see personal data.
Result<store::OrderFilter> read_order_filter(Call& call, std::initializer_list<std::string_view> others = {});
// purchased_at, updated_at, changed_at, ship_by, each with - for descending, into the filter.
Status read_order_sort(const Call& call, store::OrderFilter& filter);
// "-purchased_at:", which begins a cursor of this sort.
std::string cursor_prefix(const store::OrderFilter& filter);

// The query's filters as they may be kept: without the words of a name.
std::string describe_filters(const Call& call);

}  // namespace fairway::api
