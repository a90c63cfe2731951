#include "api/render.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/marketplace.hpp"
#include "store/repairs.hpp"

namespace fairway::api {

namespace {

std::optional<std::string> maybe(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

// Of an Address or a Recipient, the fields that both have.
template <class Shape>
void show(const domain::Address& address, Shape& out) {
    out.name = maybe(address.name);
    out.company = maybe(address.company);
    out.line1 = maybe(address.line1);
    out.line2 = maybe(address.line2);
    out.line3 = maybe(address.line3);
    out.city = maybe(address.city);
    out.district = maybe(address.district);
    out.region = maybe(address.region);
    out.postal_code = maybe(address.postal_code);
    out.country = maybe(address.country);
    out.phone = maybe(address.phone);
}

struct Personal {
    Recipient recipient{};
    Buyer buyer{};
};

// Most orders have none: nothing is asked of the database for them.
std::optional<Pii<domain::Address>> read_repair(const Call& call, db::Reader& tx,
                                                const store::OrderRecord& record) {
    if (!record.address_repaired_at) return std::nullopt;
    auto repair = store::read_repair(tx, call.services.sync.vault, record.id);
    return repair ? std::optional(*std::move(repair)) : std::nullopt;
}

// For those who may see it. Withheld data is said to be so; nothing is invented in its place.
Personal render_personal(Call& call, db::Reader& tx, const store::OrderRecord& record) {
    Personal out;
    out.recipient.state = domain::to_text(record.order.recipient_state);
    out.buyer.state = domain::to_text(record.order.buyer_state);
    out.recipient.repaired = record.address_repaired_at.has_value();
    if (record.order.recipient_state == domain::DataState::withheld && !out.recipient.repaired)
        out.recipient.name = domain::render("recipient.withheld", {}, call.language);
    if (!call.principal.buyer_data) return out;
    const auto personal = store::read_personal(tx, call.services.sync.vault, record.id);
    if (!personal) {
        // Its key is destroyed: what was granted once is gone.
        for (Text* state : {&out.recipient.state, &out.buyer.state})
            if (*state == domain::to_text(domain::DataState::granted))
                *state = domain::to_text(domain::DataState::expired);
        return out;
    }
    const domain::PersonalData& data = personal->reveal();
    call.persons_shown.insert(record.order.id);
    const bool granted = data.recipient && record.order.recipient_state == domain::DataState::granted;
    const auto repair = read_repair(call, tx, record);
    if (repair) {
        show(repair->reveal(), out.recipient);
        if (granted) show(*data.recipient, out.recipient.on_amazon.emplace());
    } else if (granted) {
        show(*data.recipient, out.recipient);
    }
    if (data.buyer)
        out.buyer = {out.buyer.state, maybe(data.buyer->name), maybe(data.buyer->email),
                     maybe(data.buyer->company), maybe(data.buyer->purchase_order_number)};
    return out;
}

Fix render_fix(const Call& call, const store::OrderRecord& record, const domain::Block& block) {
    const std::string& base = call.services.public_url;
    const auto product = [&](std::string_view kind, const std::string& sku) {
        return Fix{std::string(kind), maybe(sku), base + "/products/" + percent_encode(sku)};
    };
    switch (block.reason) {
        case domain::BlockReason::product_missing: return product("product", block.seller_sku.str());
        case domain::BlockReason::product_disabled: return product("product", block.product_sku.str());
        case domain::BlockReason::out_of_stock: return product("stock", block.product_sku.str());
        case domain::BlockReason::address_invalid:
        case domain::BlockReason::money_mismatch:
        case domain::BlockReason::refused: break;
    }
    return {"order", maybe(block.product_sku.str()),
            base + "/amazon-orders/" + record.store_id.str() + "/" + percent_encode(record.order.id.str())};
}

std::optional<Block> render_block(const Call& call, const store::OrderRecord& record) {
    if (!record.block) return std::nullopt;
    Block block{.reason = std::string(domain::to_text(record.block->reason)),
                .detail = domain::render(domain::block_note(*record.block), call.language),
                .line = std::nullopt,
                .amounts = amounts_of(*record.block),
                .fix = render_fix(call, record, *record.block)};
    if (record.block->line > 0) block.line = record.block->line;
    return block;
}

std::optional<std::string> seller_central_link(const store::OrderRecord& record) {
    const domain::Marketplace* marketplace = domain::find_marketplace(record.order.marketplace);
    if (marketplace == nullptr) return std::nullopt;
    return domain::seller_central_link(*marketplace, record.order.id);
}

// Where the order's number leads: the commerce order, Seller Central for what is only looked at, else our own
// page.
std::string link_of(const Call& call, const store::OrderRecord& record,
                    const std::optional<store::CommerceOrderRecord>& commerce) {
    const std::string& base = call.services.public_url;
    if (commerce) return base + "/commerce-orders/" + commerce->id.str();
    const bool looked_at = record.import_state == domain::ImportState::view_only ||
                           record.import_state == domain::ImportState::excluded;
    if (looked_at)
        if (auto link = seller_central_link(record)) return *std::move(link);
    return base + "/amazon-orders/" + record.store_id.str() + "/" + percent_encode(record.order.id.str());
}

std::vector<LineQuantity> render_items(const domain::AmazonOrder& order,
                                       const domain::AmazonPackage& package) {
    std::vector<LineQuantity> items;
    for (const domain::PackageItem& item : package.items) {
        const domain::OrderLine* line = order.find_line(item.order_item_id);
        if (line != nullptr) items.push_back({line->line, item.quantity});
    }
    return items;
}

std::vector<LineQuantity> render_quantities(const std::vector<domain::LineQuantity>& quantities) {
    std::vector<LineQuantity> out;
    for (const domain::LineQuantity& each : quantities) out.push_back({each.line, each.quantity});
    return out;
}

AmazonOrderItem render_item(const domain::AmazonOrder& order, const domain::OrderLine& line) {
    AmazonOrderItem item{.line = line.line,
                         .order_item_id = line.order_item_id.str(),
                         .seller_sku = maybe(line.seller_sku.str()),
                         .asin = maybe(line.asin.str()),
                         .title = maybe(line.title),
                         .quantity_ordered = line.quantity_ordered,
                         .quantity_shipped = line.quantity_fulfilled,
                         .quantity_cancelled = domain::cancelled_units(order, line),
                         .proceeds = std::nullopt};
    if (line.proceeds) item.proceeds = render(*line.proceeds);
    return item;
}

Shipment render_shipment(const store::ShipmentRecord& record) {
    Shipment shipment{.id = record.shipment.id.str(),
                      .origin = std::string(domain::to_text(record.shipment.origin)),
                      .packages = {},
                      .created_at = record.created_at};
    for (const domain::CommercePackage& package : record.shipment.packages)
        shipment.packages.push_back({package.carrier, package.service, package.tracking, package.shipped_at,
                                     maybe(package.amazon_reference), render_quantities(package.items)});
    return shipment;
}

CreditMemo render_memo(const store::CreditMemoRecord& record) {
    return {.id = record.id.str(),
            .number = record.number,
            .origin = std::string(domain::to_text(record.origin)),
            .lines = render_quantities(record.lines),
            .parts = render(record.parts),
            .adjustment = render(record.adjustment),
            .grand_total = render(record.total()),
            .return_to_stock = record.return_to_stock,
            .created_at = record.created_at};
}

CommerceLine render_line(const store::CommerceLineRecord& record) {
    const domain::CommerceLine& quantities = record.quantities;
    const Parts parts = render(record.parts);
    return {.line = quantities.line,
            .order_item_id = record.order_item_id.str(),
            .product_sku = quantities.product_sku.str(),
            .seller_sku = record.seller_sku.str(),
            .title = record.title,
            .units = quantities.units,
            .quantity_ordered = quantities.quantity_ordered,
            .quantity_shipped = quantities.quantity_shipped,
            .quantity_refunded = quantities.quantity_refunded,
            .quantity_cancelled = quantities.quantity_cancelled,
            .item = parts.item,
            .tax = parts.tax,
            .shipping = parts.shipping,
            .discount = parts.discount,
            .gift_wrap = parts.gift_wrap,
            .other = parts.other};
}

}  // namespace

Money render(domain::Money money) { return {domain::format_amount(money), money.currency.str()}; }

std::optional<Money> render(const std::optional<domain::Money>& money) {
    return money ? std::optional(render(*money)) : std::nullopt;
}

Parts render(const domain::Parts& parts) {
    return {render(parts.item),     render(parts.tax),       render(parts.shipping),
            render(parts.discount), render(parts.gift_wrap), render(parts.other)};
}

std::optional<Amounts> amounts_of(const domain::Block& block) {
    if (block.reason != domain::BlockReason::money_mismatch || block.params.at("parts") == "-")
        return std::nullopt;
    const std::string& currency = block.params.at("currency");
    return Amounts{{block.params.at("parts"), currency}, {block.params.at("stated"), currency}};
}

AmazonOrder render_order(Call& call, db::Reader& tx, const store::OrderRecord& record) {
    const domain::AmazonOrder& order = record.order;
    const auto store = store::find_store(tx, record.store_id);
    const auto commerce = store::find_commerce_order_of(tx, record.id);
    Personal personal = render_personal(call, tx, record);
    AmazonOrder out{.store = record.store_id.str(),
                    .store_name = store ? store->name : std::string(),
                    .amazon_order_id = order.id.str(),
                    .status = std::string(domain::to_text(record.status)),
                    .amazon_status = std::string(domain::to_text(order.status)),
                    .import_state = std::string(domain::to_text(record.import_state)),
                    .fulfilled_by = std::string(domain::to_text(order.fulfilled_by)),
                    .programs = order.programs,
                    .block = render_block(call, record),
                    .commerce_order = std::nullopt,
                    .link = link_of(call, record, commerce),
                    .seller_central_link = seller_central_link(record),
                    .total = render(order.total),
                    .purchased_at = order.purchased_at,
                    .updated_at = order.updated_at,
                    .changed_at = record.changed_at,
                    .ship_by = order.ship_by,
                    .note = std::nullopt,
                    .recipient = std::move(personal.recipient),
                    .buyer = std::move(personal.buyer)};
    if (commerce)
        out.commerce_order = CommerceOrderRef{commerce->id.str(), commerce->number, commerce->status_text()};
    if (record.note) out.note = domain::render(*record.note, call.language);
    for (const domain::AmazonPackage& package : order.packages)
        out.packages.push_back({package.reference_id, maybe(package.carrier), maybe(package.service),
                                maybe(package.tracking), maybe(package.status), package.shipped_at,
                                render_items(order, package)});
    for (const store::CommandRecord& command : store::list_commands_of_order(tx, record.id))
        out.commands.push_back(command.id.str());
    for (const domain::OrderLine& line : order.lines) out.items.push_back(render_item(order, line));
    return out;
}

CommerceOrder render_commerce_order(Call& call, db::Reader& tx, const store::CommerceOrderRecord& record) {
    const auto mirrored = store::find_order(tx, record.order_id);
    CHECK(mirrored.has_value(), "a commerce order belongs to a mirrored order");
    const domain::Parts totals = record.totals();
    const Parts parts = render(totals);
    CommerceOrder out{.id = record.id.str(),
                      .number = record.number,
                      .status = record.status_text(),
                      .store = record.store_id.str(),
                      .amazon_order_id = record.amazon_order_id.str(),
                      .link = call.services.public_url + "/commerce-orders/" + record.id.str(),
                      .recipient = render_personal(call, tx, *mirrored).recipient,
                      .lines = {},
                      .totals = {parts.item, parts.tax, parts.shipping, parts.discount, parts.gift_wrap,
                                 parts.other, render(totals.total())}};
    for (const store::CommerceLineRecord& line : record.lines) out.lines.push_back(render_line(line));
    for (const store::InvoiceRecord& invoice : record.invoices)
        out.invoices.push_back(
            {invoice.id.str(), invoice.number, render(invoice.parts.total()), invoice.created_at});
    for (const store::ShipmentRecord& shipment : record.shipments)
        out.shipments.push_back(render_shipment(shipment));
    for (const store::CreditMemoRecord& memo : record.credit_memos)
        out.credit_memos.push_back(render_memo(memo));
    for (const store::CommentRecord& comment : record.comments)
        out.comments.push_back(
            {comment.id.str(), comment.author,
             comment.note.code.empty() ? comment.text : domain::render(comment.note, call.language),
             comment.created_at});
    out.created_at = record.created_at;
    out.updated_at = record.updated_at;
    return out;
}

Command render(const store::CommandRecord& record) {
    return {.id = record.id.str(),
            .kind = std::string(domain::to_text(record.kind)),
            .state = std::string(domain::to_text(record.state)),
            .account = record.account_id.str(),
            .store = record.store_id.str(),
            .amazon_order_id = record.amazon_order_id.str(),
            .cause = record.cause,
            .code = record.code,
            .amazon_says = record.amazon_says,
            .attempts = record.attempts,
            .deadline = record.deadline,
            .accepted_at = record.accepted_at,
            .next_attempt_at = record.next_attempt_at,
            .created_at = record.created_at,
            .changed_at = record.changed_at};
}

Account render(const store::AccountRecord& record) {
    return {.id = record.id.str(),
            .name = record.name,
            .region = std::string(domain::to_text(record.region)),
            .seller_id = record.seller_id.str(),
            .spapi_url = record.spapi_url,
            .lwa_url = record.lwa_url,
            .paused = record.paused_code.has_value(),
            .paused_reason = record.paused_text,
            .created_at = record.created_at};
}

Product render(const store::ProductRecord& record) {
    return {record.sku.str(), record.name,      record.enabled,    record.quantity(),
            record.reserved,  record.salable(), record.created_at, record.updated_at};
}

Stock render_stock(const store::ProductRecord& record) {
    Stock stock{record.sku.str(), record.quantity(), record.reserved, record.salable(), {}};
    for (const store::StockSource& source : record.stock)
        stock.sources.push_back({source.source, source.quantity});
    return stock;
}

Listing render(const store::ListingRecord& record) {
    Listing listing{.store = record.store_id.str(),
                    .seller_sku = record.seller_sku.str(),
                    .asin = maybe(record.asin.str()),
                    .title = maybe(record.title),
                    .product_sku = std::nullopt,
                    .matched_by_hand = record.matched.has_value(),
                    .units = record.units};
    if (record.product_sku) listing.product_sku = record.product_sku->str();
    return listing;
}

SyncRun render(const store::SyncRunRecord& record) {
    SyncRun run{.id = record.id.str(),
                .state = std::string(store::to_text(record.state)),
                .store = std::nullopt,
                .orders_read = record.orders_read,
                .orders_changed = record.orders_changed,
                .error = record.error_text,
                .started_at = record.started_at,
                .finished_at = record.finished_at};
    if (record.store_id) run.store = record.store_id->str();
    return run;
}

Token render(const store::TokenRecord& record) {
    return {.id = record.id.str(),
            .name = record.name,
            .role = std::string(store::to_text(record.role)),
            .buyer_data = record.buyer_data,
            .created_at = record.created_at,
            .last_used_at = record.last_used_at,
            .revoked_at = record.revoked_at,
            .expires_at = record.expires_at,
            .created_by = record.created_by ? std::optional(record.created_by_name) : std::nullopt};
}

}  // namespace fairway::api
