#pragma once
// What people mend of an order that cannot be imported as Amazon shows it: a shipping address of their own in
// place of Amazon's, and decisions, which are facts of every later plan.
#include <string>
#include <string_view>

#include "base/pii.hpp"
#include "store/orders.hpp"

namespace fairway::store {

// The whole address that the order is shipped to in place of Amazon's: fields of an earlier one beside those
// of a later one would lead nowhere. No read of Amazon touches it; it is sealed under the order's key and
// falls with it, and names are looked up by it. Needs a key that is there (Vault::has_key).
void save_repair(db::Transaction& tx, Vault& vault, const OrderRecord& order,
                 const Pii<domain::Address>& address, UtcTime now);
// not_found "not_repaired", or "key_destroyed" after erasure.
Result<Pii<domain::Address>> read_repair(db::Reader& tx, Vault& vault, OrderId id);
// The order is sealed anew under another key, with which the repair does not open: Amazon's address counts
// again.
void drop_repair(db::Transaction& tx, OrderId id, UtcTime now);

void insert_decision(db::Transaction& tx, OrderId id, std::string_view kind, std::string_view cause,
                     UtcTime now);

}  // namespace fairway::store
