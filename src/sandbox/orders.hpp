#pragma once
// An order as Amazon would keep it, and how the Orders API v2026-01-01 shows it.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "domain/marketplace.hpp"
#include "domain/order.hpp"
#include "json/json.hpp"

namespace fairway::sandbox {

// Amazon's spelling in 2026: PENDING_AVAILABILITY, PENDING, UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED, CANCELLED,
// UNFULFILLABLE.
using Status = std::string;

struct Line {
    std::string order_item_id{};
    std::string seller_sku{};
    std::string asin{};
    std::string title{};
    std::int64_t ordered = 0;
    std::int64_t fulfilled = 0;
    std::int64_t cancelled = 0;
    domain::Money unit_price{};  // before tax
    domain::Money tax{};         // of the whole line, shipping and wrap included
    domain::Money shipping{};
    domain::Money discount{};  // positive, on the goods
    domain::Money shipping_discount{};
    domain::Money gift_wrap{};
    std::string gift_message{};
    std::string cancel_request{};  // the buyer's reason, or ""
    std::string cancelled_by{};    // BUYER, MERCHANT, AMAZON

    std::int64_t open() const { return ordered - fulfilled - cancelled; }
    domain::Money item() const { return unit_price * ordered; }
    domain::Money all_discount() const { return discount + shipping_discount; }
    domain::Money total() const { return item() + tax + shipping + gift_wrap - all_discount(); }
};

struct Package {
    std::string reference_id{};
    std::string carrier_code{};
    std::string carrier_name{};
    std::string shipping_method{};
    std::string tracking{};
    UtcTime shipped_at{};
    UtcTime created_at{};
    std::vector<std::pair<std::string, std::int64_t>> items{};  // order item id, quantity
};

struct Order {
    std::string id{};
    std::string seller_id{};
    const domain::Marketplace* marketplace = nullptr;
    Status status = "PENDING";
    std::string fulfilled_by = "MERCHANT";
    std::vector<std::string> programs{};
    std::string replaces{};  // the original order's id, of a replacement
    bool paid = false;       // once: what is cancelled while it is pending never shows money
    UtcTime created_at{};
    UtcTime updated_at{};
    UtcTime ship_from{};
    UtcTime ship_by{};
    std::vector<Line> lines{};
    std::vector<Package> packages{};
    domain::Address recipient{};
    domain::Buyer buyer{};
    bool withhold_recipient = false;  // as if the application lacked the role
    // A grand total that is not the sum of the parts: what Amazon should never show, and has shown.
    std::optional<domain::Money> stated_total{};
    // The ledger: every confirmation that Amazon accepted, in order, as it was sent.
    json::Array confirmations{};

    domain::Money total() const;
    // The end of the window that the buyer was promised.
    UtcTime deliver_by() const { return ship_by + days(4); }
    // nullptr if there is none.
    Line* find_line(const std::string& order_item_id);
    const Line* find_line(const std::string& order_item_id) const;
};

using DataSets = std::set<std::string, std::less<>>;
// All names that includedData knows.
const DataSets& all_data_sets();

// Who looks at an order, and when. Restricted roles decide what of its personal data is shown.
struct Viewer {
    bool is_amazon = false;  // knows everything: the ledger
    bool may_ship = true;    // Direct to Consumer Shipping
    bool may_tax = false;    // Tax Invoicing, Tax Remittance
    UtcTime now{};           // the phone is not shown once the parcel should have arrived
};

// The order as searchOrders and getOrder show it with these data sets.
json::Value render_order(const Order& order, const DataSets& included, const Viewer& viewer);

// Payment is not authorised yet: no address, no money, nothing can be shipped.
bool is_pending(const Order& order);
bool has_program(const Order& order, std::string_view program);

// UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED or CANCELLED, as the quantities say; only for orders beyond PENDING.
Status status_of_quantities(const Order& order);

// Amazon's order life: whether a status may follow another.
bool may_follow(const Status& from, const Status& to);

}  // namespace fairway::sandbox
