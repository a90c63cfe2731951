// The columns of each list that can be exported. Names and order are relied on by whoever reads the files:
// add at the end, and take nothing away.
#include <algorithm>
#include <array>

#include "api/exports.hpp"
#include "api/handlers.hpp"

namespace fairway::api {

namespace {

constexpr auto kDecimal = Column::Kind::decimal;

constexpr std::array kAmazonOrders{Column{"store", "store"},
                                   Column{"store_name", "store_name"},
                                   Column{"amazon_order_id", "amazon_order_id"},
                                   Column{"purchased_at", "purchased_at"},
                                   Column{"status", "status"},
                                   Column{"amazon_status", "amazon_status"},
                                   Column{"import_state", "import_state"},
                                   Column{"fulfilled_by", "fulfilled_by"},
                                   Column{"total", "total.amount", kDecimal},
                                   Column{"currency", "total.currency"},
                                   Column{"commerce_order", "commerce_order.number"},
                                   Column{"commerce_status", "commerce_order.status"},
                                   Column{"ship_by", "ship_by"},
                                   Column{"updated_at", "updated_at"},
                                   Column{"block", "block.reason"},
                                   Column{"note", "note"},
                                   Column{"cancel_request", "cancel_request.reason"},
                                   Column{"seller_skus", "items[].seller_sku"},
                                   Column{"titles", "items[].title"},
                                   Column{"quantities", "items[].quantity_ordered"},
                                   Column{"tracking", "packages[].tracking"},
                                   Column{"buyer_state", "buyer.state"},
                                   Column{"buyer_name", "buyer.name"},
                                   Column{"buyer_email", "buyer.email"},
                                   Column{"buyer_company", "buyer.company"},
                                   Column{"purchase_order_number", "buyer.purchase_order_number"},
                                   Column{"recipient_state", "recipient.state"},
                                   Column{"recipient_name", "recipient.name"},
                                   Column{"recipient_company", "recipient.company"},
                                   Column{"line1", "recipient.line1"},
                                   Column{"line2", "recipient.line2"},
                                   Column{"line3", "recipient.line3"},
                                   Column{"city", "recipient.city"},
                                   Column{"district", "recipient.district"},
                                   Column{"region", "recipient.region"},
                                   Column{"postal_code", "recipient.postal_code"},
                                   Column{"country", "recipient.country"},
                                   Column{"phone", "recipient.phone"},
                                   Column{"seller_central_link", "seller_central_link"}};

constexpr std::array kCommerceOrders{Column{"id", "id"},
                                     Column{"number", "number"},
                                     Column{"status", "status"},
                                     Column{"store", "store"},
                                     Column{"amazon_order_id", "amazon_order_id"},
                                     Column{"created_at", "created_at"},
                                     Column{"updated_at", "updated_at"},
                                     Column{"grand_total", "totals.grand_total.amount", kDecimal},
                                     Column{"currency", "totals.grand_total.currency"},
                                     Column{"item", "totals.item.amount", kDecimal},
                                     Column{"tax", "totals.tax.amount", kDecimal},
                                     Column{"shipping", "totals.shipping.amount", kDecimal},
                                     Column{"discount", "totals.discount.amount", kDecimal},
                                     Column{"gift_wrap", "totals.gift_wrap.amount", kDecimal},
                                     Column{"other", "totals.other.amount", kDecimal},
                                     Column{"product_skus", "lines[].product_sku"},
                                     Column{"quantities", "lines[].quantity_ordered"},
                                     Column{"invoices", "invoices[].number"},
                                     Column{"credit_memos", "credit_memos[].number"},
                                     Column{"tracking", "shipments[].packages[].tracking"},
                                     Column{"recipient_state", "recipient.state"},
                                     Column{"recipient_name", "recipient.name"},
                                     Column{"recipient_company", "recipient.company"},
                                     Column{"line1", "recipient.line1"},
                                     Column{"line2", "recipient.line2"},
                                     Column{"line3", "recipient.line3"},
                                     Column{"city", "recipient.city"},
                                     Column{"district", "recipient.district"},
                                     Column{"region", "recipient.region"},
                                     Column{"postal_code", "recipient.postal_code"},
                                     Column{"country", "recipient.country"},
                                     Column{"phone", "recipient.phone"}};

constexpr std::array kProducts{Column{"sku", "sku"},
                               Column{"name", "name"},
                               Column{"enabled", "enabled"},
                               Column{"quantity", "quantity"},
                               Column{"reserved", "reserved"},
                               Column{"salable", "salable"},
                               Column{"created_at", "created_at"},
                               Column{"updated_at", "updated_at"}};

constexpr std::array kListings{Column{"store", "store"},
                               Column{"seller_sku", "seller_sku"},
                               Column{"asin", "asin"},
                               Column{"title", "title"},
                               Column{"product_sku", "product_sku"},
                               Column{"matched_by_hand", "matched_by_hand"},
                               Column{"units", "units"}};

constexpr std::array kCommands{Column{"id", "id"},
                               Column{"kind", "kind"},
                               Column{"state", "state"},
                               Column{"account", "account"},
                               Column{"store", "store"},
                               Column{"amazon_order_id", "amazon_order_id"},
                               Column{"cause", "cause"},
                               Column{"code", "code"},
                               Column{"amazon_says", "amazon_says"},
                               Column{"attempts", "attempts"},
                               Column{"deadline", "deadline"},
                               Column{"accepted_at", "accepted_at"},
                               Column{"next_attempt_at", "next_attempt_at"},
                               Column{"created_at", "created_at"},
                               Column{"changed_at", "changed_at"}};

constexpr std::array kAttention{Column{"id", "id"},
                                Column{"kind", "kind"},
                                Column{"text", "text"},
                                Column{"store", "store"},
                                Column{"amazon_order_id", "amazon_order_id"},
                                Column{"opened_at", "opened_at"}};

constexpr std::array kSyncRuns{Column{"id", "id"},
                               Column{"state", "state"},
                               Column{"store", "store"},
                               Column{"orders_read", "orders_read"},
                               Column{"orders_changed", "orders_changed"},
                               Column{"error", "error"},
                               Column{"started_at", "started_at"},
                               Column{"finished_at", "finished_at"}};

constexpr std::array kAudit{Column{"id", "id"}, Column{"at", "at"}, Column{"actor", "actor"},
                            Column{"action", "action"}, Column{"object", "object"}};

constexpr std::array kQuarantine{Column{"id", "id"},
                                 Column{"account", "account"},
                                 Column{"amazon_order_id", "amazon_order_id"},
                                 Column{"error_code", "error_code"},
                                 Column{"error", "error"},
                                 Column{"field", "field"},
                                 Column{"times_seen", "times_seen"},
                                 Column{"first_seen_at", "first_seen_at"},
                                 Column{"last_seen_at", "last_seen_at"}};

constexpr std::array kCommunicationErrors{Column{"id", "id"},
                                          Column{"account", "account"},
                                          Column{"operation", "operation"},
                                          Column{"status", "status"},
                                          Column{"code", "code"},
                                          Column{"text", "text"},
                                          Column{"request_id", "request_id"},
                                          Column{"times", "times"},
                                          Column{"first_at", "first_at"},
                                          Column{"last_at", "last_at"}};

constexpr std::array kLists{
    ExportedList{"amazon-orders", list_amazon_orders, kAmazonOrders},
    ExportedList{"commerce-orders", list_commerce_orders, kCommerceOrders},
    ExportedList{"products", list_products, kProducts},
    ExportedList{"listings", list_listings, kListings},
    ExportedList{"commands", list_commands, kCommands},
    ExportedList{"attention", list_attention, kAttention},
    ExportedList{"sync-runs", list_sync_runs, kSyncRuns},
    ExportedList{"audit", list_audit, kAudit},
    ExportedList{"quarantine", list_quarantine, kQuarantine},
    ExportedList{"communication-errors", list_communication_errors, kCommunicationErrors},
};

}  // namespace

const ExportedList* find_exported_list(std::string_view name) {
    const auto* const list = std::ranges::find(kLists, name, &ExportedList::name);
    return list == kLists.end() ? nullptr : list;
}

}  // namespace fairway::api
