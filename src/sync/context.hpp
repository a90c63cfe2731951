#pragma once
// Everything a use case needs. Owned by the program (or a test) and outlives every task; the use cases
// themselves keep no state but what is in the database.
#include "amazon/client.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "commerce/builtin/builtin.hpp"
#include "db/db.hpp"
#include "store/instance.hpp"
#include "store/vault.hpp"

namespace fairway::sync {

struct Context {
    db::Database& db;
    store::Vault& vault;
    amazon::Client& amazon;
    commerce::Builtin& builtin;
    const Clock& clock;
    Logger& log;
    // Whose count moves on before anything is sent. None: a test whose database is never restored.
    store::Instance* instance = nullptr;
};

}  // namespace fairway::sync
