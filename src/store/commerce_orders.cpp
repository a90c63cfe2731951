#include "store/commerce_orders.hpp"

#include <algorithm>

#include "store/conditions.hpp"
#include "store/order_rows.hpp"
#include "store/orders.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kNumberDigits = 9;

using domain::Currency;
using domain::Money;
using domain::Parts;

// Six columns in the order item, tax, shipping, discount, gift_wrap, other.
Parts read_parts(const db::Row& row, std::size_t first, Currency currency) {
    const auto part = [&](std::size_t offset) {
        return Money{row.get<std::int64_t>(first + offset), currency};
    };
    return {part(0), part(1), part(2), part(3), part(4), part(5)};
}

constexpr std::string_view kQuantityColumns =
    "l.line, l.product_sku, l.units, l.quantity_ordered, l.quantity_shipped, l.quantity_refunded, "
    "l.quantity_withdrawn, l.quantity_cancelled";

// kQuantityColumns.
domain::CommerceLine read_quantities(const db::Row& row) {
    return {.line = row.get<int>(0),
            .product_sku = row.get<ProductSku>(1),
            .units = row.get<std::int64_t>(2),
            .quantity_ordered = row.get<std::int64_t>(3),
            .quantity_shipped = row.get<std::int64_t>(4),
            .quantity_refunded = row.get<std::int64_t>(5),
            .quantity_withdrawn = row.get<std::int64_t>(6),
            .quantity_cancelled = row.get<std::int64_t>(7)};
}

std::vector<CommerceLineRecord> read_lines(db::Reader& tx, CommerceOrderId id, Currency currency) {
    std::vector<CommerceLineRecord> lines;
    for (const db::Row& row :
         tx.query("SELECT " + std::string(kQuantityColumns) +
                      ", order_item_id, seller_sku, title, item_minor, "
                      "tax_minor, "
                      "shipping_minor, discount_minor, gift_wrap_minor, other_minor "
                      "FROM commerce_lines AS l WHERE commerce_order_id = $1 ORDER BY line",
                  id))
        lines.push_back({.quantities = read_quantities(row),
                         .order_item_id = row.get<OrderItemId>(8),
                         .seller_sku = row.get<SellerSku>(9),
                         .title = row.get<std::string>(10),
                         .parts = read_parts(row, 11, currency)});
    return lines;
}

std::vector<InvoiceRecord> read_invoices(db::Reader& tx, CommerceOrderId id, Currency currency) {
    std::vector<InvoiceRecord> invoices;
    for (const db::Row& row : tx.query(  // invoices_of_order
             "SELECT id, number, created_at, item_minor, tax_minor, shipping_minor, discount_minor, "
             "gift_wrap_minor, "
             "other_minor FROM invoices WHERE commerce_order_id = $1 ORDER BY id",
             id))
        invoices.push_back({.id = row.get<InvoiceId>(0),
                            .number = row.get<std::string>(1),
                            .parts = read_parts(row, 3, currency),
                            .created_at = row.get<UtcTime>(2)});
    return invoices;
}

std::vector<domain::CommercePackage> read_packages(db::Reader& tx, ShipmentId shipment) {
    std::vector<domain::CommercePackage> packages;
    for (const db::Row& row : tx.query(  // shipment_packages_of_shipment
             "SELECT id, carrier, service, tracking, shipped_at, amazon_reference FROM shipment_packages "
             "WHERE shipment_id = $1 ORDER BY id",
             shipment)) {
        domain::CommercePackage package{.id = row.get<std::int64_t>(0),
                                        .carrier = row.get<std::string>(1),
                                        .service = row.get<std::string>(2),
                                        .tracking = row.get<std::string>(3),
                                        .shipped_at = row.get<UtcTime>(4),
                                        .items = {},
                                        .amazon_reference = row.get<std::string>(5)};
        for (const db::Row& item :
             tx.query("SELECT line, quantity FROM shipment_package_items WHERE package_id = $1 ORDER BY line",
                      package.id))
            package.items.push_back({item.get<int>(0), item.get<std::int64_t>(1)});
        packages.push_back(std::move(package));
    }
    return packages;
}

std::vector<ShipmentRecord> read_shipments(db::Reader& tx, CommerceOrderId id) {
    std::vector<ShipmentRecord> shipments;
    for (const db::Row& row : tx.query(  // shipments_of_order
             "SELECT id, origin, created_at FROM shipments WHERE commerce_order_id = $1 ORDER BY id", id)) {
        const auto origin = domain::parse<domain::Origin>(row.get<std::string>(1));
        CHECK(origin.has_value(), "origins are written by us");
        const ShipmentId shipment = row.get<ShipmentId>(0);
        shipments.push_back({{shipment, *origin, read_packages(tx, shipment)}, row.get<UtcTime>(2)});
    }
    return shipments;
}

