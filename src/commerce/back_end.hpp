#pragma once
// The port to where commerce orders, products and stock live. An intent is one thing Fairway asks of a back
// end; it is unique by (order, kind, cause). A back end implements what it needs: one that must be called
// works in prepare(), one stage per call and each stage committed before the next; one that shares our
// database works in apply() alone. After a restore the intents of what was done since are gone: a back end
// of its own looks for the order it is to create (by Amazon's order id) before it creates one. One in our
// database was restored with it.
#include <variant>

#include "base/task.hpp"
#include "db/db.hpp"
#include "domain/plan.hpp"
#include "store/orders.hpp"

namespace fairway::commerce {

using Intent =
    std::variant<domain::CreateOrder, domain::RecordShipment, domain::WithdrawUnits, domain::CompleteOrder>;

// What came of an intent inside the commit.
enum class Applied {
    done,
    facts_moved,  // what the plan saw is no longer so (the last piece was taken): plan again
};

class BackEnd {
public:
    virtual ~BackEnd() = default;
    // Outside any transaction. Nothing to do for a back end in our own database.
    virtual Task<Status> prepare(const store::OrderRecord& order, const Intent& intent) = 0;
    // Inside the commit of the order's plan; facts_moved leaves the transaction to be rolled back.
    virtual Result<Applied> apply(db::Transaction& tx, const store::OrderRecord& order, const Intent& intent,
                                  UtcTime now) = 0;
};

}  // namespace fairway::commerce
