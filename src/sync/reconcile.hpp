#pragma once
// Reconcile: gather the facts of dirty orders, let domain::plan decide, carry the plan out. With a back end
// in our own database nothing has to be called, so a whole batch of orders is planned and committed in one
// transaction.
#include <optional>

#include "db/db.hpp"
#include "store/orders.hpp"
#include "sync/context.hpp"

namespace fairway::sync {

struct ReconcileReport {
    std::int64_t orders = 0;   // looked at
    std::int64_t created = 0;  // commerce orders made
    std::int64_t blocked = 0;  // blocks set or changed
    std::int64_t failed = 0;   // left dirty because of an unexpected failure
};

// All dirty orders, of one store or of all. An order whose plan cannot be carried out stays dirty and stops
// nobody.
ReconcileReport reconcile(Context& context, std::optional<StoreId> store);

// One order inside the caller's transaction, to its end: what a person just did is followed at once by what
// it means.
Status reconcile_order(db::Transaction& tx, Context& context, OrderId order, ReconcileReport& report);

}  // namespace fairway::sync
