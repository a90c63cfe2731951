#include "store/key_check.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kContext = "key_check.sealed";
constexpr std::string_view kText = "fairway";

}  // namespace

Status try_keys(db::Reader& tx, Vault& vault) {
    const auto mark = tx.one("SELECT key_id, sealed FROM key_check");
    if (!mark) return fail(ErrorKind::corrupt, "key_check_missing", "Fairway has never opened this database");
    const auto opened = vault.open(mark->get<DataKeyId>(0), kContext, mark->get<db::Blob>(1));
    if (opened) return {};
    if (opened.error().kind == ErrorKind::not_found)
        return fail(
            ErrorKind::conflict, "key_store_wrong",
            "the key store lacks the keys of this database; put back the key store that belongs to it "
            "(secrets.key_store_url)",
            "secrets.key_store_url");
    return fail(ErrorKind::conflict, "key_wrong",
                "the master key is not the one that this database was made with; put the right key file back "
                "(secrets.master_key_file)",
                "secrets.master_key_file");
}

Status check_keys(db::Database& database, Vault& vault, UtcTime now) {
    const bool opened_before = database.read(
        [](db::Reader& tx) { return !tx.query("SELECT key_id FROM key_check LIMIT 1").empty(); });
    if (opened_before) return database.read([&](db::Reader& tx) { return try_keys(tx, vault); });
    const DataKeyId key = vault.create_keys(1, now).front();
    const crypto::Bytes sealed = vault.seal(key, kContext, kText);
    database.write("keys.check", [&](db::Transaction& tx) {
        // Another process may have left its mark meanwhile; one is enough.
        if (!tx.one("SELECT key_id FROM key_check"))
            tx.execute("INSERT INTO key_check (key_id, sealed) VALUES ($1, $2)", key, sealed);
    });
    return {};
}

}  // namespace fairway::store
