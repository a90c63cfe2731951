#include "store/products.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "store/order_rows.hpp"
#include "store/orders.hpp"

namespace fairway::store {

namespace {

constexpr std::size_t kSkuMax = 128;
constexpr std::size_t kNameMax = 500;
constexpr std::int64_t kQuantityMax = 1'000'000'000;

Status check_text(const std::string& text, const std::string& field, std::size_t length_max) {
    const bool good = !trim(text).empty() && trim(text).size() == text.size() && is_valid_utf8(text);
    if (!good)
        return fail(ErrorKind::invalid, "text_invalid",
                    field + " must not be empty or begin or end with a space", field);
    if (utf8_length(text) <= length_max) return {};
    return fail(ErrorKind::invalid, "too_long",
                field + " must have at most " + std::to_string(length_max) + " characters", field);
}

Status check_quantity(std::int64_t quantity) {
    if (quantity >= 0 && quantity <= kQuantityMax) return {};
    return fail(ErrorKind::invalid, "quantity_invalid", "a quantity is between 0 and 1,000,000,000",
                "quantity");
}

std::unexpected<Error> missing(const ProductSku& sku) {
    return fail(ErrorKind::not_found, "product_missing",
                "there is no product \"" + sku.str().substr(0, 80) + "\"; create it first", "product_sku");
}

// Touching the product's row first makes it the lock of its stock on every engine.
bool lock_product(db::Transaction& tx, const ProductSku& sku, UtcTime now) {
    return tx.execute("UPDATE products SET updated_at = $2 WHERE sku = $1", sku, now) == 1;
}

void move_stock(db::Transaction& tx, const ProductSku& sku, const std::string& source, std::int64_t quantity,
                std::string_view reason, std::optional<CommerceOrderId> order, std::optional<int> line,
                UtcTime now) {
    const std::int64_t moved = tx.execute(
        "UPDATE stock SET quantity = quantity + $3, updated_at = $4 WHERE product_sku = $1 AND source = $2",
        sku, source, quantity, now);
    if (moved == 0)
        tx.queue("INSERT INTO stock (product_sku, source, quantity, updated_at) VALUES ($1, $2, $3, $4)", sku,
                 source, quantity, now);
    tx.queue(
        "INSERT INTO stock_movements (product_sku, source, quantity, reason, commerce_order_id, line, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        sku, source, quantity, reason, order, line, now);
}

// The default one first. Put in order here: SQL would set up a sorter for the one source of most products.
void sort_sources(std::vector<StockSource>& sources) {
    std::ranges::sort(sources, {}, [](const StockSource& each) {
        return std::pair(each.source != kDefaultSource, std::string_view(each.source));
    });
}

std::vector<StockSource> read_sources(db::Reader& tx, const ProductSku& sku) {
    std::vector<StockSource> sources;
    for (const db::Row& row : tx.query("SELECT source, quantity FROM stock WHERE product_sku = $1", sku))
        sources.push_back({row.get<std::string>(0), row.get<std::int64_t>(1)});
    sort_sources(sources);
    return sources;
}

// Without its sources.
ProductRecord to_product(const db::Row& row) {
    return {.sku = row.get<ProductSku>(0),
            .name = row.get<std::string>(1),
            .enabled = row.get<bool>(2),
            .reserved = row.get<std::int64_t>(3),
            .created_at = row.get<UtcTime>(4),
            .updated_at = row.get<UtcTime>(5)};
}

ListingRecord to_listing(const db::Row& row) {
    return {.store_id = row.get<StoreId>(0),
            .seller_sku = row.get<SellerSku>(1),
            .asin = row.get<Asin>(2),
            .title = row.get<std::string>(3),
            .matched = row.get<std::optional<ProductSku>>(4),
            .product_sku = row.get<std::optional<ProductSku>>(5),
            .units = row.get<std::int64_t>(6)};
}

constexpr std::string_view kListingColumns =
    "SELECT l.store_id, l.seller_sku, l.asin, l.title, l.product_sku, "
    "COALESCE(l.product_sku, (SELECT p.sku FROM products p WHERE p.sku = l.seller_sku)), l.units FROM "
    "listings l ";

}  // namespace

std::int64_t ProductRecord::quantity() const {
    return std::accumulate(stock.begin(), stock.end(), std::int64_t{0},
                           [](std::int64_t sum, const StockSource& each) { return sum + each.quantity; });
}

Status insert_product(db::Transaction& tx, const ProductSku& sku, const std::string& name, bool enabled,
                      std::optional<std::int64_t> quantity, UtcTime now) {
    TRY(check_text(sku.str(), "sku", kSkuMax));
    TRY(check_text(name, "name", kNameMax));
    TRY(check_quantity(quantity.value_or(0)));
    const std::int64_t inserted = tx.execute(
        "INSERT INTO products (sku, name, enabled, created_at, updated_at) VALUES ($1, $2, $3, $4, $4) "
        "ON CONFLICT (sku) DO NOTHING",
        sku, name, enabled, now);
    if (inserted == 0)
        return fail(ErrorKind::conflict, "product_exists", "product \"" + sku.str() + "\" exists already",
                    "sku");
    move_stock(tx, sku, std::string(kDefaultSource), quantity.value_or(0), "set", std::nullopt, std::nullopt,
               now);
    mark_dirty_by_product(tx, sku);
    return {};
}

Status update_product(db::Transaction& tx, const ProductSku& sku, const std::optional<std::string>& name,
                      std::optional<bool> enabled, UtcTime now) {
    if (name) TRY(check_text(*name, "name", kNameMax));
    const std::int64_t changed = tx.execute(
        "UPDATE products SET name = COALESCE($2, name), enabled = COALESCE($3, enabled), updated_at = $4 "
        "WHERE sku = $1",
        sku, name, enabled, now);
    if (changed == 0) return missing(sku);
    mark_dirty_by_product(tx, sku);
    return {};
}

std::optional<ProductRecord> find_product(db::Reader& tx, const ProductSku& sku) {
    std::optional<ProductRecord> product;
    for (const db::Row& row :
         tx.query("SELECT p.sku, p.name, p.enabled, p.reserved, p.created_at, p.updated_at, s.source, "
                  "s.quantity FROM products AS p LEFT JOIN stock AS s ON s.product_sku = p.sku "
                  "WHERE p.sku = $1",
                  sku)) {
        if (!product) product = to_product(row);
        if (!row.is_null(6)) product->stock.push_back({row.get<std::string>(6), row.get<std::int64_t>(7)});
    }
    if (product) sort_sources(product->stock);
    return product;
}

namespace {

// Whether one of the columns holds the text of the placeholder, which is in lower case. No engine has an
// index for parts of a text: rows are read in the order of the page until it is full. Both know replace and
// lower, which leaves all but a to z alone.
std::string holds(std::initializer_list<std::string_view> columns, std::string_view placeholder) {
    std::string condition;
    for (const std::string_view column : columns) {
        const std::string lower = "lower(" + std::string(column) + ")";
        condition += (condition.empty() ? "(" : " OR ") + std::string("replace(") + lower + ", " +
                     std::string(placeholder) + ", '') <> " + lower;
    }
    return condition + ")";
}

}  // namespace

std::vector<ProductRecord> list_products(db::Reader& tx, const ProductFilter& filter, const ProductSku& after,
                                         int limit) {
    // The primary key.
    std::string sql =
        "SELECT sku, name, enabled, reserved, created_at, updated_at FROM products WHERE sku > $1 ";
    std::vector<db::Value> values{db::bind(after), db::bind(limit)};
    const auto with = [&](db::Value value) {
        values.push_back(std::move(value));
        return "$" + std::to_string(values.size());
    };
    if (filter.enabled) sql += "AND enabled = " + with(db::bind(*filter.enabled)) + " ";
    if (!filter.q.empty())
        sql += "AND " + holds({"sku", "name"}, with(db::bind(to_lower_ascii(filter.q)))) + " ";
    std::vector<ProductRecord> products;
    for (const db::Row& row : tx.run(sql + "ORDER BY sku LIMIT $2", values)) {
        products.push_back(to_product(row));
        products.back().stock = read_sources(tx, products.back().sku);
    }
    return products;
}

Status set_stock(db::Transaction& tx, const ProductSku& sku, const std::string& source, std::int64_t quantity,
                 UtcTime now) {
    TRY(check_text(source, "source", kSkuMax));
    TRY(check_quantity(quantity));
    if (!lock_product(tx, sku, now)) return missing(sku);
    const auto row = tx.one("SELECT quantity FROM stock WHERE product_sku = $1 AND source = $2", sku, source);
    const std::int64_t known = row ? row->get<std::int64_t>(0) : 0;
    if (!row || known != quantity)
        move_stock(tx, sku, source, quantity - known, "set", std::nullopt, std::nullopt, now);
    mark_dirty_by_product(tx, sku);
    return {};
}

Taken reserve_stock(db::Transaction& tx, OrderId order, const domain::Reservation& reservation, UtcTime now) {
    // The lock first: what the guard below reads of the stock is then read after every earlier change of it.
    if (!lock_product(tx, reservation.product_sku, now)) return Taken::not_enough;
    const std::int64_t taken = tx.execute(
        "UPDATE products SET reserved = reserved + $2 WHERE sku = $1 AND reserved + $2 <= "
        "(SELECT COALESCE(SUM(quantity), 0) FROM stock WHERE product_sku = $1)",
        reservation.product_sku, reservation.quantity);
    if (taken == 0) return Taken::not_enough;
    tx.queue(
        "INSERT INTO reservations (order_id, line, seller_sku, product_sku, quantity) VALUES ($1, $2, $3, "
        "$4, $5)",
        order, reservation.line, reservation.seller_sku, reservation.product_sku, reservation.quantity);
    return Taken::yes;
}

void release_reservation(db::Transaction& tx, OrderId order, int line, UtcTime now) {
    const auto row =
        tx.one("DELETE FROM reservations WHERE order_id = $1 AND line = $2 RETURNING product_sku, quantity",
               order, line);
    if (!row) return;
    const ProductSku sku = row->get<ProductSku>(0);
    tx.queue("UPDATE products SET reserved = reserved - $2, updated_at = $3 WHERE sku = $1", sku,
             row->get<std::int64_t>(1), now);
    // Somebody may be waiting for these pieces.
    mark_dirty_by_product(tx, sku);
}

StockTaken take_stock(db::Transaction& tx, CommerceOrderId order, int line, const ProductSku& sku,
                      std::int64_t quantity, std::int64_t may_be_short, UtcTime now) {
    if (quantity == 0) return {};
    const bool locked = lock_product(tx, sku, now);
    CHECK(locked, "stock is taken of products that exist");
    const auto product = find_product(tx, sku);
    const std::int64_t there = std::max<std::int64_t>(0, product->salable());
    if (there < quantity - may_be_short) return {Taken::not_enough, 0};
    std::int64_t left = std::min(quantity, there);
    const std::int64_t shortfall = quantity - left;
    for (const StockSource& source : product->stock) {
        const std::int64_t part = std::min(left, source.quantity);
        if (part == 0) continue;
        move_stock(tx, sku, source.source, -part, "order", order, line, now);
        left -= part;
    }
    CHECK(left == 0, "the sources together hold what is salable");
    return {Taken::yes, shortfall};
}

void return_stock(db::Transaction& tx, CommerceOrderId order, int line, std::int64_t quantity,
                  std::string_view reason, UtcTime now) {
    // Index stock_movements_of_order. Sums are cast because engines differ in the type they give them.
    const auto held = tx.query(
        "SELECT product_sku, source, CAST(-SUM(quantity) AS BIGINT) FROM stock_movements WHERE "
        "commerce_order_id = $1 AND "
        "line = $2 "
        "GROUP BY product_sku, source HAVING SUM(quantity) < 0 ORDER BY source",
        order, line);
    for (const db::Row& row : held) {
        const std::int64_t part = std::min(quantity, row.get<std::int64_t>(2));
        if (part <= 0) continue;
        const ProductSku sku = row.get<ProductSku>(0);
        const bool locked = lock_product(tx, sku, now);
        CHECK(locked, "products are never deleted");
        move_stock(tx, sku, row.get<std::string>(1), part, reason, order, line, now);
        mark_dirty_by_product(tx, sku);
        quantity -= part;
    }
}

void note_listing(db::Transaction& tx, StoreId store, const SellerSku& sku, const Asin& asin,
                  const std::string& title, UtcTime now) {
    tx.queue(
        "INSERT INTO listings (store_id, seller_sku, asin, title, updated_at) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT (store_id, seller_sku) DO UPDATE SET asin = $3, title = $4, updated_at = $5 "
        "WHERE listings.asin <> $3 OR listings.title <> $4",
        store, sku, asin, title, now);
}

Status match_listing(db::Transaction& tx, StoreId store, const SellerSku& sku,
                     const std::optional<ProductSku>& product_sku, std::int64_t units, UtcTime now) {
    constexpr std::int64_t kUnitsMax = 10'000;
    TRY(check_text(sku.str(), "seller_sku", kSkuMax));
    if (units < 1 || units > kUnitsMax)
        return fail(ErrorKind::invalid, "units_invalid", "units are between 1 and 10,000", "units");
    if (product_sku && !find_product(tx, *product_sku)) return missing(*product_sku);
    tx.queue(
        "INSERT INTO listings (store_id, seller_sku, asin, title, product_sku, units, updated_at) "
        "VALUES ($1, $2, '', '', $3, $4, $5) "
        "ON CONFLICT (store_id, seller_sku) DO UPDATE SET product_sku = $3, units = $4, updated_at = $5",
        store, sku, product_sku, units, now);
    mark_dirty_by_listing(tx, store, sku);
    return {};
}

std::optional<ListingRecord> find_listing(db::Reader& tx, StoreId store, const SellerSku& sku) {
    const auto row =
        tx.one(std::string(kListingColumns) + "WHERE l.store_id = $1 AND l.seller_sku = $2", store, sku);
    if (!row) return std::nullopt;
    return to_listing(*row);
}

std::vector<ListingRecord> list_listings(db::Reader& tx, const ListingFilter& filter, StoreId after_store,
                                         const SellerSku& after_sku, int limit) {
    // The primary key.
    std::string sql = std::string(kListingColumns) +
                      "WHERE (l.store_id, l.seller_sku) > ($1, $2) AND NOT EXISTS "
                      "(SELECT 1 FROM stores AS s WHERE s.id = l.store_id AND s.deleted_at IS NOT NULL) ";
    std::vector<db::Value> values{db::bind(after_store), db::bind(after_sku), db::bind(limit)};
    const auto with = [&](db::Value value) {
        values.push_back(std::move(value));
        return "$" + std::to_string(values.size());
    };
    if (filter.store) sql += "AND l.store_id = " + with(db::bind(*filter.store)) + " ";
    if (!filter.q.empty())
        sql += "AND " +
               holds({"l.seller_sku", "l.asin", "l.title", "COALESCE(l.product_sku, '')"},
                     with(db::bind(to_lower_ascii(filter.q)))) +
               " ";
    constexpr std::string_view kHasProduct =
        "(l.product_sku IS NOT NULL OR EXISTS (SELECT 1 FROM products p WHERE p.sku = l.seller_sku)) ";
    switch (filter.state) {
        case ListingState::any: break;
        case ListingState::matched: sql += "AND " + std::string(kHasProduct); break;
        case ListingState::unmatched: sql += "AND NOT " + std::string(kHasProduct); break;
    }
    std::vector<ListingRecord> listings;
    for (const db::Row& row : tx.run(sql + "ORDER BY l.store_id, l.seller_sku LIMIT $3", values))
        listings.push_back(to_listing(row));
    return listings;
}

domain::ResolvedLine resolve_line(db::Reader& tx, StoreId store, OrderId order, int line,
                                  const SellerSku& sku) {
    domain::ResolvedLine resolved{.line = line};
    const auto listing =
        tx.one("SELECT product_sku, units FROM listings WHERE store_id = $1 AND seller_sku = $2", store, sku);
    ProductSku target(sku.str());
    if (listing && !listing->is_null(0)) {
        target = listing->get<ProductSku>(0);
        resolved.units = listing->get<std::int64_t>(1);
    }
    // Sums are cast because engines differ in the type they give them.
    const auto product = tx.one(
        "SELECT p.enabled, CAST((SELECT COALESCE(SUM(s.quantity), 0) FROM stock AS s "
        "WHERE s.product_sku = p.sku) - p.reserved + (SELECT COALESCE(SUM(r.quantity), 0) "
        "FROM reservations AS r WHERE r.order_id = $2 AND r.product_sku = p.sku) AS BIGINT) "
        "FROM products AS p WHERE p.sku = $1",
        target, order);
    if (!product) return resolved;
    resolved.product_sku = target;
    resolved.enabled = product->get<bool>(0);
    resolved.salable = product->get<std::int64_t>(1);
    return resolved;
}

std::map<OrderId, std::vector<domain::Reservation>> find_reservations(db::Reader& tx,
                                                                      std::span<const OrderId> orders) {
    const IdList list(orders);
    std::map<OrderId, std::vector<domain::Reservation>> reservations;
    for (const db::Row& row :
         tx.run("SELECT line, seller_sku, product_sku, quantity, order_id FROM reservations "
                "WHERE order_id IN " +
                    list.text + " ORDER BY order_id, line",
                list.values))
        reservations[row.get<OrderId>(4)].push_back(
            {row.get<int>(0), row.get<SellerSku>(1), row.get<ProductSku>(2), row.get<std::int64_t>(3)});
    return reservations;
}

}  // namespace fairway::store
