#pragma once
// The list of Amazon orders: filters, sorts and keyset pages.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "domain/money.hpp"
#include "store/orders.hpp"

namespace fairway::store {

enum class OrderSort { purchased_at, updated_at, changed_at, ship_by };
enum class Direction { ascending, descending };

struct OrderFilter {
    std::optional<StoreId> store{};
    std::vector<domain::AmazonStatus> status{};
    std::vector<domain::ImportState> import_state{};
    std::optional<domain::FulfilledBy> fulfilled_by{};
    std::optional<std::string>
        q{};  // the beginning of an Amazon order id, a seller SKU, or a commerce order number
    std::vector<crypto::Digest>
        buyer_words{};  // store::blind_words: all of them in buyer's or recipient's name
    std::optional<UtcTime> purchased_from{};
    std::optional<UtcTime> purchased_to{};   // exclusive
    std::optional<std::string> total_min{};  // decimal; compared in each order's own currency
    std::optional<std::string> total_max{};
    OrderSort sort = OrderSort::purchased_at;
    Direction direction = Direction::descending;
};

// Where the next page begins: the sort value and the id of the last row.
struct OrderCursor {
    std::int64_t value = 0;
    OrderId id{};
};

// Whether a text can be total_min or total_max: optional minus, digits, optional point and digits.
bool is_decimal(std::string_view text);

struct OrderPage {
    std::vector<OrderRecord> orders{};
    std::optional<OrderCursor> next{};
};
OrderPage list_orders(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after, int limit);

// How many orders a filter finds, without its sort. At most so many rows are looked at, so that the answer is
// quick however many there are: then it is not exact, and there are at least so many.
struct OrderCount {
    std::int64_t count = 0;
    bool is_exact = true;
};
struct CountBounds {
    std::int64_t rows = 10'000;      // that are read
    std::int64_t entries = 100'000;  // of an index, where it tells all that the filter asks for
};
OrderCount count_matching(db::Reader& tx, const OrderFilter& filter, CountBounds bounds = {});

// The blocked orders among those that the filter finds, by id: reads all of them.
std::vector<OrderId> list_blocked(db::Reader& tx, const OrderFilter& filter);

// What is open in a store: the cost grows with that only.
struct StoreSummary {
    std::int64_t blocked = 0;
    std::int64_t to_ship = 0;     // imported, not yet shipped
    std::int64_t overdue = 0;     // of these: past their ship-by date
    std::int64_t due_in_24h = 0;  // of these
    std::int64_t waiting = 0;
    std::int64_t commands_rejected = 0;
    std::int64_t attention = 0;  // open items
};
StoreSummary summarize_store(db::Reader& tx, StoreId store, UtcTime now);

// Active stores that have blocked orders, by name.
struct BlockedStore {
    StoreId id{};
    std::string name{};
};
std::vector<BlockedStore> list_blocked_stores(db::Reader& tx);

struct AttentionRecord {
    AttentionId id{};
    OrderId order_id{};
    StoreId store_id{};
    AmazonOrderId amazon_order_id{};
    std::string kind{};
    domain::TextParams params{};
    UtcTime opened_at{};
};
std::vector<AttentionRecord> list_attention(db::Reader& tx, AttentionId after, int limit);
std::int64_t count_open_attention(db::Reader& tx);
// The item as it was, or nothing when no such item is open. It is not brought up again.
std::optional<AttentionRecord> close_attention(db::Transaction& tx, AttentionId id, UtcTime now);

}  // namespace fairway::store
