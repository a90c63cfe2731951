#include "store/stores.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kSelect =
    "SELECT id, account_id, marketplace_id, name, back_end, active, settings, import_from, watermark, "
    "deep_sweep_at, "
    "created_at, deleted_at FROM stores ";

domain::StoreSettings read_settings(const std::string& text) {
    const auto value = json::parse(text);
    CHECK(value.has_value(), "settings are stored as JSON");
    auto settings = patch_settings(domain::StoreSettings{}, *value);
    CHECK(settings.has_value(), "stored settings were valid when they were written");
    return *std::move(settings);
}

StoreRecord read_store(const db::Row& row) {
    const auto back_end = domain::parse<domain::BackEndKind>(row.get<std::string>(4));
    CHECK(back_end.has_value(), "a store's back end is one of ours");
    return {.id = row.get<StoreId>(0),
            .account_id = row.get<AccountId>(1),
            .marketplace = row.get<MarketplaceId>(2),
            .name = row.get<std::string>(3),
            .back_end = *back_end,
            .active = row.get<bool>(5),
            .settings = read_settings(row.get<std::string>(6)),
            .import_from = row.get<UtcTime>(7),
            .watermark = row.get<UtcTime>(8),
            .deep_sweep_at = row.get<UtcTime>(9),
            .created_at = row.get<UtcTime>(10),
            .deleted_at = row.get<std::optional<UtcTime>>(11)};
}

std::unexpected<Error> taken(const std::string& what, std::string field) {
    return fail(ErrorKind::conflict, "store_exists", "there is already a store " + what, std::move(field));
}

// For the store that is to have it, if it is there already. A deleted store of this name gets its id behind
// it: its orders are shown under its name, and nobody else needs it.
Status free_name(db::Transaction& tx, const std::string& name, std::optional<StoreId> own) {
    const auto row = tx.one("SELECT id, deleted_at FROM stores WHERE name = $1", name);
    if (!row || row->get<StoreId>(0) == own) return {};
    const StoreId other = row->get<StoreId>(0);
    const std::string longer = name + " (" + other.str() + ")";
    if (row->is_null(1) || tx.one("SELECT id FROM stores WHERE name = $1", longer))
        return taken("with the name \"" + name + "\"", "name");
    tx.execute("UPDATE stores SET name = $1 WHERE id = $2", longer, other);
    return {};
}

void write_import_switch(db::Transaction& tx, StoreId id, bool on, UtcTime at) {
    tx.queue(
        "INSERT INTO import_switches (store_id, at, is_on) VALUES ($1, $2, $3) "
        "ON CONFLICT (store_id, at) DO UPDATE SET is_on = excluded.is_on",
        id, at, on);
}

// Whether orders without a commerce order may be decided otherwise now.
bool moves_orders(const domain::StoreSettings& before, const domain::StoreSettings& after) {
    return before.import_orders != after.import_orders || before.pending_orders != after.pending_orders ||
           before.look_back_days != after.look_back_days ||
           before.create_when_refused != after.create_when_refused;
}

// The stores that share a window, "1,4": ascending, so that the same stores have the same key.
std::string encode_store_ids(std::vector<StoreId> ids) {
    std::ranges::sort(ids);
    std::string text;
    for (const StoreId id : ids) text += (text.empty() ? "" : ",") + std::to_string(id.value);
    return text;
}

std::vector<StoreId> decode_store_ids(std::string_view text) {
    std::vector<StoreId> ids;
    for (const std::string_view part : split(text, ',')) {
        const auto number = parse_int(part);
        CHECK(number.has_value(), "a window's stores are numbers");
        ids.push_back({*number});
    }
    return ids;
}

// Index amazon_orders_of_store: reads all orders of the store, which a person's change of it may cost.
void mark_movable_dirty(db::Transaction& tx, StoreId id) {
    tx.queue(
        "UPDATE amazon_orders SET dirty = dirty + 1 "
        "WHERE store_id = $1 AND import_state IN ('view_only', 'excluded', 'waiting', 'blocked')",
        id);
}

// As if it were new, but for its id and what hangs on it. What was not imported yet is older than import_from
// now: it is planned again.
void take_up_again(db::Transaction& tx, StoreId id, const StoreRecord& store, UtcTime now) {
    tx.execute(
        "UPDATE stores SET name = $1, back_end = $2, active = 1, settings = $3, import_from = $4, "
        "watermark = $4, deep_sweep_at = $4, deleted_at = NULL WHERE id = $5",
        store.name, domain::to_text(store.back_end), json::serialize(encode_settings(store.settings)), now,
        id);
    mark_movable_dirty(tx, id);
}

}  // namespace

Result<StoreId> insert_store(db::Transaction& tx, const StoreRecord& store, UtcTime now) {
    // The unique key over (account_id, marketplace_id).
    const auto before =
        tx.one("SELECT id, deleted_at FROM stores WHERE account_id = $1 AND marketplace_id = $2",
               store.account_id, store.marketplace);
    if (before && before->is_null(1)) {
        TRY(free_name(tx, store.name, std::nullopt));
        return taken("of this account in this marketplace", "marketplace");
    }
    if (before) {
        const StoreId id = before->get<StoreId>(0);
        TRY(free_name(tx, store.name, id));
        take_up_again(tx, id, store, now);
        write_import_switch(tx, id, store.settings.import_orders, now);
        return id;
    }
    TRY(free_name(tx, store.name, std::nullopt));
    const StoreId id{
        tx.insert("INSERT INTO stores (account_id, marketplace_id, name, back_end, active, settings, "
                  "import_from, watermark, deep_sweep_at, created_at) "
                  "VALUES ($1, $2, $3, $4, 1, $5, $6, $6, $6, $6)",
                  store.account_id, store.marketplace, store.name, domain::to_text(store.back_end),
                  json::serialize(encode_settings(store.settings)), now)};
    write_import_switch(tx, id, store.settings.import_orders, now);
    return id;
}

