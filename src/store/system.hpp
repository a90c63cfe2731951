#pragma once
// What the database tells of itself.
#include <optional>

#include "db/db.hpp"

namespace fairway::store {

struct DatabaseFacts {
    std::int64_t size_bytes = 0;
    int schema = 0;  // the number of the newest migration
};
DatabaseFacts read_database_facts(db::Reader& tx, db::Engine engine);

// A backup of the database was made with `fairway backup create`: kept in the audit trail, where people look
// for it.
void note_backup(db::Transaction& tx, UtcTime now);
std::optional<UtcTime> find_last_backup(db::Reader& tx);

}  // namespace fairway::store