std::vector<CreditMemoRecord> read_memos(db::Reader& tx, CommerceOrderId id, Currency currency) {
    std::vector<CreditMemoRecord> memos;
    for (const db::Row& row : tx.query(  // credit_memos_of_order
             "SELECT id, number, origin, return_to_stock, adjustment_minor, created_at, item_minor, "
             "tax_minor, "
             "shipping_minor, discount_minor, gift_wrap_minor, other_minor FROM credit_memos "
             "WHERE commerce_order_id = $1 ORDER BY id",
             id)) {
        const auto origin = domain::parse<domain::Origin>(row.get<std::string>(2));
        CHECK(origin.has_value(), "origins are written by us");
        CreditMemoRecord memo{.id = row.get<CreditMemoId>(0),
                              .number = row.get<std::string>(1),
                              .origin = *origin,
                              .lines = {},
                              .parts = read_parts(row, 6, currency),
                              .adjustment = {row.get<std::int64_t>(4), currency},
                              .return_to_stock = row.get<bool>(3),
                              .created_at = row.get<UtcTime>(5)};
        for (const db::Row& line :
             tx.query("SELECT line, quantity FROM credit_memo_lines WHERE credit_memo_id = $1 ORDER BY line",
                      memo.id))
            memo.lines.push_back({line.get<int>(0), line.get<std::int64_t>(1)});
        memos.push_back(std::move(memo));
    }
    return memos;
}

std::vector<CommentRecord> read_comments(db::Reader& tx, CommerceOrderId id) {
    std::vector<CommentRecord> comments;
    for (const db::Row& row : tx.query(  // comments_of_order
             "SELECT id, author, code, params, text, created_at FROM comments WHERE commerce_order_id = $1 "
             "ORDER BY id",
             id))
        comments.push_back({.id = row.get<CommentId>(0),
                            .author = row.get<std::string>(1),
                            .note = {row.get<std::string>(2), decode_params(row.get<std::string>(3))},
                            .text = row.get<std::string>(4),
                            .created_at = row.get<UtcTime>(5)});
    return comments;
}

domain::CommerceStatus read_status(const db::Row& row, std::size_t column) {
    const auto status = domain::parse<domain::CommerceStatus>(row.get<std::string>(column));
    CHECK(status.has_value(), "statuses are written by us");
    return *status;
}

constexpr std::string_view kOrderColumns =
    "SELECT c.id, c.number, c.store_id, c.order_id, a.amazon_order_id, c.status, c.status_label, "
    "c.status_before_hold, "
    "c.currency, c.other_minor, c.invoiced, c.created_at, c.updated_at FROM commerce_orders c "
    "JOIN amazon_orders a ON a.id = c.order_id ";

CommerceOrderRecord to_order(db::Reader& tx, const db::Row& row) {
    const auto before_hold = row.get<std::optional<std::string>>(7);
    const Currency currency = Currency::of(row.get<std::string>(8));
    CommerceOrderRecord order{.id = row.get<CommerceOrderId>(0),
                              .number = row.get<std::string>(1),
                              .store_id = row.get<StoreId>(2),
                              .order_id = row.get<OrderId>(3),
                              .amazon_order_id = row.get<AmazonOrderId>(4),
                              .status = read_status(row, 5),
                              .status_label = row.get<std::optional<std::string>>(6),
                              .status_before_hold = before_hold
                                                        ? domain::parse<domain::CommerceStatus>(*before_hold)
                                                        : std::nullopt,
                              .currency = currency,
                              .other = {row.get<std::int64_t>(9), currency},
                              .invoiced = row.get<bool>(10),
                              .created_at = row.get<UtcTime>(11),
                              .updated_at = row.get<UtcTime>(12)};
    order.lines = read_lines(tx, order.id, currency);
    order.invoices = read_invoices(tx, order.id, currency);
    order.shipments = read_shipments(tx, order.id);
    order.credit_memos = read_memos(tx, order.id, currency);
    order.comments = read_comments(tx, order.id);
    return order;
}

}  // namespace

Parts CommerceOrderRecord::totals() const {
    Parts totals = Parts::zero(currency);
    for (const CommerceLineRecord& line : lines) totals = totals + line.parts;
    totals.other = totals.other + other;
    return totals;
}

std::string CommerceOrderRecord::status_text() const {
    if (status == domain::CommerceStatus::processing && status_label) return *status_label;
    return std::string(domain::to_text(status));
}

