#pragma once
// Whether master key, key store and database belong together. A wrong key file or an empty key store would
// otherwise look like a healthy installation whose data cannot be read.
#include "base/result.hpp"
#include "db/db.hpp"
#include "store/vault.hpp"

namespace fairway::store {

// Leaves its mark in a new database, and finds it in one that was opened before. conflict "key_wrong" (the
// master key is another), "key_store_wrong" (the key store lacks this database's keys).
Status check_keys(db::Database& database, Vault& vault, UtcTime now);
// The same for a database that must have been opened before, such as a backup; changes nothing.
Status try_keys(db::Reader& tx, Vault& vault);

}  // namespace fairway::store
