#pragma once
// Access tokens of Login with Amazon. One per account, kept in memory only, renewed a minute before its end;
// callers that come while a renewal is on its way wait for it and share its outcome.
#include <memory>
#include <string>

#include "amazon/credentials.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/pii.hpp"
#include "net/http.hpp"

namespace fairway::amazon {

// Owned by the Client. Made for callers on one loop, and right for callers on several: state is behind a
// mutex, and who waits is woken on its own loop.
class TokenCache {
public:
    TokenCache(net::HttpClient& http, const Clock& clock, Logger& log);
    ~TokenCache();
    TokenCache(const TokenCache&) = delete;
    TokenCache& operator=(const TokenCache&) = delete;

    // Errors as client.hpp lists them; whatever keeps the token service from answering is connect_failed or
    // throttled, because the operation that needed the token was not sent.
    Task<Result<Pii<std::string>>> token(Account account);
    // A new token that is not kept.
    Task<Result<Pii<std::string>>> fresh_token(Account account);
    // Drops the account's token, if it still is this one.
    void drop(AccountId account, Pii<std::string> token);
    void forget(AccountId account);

private:
    struct State;
    class Renewal;
    struct Granted;

    Task<Result<Granted>> request(Account account);
    Task<Result<Granted>> request_with(Account account, Pii<std::string> client_secret);

    net::HttpClient& http_;
    const Clock& clock_;
    Logger& log_;
    std::unique_ptr<State> state_;
};

}  // namespace fairway::amazon
