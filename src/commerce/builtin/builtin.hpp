#pragma once
// The built-in back end: commerce orders in Fairway's own database, so that an order is created in the same
// commit that says so in the mirror. The functions below are what people do with such orders; each runs
// inside a write transaction, marks the order dirty and leaves everything as it was when it returns an error.
#include <optional>
#include <string>
#include <vector>

#include "commerce/back_end.hpp"
#include "store/commerce_orders.hpp"

namespace fairway::commerce {

class Builtin final : public BackEnd {
public:
    Task<Status> prepare(const store::OrderRecord& order, const Intent& intent) override;
    Result<Applied> apply(db::Transaction& tx, const store::OrderRecord& order, const Intent& intent,
                          UtcTime now) override;
};

struct ShipItem {
    int line = 0;
    std::int64_t quantity = 0;
};
struct ShipPackage {
    std::string carrier{};
    std::string service{};
    std::string tracking{};
    std::optional<UtcTime> shipped_at{};  // default now; not in the future, not before the purchase
    std::vector<ShipItem> items{};        // empty: everything that is still open (only for a single package)
};
struct ShipRequest {
    std::vector<ShipPackage> packages{};
};
// invalid: quantity_exceeds_open, unknown_line, quantity_not_positive, tracking_missing, carrier_missing,
//   shipped_at_invalid, packages_missing, items_missing, text_invalid, too_long;  conflict:
//   duplicate_shipment (the same tracking and lines again), on_hold, order_closed, nothing_open, view_only.
Result<ShipmentId> ship(db::Transaction& tx, const store::CommerceOrderRecord& order,
                        const ShipRequest& request, domain::Origin origin, UtcTime now);

struct CreditRequest {
    std::vector<ShipItem> lines{};
    // Of the order's shipping; default: the lines' share, as far as it was not credited beforehand.
    std::optional<domain::Money> shipping{};
    // An amount beyond. Where neither is named, amounts that were credited beyond the lines beforehand are
    // taken off (a negative adjustment), so that units can always be credited.
    std::optional<domain::Money> adjustment{};
    bool return_to_stock = true;
};
// invalid: unknown_line, quantity_not_positive, quantity_exceeds_creditable, amount_invalid,
//   amount_exceeds_creditable, nothing_to_credit;  conflict: not_invoiced, view_only.
Result<CreditMemoId> credit(db::Transaction& tx, const store::CommerceOrderRecord& order,
                            const CreditRequest& request, domain::Origin origin, UtcTime now);

// conflict: already_invoiced, order_closed.
Result<InvoiceId> invoice(db::Transaction& tx, const store::CommerceOrderRecord& order, UtcTime now);
// Only before anything is invoiced or shipped. conflict: already_invoiced, already_shipped, order_closed,
//   view_only.
Status cancel(db::Transaction& tx, const store::CommerceOrderRecord& order, domain::Origin origin,
              UtcTime now);
// conflict: already_on_hold, order_closed / not_on_hold.
Status hold(db::Transaction& tx, const store::CommerceOrderRecord& order, domain::Origin origin, UtcTime now);
Status unhold(db::Transaction& tx, const store::CommerceOrderRecord& order, UtcTime now);
// invalid: text_missing, text_invalid, too_long (2,000 characters).
Result<CommentId> comment(db::Transaction& tx, const store::CommerceOrderRecord& order,
                          const std::string& author, const std::string& text, UtcTime now);

}  // namespace fairway::commerce
