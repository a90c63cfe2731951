#include "commerce/builtin/builtin.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "commerce/builtin/rules.hpp"
#include "domain/marketplace.hpp"
#include "store/products.hpp"

namespace fairway::commerce {

namespace {

using domain::CommerceStatus;
using store::CommerceLineRecord;
using store::CommerceOrderRecord;

domain::Currency currency_of(const domain::AmazonOrder& order) {
    if (order.total) return order.total->currency;
    for (const domain::OrderLine& line : order.lines)
        if (line.proceeds) return line.proceeds->item.currency;
    const domain::Marketplace* marketplace = domain::find_marketplace(order.marketplace);
    CHECK(marketplace != nullptr, "stores are made for known marketplaces only");
    return domain::Currency::of(marketplace->currency);
}

CommerceOrderRecord to_commerce_order(const store::OrderRecord& record, const domain::CreateOrder& intent) {
    const domain::Currency currency = currency_of(record.order);
    CommerceOrderRecord order{.number = {},
                              .store_id = record.store_id,
                              .order_id = record.id,
                              .amazon_order_id = record.order.id,
                              .status = CommerceStatus::processing,
                              .status_label = intent.status_label,
                              .currency = currency,
                              .other = record.order.order_other.value_or(domain::zero(currency))};
    for (const domain::NewCommerceLine& line : intent.lines) {
        const auto source = std::ranges::find(record.order.lines, line.line, &domain::OrderLine::line);
        CHECK(source != record.order.lines.end(), "an intent speaks of the order's own lines");
        order.lines.push_back({.quantities = {.line = line.line,
                                              .product_sku = line.product_sku,
                                              .units = line.units,
                                              .quantity_ordered = line.quantity,
                                              .quantity_cancelled = line.cancelled},
                               .order_item_id = source->order_item_id,
                               .seller_sku = source->seller_sku,
                               .title = source->title,
                               .parts = domain::charged_parts(record.order, *source, currency)});
    }
    return order;
}

// Pieces that must be there are taken of all lines before those that may be short take the rest.
Result<Applied> take_all(db::Transaction& tx, CommerceOrderId id, const domain::CreateOrder& intent,
                         UtcTime now) {
    for (const domain::NewCommerceLine& line : intent.lines) {
        const std::int64_t must = line.stock_to_take - line.stock_may_be_short;
        const auto taken = store::take_stock(tx, id, line.line, line.product_sku, must, 0, now);
        if (taken.taken == store::Taken::not_enough) return Applied::facts_moved;
    }
    for (const domain::NewCommerceLine& line : intent.lines) {
        const std::int64_t may = line.stock_may_be_short;
        const auto taken = store::take_stock(tx, id, line.line, line.product_sku, may, may, now);
        if (taken.shortfall > 0)
            say(tx, id,
                {"commerce.shortfall",
                 {{"quantity", std::to_string(taken.shortfall)}, {"product_sku", line.product_sku.str()}}},
                now);
    }
    return Applied::done;
}

struct Applier {
    db::Transaction& tx;
    const store::OrderRecord& record;
    UtcTime now;

    CommerceOrderRecord order() const {
        auto found = store::find_commerce_order_of(tx, record.id);
        CHECK(found.has_value(), "this intent speaks of an existing commerce order");
        return std::move(*found);
    }

    Result<Applied> operator()(const domain::CreateOrder& intent) const {
        CommerceOrderRecord order = to_commerce_order(record, intent);
        order.id = store::insert_commerce_order(tx, order, now);
        if (TRY(take_all(tx, order.id, intent, now)) == Applied::facts_moved) return Applied::facts_moved;
        say(tx, order.id, {"commerce.created", {{"amazon_order_id", record.order.id.str()}}}, now);
        // A replacement is sent free of charge; its original was invoiced.
        if (!record.order.replacement) invoice_order(tx, order, now);
        return Applied::done;
    }

    Result<Applied> operator()(const domain::RecordShipment& intent) const {
        const CommerceOrderRecord before = order();
        domain::CommerceShipment shipment{.origin = domain::Origin::amazon};
        for (const domain::ShippedPackage& package : intent.packages)
            shipment.packages.push_back({.carrier = package.carrier,
                                         .service = package.service,
                                         .tracking = package.tracking,
                                         .shipped_at = package.shipped_at.value_or(now),
                                         .items = package.items,
                                         .amazon_reference = package.amazon_reference});
        save_shipment(tx, before, shipment, now);
        return Applied::done;
    }

    Result<Applied> operator()(const domain::WithdrawUnits& intent) const {
        const CommerceOrderRecord before = order();
        if (intent.credit) withdraw_by_memo(tx, before, intent.lines, now);
        else withdraw_by_cancel(tx, before, intent.lines, now);
        say(tx, before.id, {"commerce.withdrawn_on_amazon", {}}, now);
        return Applied::done;
    }

