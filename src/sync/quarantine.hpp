#pragma once
// What Amazon answered and nobody could decode, over the database: sealed, counted, listed by /quarantine.
#include "amazon/quarantine.hpp"
#include "db/db.hpp"
#include "store/vault.hpp"

namespace fairway::sync {

// Thread-safe.
class StoredQuarantine final : public amazon::Quarantine {
public:
    StoredQuarantine(db::Database& db, store::Vault& vault) : db_(db), vault_(vault) {}
    void keep(AccountId account, const amazon::Undecodable& answer, UtcTime now) override;

private:
    db::Database& db_;
    store::Vault& vault_;
};

}  // namespace fairway::sync
