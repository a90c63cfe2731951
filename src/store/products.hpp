#pragma once
// The built-in back end's products, stock sources and reservations, and the listings matched to products. A
// product's row is the lock of its stock: every function that changes stock updates that row first.
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"
#include "domain/plan.hpp"

namespace fairway::store {

inline constexpr std::string_view kDefaultSource = "default";

struct StockSource {
    std::string source{};
    std::int64_t quantity = 0;
};

struct ProductRecord {
    ProductSku sku{};
    std::string name{};
    bool enabled = true;
    std::int64_t reserved = 0;
    std::vector<StockSource> stock{};
    UtcTime created_at{};
    UtcTime updated_at{};

    std::int64_t quantity() const;  // over all sources
    std::int64_t salable() const { return quantity() - reserved; }
};

// conflict "product_exists". Marks waiting orders dirty.
Status insert_product(db::Transaction& tx, const ProductSku& sku, const std::string& name, bool enabled,
                      std::optional<std::int64_t> quantity, UtcTime now);
// not_found "product_missing". Marks waiting orders dirty.
Status update_product(db::Transaction& tx, const ProductSku& sku, const std::optional<std::string>& name,
                      std::optional<bool> enabled, UtcTime now);
std::optional<ProductRecord> find_product(db::Reader& tx, const ProductSku& sku);
struct ProductFilter {
    std::string q{};  // part of SKU or name, a to z in any case; empty: all
    std::optional<bool> enabled{};
};
// By SKU, ascending, after the given one.
std::vector<ProductRecord> list_products(db::Reader& tx, const ProductFilter& filter, const ProductSku& after,
                                         int limit);

// The quantity on hand in one source. Marks waiting orders dirty.
Status set_stock(db::Transaction& tx, const ProductSku& sku, const std::string& source, std::int64_t quantity,
                 UtcTime now);

enum class Taken { yes, not_enough };
// Guarded: takes nothing when it is not all there.
Taken reserve_stock(db::Transaction& tx, OrderId order, const domain::Reservation& reservation, UtcTime now);
void release_reservation(db::Transaction& tx, OrderId order, int line, UtcTime now);

// Takes `quantity` product units for a line of a commerce order, the default source first, then the others by
// name; of these, `may_be_short` units are taken only as far as there are any. The order's own reservation
// must be released before. shortfall: what was not there.
struct StockTaken {
    Taken taken = Taken::yes;
    std::int64_t shortfall = 0;
};
StockTaken take_stock(db::Transaction& tx, CommerceOrderId order, int line, const ProductSku& sku,
                      std::int64_t quantity, std::int64_t may_be_short, UtcTime now);
// Gives back up to `quantity` product units of what the line still holds, to the sources they came from.
void return_stock(db::Transaction& tx, CommerceOrderId order, int line, std::int64_t quantity,
                  std::string_view reason, UtcTime now);

struct ListingRecord {
    StoreId store_id{};
    SellerSku seller_sku{};
    Asin asin{};
    std::string title{};
    std::optional<ProductSku> matched{};  // by hand
    std::optional<ProductSku>
        product_sku{};  // what it stands for now: matched, or the product of the same SKU
    std::int64_t units = 1;
};
// Appears with the first order that names it, or when it is matched before.
void note_listing(db::Transaction& tx, StoreId store, const SellerSku& sku, const Asin& asin,
                  const std::string& title, UtcTime now);
// product_sku nullopt removes the match. not_found "product_missing"; invalid when units < 1. Marks orders
// dirty.
Status match_listing(db::Transaction& tx, StoreId store, const SellerSku& sku,
                     const std::optional<ProductSku>& product_sku, std::int64_t units, UtcTime now);
std::optional<ListingRecord> find_listing(db::Reader& tx, StoreId store, const SellerSku& sku);

enum class ListingState { any, matched, unmatched };
struct ListingFilter {
    std::optional<StoreId> store{};
    ListingState state = ListingState::any;
    std::string q{};  // part of seller SKU, ASIN, title or matched SKU, a to z in any case; empty: all
};
// By store and seller SKU, after the given ones. Without those of deleted stores.
std::vector<ListingRecord> list_listings(db::Reader& tx, const ListingFilter& filter, StoreId after_store,
                                         const SellerSku& after_sku, int limit);

// What a seller SKU stands for now: the matched product, else the product of the same SKU, else nothing.
// `salable` counts what this order has reserved itself as its own.
domain::ResolvedLine resolve_line(db::Reader& tx, StoreId store, OrderId order, int line,
                                  const SellerSku& sku);
std::map<OrderId, std::vector<domain::Reservation>> find_reservations(db::Reader& tx,
                                                                      std::span<const OrderId> orders);

}  // namespace fairway::store
