#pragma once
// Keeps what must not be readable in a stolen or old copy of the database: personal data under one data key
// per order, whose wrapped form lives in the separate key store; credentials under a key derived from the
// master key. Destroying a data key makes everything sealed under it unreadable in every backup. Thread-safe.
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/rng.hpp"
#include "base/strong.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"

namespace fairway::store {

namespace tag {
struct DataKey {
    static constexpr std::string_view kPrefix = "dk";
};
}  // namespace tag
using DataKeyId = Id<tag::DataKey>;

class Vault {
public:
    // key_store is opened and migrated by open_key_store(); rng must be fit for keys and thread-safe.
    Vault(const crypto::Key& master, std::unique_ptr<db::Database> key_store, Rng& rng);

    // New data keys, committed to the key store before they are returned: a crash leaves unused keys, never
    // data whose key is lost. One transaction for the whole batch.
    std::vector<DataKeyId> create_keys(std::size_t count, UtcTime now);

    // context names the table, column and row ("amazon_order_documents.personal/402-…"): a value moved
    // elsewhere does not open. seal CHECKs that the key exists; open fails with ErrorKind::not_found, code
    // "key_destroyed", when it does not.
    crypto::Bytes seal(DataKeyId key, std::string_view context, std::string_view plain);
    Result<std::string> open(DataKeyId key, std::string_view context, std::span<const std::uint8_t> sealed);
    // false once the key was destroyed, or lost with its key store.
    bool has_key(DataKeyId key);
    // The key store does not know it: it is an older one, or another. A destroyed key is not lost.
    bool is_lost(DataKeyId key);
    // Whether every key that is not destroyed opens with the master key. conflict "key_wrong".
    Status try_all_keys();
    // All that the key store knows, destroyed ones too, ascending.
    std::vector<DataKeyId> list_keys();

    // The same word gives the same hash, and none is readable without the master key: for looking up names.
    crypto::Digest blind(std::string_view word) const;

    crypto::Bytes seal_credential(std::string_view context, std::string_view plain);
    Result<std::string> open_credential(std::string_view context, std::span<const std::uint8_t> sealed);

private:
    Result<crypto::Key> find_key(DataKeyId id);

    crypto::Key master_;
    crypto::Key credential_key_;
    crypto::Key name_key_;
    std::unique_ptr<db::Database> key_store_;
    Rng& rng_;
    std::mutex mutex_;
    std::unordered_map<std::int64_t, crypto::Key> cache_;  // bounded; keys are small, unwrapping costs a read
};

std::span<const db::Migration> key_store_migrations();
Result<std::unique_ptr<db::Database>> open_key_store(const std::string& url, UtcTime now);

}  // namespace fairway::store
