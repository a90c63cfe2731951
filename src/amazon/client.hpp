#pragma once
// The operations of the Selling Partner API that Fairway uses. No retries (but one, with a fresh token, when
// Amazon says that the token has expired): the callers know when a repetition makes sense. One call of a
// method is one quota token and one log line, "amazon.call".
//
// What an Error means, the same for every method:
//   throttled     quota_exhausted             our bucket or Amazon's is empty, retry_after is set: no effect
//   unauthorized  amazon_credentials_refused  the token service refuses the credentials
//                 amazon_unauthorized         401
//   forbidden     amazon_forbidden            403, with Amazon's words: a missing role, another region
//   not_found     amazon_not_found            404 of a read
//   invalid       amazon_refused              Amazon's words: 400 and its like, of a write 404 too. No effect
//   unavailable   connect_failed              nothing was sent: no connection, or no token to be had
//                 connection_lost             as net/http.hpp says; of a write the outcome is unknown
//                 amazon_unavailable          5xx; of a write the outcome is unknown
//   timeout       as net/http.hpp says; of a write the outcome is unknown
//   corrupt       amazon_answer_undecodable   Amazon's answer is not what its model says
//   too_large     answer_too_large            as net/http.hpp says
// An answer about orders that is corrupt or too large is put into the quarantine before the error is given.
// No message and no log line holds a token, a secret or personal data.
#include <memory>
#include <string>
#include <vector>

#include "amazon/call_log.hpp"
#include "amazon/credentials.hpp"
#include "amazon/orders.hpp"
#include "amazon/quarantine.hpp"
#include "amazon/quota.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/http.hpp"

namespace fairway::amazon {

class TokenCache;

struct ConfirmedItem {
    OrderItemId order_item_id{};
    std::int64_t quantity = 0;
};

// One package. Sent again with the same reference id it edits the package.
struct ShipmentConfirmation {
    AmazonOrderId order{};
    MarketplaceId marketplace{};
    std::string package_reference_id{};  // a positive number, as text
    std::string carrier_code{};          // Amazon's code; empty: "Other", and carrier_name speaks
    std::string carrier_name{};
    std::string shipping_method{};
    std::string tracking{};
    UtcTime shipped_at{};
    std::vector<ConfirmedItem> items{};
};

struct Participation {
    MarketplaceId marketplace{};
    std::string country{};  // "IT"
    std::string name{};     // "Amazon.it"
    std::string currency{};
    std::string store_name{};  // what buyers see
    bool participating = false;
    bool suspended_listings = false;
};

// Outlives its tasks. Thread-safe as far as the HttpClient, the ledger and the quarantine are; callers on
// different loops may share it. Parameters of its coroutines are copies: the caller's may die meanwhile.
class Client {
public:
    // calls: who is told of the calls of stored accounts; nullptr: nobody.
    Client(net::HttpClient& http, const Clock& clock, QuotaLedger& ledger, Quarantine& quarantine,
           Logger& log, CallLog* calls = nullptr);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    Task<Result<SearchPage>> search_orders(Account account, SearchQuery query);
    Task<Result<ReadOrder>> get_order(Account account, AmazonOrderId order);
    Task<Status> confirm_shipment(Account account, ShipmentConfirmation shipment);
    Task<Result<std::vector<Participation>>> marketplace_participations(Account account);

    // Asks for a new token with exactly these credentials, and for the participations with it; what the cache
    // holds is neither used nor changed.
    Task<Result<std::vector<Participation>>> verify_credentials(Account account);
    // The next call asks for a new token.
    void forget_token(AccountId account);

private:
    struct Call;

    Task<Result<Pii<std::string>>> token_for(Account account);
    Task<Result<net::Response>> send(Account account, Call call);
    Task<Result<net::Response>> send_once(Account account, Call call, Pii<std::string> token);
    Result<net::Response> judge(const Account& account, const Call& call, const Pii<std::string>& token,
                                net::Response response);
    std::unexpected<Error> keep_aside(const Account& account, std::optional<AmazonOrderId> order,
                                      const Result<net::Response>& response, Error error);
    Status take_quota(const Account& account, Operation operation);
    void log_call(const Account& account, const Call& call, UtcTime started,
                  const Result<net::Response>& response);
    void tell(const Account& account, const CallFailure& failure);
    void tell_success(const Account& account, std::string_view operation);

    net::HttpClient& http_;
    const Clock& clock_;
    QuotaLedger& ledger_;
    Quarantine& quarantine_;
    Logger& log_;
    CallLog* calls_;
    std::unique_ptr<TokenCache> tokens_;
};

}  // namespace fairway::amazon
