// The rules about stock, states and money: true at any moment.
#include <map>
#include <set>

#include "checkers/checkers.hpp"

namespace fairway::checkers {

namespace {

// The rows of a query must be none; each says what is wrong.
void must_be_none(db::Reader& tx, const std::string& what, const std::string& sql, Complaints& wrong) {
    for (const db::Row& row : tx.query(sql)) wrong.push_back(what + ": " + row.get<std::string>(0));
}

void compare(const std::string& what, std::int64_t expected, std::int64_t found, Complaints& wrong) {
    if (expected != found)
        wrong.push_back(what + ": expected " + std::to_string(expected) + ", found " + std::to_string(found));
}

// One line of a commerce order against the same line of the ledger.
void check_line(db::Reader& tx, std::int64_t commerce_order, const LedgerLine& line, const std::string& order,
                Complaints& wrong) {
    const auto row = tx.one(
        "SELECT item_minor, tax_minor, shipping_minor, discount_minor, gift_wrap_minor, other_minor, line "
        "FROM commerce_lines WHERE commerce_order_id = $1 AND order_item_id = $2",
        commerce_order, line.order_item_id);
    if (!row)
        return wrong.push_back("the commerce order of " + order + " has no line for item " +
                               line.order_item_id);
    const std::string place =
        "line " + std::to_string(row->get<std::int64_t>(6)) + " of the commerce order of " + order + ", ";
    std::int64_t total = 0;
    std::size_t column = 0;
    for (const char* part : {"ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP", "OTHER"}) {
        const std::int64_t ours = row->get<std::int64_t>(column++);
        const auto theirs = line.parts.find(part);
        compare(place + part + " in minor units", theirs == line.parts.end() ? 0 : theirs->second, ours,
                wrong);
        total += std::string_view(part) == "DISCOUNT" ? -ours : ours;
    }
    compare(place + "total in minor units", line.total_minor, total, wrong);
}

struct Told {
    std::map<std::string, std::int64_t> units{};  // by order item, each package once
    std::map<std::string, std::string> reference_of_tracking{};
    std::set<std::string> forgotten{};  // tracking numbers
};

// What Amazon was told of one order, and whether a package was told twice.
Told add_up(const LedgerOrder& order, Repeats repeats, Complaints& wrong) {
    Told told;
    std::set<std::string> references;
    for (const LedgerPackage& package : order.confirmations) {
        const bool again = !references.insert(package.reference).second;
        if (again && repeats == Repeats::none)
            wrong.push_back("package " + package.reference + " of " + order.id + " was confirmed twice");
        const auto [known, fresh] =
            told.reference_of_tracking.try_emplace(package.tracking, package.reference);
        if (!fresh && known->second != package.reference)
            wrong.push_back("package " + package.tracking + " of " + order.id + " was confirmed as " +
                            known->second + " and as " + package.reference);
        if (package.is_forgotten) told.forgotten.insert(package.tracking);
        if (again) continue;
        for (const auto& [item, quantity] : package.units) told.units[item] += quantity;
    }
    return told;
}

void check_told(db::Reader& tx, const LedgerOrder& order, std::int64_t commerce_order, const Told& told,
                Complaints& wrong) {
    for (const auto& [item, quantity] : told.units) {
        const auto row = tx.one(
            "SELECT quantity_shipped FROM commerce_lines WHERE commerce_order_id = $1 AND "
            "order_item_id = $2",
            commerce_order, item);
        if (!row || row->get<std::int64_t>(0) < quantity)
            wrong.push_back("Amazon was told of " + std::to_string(quantity) + " units of item " + item +
                            " of " + order.id + ", more than were shipped here");
    }
    for (const auto& [tracking, reference] : told.reference_of_tracking) {
        const auto rows = tx.query(
            "SELECT s.origin FROM shipment_packages AS p JOIN shipments AS s ON s.id = p.shipment_id WHERE "
            "s.commerce_order_id = $1 AND p.tracking = $2 AND s.origin <> 'amazon'",
            commerce_order, tracking);
        if (rows.empty() && !told.forgotten.contains(tracking))
            wrong.push_back("Amazon was told of package " + tracking + " of " + order.id +
                            ", which nobody shipped here");
    }
}

}  // namespace

Complaints stock_is_its_movements(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "stock is not what its movements add up to",
                 "SELECT s.product_sku || ' in ' || s.source || ' has ' || s.quantity FROM stock AS s WHERE "
                 "s.quantity <> (SELECT COALESCE(SUM(m.quantity), 0) FROM stock_movements AS m "
                 "WHERE m.product_sku = s.product_sku AND m.source = s.source) OR s.quantity < 0",
                 wrong);
    return wrong;
}

Complaints reservations_add_up(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "a product has other reservations than it says",
                 "SELECT p.sku || ' says ' || p.reserved FROM products AS p WHERE p.reserved < 0 OR "
                 "p.reserved <> (SELECT COALESCE(SUM(r.quantity), 0) FROM reservations AS r "
                 "WHERE r.product_sku = p.sku)",
                 wrong);
    return wrong;
}

Complaints reservations_are_in_stock(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "more is reserved than is there",
                 "SELECT p.sku || ' has reserved ' || p.reserved FROM products AS p WHERE p.reserved > "
                 "(SELECT COALESCE(SUM(s.quantity), 0) FROM stock AS s WHERE s.product_sku = p.sku)",
                 wrong);
    return wrong;
}

