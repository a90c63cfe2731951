#include "amazon/tokens.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <vector>

#include "amazon/answers.hpp"
#include "amazon/wire.hpp"
#include "base/fault_point.hpp"
#include "base/text.hpp"
#include "json/json.hpp"

namespace fairway::amazon {

namespace asio = boost::asio;

namespace {

using Token = Pii<std::string>;

constexpr Duration kRenewBefore = seconds(60);
// The token service names no time to wait.
constexpr Duration kThrottledWait = seconds(60);
constexpr std::string_view kClientSecret = "client_secret";
constexpr std::int64_t kLifetimeMax = 86'400;

// Somebody who waits for another's renewal. The timer never fires: cancelling it is the wake-up call.
struct Waiter {
    explicit Waiter(asio::any_io_executor executor)
        : timer(std::move(executor), asio::steady_timer::time_point::max()) {}
    asio::steady_timer timer;
    std::optional<Result<Token>> outcome{};  // empty after waking: the renewal was dropped, try oneself
};

struct Entry {
    Token token{};
    UtcTime renew_at = UtcTime::min();
    // The token belongs to these; other ones need another token.
    std::string client_id{};
    Token refresh_token{};
    bool renewing = false;
    std::uint64_t forgotten =
        0;  // counts forget(), so that a renewal begun before does not bring the old token back
    std::vector<std::weak_ptr<Waiter>> waiters{};  // each belongs to the coroutine that waits

    bool serves(const Account& account, UtcTime now) const {
        return now < renew_at && client_id == account.credentials.client_id &&
               refresh_token == account.credentials.refresh_token;
    }
};

std::unexpected<Error> not_sent(std::string_view why) {
    return fail(ErrorKind::unavailable, "connect_failed",
                "Amazon's token service gave no token (" + std::string(why) + "); nothing was sent");
}

Error refused(const Account& account, const TokenRefusal& refusal) {
    Error error{ErrorKind::unauthorized, "amazon_credentials_refused",
                "Amazon refuses the credentials of seller " + account.seller_id.str() + ": " + refusal.words +
                    ". Update the account's client secret or refresh token"};
    if (refusal.code == "invalid_client") error.field = kClientSecret;
    if (refusal.code == "invalid_grant") error.field = "refresh_token";
    return error;
}

// What a status other than 200 means.
Error judge_refusal(const net::Response& response, const Account& account) {
    if (response.status == 429) {
        Error error{ErrorKind::throttled, "quota_exhausted", "Amazon's token service asks for a pause"};
        error.retry_after = kThrottledWait;
        return error;
    }
    const std::string status = "HTTP " + std::to_string(response.status);
    if (response.status >= 500) return not_sent(status).error();
    const TokenRefusal refusal = read_token_refusal(response, account);
    const bool passing = refusal.code == "server_error" || refusal.code == "temporarily_unavailable";
    if (refusal.code.empty() || passing) return not_sent(status).error();
    return refused(account, refusal);
}

std::string form_body(const Account& account, const Token& client_secret) {
    return format_query({{"grant_type", "refresh_token"},
                         {"refresh_token", account.credentials.refresh_token.reveal()},
                         {"client_id", account.credentials.client_id},
                         {"client_secret", client_secret.reveal()}});
}

}  // namespace

struct TokenCache::State {
    std::mutex mutex{};
    std::map<AccountId, Entry> entries{};
};

struct TokenCache::Granted {
    Token token{};
    UtcTime expires_at{};
};

// The one renewal of an account that is under way. Lives in the frame of the coroutine that does it, and sets
// the others free at its end, even if that coroutine is dropped.
class TokenCache::Renewal {
public:
    Renewal(State& state, AccountId account, std::uint64_t forgotten)
        : state_(state), account_(account), forgotten_(forgotten) {}
    Renewal(const Renewal&) = delete;
    Renewal& operator=(const Renewal&) = delete;
    ~Renewal() { wake({}); }

    void finish(const Account& account, const Result<Granted>& granted) {
        if (!granted) return wake(std::unexpected(granted.error()));
        {
            const std::lock_guard lock(state_.mutex);
            Entry& entry = state_.entries[account_];
            if (entry.forgotten == forgotten_) {
                entry.token = granted->token;
                entry.renew_at = granted->expires_at - kRenewBefore;
                entry.client_id = account.credentials.client_id;
                entry.refresh_token = account.credentials.refresh_token;
            }
        }
        wake(granted->token);
    }

private:
    void wake(std::optional<Result<Token>> outcome) {
        if (done_) return;
        done_ = true;
        std::vector<std::weak_ptr<Waiter>> waiters;
        {
            const std::lock_guard lock(state_.mutex);
            Entry& entry = state_.entries[account_];
            entry.renewing = false;
            waiters.swap(entry.waiters);
        }
        for (const std::weak_ptr<Waiter>& each : waiters) {
            const auto alive = each.lock();
            if (!alive) continue;
            asio::post(alive->timer.get_executor(), [each, outcome] {
                const auto waiter = each.lock();
                if (!waiter) return;
                waiter->outcome = outcome;
                waiter->timer.cancel();
            });
        }
    }

