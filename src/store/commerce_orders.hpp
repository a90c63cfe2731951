#pragma once
// The built-in back end's orders as rows: lines, invoices, shipments with packages, credit memos, comments.
// What may happen to them is decided in commerce/builtin.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"
#include "domain/commerce.hpp"
#include "domain/order.hpp"
#include "domain/plan.hpp"

namespace fairway::store {

struct CommerceLineRecord {
    domain::CommerceLine quantities{};
    OrderItemId order_item_id{};
    SellerSku seller_sku{};
    std::string title{};
    domain::Parts parts{};  // for all units ordered
};

struct InvoiceRecord {
    InvoiceId id{};
    std::string number{};
    domain::Parts parts{};
    UtcTime created_at{};
};

struct CreditMemoRecord {
    CreditMemoId id{};
    std::string number{};
    domain::Origin origin = domain::Origin::operator_;
    std::vector<domain::LineQuantity> lines{};
    domain::Parts parts{};
    domain::Money adjustment{};  // an amount beyond lines and shipping
    bool return_to_stock = true;
    UtcTime created_at{};

    domain::Money total() const { return parts.total() + adjustment; }
};

struct CommentRecord {
    CommentId id{};
    std::string author{};
    domain::Note note{};  // code "" for what a person wrote
    std::string text{};
    UtcTime created_at{};
};

struct ShipmentRecord {
    domain::CommerceShipment shipment{};
    UtcTime created_at{};
};

struct CommerceOrderRecord {
    CommerceOrderId id{};
    std::string number{};
    StoreId store_id{};
    OrderId order_id{};
    AmazonOrderId amazon_order_id{};
    domain::CommerceStatus status = domain::CommerceStatus::pending;
    std::optional<std::string> status_label{};
    std::optional<domain::CommerceStatus> status_before_hold{};
    domain::Currency currency{};
    domain::Money other{};  // charged on the order and on no line
    bool invoiced = false;
    std::vector<CommerceLineRecord> lines{};
    std::vector<InvoiceRecord> invoices{};
    std::vector<ShipmentRecord> shipments{};
    std::vector<CreditMemoRecord> credit_memos{};
    std::vector<CommentRecord> comments{};
    UtcTime created_at{};
    UtcTime updated_at{};

    domain::Parts totals() const;  // lines and the order's own charges; totals().total() is the grand total
    // The custom status while the order is Processing, else the status.
    std::string status_text() const;
    domain::CommerceOrder facts() const;
};

std::optional<CommerceOrderRecord> find_commerce_order(db::Reader& tx, CommerceOrderId id);
std::optional<CommerceOrderRecord> find_commerce_order_of(db::Reader& tx, OrderId order);
// What facts() of these records would be, without reading the rest; those that there are.
std::map<OrderId, domain::CommerceOrder> find_commerce_facts_of(db::Reader& tx,
                                                                std::span<const OrderId> orders);

enum class CommerceOrderSort { created_at, number };
struct CommerceOrderFilter {
    std::optional<AmazonOrderId> amazon_order_id{};
    std::optional<domain::CommerceStatus> status{};
    std::optional<StoreId> store{};
    std::string q{};  // the beginning of a number or of an Amazon order id; empty: all
    std::optional<UtcTime> created_from{};
    std::optional<UtcTime> created_to{};  // exclusive
    CommerceOrderSort sort = CommerceOrderSort::created_at;
    bool ascending = false;
};
// The last row of the previous page.
struct CommerceOrderCursor {
    UtcTime created_at{};
    std::string number{};
    CommerceOrderId id{};
};
std::vector<CommerceOrderRecord> list_commerce_orders(db::Reader& tx, const CommerceOrderFilter& filter,
                                                      const std::optional<CommerceOrderCursor>& after,
                                                      int limit);

// The next number of a kind ("order", "invoice", "credit_memo"), nine digits, "000000012".
std::string next_number(db::Transaction& tx, std::string_view kind);
// Leaves 1,000 numbers of each kind out: the database was restored, and some of them may be printed already.
void leave_out_numbers(db::Transaction& tx);

// id is assigned; lines, order and money must be set. number empty: the next one.
CommerceOrderId insert_commerce_order(db::Transaction& tx, const CommerceOrderRecord& order, UtcTime now);
void update_quantities(db::Transaction& tx, CommerceOrderId id, const domain::CommerceLine& line,
                       UtcTime now);
void set_commerce_status(db::Transaction& tx, CommerceOrderId id, domain::CommerceStatus status,
                         std::optional<domain::CommerceStatus> status_before_hold, UtcTime now);
InvoiceRecord insert_invoice(db::Transaction& tx, CommerceOrderId id, const domain::Parts& parts,
                             UtcTime now);
// Returns the shipment's id; packages get their ids.
ShipmentId insert_shipment(db::Transaction& tx, CommerceOrderId id, domain::CommerceShipment shipment,
                           UtcTime now);
CreditMemoId insert_credit_memo(db::Transaction& tx, CommerceOrderId id, const CreditMemoRecord& memo,
                                UtcTime now);
// Leaves the order's row alone: what Fairway says is about a change that has touched it.
CommentId insert_comment(db::Transaction& tx, CommerceOrderId id, const CommentRecord& comment, UtcTime now);
// The order has changed. What one moment does to it in several steps changes its row once.
void touch(db::Transaction& tx, CommerceOrderId id, UtcTime now);

}  // namespace fairway::store
