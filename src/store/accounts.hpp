#pragma once
// Accounts: Amazon seller accounts, one per region and seller id, with their credentials sealed.
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/pii.hpp"
#include "db/db.hpp"
#include "domain/marketplace.hpp"
#include "store/vault.hpp"

namespace fairway::store {

struct AccountSecrets {
    Pii<std::string> client_secret{};
    std::optional<Pii<std::string>> previous_client_secret{};  // still good for some days after a rotation
    Pii<std::string> refresh_token{};
};

struct AccountRecord {
    AccountId id{};
    std::string name{};
    domain::Region region = domain::Region::eu;
    SellerId seller_id{};
    std::string client_id{};
    std::string spapi_url{};
    std::string lwa_url{};
    std::optional<std::string> paused_code{};  // why no call is made; empty while all is well
    std::optional<std::string> paused_text{};
    std::optional<UtcTime> paused_at{};
    UtcTime created_at{};
};

// conflict "account_exists" (field name or seller_id) when the name or (region, seller id) is taken.
Result<AccountId> insert_account(db::Transaction& tx, Vault& vault, const AccountRecord& account,
                                 const AccountSecrets& secrets);
// A new client secret moves the present one to the second slot. Ends a pause.
Status update_account_secrets(db::Transaction& tx, Vault& vault, AccountId id,
                              const std::optional<Pii<std::string>>& client_secret,
                              const std::optional<Pii<std::string>>& refresh_token);
Status pause_account(db::Transaction& tx, AccountId id, const std::string& code, const std::string& text,
                     UtcTime now);
Status resume_account(db::Transaction& tx, AccountId id);

std::vector<AccountRecord> list_accounts(db::Reader& tx);
std::optional<AccountRecord> find_account(db::Reader& tx, AccountId id);
// By id ("ac_1") or name.
std::optional<AccountRecord> find_account(db::Reader& tx, std::string_view id_or_name);
Result<AccountSecrets> read_account_secrets(db::Reader& tx, Vault& vault, AccountId id);

}  // namespace fairway::store
