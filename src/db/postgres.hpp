#pragma once
// The PostgreSQL engine: a bounded pool of connections to one database, by libpq.
//
// Writers queue. Each write transaction first takes one advisory lock of its database, for this process and
// every other one, so that there is one writer at a time exactly as on SQLite. What rests on that: a plan may
// check that it read this very transaction's stock; ids grow in the order of commits, so that "everything
// after the last id I saw" misses nothing; no two writers deadlock. What it costs: writes of several
// processes do not overlap, and a transaction is as long as its statements and their round trips. Fairway's
// transactions are short and Amazon's quotas admit a few orders a second per account, so this buys safety
// with something that was not needed. Reading waits for nobody.
//
// Writing is READ COMMITTED, since a snapshot from before the lock was granted would be stale; alone, it is
// as good as serialisable. Reading is one REPEATABLE READ snapshot.
//
// A connection that fails is dropped and made anew at the next use. If it fails at a COMMIT, nobody can tell
// whether the transaction was kept: Failure::Kind::connection is then the same as a process that died there,
// and what was to be done is looked at anew.
#include <memory>
#include <string>

#include "db/db.hpp"

namespace fairway::db {

// "postgresql://USER:PASSWORD@HOST:PORT/NAME?sslmode=…", as libpq has it; the environment's PG… variables and
// a password file apply. invalid database_url_invalid, unavailable database_unreachable, conflict
// database_unsuited (too old, or its texts are not UTF-8). No text contains the password.
Result<std::unique_ptr<Database>> open_postgres(const std::string& url);

}  // namespace fairway::db