    Result<Applied> operator()(const domain::CompleteOrder&) const {
        const CommerceOrderRecord before = order();
        store::set_commerce_status(tx, before.id, CommerceStatus::complete, std::nullopt, now);
        say(tx, before.id, {"commerce.completed", {}}, now);
        return Applied::done;
    }
};

// The import was switched off, or never on, for the Amazon order: it is only looked at.
Status check_not_view_only(db::Reader& tx, const CommerceOrderRecord& order) {
    const auto record = store::find_order(tx, order.order_id);
    CHECK(record.has_value(), "a commerce order belongs to a mirrored order");
    const domain::ImportState state = record->import_state;
    if (state != domain::ImportState::view_only && state != domain::ImportState::excluded) return {};
    return fail(ErrorKind::conflict, "view_only",
                "order " + order.number + " belongs to an Amazon order that is only viewed here");
}

}  // namespace

Task<Status> Builtin::prepare(const store::OrderRecord&, const Intent&) { co_return Status{}; }

Result<Applied> Builtin::apply(db::Transaction& tx, const store::OrderRecord& order, const Intent& intent,
                               UtcTime now) {
    return std::visit(Applier{tx, order, now}, intent);
}

Result<ShipmentId> ship(db::Transaction& tx, const CommerceOrderRecord& order, const ShipRequest& request,
                        domain::Origin origin, UtcTime now) {
    TRY(check_not_view_only(tx, order));
    if (order.status == CommerceStatus::on_hold)
        return fail(ErrorKind::conflict, "on_hold",
                    "order " + order.number + " is on hold; release it first");
    const domain::CommerceShipment shipment = TRY(check_shipment(tx, order, request, origin, now));
    const ShipmentId id = save_shipment(tx, order, shipment, now);
    store::mark_dirty(tx, order.order_id);
    return id;
}

Result<CreditMemoId> credit(db::Transaction& tx, const CommerceOrderRecord& order,
                            const CreditRequest& request, domain::Origin origin, UtcTime now) {
    TRY(check_not_view_only(tx, order));
    if (!order.invoiced)
        return fail(ErrorKind::conflict, "not_invoiced",
                    "order " + order.number + " is not invoiced; cancel it instead");
    const CreditMemoId id = TRY(save_credit(tx, order, request, origin, now));
    store::mark_dirty(tx, order.order_id);
    return id;
}

Result<InvoiceId> invoice(db::Transaction& tx, const CommerceOrderRecord& order, UtcTime now) {
    if (order.invoiced)
        return fail(ErrorKind::conflict, "already_invoiced",
                    "order " + order.number + " is invoiced already");
    if (is_closed(order)) return order_closed(order);
    const InvoiceId id = invoice_order(tx, order, now);
    store::mark_dirty(tx, order.order_id);
    return id;
}

Status cancel(db::Transaction& tx, const CommerceOrderRecord& order, domain::Origin, UtcTime now) {
    TRY(check_not_view_only(tx, order));
    if (is_closed(order)) return order_closed(order);
    if (order.invoiced)
        return fail(ErrorKind::conflict, "already_invoiced",
                    "order " + order.number + " is invoiced; make a credit memo instead");
    std::vector<domain::LineQuantity> lines;
    for (const CommerceLineRecord& line : order.lines) {
        if (line.quantities.quantity_shipped > 0)
            return fail(ErrorKind::conflict, "already_shipped",
                        "units of order " + order.number + " are shipped; they cannot be cancelled");
        if (line.quantities.open() > 0) lines.push_back({line.quantities.line, line.quantities.open()});
    }
    withdraw_by_cancel(tx, order, lines, now);
    say(tx, order.id, {"commerce.canceled", {}}, now);
    store::mark_dirty(tx, order.order_id);
    return {};
}

Status hold(db::Transaction& tx, const CommerceOrderRecord& order, domain::Origin, UtcTime now) {
    if (order.status == CommerceStatus::on_hold)
        return fail(ErrorKind::conflict, "already_on_hold", "order " + order.number + " is on hold already");
    if (is_closed(order)) return order_closed(order);
    store::set_commerce_status(tx, order.id, CommerceStatus::on_hold, order.status, now);
    say(tx, order.id, {"commerce.held", {}}, now);
    store::mark_dirty(tx, order.order_id);
    return {};
}

Status unhold(db::Transaction& tx, const CommerceOrderRecord& order, UtcTime now) {
    if (order.status != CommerceStatus::on_hold)
        return fail(ErrorKind::conflict, "not_on_hold", "order " + order.number + " is not on hold");
    store::set_commerce_status(tx, order.id, order.status_before_hold.value_or(CommerceStatus::processing),
                               std::nullopt, now);
    refresh_status(tx, order.id, now);
    say(tx, order.id, {"commerce.unheld", {}}, now);
    store::mark_dirty(tx, order.order_id);
    return {};
}

Result<CommentId> comment(db::Transaction& tx, const CommerceOrderRecord& order, const std::string& author,
                          const std::string& text, UtcTime now) {
    constexpr std::size_t kLengthMax = 2'000;
    if (!is_valid_utf8(text))
        return fail(ErrorKind::invalid, "text_invalid", "a comment is text in UTF-8", "text");
    if (trim(text).empty()) return fail(ErrorKind::invalid, "text_missing", "a comment needs a text", "text");
    if (utf8_length(text) > kLengthMax)
        return fail(ErrorKind::invalid, "too_long", "a comment has at most 2,000 characters", "text");
    store::touch(tx, order.id, now);
    return store::insert_comment(tx, order.id, {.author = author, .note = {}, .text = text}, now);
}

}  // namespace fairway::commerce