domain::CommerceOrder CommerceOrderRecord::facts() const {
    domain::CommerceOrder facts{
        .id = id, .status = status, .invoiced = invoiced, .lines = {}, .shipments = {}};
    for (const CommerceLineRecord& line : lines) facts.lines.push_back(line.quantities);
    for (const ShipmentRecord& shipment : shipments) facts.shipments.push_back(shipment.shipment);
    return facts;
}

std::optional<CommerceOrderRecord> find_commerce_order(db::Reader& tx, CommerceOrderId id) {
    const auto row = tx.one(std::string(kOrderColumns) + "WHERE c.id = $1", id);
    if (!row) return std::nullopt;
    return to_order(tx, *row);
}

std::optional<CommerceOrderRecord> find_commerce_order_of(db::Reader& tx, OrderId order) {
    const auto row = tx.one(std::string(kOrderColumns) + "WHERE c.order_id = $1", order);  // unique
    if (!row) return std::nullopt;
    return to_order(tx, *row);
}

std::map<OrderId, domain::CommerceOrder> find_commerce_facts_of(db::Reader& tx,
                                                                std::span<const OrderId> orders) {
    const IdList list(orders);
    std::map<OrderId, domain::CommerceOrder> found;
    // Index: the unique one over order_id.
    for (const db::Row& row :
         tx.run("SELECT order_id, id, status, invoiced FROM commerce_orders WHERE order_id IN " + list.text,
                list.values))
        found[row.get<OrderId>(0)] = {
            .id = row.get<CommerceOrderId>(1), .status = read_status(row, 2), .invoiced = row.get<bool>(3)};
    if (found.empty()) return found;
    for (const db::Row& row : tx.run("SELECT " + std::string(kQuantityColumns) +
                                         ", c.order_id FROM commerce_orders AS c JOIN commerce_lines AS l "
                                         "ON l.commerce_order_id = c.id WHERE c.order_id IN " +
                                         list.text + " ORDER BY c.order_id, l.line",
                                     list.values))
        found.at(row.get<OrderId>(8)).lines.push_back(read_quantities(row));
    for (const db::Row& row :
         tx.run("SELECT DISTINCT c.order_id, c.id FROM commerce_orders AS c JOIN shipments AS s "
                "ON s.commerce_order_id = c.id WHERE c.order_id IN " +
                    list.text,
                list.values))
        for (ShipmentRecord& shipment : read_shipments(tx, row.get<CommerceOrderId>(1)))
            found.at(row.get<OrderId>(0)).shipments.push_back(std::move(shipment.shipment));
    return found;
}

namespace {

// Few rows are expected, found by another index than that of the sort.
bool searches(const CommerceOrderFilter& filter) { return filter.amazon_order_id || !filter.q.empty(); }

// What begins with $n, by an index: up to the prefix and the last of all characters.
std::string begins(std::string_view column, const std::string& from, const std::string& to) {
    return std::string(column) + " >= " + from + " AND " + std::string(column) + " < " + to;
}

std::string search(Conditions& where, const std::string& q) {
    constexpr std::string_view kLastCharacter = "\xF4\x8F\xBF\xBF";  // U+10FFFF
    const std::string from = where.value(db::bind(q));
    const std::string to = where.value(db::bind(q + std::string(kLastCharacter)));
    std::string numbers = "(" + begins("number", from, to) + ")";
    // "12" finds 000000012 as well.
    const bool digits = std::ranges::all_of(q, [](char c) { return c >= '0' && c <= '9'; });
    if (digits && q.size() < kNumberDigits)
        numbers += " OR number = " + where.value(db::bind(std::string(kNumberDigits - q.size(), '0') + q));
    return "c.id IN (SELECT id FROM commerce_orders WHERE " + numbers +
           " UNION SELECT m.id FROM amazon_orders AS o JOIN commerce_orders AS m ON m.order_id = o.id "
           "WHERE " +
           begins("o.amazon_order_id", from, to) + ")";
}

// A plus before a number, and nothing behind a text, change no value and keep it from its index.
void add_filters(Conditions& where, const CommerceOrderFilter& filter) {
    const bool by_number = filter.sort == CommerceOrderSort::number;
    const std::string plus = by_number || searches(filter) ? "+" : "";
    if (filter.amazon_order_id)
        where.add("a.amazon_order_id = " + where.value(db::bind(*filter.amazon_order_id)));
    if (filter.status)
        where.add((by_number ? "c.status || '' = " : "c.status = ") +
                  where.value(db::bind(domain::to_text(*filter.status))));
    if (filter.store)
        where.add((by_number ? "+c.store_id = " : "c.store_id = ") + where.value(db::bind(*filter.store)));
    if (filter.created_from)
        where.add(plus + "c.created_at >= " + where.value(db::bind(*filter.created_from)));
    if (filter.created_to) where.add(plus + "c.created_at < " + where.value(db::bind(*filter.created_to)));
    if (!filter.q.empty()) where.add(search(where, filter.q));
}

}  // namespace

