#pragma once
// Connecting accounts and adding stores: verified first, stored only when Amazon agrees.
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

// Asks getMarketplaceParticipations before anything is stored. invalid with the field named; conflict
// account_exists; unauthorized amazon_credentials_refused; unavailable.
Task<Result<AccountId>> connect_account(Context& context, ConnectRequest request);

struct AccountUpdate {
    std::optional<Pii<std::string>> client_secret{};
    std::optional<Pii<std::string>> refresh_token{};
};
// New credentials are tried before they are stored; a pause ends.
Task<Status> update_account(Context& context, AccountId id, AccountUpdate update);

struct StoreRequest {
    std::string account{};      // name or id
    std::string marketplace{};  // country code ("IT") or Amazon's id
    std::string name{};
    std::string back_end = "builtin";
};
// not_found account; invalid marketplace_unknown, marketplace_other_region, back_end_unknown, name; conflict
// store_exists.
Result<StoreId> add_store(Context& context, const StoreRequest& request);

// Applies changed settings. A longer look-back moves the watermark back, so that what it uncovers is read.
Status change_settings(db::Transaction& tx, const store::StoreRecord& store,
                       const domain::StoreSettings& settings, UtcTime now);

}  // namespace fairway::sync
