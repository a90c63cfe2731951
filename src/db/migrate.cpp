#include <openssl/sha.h>

#include <array>

#include "base/text.hpp"
#include "db/db.hpp"

namespace fairway::db {

namespace {

std::string checksum(std::string_view sql) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(sql.data()), sql.size(), digest.data());
    return hex_encode(digest);
}

struct Applied {
    int number = 0;
    std::string checksum{};
};

std::vector<Applied> read_applied(Reader& tx) {
    std::vector<Applied> applied;
    for (const Row& row : tx.query("SELECT number, checksum FROM schema_migrations ORDER BY number"))
        applied.push_back({row.get<int>(0), row.get<std::string>(1)});
    return applied;
}

// What the database has must be the beginning of what this program knows.
Status check(const std::vector<Applied>& applied, std::span<const Migration> migrations) {
    if (applied.size() > migrations.size())
        return fail(ErrorKind::conflict, "database_newer",
                    "the database was written by a newer version (schema " +
                        std::to_string(applied.back().number) + ", this program knows " +
                        std::to_string(migrations.size()) + "); start that version");
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].number != migrations[i].number || applied[i].checksum != checksum(migrations[i].sql))
            return fail(ErrorKind::conflict, "migration_edited",
                        "migration " + std::string(migrations[i].name) +
                            " is not the one this database was made with; use the program it was made with");
    return {};
}

}  // namespace

Result<int> read_schema(Reader& tx, std::span<const Migration> migrations) {
    const std::vector<Applied> applied = read_applied(tx);
    TRY(check(applied, migrations));
    return static_cast<int>(applied.size());
}

Result<int> migrate(Database& database, std::span<const Migration> migrations, UtcTime now) {
    for (std::size_t i = 0; i < migrations.size(); ++i)
        CHECK(migrations[i].number == static_cast<int>(i) + 1, "migrations are numbered without gaps");
    database.write("migration.table", [](Transaction& tx) {
        tx.script(
            "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
            "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)");
    });
    int count = 0;
    for (std::size_t i = 0; i < migrations.size(); ++i) {
        // Looked at again inside each transaction: another process may be migrating too.
        const bool ran = TRY(database.write("migration.step", [&](Transaction& tx) -> Result<bool> {
            const std::vector<Applied> applied = read_applied(tx);
            TRY(check(applied, migrations));
            if (applied.size() > i) return false;
            tx.script(std::string(migrations[i].sql));
            tx.execute(
                "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                migrations[i].number, migrations[i].name, checksum(migrations[i].sql), now);
            return true;
        }));
        if (ran) ++count;
    }
    TRY(check(database.read(read_applied), migrations));
    return count;
}

}  // namespace fairway::db