std::vector<CommerceOrderRecord> list_commerce_orders(db::Reader& tx, const CommerceOrderFilter& filter,
                                                      const std::optional<CommerceOrderCursor>& after,
                                                      int limit) {
    // Of one Amazon order: index amazon_orders_by_amazon_order_id and the unique one over order_id. A search:
    // that index too, and the unique one over the number. By time: commerce_orders_of_store, _by_status or
    // _by_creation; by number: its unique index.
    Conditions where;
    add_filters(where, filter);
    const bool by_number = filter.sort == CommerceOrderSort::number;
    const std::string sort = by_number ? (searches(filter) ? "c.number || ''" : "c.number")
                                       : (searches(filter) ? "+c.created_at" : "c.created_at");
    const std::string beyond = filter.ascending ? ">" : "<";
    if (after && by_number) where.add(sort + " " + beyond + " " + where.value(db::bind(after->number)));
    if (after && !by_number)
        where.add("(" + sort + ", c.id) " + beyond + " (" + where.value(db::bind(after->created_at)) + ", " +
                  where.value(db::bind(after->id)) + ")");
    const std::string direction = filter.ascending ? " ASC" : " DESC";
    const std::string order = sort + direction + (by_number ? "" : ", c.id" + direction);
    std::vector<CommerceOrderRecord> orders;
    for (const db::Row& row : tx.run(std::string(kOrderColumns) + where.text() + " ORDER BY " + order +
                                         " LIMIT " + where.value(db::bind(limit)),
                                     where.values()))
        orders.push_back(to_order(tx, row));
    return orders;
}

void touch(db::Transaction& tx, CommerceOrderId id, UtcTime now) {
    tx.queue("UPDATE commerce_orders SET updated_at = $2 WHERE id = $1 AND updated_at <> $2", id, now);
}

std::string next_number(db::Transaction& tx, std::string_view kind) {
    // The update first: from here on the row is ours.
    if (tx.execute("UPDATE numbers SET next = next + 1 WHERE kind = $1", kind) == 0)
        tx.execute("INSERT INTO numbers (kind, next) VALUES ($1, 2)", kind);
    const auto number = tx.one("SELECT next - 1 FROM numbers WHERE kind = $1", kind)->get<std::int64_t>(0);
    std::string digits = std::to_string(number);
    if (digits.size() < kNumberDigits) digits.insert(0, kNumberDigits - digits.size(), '0');
    return digits;
}

void leave_out_numbers(db::Transaction& tx) {
    constexpr std::int64_t kLeftOut = 1'000;
    for (const std::string_view kind : {"order", "invoice", "credit_memo"})
        tx.execute(
            "INSERT INTO numbers (kind, next) VALUES ($1, $2) ON CONFLICT (kind) DO UPDATE SET next = "
            "numbers.next + $3",
            kind, kLeftOut + 1, kLeftOut);
}

CommerceOrderId insert_commerce_order(db::Transaction& tx, const CommerceOrderRecord& order, UtcTime now) {
    const std::string number = order.number.empty() ? next_number(tx, "order") : order.number;
    const CommerceOrderId id{
        tx.insert("INSERT INTO commerce_orders (number, store_id, order_id, status, status_label, currency, "
                  "other_minor, "
                  "invoiced, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
                  number, order.store_id, order.order_id, domain::to_text(order.status), order.status_label,
                  order.currency.str(), order.other.minor, order.invoiced, now)};
    for (const CommerceLineRecord& line : order.lines) {
        const domain::CommerceLine& quantities = line.quantities;
        tx.queue(
            "INSERT INTO commerce_lines (commerce_order_id, line, order_item_id, seller_sku, product_sku, "
            "title, units, "
            "quantity_ordered, quantity_cancelled, item_minor, tax_minor, shipping_minor, discount_minor, "
            "gift_wrap_minor, other_minor) "
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
            id, quantities.line, line.order_item_id, line.seller_sku, quantities.product_sku, line.title,
            quantities.units, quantities.quantity_ordered, quantities.quantity_cancelled,
            line.parts.item.minor, line.parts.tax.minor, line.parts.shipping.minor, line.parts.discount.minor,
            line.parts.gift_wrap.minor, line.parts.other.minor);
    }
    return id;
}

