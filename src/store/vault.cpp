#include "store/vault.hpp"

#include <algorithm>
#include <array>

#include "base/check.hpp"

namespace fairway::store {

namespace {

// A destroyed key keeps its row without the key, so that its number is never given out again.
constexpr std::array kSqliteMigrations{db::Migration{1, "0001_data_keys",
                                                     "CREATE TABLE data_keys (\n"
                                                     "    id INTEGER PRIMARY KEY,\n"
                                                     "    wrapped BLOB,\n"
                                                     "    created_at INTEGER NOT NULL\n"
                                                     ") STRICT;\n"}};
constexpr std::array kPostgresqlMigrations{db::Migration{1, "0001_data_keys",
                                                         "CREATE TABLE data_keys (\n"
                                                         "    id BIGINT PRIMARY KEY,\n"
                                                         "    wrapped BYTEA,\n"
                                                         "    created_at BIGINT NOT NULL\n"
                                                         ");\n"}};

constexpr std::size_t kCachedKeysMax = 10'000;

std::string key_context(DataKeyId id) { return "data_keys.wrapped/" + id.str(); }

}  // namespace

Vault::Vault(const crypto::Key& master, std::unique_ptr<db::Database> key_store, Rng& rng)
    : master_(master),
      credential_key_(crypto::derive(master, "credentials")),
      name_key_(crypto::derive(master, "names")),
      key_store_(std::move(key_store)),
      rng_(rng) {
    CHECK(key_store_ != nullptr, "a vault has a key store");
}

std::vector<DataKeyId> Vault::create_keys(std::size_t count, UtcTime now) {
    if (count == 0) return {};
    std::vector<crypto::Key> keys;
    for (std::size_t i = 0; i < count; ++i) keys.push_back(crypto::Key::random(rng_));
    const std::vector<DataKeyId> ids = key_store_->write("keys.create", [&](db::Transaction& tx) {
        // Numbers follow the clock as well as each other: a key store that was restored from a backup does
        // not give out the numbers of the keys it lost, under which data may still be sealed.
        const auto last = tx.one("SELECT MAX(id) FROM data_keys")->get<std::optional<std::int64_t>>(0);
        std::int64_t next = std::max(last.value_or(0) + 1, to_micros(now));
        std::vector<DataKeyId> created;
        for (const crypto::Key& key : keys) {
            const DataKeyId id{next++};
            tx.queue("INSERT INTO data_keys (id, wrapped, created_at) VALUES ($1, $2, $3)", id,
                     crypto::wrap(master_, key_context(id), key, rng_), now);
            created.push_back(id);
        }
        return created;
    });
    const std::scoped_lock lock(mutex_);
    if (cache_.size() + count > kCachedKeysMax) cache_.clear();
    for (std::size_t i = 0; i < std::min(count, kCachedKeysMax); ++i)
        cache_.insert_or_assign(ids[i].value, keys[i]);
    return ids;
}

Result<crypto::Key> Vault::find_key(DataKeyId id) {
    {
        const std::scoped_lock lock(mutex_);
        if (const auto cached = cache_.find(id.value); cached != cache_.end()) return cached->second;
    }
    const auto row = key_store_->read(
        [&](db::Reader& tx) { return tx.one("SELECT wrapped FROM data_keys WHERE id = $1", id); });
    if (!row || row->is_null(0))
        return fail(ErrorKind::not_found, "key_destroyed",
                    "the data key " + id.str() + " does not exist any more");
    const crypto::Key key = TRY(crypto::unwrap(master_, key_context(id), row->get<db::Blob>(0)));
    const std::scoped_lock lock(mutex_);
    if (cache_.size() >= kCachedKeysMax) cache_.clear();
    cache_.insert_or_assign(id.value, key);
    return key;
}

bool Vault::has_key(DataKeyId key) {
    const auto found = find_key(key);
    // A key that is there and does not open (another master key) is no destroyed key.
    return found.has_value() || found.error().kind != ErrorKind::not_found;
}

bool Vault::is_lost(DataKeyId key) {
    return !key_store_->read(
        [&](db::Reader& tx) { return tx.one("SELECT id FROM data_keys WHERE id = $1", key); });
}

std::vector<DataKeyId> Vault::list_keys() {
    return key_store_->read([](db::Reader& tx) {
        std::vector<DataKeyId> keys;
        for (const db::Row& row : tx.query("SELECT id FROM data_keys ORDER BY id"))
            keys.push_back(row.get<DataKeyId>(0));
        return keys;
    });
}

Status Vault::try_all_keys() {
    for (const DataKeyId id : list_keys())
        if (const auto found = find_key(id); !found && found.error().kind != ErrorKind::not_found)
            return fail(ErrorKind::conflict, "key_wrong",
                        "the master key is not the one that this key store was made with; put the right key "
                        "file back (secrets.master_key_file)",
                        "secrets.master_key_file");
    return {};
}

crypto::Bytes Vault::seal(DataKeyId key, std::string_view context, std::string_view plain) {
    const auto found = find_key(key);
    CHECK(found.has_value(), "data is sealed under a key that exists");
    return crypto::seal(*found, context, plain, rng_);
}

Result<std::string> Vault::open(DataKeyId key, std::string_view context,
                                std::span<const std::uint8_t> sealed) {
    const crypto::Key found = TRY(find_key(key));
    return crypto::open(found, context, sealed);
}

crypto::Digest Vault::blind(std::string_view word) const {
    return crypto::hmac_sha256(name_key_.bytes(), word);
}

crypto::Bytes Vault::seal_credential(std::string_view context, std::string_view plain) {
    return crypto::seal(credential_key_, context, plain, rng_);
}

Result<std::string> Vault::open_credential(std::string_view context, std::span<const std::uint8_t> sealed) {
    return crypto::open(credential_key_, context, sealed);
}

// Of the engine that backup copies.
std::span<const db::Migration> key_store_migrations() { return kSqliteMigrations; }

Result<std::unique_ptr<db::Database>> open_key_store(const std::string& url, UtcTime now) {
    std::unique_ptr<db::Database> key_store = TRY(db::open(url));
    const bool is_sqlite = key_store->engine() == db::Engine::sqlite;
    TRY(db::migrate(*key_store, is_sqlite ? kSqliteMigrations : kPostgresqlMigrations, now));
    return key_store;
}

}  // namespace fairway::store
