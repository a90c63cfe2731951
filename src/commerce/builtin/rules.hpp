#pragma once
// What the built-in back end's actions are made of: checks of a request against the order, and the writing of
// shipments, credit memos and invoices with the status that follows. Inside one write transaction.
#include <vector>

#include "commerce/builtin/builtin.hpp"

namespace fairway::commerce {

// Closed, Canceled and Complete orders neither ship nor are held.
bool is_closed(const store::CommerceOrderRecord& order);
std::unexpected<Error> order_closed(const store::CommerceOrderRecord& order);

// A comment in the order's own history, by Fairway.
void say(db::Transaction& tx, CommerceOrderId id, domain::Note note, UtcTime now);

// The status that the quantities say: Shipped when nothing is open and something was shipped, Closed or
// Canceled when everything was withdrawn. An order on hold stays so unless it ended.
void refresh_status(db::Transaction& tx, CommerceOrderId id, UtcTime now);

InvoiceId invoice_order(db::Transaction& tx, const store::CommerceOrderRecord& order, UtcTime now);

Result<domain::CommerceShipment> check_shipment(db::Reader& tx, const store::CommerceOrderRecord& order,
                                                const ShipRequest& request, domain::Origin origin,
                                                UtcTime now);
ShipmentId save_shipment(db::Transaction& tx, const store::CommerceOrderRecord& order,
                         const domain::CommerceShipment& shipment, UtcTime now);

// Units that Amazon cancelled before they were shipped: credited with their stock returned, or only
// cancelled.
void withdraw_by_memo(db::Transaction& tx, const store::CommerceOrderRecord& order,
                      const std::vector<domain::LineQuantity>& lines, UtcTime now);
void withdraw_by_cancel(db::Transaction& tx, const store::CommerceOrderRecord& order,
                        const std::vector<domain::LineQuantity>& lines, UtcTime now);

Result<CreditMemoId> save_credit(db::Transaction& tx, const store::CommerceOrderRecord& order,
                                 const CreditRequest& request, domain::Origin origin, UtcTime now);

}  // namespace fairway::commerce
