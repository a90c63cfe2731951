// The rules that hold once everything has come to rest, and those about the watermark and the quotas.
#include <algorithm>

#include "checkers/checkers.hpp"

namespace fairway::checkers {

namespace {

struct Store {
    std::int64_t id = 0;
    std::string name{};
    std::string seller_id{};
    std::string marketplace{};
    bool active = false;
    UtcTime import_from{};
    UtcTime watermark{};
    std::vector<std::pair<UtcTime, bool>> switches{};  // import on and off, by time

    bool owns(const LedgerOrder& order) const {
        return order.seller_id == seller_id && order.marketplace == marketplace;
    }
    bool imports_at(UtcTime time) const {
        bool on = true;
        for (const auto& [at, value] : switches)
            if (at <= time) on = value;
        return on;
    }
    bool imports_now() const { return switches.empty() || switches.back().second; }
};

std::vector<Store> read_stores(db::Reader& tx) {
    std::vector<Store> stores;
    for (const db::Row& row : tx.query("SELECT s.id, s.name, a.seller_id, s.marketplace_id, s.active, "
                                       "s.import_from, s.watermark FROM stores AS s "
                                       "JOIN accounts AS a ON a.id = s.account_id ORDER BY s.id"))
        stores.push_back({row.get<std::int64_t>(0), row.get<std::string>(1), row.get<std::string>(2),
                          row.get<std::string>(3), row.get<bool>(4), row.get<UtcTime>(5),
                          row.get<UtcTime>(6)});
    for (Store& store : stores)
        for (const db::Row& row :
             tx.query("SELECT at, is_on FROM import_switches WHERE store_id = $1 ORDER BY at", store.id))
            store.switches.emplace_back(row.get<UtcTime>(0), row.get<bool>(1));
    return stores;
}

const Store* find_store(const std::vector<Store>& stores, const LedgerOrder& order) {
    const auto found = std::ranges::find_if(stores, [&](const Store& store) { return store.owns(order); });
    return found == stores.end() ? nullptr : &*found;
}

// What changed before the store was connected need not be known.
bool is_visible(const Store& store, const LedgerOrder& order) {
    return order.updated_at >= store.import_from;
}

struct Mirrored {
    std::int64_t id = 0;
    std::string status{};
    UtcTime updated_at{};
    UtcTime purchased_at{};
    std::optional<std::int64_t> total_minor{};
    std::string import_state{};
    std::optional<std::string> block{};
};

std::optional<Mirrored> find_mirrored(db::Reader& tx, const LedgerOrder& order) {
    const auto row = tx.one(
        "SELECT id, amazon_status_text, updated_at, purchased_at, total_minor, import_state, block_reason "
        "FROM amazon_orders WHERE amazon_order_id = $1 AND seller_id = $2",
        order.id, order.seller_id);
    if (!row) return std::nullopt;
    return Mirrored{row->get<std::int64_t>(0),
                    row->get<std::string>(1),
                    row->get<UtcTime>(2),
                    row->get<UtcTime>(3),
                    row->get<std::optional<std::int64_t>>(4),
                    row->get<std::string>(5),
                    row->get<std::optional<std::string>>(6)};
}

void compare(const std::string& what, std::int64_t expected, std::int64_t found, Complaints& wrong) {
    if (expected != found)
        wrong.push_back(what + " is " + std::to_string(found) + ", on Amazon " + std::to_string(expected));
}

void check_mirrored_line(db::Reader& tx, std::int64_t order_id, const LedgerLine& line,
                         const std::string& order, Complaints& wrong) {
    const auto row = tx.one(
        "SELECT quantity_ordered, quantity_fulfilled, quantity_unfulfilled, item_minor, tax_minor, "
        "shipping_minor, discount_minor, gift_wrap_minor, proceeds_total_minor FROM amazon_order_lines "
        "WHERE order_id = $1 AND order_item_id = $2",
        order_id, line.order_item_id);
    const std::string place = "item " + line.order_item_id + " of " + order;
    if (!row) return wrong.push_back(place + " is not mirrored");
    compare(place + ": ordered", line.ordered, row->get<std::int64_t>(0), wrong);
    compare(place + ": fulfilled", line.fulfilled, row->get<std::int64_t>(1), wrong);
    compare(place + ": unfulfilled", line.unfulfilled, row->get<std::int64_t>(2), wrong);
    if (!line.has_money) return;
    std::size_t column = 3;
    for (const char* part : {"ITEM", "TAX", "SHIPPING", "DISCOUNT", "GIFT_WRAP"}) {
        const auto theirs = line.parts.find(part);
        compare(place + ": " + part, theirs == line.parts.end() ? 0 : theirs->second,
                row->get<std::optional<std::int64_t>>(column++).value_or(-1), wrong);
    }
    compare(place + ": total", line.total_minor, row->get<std::optional<std::int64_t>>(8).value_or(-1),
            wrong);
}

std::int64_t count(db::Reader& tx, const std::string& sql, const LedgerOrder& order) {
    return tx.one(sql, order.id, order.seller_id)->get<std::int64_t>(0);
}

}  // namespace

Complaints watermarks_leave_nothing_behind(db::Reader& tx, const Ledger& ledger, Duration late) {
    Complaints wrong;
    const std::vector<Store> stores = read_stores(tx);
    for (const LedgerOrder& order : ledger.orders) {
        const Store* store = find_store(stores, order);
        if (store == nullptr || !is_visible(*store, order)) continue;
        // A new store's watermark is the moment of its connection: nothing is read yet.
        if (store->watermark <= store->import_from || order.updated_at > store->watermark - late) continue;
        const auto mirrored = find_mirrored(tx, order);
        if (mirrored && mirrored->updated_at >= order.updated_at) continue;
        const std::int64_t aside = count(tx,
                                         "SELECT COUNT(*) FROM quarantine AS q JOIN accounts AS a ON a.id = "
                                         "q.account_id WHERE q.amazon_order_id = $1 AND a.seller_id = $2",
                                         order);
        if (late > Duration::zero() && aside > 0) continue;
        wrong.push_back(order.id + " was updated at " + format_rfc3339(order.updated_at) + " and is " +
                        (mirrored ? "older here" : "not here") + ", but " + store->name +
                        " is said to be read up to " + format_rfc3339(store->watermark));
    }
    return wrong;
}

Complaints Versions::never_go_back(db::Reader& tx) {
    Complaints wrong;
    for (const db::Row& row : tx.query("SELECT id, amazon_order_id, updated_at FROM amazon_orders")) {
        UtcTime& newest = seen_[row.get<std::int64_t>(0)];
        if (row.get<UtcTime>(2) < newest)
            wrong.push_back(row.get<std::string>(1) + " was mirrored as of " + format_rfc3339(newest) +
                            " and is now as of " + format_rfc3339(row.get<UtcTime>(2)));
        newest = std::max(newest, row.get<UtcTime>(2));
    }
    return wrong;
}

Complaints quotas_are_kept(db::Reader& tx, const Ledger& ledger, UtcTime now) {
    // Both sides round; nobody can call with so small a part of a token.
    constexpr std::int64_t kRounding_micro = 100;
    Complaints wrong;
    for (const LedgerBucket& bucket : ledger.buckets) {
        // Asked by people who connect an account, before Fairway knows it.
        if (bucket.operation == "getMarketplaceParticipations") continue;
        const std::string what = bucket.operation + " of " + bucket.seller_id;
        if (bucket.refused > 0)
            wrong.push_back(std::to_string(bucket.refused) + " calls of " + what + " were beyond the quota");
        const auto row = tx.one(
            "SELECT q.rate_micro, q.burst_micro, q.tokens_micro, q.updated_at FROM quota_buckets AS q "
            "JOIN accounts AS a ON a.id = q.account_id WHERE a.seller_id = $1 AND q.operation = $2",
            bucket.seller_id, bucket.operation);
        if (!row) {
            wrong.push_back("there is no bucket for " + what);
            continue;
        }
        const std::int64_t elapsed = std::max<std::int64_t>(0, (now - row->get<UtcTime>(3)).count());
        const auto earned =
            static_cast<std::int64_t>(static_cast<__int128>(row->get<std::int64_t>(0)) * elapsed / 1'000'000);
        const std::int64_t ours = std::min(row->get<std::int64_t>(1), row->get<std::int64_t>(2) + earned);
        if (ours > bucket.tokens_micro + kRounding_micro)
            wrong.push_back("the bucket for " + what + " is believed to hold " + std::to_string(ours) +
                            " millionths of a call and holds " + std::to_string(bucket.tokens_micro));
    }
    return wrong;
}

Complaints mirror_is_ledger(db::Reader& tx, const Ledger& ledger) {
    Complaints wrong;
    const std::vector<Store> stores = read_stores(tx);
    for (const LedgerOrder& order : ledger.orders) {
        const Store* store = find_store(stores, order);
        if (store == nullptr || !store->active || !is_visible(*store, order)) continue;
        const auto mirrored = find_mirrored(tx, order);
        if (!mirrored) {
            wrong.push_back(order.id + " is not mirrored");
            continue;
        }
        if (mirrored->status != order.status)
            wrong.push_back(order.id + " is " + mirrored->status + ", on Amazon " + order.status);
        compare(order.id + ": update time", to_micros(order.updated_at), to_micros(mirrored->updated_at),
                wrong);
        compare(order.id + ": purchase time", to_micros(order.created_at), to_micros(mirrored->purchased_at),
                wrong);
        if (order.total_minor)
            compare(order.id + ": total", *order.total_minor, mirrored->total_minor.value_or(-1), wrong);
        for (const LedgerLine& line : order.lines)
            check_mirrored_line(tx, mirrored->id, line, order.id, wrong);
    }
    return wrong;
}

Complaints commerce_orders_are_due(db::Reader& tx, const Ledger& ledger,
                                   const std::set<std::string>& unmended) {
    Complaints wrong;
    const std::vector<Store> stores = read_stores(tx);
    for (const LedgerOrder& order : ledger.orders) {
        const Store* store = find_store(stores, order);
        if (store == nullptr) continue;
        const std::int64_t found = count(tx,
                                         "SELECT COUNT(*) FROM commerce_orders AS c JOIN amazon_orders AS o "
                                         "ON o.id = c.order_id WHERE o.amazon_order_id = $1 AND "
                                         "o.seller_id = $2",
                                         order);
        if (found > 1) wrong.push_back(order.id + " has " + std::to_string(found) + " commerce orders");
        // Orders fulfilled by Amazon are mirrored and wait.
        const bool may = order.by_merchant && order.created_at >= store->import_from &&
                         store->imports_at(order.created_at);
        if (!may && found > 0) wrong.push_back(order.id + " has a commerce order and should have none");
        const bool importable =
            order.status == "UNSHIPPED" || order.status == "PARTIALLY_SHIPPED" || order.status == "SHIPPED";
        const bool due = may && importable && store->active && store->imports_now();
        if (!due || found > 0 || !is_visible(*store, order)) continue;
        const auto mirrored = find_mirrored(tx, order);
        const std::string block = mirrored ? mirrored->block.value_or("") : "";
        if (unmended.contains(block)) continue;
        wrong.push_back(order.id + " has no commerce order and is " +
                        (mirrored ? mirrored->import_state : "not mirrored") +
                        (block.empty() ? "" : ": " + block));
    }
    return wrong;
}

Complaints reservations_are_released(db::Reader& tx, const Ledger& ledger) {
    Complaints wrong;
    for (const LedgerOrder& order : ledger.orders) {
        if (order.is_pending()) continue;
        const std::int64_t held = count(tx,
                                        "SELECT COUNT(*) FROM reservations AS r JOIN amazon_orders AS o ON "
                                        "o.id = r.order_id WHERE o.amazon_order_id = $1 AND o.seller_id = $2 "
                                        "AND o.block_reason IS NULL",
                                        order);
        if (held > 0) wrong.push_back(order.id + " is " + order.status + " and still holds back stock");
    }
    return wrong;
}

Complaints commands_have_ended(db::Reader& tx) {
    Complaints wrong;
    for (const db::Row& row : tx.query(
             "SELECT c.id, c.state, o.amazon_order_id, COALESCE(c.code, '') FROM commands AS c "
             "JOIN amazon_orders AS o ON o.id = c.order_id WHERE c.state NOT IN ('verified', 'rejected') OR "
             "c.state = 'rejected' AND c.code IS NULL ORDER BY c.id"))
        wrong.push_back("command " + std::to_string(row.get<std::int64_t>(0)) + " of " +
                        row.get<std::string>(2) + " is " + row.get<std::string>(1) + " (" +
                        row.get<std::string>(3) + ")");
    return wrong;
}

Complaints amazon_knows_what_was_shipped(db::Reader& tx, const Ledger& ledger) {
    Complaints wrong;
    for (const LedgerOrder& order : ledger.orders) {
        const bool by_label = std::ranges::any_of(order.programs, [](const std::string& program) {
            return program == "PRIME" || program == "FBM_SHIP_PLUS" || program == "AMAZON_EASY_SHIP";
        });
        const std::int64_t parked = count(tx,
                                          "SELECT COUNT(*) FROM commands AS c JOIN amazon_orders AS o ON "
                                          "o.id = c.order_id WHERE o.amazon_order_id = $1 AND o.seller_id = "
                                          "$2 AND c.state = 'rejected'",
                                          order);
        if (by_label || parked > 0 || order.status == "CANCELLED" || order.is_pending()) continue;
        for (const LedgerLine& line : order.lines) {
            const auto row = tx.one(
                "SELECT l.quantity_shipped, l.quantity_ordered - l.quantity_shipped - l.quantity_withdrawn - "
                "l.quantity_cancelled FROM commerce_lines AS l JOIN commerce_orders AS c ON c.id = "
                "l.commerce_order_id JOIN amazon_orders AS o ON o.id = c.order_id WHERE o.amazon_order_id = "
                "$1 AND o.seller_id = $2 AND l.order_item_id = $3",
                order.id, order.seller_id, line.order_item_id);
            if (!row) continue;
            const std::int64_t shipped = row->get<std::int64_t>(0), open = row->get<std::int64_t>(1);
            const bool untold = shipped > line.fulfilled && line.unfulfilled > 0;
            const bool unrecorded = line.fulfilled > shipped && open > 0;
            if (untold || unrecorded)
                wrong.push_back("item " + line.order_item_id + " of " + order.id + ": " +
                                std::to_string(shipped) + " units shipped here, " +
                                std::to_string(line.fulfilled) + " on Amazon");
        }
    }
    return wrong;
}

Complaints nothing_is_dirty(db::Reader& tx) {
    Complaints wrong;
    for (const db::Row& row :
         tx.query("SELECT amazon_order_id FROM amazon_orders WHERE dirty > 0 ORDER BY id"))
        wrong.push_back(row.get<std::string>(0) + " is left to be planned");
    return wrong;
}

}  // namespace fairway::checkers
