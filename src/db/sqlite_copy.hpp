#pragma once
// Whole SQLite databases as files: copied out while others write, and put back as a whole or not at all.
// Blocking; any thread.
#include <memory>
#include <string>

#include "db/db.hpp"

namespace fairway::db {

// Copies the state at one moment of a database that may be in use into a new file (mode 0600) without files
// beside it; `script` is run on the copy, which is then examined from end to end. Nothing is left behind on
// failure: conflict "file_exists", corrupt "copy_failed" with the path and SQLite's reason.
Status copy_out(const std::string& database, const std::string& file, const std::string& script);

enum class Overwrite { no, yes };
// Puts the content of `file` in the place of the database's, in one transaction of SQLite: a crash or a full
// disk leaves what was there. conflict "database_in_use", "database_not_empty" (unless told to overwrite);
// corrupt "copy_failed".
Status copy_in(const std::string& file, const std::string& database, Overwrite overwrite);

// For looking into a copy: nothing is written, no file is created. not_found, or corrupt
// "database_unreadable".
Result<std::unique_ptr<Database>> open_to_read(const std::string& file);

}  // namespace fairway::db
