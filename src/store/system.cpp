#include "store/system.hpp"

#include "store/access.hpp"

namespace fairway::store {

namespace {

constexpr std::string_view kBackupAction = "create backup";

}  // namespace

DatabaseFacts read_database_facts(db::Reader& tx, db::Engine engine) {
    // The one question that the engines must be asked in their own words.
    const std::string_view size =
        engine == db::Engine::sqlite
            ? "SELECT c.page_count * s.page_size FROM pragma_page_count AS c, pragma_page_size AS s"
            : "SELECT pg_database_size(current_database())";
    return {.size_bytes = tx.one(size)->get<std::int64_t>(0),
            .schema = tx.one("SELECT MAX(number) FROM schema_migrations")->get<int>(0)};
}

void note_backup(db::Transaction& tx, UtcTime now) { write_audit(tx, "cli", kBackupAction, "database", now); }

std::optional<UtcTime> find_last_backup(db::Reader& tx) {
    const auto newest = list_audit(tx, {.action = std::string(kBackupAction)}, std::nullopt, 1);
    if (newest.empty()) return std::nullopt;
    return newest.front().at;
}

}  // namespace fairway::store
