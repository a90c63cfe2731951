#pragma once
// What is true of a Fairway that has come to rest, whatever happened before: the rules of tests/checkers, and
// that nothing is left half done.
#include "db/db.hpp"
#include "json/json.hpp"

namespace fairway::crash {

// Throws scenarios::Wrong with the first thing that is not as it must be.
void check_at_rest(db::Database& database, const json::Value& ledger);

}  // namespace fairway::crash
