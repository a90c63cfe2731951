#pragma once
// The Amazon order that a path names by its store and Amazon's id.
#include "api/call.hpp"
#include "store/orders.hpp"

namespace fairway::api {

// not_found "store_missing", "order_missing".
Result<store::OrderRecord> find_order(Call& call, db::Reader& tx);

}  // namespace fairway::api