Complaints lines_are_within_their_quantities(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "an order holds less than nothing, or more than it ordered",
                 "SELECT 'line ' || l.line || ' of commerce order ' || l.commerce_order_id || ' holds ' || "
                 "h.held FROM commerce_lines AS l JOIN (SELECT commerce_order_id, line, -SUM(quantity) AS "
                 "held FROM stock_movements WHERE commerce_order_id IS NOT NULL GROUP BY 1, 2) AS h "
                 "ON h.commerce_order_id = l.commerce_order_id AND h.line = l.line "
                 "WHERE h.held < 0 OR h.held > l.units * (l.quantity_ordered - l.quantity_cancelled)",
                 wrong);
    must_be_none(tx, "more units of a line were handled than there are",
                 "SELECT 'line ' || line || ' of commerce order ' || commerce_order_id FROM commerce_lines "
                 "WHERE quantity_shipped + quantity_withdrawn + quantity_cancelled > quantity_ordered OR "
                 "quantity_refunded > quantity_ordered - quantity_cancelled",
                 wrong);
    return wrong;
}

Complaints states_agree(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "an order with a commerce order still reserves stock",
                 "SELECT o.amazon_order_id FROM amazon_orders AS o JOIN reservations AS r ON r.order_id = "
                 "o.id JOIN commerce_orders AS c ON c.order_id = o.id",
                 wrong);
    must_be_none(tx, "an order is blocked without a block, or has one without being blocked",
                 "SELECT amazon_order_id || ' is ' || import_state FROM amazon_orders WHERE "
                 "(import_state = 'blocked') <> (block_reason IS NOT NULL)",
                 wrong);
    must_be_none(tx, "an order that is only looked at reserves stock",
                 "SELECT o.amazon_order_id FROM amazon_orders AS o JOIN reservations AS r ON r.order_id = "
                 "o.id WHERE o.import_state NOT IN ('waiting', 'blocked')",
                 wrong);
    must_be_none(tx, "an order's import state and its commerce order contradict each other",
                 "SELECT o.amazon_order_id || ' is ' || o.import_state FROM amazon_orders AS o LEFT JOIN "
                 "commerce_orders AS c ON c.order_id = o.id WHERE (c.id IS NULL) <> (o.import_state IN "
                 "('waiting', 'blocked', 'view_only', 'excluded') OR (o.import_state = 'cancelled' AND c.id "
                 "IS NULL))",
                 wrong);
    return wrong;
}

Complaints money_is_amazons(db::Reader& tx, const Ledger& ledger) {
    Complaints wrong;
    for (const LedgerOrder& order : ledger.orders) {
        const auto row = tx.one(
            "SELECT c.id, c.other_minor, (SELECT CAST(SUM(item_minor + tax_minor + shipping_minor + "
            "gift_wrap_minor + other_minor - discount_minor) AS BIGINT) FROM commerce_lines AS l "
            "WHERE l.commerce_order_id = c.id), CASE WHEN EXISTS (SELECT 1 FROM decisions AS d "
            "WHERE d.order_id = o.id AND d.kind = 'import_anyway') THEN 1 ELSE 0 END "
            "FROM commerce_orders AS c JOIN amazon_orders AS o ON o.id = c.order_id "
            "WHERE o.amazon_order_id = $1 AND o.seller_id = $2",
            order.id, order.seller_id);
        // Amazon shows no money while an order is Pending, even if it was further before.
        if (!row || order.is_pending()) continue;
        for (const LedgerLine& line : order.lines)
            check_line(tx, row->get<std::int64_t>(0), line, order.id, wrong);
        // Amazon's total contradicts its parts, and a person took the parts.
        const bool taken_anyway = row->get<bool>(3);
        if (order.total_minor && !taken_anyway)
            compare("total of the commerce order of " + order.id + " in minor units", *order.total_minor,
                    row->get<std::int64_t>(1) + row->get<std::int64_t>(2), wrong);
    }
    return wrong;
}

Complaints confirmations_are_ours(db::Reader& tx, const Ledger& ledger, Repeats repeats) {
    Complaints wrong;
    for (const LedgerOrder& order : ledger.orders) {
        if (order.confirmations.empty()) continue;
        const auto row = tx.one(
            "SELECT c.id FROM commerce_orders AS c JOIN amazon_orders AS o ON o.id = c.order_id "
            "WHERE o.amazon_order_id = $1 AND o.seller_id = $2",
            order.id, order.seller_id);
        const Told told = add_up(order, repeats, wrong);
        if (row) check_told(tx, order, row->get<std::int64_t>(0), told, wrong);
        else
            wrong.push_back("Amazon was told of a shipment of " + order.id + ", which has no commerce order");
    }
    must_be_none(tx, "Amazon is asked to confirm what it shipped itself",
                 "SELECT o.amazon_order_id || ' ' || c.cause FROM commands AS c JOIN shipment_packages AS p "
                 "ON p.id = c.package_id JOIN shipments AS s ON s.id = p.shipment_id JOIN amazon_orders AS o "
                 "ON o.id = c.order_id WHERE s.origin NOT IN ('operator', 'backend')",
                 wrong);
    return wrong;
}

Complaints packages_are_saved_once(db::Reader& tx) {
    Complaints wrong;
    must_be_none(tx, "a package was saved more than once",
                 "SELECT p.tracking FROM shipment_packages AS p JOIN shipments AS s ON s.id = p.shipment_id "
                 "WHERE s.origin = 'operator' GROUP BY p.tracking HAVING COUNT(*) > 1",
                 wrong);
    return wrong;
}

}  // namespace fairway::checkers
