#pragma once
// Backups of the two SQLite databases: a copy of the file as it was at one moment, and beside it a manifest
// that says what it is and how it reads when it is whole. A backup of the database holds no data key, one of
// the key store holds nothing else; they are kept apart. Blocking; one thread.
#include <map>
#include <span>
#include <string>

#include <boost/describe.hpp>

#include "base/time.hpp"
#include "crypto/crypto.hpp"
#include "db/db.hpp"
#include "db/sqlite_copy.hpp"
#include "store/vault.hpp"

namespace fairway::store {

enum class BackupKind { database, key_store };

struct Manifest {
    std::string format{};
    std::string kind{};     // "database", "key_store"
    std::string version{};  // of the program that made it
    UtcTime created_at{};
    std::string instance{};  // whose it is
    int schema = 0;          // the newest migration
    std::map<std::string, std::int64_t> rows{};
    std::int64_t bytes = 0;
    std::string sha256{};
};
BOOST_DESCRIBE_STRUCT(Manifest, (),
                      (format, kind, version, created_at, instance, schema, rows, bytes, sha256))

// "FILE.manifest"
std::string manifest_of(const std::string& file);

// What is backed up, and with what a backup is compared.
struct Installation {
    std::string database{};  // paths of the two files
    std::string key_store{};
    crypto::Key master;
    std::span<const db::Migration> migrations;  // of the database
    std::string version{};
    Rng& rng;
};

// Copies a database that may be in use and writes the manifest; the file is there only once both are whole.
// instance: see Mark. conflict "file_exists", corrupt "copy_failed", invalid "file_unwritable".
Result<Manifest> create_backup(const Installation& installation, BackupKind kind, const std::string& instance,
                               const std::string& file, UtcTime now);

// Everything that can be known before it is needed: that it is whole (size, checksum, every page), of this
// kind, of a schema that this program knows, and that the keys fit: a database opens with the configured
// master key and key store, and every key of a key store with the master key. Errors say which of it is
// wrong.
Result<Manifest> verify_backup(const Installation& installation, BackupKind kind, const std::string& file);

// Verifies, then puts it in the place of the installation's file: as a whole or not at all (see db::copy_in).
// The next start from a restored database is in read-only mode.
Result<Manifest> restore_backup(const Installation& installation, BackupKind kind, const std::string& file,
                                db::Overwrite overwrite);

}  // namespace fairway::store
