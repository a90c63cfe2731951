#pragma once
// Who calls Amazon: one seller account in one region with its own credentials. Plain values, passed by copy.
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "base/pii.hpp"
#include "domain/marketplace.hpp"

namespace fairway::amazon {

struct Credentials {
    std::string client_id{};
    Pii<std::string> client_secret{};
    // Amazon accepts the old secret for some days after a rotation; tried when the new one is refused.
    std::optional<Pii<std::string>> previous_client_secret{};
    Pii<std::string> refresh_token{};
};

struct Account {
    AccountId
        id{};  // 0 while the account is not stored yet: no quota bucket and no cached token belong to it
    domain::Region region = domain::Region::eu;
    SellerId seller_id{};
    Credentials credentials{};
    std::string spapi_url{};  // base, without a slash at its end: "https://sellingpartnerapi-eu.amazon.com"
    std::string lwa_url{};    // base of the token service; "/auth/o2/token" is appended
};

}  // namespace fairway::amazon