void update_quantities(db::Transaction& tx, CommerceOrderId id, const domain::CommerceLine& line,
                       UtcTime now) {
    CHECK(line.open() >= 0 && line.quantity_shipped >= 0 && line.quantity_refunded <= line.quantity_ordered,
          "a line never ships or credits more than it has");
    tx.queue(
        "UPDATE commerce_lines SET quantity_shipped = $3, quantity_refunded = $4, quantity_withdrawn = $5, "
        "quantity_cancelled = $6 WHERE commerce_order_id = $1 AND line = $2",
        id, line.line, line.quantity_shipped, line.quantity_refunded, line.quantity_withdrawn,
        line.quantity_cancelled);
    touch(tx, id, now);
}

void set_commerce_status(db::Transaction& tx, CommerceOrderId id, domain::CommerceStatus status,
                         std::optional<domain::CommerceStatus> status_before_hold, UtcTime now) {
    std::optional<std::string_view> before;
    if (status_before_hold) before = domain::to_text(*status_before_hold);
    tx.queue("UPDATE commerce_orders SET status = $2, status_before_hold = $3, updated_at = $4 WHERE id = $1",
             id, domain::to_text(status), before, now);
}

InvoiceRecord insert_invoice(db::Transaction& tx, CommerceOrderId id, const Parts& parts, UtcTime now) {
    InvoiceRecord invoice{.number = next_number(tx, "invoice"), .parts = parts, .created_at = now};
    invoice.id = InvoiceId{
        tx.insert("INSERT INTO invoices (commerce_order_id, number, item_minor, tax_minor, shipping_minor, "
                  "discount_minor, "
                  "gift_wrap_minor, other_minor, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                  id, invoice.number, parts.item.minor, parts.tax.minor, parts.shipping.minor,
                  parts.discount.minor, parts.gift_wrap.minor, parts.other.minor, now)};
    tx.queue("UPDATE commerce_orders SET invoiced = 1, updated_at = $2 WHERE id = $1", id, now);
    return invoice;
}

ShipmentId insert_shipment(db::Transaction& tx, CommerceOrderId id, domain::CommerceShipment shipment,
                           UtcTime now) {
    const ShipmentId shipment_id{
        tx.insert("INSERT INTO shipments (commerce_order_id, origin, created_at) VALUES ($1, $2, $3)", id,
                  domain::to_text(shipment.origin), now)};
    for (const domain::CommercePackage& package : shipment.packages) {
        const std::int64_t package_id = tx.insert(
            "INSERT INTO shipment_packages (shipment_id, carrier, service, tracking, shipped_at, "
            "amazon_reference) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            shipment_id, package.carrier, package.service, package.tracking, package.shipped_at,
            package.amazon_reference);
        for (const domain::LineQuantity& item : package.items)
            tx.queue("INSERT INTO shipment_package_items (package_id, line, quantity) VALUES ($1, $2, $3)",
                     package_id, item.line, item.quantity);
    }
    touch(tx, id, now);
    return shipment_id;
}

CreditMemoId insert_credit_memo(db::Transaction& tx, CommerceOrderId id, const CreditMemoRecord& memo,
                                UtcTime now) {
    const CreditMemoId memo_id{tx.insert(
        "INSERT INTO credit_memos (commerce_order_id, number, origin, return_to_stock, item_minor, "
        "tax_minor, "
        "shipping_minor, discount_minor, gift_wrap_minor, other_minor, adjustment_minor, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        id, memo.number.empty() ? next_number(tx, "credit_memo") : memo.number, domain::to_text(memo.origin),
        memo.return_to_stock, memo.parts.item.minor, memo.parts.tax.minor, memo.parts.shipping.minor,
        memo.parts.discount.minor, memo.parts.gift_wrap.minor, memo.parts.other.minor, memo.adjustment.minor,
        now)};
    for (const domain::LineQuantity& line : memo.lines)
        tx.queue("INSERT INTO credit_memo_lines (credit_memo_id, line, quantity) VALUES ($1, $2, $3)",
                 memo_id, line.line, line.quantity);
    touch(tx, id, now);
    return memo_id;
}

CommentId insert_comment(db::Transaction& tx, CommerceOrderId id, const CommentRecord& comment, UtcTime now) {
    return CommentId{tx.insert(
        "INSERT INTO comments (commerce_order_id, author, code, params, text, created_at) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        id, comment.author, comment.note.code, encode_params(comment.note.params), comment.text, now)};
}

}  // namespace fairway::store
