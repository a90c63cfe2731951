#pragma once
// Stores: one account x one marketplace, with settings, import switches and the watermark.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "db/db.hpp"
#include "domain/settings.hpp"
#include "domain/status.hpp"
#include "json/json.hpp"

namespace fairway::store {

struct StoreRecord {
    StoreId id{};
    AccountId account_id{};
    MarketplaceId marketplace{};
    std::string name{};
    domain::BackEndKind back_end = domain::BackEndKind::builtin;
    bool active = true;
    domain::StoreSettings settings{};
    UtcTime import_from{};
    UtcTime watermark{};
    UtcTime deep_sweep_at{};
    UtcTime created_at{};
    std::optional<UtcTime> deleted_at{};  // inactive then; only its orders are left to be read
};

// Active at once; import_from, watermark and the first import switch (on) are `now`. A deleted store of this
// account and marketplace is taken up again, with the settings given here. conflict "store_exists".
Result<StoreId> insert_store(db::Transaction& tx, const StoreRecord& store, UtcTime now);
// Without deleted ones.
std::vector<StoreRecord> list_stores(db::Reader& tx);
// Deleted ones too: their orders can be read.
std::optional<StoreRecord> find_store(db::Reader& tx, StoreId id);
// By id ("st_1") or name.
std::optional<StoreRecord> find_store(db::Reader& tx, std::string_view id_or_name);

// conflict "store_exists" when another store has the name; a deleted one makes room.
Status rename_store(db::Transaction& tx, StoreId id, const std::string& name);
// conflict "store_active"; "commands_open" while something is still to be sent for one of its orders.
Status delete_store(db::Transaction& tx, const StoreRecord& store, UtcTime now);

// Marks the store's waiting orders dirty: only an active store reserves for them.
void set_store_active(db::Transaction& tx, StoreId id, bool active);
// Also records the import switch when import_orders changes, and marks the store's orders that a changed
// setting can move (view-only, excluded, waiting, blocked) dirty.
void update_store_settings(db::Transaction& tx, const StoreRecord& before, const domain::StoreSettings& after,
                           UtcTime now);
std::vector<domain::ImportSwitch> read_import_switches(db::Reader& tx, StoreId id);
void set_watermark(db::Transaction& tx, StoreId id, UtcTime watermark, std::optional<UtcTime> deep_sweep_at);

// Settings as REST and the database write them: the keys of the store settings. decode names the field that
// is wrong and refuses unknown keys; members that are absent keep their value in `base` (a PATCH).
json::Value encode_settings(const domain::StoreSettings& settings);
Result<domain::StoreSettings> patch_settings(const domain::StoreSettings& base, const json::Value& patch);
// The patch that the CLI's "import_orders=false", "quantity.buffer=2", "carriers.brt=BRT" or
// "imported_status=null" means.
json::Object settings_patch(std::string_view key, std::string_view value);

// A window of an account's stores that is being read.
struct Window {
    AccountId account_id{};
    std::vector<StoreId> stores{};
    UtcTime updated_after{};
    UtcTime upper_bound{};
    std::string next_token{};
    UtcTime started_at{};
};
void save_window(db::Transaction& tx, const Window& window);
std::vector<Window> list_windows(db::Reader& tx, AccountId account);
void delete_window(db::Transaction& tx, const Window& window);

}  // namespace fairway::store