    State& state_;
    AccountId account_;
    std::uint64_t forgotten_;
    bool done_ = false;
};

TokenCache::TokenCache(net::HttpClient& http, const Clock& clock, Logger& log)
    : http_(http), clock_(clock), log_(log), state_(std::make_unique<State>()) {}
TokenCache::~TokenCache() = default;

Task<Result<Token>> TokenCache::token(Account account) {
    while (true) {
        std::shared_ptr<Waiter> waiter;
        std::uint64_t forgotten = 0;
        const auto executor = co_await asio::this_coro::executor;
        {
            const std::lock_guard lock(state_->mutex);
            Entry& entry = state_->entries[account.id];
            if (entry.serves(account, clock_.now())) co_return entry.token;
            if (entry.renewing) {
                waiter = std::make_shared<Waiter>(executor);
                entry.waiters.push_back(waiter);
            } else {
                entry.renewing = true;
                forgotten = entry.forgotten;
            }
        }
        if (!waiter) {
            Renewal renewal(*state_, account.id, forgotten);
            const auto granted = co_await request(account);
            renewal.finish(account, granted);
            if (!granted) co_return std::unexpected(granted.error());
            co_return granted->token;
        }
        co_await waiter->timer.async_wait(asio::as_tuple(asio::use_awaitable));
        if (waiter->outcome) co_return *waiter->outcome;
    }
}

Task<Result<Token>> TokenCache::fresh_token(Account account) {
    co_return CO_TRY(co_await request(std::move(account))).token;
}

void TokenCache::drop(AccountId account, Token token) {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->entries.find(account);
    if (found != state_->entries.end() && found->second.token == token)
        found->second.renew_at = UtcTime::min();
}

void TokenCache::forget(AccountId account) {
    const std::lock_guard lock(state_->mutex);
    Entry& entry = state_->entries[account];
    entry.renew_at = UtcTime::min();
    entry.token = Token{};
    ++entry.forgotten;
}

Task<Result<TokenCache::Granted>> TokenCache::request(Account account) {
    auto granted = co_await request_with(account, account.credentials.client_secret);
    const bool secret_refused = !granted && granted.error().field == kClientSecret;
    if (!secret_refused || !account.credentials.previous_client_secret) co_return granted;
    auto with_previous = co_await request_with(account, *account.credentials.previous_client_secret);
    if (with_previous) log_.warning("amazon.previous_secret_used", {{"account", account.id.str()}});
    // Both refused: what Amazon said of the current one counts.
    if (!with_previous && with_previous.error().kind == ErrorKind::unauthorized) co_return granted;
    co_return with_previous;
}

Task<Result<TokenCache::Granted>> TokenCache::request_with(Account account, Token client_secret) {
    const UtcTime started = clock_.now();
    net::ClientRequest request{.method = "POST", .url = account.lwa_url + "/auth/o2/token"};
    request.headers.add("Content-Type", "application/x-www-form-urlencoded;charset=UTF-8");
    request.headers.add("Accept", "application/json");
    request.body = form_body(account, client_secret);
    crash_point("token.fetch.before_call");
    const auto response = co_await http_.send(std::move(request));
    crash_point("token.fetch.after_call");
    log_.debug("amazon.token", {{"account", account.id.str()},
                                {"status", response ? response->status : 0},
                                {"code", response ? "" : response.error().code}});
    if (!response) co_return not_sent(response.error().code);
    if (response->status != 200) co_return std::unexpected(judge_refusal(*response, account));
    const auto body = json::parse(response->body);
    const json::Object* object = body ? body->if_object() : nullptr;
    // Not Amazon's word on what was to be asked with the token: nothing was sent.
    const auto unreadable = not_sent("its answer is not a token");
    if (object == nullptr) co_return unreadable;
    const auto access_token = wire::text(*object, "access_token");
    const auto expires_in = wire::quantity(*object, "expires_in");
    if (!access_token || access_token->empty() || !expires_in || !*expires_in) co_return unreadable;
    const Duration lifetime = seconds(std::min(**expires_in, kLifetimeMax));
    co_return Granted{Token(*access_token), started + lifetime};
}

}  // namespace fairway::amazon
