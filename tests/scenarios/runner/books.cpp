#include "runner/books.hpp"

#include <boost/json.hpp>
#include <set>

#include "db/inspect_test.hpp"
#include "domain/money.hpp"
#include "runner/script.hpp"

namespace fairway::scenarios {

namespace {

bool is_business(const std::string& table) {
    static const std::set<std::string> others{
        "sync_runs",  "quota_buckets",   "windows",           "audit",           "idempotency_keys",
        "api_tokens", "unknown_members", "schema_migrations", "instance_places", "sweep_leases"};
    return !others.contains(table);
}

bool is_business(const std::string& table, const std::string& column) {
    static const std::set<std::string> others{"stores.watermark",        "stores.deep_sweep_at",
                                              "quarantine.last_seen_at", "quarantine.times_seen",
                                              "commands.lease_token",    "commands.lease_until"};
    return !others.contains(table + "." + column);
}

void dump_table(db::Reader& tx, const std::string& table, Dump& out) {
    std::string row = "'" + table + "'";
    for (const std::string& name : db::column_names(tx, table))
        if (is_business(table, name)) row += " || ' " + name + "=' || " + db::quoted(name);
    for (const db::Row& each : tx.query("SELECT " + row + " FROM " + table)) ++out[each.get<std::string>(0)];
}

// Sealed bytes are long and say nothing; their first digits show that they are others.
std::string shorten(const std::string& row) {
    std::string out;
    std::size_t at = 0;
    while (at < row.size()) {
        const std::size_t blob = row.find("X'", at);
        if (blob == std::string::npos) break;
        const std::size_t end = row.find('\'', blob + 2);
        out += row.substr(at, std::min<std::size_t>(blob + 10, end) - at) + "…";
        at = end;
    }
    return out + row.substr(at);
}

// The rows of a query must be none; the first one says what is wrong.
void must_be_none(db::Reader& tx, const std::string& what, const std::string& sql) {
    const auto rows = tx.query(sql);
    if (!rows.empty()) throw Wrong("the books: " + what + ": " + rows.front().get<std::string>(0));
}

void check_stock(db::Reader& tx) {
    must_be_none(tx, "stock is not what its movements add up to",
                 "SELECT s.product_sku || ' in ' || s.source || ' has ' || s.quantity FROM stock AS s WHERE "
                 "s.quantity <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movements AS m "
                 "WHERE m.product_sku = s.product_sku AND m.source = s.source) OR s.quantity < 0");
    must_be_none(tx, "a product has other reservations than it says",
                 "SELECT p.sku || ' says ' || p.reserved FROM products AS p WHERE p.reserved < 0 OR "
                 "p.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM reservations AS r "
                 "WHERE r.product_sku = p.sku)");
    must_be_none(tx, "an order holds less than nothing, or more than it ordered",
                 "SELECT 'line ' || l.line || ' of commerce order ' || l.commerce_order_id || ' holds ' || "
                 "h.held FROM commerce_lines AS l JOIN (SELECT commerce_order_id, line, -SUM(quantity) AS "
                 "held FROM stock_movements WHERE commerce_order_id IS NOT NULL GROUP BY 1, 2) AS h "
                 "ON h.commerce_order_id = l.commerce_order_id AND h.line = l.line "
                 "WHERE h.held < 0 OR h.held > l.units * (l.quantity_ordered - l.quantity_cancelled)");
}

void check_states(db::Reader& tx) {
    must_be_none(tx, "an order with a commerce order still reserves stock",
                 "SELECT o.amazon_order_id FROM amazon_orders AS o JOIN reservations AS r ON r.order_id = "
                 "o.id JOIN commerce_orders AS c ON c.order_id = o.id");
    must_be_none(tx, "an order is blocked without a block, or has one without being blocked",
                 "SELECT amazon_order_id || ' is ' || import_state FROM amazon_orders WHERE "
                 "(import_state = 'blocked') <> (block_reason IS NOT NULL)");
    must_be_none(tx, "an order that is only looked at reserves stock",
                 "SELECT o.amazon_order_id FROM amazon_orders AS o JOIN reservations AS r ON r.order_id = "
                 "o.id WHERE o.import_state NOT IN ('waiting', 'blocked')");
    must_be_none(tx, "an order's import state and its commerce order contradict each other",
                 "SELECT o.amazon_order_id || ' is ' || o.import_state FROM amazon_orders AS o LEFT JOIN "
                 "commerce_orders AS c ON c.order_id = o.id WHERE (c.id IS NULL) <> (o.import_state IN "
                 "('waiting', 'blocked', 'view_only', 'excluded') OR (o.import_state = 'cancelled' AND c.id "
                 "IS NULL))");
    must_be_none(tx, "more units of a line were handled than there are",
                 "SELECT 'line ' || line || ' of commerce order ' || commerce_order_id FROM commerce_lines "
                 "WHERE quantity_shipped + quantity_withdrawn + quantity_cancelled > quantity_ordered OR "
                 "quantity_refunded > quantity_ordered - quantity_cancelled");
}

std::int64_t minor_of(const json::Value* money, std::string_view order) {
    if (money == nullptr) return 0;
    const auto& object = money->as_object();
    const auto currency = domain::Currency::parse(std::string(object.at("currencyCode").as_string()));
    const auto amount = domain::parse_money(std::string(object.at("amount").as_string()), *currency);
    if (!amount) throw Wrong("the books: the ledger of " + std::string(order) + " holds no money");
    return amount->minor;
}

struct LedgerLine {
    std::map<std::string, std::int64_t> parts{};  // ITEM, TAX, …
    std::int64_t total = 0;
};

LedgerLine read_line(const json::Value& item, std::string_view order) {
    LedgerLine line;
    const json::Value* proceeds = item.as_object().if_contains("proceeds");
    if (proceeds == nullptr) return line;
    line.total = minor_of(proceeds->as_object().if_contains("proceedsTotal"), order);
    for (const json::Value& part : proceeds->at("breakdowns").as_array())
        line.parts[std::string(part.at("type").as_string())] +=
            minor_of(part.as_object().if_contains("subtotal"), order);
    return line;
}

// One line of a commerce order against the same line of the ledger.
void check_line(db::Reader& tx, std::int64_t commerce_order, const json::Value& item,
                const std::string& order) {
    const std::string item_id(item.at("orderItemId").as_string());
    const auto row = tx.one(
        "SELECT item_minor, tax_minor, shipping_minor, discount_minor, gift_wrap_minor, other_minor, line "
        "FROM commerce_lines WHERE commerce_order_id = $1 AND order_item_id = $2",
        commerce_order, item_id);
    if (!row) throw Wrong("the books: the commerce order of " + order + " has no line for item " + item_id);
    const std::string place = "the books: line " + std::to_string(row->get<std::int64_t>(6)) +
                              " of the commerce order of " + order + ", ";
    LedgerLine line = read_line(item, order);
    std::int64_t total = 0;
    std::size_t column = 0;
    for (const char* part : {"ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP", "OTHER"}) {
        const std::int64_t ours = row->get<std::int64_t>(column++);
        must_equal(place + part + " in minor units", line.parts[part], ours);
        total += std::string_view(part) == "DISCOUNT" ? -ours : ours;
    }
    must_equal(place + "total in minor units", line.total, total);
}

// What was confirmed by us: never more units of a line than were shipped here.
void check_confirmations(db::Reader& tx, std::int64_t commerce_order, const json::Value& entry,
                         const std::string& order) {
    std::map<std::string, std::int64_t> told;
    std::set<std::string> references;
    for (const json::Value& confirmation : entry.at("confirmations").as_array()) {
        const json::Value& detail = confirmation.at("packageDetail");
        if (!references.insert(std::string(detail.at("packageReferenceId").as_string())).second) continue;
        for (const json::Value& item : detail.at("orderItems").as_array())
            told[std::string(item.at("orderItemId").as_string())] += item.at("quantity").to_number<int>();
    }
    for (const auto& [item, quantity] : told) {
        const auto row = tx.one(
            "SELECT quantity_shipped FROM commerce_lines WHERE commerce_order_id = $1 AND "
            "order_item_id = $2",
            commerce_order, item);
        if (!row || row->get<std::int64_t>(0) < quantity)
            throw Wrong("the books: Amazon was told of " + std::to_string(quantity) + " units of item " +
                        item + " of " + order + ", more than were shipped here");
    }
}

void check_money(db::Reader& tx, const json::Value& ledger) {
    for (const json::Value& entry : ledger.at("orders").as_array()) {
        const json::Value& order = entry.at("order");
        const std::string id(order.at("orderId").as_string());
        const auto row = tx.one(
            "SELECT c.id, c.other_minor, (SELECT SUM(item_minor + tax_minor + shipping_minor + "
            "gift_wrap_minor + other_minor - discount_minor) FROM commerce_lines AS l WHERE "
            "l.commerce_order_id = c.id) FROM commerce_orders AS c JOIN amazon_orders AS o ON o.id = "
            "c.order_id WHERE o.amazon_order_id = $1",
            id);
        if (!row) {
            if (!entry.at("confirmations").as_array().empty())
                throw Wrong("the books: Amazon was told of a shipment of " + id +
                            ", which has no commerce order");
            continue;
        }
        // Amazon shows no money while an order is Pending, even if it was further before.
        const std::string status(order.at("fulfillment").at("fulfillmentStatus").as_string());
        if (status != "PENDING")
            for (const json::Value& item : order.at("orderItems").as_array())
                check_line(tx, row->get<std::int64_t>(0), item, id);
        if (const json::Value* proceeds = order.as_object().if_contains("proceeds"))
            must_equal("the books: total of the commerce order of " + id + " in minor units",
                       minor_of(proceeds->as_object().if_contains("grandTotal"), id),
                       row->get<std::int64_t>(1) + row->get<std::int64_t>(2));
        check_confirmations(tx, row->get<std::int64_t>(0), entry, id);
    }
}

}  // namespace

Dump dump(db::Database& database) {
    return database.read([](db::Reader& tx) {
        Dump out;
        for (const std::string& table : db::table_names(tx))
            if (is_business(table)) dump_table(tx, table, out);
        return out;
    });
}

void must_be_unchanged(const std::string& after_what, const Dump& before, const Dump& after) {
    if (before == after) return;
    constexpr int kRowsMax = 6;
    std::string text = after_what + " changed something:";
    int rows = 0;
    const auto list = [&](const char* sign, const Dump& these, const Dump& those) {
        for (const auto& [row, count] : these) {
            const auto other = those.find(row);
            if (other != those.end() && other->second == count) continue;
            if (++rows <= kRowsMax) text += std::string("\n    ") + sign + " " + shorten(row);
        }
    };
    list("-", before, after);
    list("+", after, before);
    throw Wrong(text);
}

void check_books(db::Database& database, const json::Value& ledger) {
    database.read([&](db::Reader& tx) {
        check_stock(tx);
        check_states(tx);
        check_money(tx, ledger);
    });
}

}  // namespace fairway::scenarios
