#include "store/order_list.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"
#include "store/commands.hpp"
#include "store/order_rows.hpp"
#include "store/order_search.hpp"

namespace fairway::store {

namespace {

std::int64_t sort_value(const OrderRecord& record, OrderSort sort) {
    switch (sort) {
        case OrderSort::purchased_at: return to_micros(record.order.purchased_at);
        case OrderSort::updated_at: return to_micros(record.order.updated_at);
        case OrderSort::changed_at: return to_micros(record.changed_at);
        case OrderSort::ship_by: return record.order.ship_by ? to_micros(*record.order.ship_by) : kNoShipBy;
    }
    return 0;
}

std::int64_t count(db::Reader& tx, std::string_view from, StoreId store) {
    return tx.one("SELECT COUNT(*) FROM " + std::string(from), store)->get<std::int64_t>(0);
}

}  // namespace

bool is_decimal(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const auto is_digits = [](std::string_view part) {
        return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
    };
    return is_digits(text.substr(0, point)) &&
           (point == std::string_view::npos || is_digits(text.substr(point + 1)));
}

OrderPage list_orders(db::Reader& tx, const OrderFilter& filter, std::optional<OrderCursor> after,
                      int limit) {
    const std::vector<OrderId> ids = find_orders(tx, filter, after, limit + 1);
    if (ids.empty()) return {};
    const IdList list(ids);
    OrderPage page{.orders = load_orders(tx, "WHERE id IN " + list.text, list.values), .next = {}};
    std::ranges::sort(page.orders, {}, [&](const OrderRecord& record) {
        return std::ranges::find(ids, record.id) - ids.begin();
    });
    if (page.orders.size() > static_cast<std::size_t>(limit)) {
        page.orders.pop_back();
        page.next = OrderCursor{sort_value(page.orders.back(), filter.sort), page.orders.back().id};
    }
    return page;
}

StoreSummary summarize_store(db::Reader& tx, StoreId store, UtcTime now) {
    // Indexes amazon_orders_blocked, _to_ship (which has the ship-by date), _waiting and commands_by_state.
    const auto to_ship = tx.one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN ship_by < $2 THEN 1 ELSE 0 END), 0) AS BIGINT), "
        "CAST(COALESCE(SUM(CASE WHEN ship_by >= $2 AND ship_by < $3 THEN 1 ELSE 0 END), 0) AS BIGINT) "
        "FROM amazon_orders WHERE store_id = $1 AND import_state = 'imported' "
        "AND status IN ('Unshipped', 'PartiallyShipped')",
        store, now, now + hours(24));
    return {.blocked = count(tx, "amazon_orders WHERE store_id = $1 AND block_reason IS NOT NULL", store),
            .to_ship = to_ship->get<std::int64_t>(0),
            .overdue = to_ship->get<std::int64_t>(1),
            .due_in_24h = to_ship->get<std::int64_t>(2),
            .waiting = count(tx,
                             "amazon_orders WHERE import_state = 'waiting' "
                             "AND fulfilled_by IN ('merchant', 'amazon') AND store_id = $1",
                             store),
            .commands_rejected = count_rejected_commands(tx, store),
            // Index attention_open: those of all stores, which are few.
            .attention = count(tx,
                               "attention AS a WHERE a.closed_at IS NULL AND "
                               "(SELECT o.store_id FROM amazon_orders AS o WHERE o.id = a.order_id) = $1",
                               store)};
}

std::vector<BlockedStore> list_blocked_stores(db::Reader& tx) {
    // Index amazon_orders_blocked.
    std::vector<BlockedStore> stores;
    for (const db::Row& row : tx.query("SELECT id, name FROM stores WHERE active = 1 AND EXISTS ("
                                       "SELECT 1 FROM amazon_orders AS o WHERE o.store_id = stores.id "
                                       "AND o.block_reason IS NOT NULL) ORDER BY name"))
        stores.push_back({row.get<StoreId>(0), row.get<std::string>(1)});
    return stores;
}

std::int64_t count_open_attention(db::Reader& tx) {
    // Index attention_open.
    return tx.one("SELECT COUNT(*) FROM attention WHERE closed_at IS NULL")->get<std::int64_t>(0);
}

std::optional<AttentionRecord> close_attention(db::Transaction& tx, AttentionId id, UtcTime now) {
    auto found = list_attention(tx, AttentionId{id.value - 1}, 1);
    if (found.empty() || found.front().id != id) return std::nullopt;
    tx.queue("UPDATE attention SET closed_at = $1 WHERE id = $2", now, id);
    return found.front();
}

std::vector<AttentionRecord> list_attention(db::Reader& tx, AttentionId after, int limit) {
    // Index attention_open.
    std::vector<AttentionRecord> records;
    for (const db::Row& row :
         tx.query("SELECT a.id, a.order_id, o.store_id, o.amazon_order_id, a.kind, a.params, a.opened_at "
                  "FROM attention AS a JOIN amazon_orders AS o ON o.id = a.order_id "
                  "WHERE a.closed_at IS NULL AND a.id > $1 ORDER BY a.id LIMIT $2",
                  after, limit))
        records.push_back({.id = row.get<AttentionId>(0),
                           .order_id = row.get<OrderId>(1),
                           .store_id = row.get<StoreId>(2),
                           .amazon_order_id = row.get<AmazonOrderId>(3),
                           .kind = row.get<std::string>(4),
                           .params = decode_params(row.get<std::string>(5)),
                           .opened_at = row.get<UtcTime>(6)});
    return records;
}

}  // namespace fairway::store