Status rename_store(db::Transaction& tx, StoreId id, const std::string& name) {
    TRY(free_name(tx, name, id));
    tx.queue("UPDATE stores SET name = $1 WHERE id = $2", name, id);
    return {};
}

Status delete_store(db::Transaction& tx, const StoreRecord& store, UtcTime now) {
    if (store.active)
        return fail(ErrorKind::conflict, "store_active",
                    "store " + store.name + " is active: deactivate it first, then delete it");
    // Index commands_by_state: those that ended are not looked at.
    const auto open = tx.one(
        "SELECT COUNT(*) FROM commands WHERE state IN ('queued', 'sending', 'unknown') AND store_id = $1",
        store.id);
    if (const auto count = open->get<std::int64_t>(0); count > 0)
        return fail(ErrorKind::conflict, "commands_open",
                    std::to_string(count) + " commands of store " + store.name +
                        " are still to be sent to Amazon: wait until they are, or until Amazon has refused "
                        "them, then delete it");
    tx.queue("UPDATE stores SET deleted_at = $1 WHERE id = $2", now, store.id);
    return {};
}

std::vector<StoreRecord> list_stores(db::Reader& tx) {
    std::vector<StoreRecord> stores;
    for (const db::Row& row : tx.query(std::string(kSelect) + "WHERE deleted_at IS NULL ORDER BY id"))
        stores.push_back(read_store(row));
    return stores;
}

std::optional<StoreRecord> find_store(db::Reader& tx, StoreId id) {
    const auto row = tx.one(std::string(kSelect) + "WHERE id = $1", id);
    if (!row) return std::nullopt;
    return read_store(*row);
}

std::optional<StoreRecord> find_store(db::Reader& tx, std::string_view id_or_name) {
    // A name may look like an id; the id wins.
    if (const auto id = StoreId::parse(id_or_name))
        if (auto store = find_store(tx, *id)) return store;
    const auto row = tx.one(std::string(kSelect) + "WHERE name = $1", id_or_name);
    if (!row) return std::nullopt;
    return read_store(*row);
}

void set_store_active(db::Transaction& tx, StoreId id, bool active) {
    tx.queue("UPDATE stores SET active = $1 WHERE id = $2", active, id);
    // Index amazon_orders_waiting.
    tx.queue(
        "UPDATE amazon_orders SET dirty = dirty + 1 "
        "WHERE import_state = 'waiting' AND fulfilled_by = 'merchant' AND store_id = $1",
        id);
}

void update_store_settings(db::Transaction& tx, const StoreRecord& before, const domain::StoreSettings& after,
                           UtcTime now) {
    if (before.settings == after) return;
    tx.queue("UPDATE stores SET settings = $1 WHERE id = $2", json::serialize(encode_settings(after)),
             before.id);
    if (before.settings.import_orders != after.import_orders)
        write_import_switch(tx, before.id, after.import_orders, now);
    if (!moves_orders(before.settings, after)) return;
    mark_movable_dirty(tx, before.id);
}

std::vector<domain::ImportSwitch> read_import_switches(db::Reader& tx, StoreId id) {
    std::vector<domain::ImportSwitch> switches;
    for (const db::Row& row :
         tx.query("SELECT at, is_on FROM import_switches WHERE store_id = $1 ORDER BY at", id))
        switches.push_back({row.get<UtcTime>(0), row.get<bool>(1)});
    return switches;
}

void set_watermark(db::Transaction& tx, StoreId id, UtcTime watermark, std::optional<UtcTime> deep_sweep_at) {
    tx.queue("UPDATE stores SET watermark = $1, deep_sweep_at = COALESCE($2, deep_sweep_at) WHERE id = $3",
             watermark, deep_sweep_at, id);
}

void save_window(db::Transaction& tx, const Window& window) {
    tx.queue(
        "INSERT INTO windows (account_id, stores, updated_after, upper_bound, next_token, started_at) "
        "VALUES ($1, $2, $3, $4, $5, $6) "
        "ON CONFLICT (account_id, stores) DO UPDATE SET updated_after = excluded.updated_after, "
        "upper_bound = excluded.upper_bound, next_token = excluded.next_token, "
        "started_at = excluded.started_at",
        window.account_id, encode_store_ids(window.stores), window.updated_after, window.upper_bound,
        window.next_token, window.started_at);
}

std::vector<Window> list_windows(db::Reader& tx, AccountId account) {
    std::vector<Window> windows;
    for (const db::Row& row :
         tx.query("SELECT stores, updated_after, upper_bound, next_token, started_at FROM windows "
                  "WHERE account_id = $1 ORDER BY started_at, stores",
                  account))
        windows.push_back({.account_id = account,
                           .stores = decode_store_ids(row.get<std::string>(0)),
                           .updated_after = row.get<UtcTime>(1),
                           .upper_bound = row.get<UtcTime>(2),
                           .next_token = row.get<std::string>(3),
                           .started_at = row.get<UtcTime>(4)});
    return windows;
}

void delete_window(db::Transaction& tx, const Window& window) {
    tx.queue("DELETE FROM windows WHERE account_id = $1 AND stores = $2", window.account_id,
             encode_store_ids(window.stores));
}

}  // namespace fairway::store
