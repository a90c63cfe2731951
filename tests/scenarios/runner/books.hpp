#pragma once
// What is true at any moment of any scenario, and the whole state as text for the comparison before and after
// something that must not change anything.
#include <map>
#include <set>
#include <string>

#include "db/db.hpp"
#include "json/json.hpp"

namespace fairway::scenarios {

// "table row" -> how often it is there. Without what is no business: runs, quota, windows, audit, and the
// columns that only say when something was last looked at.
using Dump = std::map<std::string, int>;
Dump dump(db::Database& database);
// What two runs of one story must agree in, whatever went wrong on the way: the same without times, sealed
// bytes and the keys they are sealed under, and without what tells by which way things came about (attempts,
// the history of commands).
Dump essence(db::Database& database);
// Wrong, naming the first rows that are only before or only after, unless both are the same.
void must_be_unchanged(const std::string& after_what, const Dump& before, const Dump& after);

// Stock is what its movements add up to and never negative; products have reserved what reservations say;
// a reservation, a block and a commerce order do not stand side by side; of every commerce order each part of
// the money is the ledger's to the cent, and Amazon was told of no unit that was not shipped. `forgotten`:
// the tracking numbers that were confirmed before a restore. Throws Wrong.
void check_books(db::Database& database, const json::Value& ledger,
                 const std::set<std::string>& forgotten = {});

}  // namespace fairway::scenarios
