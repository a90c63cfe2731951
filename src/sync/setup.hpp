#pragma once
// Connecting accounts and adding stores: verified first, stored only when Amazon agrees, in the caller's
// transaction, so that what was done and its trace are one commit.
#include <optional>
#include <string>

#include "base/pii.hpp"
#include "base/task.hpp"
#include "domain/status.hpp"
#include "store/accounts.hpp"
#include "store/stores.hpp"
#include "sync/context.hpp"

namespace fairway::sync {

struct ConnectRequest {
    std::string name{};
    std::string region{};
    std::string seller_id{};
    std::string client_id{};
    Pii<std::string> client_secret{};
    Pii<std::string> refresh_token{};
    std::optional<std::string> spapi_url{};  // default: Amazon's of the region
    std::optional<std::string> lwa_url{};
};

struct VerifiedAccount {
    store::AccountRecord record{};  // without an id: not stored yet
    store::AccountSecrets secrets{};
};

// Asks getMarketplaceParticipations. invalid with the field named; unauthorized amazon_credentials_refused;
// unavailable.
Task<Result<VerifiedAccount>> verify_account(Context& context, ConnectRequest request);
// conflict account_exists.
Result<AccountId> connect_account(db::Transaction& tx, Context& context, const VerifiedAccount& account);

struct AccountUpdate {
    std::optional<Pii<std::string>> client_secret{};
    std::optional<Pii<std::string>> refresh_token{};
};
// Tries new credentials together with those that stay; the errors are those of verify_account.
Task<Status> verify_update(Context& context, store::AccountRecord account, AccountUpdate update);
// Stores what was verified; a pause ends, and the next call asks for a token with the new credentials.
Status update_account(db::Transaction& tx, Context& context, AccountId id, const AccountUpdate& update);

struct StoreRequest {
    std::string account{};      // name or id
    std::string marketplace{};  // country code ("IT") or Amazon's id
    std::string name{};
    std::string back_end = "builtin";
};
// not_found account; invalid marketplace_unknown, marketplace_other_region, back_end_unknown, name; conflict
// store_exists.
Result<StoreId> add_store(db::Transaction& tx, const StoreRequest& request, UtcTime now);

// invalid name_invalid; conflict store_exists.
Status rename_store(db::Transaction& tx, StoreId store, const std::string& name);

// Applies changed settings. A longer look-back moves the watermark back, so that what it uncovers is read.
Status change_settings(db::Transaction& tx, const store::StoreRecord& store,
                       const domain::StoreSettings& settings, UtcTime now);

}  // namespace fairway::sync
