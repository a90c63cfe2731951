#pragma once
// The SQLite engine: one file in WAL mode with full synchronisation, one writing connection, several reading
// ones.
#include <memory>
#include <string>

#include "db/db.hpp"

namespace fairway::db {

// Creates the file (mode 0600), not its directory. not_found, forbidden or corrupt with the path and the
// reason.
Result<std::unique_ptr<Database>> open_sqlite(const std::string& path);

}  // namespace fairway::db
