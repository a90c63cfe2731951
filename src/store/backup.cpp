#include "store/backup.hpp"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/fault_point.hpp"
#include "base/file.hpp"
#include "base/text.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "store/instance.hpp"
#include "store/key_check.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kFormat = "fairway-backup-1";
constexpr std::size_t kManifestBytesMax = 64 * 1024;
constexpr std::array kDatabaseTables{"accounts",     "stores",   "amazon_orders", "commerce_orders",
                                     "credit_memos", "commands", "products"};

std::string_view to_text(BackupKind kind) { return kind == BackupKind::database ? "database" : "key_store"; }

std::span<const db::Migration> migrations_of(const Installation& installation, BackupKind kind) {
    return kind == BackupKind::database ? installation.migrations : key_store_migrations();
}

std::unexpected<Error> not_a_backup(const std::string& file, const std::string& why) {
    return fail(ErrorKind::malformed, "backup_invalid", file + " is no backup that can be used: " + why);
}

std::int64_t count(db::Reader& tx, const std::string& table) {
    return tx.one("SELECT COUNT(*) FROM " + table)->get<std::int64_t>(0);
}

// What the copy says of itself: schema and rows.
Status describe(const Installation& installation, BackupKind kind, const std::string& file,
                Manifest& manifest) {
    const auto copy = TRY(db::open_to_read(file));
    return copy->read([&](db::Reader& tx) -> Status {
        manifest.schema = TRY(db::read_schema(tx, migrations_of(installation, kind)));
        if (kind == BackupKind::key_store) manifest.rows["data_keys"] = count(tx, "data_keys");
        else
            for (const char* table : kDatabaseTables) manifest.rows[table] = count(tx, table);
        return {};
    });
}

Status weigh(const std::string& file, Manifest& manifest) {
    std::error_code error;
    manifest.bytes = static_cast<std::int64_t>(std::filesystem::file_size(file, error));
    if (error) return not_a_backup(file, error.message());
    manifest.sha256 = hex_encode(TRY(crypto::sha256_of_file(file)));
    return {};
}

Status finish(const std::string& part, const std::string& file, const Manifest& manifest) {
    crash_point("backup.create.after_copy");
    TRY(replace_file(manifest_of(file), json::serialize(json::encode(manifest)) + "\n"));
    crash_point("backup.create.after_manifest");
    // Unlike a rename, a link never takes the place of a file that somebody made meanwhile.
    if (::link(part.c_str(), file.c_str()) != 0)
        return fail(ErrorKind::conflict, "file_exists", "cannot make " + file + ": " + std::strerror(errno));
    return sync_folder_of(file);
}

Result<Manifest> read_manifest(const std::string& file) {
    const std::string path = manifest_of(file);
    const auto text = TRY(read_small_file(path, kManifestBytesMax));
    if (!text)
        return fail(
            ErrorKind::not_found, "manifest_missing",
            "there is no " + path + ", which says what " + file + " should be; keep the two files together");
    const auto value = json::parse(*text);
    if (!value) return not_a_backup(path, value.error().message);
    auto manifest = json::decode<Manifest>(*value);
    if (!manifest) return not_a_backup(path, manifest.error().message);
    if (manifest->format != kFormat)
        return not_a_backup(
            path, "its format is " + manifest->format + ", this program knows " + std::string(kFormat));
    return *std::move(manifest);
}

Status check_whole(const std::string& file, const Manifest& manifest) {
    Manifest found;
    TRY(weigh(file, found));
    if (found.bytes != manifest.bytes)
        return not_a_backup(file, "it has " + std::to_string(found.bytes) + " bytes, its manifest says " +
                                      std::to_string(manifest.bytes));
    if (found.sha256 != manifest.sha256)
        return not_a_backup(file, "its content was changed: the checksum is another than its manifest's");
    return {};
}

Status check_content(const Installation& installation, BackupKind kind, const std::string& file,
                     const Manifest& manifest) {
    const auto copy = TRY(db::open_to_read(file));
    const std::string damage = copy->read(
        [](db::Reader& tx) { return tx.query("PRAGMA integrity_check").front().get<std::string>(0); });
    if (damage != "ok") return not_a_backup(file, "the database in it is damaged: " + damage);
    Manifest found;
    TRY(describe(installation, kind, file, found));
    if (found.schema != manifest.schema || found.rows != manifest.rows)
        return not_a_backup(file, "it holds other rows than its manifest says");
    return {};
}

Status check_fits(const Installation& installation, BackupKind kind, const std::string& file) {
    const bool is_database = kind == BackupKind::database;
    auto keys = db::open_to_read(is_database ? installation.key_store : file);
    if (!keys)
        return fail(ErrorKind::conflict, "key_store_missing",
                    keys.error().message + "; restore the key store first: backup restore --key-store FILE",
                    "secrets.key_store_url");
    Vault vault(installation.master, *std::move(keys), installation.rng);
    if (!is_database) return vault.try_all_keys();
    const auto copy = TRY(db::open_to_read(file));
    return copy->read([&](db::Reader& tx) { return try_keys(tx, vault); });
}

}  // namespace

std::string manifest_of(const std::string& file) { return file + ".manifest"; }

Result<Manifest> create_backup(const Installation& installation, BackupKind kind, const std::string& instance,
                               const std::string& file, UtcTime now) {
    const bool is_database = kind == BackupKind::database;
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored))
        return fail(ErrorKind::conflict, "file_exists",
                    file + " exists and is not overwritten; name another file");
    // What a killed backup left behind.
    const std::string part = file + ".part";
    ::unlink(part.c_str());
    TRY(db::copy_out(is_database ? installation.database : installation.key_store, part,
                     is_database ? std::string(kForgetPlaces) : ""));
    Manifest manifest{.format = std::string(kFormat),
                      .kind = std::string(to_text(kind)),
                      .version = installation.version,
                      .created_at = now,
                      .instance = instance};
    Status done = describe(installation, kind, part, manifest);
    if (done) done = weigh(part, manifest);
    if (done) done = finish(part, file, manifest);
    ::unlink(part.c_str());
    if (!done) return std::unexpected(std::move(done).error());
    return manifest;
}

Result<Manifest> verify_backup(const Installation& installation, BackupKind kind, const std::string& file) {
    Manifest manifest = TRY(read_manifest(file));
    if (manifest.kind != to_text(kind))
        return fail(ErrorKind::invalid, "backup_kind_wrong",
                    file + " is a backup of the " +
                        (kind == BackupKind::database ? "key store; say so with --key-store"
                                                      : "database; leave --key-store out"));
    TRY(check_whole(file, manifest));
    // What else may be wrong with a file whose checksum is right is a statement that fails.
    try {
        TRY(check_content(installation, kind, file, manifest));
        TRY(check_fits(installation, kind, file));
    } catch (const db::Failure& failure) {
        return not_a_backup(file, failure.what());
    }
    return manifest;
}

Result<Manifest> restore_backup(const Installation& installation, BackupKind kind, const std::string& file,
                                db::Overwrite overwrite) {
    Manifest manifest = TRY(verify_backup(installation, kind, file));
    TRY(db::copy_in(file, kind == BackupKind::database ? installation.database : installation.key_store,
                    overwrite));
    return manifest;
}

}  // namespace fairway::store
